"""Every cell of WHO's R package `anthro` 1.1.0 for five designs of one survey."""

import numpy as np
import pandas as pd
import pytest

from reviu_lib.growth import (
    Rancangan,
    compute_prevalence,
    compute_rerata_z,
    compute_zscores,
    to_who_columns,
)

from .survei import OLEH, RANCANGAN, read_jawaban, score_survei

JAWABAN = read_jawaban()


@pytest.fixture(scope="module")
def survei():
    return score_survei()


def who_table(survei, name):
    prevalensi = compute_prevalence(survei, OLEH, rancangan=RANCANGAN[name], semua_batas=True)
    rerata = compute_rerata_z(survei, OLEH, rancangan=RANCANGAN[name])
    return to_who_columns(prevalensi, rerata).set_index("Group")


def differences(ours, name):
    theirs = JAWABAN.loc[name]
    assert set(ours.index) == set(theirs.index)
    return (ours.loc[theirs.index, theirs.columns].astype("float64") - theirs).abs()


@pytest.mark.parametrize("name", RANCANGAN)
def test_every_group_and_column_equals_that_of_who(survei, name):
    apart = differences(who_table(survei, name), name)
    assert apart.shape == (42, 134)
    assert apart.notna().all(axis=None)
    assert apart.max(axis=None) < 1e-6


def test_the_columns_stand_in_the_order_of_who(survei):
    assert list(who_table(survei, "simple")) == list(JAWABAN.columns)


def test_only_the_mean_of_weight_for_height_knows_the_row_that_r_skips(survei):
    ours = survei.assign(z_bbtb=compute_zscores(survei)["z_bbtb"])
    assert (ours["z_bbtb"] - survei["z_bbtb"]).abs().gt(0.001).sum() == 2
    apart = differences(who_table(ours, "cluster_strata_weights"), "cluster_strata_weights")
    unequal = apart.columns[(apart > 1e-6).any()]
    assert set(unequal) == {"WH_r", "WH_se", "WH_ll", "WH_ul", "WH_stdev"}
    assert apart.max(axis=None) < 0.0002


def test_exactly_one_percent_gets_the_interval_that_r_leaves_out():
    cluster = np.repeat(np.arange(20), 10)
    anak = pd.DataFrame({"klaster": cluster, "z_tbu": 0.0, "ekstrem_tbu": False})
    anak.loc[[5, 105], "z_tbu"] = -2.5
    table = compute_prevalence(anak, rancangan=Rancangan(klaster="klaster"))
    own = table[(table["indikator"] == "stunting") & (table["kelompok"] == "semua")].iloc[0]
    assert own["prevalensi_persen"] == 1.0
    assert own["bawah_persen"] < 0.3
    assert own["atas_persen"] > 3
