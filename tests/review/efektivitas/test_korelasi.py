"""Rank correlation: against known values, full enumeration, and an independent implementation."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from reviu_lib.review.efektivitas.korelasi import (
    adjust_holm,
    compute_fisher,
    compute_permutasi,
    compute_spearman,
    count_at_least,
    draw_orders,
)

X = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
Y = np.array([2.0, 1.0, 4.0, 3.0, 6.0, 5.0])
ANGKA = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=3, max_size=12)


@pytest.mark.parametrize(
    ("y", "rho"),
    [(X, 1.0), (-X, -1.0), (X**3, 1.0), (Y, 1 - 6 * 6 / (6 * 35))],
)
def test_rho_is_one_less_six_sums_of_squared_rank_differences(y, rho):
    assert compute_spearman(X, y) == pytest.approx(rho)


def test_a_column_that_does_not_vary_has_no_rho():
    assert np.isnan(compute_spearman(X, np.ones(6)))


@given(ANGKA)
def test_rho_agrees_with_an_independent_implementation_also_with_ties(pairs):
    x, y = np.array(pairs, dtype="float64").T
    if np.ptp(x) and np.ptp(y):
        assert compute_spearman(x, y) == pytest.approx(spearmanr(x, y).statistic, abs=1e-12)


@pytest.mark.parametrize("y", [Y, X, np.array([3.0, 3.0, 1.0, 1.0, 2.0, 9.0])])
def test_all_orders_give_the_exact_share_found_by_brute_force(y):
    orders = list(permutations(range(6)))
    seen = abs(spearmanr(X, y).statistic) - 1e-9
    brute = sum(abs(spearmanr(X, y[list(order)]).statistic) >= seen for order in orders)
    assert count_at_least(X, y, np.array(orders)) == brute


def test_two_thousand_random_orders_come_near_the_exact_share():
    exact = count_at_least(X, Y, np.array(list(permutations(range(6))))) / 720
    assert compute_permutasi(X, Y, draw_orders(6, 2000, benih=1)) == pytest.approx(exact, abs=0.02)


def test_the_same_seed_gives_the_same_orders_and_each_is_an_order():
    orders = draw_orders(7, 50, benih=3)
    assert (orders == draw_orders(7, 50, benih=3)).all()
    assert (np.sort(orders, axis=1) == np.arange(7)).all()


def test_p_is_never_zero_because_the_observed_order_counts():
    assert compute_permutasi(X, X, np.array([[1, 0, 2, 3, 4, 5]])) == 0.5


def test_the_interval_follows_fisher_with_the_variance_of_bonett_and_wright():
    # z = atanh(0.5) = 0.549306; sd = sqrt(1.125/50) = 0.15; 1.959964 x 0.15 = 0.293995
    low, high = compute_fisher(0.5, 53, taraf=0.95)
    assert (low, high) == pytest.approx((np.tanh(0.255311), np.tanh(0.843301)), abs=1e-6)


@pytest.mark.parametrize(("rho", "banyak"), [(1.0, 30), (-1.0, 30), (0.3, 3), (np.nan, 30)])
def test_there_is_no_interval_without_a_transformation(rho, banyak):
    assert np.isnan(compute_fisher(rho, banyak, taraf=0.95)).all()


def test_holm_multiplies_the_smallest_most_and_never_turns_the_order():
    p = np.array([0.01, np.nan, 0.04, 0.03, 0.9])
    expected = np.array([0.04, np.nan, 0.09, 0.09, 0.9])
    np.testing.assert_allclose(adjust_holm(p), expected)


def test_holm_of_nothing_is_nothing_and_never_exceeds_one():
    assert np.isnan(adjust_holm(np.array([np.nan]))).all()
    assert adjust_holm(np.array([0.8, 0.7])).tolist() == [1.0, 1.0]
