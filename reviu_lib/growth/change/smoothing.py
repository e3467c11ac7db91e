"""Prevalence of small places: smoothed towards all of them, and judged against chance.

A desa with 12 children swings from 0 to 25 percent by two of them. Empirical Bayes lends it
strength from the others; a funnel says whether it differs from them by more than chance does.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from reviu_lib.catalog import load_ambang
from reviu_lib.growth.change.sources import require_columns
from reviu_lib.growth.interval import (
    TARAF,
    Floats,
    Selang,
    compute_wilson,
    to_counts,
    to_floats,
)

DI_ATAS = "di atas batas"
DI_BAWAH = "di bawah batas"
DALAM = "dalam batas"
_CACAH = ["kasus", "diukur"]


class Sebaran(NamedTuple):
    """How true prevalence is spread over places: a beta distribution.

    `rerata` is the pooled proportion; `bobot` the number of children it weighs as much as.
    """

    rerata: float
    bobot: float


def estimate_sebaran(kasus: ArrayLike, diukur: ArrayLike) -> Sebaran:
    """Return the beta distribution behind the counts of many places, by moments.

    rerata = Σk/Σn. The correlation within a place is
    r = (S/(m(1-m)) - (I-1)) / (N - Σn²/N - (I-1)) with S = Σ n (k/n - m)² (Kleinman, JASA 68, 1973,
    weights n; the binomial form of Marshall, Applied Statistics 40, 1991), and bobot = 1/r - 1. A
    bobot above N, or none because places differ less than chance would have it, becomes N: the
    mean is known from no more than all children together. It is at least one child. NaN without
    any count.
    """
    k, n = to_counts(kasus, diukur)
    k, n = k[~np.isnan(n)], n[~np.isnan(n)]
    everyone, places = n.sum(), len(n)
    if not places:
        return Sebaran(float("nan"), float("nan"))
    mean = k.sum() / everyone
    spread = (n * (k / n - mean) ** 2).sum()
    room = everyone - (n**2).sum() / everyone - (places - 1)
    chance = mean * (1 - mean)
    excess = spread / chance - (places - 1) if chance > 0 else 0.0
    if room <= 0 or excess <= 0:
        return Sebaran(float(mean), float(everyone))
    return Sebaran(float(mean), float(min(max(room / excess - 1, 1), everyone)))


def smooth_prevalensi(frame: pd.DataFrame, *, taraf: float = TARAF) -> pd.DataFrame:
    """Return smoothed prevalences of places, with `frame` in front and its index.

    Needs kasus and diukur of places that may be thought of as one population (the desa of one
    kabupaten, one source and period). Adds prevalensi_persen (as counted), halus_persen
    (bobot x rerata + kasus) / (bobot + diukur), penyusutan_persen (100 = wholly the mean of all),
    bawah_halus_persen and atas_halus_persen (quantiles of the beta posterior).
    A place where nobody was measured stays missing. The interval takes the spread as known, and is
    a little too narrow with few places.
    """
    require_columns(frame, _CACAH, "pemulusan")
    k, n = to_counts(frame["kasus"], frame["diukur"])
    sebaran = estimate_sebaran(k, n)
    weight = sebaran.bobot + n
    smooth = (sebaran.bobot * sebaran.rerata + k) / weight
    limits = _posterior(smooth, weight, taraf)
    if sebaran.rerata in (0, 1):
        limits = _pooled(k, n, taraf)
    return frame.assign(
        prevalensi_persen=k / n * 100,
        halus_persen=smooth * 100,
        penyusutan_persen=sebaran.bobot / weight * 100,
        bawah_halus_persen=limits.bawah * 100,
        atas_halus_persen=limits.atas * 100,
    )


def compute_funnel_limits(diukur: ArrayLike, rerata: float, taraf: float) -> Selang:
    """Return the limits within which a place of `diukur` children lies by chance, as proportions.

    Exact binomial tails of (1-taraf)/2 around the proportion `rerata`, interpolated between whole
    children as (r - a)/n, r the least count whose cumulative probability exceeds the tail
    (Spiegelhalter, Statistics in Medicine 24, 2005); the upper limit is the mirror of the lower.
    NaN where nobody was measured.
    """
    n = to_floats(diukur)
    n = np.where(n > 0, n, np.nan)
    tail = (1 - taraf) / 2
    return Selang(_lower(n, rerata, tail), 1 - _lower(n, 1 - rerata, tail))


def compute_funnel(frame: pd.DataFrame) -> pd.DataFrame:
    """Return where each place stands in the funnel of all, with `frame` in front and its index.

    Needs kasus and diukur. Adds prevalensi_persen, rerata_persen (pooled), for both levels of
    `ambang.toml` (dalam: funnel_dalam_persen, luar: funnel_luar_persen) bawah_dalam_persen,
    atas_dalam_persen, posisi_dalam and the same of luar. posisi: di atas batas, di bawah
    batas, dalam batas; missing where nobody was measured. By chance alone one place in twenty
    lies outside the inner limits: the funnel ranks nothing.
    """
    require_columns(frame, _CACAH, "diagram corong")
    k, n = to_counts(frame["kasus"], frame["diukur"])
    mean = float(np.nansum(k) / np.nansum(n)) if np.nansum(n) else float("nan")
    result = frame.assign(prevalensi_persen=k / n * 100, rerata_persen=mean * 100)
    for name in ("dalam", "luar"):
        limits = compute_funnel_limits(n, mean, load_ambang()[f"funnel_{name}_persen"] / 100)
        result[f"bawah_{name}_persen"] = limits.bawah * 100
        result[f"atas_{name}_persen"] = limits.atas * 100
        result[f"posisi_{name}"] = _classify(k, n, limits).set_axis(frame.index)
    return result


def _posterior(smooth: Floats, weight: Floats, taraf: float) -> Selang:
    tail = (1 - taraf) / 2
    a, b = smooth * weight, (1 - smooth) * weight
    return Selang(betaincinv(a, b, tail), betaincinv(a, b, 1 - tail))


def _pooled(k: Floats, n: Floats, taraf: float) -> Selang:
    """Return the interval of all places together, for each place that was measured."""
    limits = compute_wilson(np.nansum(k), np.nansum(n), taraf=taraf)
    return Selang(*(np.where(np.isnan(n), np.nan, limit) for limit in limits))


def _lower(n: Floats, mean: float, tail: float) -> Floats:
    from scipy.stats import binom  # a second to load, which nothing but a funnel needs

    count = binom.ppf(tail, n, mean)
    reached, here = binom.cdf(count, n, mean), binom.pmf(count, n, mean)
    return np.maximum((count - (reached - tail) / here) / n, 0)


def _classify(k: Floats, n: Floats, limits: Selang) -> pd.Series:
    share = k / n
    words = np.select([share > limits.atas, share < limits.bawah], [DI_ATAS, DI_BAWAH], DALAM)
    return pd.Series(words, dtype="string").mask(np.isnan(share))
