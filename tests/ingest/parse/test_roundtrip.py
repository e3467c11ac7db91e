"""Whatever is written in a supported way comes back; a wrong way is never taken in silence."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.formatting import BULAN
from reviu_lib.ingest.parse import parse_dates, parse_number, parse_numbers
from reviu_lib.ingest.parse.numbers import Titik
from reviu_lib.ingest.parse.percent import parse_percent
from reviu_lib.ingest.parse.rupiah import parse_rupiah
from reviu_lib.ingest.parse.texts import Terbaca

CARA = ["id", "en", "polos"]
SKALA = [1, 10**3, 10**6, 10**9]
BILANGAN = st.decimals(-999_999, 999_999, places=3)
KECIL = st.decimals(-999, 999, places=3)
RUPIAH = st.integers(-(10**13), 10**13)
HARI = st.dates(date(1990, 1, 1), date(2035, 12, 31))
# One cell that only this writing explains.
BUKTI = {"id": ("1.234.567,5", 1234567.5), "en": ("1,234,567.5", 1234567.5)}


def write(number, cara):
    """Return a number as Indonesians (1.234,5), Americans (1,234.5), or programs (1234.5) do."""
    number = Decimal(number)
    text = f"{number.normalize():f}" if number % 1 else f"{int(number)}"
    if cara == "polos":
        return text
    whole, _, rest = text.partition(".")
    english = f"{int(whole):,}" if whole not in {"-0", "0"} else whole
    english = f"{english}.{rest}" if rest else english
    return english if cara == "en" else english.translate(str.maketrans(".,", ",."))


def series(values):
    return pd.Series(values, dtype=object)


def honest(read, truth):
    """Every cell is right, missing, or told."""
    cells = zip(read.nilai, read.alasan, truth, strict=True)
    return all(pd.isna(got) or reason or got == want for got, reason, want in cells)


@settings(deadline=None)
@given(st.lists(BILANGAN, min_size=1, max_size=8), st.sampled_from(["id", "en"]))
def test_a_declared_writing_reads_every_number_back(numbers, cara: Titik):
    read = parse_numbers(series([write(number, cara) for number in numbers]), cara)
    assert list(read.nilai) == [float(number) for number in numbers]


@settings(deadline=None)
@given(st.lists(BILANGAN, min_size=1, max_size=8), st.sampled_from(["id", "en"]))
def test_a_column_that_shows_its_writing_needs_no_declaration(numbers, cara):
    text, value = BUKTI[cara]
    read = parse_numbers(series([text, *(write(number, cara) for number in numbers)]), "profil")
    assert list(read.nilai) == [value, *(float(number) for number in numbers)]


@settings(deadline=None)
@given(st.lists(BILANGAN, min_size=1, max_size=8), st.sampled_from(CARA))
def test_an_undeclared_writing_is_right_missing_or_told(numbers, cara):
    read = parse_numbers(series([write(number, cara) for number in numbers]), "profil")
    assert honest(read, [float(number) for number in numbers])


@settings(deadline=None)
@given(st.lists(BILANGAN, min_size=1, max_size=8), st.sampled_from([("id", "en"), ("en", "id")]))
def test_a_wrongly_declared_writing_gives_no_other_number(numbers, ways):
    written, declared = ways
    text, value = BUKTI[written]
    cells = [text, *(write(number, written) for number in numbers)]
    read = parse_numbers(series(cells), declared)
    truth = [value, *(float(number) for number in numbers)]
    assert all(pd.isna(got) or got == want for got, want in zip(read.nilai, truth, strict=True))
    assert pd.isna(read.nilai[0])


@settings(deadline=None)
@given(st.lists(KECIL, min_size=1, max_size=8), st.sampled_from(CARA))
def test_kilograms_and_percentages_read_back_in_any_writing(numbers, cara):
    read = parse_numbers(series([write(number, cara) for number in numbers]), "desimal")
    assert honest(read, [float(number) for number in numbers])


@settings(deadline=None)
@given(st.integers(-(10**8), 10**8), st.sampled_from(CARA))
def test_a_count_reads_back_in_any_writing(number, cara):
    assert parse_number(write(number, cara), "ribuan") == (number, "")


@settings(deadline=None)
@given(RUPIAH, st.sampled_from(CARA), st.sampled_from(["", "Rp", "Rp ", "Rp. ", "IDR "]))
def test_rupiah_read_back_in_any_writing_and_with_any_sign(number, cara, sign):
    read = parse_rupiah(series([f"{sign}{write(number, cara)}"]))
    assert (list(read.nilai), list(read.alasan)) == ([number], [""])


@settings(deadline=None)
@given(RUPIAH, st.sampled_from(SKALA), st.sampled_from(["id", "en"]))
def test_rupiah_in_a_declared_scale_read_back_to_the_last_rupiah(number, kali, cara: Titik):
    read = parse_rupiah(series([write(Decimal(number) / kali, cara)]), cara, kali=kali)
    assert list(read.nilai) == [number]


@settings(deadline=None)
@given(st.lists(RUPIAH, min_size=1, max_size=6), st.sampled_from(SKALA[1:]), st.sampled_from(CARA))
def test_scaled_rupiah_of_unknown_writing_are_right_missing_or_told(numbers, kali, cara):
    cells = [write(Decimal(number) / kali, cara) for number in numbers]
    assert honest(parse_rupiah(series(cells), kali=kali), numbers)


@settings(deadline=None)
@given(st.integers(1, 10**5), st.sampled_from([("ribu", 3), ("juta", 6), ("jt", 6), ("miliar", 9)]))
def test_a_cell_that_says_its_scale_is_read_by_it(number, unit):
    word, zeros = unit
    read = parse_rupiah(series([f"Rp {number} {word}", "1.234.567"]))
    assert list(read.nilai) == [number * 10**zeros, 1_234_567]


@settings(deadline=None)
@given(st.lists(RUPIAH, min_size=1, max_size=6), st.sampled_from(SKALA))
def test_stored_numbers_are_scaled_like_written_ones(numbers, kali):
    read = parse_rupiah(series([number / kali for number in numbers]), kali=kali)
    assert list(read.nilai) == numbers


@settings(deadline=None)
@given(st.decimals(0, 300, places=2), st.sampled_from(["id", "polos"]))
def test_a_percentage_with_its_sign_reads_back(number, cara):
    read = parse_percent(series([f"{write(number, cara)}%"] * 2))
    assert list(read.nilai) == [float(number)] * 2


@settings(deadline=None)
@given(st.lists(st.decimals(0, 3, places=4), min_size=1, max_size=6))
def test_declared_fractions_become_percent_and_nothing_else_does(numbers):
    cells = series([float(number) for number in numbers])
    declared = parse_percent(cells, satuan="pecahan")
    assert list(declared.nilai) == [float(number * 100) for number in numbers]
    undeclared = parse_percent(cells)
    assert honest(undeclared, [float(number) for number in numbers])


@settings(deadline=None)
@given(st.lists(st.decimals("0.0001", 1, places=4), min_size=2, max_size=6))
def test_a_column_of_fractions_is_never_taken_for_percent(numbers):
    assert parse_percent(series([float(number) for number in numbers])).nilai.isna().all()


WAYS = {
    "hari": ["{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d} / {m} / {y}"],
    "bulan": ["{m}/{d}/{y}", "{m:02}/{d:02}/{y}", "{m}-{d}-{y}"],
}
SURE = ["{y}-{m:02}-{d:02}", "{d} {bulan} {y}", "{d}-{bulan}-{y}", "{d}.{m}.{y}"]


def dated(day, way):
    return way.format(d=day.day, m=day.month, y=day.year, bulan=BULAN[day.month - 1])


@pytest.mark.parametrize("urutan", ["hari", "bulan"])
@settings(max_examples=40, deadline=None)
@given(days=st.lists(HARI, min_size=1, max_size=8), data=st.data())
def test_a_declared_order_reads_every_date_back(urutan, days, data):
    way = data.draw(st.sampled_from(WAYS[urutan]))
    read = parse_dates(series([dated(day, way) for day in days]), urutan=urutan)
    assert list(read.nilai.dt.date) == days


@pytest.mark.parametrize("urutan", ["hari", "bulan"])
@settings(max_examples=40, deadline=None)
@given(days=st.lists(HARI, min_size=1, max_size=8))
def test_an_undeclared_order_is_right_missing_or_told(urutan, days):
    read = parse_dates(series([dated(day, WAYS[urutan][0]) for day in days]))
    assert honest(Terbaca(read.nilai.dt.date, read.alasan), days)


@pytest.mark.parametrize(("written", "declared"), [("hari", "bulan"), ("bulan", "hari")])
@settings(max_examples=40, deadline=None)
@given(days=st.lists(HARI, min_size=1, max_size=8))
def test_a_wrongly_declared_order_never_turns_a_date_beside_proof(written, declared, days):
    anchor = date(2024, 1, 31)
    cells = series([dated(day, WAYS[written][0]) for day in [anchor, *days]])
    read = parse_dates(cells, urutan=declared)
    pairs = zip(read.nilai.dt.date, [anchor, *days], strict=True)
    assert all(pd.isna(got) or got == want for got, want in pairs)


@settings(max_examples=40, deadline=None)
@given(st.lists(HARI, min_size=1, max_size=8), st.sampled_from(SURE))
def test_a_writing_with_one_meaning_needs_no_order(days, way):
    read = parse_dates(series([dated(day, way) for day in days]))
    assert list(read.nilai.dt.date) == days


PEMBUKA = st.sampled_from(["121800", "731200", "350100"])
TANGGAL_NIK = HARI.map(lambda day: f"{day:%d%m%y}")


@settings(deadline=None)
@given(PEMBUKA, TANGGAL_NIK, st.integers(1, 9999), st.integers(1, 14), st.sampled_from(".,"))
def test_a_nik_with_one_mark_in_it_is_never_a_number(pembuka, lahir, urut, place, mark):
    nik = f"{pembuka}{lahir}{urut:04}"
    for titik in ("ribuan", "desimal", "profil", "id", "en"):
        assert parse_number(f"{nik[:place]}{mark}{nik[place:]}", titik)[0] is None
