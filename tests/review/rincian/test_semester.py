"""Coverage by semester and what got worse (tests/cases/semester.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.formatting import round_half_up
from reviu_lib.review.capaian.cakupan import compute_cakupan
from reviu_lib.review.rincian.semester import compute_semester

from ..bahan_kecil import DESA, cakupan, make_bahan, make_konteks

KASUS = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "semester.toml").read_text(encoding="utf-8")
)["kasus"]


def semester_of(rows: list[str], lalu: list[str] = (), desa=DESA[:1], **card) -> pd.Series:
    before = [make_bahan(2023, cakupan=cakupan(*lalu))] if lalu else []
    konteks = make_konteks(make_bahan(cakupan=cakupan(*rows)), *before, desa=desa, E11=card)
    frame = compute_semester(konteks, compute_cakupan(konteks))
    return frame.set_index("kode_indikator").loc["E11"]


def of_one_desa(rows: list[str]) -> list[str]:
    """Return `desa pembilang penyebut periode [jenis]` from rows that begin with the period."""
    cells = [row.split() for row in rows]
    return [" ".join([DESA[0], top, low, when, *kind]) for when, top, low, *kind in cells]


@pytest.mark.parametrize("kasus", KASUS, ids=lambda kasus: kasus["nama"])
def test_each_half_of_the_year_is_read_by_the_kind_of_indicator(kasus):
    row = semester_of(of_one_desa(kasus["baris"]), waktu=kasus["waktu"])
    columns = {
        "semester_1": "semester_1_persen", "semester_2": "semester_2_persen",
        "tahun": "tahun_persen", "perubahan": "perubahan_semester_poin",
    }  # fmt: skip
    for key, column in columns.items():
        value = row[column]
        assert ("" if pd.isna(value) else float(round_half_up(value, 2))) == kasus[key], key
    assert row["rincian"] == kasus["rincian"]
    assert ("" if pd.isna(row["memburuk"]) else row["memburuk"]) == kasus["memburuk"]


def test_an_indicator_may_be_worse_since_last_year_and_since_the_first_semester():
    now = of_one_desa(["semester_1 850 1000", "semester_2 800 1000"])
    before = of_one_desa(["semester_2 900 1000"])
    row = semester_of(now, before, waktu="titik")
    assert row["memburuk"] == "dari tahun lalu dan semester 1"
    assert (row["capaian_lalu_persen"], row["tren_poin"]) == (90, -10)


def test_for_an_indicator_that_should_fall_a_rise_is_the_worse_way():
    rows = of_one_desa(["semester_1 100 1000", "semester_2 150 1000"])
    assert semester_of(rows, waktu="titik", arah="turun")["memburuk"] == "dari semester 1"


def test_an_incomplete_semester_is_shown_but_not_compared():
    rows = [f"{DESA[0]} 90 100 semester_1", f"{DESA[1]} 90 100 semester_1",
            f"{DESA[0]} 50 100 semester_2"]  # fmt: skip
    row = semester_of(rows, desa=DESA[:2], waktu="titik")
    assert (row["semester_1_persen"], row["semester_2_persen"]) == (90, 50)
    assert pd.isna(row["perubahan_semester_poin"])
    assert row["alasan_semester"] == "data salah satu semester belum cukup lengkap"


def test_a_kabupaten_figure_by_semester_counts_where_no_desa_reports():
    row = semester_of(["KAB 30 100 semester_1", "KAB 42 100 semester_2"], waktu="kumulatif")
    assert row[["semester_1_persen", "semester_2_persen", "tahun_persen"]].tolist() == [30, 42, 72]


def test_the_halves_of_a_cumulative_indicator_sum_to_the_year():
    rows = [f"{desa} {top} 100 {half}" for desa, half, top in (
        (DESA[0], "semester_1", 20), (DESA[0], "semester_2", 15),
        (DESA[1], "semester_1", 30), (DESA[1], "semester_2", 25),
    )]  # fmt: skip
    row = semester_of(rows, desa=DESA[:2], waktu="kumulatif")
    halves = row["semester_1_pembilang"] + row["semester_2_pembilang"]
    assert halves == row["tahun_pembilang"] == 90


@pytest.mark.parametrize(
    ("periods", "note"),
    [
        (["triwulan_1", "triwulan_2", "triwulan_3"], "semester 2 baru memuat satu triwulan"),
        (["triwulan_2"], "semester 1 baru memuat satu triwulan"),
        (["triwulan_1", "semester_1"], ""),
        (["Februari", "Agustus"], ""),
    ],
)
def test_a_semester_of_one_quarter_is_said_to_be_one(periods, note):
    row = semester_of(of_one_desa([f"{name} 100 1000" for name in periods]), waktu="kumulatif")
    assert ("" if pd.isna(row["catatan_semester"]) else row["catatan_semester"]) == note
