"""The meeting fills the annex; put into data/raw, its decisions stand in the review."""

import shutil

import openpyxl
import pytest

from reviu_lib import load_bahan
from reviu_lib.batch import periksa
from reviu_lib.report.narasi import describe_usulan_kegiatan
from reviu_lib.review import review
from reviu_lib.store import make_ruang

PUTUSAN = {"UK-K001": "ditindaklanjuti", "UK-K002": "digabung"}


def fill_annex(source, target):
    book = openpyxl.load_workbook(source)
    sheet = book["usulan_kegiatan"]
    heads = {cell.value: cell.column for cell in sheet[5]}
    for row in range(6, sheet.max_row + 1):
        word = PUTUSAN.get(sheet.cell(row, heads["id_usulan"]).value)
        if word:
            sheet.cell(row, heads["putusan"]).value = word
            sheet.cell(row, heads["catatan_putusan"]).value = "Disepakati rapat"
    book.save(target)


@pytest.fixture(scope="module")
def bahan(ruang_contoh, tmp_path_factory):
    ruang = make_ruang(tmp_path_factory.mktemp("putusan"))
    folder = shutil.copytree(ruang_contoh.raw_of("73.12", 2024), ruang.raw_of("73.12", 2024))
    annex = ruang_contoh.reports_of("73.12", 2024) / "reviu-73.12-2024-rapat.xlsx"
    fill_annex(annex, folder / "putusan-rapat.xlsx")
    return periksa("73.12", 2024, ruang=ruang)


def test_only_the_filled_decisions_are_read(bahan):
    assert dict(bahan.putusan[["id_usulan", "putusan"]].to_numpy().tolist()) == PUTUSAN


def test_results_in_the_annex_never_become_input(bahan, ruang_contoh):
    before = load_bahan("73.12", 2024, ruang=ruang_contoh)
    for tabel in ("kegiatan", "cakupan", "hambatan", "prevalensi", "rekap", "tindak_lanjut_lalu"):
        assert getattr(bahan, tabel).equals(getattr(before, tabel))


def test_decisions_stand_in_the_review_and_are_told(bahan):
    hasil = review(bahan)
    usulan = hasil.usulan_kegiatan.set_index("id_usulan")
    assert usulan.loc[list(PUTUSAN), "putusan"].to_dict() == PUTUSAN
    assert usulan["putusan"].notna().sum() == len(PUTUSAN)
    assert hasil.value("ringkasan/jumlah_putusan/nilai") == len(PUTUSAN)
    text = " ".join(describe_usulan_kegiatan(hasil))
    assert "Kolom putusan belum diisi" not in text
