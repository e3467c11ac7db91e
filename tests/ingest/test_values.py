"""Numbers and dates are read as written, or not at all; never as another value."""

import time
import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.formatting import BULAN, format_number, format_rupiah, format_tanggal
from reviu_lib.ingest.parse import clean_text, parse_dates, parse_number, parse_numbers

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "nilai.toml").read_text("utf-8"))
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


def _series(values):
    return pd.Series(values, dtype=object)


def _reasons(case):
    return case.get("alasan", [""] * len(case["kolom"]))


@pytest.mark.parametrize("case", CASES["bilangan"], ids=lambda case: case["pola"])
def test_a_number_is_read_as_its_column_means_it(case):
    read = parse_numbers(_series(case["kolom"]), case["titik"])
    assert list(read.nilai.dropna()) == case["nilai"]
    assert list(read.alasan) == _reasons(case)


@pytest.mark.parametrize("case", CASES["tanggal"], ids=lambda case: case["pola"])
def test_a_date_is_read_day_before_month(case):
    rules = {key: case.get(key) for key in ("tahun", "ujung", "urutan")}
    read = parse_dates(_series(case["kolom"]), **rules)
    assert [day.date() for day in read.nilai.dropna()] == case["nilai"]
    assert list(read.alasan) == _reasons(case)


@given(st.integers(-(10**13), 10**13))
def test_a_printed_count_reads_back_the_same(number):
    assert parse_number(format_number(number), "ribuan") == (number, "")


@given(st.integers(-(10**13), 10**13))
def test_printed_rupiah_read_back_the_same(number):
    assert parse_number(format_rupiah(number), "ribuan") == (number, "")


@given(st.decimals(-999_999, 999_999, places=2))
def test_a_printed_decimal_reads_back_the_same(number):
    for titik in ("desimal", "profil"):
        assert parse_number(format_number(number, 2), titik) == (float(number), "")


@given(st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 1)))
def test_a_dot_with_one_decimal_is_never_a_thousands_mark(number):
    for titik in ("ribuan", "desimal", "profil"):
        assert parse_number(f"{number:.1f}", titik)[0] == number


@given(st.text(alphabet="0123456789., ", max_size=14), st.sampled_from(["ribuan", "desimal"]))
def test_no_digit_is_ever_lost_or_added(text, titik):
    value, _ = parse_number(text, titik)
    if value is not None:
        digits = "".join(char for char in text if char.isdigit()).lstrip("0")
        shown = format(Decimal(repr(value)), "f").replace(".", "").replace("-", "").lstrip("0")
        assert shown.rstrip("0") == digits.rstrip("0")


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_has_a_reason(text):
    value, reason = parse_number(text, "profil")
    assert (value is None) == (reason not in {"", "titik dibaca ribuan"})


@settings(max_examples=30)
@given(DAYS)
def test_every_way_to_write_a_date_reads_back_the_same(day):
    ways = [
        format_tanggal(day),
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day.day} {BULAN[day.month - 1].upper()} {day.year}",
        f"{day.day}-{BULAN[day.month - 1][:3]}-{day.year}",
    ]
    for way in ways:
        assert list(parse_dates(_series([way])).nilai) == [pd.Timestamp(day)]


@settings(max_examples=30)
@given(DAYS.filter(lambda day: day.day > 12))
def test_month_before_day_is_never_read(day):
    assert parse_dates(_series([f"{day:%m/%d/%Y}"])).nilai.isna().all()


@settings(max_examples=30)
@given(st.lists(DAYS, min_size=1, max_size=20))
def test_a_column_of_day_first_dates_is_read_whole(days):
    anchor = date(2024, 1, 31)
    column = _series([f"{day:%d/%m/%Y}" for day in [*days, anchor]])
    assert list(parse_dates(column).nilai) == [pd.Timestamp(day) for day in [*days, anchor]]


def test_real_dates_and_date_times_lose_only_their_hour():
    cells = _series([date(2024, 5, 1), pd.Timestamp(2024, 5, 1, 9, 30)])
    assert list(parse_dates(cells).nilai) == [pd.Timestamp(2024, 5, 1)] * 2


def test_a_date_or_truth_value_in_a_number_column_is_not_a_number():
    read = parse_numbers(_series([date(2024, 5, 1), True, timedelta(days=2)]), "desimal")
    assert list(read.alasan) == ["bukan bilangan"] * 3


def test_invisible_characters_vanish_from_words():
    assert clean_text("\u202eDesa\u200b\u00a0 Sei\x07\nBuluh\ufeff ") == "Desa Sei Buluh"


@pytest.mark.parametrize("text", ["1" * 100_000, "1." * 50_000, "(" * 100_000, " " * 100_000])
def test_hostile_text_is_answered_at_once(text):
    start = time.perf_counter()
    parse_number(text, "profil")
    parse_dates(_series([text]))
    assert time.perf_counter() - start < 1
