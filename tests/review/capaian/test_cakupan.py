from __future__ import annotations

import pandas as pd
import pytest

from reviu_lib.review.capaian.cakupan import compute_cakupan

from ..bahan_kecil import DESA, KAB, baris, cakupan, make_bahan, make_konteks

TARGET = "kode_indikator tingkat tahun nilai sumber"


def own(konteks, kode: str = "E11") -> pd.Series:
    return compute_cakupan(konteks).set_index("baris").loc[f"{kode}@{KAB}"]


def two_years(now: str, then: str) -> pd.Series:
    bahan = [make_bahan(year, cakupan=cakupan(f"{DESA[0]} {text}"))
             for year, text in ((2024, now), (2023, then))]  # fmt: skip
    return own(make_konteks(*bahan, desa=DESA[:1]))


def with_target(*rows: str, pairs: str = "70 100", kode: str = "E11") -> pd.Series:
    table = {"target": baris(TARGET, *rows)} if rows else {}
    bahan = make_bahan(cakupan=cakupan(f"{DESA[0]} {pairs}", indikator=kode), **table)
    return own(make_konteks(bahan, desa=DESA[:1]), kode)


@pytest.mark.parametrize(
    ("now", "then", "status"),
    [
        ("70 100", "60 100", "naik"),
        ("60 100", "70 100", "turun"),
        ("60 100", "60 100", "tetap"),
        ("70 110", "60 100", "naik"),
        ("70 111", "60 100", "tidak dapat dibandingkan"),
        ("70 89", "60 100", "tidak dapat dibandingkan"),
        ("70 100 tahunan riil", "60 100 tahunan proyeksi", "tidak dapat dibandingkan"),
        ("70 100", "- 100", "tidak tersedia"),
    ],
)
def test_years_compare_within_one_kind_and_ten_percent_of_the_denominator(now, then, status):
    assert two_years(now, then)["status_tren"] == status


def test_a_withheld_comparison_still_shows_both_denominators():
    row = two_years("70 200", "60 100")
    assert (row["penyebut"], row["penyebut_lalu"], pd.isna(row["tren_poin"])) == (200, 100, True)
    assert "ditahan" in row["alasan_tren"]


def test_the_own_target_comes_before_province_and_nation():
    rows = [
        "E11 nasional 2024 90 Perpres",
        "E11 provinsi 2024 85 RAD",
        "E11 kabupaten 2024 75 RKPD",
    ]
    levels = [with_target(*rows[:count])["target_tingkat"] for count in (1, 2, 3)]
    assert levels == ["nasional", "provinsi", "kabupaten"]


def test_a_target_of_another_year_gives_no_verdict():
    row = with_target("E20 kabupaten 2025 75 RKPD", kode="E20")
    assert (row["status_capaian"], row["alasan_status"]) == (
        "belum dapat dinilai",
        "target tahun reviu tidak tersedia",
    )
    assert row["target_berikut_persen"] == 75


def test_an_unverified_target_is_a_reference_line_without_verdict():
    row = with_target(kode="E02")
    assert (row["target_persen"], row["status_capaian"]) == (90, "belum dapat dinilai")
    assert pd.isna(row["kategori"])


def test_two_different_targets_of_one_level_give_no_verdict():
    row = with_target("E11 kabupaten 2024 75 RKPD", "E11 kabupaten 2024 60 RPJMD")
    assert row["status_capaian"] == "belum dapat dinilai"


@pytest.mark.parametrize(
    ("pairs", "status", "skor"),
    [("15 100", "tercapai", 100.0), ("16 100", "belum tercapai", pytest.approx(96.774, abs=0.001))],
)
def test_lower_is_better_for_unwanted_pregnancy(pairs, status, skor):
    row = with_target("E13 kabupaten 2024 15.5 RKPD", pairs=pairs, kode="E13")
    assert (row["status_capaian"], row["skor_persen"]) == (status, skor)


def test_a_reached_target_is_kept_at_what_was_reached():
    row = with_target("E11 kabupaten 2024 75 RKPD", pairs="839 1000")
    assert row["target_berikut_persen"] == 83
    assert "pemeliharaan" in row["dasar_target_berikut"]


def test_every_indicator_of_the_era_has_its_row_without_data():
    frame = compute_cakupan(make_konteks(make_bahan()))
    assert len(frame) == 29
    assert set(frame["status_data"]) == {"tidak tersedia"}
    assert frame["capaian_persen"].isna().all()


def test_a_zero_denominator_is_complete_but_gives_no_quotient():
    bahan = make_bahan(cakupan=cakupan(f"{DESA[0]} 0 0", f"{DESA[1]} 8 10"))
    frame = compute_cakupan(make_konteks(bahan, desa=DESA[:2])).set_index("baris")
    assert pd.isna(frame.loc[f"E11@{DESA[0]}", "capaian_persen"])
    assert frame.loc[f"E11@{KAB}", "capaian_persen"] == 80
    assert frame.loc[f"E11@{KAB}", "jumlah_desa_data_lengkap"] == 2


def test_a_desa_silent_in_one_semester_is_incomplete():
    rows = [f"{DESA[0]} 30 100 semester_1", f"{DESA[0]} 40 100 semester_2",
            f"{DESA[1]} 30 100 semester_1", f"{DESA[1]} - 100 semester_2"]  # fmt: skip
    konteks = make_konteks(
        make_bahan(cakupan=cakupan(*rows)), desa=DESA[:2], E11={"waktu": "kumulatif"}
    )
    row = own(konteks)
    assert (row["capaian_persen"], row["jumlah_desa_data_lengkap"]) == (70, 1)


def test_a_recap_of_the_kabupaten_is_used_only_without_desa():
    alone = own(make_konteks(make_bahan(cakupan=cakupan("KAB 50 100")), desa=DESA[:1]))
    both = make_bahan(cakupan=cakupan("KAB 50 100", f"{DESA[0]} 70 100"))
    assert (alone["capaian_persen"], alone["status_data"]) == (50, "rekap kabupaten")
    assert own(make_konteks(both, desa=DESA[:1]))["capaian_persen"] == 70


def test_reached_desa_are_counted_by_the_same_target():
    bahan = make_bahan(
        cakupan=cakupan(f"{DESA[0]} 80 100", f"{DESA[1]} 70 100", f"{DESA[3]} 75 100"),
        target=baris(TARGET, "E11 kabupaten 2024 75 RKPD"),
    )
    frame = compute_cakupan(make_konteks(bahan, desa=DESA)).set_index("baris")
    reached = frame["jumlah_desa_tercapai"]
    assert (reached[f"E11@{KAB}"], reached["E11@73.12.01"], reached["E11@73.12.02"]) == (2, 1, 1)


def test_raising_a_numerator_never_lowers_coverage():
    values = [
        own(make_konteks(make_bahan(cakupan=cakupan(f"{DESA[0]} {n} 100", f"{DESA[1]} 9 37")),
                         desa=DESA[:2]))["capaian_persen"]
        for n in (0, 1, 50, 100, 120)
    ]  # fmt: skip
    assert values == sorted(values)


def test_the_order_of_rows_does_not_matter():
    rows = [f"{kode} {n} 100" for kode, n in zip(DESA, (10, 20, 30, 40), strict=True)]
    frames = [
        compute_cakupan(make_konteks(make_bahan(cakupan=cakupan(*order)), desa=DESA))
        for order in (rows, rows[::-1])
    ]
    pd.testing.assert_frame_equal(*frames)


@pytest.mark.parametrize(("tahun", "kode"), [(2024, "E17"), (2021, "I04")])
def test_a_child_monitored_in_february_and_august_is_one_child(tahun, kode):
    rows = cakupan(f"{DESA[0]} 80 100 Februari", f"{DESA[0]} 85 100 Agustus", indikator=kode)
    row = own(make_konteks(make_bahan(tahun, cakupan=rows), desa=DESA[:1]), kode)
    assert (row["pembilang"], row["capaian_persen"]) == (85, 85)
