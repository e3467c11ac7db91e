"""Trend of a prevalence over ordered groups, and what a change is made of.

Cochran-Armitage asks whether the share with a condition rises or falls along a score (year, age
class, wealth). Kitagawa splits a change into who was measured and how often they had it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from reviu_lib.growth.change.sources import require_columns
from reviu_lib.growth.interval import to_floats

_CACAH = ["kasus_awal", "diukur_awal", "kasus_akhir", "diukur_akhir"]


class Tren(NamedTuple):
    """Outcome of a test for trend; NaN where it cannot be made."""

    statistik: float
    nilai_p: float
    kemiringan_poin: float


def compute_trend(kasus: ArrayLike, diukur: ArrayLike, skor: ArrayLike) -> Tren:
    """Return the Cochran-Armitage test for trend in proportions along `skor`.

    statistik = [Σ x(k - n p)]² / (p(1-p) [Σ n x² - (Σ n x)²/N]), chi-squared with 1 degree of
    freedom, without continuity correction (Armitage, Biometrics 11, 1955; the statistic of R's
    prop.trend.test). kemiringan_poin: points per unit of the score, from the same weighted line.
    Groups with a missing count or nobody measured are left out. NaN when fewer than two scores
    are left, or when nobody or everybody has the condition.
    """
    k, n, x = (to_floats(part) for part in (kasus, diukur, skor))
    used = (n > 0) & (k >= 0) & (k <= n) & ~np.isnan(x)
    k, n, x = k[used], n[used], x[used]
    if len(np.unique(x)) < 2 or not 0 < k.sum() < n.sum():
        return Tren(float("nan"), float("nan"), float("nan"))
    share = k.sum() / n.sum()
    away = x - np.average(x, weights=n)
    together, spread = (away * k).sum(), (n * away**2).sum()
    statistic = together**2 / (share * (1 - share) * spread)
    return Tren(float(statistic), float(chdtrc(1, statistic)), float(together / spread * 100))


def compute_kitagawa(pairs: pd.DataFrame, wilayah: Sequence[str] = ()) -> pd.DataFrame:
    """Return what each group adds to a change in prevalence, with `pairs` in front.

    Needs kasus_awal, diukur_awal, kasus_akhir, diukur_akhir per group (age class, kecamatan); with
    `wilayah`, each combination of these columns is a population of its own.
    Adds komposisi_poin = Δshare x mean rate and tingkat_poin = Δrate x mean share (Kitagawa, JASA
    50, 1955): summed over the groups both together are exactly the change of the population. A
    group seen in one period only has no rate in the other; it is given the rate it has, so that
    all it adds is composition. Missing where a count is missing or a period has nobody.
    """
    require_columns(pairs, [*_CACAH, *wilayah], "penguraian Kitagawa")
    counts = pd.DataFrame({name: to_floats(pairs[name]) for name in _CACAH}, pairs.index)
    key = [pairs[name] for name in wilayah] or [pd.Series(0, index=pairs.index)]
    whole = counts.notna().all(axis=1).groupby(key, dropna=False).transform("all")
    totals = counts.groupby(key, dropna=False).transform("sum")
    (share, rate), (share_2, rate_2) = (
        _share_and_rate(counts, totals[f"diukur_{when}"], when) for when in ("awal", "akhir")
    )
    rate, rate_2 = rate.fillna(rate_2), rate_2.fillna(rate)
    # A group of nobody in both periods has no rate at all, and adds nothing.
    empty = (share == 0) & (share_2 == 0)
    composition = (share_2 - share) * (rate + rate_2) / 2 * 100
    by_rate = (rate_2 - rate) * (share + share_2) / 2 * 100
    return pairs.assign(
        komposisi_poin=composition.mask(empty, 0.0).where(whole),
        tingkat_poin=by_rate.mask(empty, 0.0).where(whole),
    )


def _share_and_rate(
    counts: pd.DataFrame, everyone: pd.Series, when: str
) -> tuple[pd.Series, pd.Series]:
    """Return the share of each group among all measured, and its rate (NaN with nobody)."""
    measured = counts[f"diukur_{when}"]
    share = measured / everyone.where(everyone > 0)
    return share, counts[f"kasus_{when}"] / measured.where(measured > 0)
