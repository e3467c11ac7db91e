"""The kabupaten workbook is written safely, from the declarations, and always the same."""

import zipfile
from datetime import date

import openpyxl
import pandas as pd
import pytest

from reviu_lib.catalog import Kolom, load_aturan, load_indikator, tabel_masukan
from reviu_lib.errors import BerkasError, DefinisiError
from reviu_lib.formatting import PENANDA_CONTOH
from reviu_lib.workbook import Lembar, templat_tables, write_tables, write_templat


def _kolom(nama="uraian", jenis="teks", **lain):
    return Kolom(nama=nama, jenis=jenis, judul=nama.title(), arti="", **lain)


def _write_one(path, values, **kolom):
    column = _kolom(**kolom)
    frame = pd.DataFrame({column.nama: pd.Series(values, dtype=object)})
    write_tables(path, [Lembar("uji", frame, (column,))])
    return openpyxl.load_workbook(path)["uji"]


def test_text_that_looks_like_a_formula_or_a_link_stays_text(tmp_path):
    dirt = ['=HYPERLINK("http://x.id")', "+1", "@SUM(A1)", "http://x.id", "-2"]
    sheet = _write_one(tmp_path / "a.xlsx", dirt)
    assert [cell.value for cell in sheet["A"]][1:] == dirt
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert not any(cell.hyperlink for cell in sheet["A"])


def test_codes_keep_their_last_zero(tmp_path):
    sheet = _write_one(tmp_path / "a.xlsx", ["12.10"], nama="kode", jenis="kode")
    assert sheet["A2"].value == "12.10"
    assert sheet["A2"].number_format == "@"


def test_dates_numbers_and_missing_values_are_written_as_what_they_are(tmp_path):
    values = [date(2024, 12, 10), 12.5, None, float("nan"), pd.NA, True, "Rp. 5.000,-"]
    sheet = _write_one(tmp_path / "a.xlsx", values)
    written = [cell.value for cell in sheet["A"]][1:]
    assert written[0].date() == date(2024, 12, 10)
    assert written[1:] == [12.5, None, None, None, "ya", "Rp. 5.000,-"]


def test_the_same_content_gives_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_templat(tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_each_table_has_a_sheet_with_the_declared_headings_in_order(tmp_path):
    write_templat(tmp_path / "templat.xlsx")
    book = openpyxl.load_workbook(tmp_path / "templat.xlsx")
    assert book.sheetnames == ["Petunjuk", *[tabel.lembar for tabel in templat_tables()]]
    for tabel in templat_tables():
        headings = [cell.value for cell in book[tabel.lembar][1]]
        assert headings == [kolom.judul_lembar for kolom in tabel.kolom]
        assert book[tabel.lembar].freeze_panes == "A2"


def test_the_marker_of_synthetic_data_stands_above_every_header(tmp_path):
    write_templat(tmp_path / "templat.xlsx", contoh=True)
    book = openpyxl.load_workbook(tmp_path / "templat.xlsx")
    assert {sheet["A1"].value for sheet in book} == {PENANDA_CONTOH}
    assert book["kegiatan"]["A2"].value == "id_kegiatan"


def test_choices_become_drop_down_lists(tmp_path):
    write_templat(tmp_path / "templat.xlsx")
    rules = openpyxl.load_workbook(tmp_path / "templat.xlsx")["hambatan"].data_validations
    lists = {rule.formula1 for rule in rules.dataValidation}
    assert f'"{",".join(tabel_masukan()["hambatan"]["kategori"].pilihan)}"' in lists


def test_a_choice_list_too_long_for_excel_is_refused(tmp_path):
    long = tuple(f"pilihan panjang nomor {number}" for number in range(20))
    with pytest.raises(DefinisiError, match="terlalu panjang"):
        _write_one(tmp_path / "a.xlsx", ["x"], jenis="pilihan", pilihan=long)


def test_a_kabupaten_template_lists_every_desa_and_every_indicator(tmp_path):
    write_templat(tmp_path / "templat.xlsx", kode_kabupaten="73.12", tahun=2023)
    book = openpyxl.load_workbook(tmp_path / "templat.xlsx", read_only=True)
    rows = list(book["cakupan"].iter_rows(min_row=2, max_col=4, values_only=True))
    assert len({row[0] for row in rows}) == 70
    assert len(rows) == 70 * len({row[3] for row in rows})
    assert next(book["identitas"].iter_rows(min_row=2, max_col=3, values_only=True)) == (
        "73.12",
        "Kabupaten Soppeng",
        2023,
    )


def test_a_place_that_cannot_be_written_is_an_error_that_leaves_no_half_file(tmp_path):
    (tmp_path / "berkas").write_text("bukan folder")
    with pytest.raises(BerkasError, match="tidak dapat ditulis"):
        write_templat(tmp_path / "berkas" / "templat.xlsx")


def test_no_instruction_sheet_column_is_without_meaning(tmp_path):
    write_templat(tmp_path / "templat.xlsx")
    with zipfile.ZipFile(tmp_path / "templat.xlsx") as archive:
        assert not [name for name in archive.namelist() if "external" in name]
    assert all(kolom.arti for tabel in templat_tables() for kolom in tabel.kolom)


@pytest.mark.parametrize("tahun", [2021, 2023, 2025])
def test_a_template_offers_the_indicator_codes_of_its_own_era(tmp_path, tahun):
    codes = list(load_indikator(load_aturan(tahun).set_indikator))
    write_templat(tmp_path / "templat.xlsx", tahun=tahun)
    rules = openpyxl.load_workbook(tmp_path / "templat.xlsx")["cakupan"].data_validations
    assert f'"{",".join(codes)}"' in {rule.formula1 for rule in rules.dataValidation}


@pytest.mark.parametrize("value", ["<script>", "$x$", "a" * 500, "\u00a0", "5", "12,10", "é✓"])
def test_any_text_is_written_as_it_stands(tmp_path, value):
    sheet = _write_one(tmp_path / "a.xlsx", [value])
    assert sheet["A2"].value == value


@pytest.mark.parametrize("value", [float("inf"), date(1899, 1, 1)])
def test_what_excel_cannot_hold_is_written_as_text(tmp_path, value):
    assert _write_one(tmp_path / "a.xlsx", [value])["A2"].value == str(value)


def test_undeclared_columns_follow_as_text(tmp_path):
    frame = pd.DataFrame({"lain": ["x"], "uraian": ["y"]})
    write_tables(tmp_path / "a.xlsx", [Lembar("uji", frame, (_kolom(),))])
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx")["uji"].values)
    assert rows == [("uraian", "lain"), ("y", "x")]
