from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from reviu_lib.catalog import load_ambang
from reviu_lib.growth.interval import TARAF
from reviu_lib.review.outcome.kunjungan import classify_kunjungan
from reviu_lib.review.outcome.prevalensi import compute_prevalensi
from reviu_lib.review.outcome.register import compute_register
from reviu_lib.review.outcome.ringkas import summarize_prevalensi

from ..bahan_kecil import DESA, KAB, baris, cakupan, make_bahan, make_konteks

KUNJUNGAN = "id_anak kode_desa usia_hari tanggal_ukur z_tbu"
SURVEI = "wilayah tahun sumber tanggal_terbit prevalensi_persen"


def kunjungan(*rows: str) -> pd.DataFrame:
    return baris(KUNJUNGAN, *(text.replace("D1", DESA[0]).replace("D4", DESA[3]) for text in rows))


def register(*rows: str, lalu: tuple = (), **tables) -> pd.DataFrame:
    bahan = make_bahan(pengukuran=kunjungan(*rows), **tables)
    frame = compute_register(make_konteks(bahan, *lalu, desa=DESA))
    return frame.set_index(["kode_wilayah", "tahun", "periode"])


def prevalensi(*rows: str, reviu: dt.date = dt.date(2024, 12, 10), **tables):
    bahan = make_bahan(reviu=reviu, prevalensi=baris(SURVEI, *rows), **tables)
    konteks = make_konteks(bahan, desa=DESA)
    frame = compute_prevalensi(konteks)
    return frame, summarize_prevalensi(frame, konteks)


@pytest.mark.parametrize(
    ("z", "pendek", "sangat_pendek", "diukur"),
    [
        (-2.00, 0, 0, 1),
        (-2.004, 0, 0, 1),
        (-2.01, 1, 0, 1),
        (-3.00, 1, 0, 1),
        (-3.01, 0, 1, 1),
        (-6.00, 0, 1, 1),
        (-6.01, 0, 0, 0),
        (6.01, 0, 0, 0),
        (float("nan"), 0, 0, 0),
    ],
)
def test_z_is_rounded_then_classed_and_flagged(z, pendek, sangat_pendek, diukur):
    visit = pd.DataFrame({"usia_hari": [700.0], "z_tbu": [z], "z_tbu_simpan": [z]})
    row = classify_kunjungan(visit, load_ambang()).iloc[0]
    assert (row["pendek"], row["sangat_pendek"], row["diukur"]) == (pendek, sangat_pendek, diukur)
    assert row["hadir"] == 1


@pytest.mark.parametrize(("usia", "hadir"), [(1826, 1), (1827, 0), (-1, 0), (None, 1)])
def test_only_children_under_five_are_present(usia, hadir):
    visit = pd.DataFrame(
        {"usia_hari": [usia], "z_tbu": [-2.5], "z_tbu_simpan": [-2.5]}, dtype="float64"
    )
    assert classify_kunjungan(visit, load_ambang())["hadir"].iloc[0] == hadir


def test_a_child_measured_twice_counts_once_by_its_latest_visit():
    rows = [f"a{i} D1 500 2024-08-05 0.0" for i in range(3)]
    rows += ["b1 D1 500 2024-08-05 -2.5", "b2 D1 500 2024-08-05 -2.5", "b3 D1 500 2024-08-05 -2.5"]
    rows += ["c1 D1 500 2024-08-05 -2.5", "c1 D1 510 2024-08-20 -1.0"]
    rows += ["d1 D1 500 2024-08-05 0.0", "d1 D1 510 2024-08-20 0.0"]
    own = register(*rows).loc[(KAB, 2024, "Agustus")]
    assert (own["hadir"], own["stunting"]) == (8, 3)
    assert own["prevalensi_persen"] == 37.5


def test_periods_are_weighing_months_and_other_months_are_left_out():
    frame = register(
        "a D1 500 2024-02-05 0.0", "a D1 680 2024-08-05 0.0", "b D1 500 2024-05-05 -2.5"
    )
    own = frame.loc[KAB]
    assert own.index.tolist() == [(2024, "Agustus"), (2024, "Februari")] or set(own.index) == {
        (2024, "Agustus"),
        (2024, "Februari"),
    }
    assert own["stunting"].sum() == 0


def test_measurements_after_the_cutoff_are_not_known_yet():
    frame = register(
        "a D1 500 2024-02-05 0.0", "b D1 500 2024-08-05 0.0", cutoff=dt.date(2024, 6, 30)
    )
    assert frame.loc[KAB].index.tolist() == [(2024, "Februari")]


def test_a_child_of_an_unknown_desa_counts_in_the_kabupaten_only():
    frame = register("a D1 500 2024-08-05 0.0", "b - 500 2024-08-05 -2.5")
    assert frame.loc[(KAB, 2024, "Agustus"), "hadir"] == 2
    assert frame.loc[(DESA[0], 2024, "Agustus"), "hadir"] == 1


def test_attendance_sets_present_children_against_the_target_population():
    sasaran = cakupan(
        f"{DESA[0]} 1 4", f"{DESA[1]} 0 4", f"{DESA[2]} 0 2", f"{DESA[3]} 1 2", indikator="E17"
    )
    frame = register("a D1 500 2024-08-05 0.0", "b D4 500 2024-08-05 0.0", cakupan=sasaran)
    assert frame.loc[(KAB, 2024, "Agustus"), "d_per_s_persen"] == pytest.approx(2 * 100 / 12)
    assert frame.loc[(DESA[3], 2024, "Agustus"), "d_per_s_persen"] == 50.0


def test_attendance_never_mixes_desa_with_and_without_a_target_population():
    sasaran = cakupan(f"{DESA[0]} 1 4", indikator="E17")
    frame = register("a D1 500 2024-08-05 0.0", "b D4 500 2024-08-05 0.0", cakupan=sasaran)
    own = frame.loc[(KAB, 2024, "Agustus")]
    assert (own["hadir"], own["sasaran"], own["d_per_s_persen"]) == (2, 4, 25.0)
    assert pd.isna(frame.loc[(DESA[3], 2024, "Agustus"), "d_per_s_persen"])


def test_a_register_change_needs_attendance_in_both_years():
    now = kunjungan("a D1 500 2024-08-05 -2.5", "b D1 500 2024-08-05 0.0")
    then = kunjungan("c D1 500 2023-08-05 0.0", "d D1 500 2023-08-05 0.0")
    sasaran = cakupan(f"{DESA[0]} 1 4", indikator="E17")
    changes = []
    for before in (sasaran, None):
        tables = {"pengukuran": then} | ({} if before is None else {"cakupan": before})
        konteks = make_konteks(
            make_bahan(pengukuran=now, cakupan=sasaran), make_bahan(2023, **tables), desa=DESA
        )
        frame = compute_prevalensi(konteks).set_index("baris")
        changes.append(frame.loc[f"register:{KAB}:2024:Agustus:e-PPGBM", "perubahan_poin"])
    assert changes[0] == 50.0
    assert pd.isna(changes[1])


def test_a_survey_published_after_the_meeting_is_set_aside():
    _, numbers = prevalensi(f"{KAB} 2023 SKI 2024-06-01 24.0", f"{KAB} 2024 SSGI 2025-05-01 22.1")
    assert numbers["survei_terakhir_persen"] == 24.0
    assert numbers["jumlah_survei_terbit_kemudian"] == 1


@pytest.mark.parametrize(("tahun", "used"), [(2023, 1), (2024, 0)])
def test_a_figure_without_a_date_is_known_only_from_before_the_review_year(tahun, used):
    frame, _ = prevalensi(f"{KAB} {tahun} SSGI - 24.0")
    assert (frame["jenis_angka"] == "survei").sum() == used


def test_change_is_computed_within_one_source_only():
    frame, numbers = prevalensi(
        f"{KAB} 2021 SSGI 2021-12-27 26.0",
        f"{KAB} 2022 SSGI 2023-01-25 26.9",
        f"{KAB} 2023 SKI 2024-06-01 24.0",
    )
    rows = frame.set_index("baris")
    assert rows.loc[f"survei:{KAB}:2022::SSGI", "perubahan_poin"] == pytest.approx(0.9)
    assert "belum dapat dipastikan bermakna" in rows.loc[f"survei:{KAB}:2022::SSGI", "keterangan"]
    assert pd.isna(rows.loc[f"survei:{KAB}:2023::SKI", "perubahan_poin"])
    assert (numbers["survei_sebelumnya_sumber_teks"], numbers["survei_sebelumnya_persen"]) == (
        "SSGI",
        26.9,
    )


def test_the_gap_closed_is_given_only_within_one_survey():
    target = baris(
        "kode_indikator tingkat tahun nilai sumber", "PREVALENSI kabupaten 2024 18 RPJMD"
    )
    rows = [f"{KAB} 2021 SSGI 2021-12-27 24.0", f"{KAB} 2022 SSGI 2023-01-25 20.0"]
    _, same = prevalensi(*rows, target=target)
    _, other = prevalensi(rows[0], rows[1].replace("SSGI", "SKI"), target=target)
    assert same["kesenjangan_tertutup_persen"] == pytest.approx(66.667, abs=0.001)
    assert pd.isna(other["kesenjangan_tertutup_persen"])


def test_targets_keep_their_level_and_source():
    target = baris(
        "kode_indikator tingkat tahun nilai sumber", "PREVALENSI kabupaten 2025 22 RPJMD"
    )
    frame, numbers = prevalensi(f"{KAB} 2023 SKI 2024-06-01 24.0", target=target)
    assert numbers["target_kabupaten_berikut_persen"] == 22
    assert numbers["target_provinsi_berikut_persen"] == 23.9
    assert numbers["target_nasional_berikut_persen"] == 18.8
    assert "target_kabupaten_persen" not in numbers
    levels = frame[frame["jenis_angka"] == "target"].groupby("tingkat")["kode_wilayah"].first()
    assert levels.to_dict() == {"kabupaten": KAB, "provinsi": "73", "nasional": "00"}


def test_a_jump_of_more_than_ten_points_asks_for_a_check():
    now = kunjungan(*[f"a{i} D1 500 2024-08-05 {-2.5 if i < 4 else 0.0}" for i in range(10)])
    then = kunjungan(*[f"a{i} D1 200 2023-08-05 {-2.5 if i < 1 else 0.0}" for i in range(10)])
    sasaran = cakupan(f"{DESA[0]} 10 10", indikator="E17")
    konteks = make_konteks(
        make_bahan(pengukuran=now, cakupan=sasaran),
        make_bahan(2023, pengukuran=then, cakupan=sasaran),
        desa=DESA,
    )
    row = compute_prevalensi(konteks).set_index("baris")
    assert "periksa mutu data" in row.loc[f"register:{KAB}:2024:Agustus:e-PPGBM", "keterangan"]


def test_every_interval_has_the_declared_level():
    assert load_ambang()["taraf_selang_persen"] == TARAF * 100


def test_a_register_figure_carries_its_wilson_interval_and_the_figure_of_the_stored_z():
    own = register(*(f"a{i} D1 500 2024-08-05 {-2.5 if i < 3 else 0.0}" for i in range(12)))
    row = own.loc[(KAB, 2024, "Agustus")]
    assert (round(row["bawah_persen"], 2), round(row["atas_persen"], 2)) == (8.89, 53.23)
    assert row["prevalensi_simpan_persen"] == row["prevalensi_persen"] == 25.0


def test_a_survey_change_with_published_intervals_gets_a_verdict():
    columns = f"{SURVEI} bawah_persen atas_persen"
    rows = baris(
        columns,
        f"{KAB} 2021 SSGI 2021-12-27 30.0 27.0 33.0",
        f"{KAB} 2022 SSGI 2023-01-25 22.0 19.5 24.5",
    )
    frame = compute_prevalensi(make_konteks(make_bahan(prevalensi=rows), desa=DESA))
    row = frame[(frame["tahun"] == 2022) & (frame["jenis_angka"] == "survei")].iloc[0]
    assert (row["arah_perubahan"], row["metode_selang"]) == ("turun", "terbit")
    assert row["perubahan_atas_poin"] < 0
