"""Growth of children under five: z-scores of the WHO Child Growth Standards 2006, and intervals."""

from reviu_lib.growth.change import (
    Periode,
    Tren,
    check_aarr,
    compute_aarr,
    compute_aarr_log_linear,
    compute_kebutuhan,
    compute_kitagawa,
    compute_perubahan,
    compute_perubahan_terbit,
    compute_poin_per_tahun,
    compute_trend,
    explain_not_comparable,
    pair_periods,
    summarize_deret,
)
from reviu_lib.growth.interval import (
    Hitungan,
    Selang,
    compute_clopper_pearson,
    compute_newcombe,
    compute_wilson,
)
from reviu_lib.growth.zscore import compute_measure_from_z, compute_zscores

__all__ = [
    "Hitungan",
    "Periode",
    "Selang",
    "Tren",
    "check_aarr",
    "compute_aarr",
    "compute_aarr_log_linear",
    "compute_clopper_pearson",
    "compute_kebutuhan",
    "compute_kitagawa",
    "compute_measure_from_z",
    "compute_newcombe",
    "compute_perubahan",
    "compute_perubahan_terbit",
    "compute_poin_per_tahun",
    "compute_trend",
    "compute_wilson",
    "compute_zscores",
    "explain_not_comparable",
    "pair_periods",
    "summarize_deret",
]
