"""Quality of measurements: plausibility, visits to look at again, and places to verify."""

from reviu_lib.growth.quality.declarations import load_mutu
from reviu_lib.growth.quality.plausibility import rate_plausibility
from reviu_lib.growth.quality.reading import compute_plausibility

__all__ = ["compute_plausibility", "load_mutu", "rate_plausibility"]
