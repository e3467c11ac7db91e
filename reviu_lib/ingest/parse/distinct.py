"""Each distinct cell of a column is converted once, however many rows hold it.

A column of a hundred thousand rows has a few hundred distinct desa and a few thousand distinct
dates; the conversion costs as much as these, and the rest is one lookup a row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

# Kinds whose values can be equal although they are written differently: 1, 1.0, and True.
_BERSAMAAN = frozenset({bool, int, float, Decimal, np.bool_, np.int64, np.float64})


class Terbaca(NamedTuple):
    """A parsed column: values (missing where there is none) and the reason of each cell."""

    nilai: pd.Series
    alasan: pd.Series


class Penomor:
    """Numbers the cells of one column from 0 in order of appearance, piece by piece.

    Cells have the same number when value and type are the same: 1, 1.0, and True are three.
    """

    def __init__(self) -> None:
        """Start without any value."""
        self._nomor: dict[Any, int] = defaultdict(count().__next__)
        self._jenis: set[type] = set()
        self._berjenis = False  # the keys are pairs of type and value

    def number(self, cells: Collection[Any]) -> npt.NDArray[np.int32]:
        """Return the number of each of these cells."""
        self._jenis.update(map(type, cells))
        if not self._berjenis and len(self._jenis & _BERSAMAAN) > 1:
            self._berjenis = True
            pairs = (((type(key), key), at) for key, at in self._nomor.items())
            self._nomor = defaultdict(count(len(self._nomor)).__next__, pairs)
        keys = zip(map(type, cells), cells, strict=True) if self._berjenis else cells
        return np.fromiter(map(self._nomor.__getitem__, keys), dtype=np.int32, count=len(cells))

    @property
    def nilai(self) -> list[Any]:
        """The distinct values by their number."""
        return [key[1] for key in self._nomor] if self._berjenis else list(self._nomor)


@dataclass(frozen=True, eq=False)
class Ragam:
    """A column as its distinct cells: `nomor` says which of `nilai` each row holds."""

    nomor: npt.NDArray[np.int32]
    nilai: Sequence[Any]
    index: pd.Index

    @classmethod
    def of(cls, raw: Mentah) -> Ragam:
        """Return a raw column as its distinct cells, in order of appearance."""
        if isinstance(raw, Ragam):
            return raw
        numbers = Penomor()
        return cls(numbers.number(raw.to_numpy(dtype=object)), numbers.nilai, raw.index)

    @property
    def sel(self) -> pd.Series:
        """The cells row by row."""
        return self.map(lambda cell: cell)

    def map(self, convert: Callable[[Any], Any]) -> pd.Series:
        """Return `convert` of every cell, called once for each distinct one."""
        made = as_objects(map(convert, self.nilai))
        return pd.Series(made.take(self.nomor), index=self.index, dtype=object)

    def is_true(self, rule: Callable[[Any], bool]) -> pd.Series:
        """Return where cells satisfy a rule, asked once for each distinct one."""
        told = np.fromiter(map(rule, self.nilai), dtype=bool, count=len(self.nilai))
        return pd.Series(told.take(self.nomor), index=self.index)

    def __getitem__(self, rows: pd.Series) -> pd.Series:
        """Return the cells of the rows where `rows` is True."""
        chosen = rows.to_numpy(dtype=bool)
        return Ragam(self.nomor[chosen], self.nilai, self.index[chosen]).sel

    def mask(self, rows: pd.Series) -> Ragam:
        """Return the column without its cells where `rows` is True."""
        numbers = np.where(rows.to_numpy(dtype=bool), len(self.nilai), self.nomor)
        return Ragam(numbers, [*self.nilai, None], self.index).tidy()

    def tidy(self) -> Ragam:
        """Return the column without values that no row holds, in order of appearance."""
        numbers, held = pd.factorize(self.nomor)
        return Ragam(numbers, [self.nilai[at] for at in held], self.index)


Mentah: TypeAlias = pd.Series | Ragam


def map_unique(raw: Mentah, convert: Callable[[Any], Any]) -> pd.Series:
    """Return `convert` of every value, called once per distinct value and type."""
    return Ragam.of(raw).map(convert)


def parse_unique(raw: Mentah, convert: Callable[[Any], tuple[Any, str]], *, dtype: str) -> Terbaca:
    """Return the column that `convert` makes of (value, reason), the values in `dtype`."""
    column = Ragam.of(raw)
    pairs = [convert(value) for value in column.nilai]
    made = pd.Series([value for value, _ in pairs], dtype=dtype).array.take(column.nomor)
    reasons = as_objects(reason for _, reason in pairs).take(column.nomor)
    return Terbaca(
        pd.Series(made, index=raw.index), pd.Series(reasons, index=raw.index, dtype=object)
    )


def map_texts(texts: pd.Series, convert: Callable[[str], Any]) -> pd.Series:
    """Return `convert` of every text, called once per distinct text; missing stays missing."""
    codes, found = pd.factorize(texts)
    made = as_objects([*map(convert, found.tolist()), None])  # a missing text has the code -1
    return pd.Series(made[codes], index=texts.index, dtype=object)


def is_text(raw: Mentah) -> pd.Series:
    """Return where cells are text."""
    return Ragam.of(raw).is_true(lambda cell: isinstance(cell, str))


def as_objects(values: Iterable[Any]) -> npt.NDArray[np.object_]:
    """Return an array that holds tuples and lists as they are."""
    given = list(values)
    return np.fromiter(given, dtype=object, count=len(given))
