"""Next year's target and the comparison with last year, rule by rule."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from reviu_lib.review.capaian.target import pick_target, propose_target
from reviu_lib.review.capaian.tren import compare_tahun_lalu

from ..bahan_kecil import make_bahan, make_konteks

NONE = pd.DataFrame(columns=["nilai", "tingkat", "sumber", "terverifikasi"])
NAN = float("nan")


def propose(capaian: float, target: float, arah: str, status: str, *, berikut=NONE, ok=True):
    frame = pd.DataFrame({
        "tingkat": ["kabupaten"], "kode_indikator": ["E11"], "capaian_persen": [capaian],
        "target_persen": [target], "arah": [arah], "status_capaian": [status],
        "target_terverifikasi": pd.array([ok], dtype="boolean"),
    })  # fmt: skip
    return propose_target(frame, berikut).iloc[0]


@pytest.mark.parametrize(
    ("capaian", "target", "arah", "status", "next_year", "why"),
    [
        (83.9, 80, "naik", "tercapai", 83, "pemeliharaan"),
        (80.4, 80.2, "naik", "tercapai", 80.2, "pemeliharaan"),
        (109.5, 80, "naik", "tercapai", 100, "pemeliharaan"),
        (12.1, 15.5, "turun", "tercapai", 13, "pemeliharaan"),
        (15.2, 15.5, "turun", "tercapai", 15.5, "pemeliharaan"),
        (70, 80, "naik", "belum tercapai", 80, "belum tercapai"),
        (NAN, 80, "naik", "belum dapat dinilai", 80, "belum dapat dinilai"),
        (70, NAN, "naik", "belum dapat dinilai", None, "belum ada target"),
    ],
)
def test_a_reached_target_never_falls_back_and_another_stays(
    capaian, target, arah, status, next_year, why
):
    row = propose(capaian, target, arah, status)
    value = row["target_berikut_persen"]
    assert (None if pd.isna(value) else value) == next_year
    assert why in row["dasar_target_berikut"]


@pytest.mark.parametrize("verified", [True, False])
def test_a_target_already_set_is_shown_with_level_source_and_doubt(verified):
    berikut = pd.DataFrame(
        [(75.0, "provinsi", "RPJMD", verified)], columns=NONE.columns, index=["E11"]
    )
    row = propose(90, 80, "naik", "tercapai", berikut=berikut)
    assert row["target_berikut_persen"] == 75
    assert "target provinsi untuk tahun depan: RPJMD" in row["dasar_target_berikut"]
    assert ("belum terverifikasi" in row["dasar_target_berikut"]) != verified


def test_a_target_is_picked_of_its_own_year_and_the_first_level():
    columns = ["kode_indikator", "tahun", "nilai", "tingkat", "sumber", "terverifikasi"]
    rows = [("E11", 2024, 70, "kabupaten", "a", True), ("E11", 2024, 90, "nasional", "b", True),
            ("E11", 2025, 95, "kabupaten", "c", True)]  # fmt: skip
    targets = pd.DataFrame(rows, columns=columns)
    assert pick_target(targets, 2024)["nilai"].to_dict() == {"E11": 70}
    assert pick_target(targets, 2026).empty


@pytest.mark.parametrize(
    ("now", "then", "status", "poin"),
    [
        ((70, 100, "riil"), (60, 100, "riil"), "naik", 10),
        ((60, 100, "riil"), (70, 100, "riil"), "turun", -10),
        ((60, 110, "riil"), (60, 100, "riil"), "tetap", 0),
        ((60, 110.1, "riil"), (60, 100, "riil"), "tidak dapat dibandingkan", None),
        ((60, 90, "riil"), (50, 100, "riil"), "naik", 10),
        ((60, 89.9, "riil"), (50, 100, "riil"), "tidak dapat dibandingkan", None),
        ((60, 100, "riil"), (50, 100, None), "tidak dapat dibandingkan", None),
        ((60, 100, "campuran"), (50, 100, "campuran"), "tidak dapat dibandingkan", None),
        ((60, 100, None), (50, 100, None), "naik", 10),
        ((92.8, 100, "riil"), (100.6, 100, "riil"), "tidak dapat dibandingkan", None),
        ((100.1, 100, "riil"), (90, 100, "riil"), "tidak dapat dibandingkan", None),
        ((100, 100, "riil"), (90, 100, "riil"), "naik", 10),
        ((NAN, 100, "riil"), (50, 100, "riil"), "tidak tersedia", None),
        ((60, 100, "riil"), (NAN, 100, "riil"), "tidak tersedia", None),
    ],
)
def test_a_change_is_given_only_where_denominators_allow_it(now, then, status, poin):
    columns = ["capaian_persen", "penyebut", "jenis_penyebut"]
    frames = [
        pd.DataFrame([row], columns=columns).assign(kode_indikator="E11", kode_wilayah="73.12")
        for row in (now, then)
    ]
    row = compare_tahun_lalu(*frames, make_konteks(make_bahan(), desa=[])).iloc[0]
    assert row["status_tren"] == status
    assert (None if pd.isna(row["tren_poin"]) else row["tren_poin"]) == poin


@pytest.mark.parametrize(
    ("kode", "batas", "batas_lalu", "now", "then", "status"),
    [
        ("E11", "2024-11-30", "2023-12-31", 60, 70, "tidak dapat dibandingkan"),
        ("E11", "2024-11-30", "2023-12-31", 70, 70, "tidak dapat dibandingkan"),
        ("E11", "2024-11-30", "2023-12-31", 80, 70, "naik"),
        ("E11", "2024-12-31", "2023-11-30", 80, 70, "tidak dapat dibandingkan"),
        ("E11", "2024-12-31", "2023-11-30", 60, 70, "turun"),
        ("E11", "2024-12-31", "2024-01-31", 60, 70, "turun"),
        ("E14", "2024-11-30", "2023-12-31", 60, 70, "turun"),
    ],
)
def test_a_shorter_year_withholds_what_it_could_explain(kode, batas, batas_lalu, now, then, status):
    days = (dt.date.fromisoformat(day) for day in (batas, batas_lalu))
    bahan, lalu = (
        make_bahan(tahun, cutoff=day) for tahun, day in zip((2024, 2023), days, strict=True)
    )
    frames = [
        pd.DataFrame({"kode_indikator": [kode], "kode_wilayah": ["73.12"], "penyebut": [100],
                      "jenis_penyebut": ["riil"], "capaian_persen": [value]})
        for value in (now, then)
    ]  # fmt: skip
    row = compare_tahun_lalu(*frames, make_konteks(bahan, lalu, desa=[])).iloc[0]
    assert row["status_tren"] == status
    assert row["capaian_lalu_persen"] == then
    assert pd.isna(row["tren_poin"]) == (not pd.isna(row["alasan_tren"]))
