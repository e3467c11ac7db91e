"""Intervals of proportions counted without a survey design: Wilson, Clopper-Pearson, Newcombe.

Counts come as numbers or arrays, limits go as proportions (0 to 1). For a register they say how
far a figure of so few children could move, not how a sample differs from the whole.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, ndtri

Floats = NDArray[np.float64]
# The confidence of every interval unless another is asked for (WHO and SSGI publish 95 %).
TARAF = 0.95


class Selang(NamedTuple):
    """Lower and upper limits of an interval; NaN where there is none."""

    bawah: Floats
    atas: Floats


class Hitungan(NamedTuple):
    """Children with a condition, of children measured; numbers or arrays."""

    kasus: ArrayLike
    diukur: ArrayLike


def compute_wilson(kasus: ArrayLike, diukur: ArrayLike, *, taraf: float = TARAF) -> Selang:
    """Return the Wilson score interval of kasus / diukur, as proportions.

    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n) with p = kasus/diukur, n = diukur (Wilson,
    JASA 22, 1927). NaN where diukur is 0 or missing or kasus lies outside 0..diukur.
    """
    k, n = to_counts(kasus, diukur)
    z = compute_normal_quantile(taraf)
    share = k / n
    half = z * np.sqrt(share * (1 - share) / n + (z / (2 * n)) ** 2)
    middle, scale = share + z**2 / (2 * n), 1 + z**2 / n
    # At no case or all cases the limit is exact; the subtraction alone would leave 1e-17.
    return Selang(
        np.where(k == 0, 0.0, (middle - half) / scale),
        np.where(k == n, 1.0, (middle + half) / scale),
    )


def compute_clopper_pearson(kasus: ArrayLike, diukur: ArrayLike, *, taraf: float = TARAF) -> Selang:
    """Return the exact binomial interval of kasus / diukur, as proportions.

    Quantiles (1∓taraf)/2 of Beta(k, n-k+1) and Beta(k+1, n-k) (Clopper and Pearson, Biometrika
    26, 1934); 0 at no case, 1 at all cases. NaN as in `compute_wilson`.
    """
    k, n = to_counts(kasus, diukur)
    tail = (1 - taraf) / 2
    low = np.where(k == 0, 0.0, betaincinv(np.maximum(k, 1), n - k + 1, tail))
    high = np.where(k == n, 1.0, betaincinv(k + 1, np.maximum(n - k, 1), 1 - tail))
    return Selang(low, high)


def compute_newcombe(sebelum: Hitungan, sesudah: Hitungan, *, taraf: float = TARAF) -> Selang:
    """Return the interval of the change sesudah - sebelum of two independent proportions.

    Newcombe's hybrid score method: the distances to the two Wilson intervals, added as squares
    (Statistics in Medicine 17, 1998, method 10). NaN where either proportion is missing.
    """
    before, after = compute_wilson(*sebelum, taraf=taraf), compute_wilson(*sesudah, taraf=taraf)
    first, second = (np.divide(*to_counts(*pair)) for pair in (sebelum, sesudah))
    return combine_changes((first, before), (second, after))


def combine_changes(sebelum: tuple[Floats, Selang], sesudah: tuple[Floats, Selang]) -> Selang:
    """Return the interval of the change between two independent estimates with own intervals.

    The distances to the limits, added as squares: lower (b - a) - √((b - b_low)² + (a_high - a)²),
    upper the mirror (Zou and Donner, Statistics in Medicine 27, 2008). Any unit; NaN where a
    limit is missing.
    """
    (first, before), (second, after) = sebelum, sesudah
    change = second - first
    return Selang(
        change - np.hypot(second - after.bawah, before.atas - first),
        change + np.hypot(after.atas - second, first - before.bawah),
    )


def compute_normal_quantile(taraf: float = TARAF) -> float:
    """Return z such that a standard normal lies within ±z with the probability `taraf`."""
    return float(ndtri((1 + taraf) / 2))


def to_counts(kasus: ArrayLike, diukur: ArrayLike) -> tuple[Floats, Floats]:
    """Return both as numbers of one shape; both NaN where they make no proportion."""
    k, n = np.broadcast_arrays(to_floats(kasus), to_floats(diukur))
    valid = (n > 0) & (k >= 0) & (k <= n)
    return np.where(valid, k, np.nan), np.where(valid, n, np.nan)


def to_floats(values: ArrayLike) -> Floats:
    """Return the values as floats of numpy; pandas' NA becomes NaN."""
    array = getattr(values, "to_numpy", None)
    return np.asarray(array(float, na_value=np.nan) if array else values, dtype=float)
