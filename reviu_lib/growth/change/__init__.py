"""Change of prevalence: difference, rate of reduction, trend, and where the figures come from."""

from reviu_lib.growth.change.aarr import (
    check_aarr,
    compute_aarr,
    compute_aarr_log_linear,
    compute_kebutuhan,
    compute_poin_per_tahun,
    summarize_deret,
)
from reviu_lib.growth.change.difference import (
    compute_perubahan,
    compute_perubahan_terbit,
    pair_periods,
)
from reviu_lib.growth.change.periods import Periode, explain_not_comparable
from reviu_lib.growth.change.trend import Tren, compute_kitagawa, compute_trend

__all__ = [
    "Periode",
    "Tren",
    "check_aarr",
    "compute_aarr",
    "compute_aarr_log_linear",
    "compute_kebutuhan",
    "compute_kitagawa",
    "compute_perubahan",
    "compute_perubahan_terbit",
    "compute_poin_per_tahun",
    "compute_trend",
    "explain_not_comparable",
    "pair_periods",
    "summarize_deret",
]
