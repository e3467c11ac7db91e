"""A change between two periods: its interval (D15), its word, and what refuses it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.errors import DataError, TataLetakError
from reviu_lib.growth import (
    compute_perubahan,
    compute_perubahan_terbit,
    compute_prevalence,
    explain_not_comparable,
    pair_periods,
)
from reviu_lib.growth.change.periods import Periode

from .kasus import cases, shown

DS = {"d_per_s_awal_persen": 90.0, "d_per_s_akhir_persen": 91.0}
counts = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def pair(sebelum=(200, 1000), sesudah=(140, 1000), **more):
    row = {
        "sumber_awal": "e-PPGBM",
        "tahun_awal": 2023,
        "sumber_akhir": "e-PPGBM",
        "tahun_akhir": 2024,
        "kasus_awal": sebelum[0],
        "diukur_awal": sebelum[1],
        "kasus_akhir": sesudah[0],
        "diukur_akhir": sesudah[1],
    }
    return pd.DataFrame([{**row, **more}])


def one(**more):
    return compute_perubahan(pair(**{**DS, **more})).iloc[0]


def survey(awal, akhir, **more):
    names = ("prevalensi_{}_persen", "bawah_{}_persen", "atas_{}_persen")
    row = {name.format("awal"): value for name, value in zip(names, awal, strict=True)}
    row |= {name.format("akhir"): value for name, value in zip(names, akhir, strict=True)}
    years = {"sumber_awal": "SSGI", "tahun_awal": 2021, "sumber_akhir": "SSGI", "tahun_akhir": 2022}
    return compute_perubahan_terbit(pd.DataFrame([{**row, **years, **more}])).iloc[0]


@cases("newcombe")
def test_a_change_is_named_by_its_interval(case):
    row = one(sebelum=case["sebelum"], sesudah=case["sesudah"])
    assert shown(row["perubahan_poin"]) == case["perubahan_poin"]
    limits = [shown(row["bawah_poin"]), shown(row["atas_poin"])]
    assert limits == case["selang_poin"]
    assert row["arah_perubahan"] == case["arah"]
    assert (row["tahun_awal"], row["tahun_akhir"], row["sumber_akhir"]) == (2023, 2024, "e-PPGBM")


def test_a_rise_outside_chance_is_named_a_rise():
    assert one(sebelum=(140, 1000), sesudah=(200, 1000))["arah_perubahan"] == "naik"


@pytest.mark.parametrize("awal", [(0, 0), (np.nan, 100), (5, None), (7, 5)])
def test_counts_that_make_no_share_conclude_nothing(awal):
    row = one(sebelum=awal)
    assert pd.isna(row["perubahan_poin"])
    assert row["arah_perubahan"] == "belum dapat disimpulkan"
    assert row["alasan"] == "cacah salah satu periode tidak diketahui"


def test_fewer_than_thirty_children_conclude_nothing_but_keep_their_interval():
    row = one(sebelum=(20, 29), sesudah=(1, 500))
    assert (row["bawah_poin"], row["arah_perubahan"]) == (
        pytest.approx(row["bawah_poin"]),
        "belum dapat disimpulkan",
    )
    assert row["alasan"] == "balita diukur kurang dari 30"
    assert one(sebelum=(20, 30), sesudah=(1, 500))["arah_perubahan"] == "turun"


def test_a_register_without_coverage_is_not_said_to_fall():
    row = one(d_per_s_akhir_persen=None)
    assert row["arah_perubahan"] == "belum dapat disimpulkan"
    assert row["alasan"] == "D/S tidak diketahui untuk kedua periode"
    assert compute_perubahan(pair()).loc[0, "arah_perubahan"] == "belum dapat disimpulkan"
    small = compute_perubahan(pair(sesudah=(195, 1000)))
    assert small.loc[0, "arah_perubahan"] == "belum bermakna"


def test_two_sources_are_never_subtracted():
    with pytest.raises(DataError, match="antara dua sumber tidak dihitung: e-PPGBM dan SSGI"):
        compute_perubahan(pair(sumber_akhir="SSGI"))
    with pytest.raises(DataError, match="SSGI dan SKI"):
        survey((20, 18, 22), (19, 17, 21), sumber_akhir="SKI")


def test_months_that_may_not_be_compared_give_no_number():
    row = one(periode_awal="Juni", tahun_awal=2024, periode_akhir="Agustus")
    assert row[["perubahan_poin", "bawah_poin", "atas_poin"]].isna().all()
    assert row["arah_perubahan"] == "belum dapat disimpulkan"
    assert row["alasan"].startswith("Intervensi Serentak Juni 2024")
    assert one(periode_awal="Agustus", periode_akhir="Agustus")["arah_perubahan"] == "turun"


@cases("sebanding")
def test_periods_are_compared_only_as_the_rules_of_the_era_say(case):
    reason = explain_not_comparable(Periode(*case["awal"]), Periode(*case["akhir"]))
    assert (reason or "").startswith(case["alasan"])
    assert bool(reason) == bool(case["alasan"])
    back = explain_not_comparable(Periode(*case["akhir"]), Periode(*case["awal"]))
    assert bool(back) == bool(case["alasan"])


def test_a_survey_figure_without_published_interval_concludes_nothing():
    row = survey((20.0, None, None), (21.1, None, None))
    assert row["perubahan_poin"] == pytest.approx(1.1)
    assert row["arah_perubahan"] == "belum dapat disimpulkan"
    assert row["alasan"] == "selang kepercayaan tidak terbit"


def test_published_intervals_are_combined_by_their_distances():
    row = survey((30.0, 27.0, 33.0), (22.0, 18.0, 26.0))
    assert (row["bawah_poin"], row["atas_poin"]) == (-13.0, -3.0)
    assert row["arah_perubahan"] == "turun"
    assert survey((30, 27, 33), (27, 23, 31))["arah_perubahan"] == "belum bermakna"


def desa(**columns):
    return pd.DataFrame({"sumber": "e-PPGBM", "periode": "Agustus", **columns})


def test_a_desa_known_in_one_period_only_keeps_its_row():
    awal = desa(kode_wilayah=["A", "B"], tahun=2023, kasus=[9, 5], diukur=[90, 50])
    akhir = desa(kode_wilayah=["C", "B"], tahun=2024, kasus=[4, 5], diukur=[40, 50])
    pairs = pair_periods(awal, akhir, ["kode_wilayah"])
    assert pairs["kode_wilayah"].tolist() == ["A", "B", "C"]
    assert pairs["tahun_akhir"].tolist() == [2024, 2024, 2024]
    words = compute_perubahan(pairs)["arah_perubahan"].tolist()
    assert words == ["belum dapat disimpulkan", "belum bermakna", "belum dapat disimpulkan"]


def test_two_tables_of_prevalence_are_compared_as_they_are():
    z = pd.DataFrame({"z_tbu": [-2.5] * 200 + [0.0] * 800, "ekstrem_tbu": False})
    awal = compute_prevalence(z).assign(sumber="SSGI", tahun=2023)
    akhir = compute_prevalence(z.iloc[60:]).assign(sumber="SSGI", tahun=2024)
    kunci = ["kelompok", "nilai_kelompok", "indikator"]
    pairs = pair_periods(awal, akhir, kunci)
    pairs = pairs[(pairs["kelompok"] == "semua") & (pairs["indikator"] == "stunting")]
    assert len(pairs) == 1
    row = compute_perubahan(pairs).iloc[0]
    assert row["perubahan_poin"] == pytest.approx(140 / 9.4 - 20)
    assert row["arah_perubahan"] == "turun"
    assert compute_perubahan_terbit(pairs).loc[row.name, "arah_perubahan"] == "turun"


def test_the_unit_stays_at_the_end_of_a_paired_column():
    frame = desa(kode_wilayah=["A"], tahun=2023, d_per_s_persen=[80.0])
    pairs = pair_periods(frame, frame.assign(tahun=2024), ["kode_wilayah"])
    assert {"d_per_s_awal_persen", "d_per_s_akhir_persen", "tahun_awal"} <= set(pairs)


def test_a_place_that_stands_twice_in_a_period_is_refused():
    frame = desa(kode_wilayah=["A", "A"], tahun=2023, kasus=1, diukur=2)
    with pytest.raises(DataError, match="periode awal ada lebih dari satu baris untuk: A"):
        pair_periods(frame, frame, ["kode_wilayah"])


def test_an_absent_column_is_named():
    with pytest.raises(TataLetakError, match="tidak lengkap: diukur_akhir"):
        compute_perubahan(pair().drop(columns="diukur_akhir"))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=12), st.randoms())
def test_neither_other_rows_nor_their_order_change_a_row(rows, random):
    frame = pd.concat([pair(a, b, **DS) for a, b in rows], ignore_index=True)
    whole = compute_perubahan(frame)
    order = random.sample(list(frame.index), len(frame))
    pd.testing.assert_frame_equal(compute_perubahan(frame.loc[order]), whole.loc[order])
    pd.testing.assert_frame_equal(compute_perubahan(frame.iloc[:1]), whole.iloc[:1])


@given(counts, counts)
def test_a_word_for_a_direction_agrees_with_the_sign_of_the_change(awal, akhir):
    row = one(sebelum=awal, sesudah=akhir)
    sign = {"naik": 1, "turun": -1}.get(row["arah_perubahan"], np.sign(row["perubahan_poin"]))
    assert pd.isna(row["perubahan_poin"]) or sign == np.sign(row["perubahan_poin"])
