"""A sheet as raw cells that remember their place, and what was noticed on opening it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

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
