"""Which declared layout a sheet has, and where its header is.

The header is searched in the first rows by the declared headings; the name of the file plays no
part, the name of a sheet only in the kabupaten workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from reviu_lib.ingest.files.grid import Kisi
from reviu_lib.ingest.layouts.model import (
    Folder,
    TabelSumber,
    TataLetak,
    load_layouts,
    normalize_heading,
)
from reviu_lib.ingest.parse.texts import cell_text
from reviu_lib.reference import normalize_nama

_BARIS_DICARI = 15  # titles and blank rows above a header; more than this was never seen


@dataclass(frozen=True)
class Kepala:
    """A recognised header: where it is and which column stands where."""

    tata_letak: TataLetak
    sumber: TabelSumber
    baris_awal: int
    posisi: Mapping[str, int]
    tak_dikenal: tuple[str, ...] = ()
    ganda: tuple[str, ...] = ()
    judul_atas: str = ""

    @property
    def kurang(self) -> tuple[str, ...]:
        """The obligatory columns that are absent."""
        return tuple(name for name in self.sumber.perlu if name not in self.posisi)


def recognise(kisi: Kisi, *, folder: Folder = "") -> Kepala | None:
    """Return the best fitting header of a sheet, None when no layout fits.

    `folder` says whose folder the file lies in; layouts of the other kind are not tried.
    """
    named = _table_of_sheet(kisi.lembar)
    if named is not None:
        return _best(kisi, [named], least=2)
    return _best(kisi, list(_all_tables(folder)), least=0)


def table_of_sheet(lembar: str) -> str:
    """Return the canonical table whose workbook sheet has this name, "" when none has."""
    named = _table_of_sheet(lembar)
    return named[1].tabel if named else ""


def is_ignored(lembar: str) -> bool:
    """Return True for sheets that hold instructions only."""
    name = normalize_heading(lembar)
    return any(name in layout.lembar_abaikan for layout in load_layouts().values())


def _all_tables(folder: str = "") -> Iterator[tuple[TataLetak, TabelSumber]]:
    for layout in load_layouts().values():
        if folder in {"", layout.folder} or not layout.folder:
            for sumber in layout.tabel.values():
                yield layout, sumber


def _table_of_sheet(lembar: str) -> tuple[TataLetak, TabelSumber] | None:
    name = normalize_heading(lembar)
    for layout, sumber in _all_tables():
        if name and sumber.baku.lembar and name == normalize_nama(sumber.baku.lembar):
            return layout, sumber
    return None


def _best(kisi: Kisi, tables: list[tuple[TataLetak, TabelSumber]], *, least: int) -> Kepala | None:
    """Return the header with the most known columns; `least` replaces the recognition marks.

    A table declared `utama` wins over any other that fits, however many columns those know.
    """
    found: Kepala | None = None
    for start, titles in _candidates(kisi.sel):
        for layout, sumber in tables:
            kepala = _match(layout, sumber, titles, start)
            if _fits(kepala, least) and (not found or _rank(kepala) > _rank(found)):
                found = kepala
    return _with_titles(found, kisi) if found else None


def _rank(kepala: Kepala) -> tuple[bool, int]:
    return kepala.sumber.utama, len(kepala.posisi)


def _fits(kepala: Kepala, least: int) -> bool:
    if least:
        return len(kepala.posisi) >= least
    sumber = kepala.sumber
    seen = sum(name in kepala.posisi for name in sumber.ciri)
    return seen >= (sumber.ciri_minimum or len(sumber.ciri))


def _candidates(sel: pd.DataFrame) -> Iterator[tuple[int, list[str]]]:
    """Yield possible headers: each early row alone, then with the row below it (two-row heads)."""
    rows = [
        (int(label), [normalize_heading(value) for value in values])
        for label, values in zip(
            sel.index[:_BARIS_DICARI], sel.head(_BARIS_DICARI).to_numpy(dtype=object), strict=True
        )
    ]
    for label, titles in rows:
        yield label + 1, titles
    for (_, upper), (label, lower) in pairwise(rows):
        yield label + 1, [low or up for up, low in zip(upper, lower, strict=True)]


def _match(layout: TataLetak, sumber: TabelSumber, titles: list[str], start: int) -> Kepala:
    bound = sumber.bind(titles)
    return Kepala(layout, sumber, start, bound.posisi, bound.tak_dikenal, bound.ganda)


def _with_titles(kepala: Kepala, kisi: Kisi) -> Kepala:
    """Return the header with the words above it, where a year or the sample marker may stand."""
    above = kisi.sel.loc[kisi.sel.index < kepala.baris_awal - 1]
    words = [cell_text(value) for value in above.to_numpy(dtype=object).ravel()]
    text = " ".join(word for word in words if word)
    return Kepala(**{**kepala.__dict__, "judul_atas": text})
