"""WHO's own names and codes: what they may be, and that l and L mean what their column says."""

import numpy as np
import pandas as pd
import pytest

from reviu_lib.errors import DefinisiError
from reviu_lib.growth import (
    compute_zscores,
    compute_zscores_as_who,
    compute_zscores_who,
    to_nama_baku,
)

CHILD = {"sex": "m", "age": 800, "weight": 12.0, "lenhei": 85.0, "measure": "l"}


def one(**child):
    return compute_zscores_who(pd.DataFrame([{**CHILD, **child}])).iloc[0]


@pytest.mark.parametrize("sex", ["m", "M", 1, 1.0, "1", "L", "l", " m "])
def test_a_boy_may_be_written_in_many_ways(sex):
    assert one(sex=sex)["csex"] == 1


@pytest.mark.parametrize("sex", ["f", "F", 2, 2.0, "2", "P", "p"])
def test_a_girl_may_be_written_in_many_ways(sex):
    assert one(sex=sex)["csex"] == 2


def test_l_is_a_boy_in_the_column_of_sex_and_lying_in_that_of_the_way():
    row = one(sex="L", measure="L")
    assert (row["csex"], row["cmeasure"]) == (1, "l")
    assert row["clenhei"] == pytest.approx(84.3)


@pytest.mark.parametrize("sex", ["h", "3", 0, "", None, "laki"])
def test_another_sex_has_no_z(sex):
    row = one(sex=sex)
    assert row[["csex", "zlen", "flen", "zwfl"]].isna().all()


@pytest.mark.parametrize("way", ["m", "f", "1", "P", "", None])
def test_another_way_of_measuring_corrects_nothing(way):
    row = one(measure=way)
    assert pd.isna(row["cmeasure"])
    assert row["clenhei"] == 85.0


@pytest.mark.parametrize(
    ("code", "swollen"), [("y", 1), ("Y", 1), ("1", 1), (1, 1), ("n", 0), ("2", 0)]
)
def test_with_oedema_only_length_has_a_z(code, swollen):
    row = one(oedema=code)
    assert row[["zwei", "zbmi", "zwfl"]].isna().all() == swollen
    assert row["zlen"] == one()["zlen"]


@pytest.mark.parametrize("code", [1, "1", True, "TRUE", "y"])
def test_the_age_may_be_in_months_row_by_row(code):
    frame = pd.DataFrame([{**CHILD, "age": 26.5, "is_age_in_month": code}, {**CHILD, "age": 807}])
    first, second = compute_zscores_who(frame)["zlen"]
    assert first == second


def test_names_may_be_written_in_capitals():
    frame = pd.DataFrame([CHILD])
    loud = frame.rename(columns=str.upper)
    pd.testing.assert_frame_equal(compute_zscores_who(loud), compute_zscores_who(frame))


def test_with_sex_and_age_alone_every_z_is_missing_but_has_its_column():
    row = compute_zscores_who(pd.DataFrame({"sex": ["m"], "age": [10]})).iloc[0]
    assert row[["zlen", "zwei", "zwfl", "zbmi", "zhc", "zac"]].isna().all()


@pytest.mark.parametrize("column", ["sex", "age"])
def test_without_sex_or_age_the_column_is_named(column):
    with pytest.raises(DefinisiError, match=column):
        compute_zscores_who(pd.DataFrame([CHILD]).drop(columns=column))


def test_a_negative_age_spoils_its_own_row_only():
    frame = pd.DataFrame([CHILD, {**CHILD, "age": -5}, CHILD])
    z = compute_zscores_who(frame)
    assert z["zlen"].notna().tolist() == [True, False, True]
    assert z["zwfl"].notna().tolist() == [True, False, True]


def test_both_faces_give_the_same_z():
    ours = compute_zscores(
        pd.DataFrame(
            [
                {
                    "jenis_kelamin": "L", "usia_hari": 800, "berat_kg": 12.0,
                    "tinggi_cm": 85.0, "cara_ukur": "Terlentang",
                }
            ]
        )
    )  # fmt: skip
    pairs = {"z_tbu": "zlen", "z_bbu": "zwei", "z_bbtb": "zwfl", "z_imtu": "zbmi"}
    assert [ours[mine].iloc[0] for mine in pairs] == [one()[theirs] for theirs in pairs.values()]


def test_a_table_of_who_under_our_names_has_the_same_z():
    who = pd.DataFrame(
        {"sex": ["L", 2, "x"], "age": [12, 400, 400], "is_age_in_month": [1, 0, 0],
         "weight": [9.0, 8.0, 8.0], "lenhei": [75.0, 72.0, 72.0], "measure": ["L", "h", "?"],
         "oedema": ["N", "y", None]}
    )  # fmt: skip
    ours = to_nama_baku(who)
    assert ours["jenis_kelamin"].tolist()[:2] == ["L", "P"]
    assert ours["edema"].tolist() == [False, True, False]
    theirs = compute_zscores_who(who)[["zlen", "zwei", "zwfl", "zbmi"]].to_numpy()
    scored = compute_zscores(ours)[["z_tbu", "z_bbu", "z_bbtb", "z_imtu"]].to_numpy()
    np.testing.assert_array_equal(scored, theirs)


@pytest.mark.parametrize(
    ("lenhei", "measure", "z"),
    [
        (103.1, "l", -0.06),  # 103.1 - 0.7 falls short of 102.4, and R takes the row of 102.5
        (102.39999999999999, "h", -0.06),
        (102.4, "h", -0.04),
        (102.5, "h", -0.06),
        (103.0, "l", -0.02),
        (103.2, "l", -0.06),
    ],
)
def test_a_row_of_the_table_that_r_skips_is_skipped(lenhei, measure, z):
    assert one(weight=16.0, lenhei=lenhei, measure=measure)["zwfl"] == z


@pytest.mark.parametrize("tall", [51.2, 102.4])
def test_of_all_lengths_beside_a_row_r_lifts_only_the_one_just_below(tall):
    beside = [np.nextafter(np.nextafter(tall, 0), 0), np.nextafter(tall, 0), tall, tall + 0.1]
    child = {**CHILD, "age": 300 if tall < 65 else 800, "measure": None, "weight": tall / 8}
    z = compute_zscores_who(pd.DataFrame([{**child, "lenhei": cm} for cm in beside]))
    lifted = z["zwfl"] == z["zwfl"].iloc[-1]
    assert lifted.tolist() == [False, True, False, True]
    assert z["clenhei"].tolist() == beside


def test_our_columns_can_carry_the_slip_of_who_where_it_is_asked_for():
    who = pd.DataFrame([{**CHILD, "weight": 16.0, "lenhei": cm} for cm in (85.0, 103.1)])
    ours = to_nama_baku(who)
    right, theirs = compute_zscores(ours), compute_zscores_as_who(ours)
    assert theirs["z_bbtb"].tolist() == compute_zscores_who(who)["zwfl"].tolist()
    assert (theirs["z_bbtb"] - right["z_bbtb"]).round(6).tolist() == [0.0, -0.02]
    rest = right.columns.drop("z_bbtb")
    pd.testing.assert_frame_equal(theirs[rest], right[rest])
