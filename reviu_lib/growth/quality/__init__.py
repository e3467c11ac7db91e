"""Quality of measurements: plausibility, visits to look at again, and places to verify."""

from reviu_lib.growth.quality.checks import compute_pemeriksaan_mutu
from reviu_lib.growth.quality.declarations import load_mutu
from reviu_lib.growth.quality.marks import flag_visits
from reviu_lib.growth.quality.plausibility import rate_plausibility
from reviu_lib.growth.quality.reading import compute_plausibility
from reviu_lib.growth.quality.verdict import compute_ringkasan_mutu, list_pola_mutu

__all__ = [
    "compute_pemeriksaan_mutu",
    "compute_plausibility",
    "compute_ringkasan_mutu",
    "flag_visits",
    "list_pola_mutu",
    "load_mutu",
    "rate_plausibility",
]
