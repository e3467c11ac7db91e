"""Rank correlation with an interval, a permutation p, and Holm's correction for many of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from reviu_lib.growth.interval import Floats, compute_normal_quantile

_EPSILON = 1e-12  # two orders with the same ranks may differ by rounding alone


def compute_spearman(x: Floats, y: Floats) -> float:
    """Return Spearman's rho of two columns without gaps; NaN when one does not vary.

    Pearson's correlation of the ranks, ties averaged.
    """
    left, right = _standardize(x), _standardize(y)
    return float(np.clip(left @ right, -1.0, 1.0))


def _standardize(values: Floats) -> Floats:
    """Return centred ranks of length one; NaN when all ranks are equal."""
    ranks = rankdata(values)
    centred = ranks - ranks.mean()
    length = np.sqrt((centred**2).sum())
    return centred / length if length > 0 else np.full(len(centred), np.nan)


def compute_fisher(rho: float, banyak: int, *, taraf: float) -> tuple[float, float]:
    """Return the limits of rho by Fisher's z, with the variance (1 + rho²/2) / (n - 3).

    tanh(atanh(rho) ∓ z √variance) (Bonett and Wright, Psychometrika 65, 2000). NaN for fewer than
    four pairs and for rho of ±1, where the transformation has no value.
    """
    if banyak < 4 or not abs(rho) < 1:
        return float("nan"), float("nan")
    half = compute_normal_quantile(taraf) * np.sqrt((1 + rho**2 / 2) / (banyak - 3))
    middle = np.arctanh(rho)
    return float(np.tanh(middle - half)), float(np.tanh(middle + half))


def draw_orders(banyak: int, ulangan: int, *, benih: int) -> NDArray[np.intp]:
    """Return `ulangan` random orders of `banyak` things, one a row; the same for the same seed."""
    return np.random.default_rng(benih).random((ulangan, banyak)).argsort(axis=1)


def count_at_least(x: Floats, y: Floats, orders: NDArray[np.intp]) -> int:
    """Return in how many orders of y |rho| is at least the one observed."""
    left, right = _standardize(x), _standardize(y)
    shuffled = np.abs(right[orders] @ left)
    return int((shuffled >= abs(left @ right) - _EPSILON).sum())


def compute_permutasi(x: Floats, y: Floats, orders: NDArray[np.intp]) -> float:
    """Return the two-sided permutation p of rho: (1 + orders as extreme) / (1 + orders).

    The observed order counts as one of them, so that p is never 0 (Phipson and Smyth, 2010).
    """
    return (1 + count_at_least(x, y, orders)) / (1 + len(orders))


def adjust_holm(p: Floats) -> Floats:
    """Return Holm-adjusted p values; missing ones stay missing and are not counted.

    The k-th smallest of m is multiplied by m - k + 1, never below the one before, at most 1 (Holm,
    Scandinavian Journal of Statistics 6, 1979).
    """
    known = ~np.isnan(p)
    adjusted = np.full(len(p), np.nan)
    order = np.flatnonzero(known)[np.argsort(p[known], kind="stable")]
    steps = p[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted
