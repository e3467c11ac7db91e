"""A whole sheet as its copies show it, in text columns that can be kept and read again.

Each cell is a mark and its text: `=` words, `#` a number, `@` a date. What no copy shows is not
there: columns that identify persons, and columns that no layout knows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd

from reviu_lib.ingest.files import Kisi
from reviu_lib.ingest.identity import NamaOrang
from reviu_lib.ingest.layouts import Kepala
from reviu_lib.ingest.marking.cells import Sel, show_cell
from reviu_lib.ingest.marking.plan import Rencana, is_heading, reaches
from reviu_lib.ingest.parse.distinct import map_unique

_KATA, _ANGKA, _TANGGAL = "=", "#", "@"
_PANJANG_TANGGAL = 10  # a longer one has a time


def show_sheet(kisi: Kisi, kepala: Sequence[Kepala], names: NamaOrang) -> pd.DataFrame:
    """Return the cells of a sheet as `Rencana.show` would show them, its rows as index.

    Headings of columns that identify persons stand as written; `Rencana` tells that they are
    empty.
    """
    plan = Rencana(kisi, kepala, {}, names)
    rows = pd.Series(kisi.sel.index, index=kisi.sel.index)
    shown = pd.DataFrame(None, index=kisi.sel.index, columns=kisi.sel.columns, dtype=object)
    outside = pd.Series(True, index=rows.index)
    for head, columns in plan.tables:
        inside = rows.map(lambda row, head=head: reaches(row, head))
        outside &= ~inside
        for place, kolom in columns.items():
            if not kolom.rahasia:
                _put(shown, kisi, (inside, place), jenis=kolom.jenis, names=names)
    heads = rows.map(lambda row: any(is_heading(row, one) for one in kepala))
    known = {place for _, columns in plan.tables for place in columns}
    for place in kisi.sel.columns:
        if not plan.rahasia or place in known:
            titles = outside & heads if plan.rahasia else outside
            _put(shown, kisi, (titles, place), jenis="teks", names=names)
    return shown.set_axis(shown.columns.map(str), axis="columns")


def _put(
    shown: pd.DataFrame, kisi: Kisi, where: tuple[pd.Series, int], *, jenis: str, names: NamaOrang
) -> None:
    rows, place = where
    if rows.any():
        cells = kisi.sel.loc[rows, place]
        shown.loc[rows, place] = map_unique(cells, lambda c: _encode(show_cell(c, jenis, names)))


def _encode(cell: Sel) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, str):
        return f"{_KATA}{cell}"
    if isinstance(cell, date):
        return f"{_TANGGAL}{cell.isoformat()}"
    return f"{_ANGKA}{json.dumps(cell)}"


def read_shown(text: object) -> Sel:
    """Return the cell that a text of `show_sheet` stands for, None for a missing one."""
    if not isinstance(text, str):
        return None
    mark, rest = text[:1], text[1:]
    if mark == _ANGKA:
        number: float = json.loads(rest)
        return number
    if mark == _TANGGAL:
        return (
            datetime.fromisoformat(rest)
            if len(rest) > _PANJANG_TANGGAL
            else date.fromisoformat(rest)
        )
    return rest
