"""Printed recaps: units, agreement within print, and contradictions between rows and years."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from reviu_lib.review.kamus import load_aturan_rekap
from reviu_lib.review.rekap import compute_rekap, parse_pengali, recognise, summarize_rekap

from .bahan_kecil import baris, make_bahan, make_konteks

REKAP = "no indikator pembilang penyebut capaian satuan"
RULES = load_aturan_rekap()


def rekap(*rows: str, lalu: tuple[str, ...] = ()):
    make = lambda items, year: make_bahan(  # noqa: E731
        year, rekap=baris(REKAP, *items).assign(berkas="a.csv")
    )
    before = [make(lalu, 2023)] if lalu else []
    return compute_rekap(make_konteks(make(rows, 2024), *before, desa=[]))


def kinds(*rows: str, lalu: tuple[str, ...] = ()) -> dict[str, set[str]]:
    """Return the numbers of the rows that each kind of contradiction names."""
    _, notes = rekap(*rows, lalu=lalu)
    return {kode: set(part["baris"].str.split("#").str[1]) for kode, part in notes.groupby("kode")}


@pytest.mark.parametrize(
    ("satuan", "pengali"),
    [
        ("", 100), ("%", 100), ("Persen", 100), (" persen ", 100), ("permil", 1000),
        ("/1.000 KH", 1000), ("/1.000KH", 1000), ("per 100.000 KH", 100000), ("/100.000", 100000),
        ("orang", None), ("per tahun", None), ("kasus", None), ("<script>", None),
    ],
)  # fmt: skip
def test_the_multiplier_follows_from_the_unit(satuan, pengali):
    value = parse_pengali(satuan, RULES)
    assert (None if math.isnan(value) else value) == pengali


@pytest.mark.parametrize(
    ("row", "status", "why"),
    [
        ("349|2235|15.62|persen", "cocok", None),
        ("349|2235|15.61|persen", "cocok", None),
        ("349|2235|15.63|persen", "tidak cocok", "tidak sama dengan hitung ulang"),
        ("349|2235|1.56|persen", "tidak cocok", "seperti koma bergeser"),
        ("349|2235|156.2|persen", "tidak cocok", "seperti koma bergeser"),
        ("349|2235|40|persen", "tidak cocok", "tidak sama dengan hitung ulang"),
        ("0|2235|0|persen", "cocok", None),
        ("0|2235|5|persen", "tidak cocok", "tidak sama dengan hitung ulang"),
        ("-|-|-|persen", "data tidak ada", None),
        ("349|2235|-|persen", "tidak dapat dihitung ulang", "capaian tidak tercetak"),
        ("349|-|15.62|persen", "tidak dapat dihitung ulang", "penyebut tidak tercetak"),
        ("349|2235|349|orang", "tidak dapat dihitung ulang", "jumlah, bukan rasio"),
        ("5|0|0|persen", "tidak dapat dihitung ulang", "penyebut nol"),
        ("12|1000|12|permil", "cocok", None),
        ("300|200|150|persen", "cocok", "pembilang melebihi penyebut"),
        ("3|2|1500|permil", "cocok", None),
    ],
)
def test_a_printed_figure_agrees_within_print_or_says_why_not(row, status, why):
    frame, _ = rekap(f"1|Sesuatu|{row}")
    cell = frame.loc[0, "keterangan"]
    assert frame.loc[0, "status"] == status
    assert pd.isna(cell) if why is None else why in cell


def test_repeated_row_numbers_keep_rows_apart():
    frame, _ = rekap("1|Satu|1|2|50|%", "1|Dua|1|2|50|%", "-|Tiga|1|2|50|%")
    assert frame["baris"].tolist() == ["a.csv#1", "a.csv#1~2", "a.csv#"]


@pytest.mark.parametrize(
    ("nama", "populasi"),
    [
        ("balita yang ditimbang", "balita"),
        ("balita gizi kurang mendapat pmt", "balita gizi kurang"),
        ("ibu hamil kek", "ibu hamil KEK"),
        ("bumil", "ibu hamil"),
        ("balitabang", ""),
        ("", ""),
    ],
)
def test_the_longest_whole_phrase_names_the_population(nama, populasi):
    assert recognise(nama, RULES.populasi) == populasi


COPIED = ("1|Balita ditimbang|500|800|62.5|%", "2|Balita gizi kurang dilayani|500|800|62.5|%")


def test_a_part_equal_to_its_whole_is_named_and_the_whole_is_not():
    assert kinds(*COPIED)["R21"] == {"2"}


def test_counts_too_small_to_be_copied_are_left_alone():
    assert kinds("1|Balita ditimbang|99|99|100|%", "2|Balita gizi kurang|99|99|100|%") == {}


def test_one_numerator_with_two_denominators_names_both_rows():
    found = kinds("1|Balita ditimbang|500|800|62.5|%", "2|Balita dipantau|500|900|55.56|%")
    assert found == {"R22": {"1", "2"}}


def test_different_populations_may_share_a_numerator():
    assert kinds("1|Balita ditimbang|500|800|62.5|%", "2|Ibu hamil|500|900|55.56|%") == {}


def test_the_part_with_the_denominator_of_its_whole_is_doubtful():
    found = kinds("1|Balita ditimbang|500|800|62.5|%", "2|Baduta dipantau|300|800|37.5|%")
    assert found == {"R23": {"2"}}


def test_of_two_unrelated_populations_the_one_that_jumped_is_doubtful():
    rows = ("1|Ibu hamil|500|800|62.5|%", "2|Balita|300|800|37.5|%")
    assert kinds(*rows)["R23"] == {"1", "2"}
    lalu = ("1|Ibu hamil|400|600|66.67|%", "2|Balita|300|790|37.97|%")
    assert kinds(*rows, lalu=lalu) == {"R23": {"1"}, "R26": {"1"}}


@pytest.mark.parametrize(("before", "jumped"), [(1000, False), (999, True), (1222, False),
                                                (1223, True), (99, False)])  # fmt: skip
def test_a_denominator_jumps_beyond_ten_percent_of_last_year(before, jumped):
    now = "1|Sesuatu|10|1100|0.91|%"
    assert ("R26" in kinds(now, lalu=(f"1|Sesuatu|9|{before}|1|%",))) == jumped


def test_two_rows_equal_last_year_and_different_now_are_named():
    lalu = ("1|Alfa|500|800|62.5|%", "2|Beta|500|800|62.5|%")
    found = kinds("1|Alfa|510|805|63.35|%", "2|Beta|200|805|24.84|%", lalu=lalu)
    assert found == {"R27": {"1", "2"}}
    assert "R27" not in kinds(*lalu, lalu=lalu)


def test_a_name_that_stood_twice_last_year_is_not_compared():
    lalu = ("1|Alfa|1|500|0.2|%", "2|Alfa|1|900|0.11|%")
    assert kinds("1|Alfa|1|2000|0.05|%", lalu=lalu) == {}


@pytest.mark.parametrize(("row", "kode"), [("5|0|0|%", "R24"), ("300|200|150|%", "R25"),
                                           ("1|2|40|%", "R20")])  # fmt: skip
def test_each_own_contradiction_has_its_kind(row, kode):
    assert kinds(f"1|Sesuatu|{row}") == {kode: {"1"}}


def test_the_summary_counts_rows_and_not_notes():
    frame, notes = rekap(*COPIED, "3|Nol|5|0|0|%", "4|Lain|1|2|40|%")
    assert summarize_rekap(frame, notes) == {
        "jumlah_baris_rekap": 4, "jumlah_rekap_cocok_katalog": 0, "jumlah_rekap_sesuai": 2,
        "jumlah_rekap_bertentangan": 2,
    }  # fmt: skip


def test_without_recaps_nothing_is_counted():
    frame, notes = compute_rekap(make_konteks(make_bahan(), desa=[]))
    assert (len(frame), len(notes), summarize_rekap(frame, notes)) == (0, 0, {})
