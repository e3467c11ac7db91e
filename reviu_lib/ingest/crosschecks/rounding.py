"""How exactly a percentage is printed, and how far off rounding alone can make it."""

from __future__ import annotations

import pandas as pd

from reviu_lib.catalog import load_ambang

_SATU_DESIMAL = 1
_SETENGAH = 0.5


def count_decimals(values: pd.Series) -> int:
    """Return how many decimals the most exact figure of a column has."""
    return max((_decimals(value) for value in values.dropna()), default=0)


def _decimals(value: float) -> int:
    text = f"{value:.10f}".rstrip("0")
    return len(text.partition(".")[2])


def tolerance(decimals: int) -> float:
    """Return what rounding explains, in points: half of the last of up to one decimal.

    More decimals are as often cut off as rounded: the declared `toleransi_rekap`.
    """
    if decimals <= _SATU_DESIMAL:
        return _SETENGAH / 10**decimals
    return load_ambang()["toleransi_rekap"]
