"""Signals in money, time, and output: each from its declared threshold on, and not before."""

import datetime as dt

import pandas as pd
import pytest

from reviu_lib.review.capaian.cakupan import compute_cakupan
from reviu_lib.review.capaian.kegiatan import compute_kegiatan
from reviu_lib.review.hambatan import compute_hambatan
from reviu_lib.review.petunjuk import compute_petunjuk, summarize_petunjuk

from ..bahan_kecil import baris, make_bahan, make_konteks

PLAN = "id_kegiatan sub_kegiatan opd target_output realisasi_output"
UANG = (
    "id_kegiatan sumber_dana pagu_murni_rp realisasi_rp "
    "realisasi_tw1_rp realisasi_tw2_rp realisasi_tw3_rp realisasi_tw4_rp"
)
JADWAL = "id_kegiatan jendela rencana_mulai rencana_selesai realisasi_mulai"
LAIN = "K9 APBD 1000 400 100 100 100 100"


def petunjuk(*uang: str, jadwal=(), output="100", cutoff=None, **tables):
    """Return the signals of one year in which K1 spends as `uang` says."""
    ids = sorted({row.split()[0] for row in uang} | {"K1"})
    tables = {
        "kegiatan": baris(PLAN, *(f"{kode} Kegiatan Dinkes 100 {output}" for kode in ids)),
        "anggaran": baris(UANG, *uang),
        "jadwal": baris(JADWAL, *jadwal),
    } | tables
    konteks = make_konteks(make_bahan(cutoff=cutoff, **tables), desa=[])
    kegiatan, cakupan = compute_kegiatan(konteks), compute_cakupan(konteks)
    hambatan = compute_hambatan(konteks, kegiatan, cakupan)
    return compute_petunjuk(konteks, cakupan=cakupan, kegiatan=kegiatan, hambatan=hambatan)


def keys(frame: pd.DataFrame) -> list[str]:
    return frame["baris"].tolist()


@pytest.mark.parametrize(("akhir", "found"), [(750, True), (749, False)])
def test_three_quarters_of_the_spending_in_the_last_quarter_is_asked_about(akhir, found):
    frame = petunjuk(f"K1 APBD 2000 1000 0 0 {1000 - akhir} {akhir}", LAIN)
    assert keys(frame) == (["belanja_akhir:K1"] if found else [])


def test_a_quarter_not_reported_leaves_the_share_unknown():
    assert keys(petunjuk("K1 APBD 2000 1000 - 0 0 1000", LAIN)) == []


def test_an_activity_planned_for_the_last_quarter_is_not_late():
    planned = "K1 1 2024-10-01 2024-12-01 2024-10-01"
    assert keys(petunjuk("K1 APBD 2000 1000 0 0 0 1000", LAIN, jadwal=[planned])) == []


def test_a_very_small_activity_is_not_named():
    assert keys(petunjuk("K1 APBD 4 2 0 0 0 2", LAIN)) == []


def test_the_last_quarter_is_the_one_of_the_cut_off():
    row = "K1 APBD 2000 1000 0 200 800 0"
    assert keys(petunjuk(row, LAIN, cutoff=dt.date(2024, 9, 30))) == ["belanja_akhir:K1"]
    assert keys(petunjuk(row, LAIN)) == []


def test_the_first_quarter_of_the_year_says_nothing():
    row = "K1 APBD 2000 1000 1000 0 0 0"
    assert keys(petunjuk(row, LAIN, cutoff=dt.date(2024, 3, 31))) == []


def test_an_opd_is_named_from_three_activities_on():
    late = [f"K{n} APBD 1000 1000 0 0 300 700" for n in (1, 2, 3)]
    assert keys(petunjuk(*late)) == ["belanja_akhir_opd:Dinkes"]
    assert keys(petunjuk(*late[:2])) == []


def test_scaling_all_money_changes_no_signal():
    rows = ["K1 APBD 2000 1000 0 0 100 900", LAIN]
    larger = [
        " ".join(
            f"{int(cell) * 1000}" if place > 1 else cell for place, cell in enumerate(row.split())
        )
        for row in rows
    ]
    pd.testing.assert_frame_equal(petunjuk(*rows), petunjuk(*larger))


@pytest.mark.parametrize(
    ("mulai", "found"),
    [
        (["2024-05-16", "2024-08-15"], True),
        (["2024-05-16", "2024-08-14"], False),
        (["2024-05-16", "-"], False),
    ],
)
def test_late_beginning_is_asked_about_when_all_windows_are_late(mulai, found):
    jadwal = [
        f"K1 1 2024-04-01 2024-06-30 {mulai[0]}",
        f"K1 2 2024-07-01 2024-09-30 {mulai[1]}",
    ]
    frame = petunjuk(LAIN, jadwal=jadwal)
    assert keys(frame) == (["mulai_terlambat:K1"] if found else [])


@pytest.mark.parametrize(
    ("serapan", "output", "found"),
    [(90, "25", True), (89, "25", False), (90, "26", False), (90, "-", False), (100, "0", True)],
)
def test_full_spending_without_output_is_asked_about(serapan, output, found):
    row = f"K1 APBD 1000 {serapan * 10} 250 250 250 {serapan * 10 - 750}"
    frame = petunjuk(row, output=output)
    assert keys(frame) == (["serapan_tanpa_output:K1"] if found else [])


def test_a_recorded_barrier_of_the_activity_covers_its_signal():
    noted = baris("id_hambatan id_kegiatan kategori uraian", "H1|K1|sarana|Tender terlambat")
    row = "K1 APBD 2000 1000 0 0 0 1000"
    assert petunjuk(row, LAIN)["tercatat"].tolist() == [False]
    frame = petunjuk(row, LAIN, hambatan=noted)
    assert frame["tercatat"].tolist() == [True]
    assert summarize_petunjuk(frame) == {
        "jumlah_petunjuk_belum_dicatat": 0,
        "jumlah_petunjuk_tercatat": 1,
    }


def test_a_signal_carries_its_number_its_ground_and_a_question():
    row = petunjuk("K1 APBD 2000 1000 0 0 100 900", LAIN).iloc[0]
    assert row["porsi_akhir_persen"] == 90
    assert row["dasar"] == "realisasi_anggaran/kegiatan:K1|APBD/realisasi_rp"
    assert "90,0 persen" in row["uraian"]
    assert row["pertanyaan"].endswith("?")
    assert row["kategori"] == "anggaran; sarana"


def test_without_data_there_is_no_signal():
    konteks = make_konteks(make_bahan(), desa=[])
    kegiatan, cakupan = compute_kegiatan(konteks), compute_cakupan(konteks)
    hambatan = compute_hambatan(konteks, kegiatan, cakupan)
    frame = compute_petunjuk(konteks, cakupan=cakupan, kegiatan=kegiatan, hambatan=hambatan)
    assert frame.empty
    assert summarize_petunjuk(frame) == {}
