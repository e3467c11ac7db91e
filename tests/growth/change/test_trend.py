"""Cochran-Armitage and Kitagawa: hand-worked, and the identities they must keep."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from reviu_lib.errors import TataLetakError
from reviu_lib.growth import compute_kitagawa, compute_trend

from .kasus import cases, shown

CACAH = ["kasus_awal", "diukur_awal", "kasus_akhir", "diukur_akhir"]
counts = st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
groups = st.lists(counts, min_size=2, max_size=8)


def split(rows):
    return pd.DataFrame([(*awal, *akhir) for awal, akhir in rows], columns=CACAH)


def total(frame, when):
    measured = frame[f"diukur_{when}"].sum()
    return frame[f"kasus_{when}"].sum() * 100 / measured if measured else np.nan


@cases("tren")
def test_a_trend_is_that_worked_by_hand(case):
    tren = compute_trend(case["kasus"], case["diukur"], case["skor"])
    assert shown(tren.statistik) == case["statistik"]
    assert shown(tren.kemiringan_poin) == case["kemiringan_poin"]


def test_the_probability_is_that_of_chi_squared_with_one_degree():
    tren = compute_trend([83, 90, 129, 70], [86, 93, 136, 82], [1, 2, 3, 4])
    assert round(tren.statistik, 4) == 8.2249
    assert tren.nilai_p == pytest.approx(0.004132, abs=5e-7)
    assert tren.nilai_p == pytest.approx(chi2.sf(tren.statistik, 1))


@given(groups)
def test_a_trend_is_the_weighted_line_through_the_shares(rows):
    k, n = np.array(rows, float).T
    tren = compute_trend(k, n, np.arange(len(n)))
    used = n > 0
    share = k.sum() / n.sum() if n.sum() else 0
    if used.sum() < 2 or not 0 < share < 1:
        assert np.isnan(tren).all()
        return
    x, y, weight = np.arange(len(n))[used], (k / np.where(used, n, 1))[used], n[used]
    slope, start = np.polyfit(x, y, 1, w=np.sqrt(weight))
    explained = (weight * (start + slope * x - share) ** 2).sum() / (share * (1 - share))
    assert tren.statistik == pytest.approx(explained, rel=1e-6, abs=1e-8)
    assert tren.kemiringan_poin == pytest.approx(slope * 100, rel=1e-6, abs=1e-8)


@given(groups, st.floats(0.1, 9), st.floats(-50, 50))
def test_a_trend_knows_neither_unit_nor_origin_nor_direction_of_the_score(rows, scale, shift):
    k, n = np.array(rows, float).T
    x = np.arange(len(n))
    first = compute_trend(k, n, x).statistik
    assert compute_trend(k, n, x * scale + shift).statistik == pytest.approx(first, nan_ok=True)
    assert compute_trend(k[::-1], n[::-1], x).statistik == pytest.approx(first, nan_ok=True)


def test_groups_without_counts_are_left_out_of_a_trend():
    with_gap = compute_trend([10, np.nan, 20, 30, 0], [100, 50, 100, 100, 0], [0, 9, 1, 2, 8])
    assert with_gap == compute_trend([10, 20, 30], [100, 100, 100], [0, 1, 2])


@cases("kitagawa")
def test_a_split_is_that_worked_by_hand(case):
    rows = [line.split() for line in case["baris"]]
    frame = pd.DataFrame(rows, columns=["kelompok", *CACAH]).astype(dict.fromkeys(CACAH, "Int64"))
    parts = compute_kitagawa(frame)
    for name in ("komposisi_poin", "tingkat_poin"):
        assert parts[name].map(shown).tolist() == case[name]


@settings(deadline=None)
@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=9))
def test_composition_and_rate_add_up_to_the_change_exactly(rows):
    frame = split(rows)
    parts = compute_kitagawa(frame)
    change = total(frame, "akhir") - total(frame, "awal")
    added = (parts["komposisi_poin"] + parts["tingkat_poin"]).sum(skipna=False)
    assert added == pytest.approx(change, abs=1e-9, nan_ok=True)


@settings(deadline=None)
@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=9), st.integers(2, 20))
def test_measuring_everybody_many_times_over_changes_no_part(rows, times):
    frame = split(rows)
    parts, many = compute_kitagawa(frame), compute_kitagawa(frame * times)
    for name in ("komposisi_poin", "tingkat_poin"):
        np.testing.assert_allclose(many[name], parts[name], atol=1e-9)


def test_same_rates_leave_only_composition_and_same_shares_only_rates():
    same_rate = compute_kitagawa(split([((10, 100), (20, 200)), ((40, 100), (40, 100))]))
    assert same_rate["tingkat_poin"].tolist() == [0, 0]
    same_share = compute_kitagawa(split([((10, 100), (30, 200)), ((40, 100), (60, 200))]))
    assert same_share["komposisi_poin"].tolist() == [0, 0]


def test_every_population_is_split_on_its_own_and_a_missing_count_stops_only_its_own():
    one = split([((10, 100), (20, 150)), ((40, 100), (30, 50))])
    two = one.assign(kasus_awal=[None, 40])
    both = pd.concat([one.assign(desa="A"), two.assign(desa="B")], ignore_index=True)
    parts = compute_kitagawa(both, ["desa"])
    assert parts["tingkat_poin"].iloc[:2].tolist() == compute_kitagawa(one)["tingkat_poin"].tolist()
    assert parts.loc[2:, ["komposisi_poin", "tingkat_poin"]].isna().all(axis=None)


def test_a_split_names_the_column_it_lacks():
    with pytest.raises(TataLetakError, match="tidak lengkap: desa"):
        compute_kitagawa(split([((1, 2), (1, 2))]), ["desa"])
