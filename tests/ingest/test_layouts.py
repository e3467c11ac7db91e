"""Layouts are declarations: strict, complete, and enough to recognise a sheet by its content."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviu_lib.catalog import build, tabel_masukan
from reviu_lib.errors import DefinisiError
from reviu_lib.ingest.files import Kisi
from reviu_lib.ingest.layouts import TabelSumber, load_layouts, recognise
from reviu_lib.ingest.layouts.recognise import name_of, tables_knowing

from .conftest import JUDUL_EPPGBM, temuan


def _grid(*rows, lembar="Sheet1"):
    cells = pd.DataFrame([list(row) for row in rows], dtype=object).fillna("")
    return Kisi(lembar, cells.set_axis(range(1, len(rows) + 1)))


def test_a_mistyped_key_of_a_layout_is_an_error():
    with pytest.raises(DefinisiError, match="ciry"):
        build(
            TabelSumber,
            {"nama": "lokus", "tabel": "lokus", "ciri": (), "ciry": ()},
            "sumber/uji.toml",
        )


def test_every_layout_names_existing_tables_and_columns():
    for layout in load_layouts().values():
        for sumber in layout.tabel.values():
            known = {*tabel_masukan()[sumber.tabel].nama_kolom, *sumber.kolom}
            assert {*sumber.ciri, *sumber.perlu, *sumber.isian, *sumber.padanan} <= known


def test_every_sheet_of_the_workbook_has_a_layout():
    sheets = {tabel.nama for tabel in tabel_masukan().values() if tabel.lembar}
    assert sheets == set(load_layouts()["kabupaten"].tabel)


def test_the_header_is_found_below_titles_and_blank_rows():
    header = ["No", *JUDUL_EPPGBM]
    (kepala,) = recognise(_grid(["DATA BALITA"], [], ["Tahun 2021"], header, ["1"]))
    assert (kepala.sumber.tabel, kepala.baris_awal) == ("pengukuran", 5)
    assert kepala.posisi["nik"] == 1


def test_columns_are_found_by_heading_in_any_order_and_spelling():
    header = ["  CAPAIAN (%) ", "penyebut\u00a0", "Pembilang", "INDIKATOR KINERJA", "No."]
    (kepala,) = recognise(_grid(header, [50, 2, 1, "a", 1]))
    assert kepala.posisi == {"capaian": 0, "penyebut": 1, "pembilang": 2, "indikator": 3, "no": 4}


def test_a_sheet_of_no_layout_is_not_recognised():
    assert recognise(_grid(["tempat", "hujan", "suhu"], ["Bogor", 5, 6])) == ()


def test_a_renamed_sheet_is_recognised_by_its_columns():
    (kepala,) = recognise(_grid(["id_hambatan", "uraian", "kategori"], ["H1", "a", "SDM"]))
    assert kepala.sumber.tabel == "hambatan"


def test_a_repeated_heading_is_told_and_the_first_counts(folder):
    folder.text("r.csv", "no;indikator;pembilang;penyebut;capaian;capaian\n1;a;1;2;50;60\n")
    bahan = folder.read()
    assert temuan(bahan, "T03")["kolom"] == "capaian"
    assert bahan.rekap["capaian"].tolist() == [50]


def test_the_headings_of_an_unknown_file_are_shown_but_never_its_rows(folder):
    folder.text("lain.csv", "kecamatan;K1;K4\nCONTOH NAMA;80;70\n")
    words = temuan(folder.read(), "B07")["uraian"]
    assert "judul kolom: kecamatan, K1, K4" in words
    assert "CONTOH NAMA" not in words


HEADINGS = sorted(
    {
        title.replace("{tahun}", "2022")
        for layout in load_layouts().values()
        for sumber in layout.tabel.values()
        for title in sumber.judul_dikenal
    }
)


@given(
    st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=8),
    st.sampled_from(["", " %", " rp juta"]),
)
def test_the_quick_look_at_the_headings_leaves_out_no_layout_that_knows_them(titles, ending):
    readings = tuple((f"{title}{ending}",) for title in titles)
    for layout in load_layouts().values():
        for sumber in layout.tabel.values():
            known = [
                found for found in map(tables_knowing, readings) if name_of(layout, sumber) in found
            ]
            assert len(sumber.bind(readings).posisi) <= len(known)
