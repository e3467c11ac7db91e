"""The ledger accounts for every filled row: used, or set aside with a reason."""

import pandas as pd
import pytest

from reviu_lib.ingest.ledger import Neraca, list_unaccounted

from .conftest import ANAK, JUDUL_EPPGBM, KUNCI

KEPALA = "kode_desa;kecamatan;desa;kode_indikator;periode;pembilang;penyebut"
ADOLINA = "12.18.02.2001;;;I01;tahunan"
BENGABING = "12.18.02.2003;;;I01;tahunan"


def _text(*lines):
    return "\n".join([KEPALA, *lines, ""])


def _ledger(folder, *lines):
    folder.text("cakupan.csv", _text(*lines))
    return folder.read().neraca_baris.iloc[0]


@pytest.mark.parametrize(
    ("lines", "dibaca", "dipakai", "alasan"),
    [
        ((f"{ADOLINA};1;2",), 1, 1, ""),
        ((f"{ADOLINA};1;2", ";;;;;;"), 1, 1, ""),
        ((f"{ADOLINA};1;2", "  ; ;;;;;"), 1, 1, ""),
        ((f"{ADOLINA};1;2", f"{BENGABING};;"), 2, 1, "T06: 1"),
        ((f"{ADOLINA};1;2", f"{ADOLINA};1;2"), 2, 1, "D02: 1"),
        ((f"{ADOLINA};1;2", f"{ADOLINA};1;3"), 2, 0, "D03: 2"),
        ((f"{ADOLINA};1;2", "Sumber: Dinas;;;;;;"), 2, 1, "T04: 1"),
        ((f"{ADOLINA};1;2", "12.18.99.2001;;;I01;tahunan;1;2"), 2, 1, "W01: 1"),
        ((f"{ADOLINA};1;2", f"{BENGABING.replace('I01', 'Z9')};1;2", "Total;;;;;1;2"), 3, 1,
         "K05: 1; T04: 1"),
    ],
)  # fmt: skip
def test_rows_read_are_rows_used_and_rows_set_aside(folder, lines, dibaca, dipakai, alasan):
    row = _ledger(folder, *lines)
    assert (row["dibaca"], row["dipakai"], row["alasan"]) == (dibaca, dipakai, alasan)
    assert row["dibaca"] == row["dipakai"] + row["disisihkan"]


def test_a_sheet_that_is_not_recognised_is_set_aside_whole(folder):
    folder.text("lain.csv", "warna;tinggi;lebar\nmerah;5;6\n")
    row = folder.read().neraca_baris.iloc[0]
    assert (row["tabel"], row["dibaca"], row["alasan"]) == ("", 2, "B07: 2")


def test_a_sheet_without_a_needed_column_is_set_aside_whole(folder):
    folder.text("rekap.csv", "no;indikator;pembilang;penyebut\n1;a;1;2\n2;b;1;2\n")
    row = folder.read().neraca_baris.iloc[0]
    assert (row["dibaca"], row["dipakai"], row["alasan"]) == (2, 0, "T01: 2")


def test_a_file_of_another_kabupaten_is_set_aside_whole(folder):
    head = "kode_kabupaten;tahun;tanggal_cutoff;tanggal_reviu\n"
    folder.text("identitas.csv", head + "73.12;2021;30/11/2021;21/12/2021\n")
    row = folder.read().neraca_baris.iloc[0]
    assert (row["tabel"], row["dipakai"], row["alasan"]) == ("identitas", 0, "B09: 1")


def test_two_visits_of_one_day_are_one_used_and_one_set_aside(folder):
    line = ";".join(str(ANAK.get(name, "")) for name in JUDUL_EPPGBM)
    folder.text("ekspor.csv", "\n".join([";".join(JUDUL_EPPGBM), line, line, ""]))
    row = folder.read().neraca_baris.iloc[0]
    assert (row["dibaca"], row["dipakai"], row["alasan"]) == (2, 1, "D01: 1")


def test_a_number_of_sixteen_digits_in_a_file_name_is_masked_in_the_ledger(folder):
    folder.text("data 1218000101209999.csv", _text(f"{ADOLINA};1;2"))
    row = folder.read().neraca_baris.iloc[0]
    assert "1218000101209999" not in row["berkas"]


def test_a_row_that_got_lost_is_named():
    neraca = Neraca()
    neraca.dibaca["a.csv", "", "cakupan"] = 5
    neraca.dipakai["a.csv", "", "cakupan"] = 3
    neraca.add_aside("cakupan", pd.DataFrame(
        {"_berkas": ["a.csv"], "_lembar": [""], "_baris": [2], "kode": ["D02"]}))  # fmt: skip
    assert list_unaccounted(neraca.to_frame())["berkas"].tolist() == ["a.csv"]


def test_every_doubtful_cell_is_listed_not_only_the_first_five(folder):
    lines = [f"{ADOLINA};lima;{number}" for number in range(1, 9)]
    folder.text("cakupan.csv", _text(*lines))
    ragu = folder.read().sel_ragu
    cells = ragu.loc[ragu["kode"] == "N01", "sel"].tolist()
    assert cells == [f"F{row}" for row in range(2, 10)]


def test_what_was_cleaned_safely_is_no_doubtful_cell(folder):
    folder.text("cakupan.csv", _text(f"{ADOLINA};1;2", "Sumber: Dinas;;;;;;"))
    assert "T04" not in set(folder.read().sel_ragu["kode"])


def test_the_ledger_of_one_file_alone_is_the_same(folder):
    from reviu_lib.ingest import read_berkas

    folder.text("cakupan.csv", _text(f"{ADOLINA};1;2", f"{ADOLINA};1;2"))
    bacaan = read_berkas(
        folder.path / "cakupan.csv", kunci=KUNCI, kode_kabupaten="12.18", tahun=2021
    )
    assert bacaan.neraca["alasan"].tolist() == ["D02: 1"]
    assert list_unaccounted(bacaan.neraca).empty


def test_a_doubtful_cell_names_its_own_file_where_a_finding_names_several(folder):
    head = "kode_desa;tahun;dasar\n"
    folder.text("a.csv", f"{head}12.18.02.2001;2021;SK 1\n")
    folder.text("b.csv", f"{head}12.18.02.2001;2021;SK 2\n")
    bahan = folder.read()
    clash = bahan.sel_ragu[bahan.sel_ragu["kode"] == "D03"]
    assert list(zip(clash["berkas"], clash["sel"], strict=True)) == [
        ("12.18/2021/a.csv", "2"),
        ("12.18/2021/b.csv", "2"),
    ]
