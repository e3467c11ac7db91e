"""Coverage of the example, added up again by hand from its rows."""

import numpy as np
import pandas as pd
import pytest

from reviu_lib.catalog import load_indikator
from reviu_lib.example.cakupan import make_cakupan
from reviu_lib.example.skenario import list_skenario, load_desa, read_data

YEARS = {skenario.folder: skenario for skenario in list_skenario()}
KEYS = ["kode_desa", "kode_indikator", "periode"]


def levels(folder):
    return read_data("cakupan")[YEARS[folder].set_indikator]


def percent_of_the_year(frame, card):
    """Return served over target group; of a point indicator only the last half counts."""
    if set(frame["periode"]) == {"semester 1", "semester 2"} and card.waktu == "titik":
        frame = frame[frame["periode"] == "semester 2"]
    served = sum(frame["pembilang"])
    group = sum(frame.drop_duplicates("kode_desa")["penyebut"])
    return served / group * 100


@pytest.mark.parametrize("folder", YEARS)
def test_rows_are_sorted_by_key_and_each_key_is_there_once(tables, folder):
    frame = tables[folder]["cakupan"]
    assert not frame.duplicated(KEYS).any()
    assert frame[KEYS].equals(frame.sort_values(KEYS, ignore_index=True)[KEYS])


@pytest.mark.parametrize("folder", YEARS)
def test_counts_are_whole_and_never_negative(tables, folder):
    for name in ("pembilang", "penyebut"):
        column = tables[folder]["cakupan"][name]
        assert np.issubdtype(column.dtype, np.integer)
        assert column.ge(0).all()


@pytest.mark.parametrize("folder", YEARS)
def test_an_indicator_by_semester_has_both_halves_in_every_village(tables, folder):
    frame = tables[folder]["cakupan"]
    for kode, rows in frame.groupby("kode_indikator"):
        halves = levels(folder)[kode].get("periode") == "semester"
        expected = {"semester 1", "semester 2"} if halves else {"tahunan"}
        assert rows.groupby("kode_desa")["periode"].agg(set).map(expected.__eq__).all()


@pytest.mark.parametrize("folder", YEARS)
def test_both_halves_of_a_year_have_the_same_target_group(tables, folder):
    frame = tables[folder]["cakupan"]
    assert frame.groupby(["kode_desa", "kode_indikator"])["penyebut"].nunique().eq(1).all()


@pytest.mark.parametrize("folder", YEARS)
def test_the_kabupaten_comes_out_within_two_points_of_its_declared_level(tables, folder):
    cards = load_indikator(YEARS[folder].set_indikator)
    for kode, rows in tables[folder]["cakupan"].groupby("kode_indikator"):
        declared = levels(folder)[kode]["persen"][YEARS[folder].ke]
        large = rows["penyebut"].sum() > 2000
        tolerance = 2 if large else 6
        assert percent_of_the_year(rows, cards[kode]) == pytest.approx(declared, abs=tolerance), (
            kode
        )


@pytest.mark.parametrize("folder", ["12.18/2020", "12.18/2021"])
def test_an_indicator_counted_by_village_is_zero_or_one_in_the_declared_share(tables, folder):
    by_village = [kode for kode, level in levels(folder).items() if level["rasio"] == "desa"]
    assert by_village
    for kode in by_village:
        rows = tables[folder]["cakupan"].query("kode_indikator == @kode")
        assert set(rows["pembilang"]) <= {0, 1}
        assert set(rows["penyebut"]) == {1}
        share = levels(folder)[kode]["persen"][YEARS[folder].ke]
        assert sum(rows["pembilang"]) == round(len(rows) * share / 100)


@pytest.mark.parametrize("folder", YEARS)
def test_the_kind_of_denominator_is_the_declared_one_of_the_year(tables, folder):
    for kode, rows in tables[folder]["cakupan"].groupby("kode_indikator"):
        kinds = levels(folder)[kode].get("penyebut", ["riil", "riil"])
        assert set(rows["jenis_penyebut"]) == {kinds[YEARS[folder].ke]}


@pytest.mark.parametrize("folder", YEARS)
def test_a_target_group_is_about_its_share_of_the_children(tables, folder):
    size, ke = YEARS[folder].kabupaten["balita"], YEARS[folder].ke
    for kode, rows in tables[folder]["cakupan"].groupby("kode_indikator"):
        level = levels(folder)[kode]
        if level["rasio"] == "desa":
            continue
        expected = level["rasio"] * size * (1 + level.get("tumbuh", 0.015)) ** ke
        total = sum(rows.drop_duplicates("kode_desa")["penyebut"])
        assert total == pytest.approx(expected, rel=0.05, abs=30), kode


@pytest.mark.parametrize(
    ("first", "second"), [("12.18/2020", "12.18/2021"), ("73.12/2023", "73.12/2024")]
)
def test_a_large_village_stays_large_from_year_to_year(tables, first, second):
    groups = [
        tables[folder]["cakupan"].groupby(["kode_indikator", "kode_desa"])["penyebut"].first()
        for folder in (first, second)
    ]
    for kode, level in levels(first).items():
        if level["rasio"] == "desa":
            continue
        before, after = (group.loc[kode] for group in groups)
        growth = 1 + level.get("tumbuh", 0.015)
        assert (after - before * growth).abs().max() <= 2 * growth


@pytest.mark.parametrize("folder", YEARS)
def test_rows_carry_the_official_names_of_village_and_kecamatan(tables, folder):
    desa = load_desa(YEARS[folder].kode).set_index("kode_desa")
    frame = tables[folder]["cakupan"]
    for name in ("desa", "kecamatan"):
        assert frame[name].eq(frame["kode_desa"].map(desa[name])).all()


def test_the_same_scenario_gives_the_same_coverage_again(tables):
    again = make_cakupan(YEARS["12.18/2021"])
    pd.testing.assert_frame_equal(again, tables["12.18/2021"]["cakupan"])


@pytest.mark.parametrize("folder", YEARS)
def test_the_scorecard_counts_agree_with_one_another(tables, folder):
    frame = tables[folder]["konvergensi"]
    due = frame["sasaran"] - frame["tidak_seharusnya"]
    assert (frame["diterima"] <= due).all()
    keys = ["kode_desa", "triwulan", "kelompok"]
    services = frame[frame["layanan"] != "seluruh layanan"].groupby(keys)["layanan"].nunique()
    assert set(services.groupby("kelompok").unique().map(list).explode()) == {8, 10}
    whole = frame[frame["layanan"] == "seluruh layanan"].set_index(keys)["diterima"]
    least = (frame["diterima"] + frame["tidak_seharusnya"]).groupby([frame[k] for k in keys]).min()
    assert (whole <= least.reindex(whole.index)).all()


@pytest.mark.parametrize("folder", ["12.18/2021", "73.12/2024"])
def test_the_scorecard_follows_the_coverage_of_the_desa(tables, folder):
    code = {"12.18/2021": "I02", "73.12/2024": "E11"}[folder]
    rows = tables[folder]["konvergensi"].query("layanan == 'pil Fe'")
    got = rows.groupby("kode_desa")["diterima"].sum()
    due = (rows["sasaran"] - rows["tidak_seharusnya"]).groupby(rows["kode_desa"]).sum()
    pairs = tables[folder]["cakupan"]
    pairs = pairs[pairs["kode_indikator"] == code]
    sums = pairs.groupby("kode_desa")[["pembilang", "penyebut"]].agg(
        {"pembilang": "sum", "penyebut": "last"}
    )
    both = pd.DataFrame({"skor": got / due, "cakupan": sums["pembilang"] / sums["penyebut"]})
    assert both.corr(method="spearman").iloc[0, 1] > 0.3


def test_some_desa_send_no_scorecard(tables):
    frame = tables["12.18/2021"]["konvergensi"]
    counts = frame.groupby("triwulan")["kode_desa"].nunique()
    assert (counts < 243).all()
    assert (counts > 220).all()
