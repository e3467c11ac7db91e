"""temuan.xlsx: one line per finding and file, with ways to the cell, and the ledger of rows."""

import os

import pandas as pd
import pytest

from reviu_lib.ingest.layouts.folder import KOLOM_PEMETAAN
from reviu_lib.ingest.marking.book import Tautan, link_to, write_temuan

from ..test_finding_kinds import REKAP
from .conftest import Hasil


def test_a_finding_leads_to_file_sheet_and_cell(folder, write):
    folder.workbook("buku kerja.xlsx", lokus={"kode_desa": "99.99.99.9999", "tahun": 2021})
    sheet = write().book()["Temuan"]
    links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    raw = [link for link in links if "data/raw" in link.target]
    assert {link.target for link in raw} == {"../../../data/raw/12.18/2021/buku%20kerja.xlsx"}
    assert "'lokus'!A2" in {link.location for link in raw}


def test_links_resolve_from_where_the_workbook_stands(folder, write, tmp_path):
    folder.text("a.csv", f"{REKAP}1;a;lima;2;50\n")
    hasil = write()
    cells = [cell for row in hasil.book()["Temuan"].iter_rows() for cell in row if cell.hyperlink]
    targets = {os.path.normpath(hasil.keluaran / cell.hyperlink.target) for cell in cells}
    assert targets == {str(folder.path / "a.csv"), str(hasil.keluaran / "salinan" / "a.csv.xlsx")}


def test_a_finding_of_two_files_has_a_line_with_its_own_link_for_each(folder, write):
    head = "kode_desa;tahun;dasar\n"
    folder.text("a.csv", f"{head}12.18.02.2001;2021;SK 1\n")
    folder.text("b.csv", f"{head}12.18.02.2001;2021;SK 2\n")
    lines = [line for line in write().lines() if line["Kode"] == "D03"]
    shown = [(line["Berkas"], line["Sel"], line["Buka berkas asli"]) for line in lines]
    assert shown == [
        ("12.18/2021/a.csv", "baris 2", "A2"),
        ("12.18/2021/b.csv", "baris 2", "A2"),
    ]


def test_a_finding_says_what_was_read_done_and_is_to_do(folder, write):
    folder.text("a.csv", f"{REKAP}1;a;lima;2;50\n")
    (line,) = [line for line in write().lines() if line["Kode"] == "N01"]
    assert (line["Tingkat"], line["Terbaca"], line["Sel"]) == ("galat", "'lima'", "C2")
    assert all(line[name] for name in ("Apa yang salah", "Yang dilakukan alat"))
    assert line["Yang perlu dilakukan"].endswith(".")


def test_the_ledger_balances_and_tells_its_reasons_in_words(folder, write):
    folder.text("a.csv", f"{REKAP}1;a;1;2;50\nCatatan: sementara;;;;\n")
    line, total = write().lines("Neraca", "Berkas")
    assert (line["Dibaca"], line["Dipakai"], line["Disisihkan"]) == (2, 1, 1)
    assert line["Alasan"] == "1 catatan kaki atau baris jumlah (T04)"
    assert (total["Berkas"], total["Dibaca"], total["Disisihkan"]) == ("Jumlah", 2, 1)


def test_a_link_to_a_file_whose_name_is_masked_is_not_made(folder, write):
    folder.text("hp 081234567890.csv", f"{REKAP}1;a;lima;2;50\n")
    hasil = write()
    lines = [line for line in hasil.lines() if line["Kode"] == "N01"]
    assert [line["Buka berkas asli"] for line in lines] == [None]
    assert hasil.find("081234567890") == []


def test_text_of_the_data_never_becomes_a_formula_or_a_link(folder, write):
    folder.text("a.csv", f"{REKAP}1;a;=1+1;2;50\n2;b;http://x.example;2;50\n")
    sheet = write().book()["Temuan"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not any(cell.data_type == "f" for cell in cells)
    assert not any("x.example" in str(cell.hyperlink.target) for cell in cells if cell.hyperlink)


def test_the_mark_of_example_data_stands_on_every_sheet(folder, write):
    folder.workbook(contoh=True, lokus={"kode_desa": "12.18.02.2001", "tahun": 2021})
    book = write().book()
    assert {sheet["A1"].value for sheet in book} == {"DATA CONTOH – SINTETIS"}


@pytest.fixture
def pemetaan(folder, tmp_path):
    """A workbook with two proposed columns."""
    folder.text("a.csv", "x;y\n1;2\n")
    rows = [
        ("12.18/2021/a.csv", "", 1, "A", "x", "bilangan", "cakupan", "pembilang"),
        ("12.18/2021/a.csv", "", 1, "B", "y", "bilangan", "", ""),
    ]
    frame = pd.DataFrame(rows, columns=list(KOLOM_PEMETAAN))
    tautan = Tautan(tmp_path / "data" / "raw", "../data/raw")
    write_temuan(folder.read(), tmp_path / "keluar" / "temuan.xlsx", tautan=tautan, pemetaan=frame)
    return Hasil(tmp_path / "keluar")


def test_the_mapping_sheet_holds_the_proposal_as_text(pemetaan):
    first, second = pemetaan.lines("Pemetaan", "berkas")
    assert list(first) == list(KOLOM_PEMETAAN)
    assert (first["tabel"], first["kolom_baku"], first["baris_judul"]) == (
        "cakupan",
        "pembilang",
        "1",
    )
    assert not second["tabel"]


def test_table_and_column_of_the_mapping_are_chosen_from_lists(pemetaan):
    book = pemetaan.book()
    rules = [rule.formula1 for rule in book["Pemetaan"].data_validations.dataValidation]
    assert rules[0].startswith("Pilihan!$A$1:$")
    assert rules[1] == 'INDIRECT("pilihan_"&$G4)'
    assert "pilihan_cakupan" in book.defined_names
    heads = [cell.value for cell in book["Pilihan"][1]]
    assert "cakupan" in heads
    assert "temuan" not in heads


def test_without_a_proposal_there_is_no_mapping_sheet(folder, write):
    folder.text("a.csv", f"{REKAP}1;a;1;2;50\n")
    assert "Pemetaan" not in write().book().sheetnames


@pytest.mark.parametrize(
    ("path", "lembar", "alamat", "link"),
    [
        ("a/b.xlsx", "isi", "F12", "external:a/b.xlsx#'isi'!F12"),
        ("b.xlsx", "Ba'u", "", "external:b.xlsx#'Ba''u'!A1"),
        ("b.csv", "", "A7", "external:b.csv#A7"),
        ("b.csv", "", "", "external:b.csv"),
        ("b#1.csv", "", "A7", ""),
    ],
)
def test_a_link_names_file_sheet_and_cell(path, lembar, alamat, link):
    assert link_to(path, lembar, alamat) == link


ASING = "desa;Jumlah Balita;Nama Ibu\nSei Buluh;12;KENARI IBU UJI\nMelati;9;KENARI DUA UJI\n"


def test_an_unrecognised_file_is_proposed_in_the_workbook_and_as_toml_without_values(folder, write):
    folder.text("asing.csv", ASING)
    hasil = write()
    lines = hasil.lines("Pemetaan", "berkas")
    assert [(line["kolom"], line["judul_terbaca"]) for line in lines] == [
        ("A", "desa"), ("B", "Jumlah Balita"), ("C", "Nama Ibu"),
    ]  # fmt: skip
    assert hasil.find("KENARI") == []
    text = (hasil.keluaran / "pemetaan-usulan.toml").read_text(encoding="utf-8")
    assert "asing.csv" in text


def test_a_workbook_put_back_in_the_raw_folder_is_read_as_mapping_and_not_as_data(folder, write):
    folder.text("asing.csv", ASING)
    book = (write().keluaran / "temuan.xlsx").read_bytes()
    (folder.path / "temuan.xlsx").write_bytes(book)
    bahan = folder.read()
    assert not bahan.neraca_baris["berkas"].str.endswith("temuan.xlsx").any()
