"""WHO 2006 LMS tables, and the two directions of the LMS formula.

The tables come from `reference/who2006_lms.npz`, built by `scripts/build_who.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# Beyond this |z| WHO measures in distances between SD lines (WHO Child Growth Standards, 2006,
# methods report, "restricted" LMS for indices that depend on weight).
LINEAR_FROM_Z = 3.0


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
        return Lms(*(np.take(part, row, mode="clip") for part in (self.lam, self.mu, self.sigma)))


@cache
def load_lms() -> Mapping[str, TabelLms]:
    """Return the tables by name: lhfa, wfa, bfa, acfa (key days), wfl, wfh (key cm)."""
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


def compute_z(measure: Floats, lms: Lms, *, linear_tails: bool = True) -> Floats:
    """Return unrounded z; NaN where the measure or the LMS row is missing.

    z = ((y/M)^L - 1) / (L S). With `linear_tails`, beyond |z| 3 the distance to the SD line at 3
    in units of the distance between the SD lines at 2 and 3 (WHO 2006, indices with weight).
    """
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        z = (np.power(measure / lms.mu, lms.lam) - 1) / (lms.lam * lms.sigma)
    if not linear_tails:
        return z
    tail = np.flatnonzero(np.abs(z) > LINEAR_FROM_Z)
    sign = np.sign(z[tail])
    outer, width = _sd_line_and_width(Lms(*(part[tail] for part in lms)), sign)
    z[tail] = sign * (LINEAR_FROM_Z + sign * (measure[tail] - outer) / width)
    return z


def compute_measure(z: Floats, lms: Lms, *, linear_tails: bool = True) -> Floats:
    """Return the measure that has this z: the inverse of `compute_z`, unrounded."""
    measure = _sd_line(lms, z)
    if not linear_tails:
        return measure
    tail = np.flatnonzero(np.abs(z) > LINEAR_FROM_Z)
    sign = np.sign(z[tail])
    outer, width = _sd_line_and_width(Lms(*(part[tail] for part in lms)), sign)
    measure[tail] = outer + (z[tail] - sign * LINEAR_FROM_Z) * width
    return measure


def _sd_line(lms: Lms, z: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        return lms.mu * np.power(1 + lms.lam * lms.sigma * z, 1 / lms.lam)


def _sd_line_and_width(lms: Lms, sign: Floats) -> tuple[Floats, Floats]:
    """Return the SD line at 3 on the side of `sign` and its (positive) distance to that at 2."""
    outer = _sd_line(lms, sign * LINEAR_FROM_Z)
    return outer, np.abs(outer - _sd_line(lms, sign * (LINEAR_FROM_Z - 1)))
