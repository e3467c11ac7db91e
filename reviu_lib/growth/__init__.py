"""Growth of children under five: z-scores of the WHO Child Growth Standards 2006."""

from reviu_lib.growth.zscore import compute_measure_from_z, compute_zscores

__all__ = ["compute_measure_from_z", "compute_zscores"]
