"""Intervals of proportions against hand-worked cases (D12, D15) and against R."""

import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviu_lib.formatting import round_half_up
from reviu_lib.growth import Hitungan, compute_clopper_pearson, compute_newcombe, compute_wilson

TESTS = Path(__file__).parents[1]
CASES = tomllib.loads((TESTS / "cases" / "statistik.toml").read_text(encoding="utf-8"))
ORACLE = pd.read_csv(Path(__file__).parent / "oracle_binom_ci.csv.xz")
counts = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def cases(kind):
    return pytest.mark.parametrize("case", CASES[kind], ids=lambda case: case["kode"])


def in_percent(limit):
    return float(round_half_up(float(limit) * 100, 2))


@cases("wilson")
def test_the_wilson_interval_is_that_worked_by_hand(case):
    limits = compute_wilson(case["kasus"], case["diukur"])
    known = [in_percent(limit) for limit in limits if not np.isnan(limit)]
    assert known == case["selang_persen"]


@cases("newcombe")
def test_the_interval_of_a_change_is_that_worked_by_hand(case):
    sebelum, sesudah = Hitungan(*case["sebelum"]), Hitungan(*case["sesudah"])
    change = np.divide(*sesudah) - np.divide(*sebelum)
    assert in_percent(change) == case["perubahan_poin"]
    assert [in_percent(limit) for limit in compute_newcombe(sebelum, sesudah)] == case[
        "selang_poin"
    ]


@pytest.mark.parametrize(
    ("compute", "columns"),
    [
        (compute_wilson, ["wilson_l", "wilson_u"]),
        (compute_clopper_pearson, ["cp_l", "cp_u"]),
    ],
)
def test_both_intervals_equal_those_of_r(compute, columns):
    ours = np.column_stack(compute(ORACLE["k"], ORACLE["n"]))
    assert len(ours) == 2000
    np.testing.assert_allclose(ours, ORACLE[columns], rtol=0, atol=1e-9)


@pytest.mark.parametrize("pair", [(0, 0), (1, 0), (-1, 5), (6, 5), (np.nan, 5), (2, np.nan)])
@pytest.mark.parametrize("compute", [compute_wilson, compute_clopper_pearson])
def test_counts_that_make_no_proportion_have_no_interval(compute, pair):
    assert np.isnan(compute(*pair)).all()


def test_missing_counts_of_pandas_give_missing_limits():
    kasus, diukur = pd.array([3, None], "Int64"), pd.Series([12, 12], dtype="Int64")
    assert np.isnan(compute_wilson(pd.Series(kasus), diukur).bawah).tolist() == [False, True]


def test_a_change_is_missing_when_one_side_is():
    assert np.isnan(compute_newcombe(Hitungan(1, 4), Hitungan(0, 0))).all()


@given(counts)
def test_the_share_lies_inside_and_the_exact_interval_is_the_cautious_one(pair):
    k, n = pair
    wilson, exact = compute_wilson(k, n), compute_clopper_pearson(k, n)
    assert 0 <= wilson.bawah <= k / n <= wilson.atas <= 1
    assert exact.bawah <= k / n <= exact.atas
    assert exact.atas - exact.bawah >= wilson.atas - wilson.bawah - 0.02


@given(counts)
def test_the_interval_of_those_without_is_the_mirror_of_those_with(pair):
    k, n = pair
    for compute in (compute_wilson, compute_clopper_pearson):
        low, high = compute(k, n)
        mirrored = compute(n - k, n)
        np.testing.assert_allclose((1 - high, 1 - low), mirrored, atol=1e-12)


@given(counts, counts)
def test_a_change_turned_round_has_the_opposite_interval(first, second):
    there = compute_newcombe(Hitungan(*first), Hitungan(*second))
    back = compute_newcombe(Hitungan(*second), Hitungan(*first))
    np.testing.assert_allclose((there.bawah, there.atas), (-back.atas, -back.bawah), atol=1e-12)
    assert there.bawah <= second[0] / second[1] - first[0] / first[1] <= there.atas


@given(counts)
def test_a_wider_confidence_gives_a_wider_interval(pair):
    for compute in (compute_wilson, compute_clopper_pearson):
        narrow, wide = compute(*pair, taraf=0.9), compute(*pair, taraf=0.99)
        assert wide.bawah <= narrow.bawah <= narrow.atas <= wide.atas
