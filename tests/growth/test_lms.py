"""The LMS formula and its tables, against plain arithmetic and against each other."""

import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.growth.lms import Lms, compute_measure, compute_z, load_lms, round_z

TABLES = ["lhfa", "wfa", "bfa", "hcfa", "acfa", "wfl", "wfh"]
TINY = Decimal("1e-14")  # what a double near 40 cannot tell apart
# Weight of a boy of 12 months (WHO weight-for-age, day 365).
BOY = (0.0644, 9.6479, 0.10925)


def lms_of(lam, mu, sigma):
    return Lms(*(np.array([part], float) for part in (lam, mu, sigma)))


def z_of(measure, lms, **options):
    return float(compute_z(np.array([measure], float), lms_of(*lms), **options)[0])


def measure_of(z, lms, **options):
    return float(compute_measure(np.array([z], float), lms_of(*lms), **options)[0])


def plain_z(y, lam, mu, sigma):
    """Return z with straight tails beyond 3, as the WHO report writes it."""

    def line(sd):
        return mu * (1 + lam * sigma * sd) ** (1 / lam)

    z = ((y / mu) ** lam - 1) / (lam * sigma)
    if z > 3:
        return 3 + (y - line(3)) / (line(3) - line(2))
    if z < -3:
        return -3 + (y - line(-3)) / (line(-2) - line(-3))
    return z


@pytest.mark.parametrize("measure", [4.5, 6.0, 6.9, 7.8, 9.6479, 11.2, 13.3, 14.0, 20.0])
def test_z_is_what_plain_arithmetic_gives(measure):
    assert z_of(measure, BOY) == pytest.approx(plain_z(measure, *BOY))


def test_the_median_has_z_zero():
    assert z_of(BOY[1], BOY) == 0
    assert measure_of(0, BOY) == BOY[1]


@pytest.mark.parametrize("sd", [-3, -2, -1, 1, 2, 3])
def test_an_sd_line_has_its_own_z(sd):
    lam, mu, sigma = BOY
    assert z_of(mu * (1 + lam * sigma * sd) ** (1 / lam), BOY) == pytest.approx(sd)


def test_with_lambda_one_z_is_the_distance_in_standard_deviations():
    assert z_of(55.0, (1, 50, 0.04)) == pytest.approx(2.5)
    assert z_of(60.0, (1, 50, 0.04), linear_tails=False) == pytest.approx(5.0)


def test_straight_tails_bring_extreme_values_nearer_or_farther_but_keep_the_sign():
    for measure in (3.0, 25.0):
        straight, curved = z_of(measure, BOY), z_of(measure, BOY, linear_tails=False)
        assert straight != pytest.approx(curved)
        assert math.copysign(1, straight) == math.copysign(1, curved)


def test_tails_matter_only_beyond_three():
    for measure in (7.0, 9.0, 12.0):
        assert z_of(measure, BOY) == z_of(measure, BOY, linear_tails=False)


@settings(deadline=None, max_examples=50)
@given(st.floats(-8, 8), st.booleans())
def test_the_measure_of_a_z_has_that_z(z, tails):
    measure = measure_of(z, BOY, linear_tails=tails)
    assert z_of(measure, BOY, linear_tails=tails) == pytest.approx(z, abs=1e-6)


@settings(deadline=None, max_examples=50)
@given(st.floats(1, 40), st.floats(1, 40))
def test_a_larger_measure_never_has_a_smaller_z(first, second):
    low, high = sorted((first, second))
    assert z_of(low, BOY) <= z_of(high, BOY)


@pytest.mark.parametrize("measure", [math.nan, -1.0])
def test_what_is_no_measure_has_no_z(measure):
    assert math.isnan(z_of(measure, BOY))


def test_a_missing_row_of_the_table_gives_no_z_and_no_measure():
    nothing = (math.nan, math.nan, math.nan)
    assert math.isnan(z_of(10, nothing))
    assert math.isnan(measure_of(1, nothing))


def test_the_arguments_are_left_alone():
    measure, lms = np.array([3.0, 9.0, 30.0]), Lms(*(np.full(3, part) for part in BOY))
    compute_z(measure, lms)
    assert measure.tolist() == [3.0, 9.0, 30.0]
    assert all((part == value).all() for part, value in zip(lms, BOY, strict=True))


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_a_table_is_a_positive_number(name):
    table = load_lms()[name]
    for part in (table.mu, table.sigma):
        assert np.isfinite(part[:-1]).all()
        assert (part[:-1] > 0).all()
    assert np.isnan(table.mu[-1])
    assert len(table.mu) == 2 * table.banyak + 1


@pytest.mark.parametrize("name", ["lhfa", "wfl", "wfh"])
@pytest.mark.parametrize("sex", [0, 1])
def test_medians_grow_with_age_and_length_but_where_standing_begins(name, sex):
    table = load_lms()[name]
    mu = table.mu[sex * table.banyak : (sex + 1) * table.banyak]
    falls = np.flatnonzero(np.diff(mu) < 0) + 1
    assert falls.tolist() == ([731] if name == "lhfa" else [])


@pytest.mark.parametrize("sex", [0, 1])
def test_the_median_height_drops_by_seven_millimetres_when_standing_begins(sex):
    table = load_lms()["lhfa"]
    before, after = table.take(table.rows(np.array([sex] * 2), np.array([730, 731]))).mu
    assert before - after == pytest.approx(0.7, abs=0.05)


@pytest.mark.parametrize(("name", "step"), [("lhfa", 400), ("wfa", 400), ("wfh", 200)])
def test_boys_and_girls_have_rows_of_their_own(name, step):
    table = load_lms()[name]
    boy, girl = table.take(table.rows(np.array([0, 1]), np.array([step, step]))).mu
    assert boy > girl


@pytest.mark.parametrize(
    ("sex", "step", "known"), [(0, 0, True), (1, 1826, True), (0, 1827, False), (1, -1, False)]
)
def test_a_row_outside_its_own_sex_is_never_taken_from_the_other(sex, step, known):
    table = load_lms()["lhfa"]
    row = table.rows(np.array([sex]), np.array([step]))[0]
    assert (row == sex * 1827 + step) if known else (row == 2 * 1827)


@pytest.mark.parametrize(
    ("name", "start", "step"), [("wfl", 45.0, 0.1), ("wfh", 65.0, 0.1), ("wfa", 0.0, 1.0)]
)
def test_a_table_begins_and_steps_as_who_has_it(name, start, step):
    table = load_lms()[name]
    assert (table.awal, table.langkah) == (start, step)


@pytest.mark.parametrize("name", ["lhfa", "hcfa"])
def test_height_and_head_are_straight_because_their_lambda_is_one_everywhere(name):
    lam = load_lms()[name].lam[:-1]
    assert (lam == 1).all()


@pytest.mark.parametrize(
    ("z", "shown"),
    [(-2.004, -2.0), (-2.006, -2.01), (0.125, 0.12), (0.375, 0.38), (0.285, 0.28), (1.005, 1.0)],
)
def test_z_is_rounded_to_the_nearer_of_two_decimals(z, shown):
    assert round_z(np.array([z])).tolist() == [shown]


def test_a_small_negative_z_is_shown_as_zero_without_a_minus():
    assert str(round_z(np.array([-0.001]))[0]) == "0.0"


@settings(deadline=None, max_examples=300)
@given(st.floats(-40, 40) | st.integers(-4000, 4000).map(lambda n: n / 100 + 0.005))
def test_rounding_takes_the_neighbour_that_exact_arithmetic_takes(z):
    low, high = (Decimal(math.floor(z * 100) + step) / 100 for step in (0, 1))
    exact = Decimal(z)
    shown = round_z(np.array([z]))[0]
    assert abs(exact - Decimal(repr(float(shown)))) <= min(exact - low, high - exact) + TINY
