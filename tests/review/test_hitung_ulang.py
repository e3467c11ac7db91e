"""Whole chapters against a recount of their rows by plain loops."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.review.capaian.cakupan import aggregate
from reviu_lib.review.outcome.register import compute_register
from reviu_lib.review.usulan.lokus import normalize_rank

from .bahan_kecil import DESA, KAB, cakupan, make_bahan, make_konteks
from .ulang import NAN, count_register, pool, quotient, rank_score

COUNT = st.one_of(st.none(), st.integers(0, 500))
PAIRS = st.lists(st.tuples(COUNT, COUNT), min_size=len(DESA), max_size=len(DESA))
FIGURES = [
    "capaian_persen", "capaian_rerata_desa_persen", "jumlah_desa_data_lengkap",
    "kelengkapan_persen",
]  # fmt: skip


def same(found: float, expected: float) -> bool:
    if pd.isna(found) or math.isnan(expected):
        return bool(pd.isna(found)) and math.isnan(expected)
    return math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-12)


def table(pairs: list[tuple[int | None, int | None]]) -> pd.DataFrame:
    text = lambda cell: "-" if cell is None else str(cell)  # noqa: E731
    rows = [f"{kode} {text(n)} {text(d)}" for kode, (n, d) in zip(DESA, pairs, strict=True)]
    konteks = make_konteks(make_bahan(cakupan=cakupan(*rows)), desa=DESA)
    return aggregate(konteks, konteks.bahan).set_index("kode_wilayah")


@settings(deadline=None, max_examples=6)
@given(PAIRS)
def test_every_level_of_coverage_equals_a_recount_of_its_desa(pairs):
    frame = table(pairs)
    regions = {KAB: DESA, "73.12.01": DESA[:3], "73.12.02": DESA[3:], DESA[1]: DESA[1:2]}
    for kode, members in regions.items():
        chosen = [pair for pair, desa in zip(pairs, DESA, strict=True) if desa in members]
        expected = pool(chosen, len(members))
        names = FIGURES if kode == KAB else [n for n in FIGURES if "rerata" not in n]
        for name in names:
            assert same(frame.loc[kode, name], expected[name]), (kode, name)


@settings(deadline=None, max_examples=4)
@given(PAIRS)
def test_a_pooled_ratio_lies_between_the_lowest_and_the_highest_desa(pairs):
    frame = table(pairs)
    desa = frame.loc[frame["tingkat"] == "desa", "capaian_persen"].dropna()
    own = frame.loc[KAB, "capaian_persen"]
    assert pd.isna(own) if desa.empty else desa.min() - 1e-9 <= own <= desa.max() + 1e-9


VISIT = st.tuples(
    st.sampled_from("abcde"),
    st.sampled_from([*DESA[:2], DESA[3], None]),
    st.one_of(st.none(), st.sampled_from([-1, 0, 730, 1826, 1827])),
    st.sampled_from([dt.date(2024, m, d) for m in (2, 3, 8) for d in (1, 15, 28)]),
    st.sampled_from([NAN, 0.0, -2.0, -2.004, -2.006, -3.0, -3.01, -6.0, -6.01, 6.01]),
)
VISITS = st.lists(VISIT, min_size=1, max_size=14, unique_by=lambda visit: (visit[0], visit[3]))


@settings(deadline=None, max_examples=6)
@given(VISITS, st.sampled_from([dt.date(2024, 8, 20), dt.date(2024, 12, 31)]))
def test_the_register_counts_each_child_once_as_a_plain_loop_does(visits, cutoff):
    columns = ["id_anak", "kode_desa", "usia_hari", "tanggal_ukur", "z_tbu"]
    bahan = make_bahan(pengukuran=pd.DataFrame(visits, columns=columns), cutoff=cutoff)
    frame = compute_register(make_konteks(bahan, desa=DESA))
    counts = count_register(visits, cutoff)
    if not counts:
        assert frame.empty
        return
    rows = frame.set_index(["kode_wilayah", "bulan"])
    for month in {month for _, month in counts}:
        of_month = [row for (_, when), row in counts.items() if when == month]
        for name in ("hadir", "diukur", "pendek", "sangat_pendek"):
            assert rows.loc[(KAB, month), name] == sum(row[name] for row in of_month)
        short = sum(row["pendek"] + row["sangat_pendek"] for row in of_month)
        measured = sum(row["diukur"] for row in of_month)
        assert same(rows.loc[(KAB, month), "prevalensi_persen"], quotient(short, measured))
    for (desa, month), row in counts.items():
        assert desa is None or rows.loc[(desa, month), list(row)].to_dict() == row


@pytest.mark.parametrize(("bulan", "expected"), [("Februari", 2 * 100 / 7), ("Agustus", 100 / 4)])
def test_attendance_prefers_the_target_population_of_its_own_month(bulan, expected):
    columns = ["id_anak", "kode_desa", "usia_hari", "tanggal_ukur", "z_tbu"]
    visits = [("a", "2024-02-05"), ("b", "2024-02-06"), ("a", "2024-08-05")]
    rows = [(child, DESA[0], 500, day, 0.0) for child, day in visits]
    sasaran = cakupan(f"{DESA[0]} 1 7 Februari", f"{DESA[0]} 1 4 Agustus", indikator="E17")
    bahan = make_bahan(pengukuran=pd.DataFrame(rows, columns=columns), cakupan=sasaran)
    frame = compute_register(make_konteks(bahan, desa=DESA[:1])).set_index(
        ["kode_wilayah", "periode"]
    )
    assert frame.loc[(KAB, bulan), "d_per_s_persen"] == pytest.approx(expected)


VALUES = st.lists(st.one_of(st.just(NAN), st.integers(0, 5).map(float)), max_size=9)


@settings(deadline=None, max_examples=40)
@given(VALUES)
def test_a_rank_says_how_many_lie_below_and_shares_ties(values):
    found = normalize_rank(pd.Series(values, dtype="float64"))
    assert all(same(f, e) for f, e in zip(found, rank_score(values), strict=True))


@settings(deadline=None, max_examples=40)
@given(VALUES, st.sampled_from([0.5, 3, 100]), st.sampled_from([-7, 0, 40]))
def test_a_rank_does_not_depend_on_the_unit(values, factor, shift):
    series = pd.Series(values, dtype="float64")
    pd.testing.assert_series_equal(normalize_rank(series), normalize_rank(series * factor + shift))
