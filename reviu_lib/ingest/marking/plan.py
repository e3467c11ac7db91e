"""What of one sheet a copy shows: which rows, which columns of which kind, which heading.

Only the columns of recognised tables carry values. Lines above a table are shown in sheets that
hold no persons; there a person may be named in a title, and nobody could tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from reviu_lib.ingest.files import Kisi
from reviu_lib.ingest.identity import NamaOrang
from reviu_lib.ingest.layouts import Kepala
from reviu_lib.ingest.marking.cells import Sel, show_cell

BARIS_PENUH = 5_000  # sheets up to this length are copied whole
BARIS_RAGU = 20_000  # most rows with doubtful cells that are shown of a longer one
DIKOSONGKAN = "(dikosongkan)"
Tanda = Mapping[tuple[int, int], tuple[str, ...]]  # (file row, column from 0) → kinds of findings


class Kolom(NamedTuple):
    """A column of a table in a sheet: its kind, and whether it identifies a person."""

    jenis: str
    rahasia: bool


@dataclass(frozen=True)
class Rencana:
    """One sheet to copy: its cells, its tables, its doubtful cells, and the names to mask.

    `bersama`: a file of several kabupaten, of whose persons only doubtful rows are shown. `baca`
    makes a cell of what the sheet holds, where that is not the cell itself.
    """

    kisi: Kisi
    kepala: Sequence[Kepala]
    tanda: Tanda
    nama: NamaOrang
    bersama: bool = False
    baca: Callable[[Any], Any] | None = None

    @cached_property
    def rahasia(self) -> bool:
        """True where a table of the sheet identifies persons."""
        return any(kepala.sumber.rahasia for kepala in self.kepala)

    @cached_property
    def tables(self) -> list[tuple[Kepala, dict[int, Kolom]]]:
        """The tables with the kind of the column at each place."""
        return [
            (
                kepala,
                {
                    place: Kolom(kepala.sumber.jenis(name), name in kepala.sumber.rahasia)
                    for name, place in kepala.posisi.items()
                },
            )
            for kepala in self.kepala
        ]

    @cached_property
    def ringkas(self) -> bool:
        """True where only headings and rows with doubtful cells are shown."""
        return len(self.kisi.sel) > BARIS_PENUH or (self.bersama and self.rahasia)

    @cached_property
    def baris(self) -> list[int]:
        """The file rows to show, from top to bottom."""
        index = self.kisi.sel.index
        if not self.ringkas:
            return [int(row) for row in index]
        wanted = {row for row, _ in self.tanda}
        for kepala in self.kepala:
            wanted |= {row for row in range(kepala.baris_awal) if is_heading(row, kepala)}
        return sorted(int(row) for row in index.intersection(list(wanted)))[:BARIS_RAGU]

    @cached_property
    def _cells(self) -> Any:
        return self.kisi.sel.loc[self.baris].to_numpy(dtype=object)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {row: place for place, row in enumerate(self.baris)}

    def show(self, row: int, show: Callable[[Any, str], Sel]) -> list[Sel]:
        """Return the cells of a row as they may be shown, `show` given value and kind."""
        values = self._cells[self._places[row]]
        shown: list[Sel] = [None] * len(values)
        inside = [item for item in self.tables if reaches(row, item[0])]
        for _, columns in inside:
            for place, kolom in columns.items():
                if not kolom.rahasia:
                    shown[place] = show(values[place], kolom.jenis)
        return shown if inside else self._show_title(row, values, show)

    def _show_title(
        self, row: int, values: Sequence[Any], show: Callable[[Any, str], Sel]
    ) -> list[Sel]:
        """Return headings, and other lines where the sheet holds no persons."""
        headed = [columns for kepala, columns in self.tables if is_heading(row, kepala)]
        if not self.rahasia:
            return [show(value, "teks") for value in values]
        shown: list[Sel] = [None] * len(values)
        for columns in headed:
            for place, kolom in columns.items():
                title = show(values[place], "teks")
                shown[place] = f"{title or ''} {DIKOSONGKAN}".strip() if kolom.rahasia else title
        return shown

    def shower(self) -> Callable[[Any, str], Sel]:
        """Return `show_cell` for this sheet, each text looked at once."""
        known: dict[tuple[str, str], Sel] = {}
        read = self.baca or (lambda value: value)

        def show(value: Any, jenis: str) -> Sel:
            if not isinstance(value, str):
                return show_cell(read(value), jenis, self.nama)
            if (value, jenis) not in known:
                known[value, jenis] = show_cell(read(value), jenis, self.nama)
            return known[value, jenis]

        return show


def is_heading(row: int, kepala: Kepala) -> bool:
    """Return True for the rows of headings above the first row of a table."""
    return (kepala.baris_judul or kepala.baris_awal - 1) <= row < kepala.baris_awal


def reaches(row: int, kepala: Kepala) -> bool:
    """Return True where the row lies below the headings of a table."""
    last = kepala.baris_akhir
    return row >= kepala.baris_awal and (last is None or row <= last)
