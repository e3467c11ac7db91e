"""Who is counted, by what, and what stands in the table (register)."""

import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.catalog import load_ambang
from reviu_lib.errors import DataError, TataLetakError
from reviu_lib.growth import compute_prevalence, compute_rerata_z, select_kunjungan_terakhir
from reviu_lib.growth.prevalence.groups import list_anak
from reviu_lib.growth.prevalence.rules import load_aturan_prevalensi

from .anak import make_anak, row

few = settings(max_examples=25, deadline=None)
CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "statistik.toml").read_text("utf-8"))
Z = st.lists(st.sampled_from([-3.5, -3.0, -2.5, -2.0, 0.0, 3.1, np.nan]), min_size=1, max_size=30)


@pytest.mark.parametrize("case", CASES["kunjungan"], ids=lambda case: case["kode"])
def test_a_child_counts_once_by_its_latest_visit(case):
    rows = [text.split() for text in case["baris"]]
    visits = make_anak(
        [float(z) for _, _, z in rows],
        id_anak=[child for child, _, _ in rows],
        tanggal_ukur=pd.to_datetime([date for _, date, _ in rows]),
    )
    latest = select_kunjungan_terakhir(visits, mulai=case["mulai"], selesai=case["selesai"])
    own = row(latest)
    assert [own["diukur"], own["kasus"]] == [case["anak"], case["stunting"]]
    assert own["prevalensi_persen"] == case["prevalensi"]


def test_of_two_rows_of_one_day_the_last_stays_and_the_order_of_the_table_is_kept():
    visits = make_anak(
        [-1, -2, -3, -4, -5],
        id_anak=["B", "A", "A", None, None],
        tanggal_ukur=pd.to_datetime(["2024-08-09", *["2024-08-01"] * 4]),
    )
    visits.index = [7, 7, 7, 8, 9]
    assert select_kunjungan_terakhir(visits)["z_tbu"].tolist() == [-1, -3, -4, -5]


def test_a_child_counts_once_in_each_month_when_asked_for():
    visits = make_anak(
        [-1, -2, -3],
        id_anak=["A"] * 3,
        tanggal_ukur=pd.to_datetime(["2024-02-01", "2024-02-20", "2024-08-01"]),
        bulan=[2, 2, 8],
    )
    assert select_kunjungan_terakhir(visits, ["bulan"])["z_tbu"].tolist() == [-2, -3]


def test_a_visit_without_date_lies_in_no_period():
    visits = make_anak([-1.0], id_anak=["A"], tanggal_ukur=pd.to_datetime([None]))
    assert select_kunjungan_terakhir(visits).empty
    with pytest.raises(TataLetakError, match="id_anak"):
        select_kunjungan_terakhir(visits.drop(columns="id_anak"))


def test_the_limits_themselves_are_normal():
    own = make_anak([-2.0, -2.01, -3.0, -3.01, -2.004])
    assert row(own)["kasus"] == 3
    assert row(own, "sangat_pendek")["kasus"] == 1


def test_an_implausible_z_is_not_measured_but_counted_apart():
    own = row(make_anak([-2.5, -6.5, 0], ekstrem_tbu=[False, True, False]))
    assert [own["terdaftar"], own["diukur"], own["ekstrem"], own["kasus"]] == [3, 2, 1, 1]
    assert own["prevalensi_persen"] == 50


def test_a_child_without_z_is_registered_and_not_measured():
    own = row(make_anak([-2.5, np.nan]))
    assert [own["terdaftar"], own["diukur"], own["prevalensi_persen"]] == [2, 1, 100]


def test_the_denominator_can_be_all_registered_and_is_named():
    own = row(make_anak([-2.5, np.nan]), penyebut="terdaftar")
    assert [own["penyebut"], own["prevalensi_persen"]] == ["terdaftar", 50]
    assert own["bawah_persen"] == pytest.approx(9.4531, abs=1e-4)


@pytest.mark.parametrize("edema", [[True, False], ["ya", "tidak"], [1, 0]])
def test_oedema_counts_as_severe_for_weight_and_never_for_height(edema):
    anak = make_anak([-1.0, -1.0], z_bbtb=[np.nan, 0.0], edema=edema)
    assert row(anak, "gizi_buruk")["kasus"] == 1
    assert row(anak, "wasting")["prevalensi_persen"] == 50
    assert row(anak, "overweight")["kasus"] == 0
    assert row(anak)["kasus"] == 0


def test_oedema_stays_out_of_mean_and_standard_deviation():
    anak = make_anak([-1.0] * 3, z_bbtb=[np.nan, 0.0, 1.0], edema=[True, False, False])
    own = row(anak, "wasting")
    assert [own["diukur"], own["rerata_z"]] == [3, 0.5]
    assert own["simpangan_baku_z"] == pytest.approx(np.sqrt(0.5))


def test_a_child_above_the_last_day_of_the_tables_is_set_aside_and_unknown_age_stays():
    anak = make_anak([-2.5, -2.5, -2.5], usia_hari=[1827, 1826, np.nan])
    assert row(anak)["terdaftar"] == 2
    assert list_anak(anak, None)[1].usia_lewat == 1


def test_age_in_months_serves_where_days_are_missing():
    anak = make_anak([0.0] * 3, usia_hari=[np.nan, 100, np.nan], usia_bulan=[60.1, 60.1, 13.0])
    assert row(anak)["terdaftar"] == 2
    assert row(anak, kelompok="kelompok_usia", nilai="12-23 bulan")["terdaftar"] == 1


@pytest.mark.parametrize(
    ("hari", "usia"),
    [(0, "0-5 bulan"), (182, "0-5 bulan"), (183, "6-11 bulan"), (730, "12-23 bulan"),
     (731, "24-35 bulan"), (1826, "48-59 bulan"), (-1, "tidak diketahui")],
)  # fmt: skip
def test_age_groups_are_of_unrounded_months(hari, usia):
    anak = make_anak([0.0], usia_hari=[hari])
    assert row(anak, kelompok="kelompok_usia", nilai=usia)["terdaftar"] == 1


def test_groups_of_age_and_sex_are_listed_even_when_empty():
    table = compute_prevalence(make_anak([0.0], usia_hari=[10], jenis_kelamin=["L"]))
    sizes = table.drop_duplicates(["kelompok", "nilai_kelompok"]).groupby("kelompok").size()
    assert sizes.to_dict() == {
        "semua": 1, "kelompok_usia": 6, "jenis_kelamin": 2, "usia_dan_jenis_kelamin": 12,
    }  # fmt: skip


def test_an_empty_group_has_counts_of_zero_and_no_figure():
    anak = make_anak([0.0], jenis_kelamin=["L"])
    own = row(anak, kelompok="jenis_kelamin", nilai="P")
    assert [own["terdaftar"], own["diukur"], own["kasus"]] == [0, 0, 0]
    assert own[["prevalensi_persen", "bawah_persen", "metode_selang", "rerata_z"]].isna().all()


def test_a_table_without_children_gives_empty_groups():
    own = row(make_anak([]))
    assert own["terdaftar"] == 0
    assert np.isnan(own["prevalensi_persen"])


def test_any_column_groups_and_children_without_it_are_named_unknown():
    anak = make_anak([-2.5, -2.5, 0.0, 0.0], desa=["B", "A", "B", " "])
    table = compute_prevalence(anak, ["desa"])
    own = table[(table["kelompok"] == "desa") & (table["indikator"] == "stunting")]
    assert own["nilai_kelompok"].tolist() == ["A", "B", "tidak diketahui"]
    assert own["prevalensi_persen"].tolist() == [100, 50, 0]


def test_whole_numbers_of_a_grouping_column_are_written_without_decimals():
    own = row(make_anak([0.0, 0.0], kuintil=[1.0, np.nan]), kelompok="kuintil", nilai="1",
              oleh=["kuintil"])  # fmt: skip
    assert own["terdaftar"] == 1


def test_the_interval_of_a_register_is_wilson_on_the_counts():
    own = row(make_anak([-2.5] * 3 + [0.0] * 9))
    assert own["metode_selang"] == "Wilson"
    limits = own[["bawah_persen", "atas_persen"]].astype(float).round(2)
    assert limits.tolist() == [8.89, 53.23]
    assert np.isnan(own["galat_baku_poin"])


def test_two_conditions_at_once_need_both_measures():
    anak = make_anak([-2.5, -2.5, np.nan, -2.5], z_bbtb=[-2.5, 0.0, -2.5, np.nan])
    own = row(anak, "stunting_dan_wasting")
    assert [own["diukur"], own["kasus"], own["indeks"]] == [2, 1, "TB/U dan BB/TB"]


def test_an_index_the_table_lacks_is_left_out():
    table = compute_prevalence(make_anak([0.0]))
    assert set(table["indikator"]) == {"sangat_pendek", "stunting"}


def test_limits_that_only_who_prints_come_when_asked_for():
    table = compute_prevalence(make_anak([3.5]), semua_batas=True)
    assert table.loc[table["indikator"] == "tinggi", "kasus"].iloc[0] == 1


def test_figures_of_two_sources_are_never_mixed():
    anak = make_anak([0.0, 0.0, 0.0], sumber=["e-PPGBM", "SSGI", None])
    with pytest.raises(DataError, match=r"lebih dari satu sumber: SSGI; e-PPGBM"):
        compute_prevalence(anak)
    assert row(anak.iloc[[0, 2]])["terdaftar"] == 2


def test_absent_columns_are_named():
    with pytest.raises(TataLetakError, match="compute_zscores"):
        compute_prevalence(pd.DataFrame({"z_tbu": [0.0]}))
    with pytest.raises(TataLetakError, match="z_tbu"):
        compute_prevalence(pd.DataFrame({"usia_hari": [1]}))
    with pytest.raises(TataLetakError, match="desaa"):
        compute_prevalence(make_anak([0.0]), ["desaa"])


def test_the_mean_of_a_register_has_the_error_of_its_spread():
    table = compute_rerata_z(make_anak([-2.0, -1.0, 0.0]))
    own = table[table["kelompok"] == "semua"].iloc[0]
    assert [own["rerata_z"], own["simpangan_baku_z"]] == [-1, 1]
    assert own["galat_baku_z"] == pytest.approx(1 / np.sqrt(3))
    assert own["atas_z"] == pytest.approx(-1 + 4.302653 / np.sqrt(3), abs=1e-6)


def test_one_child_has_a_mean_and_no_spread():
    own = compute_rerata_z(make_anak([-2.0])).iloc[0]
    assert own["rerata_z"] == -2
    assert own[["simpangan_baku_z", "galat_baku_z", "bawah_z"]].isna().all()


def test_the_limits_of_stunting_are_those_of_the_thresholds():
    ambang, indikator = load_ambang(), load_aturan_prevalensi().indikator
    assert indikator["stunting"].batas == ambang["z_stunting"]
    assert indikator["sangat_pendek"].batas == ambang["z_sangat_pendek"]


@few
@given(Z, st.randoms())
def test_the_order_of_rows_changes_nothing(z, random):
    anak = make_anak(z, desa=[str(number % 3) for number in range(len(z))])
    order = list(range(len(z)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(
        compute_prevalence(anak, ["desa"]), compute_prevalence(anak.iloc[order], ["desa"])
    )


@few
@given(Z, st.integers(0, 30))
def test_counts_of_two_parts_add_up_to_those_of_the_whole(z, cut):
    anak = make_anak(z)
    first, second, whole = (_counts(part) for part in (anak[:cut], anak[cut:], anak))
    pd.testing.assert_frame_equal(first.add(second, fill_value=0).astype("int64"), whole)


def _counts(anak):
    table = compute_prevalence(anak).set_index(["kelompok", "nilai_kelompok", "indikator"])
    return table[["terdaftar", "diukur", "ekstrem", "kasus"]].sort_index()


@few
@given(Z)
def test_a_bad_row_changes_nothing_for_the_other_groups(z):
    anak = make_anak(z, desa="A", usia_hari=400)
    bad = make_anak([np.nan], desa="Z", usia_hari=-5)
    both = compute_prevalence(pd.concat([anak, bad], ignore_index=True), ["desa"])
    alone = compute_prevalence(anak, ["desa"])
    pd.testing.assert_frame_equal(_of_desa(both), _of_desa(alone))


def _of_desa(table):
    rows = (table["kelompok"] == "desa") & (table["nilai_kelompok"] == "A")
    return table[rows].reset_index(drop=True)
