"""WHO 2006 LMS tables, and the two directions of the LMS formula.

The tables come from `reference/who2006_lms.npz`, built by `scripts/build_who.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
# Beyond this |z| WHO measures in distances between SD lines (WHO Child Growth Standards, 2006,
# methods report, "restricted" LMS for indices that depend on weight).
LINEAR_FROM_Z = 3.0
_SKALA = 100.0  # z has two decimals
_RAGU = 1e-7  # so near to the middle between two decimals the scaled number is not trusted


class Lms(NamedTuple):
    """L, M, and S of each child; NaN where the table has no row."""

    lam: Floats
    mu: Floats
    sigma: Floats


@dataclass(frozen=True)
class TabelLms:
    """One table, flat by sex, with one NaN row at the end for keys outside it."""

    awal: float
    langkah: float
    banyak: int
    lam: Floats
    mu: Floats
    sigma: Floats

    def rows(self, sex: Ints, step: Ints) -> Ints:
        """Return flat row numbers; `sex` 0 boys, 1 girls, else none; `step` counts from `awal`."""
        inside = (sex >= 0) & (step >= 0) & (step < self.banyak)
        return np.where(inside, sex * self.banyak + step, 2 * self.banyak)

    def take(self, row: Ints) -> Lms:
        """Return the L, M, S of flat row numbers."""
        return take_lms(Lms(self.lam, self.mu, self.sigma), row)

    def run(self, sex: int) -> Lms:
        """Return all rows of one sex."""
        rows = slice(sex * self.banyak, (sex + 1) * self.banyak)
        return Lms(self.lam[rows], self.mu[rows], self.sigma[rows])


@dataclass(frozen=True)
class TabelPanjang:
    """Weight for length and for height in one flat table that can be read between its rows.

    Four runs (lying boys, lying girls, standing boys, standing girls) and one NaN row; each row
    has L, M, S and, as `naik`, what they gain up to the next row.
    """

    awal: Floats
    akhir: Floats
    mulai: Ints
    langkah: float
    dasar: Lms
    naik: Lms

    def interpolate(self, sex: Ints, length: Floats, lying: Bools) -> Lms:
        """Return L, M, S linear between the rows on both sides of `length` (cm)."""
        run = np.where(sex >= 0, np.where(lying, 0, 2) + sex, -1)
        inside = (run >= 0) & (length >= self.awal[run]) & (length <= self.akhir[run])
        steps = np.where(inside, (length - self.awal[run]) / self.langkah, 0)
        low = steps.astype(np.int64)
        row = np.where(inside, self.mulai[run] + low, len(self.dasar.mu) - 1)
        share = steps - low
        below, gain = take_lms(self.dasar, row), take_lms(self.naik, row)
        return Lms(*(part + share * more for part, more in zip(below, gain, strict=True)))


def take_lms(lms: Lms, row: Ints) -> Lms:
    """Return the L, M, S of these rows."""
    return Lms(*(np.take(part, row, mode="clip") for part in lms))


@cache
def load_lms() -> Mapping[str, TabelLms]:
    """Return the tables by name: lhfa, wfa, bfa, hcfa, acfa (key days), wfl, wfh (key cm)."""
    folder = files("reviu_lib.reference")
    about = tomllib.loads(folder.joinpath("who2006_lms.toml").read_text(encoding="utf-8"))["tabel"]
    with folder.joinpath("who2006_lms.npz").open("rb") as stream, np.load(stream) as arrays:
        return {
            name: _make_table(arrays[name], spec["awal"], spec["langkah"])
            for name, spec in about.items()
        }


def _make_table(array: Floats, awal: float, langkah: float) -> TabelLms:
    sink = np.full((1, 3), np.nan)
    flat = np.ascontiguousarray(np.concatenate([*array, sink]).T)
    return TabelLms(awal, langkah, array.shape[1], flat[0], flat[1], flat[2])


@cache
def load_panjang() -> TabelPanjang:
    """Return weight for length (45 to 110 cm) and for height (65 to 120 cm) as one table."""
    tables = [load_lms()[name] for name in ("wfl", "wfh") for _ in range(2)]
    runs = [table.run(place % 2) for place, table in enumerate(tables)]
    sizes = np.array([table.banyak for table in tables])
    first = np.array([table.awal for table in tables])
    return TabelPanjang(
        awal=first,
        akhir=np.round(first + (sizes - 1) * tables[0].langkah, 6),
        mulai=np.concatenate([[0], np.cumsum(sizes)[:-1]]),
        langkah=tables[0].langkah,
        dasar=_stack_runs(runs),
        naik=_stack_runs([Lms(*(np.diff(part, append=part[-1]) for part in run)) for run in runs]),
    )


def _stack_runs(runs: Sequence[Lms]) -> Lms:
    return Lms(*(np.concatenate([*parts, [np.nan]]) for parts in zip(*runs, strict=True)))


def compute_z(measure: Floats, lms: Lms, *, linear_tails: bool = True) -> Floats:
    """Return unrounded z; NaN where the measure or the LMS row is missing.

    z = ((y/M)^L - 1) / (L S). With `linear_tails`, beyond |z| 3 the distance to the SD line at 3
    in units of the distance between the SD lines at 2 and 3 (WHO 2006, indices with weight).
    """
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        z = measure / lms.mu
        np.power(z, lms.lam, out=z)
        z -= 1
        z /= lms.lam * lms.sigma
    if not linear_tails:
        return z
    tail = np.flatnonzero(np.abs(z) > LINEAR_FROM_Z)
    sign = np.sign(z[tail])
    outer, width = _sd_line_and_width(take_lms(lms, tail), sign)
    z[tail] = sign * (LINEAR_FROM_Z + sign * (measure[tail] - outer) / width)
    return z


def compute_z_linear(measure: Floats, lms: Lms) -> Floats:
    """Return unrounded z of an index whose L is 1 everywhere: (y/M - 1) / S."""
    return (measure / lms.mu - 1) / lms.sigma


def round_z(z: Floats) -> Floats:
    """Return z with two decimals: the nearer of both neighbours, the even one in the middle.

    Near the middle the distances themselves decide, as R (4.0 and later) does; scaling by 100
    alone would let its own rounding error decide.
    """
    scaled = z * _SKALA
    rounded = np.rint(scaled)
    doubtful = np.flatnonzero(np.abs(np.abs(scaled - rounded) - 0.5) < _RAGU)
    if len(doubtful):
        value, low = z[doubtful], np.floor(scaled[doubtful])
        below, above = value - low / _SKALA, (low + 1) / _SKALA - value
        down = (below < above) | ((below == above) & (low % 2 == 0))
        rounded[doubtful] = np.where(down, low, low + 1)
    rounded /= _SKALA
    rounded += 0.0  # no minus before a zero
    return rounded


def compute_measure(z: Floats, lms: Lms, *, linear_tails: bool = True) -> Floats:
    """Return the measure that has this z: the inverse of `compute_z`, unrounded."""
    measure = _sd_line(lms, z)
    if not linear_tails:
        return measure
    tail = np.flatnonzero(np.abs(z) > LINEAR_FROM_Z)
    sign = np.sign(z[tail])
    outer, width = _sd_line_and_width(take_lms(lms, tail), sign)
    measure[tail] = outer + (z[tail] - sign * LINEAR_FROM_Z) * width
    return measure


def _sd_line(lms: Lms, z: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        return lms.mu * np.power(1 + lms.lam * lms.sigma * z, 1 / lms.lam)


def _sd_line_and_width(lms: Lms, sign: Floats) -> tuple[Floats, Floats]:
    """Return the SD line at 3 on the side of `sign` and its (positive) distance to that at 2."""
    outer = _sd_line(lms, sign * LINEAR_FROM_Z)
    return outer, np.abs(outer - _sd_line(lms, sign * (LINEAR_FROM_Z - 1)))
