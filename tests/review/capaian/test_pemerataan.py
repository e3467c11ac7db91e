"""Fifths of desa are pooled and know their direction; lokus get a word only from an interval."""

import pandas as pd
import pytest

from reviu_lib.review.capaian.cakupan import compute_cakupan
from reviu_lib.review.capaian.pemerataan import compute_pemerataan

from ..bahan_kecil import baris, cakupan, make_bahan, make_konteks

DESA = [f"73.12.01.20{number:02}" for number in range(1, 11)]
SEPULUH = [f"{desa} {10 * place} 100" for place, desa in enumerate(DESA, 1)]


def pemerataan(*pairs: str, lokus=(), kode: str = "E11", desa=DESA) -> pd.Series:
    rows = {"cakupan": cakupan(*pairs, indikator=kode)}
    if lokus:
        rows["lokus"] = baris("kode_desa tahun", *(f"{satu} 2024" for satu in lokus))
    konteks = make_konteks(make_bahan(**rows), desa=list(desa))
    return compute_pemerataan(konteks, compute_cakupan(konteks)).set_index("baris").loc[kode]


def same(one: pd.Series, other: pd.Series) -> bool:
    return bool(one.astype("string").equals(other.astype("string")))


@pytest.mark.parametrize(("kode", "best", "worst"), [("E11", 95.0, 15.0), ("E12", 15.0, 95.0)])
def test_the_fifths_are_pooled_and_follow_the_direction(kode, best, worst):
    row = pemerataan(*SEPULUH, kode=kode)
    assert (row["teratas_persen"], row["terbawah_persen"]) == (best, worst)
    assert (row["kesenjangan_poin"], row["teratas_jumlah_desa"]) == (80.0, 2)


def test_a_fifth_is_a_ratio_of_sums_and_no_mean_of_percentages():
    row = pemerataan(f"{DESA[0]} 30 300", *SEPULUH[1:])
    assert row["terbawah_persen"] == pytest.approx(50 / 400 * 100)


def test_a_desa_with_a_small_denominator_is_in_no_fifth():
    row = pemerataan(f"{DESA[0]} 0 9", *SEPULUH[1:])
    assert row["jumlah_desa_dibandingkan"] == 9
    assert pd.isna(row["kesenjangan_poin"])


def test_too_few_desa_give_a_reason_and_no_distance():
    row = pemerataan(*SEPULUH[:9])
    assert pd.isna(row["kesenjangan_poin"])
    assert row["alasan_perlima"] == "kurang dari 10 desa berpenyebut 10 atau lebih"


def test_denominators_of_two_kinds_are_not_compared():
    row = pemerataan(f"{DESA[0]} 10 100 tahunan proyeksi", *SEPULUH[1:], lokus=DESA[:2])
    assert row["alasan_perlima"] == row["alasan_lokus"] == "jenis penyebut antardesa tidak sama"
    assert pd.isna(row["kesenjangan_poin"])
    assert pd.isna(row["selisih_lokus_poin"])


@pytest.mark.parametrize(
    ("kode", "word"), [("E11", "lokus tertinggal"), ("E12", "lokus lebih baik")]
)
def test_lokus_get_difference_interval_and_a_word_by_direction(kode, word):
    pairs = [f"{DESA[0]} 40 100", f"{DESA[1]} 140 200"]
    row = pemerataan(*pairs, lokus=DESA[:1], kode=kode, desa=DESA[:2])
    assert row["selisih_lokus_poin"] == pytest.approx(-30)
    # By hand: Wilson 40/100 is 30.94-49.80, Wilson 140/200 is 63.32-75.93.
    assert row["bawah_poin"] == pytest.approx(-40.83, abs=0.01)
    assert row["atas_poin"] == pytest.approx(-18.14, abs=0.01)
    assert row["perbandingan_lokus"] == word


def test_a_difference_whose_interval_holds_zero_has_no_winner():
    row = pemerataan(f"{DESA[0]} 6 10", f"{DESA[1]} 7 10", lokus=DESA[:1], desa=DESA[:2])
    assert row["perbandingan_lokus"] == "belum bermakna"


@pytest.mark.parametrize(
    ("lokus", "reason"),
    [
        ((), "daftar lokus tahun reviu tidak tersedia"),
        (DESA, "semua desa berdata adalah lokus"),
        (["73.12.02.2001"], "tidak ada desa lokus yang berdata"),
    ],
)
def test_lokus_without_others_to_compare_have_a_reason(lokus, reason):
    row = pemerataan(*SEPULUH, lokus=lokus)
    assert (row["alasan_lokus"], row["perbandingan_lokus"]) == (reason, "belum dapat disimpulkan")
    assert row[["selisih_lokus_poin", "bawah_poin", "atas_poin"]].isna().all()


def test_more_served_than_there_are_is_not_compared():
    row = pemerataan(f"{DESA[0]} 12 10", f"{DESA[1]} 7 10", lokus=DESA[:1], desa=DESA[:2])
    assert row["alasan_lokus"] == "pembilang melebihi penyebut"


def test_an_indicator_without_desa_says_so():
    konteks = make_konteks(make_bahan(cakupan=cakupan("KAB 70 100")), desa=DESA)
    row = compute_pemerataan(konteks, compute_cakupan(konteks)).iloc[0]
    assert row["alasan_perlima"] == row["alasan_lokus"]
    assert row["alasan_lokus"] == "tidak ada desa dengan pembilang dan penyebut"
    assert row["jumlah_desa_dibandingkan"] == 0


def test_no_coverage_gives_no_rows():
    konteks = make_konteks(make_bahan(), desa=DESA)
    assert compute_pemerataan(konteks, compute_cakupan(konteks)).empty


def test_the_order_of_rows_and_the_codes_of_desa_change_nothing():
    ties = [f"{desa} {30 + 20 * (place // 4)} {100 + place}" for place, desa in enumerate(DESA)]
    first = pemerataan(*ties, lokus=DESA[:3])
    assert same(first, pemerataan(*ties[::-1], lokus=DESA[:3]))
    new = dict(zip(DESA, reversed(DESA), strict=True))
    renamed = [" ".join([new[text.split()[0]], *text.split()[1:]]) for text in ties]
    assert same(first, pemerataan(*renamed, lokus=[new[desa] for desa in DESA[:3]]))


def test_halves_of_every_desa_leave_fifths_and_lokus_as_they_were():
    twice = [f"{desa[:6]}{number}{desa[8:]} {5 * place} 50"
             for place, desa in enumerate(DESA, 1) for number in ("01", "02")]  # fmt: skip
    codes = [text.split()[0] for text in twice]
    one = pemerataan(*SEPULUH, lokus=DESA[:3])
    other = pemerataan(*twice, lokus=codes[:6], desa=codes)
    kept = ["terbawah_persen", "teratas_persen", "kesenjangan_poin", "lokus_persen",
            "bukan_lokus_persen", "bawah_poin", "atas_poin", "perbandingan_lokus"]  # fmt: skip
    assert same(one[kept], other[kept])
