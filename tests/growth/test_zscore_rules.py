"""Rules of WHO at their boundaries: age, way of measuring, missing values, limits."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.errors import DefinisiError
from reviu_lib.growth import compute_measure_from_z, compute_zscores
from reviu_lib.growth.lms import load_lms

CHILD = {
    "jenis_kelamin": "L",
    "usia_hari": 700.0,
    "berat_kg": 11.0,
    "tinggi_cm": 84.0,
    "cara_ukur": "Terlentang",
}
Z = ["z_tbu", "z_bbu", "z_bbtb"]


def many(*children):
    return compute_zscores(pd.DataFrame([{**CHILD, **child} for child in children]))


def one(**child):
    return many(child).iloc[0]


def known(row):
    return [name for name in Z if not math.isnan(row[name])]


def plain_height_z(sex, day, height):
    """Return z of height for age with plain numbers from the table."""
    table = load_lms()["lhfa"]
    row = {"L": 0, "P": 1}[sex] * table.banyak + day
    lam, mu, sigma = (float(part[row]) for part in (table.lam, table.mu, table.sigma))
    return ((height / mu) ** lam - 1) / (lam * sigma)


CHILDREN = st.tuples(st.sampled_from("LP"), st.integers(0, 730), st.floats(40, 110))


@settings(deadline=None, max_examples=10)
@given(st.lists(CHILDREN, min_size=1, max_size=30))
def test_height_for_age_is_what_plain_arithmetic_gives(children):
    names = ("jenis_kelamin", "usia_hari", "tinggi_cm")
    z = many(*(dict(zip(names, child, strict=True)) for child in children))["z_tbu"]
    assert z.tolist() == pytest.approx([plain_height_z(*child) for child in children], abs=0.00501)


@pytest.mark.parametrize("day", [0, 1, 730, 731, 1825, 1826])
def test_every_day_from_birth_to_59_completed_months_has_a_z(day):
    assert {"z_tbu", "z_bbu"} <= set(known(one(usia_hari=day)))


@pytest.mark.parametrize("day", [-1, 1827, 3000, 10**9, -(10**9), math.inf, math.nan])
def test_a_day_outside_the_first_five_years_has_no_z_for_age(day):
    assert not {"z_tbu", "z_bbu"} & set(known(one(usia_hari=day)))


@pytest.mark.parametrize(("day", "same_as"), [(699.5, 700), (700.4, 700), (730.5, 731)])
def test_days_are_rounded_half_up(day, same_as):
    first, second = one(usia_hari=day), one(usia_hari=same_as)
    assert first[Z].tolist() == second[Z].tolist()


@pytest.mark.parametrize("months", [0, 6, 12, 24, 36, 59.9])
def test_months_are_days_of_a_mean_month(months):
    by_month = one(usia_hari=None, usia_bulan=months)
    by_day = one(usia_hari=months * 365.25 / 12, usia_bulan=None)
    assert by_month[Z].tolist() == by_day[Z].tolist()


def test_days_come_before_months_when_both_are_given():
    row = one(usia_hari=700, usia_bulan=3)
    assert row["z_tbu"] == one(usia_hari=700)["z_tbu"]


@pytest.mark.parametrize(("months", "counted"), [(59.99, True), (60, False), (61, False)])
def test_sixty_months_are_no_longer_under_five(months, counted):
    row = one(usia_hari=None, usia_bulan=months)
    assert bool(known(row)) == counted


@pytest.mark.parametrize(
    ("day", "way", "height"),
    [
        (730, "Terlentang", 84.0),
        (730, "Berdiri", 84.7),
        (731, "Terlentang", 83.3),
        (731, "Berdiri", 84.0),
        (700, None, 84.0),
        (800, None, 84.0),
        (800, "duduk", 84.0),
        (273, "Berdiri", 84.0),  # under nine months: an error of entry
        (274, "Berdiri", 84.7),
    ],
)
def test_height_is_corrected_by_seven_millimetres_where_the_way_does_not_fit(day, way, height):
    row = one(usia_hari=day, cara_ukur=way)
    assert row["tinggi_standar_cm"] == pytest.approx(height)


@pytest.mark.parametrize("column", ["berat_kg", "tinggi_cm"])
@pytest.mark.parametrize("value", [0, -3, None, math.nan, math.inf, "tidak ada", ""])
def test_a_measure_that_is_none_empties_its_indices_only(column, value):
    rest = {"berat_kg": ["z_tbu"], "tinggi_cm": ["z_bbu"]}[column]
    assert known(one(**{column: value})) == rest


@pytest.mark.parametrize("sex", ["l", "p", "Laki-laki", "", None, pd.NA, 1, "<script>"])
def test_a_sex_other_than_l_or_p_has_no_z_at_all(sex):
    assert known(one(jenis_kelamin=sex)) == []


def test_boys_and_girls_are_measured_by_tables_of_their_own():
    boy, girl = (one(jenis_kelamin=sex) for sex in "LP")
    assert all(boy[name] < girl[name] for name in ("z_tbu", "z_bbu"))


@pytest.mark.parametrize(("oedema", "left"), [(True, ["z_tbu"]), (False, Z), (None, Z)])
def test_with_oedema_only_height_for_age_is_left(oedema, left):
    assert known(one(edema=oedema)) == left


@pytest.mark.parametrize("length", [44.9, 110.1])
def test_a_length_outside_its_table_has_no_weight_for_length(length):
    assert math.isnan(one(tinggi_cm=length)["z_bbtb"])


@pytest.mark.parametrize("length", [45.0, 110.0])
def test_the_first_and_last_length_of_the_table_count(length):
    assert not math.isnan(one(tinggi_cm=length)["z_bbtb"])


@pytest.mark.parametrize(
    ("height", "counted"), [(64.9, False), (65, True), (120, True), (120.1, False)]
)
def test_height_of_standing_children_goes_from_65_to_120(height, counted):
    row = one(usia_hari=1500, cara_ukur="Berdiri", tinggi_cm=height)
    assert math.isnan(row["z_bbtb"]) != counted


def test_between_two_rows_weight_for_length_lies_between_theirs():
    low, middle, high = (one(tinggi_cm=cm)["z_bbtb"] for cm in (80.0, 80.05, 80.1))
    assert high <= middle <= low


@pytest.mark.parametrize(("height", "lying"), [(86.9, True), (87.0, False)])
def test_without_age_and_way_a_body_under_87_cm_is_taken_as_lying(height, lying):
    unknown = {"usia_hari": None, "tinggi_cm": height}
    way = "Terlentang" if lying else "Berdiri"
    assert one(**unknown, cara_ukur=None)["z_bbtb"] == one(**unknown, cara_ukur=way)["z_bbtb"]


@pytest.mark.parametrize(
    ("index", "limit", "measure"),
    [
        ("tbu", 6, "tinggi_cm"),
        ("tbu", -6, "tinggi_cm"),
        ("bbu", 5, "berat_kg"),
        ("bbu", -6, "berat_kg"),
        ("bbtb", 5, "berat_kg"),
        ("bbtb", -5, "berat_kg"),
    ],
)
def test_a_z_on_the_limit_is_plausible_and_one_beyond_it_is_not(index, limit, measure):
    kind = {"jenis_kelamin": "L", "usia_hari": 700, "tinggi_cm": 84.0}
    beyond = math.copysign(abs(limit) + 0.01, limit)
    values = [compute_measure_from_z(index, z, **kind).item() for z in (limit, beyond)]
    rows = many(*({measure: value} for value in values))
    assert rows[f"z_{index}"].tolist() == [limit, beyond]
    assert rows[f"ekstrem_{index}"].tolist() == [False, True]


def test_without_z_there_is_no_verdict_on_it():
    row = one(tinggi_cm=None)
    assert row["ekstrem_tbu"] is pd.NA
    assert row["ekstrem_bbtb"] is pd.NA
    assert row["ekstrem_bbu"] == False  # noqa: E712 - a numpy or pandas boolean


def test_z_are_rounded_to_two_decimals_before_anyone_compares_them():
    rows = many(*({"tinggi_cm": 80 + step / 37} for step in range(60)))
    assert rows["z_tbu"].tolist() == [round(z, 2) for z in rows["z_tbu"]]


def test_the_result_has_its_columns_in_order():
    indices = ["tbu", "bbu", "bbtb", "imtu"]
    rest = ["tinggi_standar_cm", "imt", "berdiri_dini"]
    names = [f"{kind}_{index}" for kind in ("z", "ekstrem") for index in indices]
    assert list(many(CHILD).columns) == [*names, *rest]


def test_head_and_arm_have_a_z_where_they_have_a_column():
    row = one(lingkar_kepala_cm=48.0, lila_cm=15.5)
    assert abs(row["z_lk"]) < 2
    assert abs(row["z_lila"]) < 2
    assert not row["ekstrem_lk"]
    assert not {"z_lk", "z_lila"} & set(many(CHILD))


@pytest.mark.parametrize(("day", "counted"), [(90, False), (91, True), (1826, True)])
def test_the_arm_has_a_z_from_three_months_on(day, counted):
    assert math.isnan(one(usia_hari=day, lila_cm=14.0)["z_lila"]) != counted


def test_the_mass_index_is_kilograms_over_square_metres_of_the_corrected_height():
    row = one(usia_hari=800, tinggi_cm=80.7, cara_ukur="Terlentang", berat_kg=12.8)
    assert row["imt"] == pytest.approx(12.8 / 0.8**2)


@pytest.mark.parametrize(
    ("day", "way", "early"), [(200, "Berdiri", 1), (200, None, 0), (300, "Berdiri", 0)]
)
def test_standing_under_nine_months_is_marked(day, way, early):
    assert one(usia_hari=day, cara_ukur=way)["berdiri_dini"] == early


def test_a_length_that_the_correction_brings_below_zero_is_no_length():
    assert known(one(usia_hari=800, tinggi_cm=0.5, cara_ukur="Terlentang")) == ["z_bbu"]


@pytest.mark.parametrize("cell", [["a"], {"a": 1}, "bengkak", -4, object])
@pytest.mark.parametrize("column", ["jenis_kelamin", "cara_ukur", "edema", "usia_hari", "berat_kg"])
def test_a_cell_of_any_kind_spoils_its_own_row_only(column, cell):
    frame = pd.DataFrame([{**CHILD, "edema": None}] * 3)
    spoilt = frame.astype(object)
    spoilt.at[1, column] = cell
    expected = compute_zscores(frame).iloc[[0, 2]]
    pd.testing.assert_frame_equal(compute_zscores(spoilt).iloc[[0, 2]], expected)


@pytest.mark.parametrize("column", ["jenis_kelamin", "berat_kg", "cara_ukur", "usia_hari"])
def test_the_absent_column_is_named(column):
    frame = pd.DataFrame([CHILD]).drop(columns=column)
    with pytest.raises(DefinisiError, match=column):
        compute_zscores(frame)


@settings(deadline=None, max_examples=10)
@given(st.permutations(range(6)))
def test_rows_do_not_depend_on_each_other(order):
    children = [
        {**CHILD, "usia_hari": day, "tinggi_cm": 50 + day / 20, "jenis_kelamin": "LP"[day % 2]}
        for day in (0, 90, 365, 731, 1200, 1826)
    ]
    frame = pd.DataFrame(children)
    whole = compute_zscores(frame)
    shuffled = compute_zscores(frame.iloc[list(order)])
    pd.testing.assert_frame_equal(shuffled.sort_index(), whole)


def test_nullable_and_text_columns_are_read_like_plain_ones():
    frame = pd.DataFrame([CHILD, CHILD])
    nullable = frame.convert_dtypes()
    texts = frame.assign(berat_kg=["11.0", "11"], tinggi_cm=["84", "84.0"])
    for other in (nullable, texts):
        pd.testing.assert_frame_equal(compute_zscores(other), compute_zscores(frame))


def test_the_frame_given_is_left_alone():
    frame = pd.DataFrame([CHILD, {**CHILD, "tinggi_cm": 0}])
    before = frame.copy()
    compute_zscores(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_repeated_index_labels_are_kept():
    frame = pd.DataFrame([CHILD, {**CHILD, "tinggi_cm": 80.0}], index=[4, 4])
    result = compute_zscores(frame)
    assert result.index.tolist() == [4, 4]
    assert result["z_tbu"].is_monotonic_decreasing


@pytest.mark.parametrize("z", [-2, 0, 2])
def test_one_z_for_many_children_is_spread_over_them(z):
    heights = compute_measure_from_z("tbu", z, jenis_kelamin="P", usia_hari=[10, 400, 900])
    assert heights.shape == (3,)
    assert (np.diff(heights) > 0).all()


def test_the_measure_of_one_child_is_an_array_of_one():
    height = compute_measure_from_z("tbu", 0, jenis_kelamin="L", usia_hari=0)
    assert height.tolist() == [49.8842]


def test_weight_for_length_without_a_length_has_no_measure():
    assert np.isnan(compute_measure_from_z("bbtb", 0, jenis_kelamin="L", usia_hari=300)).all()


def test_a_missing_z_has_no_measure():
    kind = {"jenis_kelamin": "L", "usia_hari": 300, "tinggi_cm": 70.0}
    for index in ("tbu", "bbu", "bbtb"):
        assert np.isnan(compute_measure_from_z(index, math.nan, **kind)).all()
