"""Growth of children under five: z-scores of the WHO Child Growth Standards 2006, and intervals."""

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
from reviu_lib.growth.interval import (
    Hitungan,
    Selang,
    compute_clopper_pearson,
    compute_newcombe,
    compute_wilson,
)
from reviu_lib.growth.prevalence import (
    Rancangan,
    compute_prevalence,
    compute_rerata_z,
    select_kunjungan_terakhir,
    to_who_columns,
)
from reviu_lib.growth.quality import (
    compute_pemeriksaan_mutu,
    compute_plausibility,
    compute_ringkasan_mutu,
    flag_visits,
    list_pola_mutu,
    load_mutu,
    rate_plausibility,
)
from reviu_lib.growth.status import classify_all, classify_status
from reviu_lib.growth.who import compute_zscores_as_who, compute_zscores_who, to_nama_baku
from reviu_lib.growth.zscore import compute_measure_from_z, compute_zscores

__all__ = [
    "Hitungan",
    "Periode",
    "Rancangan",
    "Sebaran",
    "Selang",
    "Tren",
    "build_cohort",
    "check_aarr",
    "classify_all",
    "classify_status",
    "compare_sumber",
    "compute_aarr",
    "compute_aarr_log_linear",
    "compute_bounds",
    "compute_clopper_pearson",
    "compute_cohort_rates",
    "compute_funnel",
    "compute_funnel_limits",
    "compute_kebutuhan",
    "compute_kitagawa",
    "compute_measure_from_z",
    "compute_newcombe",
    "compute_pemeriksaan_mutu",
    "compute_perubahan",
    "compute_perubahan_terbit",
    "compute_plausibility",
    "compute_poin_per_tahun",
    "compute_prevalence",
    "compute_rerata_z",
    "compute_ringkasan_mutu",
    "compute_trend",
    "compute_wilson",
    "compute_zscores",
    "compute_zscores_as_who",
    "compute_zscores_who",
    "estimate_sebaran",
    "explain_not_comparable",
    "flag_visits",
    "list_pola_mutu",
    "load_mutu",
    "pair_periods",
    "rate_plausibility",
    "select_kunjungan_terakhir",
    "smooth_prevalensi",
    "summarize_cohort",
    "summarize_deret",
    "to_nama_baku",
    "to_who_columns",
]
