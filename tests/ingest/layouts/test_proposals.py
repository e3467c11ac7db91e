"""A proposal names the likeliest table and columns, and no value of any cell."""

import tomllib

import pandas as pd
import pytest

from reviu_lib.ingest.files import Kisi
from reviu_lib.ingest.layouts.folder import KOLOM_PEMETAAN
from reviu_lib.ingest.layouts.likeness import compare_headings, describe_values
from reviu_lib.ingest.layouts.proposals import (
    find_heading_row,
    list_rows,
    propose_mapping,
    write_usulan_pemetaan,
)
from reviu_lib.workbook import open_book

from ..conftest import temuan

MIRIP = [
    ["Kode Wilayah Desa", "Nama Kecamatan", "Kode Indikatr", "Priode", "Pembilangan", "Penyebut"],
    ["12.18.02.2001", "Perbaungan", "I01", "tahunan", 8, 10],
    ["12.18.02.1041", "Perbaungan", "I01", "tahunan", 9, 10],
]


def _grid(*rows, lembar=""):
    cells = pd.DataFrame([list(row) for row in rows], dtype=object).fillna("")
    return Kisi(lembar, cells.set_axis(range(1, len(rows) + 1)))


def _columns(proposal):
    return {item.huruf: item.kolom for item in proposal.kolom}


def test_misspelt_headings_are_matched_to_the_likeliest_table():
    proposal = propose_mapping(_grid(*MIRIP), berkas="a.csv")
    assert (proposal.tabel, proposal.baris_judul) == ("cakupan", 1)
    assert _columns(proposal) == {
        "A": "kode_desa", "B": "kecamatan", "C": "kode_indikator", "D": "periode",
        "E": "pembilang", "F": "penyebut",
    }  # fmt: skip
    assert all(0.7 < item.skor <= 1 for item in proposal.kolom)


def test_a_place_and_figures_without_header_are_proposed_as_a_published_table():
    proposal = propose_mapping(_grid(["Manggar", "6,34", "0,37"], ["Gantung", "5,1", "1"]))
    assert (proposal.tabel, proposal.baris_judul) == ("capaian_terbit", 0)
    assert _columns(proposal)["A"] == "wilayah"
    assert _columns(proposal)["C"].startswith("persen: ISI ")


def test_nothing_is_proposed_for_what_is_like_nothing():
    proposal = propose_mapping(_grid(["aku", "kamu"], ["dia", "kita"]))
    assert (proposal.tabel, set(_columns(proposal).values())) == ("", {""})


@pytest.mark.parametrize(
    ("values", "jenis"),
    [
        (["1", "2.000", 3], "bilangan bulat"),
        (["1,5", "2", "60,2 %"], "bilangan desimal"),
        (["2021-08-10", "10/08/2021"], "tanggal"),
        (["12.18.02.2001"], "kode wilayah"),
        (["1218000101200001"], "bilangan 16 angka"),
        (["Perbaungan", "Sei Rampah", "3"], "teks"),
        (["2021", 2022], "tahun"),
        (["", None], "kosong"),
        (["a", "1,5"], "campuran"),
    ],
)
def test_the_kind_of_a_column_is_told_in_words(values, jenis):
    assert describe_values(values) == jenis


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("pembilang", "pembilang", True),
        ("pembilng", "pembilang", True),
        ("nama desa", "desa", True),
        ("pembilang", "penyebut", False),
        ("no", "nomor kk", False),
    ],
)
def test_headings_are_like_when_spelt_nearly_alike(one, other, like):
    assert (compare_headings(one, other) >= 0.72) == like


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ([["kecamatan", "K1"], ["Manggar", 80]], 1),
        ([["Tabel 3"], [], ["kecamatan", "K1"], ["Manggar", 80]], 3),
        ([["CONTOH ANAK", "Perbaungan", ""], ["CONTOH DUA", "Perbaungan", "2020-01-01"]], 0),
        ([["CONTOH ANAK", "L"], ["CONTOH DUA", "3"], ["CONTOH TIGA", "L"]], 0),
        ([["Manggar", "6,34"], ["Gantung", "5"]], 0),
    ],
)
def test_a_row_of_data_is_never_taken_for_headings(rows, row):
    assert find_heading_row(_grid(*rows)) == row


def test_no_value_of_a_cell_stands_in_a_proposal(tmp_path):
    child = ["1218000101209999", "CONTOH ANAK", "2020-01-15", "0812345678901"]
    grid = _grid(child, ["1218000101209998", "CONTOH DUA", "2020-02-15", ""], lembar="Balita")
    proposals = [propose_mapping(grid, berkas="12.18/2021/a.xlsx")]
    text = write_usulan_pemetaan(tmp_path / "usulan.toml", proposals).read_text()
    everything = text + list_rows(proposals).to_csv()
    for word in ("1218000101", "CONTOH", "2020-0", "08123"):
        assert word not in everything


@pytest.mark.parametrize("rows", [MIRIP, [["Manggar", "6,34"], ["Gantung", "5,1"]], [["a", "b"]]])
def test_the_proposal_file_is_sound_toml_that_asks_what_is_open(tmp_path, rows):
    path = write_usulan_pemetaan(tmp_path / "usulan.toml", [propose_mapping(_grid(*rows))])
    (entry,) = tomllib.loads(path.read_text())["berkas"]
    assert entry["nama"] == ""
    assert entry.get("tabel", "capaian_terbit")


def test_a_proposal_copied_and_filled_in_reads_the_file(folder):
    text = "\n".join(";".join(map(str, row)) for row in MIRIP)
    folder.text("cakupan tahun ini.csv", text)
    assert temuan(folder.read(), "B07")["tingkat"] == "galat"
    grid = _grid(*MIRIP)
    proposal = propose_mapping(grid, berkas="12.18/2021/cakupan tahun ini.csv")
    write_usulan_pemetaan(folder.path / "pemetaan-usulan.toml", [proposal])
    assert folder.read().cakupan.empty  # a proposal decides nothing
    (folder.path / "pemetaan-usulan.toml").rename(folder.path / "pemetaan.toml")
    assert folder.read().cakupan["pembilang"].tolist() == [8, 9]


def test_a_proposal_copied_but_not_filled_in_is_refused(folder):
    folder.text("a.csv", "Perbaungan;60,5;50\nSei Rampah;70;1,5\n")
    proposal = propose_mapping(_grid(["Perbaungan", "60,5", "50"], ["Sei Rampah", "70", "1,5"]),
                               berkas="a.csv")  # fmt: skip
    write_usulan_pemetaan(folder.path / "pemetaan.toml", [proposal])
    assert "belum diisi" in temuan(folder.read(), "T17")["uraian"]


def _fill(folder, rows):
    """Put a workbook with a filled sheet Pemetaan into the raw folder."""
    with open_book(folder.path / "temuan.xlsx") as book:
        sheet = book.add_worksheet("Pemetaan")
        sheet.write_row(0, 0, ["Pemetaan kolom"])
        sheet.write_row(2, 0, KOLOM_PEMETAAN)
        for number, row in enumerate(rows, start=3):
            sheet.write_row(number, 0, row)


def test_the_filled_sheet_pemetaan_answers_like_a_pemetaan_toml(folder):
    folder.text("a.csv", "Perbaungan;60,5;50\nSei Rampah;70;1,5\n")
    head = ["12.18/2021/a.csv", "", "tanpa judul"]
    rows = [[*head, "A", "", "teks", "capaian_terbit", "Kecamatan"],
            [*head, "B", "", "bilangan desimal", "capaian_terbit", "persen: Bayi mendapat IMD"],
            [*head, "C", "", "bilangan desimal", "", ""]]  # fmt: skip
    _fill(folder, rows)
    bahan = folder.read()
    assert bahan.capaian_terbit["persen"].tolist() == [60.5, 70]
    assert set(bahan.capaian_terbit["indikator"]) == {"Bayi mendapat IMD"}
    assert set(bahan.neraca_baris["berkas"]) == {"12.18/2021/a.csv"}


def test_a_wrong_column_in_the_sheet_pemetaan_is_told_with_the_file(folder):
    folder.text("a.csv", "Perbaungan;8;10\n")
    _fill(folder, [["a.csv", "", "tanpa judul", "A", "", "teks", "cakupn", "kecamatan"]])
    told = temuan(folder.read(), "T17")
    assert told["berkas"] == "12.18/2021/temuan.xlsx"
    assert "cakupn" in told["uraian"]


def test_the_rows_of_the_sheet_have_its_columns_and_one_row_per_column():
    rows = list_rows([propose_mapping(_grid(*MIRIP), berkas="a.csv")])
    assert list(rows.columns) == list(KOLOM_PEMETAAN)
    assert rows["kolom"].tolist() == list("ABCDEF")
    assert set(rows["tabel"]) == {"cakupan"}
