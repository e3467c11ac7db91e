"""The stories of the example come out of the review as declared: Soppeng 2024, from its files."""

import pandas as pd
import pytest

from reviu_lib.example import daftar_tanam
from reviu_lib.ingest import build_bahan
from reviu_lib.review import review

KEY = b"kunci uji contoh, bukan rahasia."
KODE, TAHUN = "73.12", 2024
STORIES = daftar_tanam().query("jenis == 'cerita' and kode_kabupaten == @KODE and tahun == @TAHUN")


@pytest.fixture(scope="session")
def hasil(contoh):
    years = [
        build_bahan(contoh.raw / KODE / str(year), kode_kabupaten=KODE, tahun=year, kunci=KEY)
        for year in (TAHUN, TAHUN - 1)
    ]
    return review(years[0], years[1:])


def keys(*codes):
    return STORIES.loc[STORIES["kode"].isin(codes), "kunci"].tolist()


def coverage(hasil, key, place=KODE):
    return hasil.capaian_cakupan.set_index("baris").loc[f"{key}@{place}"]


def proposal(hasil, key):
    frame = hasil.usulan_kegiatan.set_index("id_kegiatan")
    return frame.loc[key, "usulan"]


def activity(hasil, key):
    return hasil.realisasi_kegiatan.set_index("id_kegiatan").loc[key]


def test_the_files_are_read_without_any_fatal_finding(hasil):
    assert hasil.contoh
    assert "galat" not in set(hasil.mutu_data["tingkat"])


def test_one_indicator_passes_its_target(hasil):
    for key in keys("CAKUPAN_NAIK"):
        row = coverage(hasil, key)
        assert (row["status_capaian"], row["status_tren"]) == ("tercapai", "naik")


def test_indicators_that_fell_are_below_target_and_a_short_year_withholds_the_fall(hasil):
    for key in keys("CAKUPAN_TURUN", "TTD_KOSONG"):
        row = coverage(hasil, key)
        assert row["status_capaian"] == "belum tercapai"
        assert row["capaian_persen"] < row["capaian_lalu_persen"]
        assert row["status_tren"] == "tidak dapat dibandingkan"
        assert "berhenti lebih awal" in row["alasan_tren"]


def test_the_stock_out_is_a_barrier_of_the_indicator_that_fell(hasil):
    barriers = hasil.faktor_penghambat[hasil.faktor_penghambat["keadaan"] == "tercatat"]
    for key in keys("TTD_KOSONG"):
        row = barriers[barriers["kode_indikator"] == key].iloc[0]
        assert row["kategori"].lower().startswith("sarana")
        assert row["capaian_persen"] < 80


def test_a_kecamatan_lags_and_its_neighbours_do_not(hasil):
    for place in keys("KECAMATAN_TERTINGGAL"):
        frame = hasil.capaian_cakupan.query("kode_indikator == 'E17' and tingkat == 'kecamatan'")
        rank = frame.set_index("kode_wilayah")["capaian_persen"].sort_values()
        assert rank.index[0] == place
        assert rank.iloc[1] - rank.iloc[0] > 5


def test_three_budget_lines_tell_apart_what_the_total_hides(hasil):
    budget = hasil.realisasi_anggaran.set_index("baris")["serapan_persen"]
    for row in STORIES[STORIES["tabel"] == "anggaran"].itertuples():
        assert budget[f"lini:{row.kunci}"] == pytest.approx(row.nilai, abs=4)


def test_what_changed_its_denominator_is_not_compared(hasil):
    for key in keys("PENYEBUT_BERUBAH", "JENIS_PENYEBUT_BERUBAH"):
        row = coverage(hasil, key)
        assert row["status_tren"] == "tidak dapat dibandingkan"
        assert pd.isna(row["tren_poin"])


def test_proposals_follow_the_stories(hasil):
    expected = {
        "TIDAK_PERNAH_TEREALISASI": "usul dihapus",
        "KEMBAR": "digabung",
        "SEKALI_JADI": "selesai",
        "TTD_KOSONG_KEGIATAN": "ditindaklanjuti dengan perbaikan",
    }
    for code, words in expected.items():
        assert [proposal(hasil, key) for key in keys(code)] == [words]


def test_an_obligatory_activity_is_never_proposed_for_removal(hasil):
    for key in keys("SPM_TANPA_REALISASI"):
        assert proposal(hasil, key) != "usul dihapus"
    dropped = hasil.usulan_kegiatan.query("usulan == 'usul dihapus'")["id_kegiatan"]
    assert dropped.tolist() == keys("TIDAK_PERNAH_TEREALISASI")


def test_time_is_judged_as_planted(hasil):
    late = activity(hasil, keys("TERLAMBAT_BERBULAN")[0])
    assert (late["status_waktu"], late["deviasi_selesai_hari"]) == ("terlambat", 124)
    overdue = activity(hasil, keys("LEWAT_RENCANA")[0])
    assert overdue["status_waktu"] == "belum selesai dan lewat rencana"
    assert activity(hasil, keys("BELUM_WAKTUNYA")[0])["status_waktu"] == "belum jatuh tempo"


def test_an_output_above_target_is_shown_whole_and_scored_one_hundred(hasil):
    row = activity(hasil, keys("OUTPUT_LEBIH")[0])
    assert row["capaian_output_persen"] == pytest.approx(125, abs=3)
    assert row["skor_output_persen"] == 100


def test_what_the_data_suggest_is_what_was_planted_and_nothing_else(hasil):
    frame = hasil.petunjuk_hambatan.set_index("baris")["tercatat"]
    supply = [f"pasokan:E11@{key}" for key in keys("TTD_KOSONG_PUSKESMAS")]
    late, spent, lokus = keys("TENDER_TERLAMBAT", "SERAPAN_TANPA_OUTPUT", "LOKUS_TANPA_KEGIATAN")
    asked = [
        *(f"belanja_akhir:{late}", f"mulai_terlambat:{late}"),
        *(f"serapan_tanpa_output:{spent}", f"lokus_tanpa_kegiatan:{lokus}"),
    ]
    assert sorted(frame.index[~frame.astype(bool)]) == sorted(asked)
    assert sorted(frame.index[frame.astype(bool)]) == sorted(supply)


def test_the_survey_known_at_the_meeting_is_ski_2023(hasil):
    numbers = hasil.ringkasan.set_index("baris")["nilai"]
    assert numbers["survei_terakhir_persen"] == 24.0
    assert numbers["target_kabupaten_berikut_persen"] == 22.0
    assert numbers["target_provinsi_berikut_persen"] == 23.9
    assert numbers["target_nasional_berikut_persen"] == 18.8


def test_planted_repeats_of_a_child_are_counted_once(hasil):
    numbers = hasil.ringkasan.set_index("baris")["nilai"]
    dirt = daftar_tanam().query("kode_kabupaten == @KODE and tahun == @TAHUN")
    planted = dirt.loc[dirt["kode"] == "GANDA_TANGGAL_SAMA", "jumlah"].sum()
    assert numbers["jumlah_duplikat"] == planted
