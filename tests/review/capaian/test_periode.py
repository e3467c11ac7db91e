"""One pair per desa and year: which periods add up, and which one stands for the year."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.review.capaian.periode import compute_pasangan, is_pasangan

from ..bahan_kecil import DESA, cakupan, make_bahan, make_konteks

A, B = DESA[:2]


def pairs(*rows: str, waktu: str = "kumulatif", kode: str = "E11") -> pd.DataFrame:
    bahan = make_bahan(cakupan=cakupan(*rows, indikator=kode))
    konteks = make_konteks(bahan, desa=DESA, E11={"waktu": waktu})
    return compute_pasangan(bahan.cakupan, konteks.indikator).set_index("kode_desa")


def year(*periods: str, waktu: str = "kumulatif"):
    """Return numerator and denominator of one desa; a period is `pembilang periode`."""
    rows = [f"{A} {text.split()[0]} 1000 {text.split()[1]}" for text in periods]
    row = pairs(*rows, waktu=waktu).loc[A]
    return None if pd.isna(row["pembilang"]) else row["pembilang"]


@pytest.mark.parametrize(
    ("pembilang", "penyebut", "usable"),
    [(5, 10, True), (0, 10, True), (0, 0, True), (5, 0, False), (None, 10, False), (5, None, False),
     (None, None, False), (12, 10, True)],
)  # fmt: skip
def test_a_pair_needs_both_counts_and_a_base_for_its_numerator(pembilang, penyebut, usable):
    frame = pd.DataFrame({"pembilang": [pembilang], "penyebut": [penyebut]}, dtype="float64")
    assert is_pasangan(frame)[0] == usable


@pytest.mark.parametrize(
    ("periods", "total"),
    [
        (["10 triwulan_1", "20 triwulan_2", "30 triwulan_3", "40 triwulan_4"], 100),
        (["30 semester_1", "70 semester_2"], 100),
        (["40 Februari", "50 Agustus"], 90),
        (["10 triwulan_1", "20 triwulan_2", "35 semester_1"], 35),
        (["35 semester_1", "30 triwulan_3", "40 triwulan_4"], 105),
        (["40 Februari", "35 semester_1"], 35),
        (["50 Agustus", "60 triwulan_3"], 60),
        (["30 semester_1", "70 semester_2", "99 tahunan"], 99),
        (["30 semester_1", "- tahunan"], 30),
        (["0 semester_1", "0 semester_2"], 0),
        (["- semester_1", "- semester_2"], None),
    ],
)
def test_disjoint_periods_add_up_and_a_coarser_one_replaces_what_it_contains(periods, total):
    assert year(*periods) == total
    assert year(*reversed(periods)) == total


@pytest.mark.parametrize(
    ("periods", "latest"),
    [
        (["80 Februari", "85 Agustus"], 85),
        (["80 triwulan_2", "85 semester_1"], 85),
        (["80 triwulan_4", "85 semester_2", "90 tahunan"], 90),
        (["80 Februari", "- Agustus"], 80),
        (["80 tahunan", "70 triwulan_1"], 80),
    ],
)
def test_a_point_indicator_takes_the_latest_period_reported(periods, latest):
    assert year(*periods, waktu="titik") == latest
    assert year(*reversed(periods), waktu="titik") == latest


def test_all_desa_of_a_point_indicator_speak_of_the_same_month():
    frame = pairs(f"{A} 80 100 Februari", f"{A} 85 100 Agustus", f"{B} 70 100 Februari",
                  waktu="titik")  # fmt: skip
    assert frame["pembilang"].to_dict() == {A: 85}


def test_running_totals_are_recognised_when_the_sum_cannot_be_true():
    frame = pairs(f"{A} 300 1000 semester_1", f"{A} 720 1000 semester_2")
    assert frame.loc[A, ["pembilang", "tersurat_kumulatif"]].tolist() == [720, True]


@pytest.mark.parametrize(
    "rows",
    [
        [f"{A} 720 1000 semester_1", f"{A} 300 1000 semester_2"],
        [f"{A} 300 1000 semester_1", f"{A} 700 1000 semester_2"],
        [f"{A} 900 1000 semester_1", f"{A} 1100 1000 semester_2"],
    ],
)
def test_a_falling_or_possible_or_impossible_series_is_no_running_total(rows):
    frame = pairs(*rows)
    assert not frame["tersurat_kumulatif"].any()
    assert frame.loc[A, "pembilang"] == sum(int(text.split()[1]) for text in rows)


def test_the_denominator_is_that_of_the_last_period():
    frame = pairs(f"{A} 30 100 semester_1", f"{A} 40 110 semester_2")
    assert frame.loc[A, "penyebut"] == 110


def test_a_desa_without_a_quarter_that_others_reported_has_no_year():
    frame = pairs(f"{A} 10 100 triwulan_1", f"{A} 20 100 triwulan_2", f"{B} 10 100 triwulan_1")
    assert frame.loc[A, "pembilang"] == 30
    assert pd.isna(frame.loc[B, "pembilang"])


def test_rows_of_an_indicator_outside_the_era_are_left_out():
    assert pairs(f"{A} 10 100", kode="I04").empty


def test_no_rows_give_no_pairs():
    assert pairs().empty


def test_the_recap_of_the_kabupaten_is_kept_apart_from_the_desa():
    frame = pairs(f"{A} 10 100 semester_1", "KAB 30 200 semester_1", "KAB 40 200 semester_2")
    assert frame["pembilang"].tolist() == [10, 70]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 250), min_size=4, max_size=4), st.permutations([1, 2, 3, 4]))
def test_four_quarters_give_their_plain_sum_in_any_order(counts, order):
    assert year(*[f"{counts[i - 1]} triwulan_{i}" for i in order]) == sum(counts)
