"""A sheet as raw cells that remember their place, and what was noticed on opening it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.ingest.parse.distinct import Penomor, Ragam
from reviu_lib.ingest.parse.texts import is_written

_SEBARIS = 1_000  # rows numbered at a time: their cells fit the fast memory of a processor
Rentang = tuple[tuple[int, int], tuple[int, int]]  # first and last cell: (row, column) from 0


@dataclass(frozen=True)
class Bentuk:
    """How a file is written: its kind and, for text, encoding, separator, and line end."""

    jenis: str
    penyandian: str = ""
    pemisah: str = ""
    akhir_baris: str = ""


@dataclass(frozen=True)
class Catatan:
    """Something noticed on opening, to become a finding: its code, file rows, and words."""

    kode: str
    baris: tuple[int, ...] = ()
    nilai: tuple[str, ...] = ()
    rincian: str = ""


@dataclass(frozen=True)
class Kisi:
    """One sheet: raw cells by file row number (index, from 1) and column position (from 0).

    `gabung` are the merged ranges; `nomor_tersembunyi` and `kolom_tersembunyi` the hidden rows
    and columns, both numbered from 1.
    """

    lembar: str
    sel: pd.DataFrame
    tersembunyi: bool = False
    nomor_tersembunyi: tuple[int, ...] = ()
    kolom_tersembunyi: tuple[int, ...] = ()
    gabung: tuple[Rentang, ...] = ()
    bentuk: Bentuk = Bentuk("")
    catatan: tuple[Catatan, ...] = ()

    @property
    def baris_tersembunyi(self) -> int:
        """How many rows are hidden."""
        return len(self.nomor_tersembunyi)


def to_cells(rows: Sequence[Sequence[Any]], numbers: Sequence[int]) -> pd.DataFrame:
    """Return rows of any length as a frame of raw cells; what a short row lacks is ""."""
    index = pd.Index(numbers, dtype="int64")
    frame = pd.DataFrame(rows, index=index, dtype=object)
    ragged = len(set(map(len, rows))) > 1
    return frame.fillna("") if ragged else frame


def gather_cells(rows: Iterable[Sequence[Any]], *, kiri: int = 0) -> pd.DataFrame:
    """Return rows of one length, numbered from 1, as a frame of raw cells.

    The rows are taken one by one and let go. `kiri` blank columns come before them.
    """
    waiting = iter(rows)
    first = next(waiting, ())
    cells = np.fromiter(chain(first, chain.from_iterable(waiting)), dtype=object)
    block = cells.reshape(-1, len(first)) if len(first) else cells.reshape(0, 0)
    if kiri:
        block = np.hstack([np.full((len(block), kiri), "", dtype=object), block])
    return pd.DataFrame(block, index=pd.RangeIndex(1, len(block) + 1), dtype=object, copy=False)


def number_columns(cells: pd.DataFrame) -> list[Ragam]:
    """Return the columns of a frame as their distinct cells.

    Some rows at a time: the cells of a row lie near each other in memory.
    """
    numberers = [Penomor() for _ in cells]
    values = cells.to_numpy(dtype=object)
    numbers = np.empty(values.shape[::-1], dtype=np.int32)
    for start in range(0, len(values), _SEBARIS):
        rows = slice(start, start + _SEBARIS)
        for one, own, part in zip(numberers, numbers, values[rows].T, strict=True):
            own[rows] = one.number(part.tolist())
    pairs = zip(numbers, numberers, strict=True)
    return [Ragam(own, one.nilai, cells.index) for own, one in pairs]


def fill_merged(cells: pd.DataFrame, ranges: Sequence[Rentang]) -> pd.DataFrame:
    """Return the cells with vertical merges filled down their first column, and nothing else."""
    tall = [(top, bottom) for top, bottom in ranges if bottom[0] > top[0]]
    tall = [item for item in tall if item[0][0] < len(cells) and item[0][1] < cells.shape[1]]
    if not tall:
        return cells
    filled = cells.copy()
    for (row, column), (last, _) in tall:
        filled.iloc[row : last + 1, column] = cells.iat[row, column]
    return filled


def put_marks(cells: pd.DataFrame, marks: dict[tuple[int, int], str]) -> pd.DataFrame:
    """Return the cells with `marks` in place: the text by (file row, column position)."""
    if not marks:
        return cells
    rows = range(1, max(len(cells), max(row for row, _ in marks)) + 1)
    columns = range(max(cells.shape[1], max(column for _, column in marks) + 1))
    shown = cells.reindex(index=pd.Index(rows), columns=pd.Index(columns), fill_value="")
    values = shown.to_numpy(dtype=object, copy=True)
    for (row, column), text in marks.items():
        values[row - 1, column] = text
    return pd.DataFrame(values, index=shown.index, dtype=object)


@dataclass(frozen=True, eq=False)
class Kamus:
    """The distinct cells of several columns; a frame of their numbers stands for the rows."""

    nilai: Mapping[Any, Sequence[Any]]

    def column(self, numbers: pd.Series) -> Ragam:
        """Return one column of such a frame."""
        return Ragam(numbers.to_numpy(), self.nilai[numbers.name], numbers.index).tidy()

    def cells(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the cells themselves."""
        columns = {name: self.column(frame[name]).sel for name in frame}
        return pd.DataFrame(columns, index=frame.index, dtype=object)

    def is_true(self, frame: pd.DataFrame, rule: Callable[[Any], bool]) -> pd.DataFrame:
        """Return where cells satisfy a rule, asked once for each distinct cell."""
        columns = {
            name: Ragam(frame[name].to_numpy(), self.nilai[name], frame.index).is_true(rule)
            for name in frame
        }
        return pd.DataFrame(columns, index=frame.index, columns=frame.columns, dtype=bool)

    def is_filled(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return where cells hold more than spaces."""
        return self.is_true(frame, is_written)


def number_cells(cells: pd.DataFrame) -> tuple[pd.DataFrame, Kamus]:
    """Return a frame of the numbers of its distinct cells, and these cells."""
    columns = dict(zip(cells, number_columns(cells), strict=True))
    numbers = {name: column.nomor for name, column in columns.items()}
    frame = pd.DataFrame(numbers, index=cells.index, columns=cells.columns)
    return frame, Kamus({name: column.nilai for name, column in columns.items()})
