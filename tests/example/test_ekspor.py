"""The exports as a register writes them, read back and worked out again by hand."""

import io
import re
from datetime import datetime

import numpy as np
import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from reviu_lib.example.ekspor import BOM, _write_book, list_bulan, make_ekspor, make_ekspor_csv
from reviu_lib.example.skenario import list_skenario, load_desa, read_data
from reviu_lib.formatting import PENANDA_CONTOH

LATEST = next(item for item in list_skenario() if item.folder == "73.12/2024")
AGE = re.compile(r"(\d+) Tahun - (\d+) Bulan - (\d+) Hari")
Z = {"bbu": "BB/U", "tbu": "TB/U", "bbtb": "BB/TB"}


@pytest.fixture(scope="module")
def exports():
    return {month: make_ekspor(LATEST, month) for month in list_bulan()}


def each(exports):
    return exports.values()


def test_children_are_weighed_in_february_and_august():
    assert list_bulan() == ("Februari", "Agustus")


def test_an_export_has_the_38_headings_in_the_order_of_the_register(exports):
    for frame in each(exports):
        assert list(frame.columns) == read_data("eppgbm")["judul"]
        assert len(frame.columns) == 38
        assert frame.index.tolist() == list(range(len(frame)))


@pytest.mark.parametrize("month", list_bulan())
def test_month_and_year_stand_in_every_row(exports, month):
    assert set(exports[month]["Bulan Pengukuran"]) == {month}
    assert set(exports[month]["status tahun"]) == {"2024"}


def test_names_are_marked_as_examples_and_parents_carry_the_number_of_the_child(exports):
    for frame in each(exports):
        numbers = frame["Nama"].str.extract(r"^CONTOH (?:ANAK|AN\.) (\d{6})$")[0]
        expected = "CONTOH AYAH " + numbers + " / CONTOH IBU " + numbers
        assert frame["Nama Ortu"].eq(expected).all()


def test_places_are_in_capitals_and_the_puskesmas_is_the_kecamatan(exports):
    for frame in each(exports):
        assert set(frame["Prov"]) == {"SULAWESI SELATAN"}
        assert set(frame["Kab/Kota"]) == {"SOPPENG"}
        assert frame["Kec"].eq(frame["Pukesmas"]).all()
        assert set(frame["Kec"]) == set(load_desa("73.12")["kecamatan"].str.upper())


def test_the_kind_of_village_is_written_with_a_capital(exports):
    for frame in each(exports):
        assert set(frame["status desa"]) == {"Desa", "Kelurahan"}


def test_the_age_in_words_is_the_age_between_the_two_dates(exports):
    for frame in each(exports):
        rows = frame[frame["Tanggal Pengukuran"].dt.year == 2024].iloc[::7]
        for birth, day, text in zip(
            rows["Tgl Lahir"], rows["Tanggal Pengukuran"], rows["Usia Saat Ukur"], strict=True
        ):
            years, months, days = map(int, AGE.fullmatch(text).groups())
            assert 0 <= months < 12
            back = birth + pd.DateOffset(years=years, months=months) + pd.Timedelta(days=days)
            assert abs((back - day).days) <= 3


def test_on_a_birthday_no_months_and_days_are_left(exports):
    for frame in each(exports):
        birth, day = frame["Tgl Lahir"].dt, frame["Tanggal Pengukuran"].dt
        birthday = (birth.month == day.month) & (birth.day == day.day) & (day.year == 2024)
        texts = frame.loc[birthday, "Usia Saat Ukur"]
        assert len(texts)
        assert texts.str.endswith(" Tahun - 0 Bulan - 0 Hari").all()


@pytest.mark.parametrize(("index", "title"), Z.items())
def test_the_printed_label_is_the_class_of_the_printed_z(exports, index, title):
    label = read_data("eppgbm")["label"][index]
    for frame in each(exports):
        z = pd.to_numeric(frame[f"ZS {title}"], errors="coerce")
        usable = z.notna() & z.ne(999.99)
        for value, shown in zip(z[usable][::5], frame.loc[usable, title][::5], strict=True):
            place = sum(value >= bound for bound in label["batas"])
            assert shown == label["nama"][place]


@pytest.mark.parametrize("title", Z.values())
def test_without_z_both_cells_hold_a_hyphen_and_never_zero(exports, title):
    for frame in each(exports):
        none = frame[f"ZS {title}"].eq("-")
        assert none.any()
        assert frame.loc[none, title].eq("-").all()


def test_extra_food_goes_to_wasted_children_only(exports):
    for frame in each(exports):
        z = pd.to_numeric(frame["ZS BB/TB"], errors="coerce")
        given = frame["PMT Diterima (kg)"].eq(1.5)
        plain = z.notna() & z.ne(999.99)
        assert given[plain].eq(z[plain] < -2).all()


def test_vitamin_a_is_for_children_from_six_months(exports):
    for frame in each(exports):
        days = (frame["Tanggal Pengukuran"] - frame["Tgl Lahir"]).dt.days
        clear = (days - 182.6).abs() > 2
        assert frame.loc[clear, "Jml Vit A"].eq(days[clear].gt(182.6).astype(int)).all()


def test_columns_that_nobody_fills_are_empty(exports):
    for frame in each(exports):
        empty = ["RT", "RW", "Status Bulan", "KIA", "Detail"]
        assert frame[empty].isna().all(axis=None)


def test_villages_come_together_as_the_register_lists_them(exports):
    codes = {name.upper(): row for row, name in enumerate(load_desa("73.12")["desa"])}
    for frame in each(exports):
        known = frame["Desa/Kel"].str.strip().map(codes).dropna()
        unique = known[~known.isin(known[known.diff() < 0])]
        assert len(unique) > 0.9 * len(known)
        assert unique.is_monotonic_increasing


def test_the_csv_is_indonesian_with_mark_semicolons_commas_and_day_first():
    content = make_ekspor_csv(LATEST, "Agustus").decode()
    lines = content.split("\r\n")
    assert content.startswith(BOM + PENANDA_CONTOH)
    assert "\n" not in content.replace("\r\n", "")
    assert {line.count(";") for line in lines[:-1]} == {37}
    title, header = lines[1].rstrip(";"), lines[2].split(";")
    assert title == "Daftar pengukuran balita e-PPGBM, Kabupaten Soppeng, Agustus 2024"
    first = dict(zip(header, lines[3].split(";"), strict=True))
    assert re.fullmatch(r"\d\d/\d\d/20\d\d", first["Tgl Lahir"])
    assert re.fullmatch(r"\d+,\d", first["Tinggi"])


def written_cell_by_cell(records):
    """Return the same workbook as the writer itself makes it, one cell after the other."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        sheet = book.add_worksheet("Data")
        for row, record in enumerate(records):
            for column, value in enumerate(record):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write_number(row, column, value)
    return buffer.getvalue()


ROWS = [
    [("judul",), (), ("a", "b", "c"), ("x", None, 1)],
    [("=1+1", "<script>&amp;", "'\"", "http://contoh"), (None, None, None, "@x")],
    [(" depan", "belakang ", "Sei\u00a0Buluh\u00a0", "Ô é – ç", "")],
    [(0, -1.5, 80.5, 0.1 + 0.2, 1e-7, 9999, np.float64(2.05), np.int64(7))],
    [("7312000101240001", "2024-02-13", "9,5", "-")],
    [tuple(f"kolom {place}" for place in range(30))],
]


@pytest.mark.parametrize("records", ROWS)
def test_rows_written_at_once_are_the_bytes_of_rows_written_cell_by_cell(records):
    assert _write_book(records) == written_cell_by_cell(records)


def test_text_comes_back_as_text_and_numbers_as_numbers():
    records = [("=1+1", "<b>&", " 7 "), ("7312000101240001", 80.5, None)]
    sheet = openpyxl.load_workbook(io.BytesIO(_write_book(records)))["Data"]
    cells = [(cell.value, cell.data_type) for row in sheet.iter_rows() for cell in row]
    assert [value for value, _ in cells] == ["=1+1", "<b>&", " 7 ", "7312000101240001", 80.5, None]
    assert "f" not in {kind for _, kind in cells}
