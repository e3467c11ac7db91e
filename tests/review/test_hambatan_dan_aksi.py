from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from reviu_lib.review.capaian.cakupan import compute_cakupan
from reviu_lib.review.capaian.kegiatan import compute_kegiatan
from reviu_lib.review.hambatan import compute_hambatan, summarize_hambatan
from reviu_lib.review.pelaksanaan.aksi import (
    compute_aksi,
    compute_tindak_lanjut,
    summarize_aksi,
    summarize_tindak_lanjut,
)

from .bahan_kecil import baris, cakupan, make_bahan, make_konteks

PLAN = "id_kegiatan sub_kegiatan opd indikator_terkait target_output realisasi_output"
KURANG = "K1|TTD|Dinkes|E11|100|50"
TARGET = baris("kode_indikator tingkat tahun nilai sumber", "E11 kabupaten 2024 80 RKPD")


def hambatan(*rows: str, kolom: str = "id_hambatan id_kegiatan kategori uraian", **tables):
    defaults = {
        "kegiatan": baris(PLAN, KURANG),
        "cakupan": cakupan("KAB 70 100"),
        "target": TARGET,
    }
    if rows:
        defaults["hambatan"] = baris(kolom, *rows)
    konteks = make_konteks(make_bahan(**(defaults | tables)), desa=[])
    return compute_hambatan(konteks, compute_kegiatan(konteks), compute_cakupan(konteks))


def test_a_barrier_is_linked_to_its_activity_and_to_the_indicator_that_fell_short():
    row = hambatan("H1|K1|SDM|Kader kurang").iloc[0]
    assert (row["sub_kegiatan"], row["kode_indikator"], row["opd_pj"]) == ("TTD", "E11", "Dinkes")
    assert row["kekurangan"] == "output; cakupan"
    assert (row["capaian_output_persen"], row["selisih_target_poin"]) == (50, -10)


@pytest.mark.parametrize(
    ("solusi", "kategori", "dari"),
    [("Tambah kader", "SDM", "OPD"), ("-", "SDM", "arahan umum"), ("-", "-", "belum ada")],
)
def test_a_solution_says_who_proposed_it(solusi, kategori, dari):
    kolom = "id_hambatan id_kegiatan kategori uraian alternatif_solusi"
    row = hambatan(f"H1|K1|{kategori}|Kurang|{solusi}", kolom=kolom).iloc[0]
    assert row["solusi_dari"] == dari
    assert pd.isna(row["alternatif_solusi"]) == (dari == "belum ada")


def test_a_shortfall_nobody_explained_becomes_a_question():
    frame = hambatan()
    assert frame["baris"].tolist() == ["TB-K1", "TB-E11"]
    assert set(frame["keadaan"]) == {"belum dicatat"}
    assert frame["uraian"].str.endswith("?").all()
    assert summarize_hambatan(frame)["jumlah_kekurangan_tanpa_hambatan"] == 2


def test_a_barrier_of_the_activity_also_explains_its_indicator():
    assert hambatan("H1|K1|SDM|Kader kurang")["baris"].tolist() == ["H1"]


def test_nothing_short_needs_no_barrier():
    frame = hambatan(kegiatan=baris(PLAN, "K1|TTD|Dinkes|E11|100|95"), cakupan=cakupan("KAB 8 10"))
    assert frame.empty


@pytest.mark.parametrize(
    ("selesai", "cutoff", "short"),
    [
        ("2024-06-30", dt.date(2024, 9, 30), True),
        ("2024-12-20", dt.date(2024, 9, 30), False),
        ("2024-12-20", dt.date(2024, 12, 31), True),
    ],
)
def test_output_is_measured_against_what_was_due_by_the_cutoff(selesai, cutoff, short):
    jadwal = baris("id_kegiatan jendela rencana_selesai", f"K1 1 {selesai}")
    kegiatan = baris(PLAN, "K1|TTD|Dinkes|-|100|80")
    frame = hambatan(kegiatan=kegiatan, jadwal=jadwal, cutoff=cutoff, cakupan=cakupan())
    assert ("TB-K1" in set(frame["baris"])) == short


def aksi(*rows: str, **more) -> pd.DataFrame:
    table = {"aksi": baris("aksi status tanggal_rencana tanggal_realisasi", *rows)} if rows else {}
    return compute_aksi(make_konteks(make_bahan(**table, **more), desa=[]))


def test_every_aksi_of_the_era_appears_and_silence_is_neither_zero_nor_done():
    frame = aksi("1 selesai - -", "2 sebagian - -", "3 belum - -")
    numbers = summarize_aksi(frame)
    assert len(frame) == 8
    assert numbers["kemajuan_aksi_persen"] == 50
    assert numbers["jumlah_aksi_tidak_dilaporkan"] == 4
    assert frame.set_index("aksi").loc["4", ["status"]].tolist() == ["tidak dilaporkan"]


def test_the_review_itself_is_running_until_the_final_edition():
    frame = aksi("8 selesai - -").set_index("aksi")
    assert (frame.loc["8", "status"], pd.isna(frame.loc["8", "nilai"])) == ("berjalan", True)


def test_an_aksi_with_a_date_is_done_and_its_deviation_is_in_days():
    row = aksi("3 - 2024-05-20 2024-05-25").set_index("aksi").loc["3"]
    assert (row["status"], row["deviasi_hari"]) == ("selesai", 5)


def test_without_reports_progress_is_missing_not_zero():
    assert pd.isna(summarize_aksi(aksi())["kemajuan_aksi_persen"])


@pytest.mark.parametrize(
    ("status", "tenggat", "bukti", "penilaian", "lewat"),
    [
        ("selesai", "2024-03-31", "BA 1", "selesai berbukti", None),
        ("selesai", "2024-03-31", "-", "selesai tanpa bukti", None),
        ("belum", "2024-11-30", "-", "terlambat", 10),
        ("berjalan", "2025-03-31", "-", "dalam tenggat", None),
        ("berjalan", "-", "-", "tanpa tenggat", None),
        ("-", "2024-11-30", "-", "tidak dilaporkan", 10),
        ("tidak relevan lagi", "2024-03-31", "-", "tidak relevan lagi", None),
    ],
)
def test_follow_up_is_assessed_by_status_evidence_and_deadline(
    status, tenggat, bukti, penilaian, lewat
):
    rows = baris("id rekomendasi status tenggat bukti", f"R1|Isi|{status}|{tenggat}|{bukti}")
    bahan = make_bahan(tindak_lanjut_lalu=rows, reviu=dt.date(2024, 12, 10))
    row = compute_tindak_lanjut(make_konteks(bahan, desa=[])).iloc[0]
    assert row["penilaian"] == penilaian
    assert (None if pd.isna(row["lewat_tenggat_hari"]) else row["lewat_tenggat_hari"]) == lewat


def test_unreported_follow_up_counts_as_not_done():
    rows = baris("id rekomendasi status", "R1|Isi|-", "R2|Isi|belum", "R3|Isi|selesai")
    frame = compute_tindak_lanjut(make_konteks(make_bahan(tindak_lanjut_lalu=rows), desa=[]))
    assert summarize_tindak_lanjut(frame)["jumlah_tindak_lanjut_belum"] == 2
