"""`reviu prevalensi --format-who` from the table given to WHO's R package to what R answers."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

ORACLE = Path(__file__).parents[1] / "growth" / "prevalence"
DESIGN = {
    "simple": [],
    "weights": ["sw"],
    "cluster": ["cluster"],
    "cluster_strata": ["strata", "cluster"],
    "cluster_strata_weights": ["strata", "cluster", "sw"],
}


@pytest.fixture(scope="module")
def survei():
    return pd.read_csv(ORACLE / "oracle_prevalence_inputs.csv.xz", dtype=str, na_filter=False)


@pytest.fixture(scope="module")
def jawaban():
    table = pd.read_csv(ORACLE / "oracle_prevalence_results.csv.xz", keep_default_na=False)
    return table.set_index(["scenario", "Group"]).astype(np.float64)


@pytest.mark.parametrize("name", DESIGN)
def test_every_cell_written_for_the_design_is_what_the_package_of_who_answers(
    reviu, survei, jawaban, name
):
    unused = [column for column in ("strata", "cluster", "sw") if column not in DESIGN[name]]
    survei.drop(columns=unused).to_csv("survei.csv", index=False)
    result = reviu("prevalensi", "survei.csv", "hasil.csv", "--format-who")
    assert result.exit_code == 0, result.output
    ours = pd.read_csv("hasil.csv", index_col="Group", encoding="utf-8-sig")
    theirs = jawaban.loc[name]
    assert set(ours.index) == set(theirs.index)
    assert list(ours) == list(theirs)
    assert (ours.loc[theirs.index] - theirs).abs().max(axis=None, skipna=False) < 1e-6
