"""One row of a published table becomes one row per place, measure, and group, as printed."""

import pandas as pd
import pytest

from reviu_lib.ingest import build_bahan, read_berkas
from reviu_lib.ingest.ledger import list_unaccounted

from ..conftest import KUNCI

JATIM = [f"jatim_2022_{number:02d}.csv" for number in range(1, 9)]
VITAMIN = "Kecamatan;Bayi 6-11 bln;Mendapat Vit A;%;Balita 6-59 bln;Mendapat Vit A;%\n"
BBLR = "Kabupaten/Kota;Lahir Hidup L;Ditimbang L;% L;BBLR L;% L;Prematur L;% L\n"


def _figures(table, *columns):
    return [tuple(row) for row in table[list(columns)].itertuples(index=False)]


def test_each_percentage_stays_with_its_count_and_denominator(published):
    table, _ = published(VITAMIN + "Perbaungan;1.000;500;50,0;9.000;4.500;50,0\n")
    assert _figures(table, "wilayah", "kode_wilayah", "pembilang", "penyebut", "persen") == [
        ("Perbaungan", "12.18.02", 500, 1000, 50.0),
        ("Perbaungan", "12.18.02", 4500, 9000, 50.0),
    ]
    assert table["penyebut_nama"].tolist() == ["bayi 6-11 bulan", "balita 6-59 bulan"]


def test_two_denominators_of_one_table_are_told_apart(published):
    table, bacaan = published(BBLR + "Serdang Bedagai;200;100;50,0;10;10,0;10;5,0\n")
    by = table.set_index("indikator")
    assert by.loc["Bayi lahir prematur", "penyebut"] == 200
    assert by.loc["Bayi dengan berat badan lahir rendah (BBLR)", "penyebut"] == 100
    assert not {"K19", "K20"} & set(bacaan.temuan["kode"])


def test_a_printed_total_is_a_row_of_the_level_above(published):
    table, _ = published(VITAMIN + "Perbaungan;10;5;;;;\nSilinda;10;5;;;;\nJumlah;20;10;;;;\n")
    assert table["tingkat"].tolist() == ["kecamatan", "kecamatan", "kabupaten"]
    assert table["kode_wilayah"].tolist()[-1] == "12.18"


def test_a_place_without_any_figure_is_set_aside(published):
    table, bacaan = published(VITAMIN + "Perbaungan;10;5;;;;\nSilinda;;;;;;\n")
    assert table["wilayah"].tolist() == ["Perbaungan"]
    assert bacaan.neraca["alasan"].tolist() == ["T06: 1"]


def test_rows_of_other_kabupaten_are_set_aside_and_the_province_stays(published):
    lines = "Serdang Bedagai;9;9;;;;;\nDeli Serdang;9;9;;;;;\nProvinsi Sumatera Utara;18;18;;;;;\n"
    table, bacaan = published(BBLR + lines)
    assert table["kode_wilayah"].tolist() == ["12.18", "12"]
    assert bacaan.neraca["alasan"].tolist() == ["K18: 1"]


def test_a_bare_homonym_takes_the_partner_that_the_list_leaves(published):
    lines = "Tasikmalaya;9;9;;;;;\nKota Tasikmalaya;5;5;;;;;\n"
    table, _ = published(BBLR + lines, kode="32.06")
    assert _figures(table, "wilayah", "pembilang") == [("Tasikmalaya", 9)]


def test_the_year_comes_from_its_column_before_the_folder(published):
    text = BBLR.replace("Kab", "Tahun;Kab")
    lines = "2020;Serdang Bedagai;9;9;;;;;\n2021;Serdang Bedagai;8;8;;;;;\n"
    table, _ = published(text + lines)
    assert _figures(table, "tahun", "pembilang") == [(2020, 9), (2021, 8)]


def test_repeated_places_without_a_year_refuse_the_whole_table(published):
    table, bacaan = published(BBLR + "Serdang Bedagai;9;9;;;;;\nSerdang Bedagai;8;8;;;;;\n")
    assert table is None
    assert bacaan.neraca["alasan"].tolist() == ["K17: 2"]


def test_figures_without_places_are_not_recognised(published):
    table, bacaan = published(VITAMIN.replace("Kecamatan", "No") + "1;10;5;;;;\n")
    assert table is None
    assert "B07" in set(bacaan.temuan["kode"])


def test_a_column_of_places_without_names_is_refused(published):
    table, bacaan = published(VITAMIN.replace("Kecamatan", "Puskesmas") + "1;10;5;;;;\n")
    assert table is None
    assert bacaan.neraca["alasan"].tolist() == ["T01: 1"]


def test_a_figure_of_the_catalogue_becomes_a_row_of_cakupan(folder):
    folder.text("a.csv", VITAMIN + "Perbaungan;;;;9;4;\nKabupaten;;;;90;40;\n")
    cakupan = folder.read().cakupan
    assert _figures(cakupan, "kode_indikator", "pembilang", "penyebut") == [("I06", 40, 90)]
    assert cakupan["kode_desa"].isna().all()


def test_what_a_recap_says_stands_against_a_published_figure(folder):
    recap = "1;Anak usia 6-59 bulan yang memperoleh vitamin A;1;2;50\n"
    folder.text("a.csv", VITAMIN + "Perbaungan;;;;9;4;\nKabupaten;;;;90;40;\n")
    folder.text("b.csv", "no;indikator;pembilang;penyebut;capaian\n" + recap)
    bahan = folder.read()
    assert "K31" in set(bahan.temuan["kode"])
    assert bahan.cakupan["pembilang"].tolist() == [1]


def test_a_row_dropped_in_part_is_still_used(folder):
    line = "Perbaungan;10;5;;;;\n"
    folder.text("a.csv", VITAMIN + line + line)
    assert list_unaccounted(folder.read().neraca_baris).empty


@pytest.fixture(scope="module")
def jatim(shared):
    files = [shared / "data" / "real" / "jawa_timur_2022" / name for name in JATIM]
    return [read_berkas(path, kunci=KUNCI, tahun=2022) for path in files]


def test_all_published_percentages_of_east_java_recompute(jatim):
    table = pd.concat([bacaan.tabel["capaian_terbit"] for bacaan in jatim])
    rows = table.loc[table["tingkat"].eq("kabupaten") & table["persen"].notna()]
    assert (len(rows), rows["kode_wilayah"].nunique()) == (1634, 38)
    gap = (rows["pembilang"] / rows["penyebut"] * 100 - rows["persen"]).abs()
    assert gap.max() < 0.06
    told = pd.concat([bacaan.temuan for bacaan in jatim])
    assert told.loc[told["kode"] == "K19", "jumlah"].sum() == (gap > 0.05 + 1e-9).sum() == 13
    assert "K20" not in set(told["kode"])


def test_the_wrong_totals_of_east_java_are_told(jatim):
    wrong = {
        bacaan.berkas[-6:-4]: (bacaan.temuan["kode"] == "K21").sum()
        for bacaan in jatim
        if "K21" in set(bacaan.temuan["kode"])
    }
    assert wrong == {"06": 1, "07": 2, "08": 7}


def test_every_line_of_east_java_is_used(jatim):
    neraca = pd.concat([bacaan.neraca for bacaan in jatim])
    assert neraca["dibaca"].tolist() == neraca["dipakai"].tolist() == [39] * 8


def test_one_kabupaten_of_east_java_gets_its_row_and_the_province(shared):
    folder = shared / "data" / "real" / "jawa_timur_2022"
    bahan = build_bahan(folder, kode_kabupaten="35.01", tahun=2022, kunci=KUNCI)
    assert set(bahan.capaian_terbit["kode_wilayah"]) == {"35.01", "35"}
    assert _figures(bahan.cakupan, "kode_indikator", "pembilang", "penyebut") == [
        ("E14", 1248, 1608), ("E11", 127, 6754), ("E04", 5569, 5569), ("E20", 157072, 190280),
    ]  # fmt: skip
    assert list_unaccounted(bahan.neraca_baris).empty
