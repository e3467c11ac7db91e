"""Whole workbooks by chance: what stands in each cell, and what reading it may give at most.

A cell is drawn together with the values that it can honestly become; None is a value that is
missing and told. The sheets have titles above, blank columns before, columns in any order, doubled
and unknown headings, merged and hidden rows, empty and foreign sheets, and identities anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import strategies as st

from reviu_lib.ingest.files import column_letter
from reviu_lib.reference import list_desa

from .conftest import age

NIK, NAMA, TELEPON = "1218000101209999", "CANARY ANAK UJI", "081234567890"
DESA = list(list_desa("12.18")["kode_desa"])
Boleh = frozenset[Any]


@dataclass(frozen=True)
class Sel:
    """What is written into a cell, and what it may become."""

    tulisan: Any
    boleh: Boleh = frozenset({None})

    @property
    def kosong(self) -> bool:
        """Whether nothing is written there."""
        return self.tulisan is None or not str(self.tulisan).strip()


def _may(written: Any, *values: Any) -> Sel:
    return Sel(written, frozenset(values))


def _ribuan(number: int) -> str:
    return f"{number:,}".replace(",", ".")


_BUKAN_ANGKA = [
    None, "", "-", "lima", "N/A", "#N/A", "#DIV/0!", "=1+1", "=1/0", "t.a.d", "belum dihitung",
    "y" * 5_000, NIK, int(NIK), f"{NAMA}, HP {TELEPON}", datetime(2021, 3, 4), "1.23.4", "-3", -3,
    "\u200b", "2,5", 2.5,
]  # fmt: skip
CACAH = st.one_of(
    st.integers(0, 9_999).map(lambda n: _may(n, n)),
    st.integers(0, 9_999).map(lambda n: _may(str(n), n)),
    st.integers(0, 9_999).map(lambda n: _may(float(n), n)),
    st.integers(0, 999).map(lambda n: _may(f" {n} orang", n, None)),
    st.integers(1_000, 999_999).map(lambda n: _may(_ribuan(n), n, None)),
    st.integers(1_000, 999_999).map(lambda n: _may(f"{n:,}", n, None)),
    st.just(_may("١٢", 12)),
    st.sampled_from(_BUKAN_ANGKA).map(Sel),
)
TANGGAL = st.one_of(
    st.dates(date(2021, 1, 1), date(2021, 12, 31)).map(lambda d: _may(d, d)),
    st.dates(date(2021, 1, 1), date(2021, 12, 31)).map(lambda d: _may(d.isoformat(), d)),
    st.dates(date(2021, 1, 13), date(2021, 12, 31)).map(
        lambda d: _may(f"{d:%d/%m/%Y}", d, None, *_swapped(d))
    ),
    st.sampled_from([None, "", "31/02/2021", "belum", "#REF!", "=TODAY()", "1900-01-00", NIK]).map(
        Sel
    ),
)


def _swapped(day: date) -> list[date]:
    """Return the day with day and month exchanged, where that is a day."""
    return [date(day.year, day.day, day.month)] if day.day <= 12 else []


@dataclass(frozen=True)
class Lembar:
    """One sheet: its headings and rows of cells as they lie in the file, and where they begin.

    `nilai` names the columns whose cells are drawn with what they may become.
    """

    nama: str
    judul: tuple[str, ...]
    baris: tuple[tuple[Sel, ...], ...]
    nilai: tuple[str, ...]
    atas: tuple[str, ...] = ()
    kiri: int = 0
    tersembunyi: tuple[int, ...] = ()
    gabung: bool = False

    @property
    def baris_pertama(self) -> int:
        """Number of the first row below the headings."""
        return len(self.atas) + 2

    def address(self, number: int, kolom: str) -> str:
        """Return the address of a cell by the number of its row, from 0, and its heading."""
        letter = column_letter(self.kiri + self.judul.index(kolom) + 1)
        return f"{letter}{self.baris_pertama + number}"


# Table → key columns (with the key of row number n) and value columns.
TABEL: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
    "cakupan": (
        {
            "kode_desa": lambda n: DESA[n % len(DESA)],
            "kode_indikator": lambda n: "I01",
            "periode": lambda n: "tahunan",
        },
        {"pembilang": CACAH, "penyebut": CACAH},
    ),
    "jadwal": (
        {"id_kegiatan": lambda n: f"K{n}", "jendela": lambda n: 1},
        {"rencana_mulai": TANGGAL, "realisasi_mulai": TANGGAL},
    ),
}
_ASING = st.sampled_from(
    ["median", "Catatan", NIK, f"Anak {NIK}", "pembilang", "rencana_mulai", ""]
)
_JUDUL_ATAS = st.sampled_from(
    ["", "REKAP TAHUN 2021", "Kabupaten", f"Daftar {NIK}", f"HP {TELEPON}"]
)


@st.composite
def sheets(draw: st.DrawFn, tabel: str) -> Lembar:
    """Draw a sheet of one table."""
    keys, values = TABEL[tabel]
    foreign = draw(st.lists(_ASING, max_size=2))
    columns = draw(st.permutations([*keys, *values]))
    rows = [
        tuple(Sel(keys[name](n)) if name in keys else draw(values[name]) for name in columns)
        + tuple(Sel(draw(st.sampled_from([None, "x", NIK, "Budi"]))) for _ in foreign)
        for n in range(draw(st.integers(0, 8)))
    ]
    return Lembar(
        tabel,
        (*columns, *foreign),
        tuple(rows),
        tuple(name for name in values if name not in foreign),
        atas=tuple(draw(st.lists(_JUDUL_ATAS, max_size=3))),
        kiri=draw(st.integers(0, 2)),
        tersembunyi=tuple(draw(st.lists(st.integers(0, 7), max_size=2))),
        gabung=draw(st.booleans()),
    )


def write_book(path: Path, lembar: list[Lembar], others: list[str]) -> Path:
    """Write the sheets, and sheets named `others` that hold nothing of ours."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in lembar:
        _write_sheet(book.create_sheet(sheet.nama), sheet)
    for number, name in enumerate(others):
        foreign = book.create_sheet(f"{name}{number}")
        if number % 2:
            foreign["C4"] = f"{NAMA} {NIK}"
    book.save(path)
    return age(path)


def _write_sheet(target: Any, sheet: Lembar) -> None:
    for number, title in enumerate(sheet.atas, start=1):
        target.cell(number, sheet.kiri + 1, title or None)
    for number, row in enumerate(sheet.baris):
        for place, cell in enumerate(row, start=sheet.kiri + 1):
            target.cell(sheet.baris_pertama + number, place, cell.tulisan)
    for place, heading in enumerate(sheet.judul, start=sheet.kiri + 1):
        target.cell(sheet.baris_pertama - 1, place, heading or None)
    for number in sheet.tersembunyi:
        target.row_dimensions[sheet.baris_pertama + number].hidden = True
    if sheet.gabung:
        width = sheet.kiri + len(sheet.judul) + 2
        first = sheet.baris_pertama
        target.merge_cells(start_row=first, end_row=first + 2, start_column=width, end_column=width)
