"""The ladder of codes: which row stands under which, whatever the form of its code."""

import pandas as pd
import pytest

from reviu_lib.ingest.shapes.ladder import build_ladder

GIZI = "1.02.02.2.02.0015"
SKPD = "1.02.0.00.0.00.01.0000"


def _ladder(*rows):
    codes, names = zip(*(row if isinstance(row, tuple) else (row, "") for row in rows), strict=True)
    index = range(1, len(rows) + 1)
    return build_ladder(pd.Series(codes, index=index), pd.Series(names, index=index))


def _parents(*rows):
    return [None if pd.isna(label) else int(label) for label in _ladder(*rows)["induk"]]


def test_work_codes_climb_one_under_the_other():
    rows = ("1", "1.02", "1.02.02", "1.02.02.2.02", GIZI)
    assert _parents(*rows) == [None, 1, 2, 3, 4]


def test_a_missing_level_is_skipped():
    assert _parents("1.02", GIZI, "5.1.02.01") == [None, 1, 2]


def test_accounts_stand_under_the_work_row_above_them():
    rows = (GIZI, "5", "5.1", "5.1.02", "5.1.02.01.01.0026", "5.1.02.01.01.0027")
    assert _parents(*rows) == [None, 1, 2, 3, 4, 4]


def test_the_same_account_under_two_sub_kegiatan_has_two_parents():
    assert _parents(GIZI, "5.1", "1.02.02.2.02.0001", "5.1") == [None, 1, None, 3]


@pytest.mark.parametrize("kode", ["1.02.02.02.02.0015", "1.02.02.2.2.15", " 1.02.02.2.02.0015. "])
def test_dirt_in_a_code_does_not_move_the_row(kode):
    assert _parents("1.02.02.2.02", kode, "5.1") == [None, 1, 2]


@pytest.mark.parametrize(
    ("row", "after", "parent"),
    [
        (("5", "BELANJA DAERAH"), "5.1", 1),
        (("5", ""), "5.1", 1),
        (("5", "UNSUR PENUNJANG URUSAN PEMERINTAHAN"), "5.01", None),
        (("4", "UNSUR PENDUKUNG"), "4.01", None),
    ],
)
def test_a_lone_digit_is_an_account_or_an_urusan_by_what_follows(row, after, parent):
    assert _parents(GIZI, row, after)[1] == parent


def test_urusan_five_of_two_digits_is_never_an_account():
    ladder = _ladder(GIZI, "5.1.02", "5.01.02.2.01.0001", "5.1.02")
    assert ladder["sub_kegiatan"].tolist() == [GIZI, GIZI, "5.01.02.2.01.0001", "5.01.02.2.01.0001"]


def test_leaves_are_rows_with_nothing_below():
    assert _ladder(GIZI, "5.1", "5.1.02")["rinci"].tolist() == [False, False, True]


def test_a_unit_stands_under_its_skpd():
    ladder = _ladder(("1.02.0.00.0.00.01.0000", "Dinas"), ("1.02.0.00.0.00.01.0003", "Unit"), GIZI)
    assert [None if pd.isna(x) else x for x in ladder["induk"]] == [None, 1, 2]
    assert set(ladder["nama_skpd"]) == {"Dinas"}


def test_a_unit_without_its_skpd_speaks_for_itself():
    ladder = _ladder(("1.02.0.00.0.00.01.0003", "Unit"), GIZI)
    assert set(ladder["nama_skpd"]) == {"Unit"}


def test_codes_of_no_known_form_have_no_place_and_disturb_nobody():
    ladder = _ladder(GIZI, "A.1", "5.1")
    assert ladder["dikenal"].tolist() == [True, False, True]
    assert ladder["induk"].tolist()[2] == 1


def test_supporting_programmes_with_x_are_work_codes():
    assert _ladder("X.XX.01.2.01.0001", "5.1")["sub_kegiatan"].tolist() == ["X.XX.01.2.01.0001"] * 2


@pytest.mark.parametrize(
    "kode", [f"{SKPD}.{GIZI}", f"1.02.{SKPD}.02.2.02.0015"], ids=["in front", "behind the bidang"]
)
def test_an_skpd_written_within_a_code_is_its_context_and_not_part_of_it(kode):
    rows = _ladder((SKPD, "DINAS KESEHATAN"), kode, f"{kode}.5.1.02.01.01.0026")
    assert rows["induk"].isna().tolist() == [True, False, False]
    assert set(rows["kode_skpd"]) == {SKPD}
    assert set(rows["nama_skpd"]) == {"DINAS KESEHATAN"}
    assert rows["sub_kegiatan"].tolist() == ["", GIZI, GIZI]


def test_an_skpd_behind_its_bidang_begins_a_new_skpd():
    rows = _ladder((f"1.02.{SKPD}", "DINAS KESEHATAN"), f"1.02.{SKPD}.02.2.02.0015")
    assert rows["nama_skpd"].tolist() == ["DINAS KESEHATAN"] * 2
