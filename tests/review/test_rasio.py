"""Quotients, scores, and classes: the arithmetic every chapter rests on."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.catalog import load_ambang
from reviu_lib.review.rasio import (
    cells,
    clamp_skor,
    classify,
    compare_target,
    compute_gap_closed,
    compute_persen,
    compute_skor,
    group_mixed,
    join_key,
    one_or_mixed,
    parent_code,
    persen,
    sum_known,
)

NAN = float("nan")
SKALA = load_ambang().skala["capaian"]
COUNTS = st.integers(min_value=0, max_value=10**9)
quick = settings(deadline=None, max_examples=40)


@pytest.mark.parametrize(
    ("pembilang", "penyebut", "expected"),
    [
        (58, 100, 58.0),
        (0, 100, 0.0),
        (5, 0, None),
        (0, 0, None),
        (None, 100, None),
        (5, None, None),
        (4970, 4539, 4970 * 100 / 4539),
    ],
)
def test_a_share_is_missing_without_a_denominator_and_zero_only_when_counted(
    pembilang, penyebut, expected
):
    one = persen(pembilang, penyebut)
    many = compute_persen(pd.Series([pembilang], dtype="Int64"), pd.Series([penyebut]))[0]
    assert (None if math.isnan(one) else one) == expected
    assert (None if math.isnan(many) else many) == expected


@quick
@given(pembilang=COUNTS, penyebut=COUNTS)
def test_one_number_and_a_column_give_the_same_share(pembilang, penyebut):
    column = compute_persen(pd.Series([pembilang]), pd.Series([penyebut]))[0]
    alone = persen(pembilang, penyebut)
    assert column == alone or (math.isnan(column) and math.isnan(alone))


@quick
@given(st.integers(min_value=0, max_value=100))
def test_n_of_a_hundred_is_exactly_n_percent(count):
    assert persen(count, 100) == count


@pytest.mark.parametrize(
    ("capaian", "target", "arah", "skor"),
    [
        (80, 80, "naik", 100),
        (40, 80, "naik", 50),
        (15.5, 15.5, "turun", 100),
        (31, 15.5, "turun", 0),
        (0, 15.5, "turun", 200),
        (10, 0, "naik", None),
        (10, 0, "turun", None),
        (NAN, 80, "naik", None),
        (80, NAN, "turun", None),
    ],
)
def test_the_score_follows_the_direction_and_needs_a_positive_target(capaian, target, arah, skor):
    value = compute_skor(pd.Series([capaian]), pd.Series([target]), pd.Series([arah]))[0]
    assert (None if math.isnan(value) else value) == skor


def test_scores_are_clamped_to_zero_and_one_hundred_and_missing_stays_missing():
    assert clamp_skor(pd.Series([-5.0, 0, 55, 100, 140])).tolist() == [0, 0, 55, 100, 100]
    assert clamp_skor(pd.Series([NAN])).isna().all()


@pytest.mark.parametrize(
    ("awal", "capaian", "target", "closed"),
    [
        (24, 20, 18, 400 / 6),
        (24, 24, 18, 0),
        (24, 26, 18, -200 / 6),
        (24, 18, 18, 100),
        (18, 18, 18, None),
        (NAN, 20, 18, None),
        (24, NAN, 18, None),
        (24, 20, NAN, None),
    ],
)
def test_the_gap_closed_is_the_way_gone_of_the_way_to_go(awal, capaian, target, closed):
    value = compute_gap_closed(awal, capaian, target)
    assert math.isnan(value) if closed is None else value == pytest.approx(closed)


@pytest.mark.parametrize(
    ("nilai", "kelas"),
    [
        (100, "Sangat tinggi"),
        (91, "Sangat tinggi"),
        (90.999, "Tinggi"),
        (76, "Tinggi"),
        (75.999, "Sedang"),
        (66, "Sedang"),
        (65.999, "Rendah"),
        (51, "Rendah"),
        (50.999, "Sangat rendah"),
        (0, "Sangat rendah"),
    ],
)
def test_a_class_begins_at_its_lower_limit_of_the_unrounded_value(nilai, kelas):
    assert classify(pd.Series([nilai]), SKALA)[0] == kelas


def test_a_missing_value_has_no_class_and_the_index_is_kept():
    frame = classify(pd.Series([NAN, 95.0], index=[7, 3]), SKALA)
    assert frame.index.tolist() == [7, 3]
    assert frame.isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("capaian", "target", "arah", "status"),
    [
        (80, 80, "naik", "tercapai"),
        (79.9999, 80, "naik", "belum tercapai"),
        (15.5, 15.5, "turun", "tercapai"),
        (15.50001, 15.5, "turun", "belum tercapai"),
        (0, 0, "turun", "tercapai"),
        (NAN, 80, "naik", "belum dapat dinilai"),
        (80, NAN, "turun", "belum dapat dinilai"),
    ],
)
def test_a_target_is_reached_from_the_unrounded_value_in_its_direction(
    capaian, target, arah, status
):
    result = compare_target(pd.Series([capaian]), pd.Series([target]), pd.Series([arah]))
    assert result[0] == status


def test_a_group_of_only_missing_values_stays_missing_in_a_sum():
    frame = pd.DataFrame({"k": ["a", "a", "b", None], "n": [1.0, NAN, NAN, 2.0]})
    sums = sum_known(frame, ["k"], ["n"])["n"]
    assert sums["a"] == 1
    assert pd.isna(sums["b"])
    assert sums.sum() == 3


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], None),
        ([None, None], None),
        (["riil", None], "riil"),
        (["riil", "proyeksi"], "campuran"),
    ],
)
def test_several_kinds_are_called_mixed_and_none_is_missing(values, expected):
    series = pd.Series(values, dtype="string")
    assert one_or_mixed(series) == expected
    if values:
        grouped = group_mixed(pd.DataFrame({"k": "a", "v": series}).groupby("k")["v"])["a"]
        assert (None if pd.isna(grouped) else grouped) == expected


def test_references_name_table_row_and_column():
    assert cells("ringkasan", "pagu_rp", "nilai") == "ringkasan/pagu_rp/nilai"
    assert cells("t", "a", "x", "y") == "t/a/x;t/a/y"


@pytest.mark.parametrize(
    ("kode", "mark", "parent"),
    [
        ("12.18.02.2001", ".", "12.18.02"),
        ("12.18.02", ".", "12.18"),
        ("12", ".", "12"),
        ("K1|Dana Desa", "|", "K1"),
        ("K|1|APBD", "|", "K|1"),
    ],
)
def test_a_code_without_its_last_part_is_its_parent(kode, mark, parent):
    assert parent_code(pd.Series([kode], dtype="string"), mark)[0] == parent


def test_a_row_key_has_no_blank_and_no_sign_that_parts_an_address():
    parts = pd.Series(["puskesmas", "desa"]), pd.Series(["Sei  Buluh; I/II", None])
    assert join_key(*parts).tolist() == ["puskesmas:Sei_Buluh_I_II", "desa:"]
