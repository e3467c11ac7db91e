"""Survey design: strata, clusters, weights, and estimates of domains by Taylor linearisation.

The whole design stays when a group is estimated (a domain is not a survey of its own). With w the
weight, R = Σwx / Σw in the domain, and u = w (x - R) / Σw for each child of it, summed to u_c per
cluster: variance = Σ_strata n/(n-1) Σ_c (u_c - mean u)², with n the clusters of the stratum
(Woodruff, JASA 66, 1971; Särndal and others, Model Assisted Survey Sampling, 1992).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from reviu_lib.errors import TataLetakError
from reviu_lib.growth.children import read_floats
from reviu_lib.growth.interval import TARAF, Floats, Selang, compute_clopper_pearson

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Rancangan:
    """The columns that carry a survey's design; all absent means a simple random sample.

    `strata` and `klaster` may hold numbers or text; a cluster belongs to its stratum, so that the
    same number in two strata is two clusters. `bobot` is the sampling weight, zero or more.
    """

    strata: str | None = None
    klaster: str | None = None
    bobot: str | None = None

    @property
    def kolom(self) -> list[str]:
        """The columns it needs."""
        return [name for name in (self.strata, self.klaster, self.bobot) if name]


class Sampel(NamedTuple):
    """The design as arrays: weight and cluster of each child, stratum of each cluster."""

    bobot: Floats
    klaster: Ints
    strata: Ints
    klaster_per_strata: Floats

    @property
    def derajat_bebas(self) -> int:
        """Clusters minus strata."""
        return len(self.strata) - len(self.klaster_per_strata)


class Taksiran(NamedTuple):
    """For each group: sum of weights, estimate, and its standard error."""

    jumlah: Floats
    nilai: Floats
    galat_baku: Floats


def find_tanpa_rancangan(frame: pd.DataFrame, rancangan: Rancangan) -> Bools:
    """Return which rows lack a stratum, a cluster, or a usable weight (missing, negative).

    Raises TataLetakError when a column of the design is absent.
    """
    absent = [name for name in rancangan.kolom if name not in frame]
    if absent:
        raise TataLetakError(
            f"Kolom rancangan survei tidak ada: {', '.join(absent)}.",
            lakukan="Sebut nama kolom strata, klaster, dan bobot seperti pada tabel.",
        )
    lacking = frame[rancangan.kolom].isna().any(axis=1).to_numpy(bool, copy=True)
    if rancangan.bobot:
        weight = read_floats(frame[rancangan.bobot])
        lacking |= ~(np.isfinite(weight) & (weight >= 0))
    return lacking


def read_sampel(frame: pd.DataFrame, rancangan: Rancangan) -> Sampel:
    """Return the design of rows that all have one."""
    ones = np.ones(len(frame))
    strata = _codes(frame[rancangan.strata]) if rancangan.strata else np.zeros(len(frame), int)
    own = np.arange(len(frame))
    cluster = _codes(frame[rancangan.klaster]) if rancangan.klaster else own
    pairs, which = np.unique(strata * (len(frame) + 1) + cluster, return_inverse=True)
    strata_of_cluster = pairs // (len(frame) + 1)
    return Sampel(
        bobot=read_floats(frame[rancangan.bobot]) if rancangan.bobot else ones,
        klaster=which.astype(np.int64),
        strata=strata_of_cluster,
        klaster_per_strata=np.bincount(strata_of_cluster).astype(float),
    )


def make_sensus(banyak: int) -> Sampel:
    """Return the design of a register: all of one weight, nothing drawn, so no error of drawing."""
    nothing = np.zeros(banyak, np.int64)
    return Sampel(np.ones(banyak), nothing, np.zeros(1, np.int64), np.ones(1))


class Domain:
    """One way of grouping the children of a sample: sums and estimates for each group.

    Values are matrices with one row per child and one column per measure; what comes back has one
    row per group. Children are sorted by group and cluster once, so that sums are runs.
    """

    def __init__(self, sampel: Sampel, kode: Ints, banyak: int) -> None:
        """Take the group of each child, -1 for none, and the number of groups."""
        self.sampel, self.banyak = sampel, banyak
        inside = np.flatnonzero(kode >= 0)
        key = kode[inside] * len(sampel.strata) + sampel.klaster[inside]
        by_key = np.argsort(key, kind="stable")
        self._order, self._group = inside[by_key], kode[inside][by_key]
        self._cell_start = _starts(key[by_key])
        self._weight = sampel.bobot[self._order][:, None]

    def sum(self, values: NDArray) -> Floats:
        """Return the sum of each column in each group."""
        return self._sum_sorted(values[self._order])

    def mean(self, values: NDArray, valid: Bools) -> Taksiran:
        """Return the weighted mean of the valid children of each group, without its error.

        NaN in a group without valid children of a positive weight.
        """
        return self._mean(*self._read(values, valid))

    def estimate(self, values: NDArray, valid: Bools) -> Taksiran:
        """Return the weighted mean with its linearised standard error.

        The error is NaN in a group without valid children, and without a degree of freedom.
        """
        weight, known = self._read(values, valid)
        total, mean, none = self._mean(weight, known)
        if self.sampel.derajat_bebas < 1:
            return Taksiran(total, mean, none)
        known -= np.nan_to_num(mean)[self._group]
        known *= weight
        known /= np.where(total > 0, total, 1.0)[self._group]
        return Taksiran(total, mean, np.sqrt(self._variance(known)) + 0 * mean)

    def deviation(self, values: Floats, valid: Bools) -> Floats:
        """Return the standard deviation √(Σw (x - mean)² / Σw × n/(n-1)); NaN below 2 children."""
        weight, known = self._read(values, valid)
        total, mean, _ = self._mean(weight, known)
        squares = self._sum_sorted(weight * (known - np.nan_to_num(mean)[self._group]) ** 2)
        count = self.sum(valid)
        return np.sqrt(divide(squares, total) * divide(count, count - 1))

    def _read(self, values: NDArray, valid: Bools) -> tuple[Floats, Floats]:
        """Return the sorted weights and values, zero where not valid."""
        usable = valid[self._order]
        return self._weight * usable, np.where(usable, values[self._order], 0.0)

    def _mean(self, weight: Floats, known: Floats) -> Taksiran:
        total = self._sum_sorted(weight)
        mean = divide(self._sum_sorted(weight * known), total)
        return Taksiran(total, mean, np.full_like(mean, np.nan))

    def _sum_sorted(self, values: NDArray) -> Floats:
        result = np.zeros((self.banyak, values.shape[1]))
        starts = _starts(self._group)
        if len(starts):
            result[self._group[starts]] = np.add.reduceat(values, starts, axis=0, dtype=float)
        return result

    def _variance(self, share: Floats) -> Floats:
        """Return the variance of each group's sum of `share` between clusters within strata."""
        group, cluster = self._group[self._cell_start], self._cluster_of_cell()
        stratum = self.sampel.strata[cluster]
        total = np.add.reduceat(share, self._cell_start, axis=0)
        runs = _starts(group * len(self.sampel.klaster_per_strata) + stratum)
        present = np.diff(np.append(runs, len(stratum)))
        clusters = self.sampel.klaster_per_strata[stratum[runs]]
        # A stratum with a single cluster has no inside; it is measured from the centre of all,
        # which is zero, so that it adds to the error instead of hiding.
        alone = (clusters == 1)[:, None]
        centre = np.where(alone, 0.0, np.add.reduceat(total, runs, axis=0) / clusters[:, None])
        squares = (total - np.repeat(centre, present, axis=0)) ** 2
        # Clusters of the stratum without a child of the group have a total of zero.
        inside = np.add.reduceat(squares, runs, axis=0) + (clusters - present)[:, None] * centre**2
        factor = clusters / np.maximum(clusters - 1, 1)
        result = np.zeros((self.banyak, share.shape[1]))
        np.add.at(result, group[runs], inside * factor[:, None])
        return result

    def _cluster_of_cell(self) -> Ints:
        return self.sampel.klaster[self._order[self._cell_start]]


def compute_logit_interval(
    taksiran: Taksiran, diukur: Floats, *, derajat_bebas: int, taraf: float = TARAF
) -> Selang:
    """Return the interval of an estimated proportion on the logit scale, as proportions.

    logit(p) ± t SE / (p (1-p)) with t of `derajat_bebas` (Korn and Graubard, 1999). At 0 or 1 the
    logit does not exist: there Clopper-Pearson of the `diukur` children, made fewer by
    (t(n-1) / t(df))² (Korn and Graubard, Survey Methodology 24, 1998).
    """
    p, error = taksiran.nilai, taksiran.galat_baku
    t = compute_t_quantile(derajat_bebas, taraf=taraf)
    inside = (p > 0) & (p < 1) & np.isfinite(error)
    safe = np.where(inside, p, 0.5)
    half = np.where(inside, t * error / (safe * (1 - safe)), np.nan)
    middle = np.log(safe / (1 - safe))
    fewer = diukur * (compute_t_quantile(diukur - 1, taraf=taraf) / t) ** 2
    exact = compute_clopper_pearson(np.where(p == 1, fewer, 0.0), fewer, taraf=taraf)
    edge = (p == 0) | (p == 1)
    return Selang(
        np.where(edge, exact.bawah, 1 / (1 + np.exp(half - middle))),
        np.where(edge, exact.atas, 1 / (1 + np.exp(-half - middle))),
    )


def divide(part: Floats, whole: Floats) -> Floats:
    """Return part / whole, NaN where the whole is not above zero."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def compute_t_quantile(derajat_bebas: int | Floats, *, taraf: float = TARAF) -> Floats:
    """Return t such that Student's t lies within ±t with the probability `taraf`; NaN below 1."""
    freedom = np.asarray(derajat_bebas, float)
    return stdtrit(np.where(freedom >= 1, freedom, np.nan), (1 + taraf) / 2)


def _starts(keys: Ints) -> Ints:
    """Return where each run of equal keys begins."""
    return np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])


def _codes(values: pd.Series) -> Ints:
    return pd.factorize(values)[0].astype(np.int64)
