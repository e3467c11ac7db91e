"""Estimates of a survey: strata, clusters, weights, and what they do to the interval."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.errors import TataLetakError
from reviu_lib.growth import Rancangan, compute_prevalence, compute_rerata_z
from reviu_lib.growth.prevalence.groups import list_anak

from .anak import make_anak, row

few = settings(max_examples=25, deadline=None)
FIGURES = ["prevalensi_persen", "galat_baku_poin", "bawah_persen", "atas_persen"]
SHORT, FINE = -2.5, 0.0


@st.composite
def surveys(draw):
    """Children in at least two clusters, weighted by cluster, in two strata."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=4, max_size=8))
    cluster = np.repeat(np.arange(len(sizes)), sizes)
    z = draw(st.lists(st.sampled_from([SHORT, FINE, np.nan]), min_size=len(cluster),
                      max_size=len(cluster)))  # fmt: skip
    weights = draw(st.lists(st.floats(0.5, 9), min_size=len(sizes), max_size=len(sizes)))
    return make_anak(
        z, klaster=cluster, strata=cluster % 2, bobot=np.array(weights)[cluster], kota=cluster % 3
    )


def three_clusters():
    """Clusters of four with two, one, and no short child."""
    z = [SHORT, SHORT, FINE, FINE, SHORT, FINE, FINE, FINE, FINE, FINE, FINE, FINE]
    return make_anak(z, klaster=np.repeat([1, 2, 3], 4))


def same(left, right):
    pd.testing.assert_frame_equal(left, right, rtol=1e-9, atol=1e-9)


def test_the_worked_example_of_three_clusters_comes_out():
    own = row(three_clusters(), rancangan=Rancangan(klaster="klaster"))
    shown = own[FIGURES].astype(float).round(2).tolist()
    assert shown == [25.0, 14.43, 1.2, 90.15]
    assert own["metode_selang"] == "logit, rancangan survei"


def test_weights_move_the_estimate_and_add_up_in_their_column():
    anak = make_anak([SHORT, FINE, FINE], bobot=[3, 1, 2])
    own = row(anak, rancangan=Rancangan(bobot="bobot"))
    assert [own["diukur"], own["jumlah_berbobot"], own["prevalensi_persen"]] == [3, 6, 50]


def test_clusters_of_one_number_in_two_strata_are_two_clusters():
    anak = make_anak([SHORT, FINE, SHORT, FINE], klaster=[1, 2, 1, 2], strata=["A", "A", "B", "B"])
    renamed = anak.assign(klaster=[1, 2, 3, 4])
    design = Rancangan("strata", "klaster")
    same(compute_prevalence(anak, rancangan=design), compute_prevalence(renamed, rancangan=design))


def test_a_group_keeps_the_clusters_of_the_whole_survey():
    anak = three_clusters().assign(desa=["X", *["Y"] * 11])
    own = row(anak, kelompok="desa", nilai="X", oleh=["desa"],
              rancangan=Rancangan(klaster="klaster"))  # fmt: skip
    assert [own["diukur"], own["prevalensi_persen"], own["galat_baku_poin"]] == [1, 100, 0]


def test_no_case_gets_the_exact_interval_and_not_zero_width():
    anak = make_anak([FINE] * 30, klaster=np.repeat(np.arange(10), 3))
    own = row(anak, rancangan=Rancangan(klaster="klaster"))
    assert [own["bawah_persen"], own["metode_selang"]] == [0, "Clopper-Pearson"]
    fewer = 30 * (2.04523 / 2.26216) ** 2  # t of 29 and of 9 degrees of freedom
    assert own["atas_persen"] == pytest.approx(100 * (1 - 0.025 ** (1 / fewer)), abs=1e-3)


def test_a_stratum_of_one_cluster_adds_to_the_error():
    anak = three_clusters().assign(strata=[1] * 8 + [2] * 4)
    design = Rancangan("strata", "klaster")
    with_alone = row(anak, rancangan=design)["galat_baku_poin"]
    without = row(anak.assign(strata=1)[:8], rancangan=design)["galat_baku_poin"]
    assert with_alone == pytest.approx(100 * np.sqrt(2 * (0.5**2 + 0.5**2) / 144 + 1 / 144))
    assert without > 0


def test_a_single_cluster_has_no_error_and_no_interval():
    own = row(three_clusters().assign(klaster=1), rancangan=Rancangan(klaster="klaster"))
    assert own["prevalensi_persen"] == 25
    assert own[["galat_baku_poin", "bawah_persen", "atas_persen", "metode_selang"]].isna().all()


def test_a_child_of_weight_zero_is_measured_and_weighs_nothing():
    anak = make_anak([SHORT, FINE, FINE], bobot=[0.0, 1, 1])
    own = row(anak, rancangan=Rancangan(bobot="bobot"))
    assert [own["diukur"], own["kasus"], own["prevalensi_persen"]] == [3, 1, 0]


def test_rows_without_design_are_set_aside_and_counted():
    anak = make_anak([SHORT] * 5, bobot=[1, None, -1, "x", np.inf], klaster=[1, 1, 2, 2, 3])
    design = Rancangan(bobot="bobot", klaster="klaster")
    assert list_anak(anak, design)[1].tanpa_rancangan == 4
    assert row(anak, rancangan=design)["terdaftar"] == 1


def test_an_absent_column_of_the_design_is_named():
    with pytest.raises(TataLetakError, match=r"stratum"):
        compute_prevalence(make_anak([0.0]), rancangan=Rancangan(strata="stratum"))


@few
@given(surveys(), st.randoms())
def test_the_order_of_rows_changes_nothing(anak, random):
    order = list(range(len(anak)))
    random.shuffle(order)
    design = Rancangan("strata", "klaster", "bobot")
    for compute in (compute_prevalence, compute_rerata_z):
        same(compute(anak, ["kota"], rancangan=design),
             compute(anak.iloc[order], ["kota"], rancangan=design))  # fmt: skip


@few
@given(surveys())
def test_equal_weights_are_no_weights(anak):
    weighted = compute_prevalence(
        anak.assign(bobot=7.5), rancangan=Rancangan("strata", "klaster", "bobot")
    )
    plain = compute_prevalence(anak, rancangan=Rancangan("strata", "klaster"))
    same(weighted[FIGURES], plain[FIGURES])


@few
@given(surveys())
def test_one_stratum_is_none(anak):
    one = compute_prevalence(anak.assign(strata="A"), rancangan=Rancangan("strata", "klaster"))
    same(one, compute_prevalence(anak, rancangan=Rancangan(klaster="klaster")))


@few
@given(surveys())
def test_every_child_a_cluster_is_no_cluster(anak):
    own = anak.assign(klaster=range(len(anak)))
    same(compute_prevalence(own, rancangan=Rancangan(klaster="klaster")),
         compute_prevalence(anak, rancangan=Rancangan()))  # fmt: skip


@few
@given(surveys())
def test_the_weighted_figure_of_all_is_the_weighted_mean_of_the_parts(anak):
    table = compute_prevalence(anak, ["kota"], rancangan=Rancangan("strata", "klaster", "bobot"))
    own = table[table["indikator"] == "stunting"]
    parts = own[own["kelompok"] == "kota"].dropna(subset="prevalensi_persen")
    whole = own[own["kelompok"] == "semua"].iloc[0]
    total = (parts["prevalensi_persen"] * parts["jumlah_berbobot"]).sum()
    assert parts["jumlah_berbobot"].sum() == pytest.approx(whole["jumlah_berbobot"])
    if whole["jumlah_berbobot"] > 0:
        assert total / whole["jumlah_berbobot"] == pytest.approx(whole["prevalensi_persen"])


@few
@given(surveys())
def test_a_row_without_design_changes_nothing(anak):
    bad = make_anak([SHORT], klaster=99, strata=None, bobot=1.0, kota=1)
    design = Rancangan("strata", "klaster", "bobot")
    both = pd.concat([anak, bad], ignore_index=True)
    same(compute_prevalence(both, rancangan=design), compute_prevalence(anak, rancangan=design))


@few
@given(surveys())
def test_the_interval_holds_the_estimate(anak):
    table = compute_prevalence(anak, ["kota"], rancangan=Rancangan("strata", "klaster", "bobot"))
    known = table.dropna(subset="bawah_persen")
    low, figure, high = (known[name] for name in ("bawah_persen", "prevalensi_persen",
                                                  "atas_persen"))  # fmt: skip
    assert ((low >= 0) & (low <= figure + 1e-9) & (figure <= high + 1e-9) & (high <= 100)).all()
