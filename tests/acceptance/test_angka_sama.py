"""The same number on the page and in the annex, cell by cell."""

from __future__ import annotations

import re
from datetime import date, datetime
from html import unescape

import openpyxl
import pytest

from reviu_lib.catalog import tabel_hasil

_ANGKA = re.compile(r'<data value="([^"]*)" data-asal="(?!definisi)(\w+)/([^"?]+)/(\w+)"')


class Lampiran:
    """The annex of a report, cell by cell: table, key of the row, column."""

    def __init__(self, path, hasil):
        book = openpyxl.load_workbook(path, read_only=True)
        self.sheets = {
            name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames
        }
        self.hasil = hasil

    def cell(self, tabel, baris, kolom):
        lines = self.sheets[tabel]
        declared = tabel_hasil()[tabel]
        width = max(len(line) for line in lines)
        head = next(n for n, line in enumerate(lines) if sum(c is not None for c in line) == width)
        heads = list(lines[head])
        place = heads.index(kolom if kolom in heads else declared[kolom].judul)
        keys = list(getattr(self.hasil, tabel)["baris"])
        return lines[head + 1 + keys.index(baris)][place]


@pytest.fixture(scope="module")
def lampiran(request, laporan, ruang_contoh):
    hasil = laporan[1]
    name = f"reviu-{hasil.kode_kabupaten}-{hasil.tahun}-rapat.xlsx"
    return Lampiran(ruang_contoh.reports_of(hasil.kode_kabupaten, hasil.tahun) / name, hasil)


def is_same(written: str, cell: object) -> bool:
    if cell is None:
        return written == ""
    if isinstance(cell, datetime | date):
        return written == f"{cell:%Y-%m-%d}"
    if isinstance(cell, int | float):
        return float(written) == pytest.approx(cell, rel=1e-12)
    return written == str(cell) or (cell in {"ya", "tidak"} and written == str(cell == "ya"))


def test_every_number_of_a_sentence_stands_in_the_annex(laporan, lampiran):
    page, _ = laporan
    named = {tuple(map(unescape, found)) for found in _ANGKA.findall(page)}
    different = [
        (tabel, baris, kolom, value, lampiran.cell(tabel, baris, kolom))
        for value, tabel, baris, kolom in named
        if not is_same(value, lampiran.cell(tabel, baris, kolom))
    ]
    assert len(named) > 300
    assert different == []
