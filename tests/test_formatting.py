"""Numbers, money, dates, and lists read as Indonesians write them; identity is masked."""

import re
from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviu_lib import formatting
from reviu_lib.formatting import FORMATS, KOSONG, format_value, mask_identity

ID_NUMBER = re.compile(r"-?\d{1,3}(\.\d{3})*(,\d+)?")
MISSING = [None, float("nan"), pd.NA, pd.NaT]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (18.65, 1, "18,7"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (1234567.8, 1, "1.234.567,8"),
        (1234567, 0, "1.234.567"),
        (999.95, 1, "1.000,0"),
        (0, 1, "0,0"),
        (-0.04, 1, "0,0"),
        (1e15, 0, "1.000.000.000.000.000"),
    ],
)
def test_numbers_are_rounded_half_up_with_dot_and_comma(value, decimals, text):
    assert formatting.format_number(value, decimals) == text


@given(
    st.floats(-1e12, 1e12, allow_nan=False),
    st.integers(0, 4),
)
def test_a_printed_number_reads_back_within_half_a_step(value, decimals):
    text = formatting.format_number(value, decimals)
    assert ID_NUMBER.fullmatch(text)
    back = Decimal(text.replace(".", "").replace(",", "."))
    assert abs(back - Decimal(str(value))) <= Decimal("0.5").scaleb(-decimals)


@given(st.integers(-(10**15), 10**15))
def test_whole_rupiah_loses_no_rupiah(value):
    text = formatting.format_rupiah(value)
    assert int(text.replace("Rp", "").replace(".", "")) == value
    assert " " not in text


@pytest.mark.parametrize("name", list(FORMATS))
@pytest.mark.parametrize("missing", MISSING)
def test_missing_is_a_dash_in_every_format_and_never_zero(name, missing):
    assert format_value(missing, name) == KOSONG


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4_250_000_000, "Rp4,25 miliar"),
        (1_000_000, "Rp1,00 juta"),
        (999_999, "Rp999.999"),
        (995_000_000, "Rp995,00 juta"),
        (999_999_999, "Rp1,00 miliar"),
        (999_994_999, "Rp999,99 juta"),
        (1_500_000_000_000, "Rp1,50 triliun"),
        (999_999_999_999, "Rp1,00 triliun"),
        (-2_000_000, "-Rp2,00 juta"),
        (0, "Rp0"),
        (-0.4, "Rp0"),
    ],
)
def test_rupiah_in_words_of_scale(value, text):
    assert formatting.format_rupiah_ringkas(value) == text


@given(st.integers(10**6, 10**15 - 1))
def test_rupiah_in_words_never_shows_a_thousand_of_a_scale_below_triliun(value):
    text = formatting.format_rupiah_ringkas(value)
    assert text.endswith("triliun") or "." not in text


@pytest.mark.parametrize(
    ("value", "name", "text"),
    [
        (date(2024, 12, 10), "tanggal", "10 Desember 2024"),
        (pd.Timestamp(2021, 8, 5), "tanggal", "5 Agustus 2021"),
        (2024, "tahun", "2024"),
        (2024.0, "tahun", "2024"),
        (True, "ya_tidak", "ya"),
        (False, "ya_tidak", "tidak"),
        ("", "teks", KOSONG),
        ("12.10", "kode", "12.10"),
        (12.5, "desimal", "12,5"),
        (12.0, "desimal", "12"),
        (100, "desimal", "100"),
        (12.345, "desimal", "12,35"),
        (66.66666, "persen", "66,7"),
        (33.335, "persen2", "33,34"),
        (-2.345, "zskor", "-2,35"),
        (1 / 2001, "peluang", "0,0005"),
        (-12, "hari_mutlak", "12"),
        (-3.25, "poin_mutlak", "3,3"),
        (12345, "jumlah", "12.345"),
    ],
)
def test_each_kind_prints_in_its_own_way(value, name, text):
    assert format_value(value, name) == text


def test_time_of_day_is_written_with_pukul():
    assert formatting.format_waktu(datetime(2024, 12, 10, 9, 30)) == (
        "10 Desember 2024 pukul 09.30"
    )
    assert formatting.format_waktu(date(2024, 12, 10)) == "10 Desember 2024"


@pytest.mark.parametrize(
    ("value", "other", "decimals"),
    [(80.04, 79.96, 2), (80.0, 80.0, 1), (80.0, 79.0, 1), (80.0004, 80.0, 3), (80.004, 80.0, 3)],
)
def test_different_numbers_get_decimals_enough_to_differ(value, other, decimals):
    assert formatting.decimals_to_tell_apart(value, other) == decimals


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a dan b"), (["a", "b", "c"], "a, b, dan c")],
)
def test_lists_end_with_dan(items, text):
    assert formatting.join_list(items) == text


def test_an_unknown_format_is_an_error():
    with pytest.raises(KeyError):
        format_value(1, "persenn")


@pytest.mark.parametrize(
    "nik",
    [
        "1218000101010001",
        "'1218000101010001",
        "1218 0001 0101 0001",
        "1218-0001-0101-0001",
        "12.18.00.010101.0001",
        "121800\u00a0010101\u00a00001",
        "1218000101010001.0",
        "1.218.000.101.010.001",
        "1.218000101010001E+15",
        "1,218000101E+15",
        "121800010101000101",
        "7,1218000101010001",
        "7.1218000101010001",
    ],
)
def test_a_nik_is_masked_however_it_is_written(nik):
    shown = mask_identity(f"sel B7 berisi {nik} pada baris 7")
    assert "[NIK disamarkan]" in shown
    assert not re.search(r"0001\D*0101|218\D?000", shown)


@pytest.mark.parametrize(
    "phone",
    [
        "081200000001",
        "0812-0000-0001",
        "0812 0000 0001",
        "+6281200000001",
        "62 812 0000 0001",
        "(0812) 0000-0001",
        "+62 (812) 0000 0001",
    ],
)
def test_a_mobile_number_is_masked_however_it_is_written(phone):
    assert mask_identity(f"HP {phone}, RT 3") == "HP [nomor telepon disamarkan], RT 3"


@pytest.mark.parametrize(
    "text",
    [
        "Rp1.234.567.890.123",
        "8.123.456.789",
        "1.02.02.2.02.0015",
        "12.18.02.2001",
        "97.30000000000001",
        "97,30000000000001",
        "0.8333333333333334",
        "8.333333333333333e-05",
        "2019 2020 2021 2022",
        "2021-12-20 2021-12-21",
        "08.12.2021 10.30",
        "12,5 kg",
    ],
)
def test_money_codes_years_and_measures_are_not_masked(text):
    assert mask_identity(text) == text


@given(st.text(), st.from_regex(r"[13-9][0-9]{15}", fullmatch=True), st.text())
def test_no_sixteen_digit_run_survives_in_any_text(before, nik, after):
    assert nik not in mask_identity(f"{before} {nik} {after}")


@given(st.text())
def test_masking_twice_changes_nothing_more(text):
    once = mask_identity(text)
    assert mask_identity(once) == once


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, ""), (1, "a0"), (2, "a0; a1"), (3, "a0; a1; dan 1 lainnya"), (9, "a0; a1; dan 7 lainnya")],
)
def test_a_long_list_names_its_first_and_counts_the_rest(count, shown):
    items = [f"a{number}" for number in range(count)]
    assert formatting.list_first(items, 2) == shown
    assert formatting.list_first(items, 2, pemisah=", ") == shown.replace(";", ",")
