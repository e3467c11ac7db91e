from __future__ import annotations

from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from hasil_kecil import make_hasil, make_kosong

from reviu_lib.bahan import PENANDA_CONTOH, table_fields
from reviu_lib.catalog import tabel_hasil, tabel_masukan
from reviu_lib.ingest import build_bahan
from reviu_lib.report import write_lampiran, write_pengembalian
from reviu_lib.report.lampiran import DAFTAR, PUTUSAN, USULAN, decision_words


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("lampiran") / "lampiran.xlsx"
    write_lampiran(make_hasil(), path)
    return openpyxl.load_workbook(path)


def header_of(sheet) -> tuple[int, list[str]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if {"id_usulan", "putusan"} <= set(row):
            return number, list(row)
    raise AssertionError(f"tidak ada judul kolom pada {sheet.title}")


def test_proposals_come_first(book):
    assert tuple(book.sheetnames[: len(USULAN) + 1]) == (DAFTAR, *USULAN)
    assert "capaian_cakupan" in book.sheetnames


def test_the_header_is_found_by_id_and_decision(book):
    for name in USULAN:
        _, head = header_of(book[name])
        assert head[0] == "id_usulan"
        mine = [column for column in PUTUSAN if column in tabel_hasil()[name].nama_kolom]
        assert head[-len(mine) - 2 :] == ["alasan", "dasar", *mine]
        assert (mine[0], mine[-1]) == ("putusan", "catatan_putusan")


def test_the_decision_is_empty_and_offers_the_decision_words(book):
    sheet = book["usulan_kegiatan"]
    row, head = header_of(sheet)
    column = head.index("putusan") + 1
    assert [sheet.cell(row + n, column).value for n in (1, 2, 3)] == [None] * 3
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert any("ditindaklanjuti dengan perbaikan" in text for text in lists)


def test_decision_words_are_those_a_proposal_may_use():
    words = tabel_hasil()["usulan_kegiatan"]["usulan"].pilihan
    assert decision_words("usulan_kegiatan") == decision_words("rekomendasi") == words
    assert "diusulkan lokus" in decision_words("usulan_lokus")


def test_text_that_looks_like_a_formula_stays_text(book):
    cells = [cell for row in book["usulan_kegiatan"].iter_rows() for cell in row]
    dangerous = [cell for cell in cells if str(cell.value).startswith("=cmd")]
    assert dangerous
    assert all(cell.data_type == "s" for cell in dangerous)


def test_every_sheet_says_where_when_and_that_it_is_an_example(book):
    for sheet in book:
        above = " ".join(str(sheet.cell(row, 1).value) for row in range(1, 5))
        assert PENANDA_CONTOH in above
        assert "Kabupaten Soppeng (73.12), tahun 2024" in above


def test_a_table_without_rows_gets_no_sheet_but_proposals_always_do(tmp_path):
    write_lampiran(make_kosong(), tmp_path / "a.xlsx")
    assert tuple(openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames) == (DAFTAR, *USULAN)


def test_the_first_sheet_lists_every_other_and_leads_there(book):
    sheet = book[DAFTAR]
    lines = [row for row in sheet.iter_rows() if row[0].hyperlink]
    assert [row[0].value for row in lines] == book.sheetnames[1:]
    assert [row[0].hyperlink.location for row in lines] == [
        f"'{name}'!A1" for name in book.sheetnames[1:]
    ]
    told = {row[0].value: (row[2].value, row[3].value) for row in lines}
    assert told["usulan_kegiatan"] == (len(make_hasil().usulan_kegiatan), "diisi rapat")
    assert told["capaian_cakupan"] == (len(make_hasil().capaian_cakupan), "dibaca")


def test_every_sheet_prints_on_lying_a4_with_its_header_on_every_page(book):
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        head = int(sheet.freeze_panes[1:]) - 1
        assert sheet.print_title_rows == f"${head}:${head}"


def test_the_same_result_gives_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_lampiran(make_hasil(), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_filled_annex_brings_back_the_decisions_and_nothing_else(tmp_path):
    write_lampiran(make_hasil(), tmp_path / "putusan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "putusan.xlsx")
    for name in USULAN:
        row, head = header_of(book[name])
        book[name].cell(row + 1, head.index("putusan") + 1).value = decision_words(name)[0]
    book.save(tmp_path / "putusan.xlsx")
    bahan = build_bahan(tmp_path, kode_kabupaten="73.12", tahun=2024, kunci=b"k" * 32)
    assert list(bahan.putusan["id_usulan"]) == ["UK-K001", "R-1", "UL-1", "RR-K001"]
    sheets = [name for name, tabel in table_fields().items() if tabel_masukan()[tabel].lembar]
    assert [name for name in sheets if len(getattr(bahan, name))] == []
    assert not set(bahan.temuan["kode"]) & {"T02", "T08"}


def returned(*names):
    rows = {"baris": [f"P{n}" for n, _ in enumerate(names)], "puskesmas": list(names)}
    given = pd.DataFrame({**rows, "alasan": "Tinggi kosong", "baris_berkas": 7})
    return replace(make_hasil(), pengembalian=given)


def test_each_puskesmas_gets_a_sheet_of_its_own_with_its_rows_alone(tmp_path):
    write_pengembalian(returned("Citta", "Ganra", "Citta", None), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Citta", "Ganra", "Tanpa puskesmas"]
    cells = [cell for row in book["Citta"].iter_rows(values_only=True) for cell in row]
    assert cells.count("Tinggi kosong") == 2
    assert PENANDA_CONTOH in cells


def test_long_or_odd_names_of_puskesmas_still_make_sheets(tmp_path):
    names = ["Induk Kecamatan Sebelah Utara Satu", "Induk Kecamatan Sebelah Utara Dua", "A/B: [C]"]
    write_pengembalian(returned(*names), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert len(book.sheetnames) == 3
    assert max(map(len, book.sheetnames)) <= 31
