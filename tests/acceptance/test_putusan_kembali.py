"""The meeting fills the annex; put into data/raw, its decisions stand in the review."""

import re
import shutil
from dataclasses import replace

import openpyxl
import pytest

from reviu_lib import load_bahan
from reviu_lib.batch import periksa
from reviu_lib.ingest import build_bahan
from reviu_lib.report import write_lampiran
from reviu_lib.report.narasi import (
    describe_kesinambungan,
    describe_rancangan,
    describe_usulan_kegiatan,
)
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
    """The year read again with the filled annex beside it, without the exports of children."""
    ruang = make_ruang(tmp_path_factory.mktemp("putusan"))
    without = shutil.ignore_patterns("eppgbm-*")
    source, folder = (one.raw_of("73.12", 2024) for one in (ruang_contoh, ruang))
    shutil.copytree(source, folder, ignore=without)
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


# From one year to the next: the meeting of 2023 fills the annex, and the review of 2024 asks.
RANCANGAN = {
    "RR-K001": {"putusan": "ditindaklanjuti", "target_disepakati": 2600},
    "RR-K002": {"putusan": "ditindaklanjuti dengan perbaikan", "pagu_disepakati_rp": 450_000_000,
                "opd_disepakati": "Dinas Kesehatan", "catatan_putusan": "Dari BOK"},
    "RR-K003": {"target_disepakati": 500},
}  # fmt: skip


def fill_rows(path, sheets):
    """Type entries into the open columns of sheets, by id_usulan, as a person would."""
    book = openpyxl.load_workbook(path)
    for name, entries in sheets.items():
        fill_sheet(book[name], entries)
    book.save(path)


def fill_sheet(sheet, entries):
    assert sheet.protection.sheet
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "id_usulan")
    columns = {cell.value: cell for cell in sheet[head.row]}
    for row in range(head.row + 1, sheet.max_row + 1):
        for name, value in entries.get(sheet.cell(row, head.column).value, {}).items():
            cell = sheet.cell(row, columns[name].column)
            assert not cell.protection.locked, name
            cell.value = value


@pytest.fixture(scope="module")
def dua_tahun(ruang_contoh, tmp_path_factory):
    """The inputs of 2023 with its filled annex, and of 2024; the annex; what it was made from.

    Without children, about whom a plan agrees nothing.
    """
    folder = tmp_path_factory.mktemp("dua-tahun")
    both = [load_bahan("73.12", tahun, ruang=ruang_contoh) for tahun in (2023, 2024)]
    lalu, kini = (replace(bahan, pengukuran=bahan.pengukuran.iloc[:0]) for bahan in both)
    before = review(lalu)
    write_lampiran(before, folder / "putusan.xlsx")
    chosen = before.rekomendasi["id_usulan"].iloc[0]
    agreed = {chosen: {"putusan": "ditindaklanjuti"}}
    sheets = {"rancangan_kegiatan": RANCANGAN, "rekomendasi": agreed}
    fill_rows(folder / "putusan.xlsx", sheets)
    return give_annex(lalu, folder), kini, folder, before


def give_annex(bahan, folder):
    """Return the inputs with what the annex adds when it lies in the raw folder of their year."""
    read = build_bahan(folder, kode_kabupaten="73.12", tahun=bahan.tahun, kunci=b"k" * 32)
    return replace(bahan, putusan=read.putusan)


def test_the_rerun_shows_what_was_agreed_beside_what_was_proposed(dua_tahun):
    lalu, _, _, before = dua_tahun
    hasil = review(lalu)
    rows = hasil.rancangan_kegiatan.set_index("id_usulan")
    keadaan = rows.loc[list(RANCANGAN), "keadaan"].tolist()
    assert keadaan == ["disepakati", "disepakati", "rancangan"]
    assert rows.loc["RR-K001", "target_disepakati"] == 2600
    assert rows.loc["RR-K002", "pagu_disepakati_rp"] == 450_000_000
    assert rows.loc["RR-K002", "catatan_putusan"] == "Dari BOK"
    assert "menjadi 2.600" in rows.loc["RR-K001", "perubahan"]
    proposed = ["target_usulan", "pagu_bawah_rp", "pagu_atas_rp", "lokasi_usulan", "usulan"]
    assert rows[proposed].equals(before.rancangan_kegiatan.set_index("id_usulan")[proposed])
    found = hasil.mutu_data.set_index("kode")["uraian"]
    assert "RR-K003" in found["U03"]
    assert not {"U01", "U02", "U04"} & set(found.index)
    assert "2 baris disepakati" in plain(describe_rancangan(hasil))


def test_the_next_year_finds_what_was_agreed_and_asks_what_became_of_it(dua_tahun):
    lalu, kini, _, before = dua_tahun
    check_next_year(review(kini, [lalu]), before)


def test_the_annex_may_as_well_be_given_to_the_next_year(dua_tahun):
    _, kini, folder, before = dua_tahun
    hasil = review(give_annex(kini, folder))
    check_next_year(hasil, before)
    assert hasil.usulan_kegiatan["putusan"].isna().all()
    assert not {"U01", "U02", "U04"} & set(hasil.mutu_data["kode"])


def check_next_year(hasil, before):
    """What was agreed in 2023 stands beside the plan of 2024, its recommendation is asked after."""
    rows = hasil.kesinambungan_rencana.set_index("id_usulan")
    assert rows.index.tolist() == ["RR-K001", "RR-K002"]
    assert rows["id_kegiatan"].tolist() == ["K001", "K002"]
    assert set(rows["keadaan"]) == {"masuk dengan perubahan"}
    assert "target 2.600 menjadi" in rows.loc["RR-K001", "perubahan"]
    assert "pagu Rp450.000.000 menjadi" in rows.loc["RR-K002", "perubahan"]
    asked = hasil.tindak_lanjut.set_index("id").loc[before.rekomendasi["id_usulan"].iloc[0]]
    assert asked["penilaian"] == "tidak dilaporkan"
    assert "dari 2 kegiatan yang disepakati" in plain(describe_kesinambungan(hasil)).lower()


def plain(paragraphs):
    return re.sub("<[^>]*>", "", " ".join(paragraphs))
