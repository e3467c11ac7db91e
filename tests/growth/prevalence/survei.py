"""The survey of the oracle: 5,096 invented children, and what WHO's R package says of them."""

from pathlib import Path

import numpy as np
import pandas as pd

from reviu_lib.growth import Rancangan, compute_zscores_as_who, to_nama_baku

HERE = Path(__file__).parent
OLEH = ["typeres", "gregion", "wealthq", "mothered"]
RANCANGAN = {
    "simple": Rancangan(),
    "weights": Rancangan(bobot="sw"),
    "cluster": Rancangan(klaster="cluster"),
    "cluster_strata": Rancangan("strata", "cluster"),
    "cluster_strata_weights": Rancangan("strata", "cluster", "sw"),
}


def read_survei():
    """Return the table given to R, under WHO's names."""
    return pd.read_csv(
        HERE / "oracle_prevalence_inputs.csv.xz",
        dtype=dict.fromkeys(("sex", "measure", "oedema", *OLEH), "string"),
        keep_default_na=False,
        na_values=[""],
    )


def score_survei():
    """Return the children with our column names, z-scores as WHO, and their design."""
    raw = read_survei()
    anak, design = to_nama_baku(raw), raw[["strata", "cluster", "sw", *OLEH]]
    return pd.concat([anak, compute_zscores_as_who(anak), design], axis=1)


def read_jawaban():
    """Return R's table: scenario and Group as index, WHO's columns."""
    answers = pd.read_csv(HERE / "oracle_prevalence_results.csv.xz", keep_default_na=False)
    return answers.set_index(["scenario", "Group"]).astype(np.float64)
