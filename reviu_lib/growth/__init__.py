"""Growth of children under five: z-scores of the WHO Child Growth Standards 2006, and intervals."""

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
    "Selang",
    "compute_clopper_pearson",
    "compute_measure_from_z",
    "compute_newcombe",
    "compute_wilson",
    "compute_zscores",
]
