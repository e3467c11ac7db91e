"""Synthetic children and their visits: nobody real, measured as a posyandu measures."""

import numpy as np
import pandas as pd
import pytest

from reviu_lib.example.balita import load_balita, make_kunjungan
from reviu_lib.example.skenario import list_skenario, load_desa
from reviu_lib.growth import compute_zscores

YEARS = {skenario.folder: skenario for skenario in list_skenario()}
Z = ["z_tbu", "z_bbu", "z_bbtb"]


@pytest.fixture(scope="module")
def balita():
    return load_balita("73.12")


@pytest.fixture(scope="module")
def visits():
    return {month: make_kunjungan(YEARS["73.12/2024"], month) for month in ("Februari", "Agustus")}


def test_children_are_numbered_and_no_two_share_a_nik(balita):
    assert balita["nomor"].tolist() == list(range(1, len(balita) + 1))
    assert balita["nik"].is_unique
    assert balita["nik"].str.fullmatch(r"\d{16}").all()


def test_a_nik_is_of_a_kecamatan_that_does_not_exist(balita):
    assert balita["nik"].str.startswith("731200").all()


def test_a_nik_holds_the_day_of_birth_and_forty_more_for_a_girl(balita):
    day = balita["lahir"].dt.day + balita["jk"].map({"L": 0, "P": 40})
    expected = [
        f"{number:02d}{birth:%m%y}" for number, birth in zip(day, balita["lahir"], strict=True)
    ]
    assert balita["nik"].str.slice(6, 12).tolist() == expected


def test_children_were_born_within_the_years_that_the_example_covers(balita):
    assert balita["lahir"].min() >= pd.Timestamp(2018, 1, 1)
    assert balita["lahir"].max() < pd.Timestamp(2024, 8, 28)


def test_boys_and_girls_are_about_as_many(balita):
    assert 0.48 < (balita["jk"] == "L").mean() < 0.54
    assert set(balita["jk"]) == {"L", "P"}


def test_a_large_village_has_more_children(balita):
    counts = balita["baris_desa"].value_counts().sort_index()
    size = load_desa("73.12")["balita"].loc[counts.index]
    assert np.corrcoef(counts, size)[0, 1] > 0.95


def test_the_kecamatan_left_behind_has_shorter_children(balita):
    behind = load_desa("73.12")["tertinggal"].to_numpy()[balita["baris_desa"]]
    assert balita.loc[behind, "haz"].mean() < balita.loc[~behind, "haz"].mean() - 0.15


def test_weights_and_lengths_at_birth_are_plausible(balita):
    assert balita["berat_lahir"].between(1.8, 4.6).all()
    assert balita["panjang_lahir"].between(43, 54).all()


@pytest.mark.parametrize(("month", "number"), [("Februari", 2), ("Agustus", 8)])
def test_visits_lie_in_their_month_and_year(visits, month, number):
    days = visits[month]["tanggal"].dt
    assert set(days.year) == {2024}
    assert set(days.month) == {number}


def test_a_posyandu_meets_on_one_day_of_the_month(visits):
    for frame in visits.values():
        assert frame.groupby(["baris_desa", "posyandu"])["tanggal"].nunique().eq(1).all()


def test_a_child_is_measured_at_most_once_a_month_before_dirt_is_planted(visits):
    for frame in visits.values():
        assert frame.loc[frame["pola"] != "ganda", "nomor"].is_unique


def test_age_is_the_days_since_birth_and_under_five_years(visits):
    for frame in visits.values():
        days = (frame["tanggal"] - frame["lahir"]).dt.days
        assert days.eq(frame["usia_hari"]).all()
        assert days.between(0, 1825).all()


@pytest.mark.parametrize(("month", "percent"), [("Februari", 78), ("Agustus", 83)])
def test_about_the_declared_share_of_children_is_measured(visits, month, percent):
    frame, all_children = visits[month], load_balita("73.12")
    date = pd.Timestamp(2024, {"Februari": 2, "Agustus": 8}[month], 15)
    under_five = (date - all_children["lahir"]).dt.days.between(0, 1825).sum()
    assert len(frame) / under_five * 100 == pytest.approx(percent, abs=5)


def test_measures_have_one_decimal_as_scales_show_it(visits):
    for frame in visits.values():
        for name in ("tinggi_cm", "berat_kg"):
            assert np.isclose(frame[name] * 10, (frame[name] * 10).round()).all()
            assert frame[name].gt(0).all()


def test_stored_z_are_those_of_the_rounded_measures_and_none_is_implausible(visits):
    for frame in visits.values():
        scored = compute_zscores(frame.rename(columns={"jk": "jenis_kelamin"}))
        pd.testing.assert_frame_equal(scored[Z], frame[Z])
        assert not scored.filter(like="ekstrem").eq(True).any(axis=None)


def test_a_few_children_are_measured_the_other_way_round_but_no_baby_stands(visits):
    for frame in visits.values():
        standing, old = frame["cara_ukur"].eq("Berdiri"), frame["usia_hari"].ge(731)
        assert 0.01 < (standing ^ old).mean() < 0.05
        assert not standing[frame["usia_hari"] < 300].any()


def test_a_child_of_both_months_is_older_in_august_and_never_much_shorter(visits):
    both = visits["Februari"].merge(visits["Agustus"], on="nomor", suffixes=("_2", "_8"))
    assert len(both) > 3000
    assert (both["usia_hari_8"] > both["usia_hari_2"]).all()
    assert (both["tinggi_cm_8"] - both["tinggi_cm_2"]).mean() > 1


def test_the_same_month_is_the_same_again(visits):
    again = make_kunjungan(YEARS["73.12/2024"], "Februari")
    pd.testing.assert_frame_equal(again, visits["Februari"])
