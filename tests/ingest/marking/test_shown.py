"""A sheet kept as copies show it gives the cells that the sheet itself would give."""

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviu_lib.ingest.files import Kisi
from reviu_lib.ingest.layouts import recognise
from reviu_lib.ingest.marking.plan import Rencana
from reviu_lib.ingest.marking.shown import read_shown, show_sheet

NAMA = frozenset({"kenari dua uji"})
EKSPOR = [
    ["Rekap Kenari Dua Uji", None, None, None, None, None, None],
    ["NIK", "Nama", "JK", "Tgl Lahir", "Tanggal Pengukuran", "Tinggi", "Posyandu"],
    ["1218000101200001", "CONTOH SATU", "L", "2020-01-15", "2021-08-10", "80,5", "Kenari Dua Uji"],
    [1218000101200002.0, "CONTOH DUA", "P", date(2020, 1, 1), datetime(2021, 8, 9), 81, 3.5],
    ["", "", "", "", "tidak ada", "081234567890", True],
]
TERBITAN = [
    ["Angka Tahun 2021", "", ""],
    ["Kabupaten/Kota", "Jumlah Lahir Hidup", "Jumlah BBLR"],
    ["Kab. Bogor", "6.140", 344],
    ["Jumlah", 6140, None],
]


def _plan(sel, kepala, **lain):
    return Rencana(Kisi("data", sel), kepala, {}, NAMA, **lain)


@pytest.mark.parametrize("cells", [EKSPOR, TERBITAN])
def test_kept_cells_are_shown_as_the_cells_of_the_sheet(cells):
    sel = pd.DataFrame(cells, index=range(1, len(cells) + 1), dtype=object)
    kepala = recognise(Kisi("data", sel))
    assert kepala
    kept = show_sheet(Kisi("data", sel), kepala, NAMA).set_axis(sel.columns, axis="columns")
    opened, again = _plan(sel, kepala), _plan(kept, kepala, baca=read_shown)
    for row in sel.index:
        assert again.show(row, again.shower()) == opened.show(row, opened.shower())


def test_columns_that_identify_are_not_kept():
    sel = pd.DataFrame(EKSPOR, index=range(1, 6), dtype=object)
    kept = show_sheet(Kisi("data", sel), recognise(Kisi("data", sel)), NAMA)
    text = kept.to_csv().lower()
    assert [word for word in ("contoh", "1218", "2020", "kenari", "0812") if word in text] == []
    assert kept.loc[2, "1"] == "=Nama"


@given(st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers(), st.text()))
def test_a_kept_cell_is_read_as_it_was(value):
    sel = pd.DataFrame([["Kabupaten/Kota", "x"], ["a", value]], index=[1, 2], dtype=object)
    kept = show_sheet(Kisi("data", sel), (), frozenset()).loc[2, "1"]
    plan = _plan(sel, ())
    assert read_shown(kept) == plan.show(2, plan.shower())[1]
