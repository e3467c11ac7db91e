"""Change of prevalence: difference, rate of reduction, trend, cohort, and small places."""

from reviu_lib.growth.change.aarr import (
    check_aarr,
    compute_aarr,
    compute_aarr_log_linear,
    compute_kebutuhan,
    compute_poin_per_tahun,
    summarize_deret,
)
from reviu_lib.growth.change.cohort import build_cohort, compute_cohort_rates, summarize_cohort
from reviu_lib.growth.change.difference import (
    compute_perubahan,
    compute_perubahan_terbit,
    pair_periods,
)
from reviu_lib.growth.change.periods import Periode, explain_not_comparable
from reviu_lib.growth.change.smoothing import (
    Sebaran,
    compute_funnel,
    compute_funnel_limits,
    estimate_sebaran,
    smooth_prevalensi,
)
from reviu_lib.growth.change.trend import Tren, compute_kitagawa, compute_trend
from reviu_lib.growth.change.triangulation import compare_sumber, compute_bounds

__all__ = [
    "Periode",
    "Sebaran",
    "Tren",
    "build_cohort",
    "check_aarr",
    "compare_sumber",
    "compute_aarr",
    "compute_aarr_log_linear",
    "compute_bounds",
    "compute_cohort_rates",
    "compute_funnel",
    "compute_funnel_limits",
    "compute_kebutuhan",
    "compute_kitagawa",
    "compute_perubahan",
    "compute_perubahan_terbit",
    "compute_poin_per_tahun",
    "compute_trend",
    "estimate_sebaran",
    "explain_not_comparable",
    "pair_periods",
    "smooth_prevalensi",
    "summarize_cohort",
    "summarize_deret",
]
