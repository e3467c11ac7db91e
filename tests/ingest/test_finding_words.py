"""A finding names up to five cells and three values, printable and without identity."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.catalog import tabel_masukan
from reviu_lib.ingest.findings import Tempat, note, show_values, to_frame

KOLOM_F = Tempat("a.xlsx", "cakupan", "cakupan", "pembilang", huruf={"pembilang": "F"})


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([], ""),
        ([2], "F2"),
        ([2, 3, 4, 5, 6], "F2, F3, F4, F5, F6"),
        ([2, 3, 4, 5, 6, 7], "F2, F3, F4, F5, F6, dan 1 lainnya"),
    ],
)
def test_five_cells_are_named_and_the_rest_counted(rows, shown):
    found = note("N01", KOLOM_F, baris=rows)
    assert (found.sel, found.jumlah) == (shown, max(len(rows), 1))


def test_without_a_column_letter_the_rows_are_named():
    assert note("N01", Tempat(), baris=[2, 3]).sel == "baris 2, baris 3"


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([], ""),
        (["a", "a"], "'a'"),
        (["a", "b", "c"], "'a', 'b', 'c'"),
        (["a", "b", "c", "d"], "'a', 'b', 'c', …"),
        ([5.0, None, True], "'5', (kosong), 'ya'"),
        (["x" * 60], f"'{'x' * 60}'"),
        (["x" * 61], f"'{'x' * 59}…'"),
        (["1218000101200001"], "'[NIK disamarkan]'"),
        (["a\u202e\x07\nb"], "'a b'"),
    ],
)
def test_three_values_are_shown_short_and_masked(values, shown):
    assert show_values(values) == shown


@pytest.mark.parametrize(
    ("kolom", "shown"),
    [
        ("z_tbu", "'[nomor telepon disamarkan]'"),
        ("pembilang", "'[nomor telepon disamarkan]'"),
        ("pagu_rp", "'81298765432'"),
        ("kode_rekening", "'81298765432'"),
    ],
)
def test_a_phone_number_without_its_zero_is_shown_only_as_money_or_code(kolom, shown):
    for value in (81298765432.0, 81298765432, "81298765432"):
        assert note("N09", Tempat(kolom=kolom), nilai=[value]).nilai == shown


def test_a_value_of_an_identity_column_is_never_shown():
    place = Tempat("a.xlsx", kolom="nik", rahasia=frozenset({"nik"}))
    assert note("P03", place, nilai=["CONTOH"]).row()["nilai"] == "(isi tidak ditampilkan)"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_any_value_gives_a_row_with_all_declared_columns(value):
    frame = to_frame([note("N01", KOLOM_F, baris=[2], nilai=[value])])
    assert list(frame.columns) == tabel_masukan()["temuan"].nama_kolom
    assert frame["uraian"].iloc[0].startswith("Kolom bilangan pembilang berisi ")


@pytest.mark.parametrize("value", ["<script>", "=cmd|' /C'!A0", "$x$", "{nilai}", "{0}", "%s"])
def test_markup_and_placeholders_in_a_value_stay_text(value):
    assert value in note("N01", KOLOM_F, nilai=[value]).row()["uraian"]
