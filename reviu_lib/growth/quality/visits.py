"""Visits of children in order of time, and which of them need a second look."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from reviu_lib.growth.children import (
    BERDIRI,
    BULAN_MULAI_BERDIRI,
    SANDI_BAKU,
    SELISIH_BERDIRI_CM,
    read_codes,
    read_floats,
)
from reviu_lib.growth.quality.groups import Bools, Floats, Ints, join_codes, sort_rows
from reviu_lib.growth.quality.plausibility import Children
from reviu_lib.growth.quality.reading import read_children, read_column

# Before any date: sorted first, and never taken as the visit before another.
_NO_DAY = -1


class Pair(NamedTuple):
    """For each visit the child's visit before it that has the measure: row (-1: none), gap."""

    before: Ints
    days: Floats

    def at_before(self, values: Floats) -> Floats:
        """Return the value at the visit before; NaN when there is none."""
        return np.where(self.before >= 0, values[self.before], np.nan)


@dataclass(frozen=True)
class Visits:
    """Visits sorted by child and date; `order` are their places in the frame they came from."""

    frame: pd.DataFrame
    children: Children
    order: Ints
    child: Ints
    day: Ints
    method: Ints
    age_days: Floats
    columns: frozenset[str] = field(default_factory=frozenset)

    @property
    def dated(self) -> Bools:
        """Whether the date of the visit is known."""
        return self.day != _NO_DAY

    @cached_property
    def month(self) -> Ints:
        """Calendar month since 1970; -1 where the date is missing."""
        months = self.day.astype("datetime64[D]").astype("datetime64[M]")
        return np.where(self.dated, months.astype(np.int64), -1)

    @cached_property
    def born(self) -> Floats:
        """Day of birth since 1970: date minus age in days; NaN when one of them is missing."""
        return np.where(self.dated, self.day, np.nan) - self.age_days

    @cached_property
    def latest(self) -> Bools:
        """Whether this is the last visit of its child."""
        return np.append(self.child[1:] != self.child[:-1], [True])[: len(self.child)]

    @cached_property
    def lying_height(self) -> Floats:
        """Height as it would be lying: standing of nine months and more is 0.7 cm less."""
        standing = (self.method == BERDIRI) & ~(self.children.months < BULAN_MULAI_BERDIRI)
        return self.children.height + SELISIH_BERDIRI_CM * standing

    def pair(self, usable: Bools) -> Pair:
        """Return for each usable visit the usable visit of the same child before it."""
        usable = usable & self.dated
        rows = np.arange(len(self.child))
        last = np.maximum.accumulate(np.where(usable, rows, -1)) if len(rows) else rows
        before = np.append([-1], last[:-1])[: len(rows)]
        same = usable & (before >= 0) & (self.child[before] == self.child)
        before = np.where(same, before, -1)
        gap = np.where(same, self.day - self.day[before], 0)
        return Pair(before, np.where(same, gap, np.nan))

    def heights_to_compare(self, pair: Pair) -> tuple[Floats, Floats]:
        """Return height before and now: as lying where both ways of measuring are known."""
        now, lying = self.children.height, self.lying_height
        known = (self.method > 0) & (self.method[pair.before] > 0)
        before = np.where(known, pair.at_before(lying), pair.at_before(now))
        return before, np.where(known, lying, now)


def read_visits(pengukuran: pd.DataFrame, zskor: pd.DataFrame | None = None) -> Visits:
    """Return the visits of the table pengukuran in order of child, date, and measures.

    A row without id_anak is a child of its own; a visit without date is nobody's earlier visit.
    The order does not depend on the order of rows.
    """
    children = read_children(pengukuran, zskor)
    day, child = _read_days(pengukuran), _read_child(pengukuran)
    ties = tuple(np.nan_to_num(part, nan=-1.0) for part in (children.height, children.weight))
    order = sort_rows(join_codes(child, day), ties)
    method = read_codes(read_column(pengukuran, "cara_ukur"), SANDI_BAKU.cara_ukur)
    age = read_floats(read_column(pengukuran, "usia_hari"))
    return Visits(
        frame=pengukuran,
        children=children.take(order),
        order=order,
        child=child[order],
        day=day[order],
        method=method[order],
        age_days=np.where(age >= 0, age, np.nan)[order],
        columns=frozenset(pengukuran.columns),
    )


def _read_days(pengukuran: pd.DataFrame) -> Ints:
    """Return days since 1970 of tanggal_ukur; `_NO_DAY` when missing or earlier."""
    if "tanggal_ukur" not in pengukuran:
        return np.full(len(pengukuran), _NO_DAY, dtype=np.int64)
    dates = pd.to_datetime(pengukuran["tanggal_ukur"], errors="coerce").to_numpy("datetime64[D]")
    return np.where(np.isnat(dates), _NO_DAY, np.maximum(dates.astype(np.int64), _NO_DAY))


def _read_child(pengukuran: pd.DataFrame) -> Ints:
    if "id_anak" not in pengukuran:
        return np.arange(len(pengukuran), dtype=np.int64)
    code, names = pd.factorize(pengukuran["id_anak"])
    alone = np.cumsum(code < 0) - 1 + len(names)
    return np.where(code < 0, alone, code).astype(np.int64)
