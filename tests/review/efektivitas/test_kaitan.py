"""Desa side by side: a planted association is found, its absence is not called a relation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from reviu_lib.review.capaian.cakupan import compute_cakupan
from reviu_lib.review.efektivitas.kaitan import compute_kaitan_desa
from reviu_lib.review.outcome.prevalensi import compute_prevalensi

from ..bahan_kecil import cakupan, make_bahan, make_konteks

DESA = [f"73.12.01.{2001 + n}" for n in range(24)]
ACAK = np.random.default_rng(5).permutation(24)
ANAK = 40


def layanan(naik, indikator="E14"):
    rows = [f"{kode} {400 + poin * 10} 1000" for kode, poin in zip(DESA, naik, strict=True)]
    return cakupan(*rows, indikator=indikator)


def register(tahun: int, kasus, anak: int = ANAK) -> pd.DataFrame:
    """Return one August with `anak` children in each desa, of whom `kasus` are stunted."""
    return pd.DataFrame(
        {
            "id_anak": f"{kode}-{n}",
            "kode_desa": kode,
            "puskesmas": "SATU",
            "jenis_kelamin": "L",
            "usia_hari": 800,
            "tanggal_ukur": f"{tahun}-08-05",
            "z_tbu": -2.5 if n < banyak else -0.5,
            "z_bbu": -1.0,
            "z_bbtb": 0.0,
        }
        for kode, banyak in zip(DESA, kasus, strict=True)
        for n in range(anak)
    )


def sasaran(tahun):
    return cakupan(*(f"{kode} {ANAK} 50" for kode in DESA), indikator="E17")


def rows_of(naik, kasus, *, before=None, extra=(), arah="naik", anak=ANAK, acak=False):
    """Return the table for coverage that rose by `naik` points and `kasus` stunted this year."""
    now = [layanan(naik), sasaran(2024), *extra]
    lalu = [layanan([0] * 24), sasaran(2023), *extra]
    tables = {"pengukuran": register(2024, kasus, anak), "cakupan": pd.concat(now)}
    if acak:
        tables = {name: part.sample(frac=1, random_state=1) for name, part in tables.items()}
    start = register(2023, before or [12] * 24, anak)
    bahan = make_bahan(**tables)
    earlier = make_bahan(2023, pengukuran=start, cakupan=pd.concat(lalu))
    konteks = make_konteks(bahan, earlier, desa=DESA, E14={"arah": arah})
    prevalensi, coverage = compute_prevalensi(konteks), compute_cakupan(konteks)
    return compute_kaitan_desa(konteks, prevalensi, coverage).set_index("baris")


NAIK = list(range(24))


def test_coverage_and_prevalence_that_move_together_are_said_to_move_together():
    own = rows_of(NAIK, [24 - n for n in NAIK]).loc["E14"]
    assert own["kaitan"] == "berjalan bersama"
    assert own["korelasi"] == pytest.approx(-1)
    assert own["jumlah_desa"] == 24
    # the smallest p there is, times the two indicators that vary or not: E17 does not vary
    assert own["p_permutasi"] == own["p_holm"] == pytest.approx(1 / 2001)


def test_the_other_way_round_is_not_called_together():
    own = rows_of(NAIK, [1 + n for n in NAIK]).loc["E14"]
    assert own["kaitan"] == "berjalan berlawanan"


def test_for_an_indicator_better_when_lower_a_rise_is_no_improvement():
    own = rows_of(NAIK, [24 - n for n in NAIK], arah="turun").loc["E14"]
    assert own["korelasi"] == pytest.approx(1)
    assert own["kaitan"] == "berjalan berlawanan"


def test_a_planted_absence_of_relation_is_not_asserted_as_one():
    own = rows_of(NAIK, [1 + int(n) for n in ACAK]).loc["E14"]
    assert own["kaitan"] == "tidak terlihat kaitan"
    assert own["korelasi_bawah"] < 0 < own["korelasi_atas"]
    assert own["p_holm"] > 0.05


def test_coverage_that_changed_alike_everywhere_is_not_computed():
    own = rows_of(NAIK, [24 - n for n in NAIK]).loc["E17"]
    assert own["kaitan"] == "tidak dihitung"
    assert "sama di setiap desa" in own["alasan"]


def test_desa_with_fewer_children_than_the_minimum_take_no_part():
    own = rows_of(NAIK, [12] * 24, anak=29).loc["E14"]
    assert (own["jumlah_desa"], own["kaitan"]) == (0, "tidak dihitung")
    assert "balita diukur yang cukup" in own["alasan"]


def test_fewer_desa_than_the_minimum_are_not_computed():
    naik = [n if n < 19 else 90 for n in NAIK]
    # a denominator that jumps leaves 19 desa comparable
    jump = cakupan(*(f"{kode} 500 2000" for kode in DESA[19:]), indikator="E14")
    konteks = make_konteks(
        make_bahan(
            pengukuran=register(2024, [24 - n for n in NAIK]),
            cakupan=pd.concat([layanan(naik).iloc[:19], jump, sasaran(2024)]),
        ),
        make_bahan(
            2023,
            pengukuran=register(2023, [12] * 24),
            cakupan=pd.concat([layanan([0] * 24), sasaran(2023)]),
        ),
        desa=DESA,
    )
    prevalensi, coverage = compute_prevalensi(konteks), compute_cakupan(konteks)
    own = compute_kaitan_desa(konteks, prevalensi, coverage).set_index("baris").loc["E14"]
    assert (own["jumlah_desa"], own["kaitan"]) == (19, "tidak dihitung")
    assert "lebih sedikit daripada batas minimum" in own["alasan"]


def test_neither_the_order_of_rows_nor_another_run_changes_a_number():
    kasus = [1 + int(n) for n in ACAK]
    pd.testing.assert_frame_equal(rows_of(NAIK, kasus), rows_of(NAIK, kasus, acak=True))


def test_an_indicator_that_cannot_be_computed_adds_nothing_to_the_correction():
    kasus = [1 + int(n) for n in ACAK]
    silent = cakupan(*(f"{kode} 10 100" for kode in DESA), indikator="E20")
    one, other = rows_of(NAIK, kasus), rows_of(NAIK, kasus, extra=[silent])
    pd.testing.assert_frame_equal(one, other.loc[one.index])
    assert other.loc["E20", "kaitan"] == "tidak dihitung"


def test_two_indicators_are_corrected_for_being_two():
    twin = layanan(NAIK, "E20")
    own = rows_of(NAIK, [24 - n for n in NAIK])
    konteks_twice = [layanan(NAIK), twin, sasaran(2024)]
    bahan = make_bahan(
        pengukuran=register(2024, [24 - n for n in NAIK]), cakupan=pd.concat(konteks_twice)
    )
    before = pd.concat([layanan([0] * 24), layanan([0] * 24, "E20"), sasaran(2023)])
    lalu = make_bahan(2023, pengukuran=register(2023, [12] * 24), cakupan=before)
    konteks = make_konteks(bahan, lalu, desa=DESA)
    both = compute_kaitan_desa(konteks, compute_prevalensi(konteks), compute_cakupan(konteks))
    holm = both.set_index("baris")["p_holm"]
    assert holm["E14"] == holm["E20"] == pytest.approx(2 * own.loc["E14", "p_holm"])


def test_without_last_year_there_are_no_rows():
    bahan = make_bahan(cakupan=pd.concat([layanan(NAIK), sasaran(2024)]))
    konteks = make_konteks(bahan, desa=DESA)
    rows = compute_kaitan_desa(konteks, compute_prevalensi(konteks), compute_cakupan(konteks))
    assert rows.empty


def test_a_shorter_year_is_named_beside_a_cumulative_indicator():
    kasus = [1 + int(n) for n in ACAK]
    cumulative = [layanan(NAIK, "E11"), sasaran(2024)]
    lalu = make_bahan(
        2023,
        pengukuran=register(2023, [12] * 24),
        cakupan=pd.concat([layanan([0] * 24, "E11"), sasaran(2023)]),
    )
    bahan = make_bahan(pengukuran=register(2024, kasus), cakupan=pd.concat(cumulative))
    bahan = replace(bahan, tanggal_cutoff=pd.Timestamp("2024-11-30").date())
    konteks = make_konteks(bahan, lalu, desa=DESA)
    rows = compute_kaitan_desa(konteks, compute_prevalensi(konteks), compute_cakupan(konteks))
    own = rows.set_index("baris").loc["E11"]
    assert own["kaitan"] == "tidak terlihat kaitan"
    assert "Batas data kedua tahun berbeda" in own["alasan"]
