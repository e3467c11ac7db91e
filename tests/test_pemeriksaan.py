"""Findings line by line, by severity, and the ledger by file."""

import pandas as pd
import pytest

from reviu_lib.catalog import tabel_masukan
from reviu_lib.pemeriksaan import (
    count_berkas,
    count_jenis,
    count_reasons,
    explain_reasons,
    first_address,
    list_kelengkapan,
    list_lines,
    split_names,
    sum_kelengkapan,
    sum_neraca,
    sum_tingkat,
)


def _table(nama, *rows):
    return tabel_masukan()[nama].conform(pd.DataFrame(rows))


def _finding(kode="D03", **cells):
    return {"kode": kode, "tingkat": "galat", "berkas": "a.csv", "lembar": "", "sel": "F12"} | cells


def _ledger(*files):
    rows = ({"berkas": file, "lembar": sheet, "tabel": "cakupan", "dibaca": 3, "dipakai": 2,
             "disisihkan": 1, "alasan": "T04: 1"} for file, sheet in files)  # fmt: skip
    return _table("neraca_baris", *rows)


def _ragu(*cells):
    names = ("berkas", "lembar", "sel", "kode")
    return _table("sel_ragu", *(dict(zip(names, cell, strict=True)) for cell in cells))


def test_a_finding_of_one_file_is_one_line_with_its_first_cell_and_the_name_of_its_kind():
    lines = list_lines(_table("temuan", _finding(sel="F12, F14")), _ragu(), _ledger(("a.csv", "")))
    assert lines[["jenis", "alamat"]].to_numpy().tolist() == [["Kunci sama, isi berbeda", "F12"]]


def test_a_finding_of_two_files_is_one_line_for_each_with_its_own_cells():
    temuan = _table("temuan", _finding(berkas="a.csv, b.xlsx", lembar="isi", jumlah=3))
    ragu = _ragu(("a.csv", "", "3", "D03"), ("b.xlsx", "isi", "7", "D03"),
                 ("b.xlsx", "isi", "9", "D03"), ("b.xlsx", "isi", "F1", "N01"))  # fmt: skip
    lines = list_lines(temuan, ragu, _ledger(("a.csv", ""), ("b.xlsx", "isi")))
    shown = lines[["berkas", "lembar", "sel", "alamat", "jumlah"]].fillna("").to_numpy().tolist()
    assert shown == [
        ["a.csv", "", "baris 3", "A3", 1],
        ["b.xlsx", "isi", "baris 7, baris 9", "A7", 2],
    ]


def test_a_finding_of_two_sheets_is_one_line_for_each():
    temuan = _table("temuan", _finding(berkas="b.xlsx", lembar="isi, lain"))
    ragu = _ragu(("b.xlsx", "isi", "7", "D03"), ("b.xlsx", "lain", "8", "D03"))
    lines = list_lines(temuan, ragu, _ledger(("b.xlsx", "isi"), ("b.xlsx", "lain")))
    assert lines["alamat"].tolist() == ["A7", "A8"]


def test_a_note_of_two_files_has_lines_without_cells():
    temuan = _table("temuan", _finding("D01", tingkat="catatan", berkas="a.csv, b.csv"))
    lines = list_lines(temuan, _ragu(), _ledger(("a.csv", ""), ("b.csv", "")))
    assert lines[["berkas", "sel", "alamat"]].to_numpy().tolist() == [
        ["a.csv", "", ""],
        ["b.csv", "", ""],
    ]


@pytest.mark.parametrize("berkas", ["", "rusak.xlsx", "rusak.xlsx, lain.xlsx"])
def test_a_finding_without_a_known_file_is_one_line(berkas):
    temuan = _table("temuan", _finding("B10", berkas=berkas, sel=""))
    lines = list_lines(temuan, _ragu(), _ledger(("a.csv", "")))
    assert lines[["berkas", "alamat"]].to_numpy().tolist() == [[berkas, ""]]


def test_no_finding_is_no_line_but_all_columns():
    lines = list_lines(_table("temuan"), _ragu(), _ledger(("a.csv", "")))
    assert len(lines) == 0
    assert {"kode", "jenis", "alamat"} <= set(lines.columns)


@pytest.mark.parametrize(
    ("text", "known", "names"),
    [
        ("", ["a"], []),
        ("a", ["a"], ["a"]),
        ("a, b", ["a", "b"], ["a", "b"]),
        ("a, b", ["a, b"], ["a, b"]),
        ("a, b, c", ["a, b", "c"], ["a, b", "c"]),
        ("a, x, y", ["a"], ["a", "x, y"]),
        ("x, y", ["a"], ["x, y"]),
    ],
)
def test_joined_names_are_parted_even_when_a_name_holds_the_separator(text, known, names):
    assert split_names(text, known) == names


@pytest.mark.parametrize(
    ("sel", "address"),
    [("F12, F13", "F12"), ("AB7", "AB7"), ("baris 9, baris 10", "A9"), ("12", "A12"), ("", "")],
)
def test_the_first_address_of_a_shown_list(sel, address):
    assert first_address(sel) == address


def test_severities_are_told_in_order_with_their_meaning_even_when_absent():
    frame = sum_tingkat(_table("temuan", _finding(jumlah=4), _finding()))
    assert frame[["tingkat", "jumlah", "terkena"]].to_numpy().tolist() == [
        ["galat", 2, 5],
        ["peringatan", 0, 0],
        ["catatan", 0, 0],
    ]
    assert "tidak dipakai" in frame["arti"].iloc[0]


def test_the_ledger_by_file_adds_up_its_sheets_and_reasons():
    frame = sum_neraca(_ledger(("a.xlsx", "1"), ("a.xlsx", "2"), ("b.csv", "")))
    assert frame.to_numpy().tolist() == [
        ["a.xlsx", 6, 4, 2, "T04: 2"],
        ["b.csv", 3, 2, 1, "T04: 1"],
    ]


def test_reasons_are_counted_with_the_most_rows_first():
    ledger = _table(
        "neraca_baris", *({"alasan": text} for text in ("T04: 2; K05: 1", "K05: 4", None))
    )
    assert count_reasons(ledger) == {"K05": 5, "T04": 2}


def test_reasons_are_told_in_words():
    assert explain_reasons("T04: 1234") == "1.234 catatan kaki atau baris jumlah (T04)"
    assert explain_reasons("") == ""


def test_files_are_ranked_by_their_gravest_findings():
    lines = pd.DataFrame(
        [("a.csv", "catatan"), ("a.csv", "peringatan"), ("b.csv", "galat"), ("", "galat")],
        columns=["berkas", "tingkat"],
    )
    assert count_berkas(lines).to_numpy().tolist() == [["b.csv", 1, 0, 0], ["a.csv", 0, 1, 1]]


def test_kinds_are_ranked_by_severity_and_then_by_what_they_affect():
    temuan = _table(
        "temuan",
        _finding("T04", tingkat="catatan", jumlah=99),
        _finding("K01", tingkat="peringatan", jumlah=3),
        _finding("K02", tingkat="peringatan", jumlah=5),
        _finding("K01", tingkat="peringatan", jumlah=4),
    )
    shown = count_jenis(temuan)[["kode", "jumlah", "terkena"]].to_numpy().tolist()
    assert shown == [["K01", 2, 7], ["K02", 1, 5], ["T04", 1, 99]]
    assert count_jenis(_table("temuan")).empty


CAKUPAN = {"kode_desa": "12.18.02.2001", "kode_indikator": "I01", "periode": "tahunan"}


def test_a_desa_has_an_indicator_when_both_numbers_of_a_period_are_there():
    rows = [
        {**CAKUPAN, "pembilang": 0, "penyebut": 5},
        {**CAKUPAN, "kode_indikator": "I02", "pembilang": 1},
        {"kode_indikator": "I03", "pembilang": 1, "penyebut": 2},
    ]
    whole = list_kelengkapan(_table("cakupan", *rows), "12.18", 2021)
    have = whole.loc[whole["ada"], ["kode_desa", "kode_indikator"]].to_numpy().tolist()
    assert have == [["12.18.02.2001", "I01"]]
    assert whole["kode_desa"].nunique() == 243
    assert len(whole) == 243 * 20


def test_a_desa_that_the_official_list_lacks_is_counted_too():
    row = {**CAKUPAN, "kode_desa": "12.18.99.2999", "desa": "Baru", "pembilang": 1, "penyebut": 2}
    whole = list_kelengkapan(_table("cakupan", row), "12.18", 2021)
    assert whole.loc[whole["ada"], "desa"].tolist() == ["Baru"]
    assert whole["kode_desa"].nunique() == 244


def test_completeness_is_summed_by_desa_or_indicator():
    whole = pd.DataFrame(
        {"kode_desa": ["1", "1", "2", "2"], "kode_indikator": ["a", "b", "a", "b"],
         "ada": [True, False, True, True]}
    )  # fmt: skip
    by_desa = sum_kelengkapan(whole, ["kode_desa"])
    assert by_desa.to_numpy().tolist() == [["1", 1, 2, 50.0], ["2", 2, 2, 100.0]]
    by_indikator = sum_kelengkapan(whole, ["kode_indikator"])
    assert by_indikator["kelengkapan_persen"].tolist() == [100.0, 50.0]
