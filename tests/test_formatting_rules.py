"""Rules of writing at their edges: words, scales, signs, time, and what must never leak."""

import re
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib import formatting
from reviu_lib.formatting import BULAN, FORMATS, KOSONG, format_value, mask_identity

NIK = "1218000101010001"


@pytest.mark.parametrize("value", [None, float("nan"), np.float64("nan"), pd.NA, pd.NaT])
def test_every_kind_of_missing_is_missing(value):
    assert formatting.is_missing(value)


@pytest.mark.parametrize("value", [0, 0.0, "", "–", False, "nan", float("inf"), Decimal(0), []])
def test_zero_and_empty_text_are_not_missing(value):
    assert not formatting.is_missing(value)


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        (0.125, 2, "0.13"),
        (1.005, 2, "1.01"),
        (2.675, 2, "2.68"),
        (-2.675, 2, "-2.68"),
        (89.995, 2, "90.00"),
        (Decimal("0.05"), 1, "0.1"),
        (149, -2, "100"),
        (150, -2, "200"),
    ],
)
def test_rounding_follows_the_printed_digits_and_not_the_binary_ones(value, decimals, rounded):
    assert formatting.round_half_up(value, decimals) == Decimal(rounded)


@settings(deadline=None, max_examples=50)
@given(st.integers(-(10**9), 10**9), st.integers(0, 3))
def test_a_whole_number_keeps_its_value_at_any_number_of_decimals(value, decimals):
    text = formatting.format_number(value, decimals)
    assert Decimal(text.replace(".", "").replace(",", ".")) == value


@settings(deadline=None, max_examples=50)
@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_a_larger_number_never_prints_as_a_smaller_one(first, second):
    low, high = sorted((first, second))
    assert formatting.round_half_up(low, 1) <= formatting.round_half_up(high, 1)


@pytest.mark.parametrize("value", [np.int64(1500), np.float64(1500), pd.NA, 1500, Decimal(1500)])
def test_numbers_of_any_library_print_alike(value):
    expected = KOSONG if value is pd.NA else "1.500"
    assert format_value(value, "jumlah") == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "satu"),
        (2.0, "dua"),
        (9, "sembilan"),
        (10, "10"),
        (0, "0"),
        (-1, "-1"),
        (1234, "1.234"),
        (None, KOSONG),
    ],
)
def test_one_to_nine_are_words_and_the_rest_are_digits(value, text):
    assert format_value(value, "bilangan") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Stok kosong.", "stok kosong"),
        ("Stok kosong. ", "stok kosong"),
        ("PUS belum terdata", "PUS belum terdata"),
        ("KPM", "KPM"),
        ("A", "A"),
        ("Élan", "élan"),
        ("sudah kecil", "sudah kecil"),
        ("2 desa", "2 desa"),
        ("", KOSONG),
    ],
)
def test_text_inside_a_sentence_is_small_but_an_abbreviation_is_not(value, text):
    assert format_value(value, "teks_sambung") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("stok kosong.", "Stok kosong"), ("PUS", "PUS"), ("", KOSONG), ("<b>x</b>", "<b>x</b>")],
)
def test_text_that_opens_a_sentence_has_a_capital_and_no_full_stop(value, text):
    assert format_value(value, "teks_kalimat") == text


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "=1+1", "$x$", "a" * 500, "ﷺ"])
def test_text_is_shown_as_it_is_and_made_safe_by_whoever_writes_the_file(value):
    assert format_value(value, "teks") == value


@pytest.mark.parametrize(
    ("value", "text"), [(True, "ya"), (np.bool_(False), "tidak"), (0, "0"), (1, "1")]
)
def test_only_a_boolean_is_yes_or_no(value, text):
    assert format_value(value, "ya_tidak") == text


@pytest.mark.parametrize("name", [name for name in FORMATS if name.endswith("_mutlak")])
def test_an_absolute_format_shows_no_sign(name):
    assert format_value(-12.5, name) == format_value(12.5, name)
    assert not format_value(-12.5, name).startswith("-")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("jumlah", "1.235"),
        ("tahun", "1235"),
        ("desimal", "1.234,57"),
        ("desimal1", "1.234,6"),
        ("persen", "1.234,6"),
        ("persen2", "1.234,57"),
        ("persen3", "1.234,568"),
        ("poin", "1.234,6"),
        ("poin2_mutlak", "1.234,57"),
        ("poin3_mutlak", "1.234,568"),
        ("zskor", "1.234,57"),
        ("rupiah", "Rp1.235"),
        ("rupiah_ringkas", "Rp1.235"),
    ],
)
def test_a_format_has_its_decimals(name, text):
    assert format_value(1234.5678, name) == text


@pytest.mark.parametrize(
    ("value", "text"), [(12.10, "12,1"), (0.004, "0"), (100.0, "100"), (-0.5, "-0,5"), (10, "10")]
)
def test_at_most_two_decimals_without_trailing_zeros_of_the_fraction(value, text):
    assert format_value(value, "desimal") == text


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_indonesian_name(month):
    assert formatting.format_tanggal(date(2024, month, 9)) == f"9 {BULAN[month - 1]} 2024"


def test_a_leap_day_and_a_single_digit_day_are_written_plainly():
    assert formatting.format_tanggal(date(2024, 2, 29)) == "29 Februari 2024"
    assert formatting.format_tanggal(pd.Timestamp(2024, 1, 1)) == "1 Januari 2024"


@pytest.mark.parametrize("value", [None, pd.NaT])
def test_a_missing_time_is_a_dash(value):
    assert formatting.format_waktu(value) == KOSONG


def test_midnight_is_a_time_of_day_too():
    assert formatting.format_waktu(datetime(2024, 5, 1)) == "1 Mei 2024 pukul 00.00"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1_004_999, "Rp1,00 juta"),
        (1_005_000, "Rp1,01 juta"),
        (999_995_000, "Rp1,00 miliar"),
        (999_994_999_999, "Rp999,99 miliar"),
        (999_995_000_000, "Rp1,00 triliun"),
        (1_234_567_000_000_000, "Rp1.234,57 triliun"),
        (-999_999, "-Rp999.999"),
        (1, "Rp1"),
    ],
)
def test_money_in_words_changes_scale_where_it_would_round_up(value, text):
    assert formatting.format_rupiah_ringkas(value) == text


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10**14))
def test_money_in_words_is_within_half_a_percent_of_the_amount(value):
    number, _, word = formatting.format_rupiah_ringkas(value).removeprefix("Rp").partition(" ")
    scale = {"": 1, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}[word]
    shown = float(number.replace(".", "").replace(",", ".")) * scale
    assert abs(shown - value) <= 0.00501 * max(value, 1)


@pytest.mark.parametrize(
    ("value", "other", "least", "most", "decimals"),
    [
        (89.995, 90.0, 1, 3, 3),
        (89.94, 90.0, 1, 3, 1),
        (1.0, 1.0001, 0, 2, 2),
        (5.4, 5.6, 0, 3, 0),
        (5.0, 5.0, 2, 3, 2),
    ],
)
def test_decimals_grow_only_until_the_numbers_differ(value, other, least, most, decimals):
    assert formatting.decimals_to_tell_apart(value, other, least, most) == decimals


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(["Kec. A", "PMT", "ibu hamil"]), max_size=6))
def test_a_list_names_every_item_and_has_dan_once_at_most(items):
    text = formatting.join_list(items)
    assert text.count(" dan ") == (len(items) > 1)
    assert re.findall("Kec. A|PMT|ibu hamil", text) == items


def test_a_list_of_two_has_no_comma_and_a_list_of_three_has_two():
    assert [formatting.join_list("abc"[:n]).count(",") for n in (1, 2, 3)] == [0, 0, 2]


@pytest.mark.parametrize(
    "text",
    [
        f"<b>{NIK}</b>",
        f"={NIK}",
        f"${NIK}$",
        f"NIK:{NIK},KK:{NIK}",
        f"{NIK}\n{NIK}",
        f"{NIK}" * 2,
        "١٢١٨٠٠٠١٠١٠١٠٠٠١",
        "1218’0001’0101’0001",
    ],
)
def test_no_identity_survives_in_markup_formulas_or_other_digits(text):
    shown = mask_identity(text)
    assert "[NIK disamarkan]" in shown
    assert not re.search(r"\d{4}", shown)


@pytest.mark.parametrize("text", ["", " ", "15 digit 121800010101000", "Rp1.250.000", "12.18"])
def test_a_text_without_identity_is_left_alone(text):
    assert mask_identity(text) == text


def test_what_stands_around_an_identity_is_kept():
    assert mask_identity(f"baris 7: {NIK} (HP 081200000001)") == (
        "baris 7: [NIK disamarkan] (HP [nomor telepon disamarkan])"
    )
