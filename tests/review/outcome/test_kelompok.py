"""Nutritional status by group: counts that agree with the register, and honest small places."""

import pytest

from reviu_lib.review.outcome.kelompok import compute_kelompok
from reviu_lib.review.outcome.prevalensi import compute_prevalensi
from reviu_lib.review.outcome.sebaran import compute_sebaran

from ..bahan_kecil import DESA
from .register_kecil import SOUND, STUNTED, konteks, visit


def context():
    rows = [visit(f"a{i}", STUNTED if i < 3 else SOUND) for i in range(12)]
    rows += [visit(f"b{i}", SOUND, desa=DESA[3], puskesmas="DUA", hari=100) for i in range(8)]
    return konteks(rows)


@pytest.fixture(scope="module")
def kelompok():
    own = context()
    return compute_kelompok(own, compute_prevalensi(own)).set_index("baris")


def test_the_kabupaten_has_the_counts_of_the_register(kelompok):
    row = kelompok.loc["stunting:kabupaten:semua"]
    assert (row["kasus"], row["diukur"], row["prevalensi_persen"]) == (3, 20, 15.0)
    assert row["bawah_persen"] < 15 < row["atas_persen"]


def test_three_of_twelve_carry_the_wilson_interval_of_case_d12(kelompok):
    row = kelompok.loc[f"stunting:desa:{DESA[0]}"]
    assert (round(row["bawah_persen"], 2), round(row["atas_persen"], 2)) == (8.89, 53.23)


def test_a_small_desa_is_smoothed_towards_all_and_lies_within_chance(kelompok):
    rows = kelompok[(kelompok["kelompok"] == "desa") & (kelompok["indikator"] == "stunting")]
    assert rows["posisi_corong"].eq("dalam batas").all()
    assert (rows["halus_persen"] - 15).abs().lt((rows["prevalensi_persen"] - 15).abs()).all()


def test_only_stunting_of_desa_is_smoothed(kelompok):
    rest = kelompok[(kelompok["kelompok"] != "desa") | (kelompok["indikator"] != "stunting")]
    assert rest["halus_persen"].isna().all()


@pytest.mark.parametrize(
    "kelompok_anak", ["kelompok umur", "jenis kelamin", "kecamatan", "puskesmas"]
)
def test_every_way_of_grouping_adds_up_to_all_children(kelompok, kelompok_anak):
    rows = kelompok[(kelompok["kelompok"] == kelompok_anak) & (kelompok["indikator"] == "stunting")]
    assert rows[["kasus", "diukur"]].sum().tolist() == [3, 20]


def test_the_spread_of_z_counts_every_child_once_and_minus_two_as_not_short():
    frame = compute_sebaran(konteks([visit("a", -2.0), visit("b", -2.01)])).set_index("baris")
    assert (frame.loc["tbu:-2", "anak"], frame.loc["tbu:-2.5", "anak"]) == (1, 1)
    assert frame.loc[frame["indeks"] == "tbu", "anak"].sum() == 2
    assert frame.loc[frame["indeks"] == "tbu", "porsi_who_persen"].sum() == pytest.approx(100)


def test_without_measurements_there_are_no_rows():
    own = konteks([])
    assert compute_kelompok(own, compute_prevalensi(own)).empty
    assert compute_sebaran(own).empty
