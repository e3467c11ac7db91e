"""A raw cell is shown as its value, and never with the identity of a person."""

from datetime import date, datetime, time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.ingest.marking.cells import (
    NIK_DISAMARKAN,
    TELEPON_DISAMARKAN,
    mask_name,
    show_cell,
)

NIK = "1218000101209999"
NAMA = frozenset({"canary anak uji"})


@pytest.mark.parametrize("value", [None, "", float("nan"), pd.NA, pd.NaT, "  ", float("inf")])
@pytest.mark.parametrize("jenis", ["teks", "jumlah", "rupiah", "kode"])
def test_a_blank_cell_shows_nothing(value, jenis):
    assert show_cell(value, jenis, NAMA) is None


@pytest.mark.parametrize(
    ("value", "jenis", "shown"),
    [
        ("Lubuk Pakam I,II", "teks", "Lubuk Pakam I,II"),
        (" Tebing\u00a0Tinggi ", "teks", "Tebing Tinggi"),
        ("=1+1", "teks", "=1+1"),
        (5, "jumlah", 5),
        (0, "jumlah", 0),
        (-1.25, "zskor", -1.25),
        (True, "ya_tidak", "ya"),
        (False, "ya_tidak", "tidak"),
        (date(2021, 8, 10), "tanggal", date(2021, 8, 10)),
        (datetime(2021, 8, 10, 9, 30), "tanggal", datetime(2021, 8, 10, 9, 30)),
        (time(9, 30), "teks", "09:30:00"),
        ("1.250.000", "rupiah", "1.250.000"),
        ("Rp. 1.250.000,-", "rupiah", "Rp. 1.250.000,-"),
    ],
)
def test_an_ordinary_cell_shows_what_was_read(value, jenis, shown):
    assert show_cell(value, jenis, NAMA) == shown


@pytest.mark.parametrize("value", [NIK, int(NIK), float(NIK), f"'{NIK}", "1218 0001 0120 9999"])
@pytest.mark.parametrize(
    "jenis", ["teks", "jumlah", "persen", "desimal", "tanggal", "pilihan", "kode"]
)
def test_a_nik_is_masked_in_every_kind_of_column_but_money(value, jenis):
    shown = str(show_cell(value, jenis, NAMA))
    if jenis == "kode" and " " in str(value):
        return  # a code with blanks between its digits is a code
    assert NIK_DISAMARKAN in shown
    assert "9999" not in shown


@pytest.mark.parametrize("jenis", ["teks", "jumlah", "persen", "pilihan", "kode"])
@pytest.mark.parametrize("value", ["081234567890", "+6281234567890"])
def test_a_telephone_number_is_masked_as_text(value, jenis):
    assert show_cell(value, jenis, NAMA) == TELEPON_DISAMARKAN


@pytest.mark.parametrize("value", [81234567890, 6281234567890, 81234567890.0])
def test_a_telephone_number_is_masked_as_number(value):
    assert show_cell(value, "jumlah", NAMA) == TELEPON_DISAMARKAN
    assert show_cell(value, "rupiah", NAMA) == value


@pytest.mark.parametrize(
    ("value", "jenis"),
    [
        (1234567890123456, "rupiah"),
        ("1234567890123456", "rupiah"),
        ("1.234.567.890.123.456", "rupiah"),
        ("5.1.02.01.01.0024.00001", "kode"),
        ("51020101002400001", "kode"),
        ("1.02.02.2.02.0001", "kode"),
        ("9900000000000000", "kode"),
        ("12.18.02.2001", "kode"),
        (8171012001, "kode"),
    ],
)
def test_money_and_codes_are_not_destroyed(value, jenis):
    assert show_cell(value, jenis, NAMA) == value


def test_words_in_a_money_column_are_masked_like_any_text():
    shown = show_cell("hubungi 081234567890", "rupiah", NAMA)
    assert shown == f"hubungi {TELEPON_DISAMARKAN}"


@pytest.mark.parametrize("jenis", ["teks", "rupiah", "kode", "jumlah", "tanggal"])
def test_a_known_name_is_masked_in_every_kind_of_column(jenis):
    assert show_cell("Canary  ANAK uji", jenis, NAMA) == "[nama disamarkan]"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), st.sampled_from(["teks", "jumlah", "tanggal", "pilihan"]))
def test_no_text_around_it_saves_a_nik(around, jenis):
    shown = str(show_cell(f"{around} {NIK} {around}", jenis, NAMA))
    assert NIK not in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"anak {NIK}.xlsx", "anak [NIK disamarkan].xlsx"),
        ("Canary Anak Uji", "[nama disamarkan]"),
        ("cakupan\n2021", "cakupan 2021"),
    ],
)
def test_names_of_files_and_sheets_are_masked(text, shown):
    assert mask_name(text, NAMA) == shown
