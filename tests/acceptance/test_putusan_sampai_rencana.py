"""From signed minutes to next year's plan: the decisions, and nothing but the decisions, move."""

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from reviu_lib.hasil import table_names
from reviu_lib.ingest import build_bahan
from reviu_lib.reference import list_desa
from reviu_lib.report import write_rencana
from reviu_lib.review import review

sys.path.insert(0, str(Path(__file__).parents[1]))
from review.bahan_kecil import baris, cakupan, make_bahan

KUNCI = b"k" * 32
DESA = list_desa("73.12")["kode_desa"].tolist()
JUDUL = [
    "ID usulan", "Usulan", "Putusan", "Penanggung jawab", "Tenggat", "Sumber dana",
    "Target disepakati", "Pagu disepakati (Rp)", "Catatan atau perbedaan pendapat",
]  # fmt: skip
LOKUS = f"UL-{DESA[0]}"
BERITA = {
    "RK-CAK-E11": ["Perbaiki", "ditindaklanjuti", "Bappeda", "28 Februari 2025", "", "", "", ""],
    "UK-K1": ["Pemberian TTD", "ditindaklanjuti", "Puskesmas", "31 Maret 2025", "BOK", "", "", ""],
    "RR-K1": ["Pemberian TTD", "ditindaklanjuti", "", "", "", "150", "120.000.000", "Dibahas"],
    "UK-K2": ["Kelas ibu", "usul dihapus", "", "", "", "", "", ""],
    LOKUS: ["Desa", "diusulkan lokus", "", "", "", "", "", ""],
}
# What a decision on an activity may move: the document's decisions, the list, and the draft.
BERPUTUSAN = {
    "usulan_kegiatan", "rancangan_kegiatan", "putusan_rapat", "pokok_putusan", "ringkasan",
    "kesenjangan_cakupan", "pertanyaan_terbuka",
}  # fmt: skip


def write_minutes(path, rows):
    book = docx.Document()
    book.add_paragraph("Berita acara rapat reviu kinerja tahunan")
    table = book.add_table(rows=1, cols=len(JUDUL))
    for line in [JUDUL, *([key, *cells] for key, cells in rows.items())]:
        row = table.rows[0] if line is JUDUL else table.add_row()
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    book.save(path)


def make_inputs():
    kolom = (
        "id_kegiatan sub_kegiatan opd indikator_terkait jenis indikator_output satuan "
        "target_output realisasi_output lokasi_rencana wajib status_dpa kode_sub_kegiatan"
    )
    kegiatan = baris(
        kolom,
        "K1|Pemberian TTD|Dinkes|E11;E10|spesifik|Bumil dilayani|orang|100|95|Semua|tidak|masuk|"
        "1.02.02.2.02.0001",
        "K2|Kelas ibu|DPPKB|E11|spesifik|Kelas|kelas|10|10|Semua|tidak|masuk|1.02.02.2.02.0015",
        "K3|Promosi|Dinkes|E11|spesifik|Kali|kali|4|4|Semua|tidak|masuk|1.02.02.2.02.0018",
    )
    jadwal = baris("id_kegiatan jendela rencana_mulai rencana_selesai",
                   "K1 1 2024-02-01 2024-08-31")  # fmt: skip
    rows = cakupan(f"{DESA[0]} 60 100", f"{DESA[3]} 60 100")
    return replace(make_bahan(cakupan=rows, kegiatan=kegiatan, jadwal=jadwal), edisi="final")


def decide(folder, rows):
    write_minutes(folder / "berita-acara.docx", rows)
    read = build_bahan(folder, kode_kabupaten="73.12", tahun=2024, kunci=KUNCI)
    return review(replace(make_inputs(), putusan=read.putusan))


@pytest.fixture(scope="module")
def hasil(tmp_path_factory):
    return decide(tmp_path_factory.mktemp("berita"), BERITA)


@pytest.fixture(scope="module")
def buku(hasil, tmp_path_factory):
    path = tmp_path_factory.mktemp("rencana") / "rencana-73.12-2025.xlsx"
    write_rencana(hasil, path)
    return path


@pytest.fixture(scope="module")
def depan(buku):
    return build_bahan(buku.parent, kode_kabupaten="73.12", tahun=2025, kunci=KUNCI)


def test_the_document_holds_what_the_minutes_say(hasil):
    rows = hasil.putusan_rapat.set_index("id_usulan")
    assert set(rows.index) == set(BERITA)
    assert rows.loc["UK-K1", "penanggung_jawab"] == "Puskesmas"
    assert rows.loc["RK-CAK-E11", "tenggat"].date() == dt.date(2025, 2, 28)
    assert rows.loc["RR-K1", "catatan_putusan"] == "Dibahas"


def test_only_what_was_agreed_becomes_next_years_plan(depan):
    row = depan.kegiatan.iloc[0]
    assert len(depan.kegiatan) == 1
    told = ["sub_kegiatan", "opd", "kode_sub_kegiatan", "target_output", "satuan"]
    assert row[told].tolist() == [
        "Pemberian TTD", "Puskesmas", "1.02.02.2.02.0001", 150, "orang",
    ]  # fmt: skip
    assert row["indikator_terkait"] == "E11;E10"
    money = depan.anggaran.iloc[0]
    assert money["pagu_rembuk_rp"] == 120_000_000
    window = depan.jadwal.iloc[0]
    assert [window["rencana_mulai"].date(), window["rencana_selesai"].date()] == [
        dt.date(2025, 2, 1), dt.date(2025, 8, 31),
    ]  # fmt: skip
    assert not set(depan.temuan.loc[depan.temuan["tingkat"] == "galat", "kode"])


def test_agreed_desa_are_next_years_lokus_and_say_that_no_decree_is_there(depan):
    assert depan.lokus["kode_desa"].tolist() == [DESA[0]]
    assert depan.lokus["tahun"].tolist() == [2025]
    assert "belum ditetapkan" in depan.lokus["dasar"].iloc[0]


def test_next_year_asks_what_became_of_each_agreed_recommendation(depan):
    asked = review(depan).tindak_lanjut.set_index("id")
    assert asked.loc["RK-CAK-E11", ["opd_pj", "penilaian"]].tolist() == [
        "Bappeda", "tidak dilaporkan",
    ]  # fmt: skip
    assert len(asked) == 1


def test_what_is_not_decided_waits_on_a_sheet_that_is_not_read(buku):
    sheet = openpyxl.load_workbook(buku)["Belum siap"]
    words = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert "belum diputuskan rapat" in words
    assert "Promosi" in words
    assert "Kelas ibu" not in words


@pytest.fixture(scope="module")
def diubah(tmp_path_factory):
    """The same minutes with one decision changed."""
    other = {**BERITA, "UK-K2": ["Kelas ibu", "ditindaklanjuti", "", "", "", "", "", ""]}
    return decide(tmp_path_factory.mktemp("berubah"), other)


def test_a_changed_decision_moves_document_list_and_draft_and_nothing_else(hasil, diubah, tmp_path):
    moved = {n for n in table_names() if not getattr(hasil, n).equals(getattr(diubah, n))}
    assert {"usulan_kegiatan", "rancangan_kegiatan", "putusan_rapat"} <= moved <= BERPUTUSAN
    for name in moved - {"ringkasan", "pokok_putusan", "kesenjangan_cakupan", "pertanyaan_terbuka"}:
        one, other = (getattr(each, name).set_index("baris") for each in (hasil, diubah))
        both = one.index.intersection(other.index)
        same = one.loc[both].astype(object).fillna("") == other.loc[both].astype(object).fillna("")
        changed = {*both[~same.all(axis=1)], *one.index.symmetric_difference(other.index)}
        assert changed <= {"UK-K2", "RR-K2"}, name
    keys = diubah.ringkasan.set_index("baris")
    before = hasil.ringkasan.set_index("baris").reindex(keys.index)
    differ = keys.index[~(keys["nilai"].fillna(-1) == before["nilai"].fillna(-1))]
    assert all("rancangan" in key or "putusan" in key for key in differ), list(differ)
    write_rencana(diubah, tmp_path / "rencana-73.12-2025.xlsx")
    depan = build_bahan(tmp_path, kode_kabupaten="73.12", tahun=2025, kunci=KUNCI)
    assert sorted(depan.kegiatan["sub_kegiatan"]) == ["Kelas ibu", "Pemberian TTD"]
