"""z-scores against hand-worked cases and against results of WHO's R package."""

import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reviu_lib.errors import DefinisiError
from reviu_lib.growth import (
    compute_measure_from_z,
    compute_zscores,
    compute_zscores_who,
    to_nama_baku,
)

TESTS = Path(__file__).parents[1]
CASES = tomllib.loads((TESTS / "cases" / "zskor.toml").read_text("utf-8"))["kasus"]
ORACLE = Path(__file__).parent / "oracle_zscores.csv.xz"
INPUT = [
    *("is_age_in_month", "age", "sex", "weight", "lenhei", "measure", "oedema", "headc", "armc"),
]
USES = {
    "lenhei": "lenhei clenhei",
    "len": "lenhei clenhei",
    "wei": "weight",
    "bmi": "weight lenhei clenhei",
    "wfl": "weight lenhei clenhei",
}
Z_AND_FLAGS = [
    f"{kind}{name}" for name in ("len", "wei", "wfl", "bmi", "hc", "ac") for kind in "zf"
]
BLANK = {
    "jenis_kelamin": None,
    "usia_hari": None,
    "berat_kg": None,
    "tinggi_cm": None,
    "cara_ukur": None,
}


def one(**child):
    return compute_zscores(pd.DataFrame([{**BLANK, **child}])).iloc[0]


@pytest.mark.parametrize("case", CASES, ids=[case["nama"] for case in CASES])
def test_a_case_with_a_known_answer_comes_out_exactly(case):
    row = one(**case["masuk"])
    for column, expected in case.get("z", {}).items():
        assert np.isnan(row[column]) if expected == "kosong" else row[column] == expected
    for index, expected in case.get("ekstrem", {}).items():
        assert row[f"ekstrem_{index}"] == expected
    if "tinggi_standar_cm" in case:
        assert row["tinggi_standar_cm"] == pytest.approx(case["tinggi_standar_cm"])


@pytest.fixture(scope="module")
def oracle():
    """Return the results of WHO's R package for 28,424 invented children, as texts."""
    return pd.read_csv(ORACLE, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def children(oracle):
    return oracle[INPUT].mask(oracle[INPUT] == "")


@pytest.fixture(scope="module")
def ours(children):
    return compute_zscores_who(children)


def belongs_to_r_alone(oracle, column):
    """Return where R computes with a measure of zero or less."""
    measures = [
        name for name in ("weight", "lenhei", "clenhei") if name in USES.get(column[1:], "")
    ]
    rows = pd.Series(False, index=oracle.index)
    for name in measures:
        rows |= pd.to_numeric(oracle[name], errors="coerce") <= 0
    return rows


@pytest.mark.parametrize(
    "column", ["clenhei", "cmeasure", "c9mo_flag", "cbmi", "csex", *Z_AND_FLAGS]
)
def test_every_cell_is_what_the_package_of_who_gives(oracle, ours, column):
    kept = ~belongs_to_r_alone(oracle, column)
    theirs, mine = oracle.loc[kept, column], ours.loc[kept, column]
    assert (mine.isna() == (theirs == "")).all()
    theirs, mine = theirs[theirs != ""], mine[theirs != ""]
    wrong = theirs != mine if column == "cmeasure" else theirs.astype(float) != mine.astype(float)
    assert wrong.sum() == 0, theirs[wrong].head()


def test_little_of_the_oracle_is_left_out(oracle):
    left_out = {name: int(belongs_to_r_alone(oracle, name).sum()) for name in Z_AND_FLAGS}
    assert left_out["zlen"] == left_out["flen"] == 137
    assert left_out["zhc"] == left_out["zac"] == 0
    assert max(left_out.values()) < 320


def test_under_our_names_no_row_of_the_table_is_skipped(children, ours):
    gap = (compute_zscores(to_nama_baku(children))["z_bbtb"] - ours["zwfl"]).abs().round(6)
    assert gap[gap > 0].tolist() == [0.02] * 6


def test_under_our_names_a_child_has_the_same_z_lying_as_standing():
    child = {"jenis_kelamin": "L", "usia_hari": 800, "berat_kg": 16.0}
    assert one(**child, tinggi_cm=103.1, cara_ukur="Terlentang")["z_bbtb"] == -0.04
    assert one(**child, tinggi_cm=102.4, cara_ukur="Berdiri")["z_bbtb"] == -0.04


def test_without_an_age_weight_for_length_follows_the_way_of_measuring():
    child = {"jenis_kelamin": "P", "berat_kg": 12.0, "tinggi_cm": 88.0}
    lying, standing = (one(**child, cara_ukur=way) for way in ("Terlentang", "Berdiri"))
    assert lying["z_bbtb"] > standing["z_bbtb"]
    assert one(**child)["z_bbtb"] == standing["z_bbtb"]
    assert np.isnan(lying["z_tbu"])


def test_text_or_infinity_in_one_row_never_stops_the_other_rows():
    frame = pd.DataFrame(
        {
            "jenis_kelamin": ["L", None, "L", "P"],
            "usia_hari": [700, "sebulan", float("inf"), 700],
            "berat_kg": ["sepuluh", 9.0, 10.0, 10.0],
            "tinggi_cm": [80.0, 70.0, 80.0, float("inf")],
            "cara_ukur": ["Berdiri", "Duduk", 3, None],
        }
    )
    z = compute_zscores(frame)
    assert z["z_tbu"].notna().tolist() == [True, False, False, False]
    assert z["z_bbu"].notna().tolist() == [False, False, False, True]


def test_the_index_of_the_frame_is_kept():
    frame = pd.DataFrame([{**BLANK, "jenis_kelamin": "L", "usia_hari": 700}] * 2, index=[7, 3])
    assert compute_zscores(frame).index.tolist() == [7, 3]


def test_an_absent_column_is_named():
    with pytest.raises(DefinisiError, match="tinggi_cm"):
        compute_zscores(pd.DataFrame({"jenis_kelamin": [], "berat_kg": [], "cara_ukur": []}))


def test_a_frame_without_rows_gives_a_frame_without_rows():
    assert compute_zscores(pd.DataFrame(columns=list(BLANK))).empty


@pytest.mark.parametrize("index", ["tbu", "bbu", "bbtb"])
def test_a_measure_made_from_z_has_that_z(index):
    rng = np.random.default_rng(7)
    n = 3000
    frame = pd.DataFrame(
        {
            "jenis_kelamin": rng.choice(["L", "P"], n),
            "usia_hari": rng.integers(100, 1827, n),
            "berat_kg": 10.0,
            "tinggi_cm": 90.0,
            "cara_ukur": None,
        }
    )
    wanted = rng.uniform(-5, 5, n).round(2)
    kind = {"jenis_kelamin": frame["jenis_kelamin"], "usia_hari": frame["usia_hari"]}
    measure = compute_measure_from_z(index, wanted, **kind, tinggi_cm=frame["tinggi_cm"])
    column = "tinggi_cm" if index == "tbu" else "berat_kg"
    z = compute_zscores(frame.assign(**{column: measure}))[f"z_{index}"]
    assert np.abs(z - wanted).max() < 0.006


def test_outside_the_tables_there_is_no_measure():
    kind = {"jenis_kelamin": ["L", "L", "X"], "usia_hari": [-1, 1827, 700]}
    assert np.isnan(compute_measure_from_z("tbu", 0, **kind)).all()
