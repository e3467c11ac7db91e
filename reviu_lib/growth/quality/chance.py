"""How likely chance alone would give what was counted: p of proportions, of digits, and Holm."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import betainc, chdtrc

Floats = NDArray[np.float64]


def compute_proportion_test(
    kasus: Floats, n: Floats, harapan: float, *, yates: bool = True
) -> tuple[Floats, Floats]:
    """Return chi-square (one degree) and two-sided p of kasus/n against `harapan` (0 to 1).

    (|k - n·h| - c)² / (n·h·(1-h)), c = min(0.5, |k - n·h|) with Yates' correction, else 0, as
    R's prop.test. NaN where n is 0.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = np.abs(kasus - n * harapan)
        less = np.minimum(0.5, apart) if yates else 0.0
        square = (apart - less) ** 2 / (n * harapan * (1 - harapan))
    return square, np.asarray(chdtrc(1, square), float)


def compute_uniformity(counts: Floats, harapan: Floats | None = None) -> tuple[Floats, Floats]:
    """Return chi-square and p of each row of counts against expected shares (default: equal).

    Σ (observed - expected)² / expected with one degree less than there are cells (Pearson). NaN
    for a row without any count.
    """
    cells = counts.shape[1]
    shares = np.full(cells, 1 / cells) if harapan is None else harapan
    expected = counts.sum(axis=1, keepdims=True) * shares
    with np.errstate(invalid="ignore", divide="ignore"):
        square = ((counts - expected) ** 2 / expected).sum(axis=1)
    return square, np.asarray(chdtrc(cells - 1, square), float)


def compute_upper_tail(kasus: Floats, n: Floats, harapan: float) -> Floats:
    """Return P(X ≥ kasus) of a binomial with n draws and chance `harapan` (0 to 1); NaN at n 0.

    Equal to the regularised incomplete beta function I_h(k, n-k+1).
    """
    some = kasus > 0
    tail = betainc(np.where(some, kasus, 1), np.where(some, n - kasus + 1, 1), harapan)
    return np.where(n > 0, np.where(some, tail, 1.0), np.nan)


def adjust_holm(p: pd.Series, family: pd.Series) -> pd.Series:
    """Return p after Holm within each family, with the index of `p`; missing stays missing.

    The i-th smallest of m becomes max over j ≤ i of (m - j + 1)·p_j, at most 1 (Holm, 1979). A
    place more in a family makes every p of it larger: that is the price of looking oftener.
    """
    known = pd.DataFrame({"p": p, "family": family}).dropna().sort_values(["family", "p"])
    grouped = known.groupby("family", sort=False, observed=True)["p"]
    factor = grouped.transform("size") - grouped.cumcount()
    stepped = (known["p"] * factor).clip(upper=1.0)
    raised = stepped.groupby(known["family"], sort=False, observed=True).cummax()
    return raised.reindex(p.index).astype("float64")
