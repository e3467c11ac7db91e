"""Survey beside register: the distance, and the bounds for the unmeasured (D13)."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviu_lib.errors import DataError, TataLetakError
from reviu_lib.growth import compare_sumber, compute_bounds

from .kasus import cases, shown


def survei(nilai=23.0, sumber="SSGI", kode="19.06"):
    return pd.DataFrame(
        {"kode_wilayah": [kode], "tahun": 2022, "sumber": sumber, "prevalensi_persen": nilai}
    )


def register(nilai=4.5, ds=60.71, kode="19.06", **more):
    row = {"kode_wilayah": [kode], "tahun": 2022, "sumber": "e-PPGBM", "prevalensi_persen": nilai}
    return pd.DataFrame({**row, "d_per_s_persen": ds, **more})


@cases("batas")
def test_two_series_stand_side_by_side_with_distance_and_bounds(case):
    nilai = case["kasus"] * 100 / case["diukur"]
    own = register(nilai, case["d_per_s"], tahun_d_per_s=case["tahun_d_per_s"])
    row = compare_sumber(survei(case["survei"]), own).iloc[0]
    assert shown(row["register_persen"]) == case["register_persen"]
    assert shown(row["selisih_poin"]) == case["selisih_poin"]
    limits = [shown(row[name]) for name in ("bawah_persen", "atas_persen")]
    assert [limit for limit in limits if limit != ""] == case["batas_persen"]
    inside = row["survei_dalam_batas"]
    assert ("" if pd.isna(inside) else bool(inside)) == case["survei_dalam_batas"]


def test_coverage_of_another_year_is_said_and_coverage_over_100_bounds_nothing():
    other = compare_sumber(survei(), register(tahun_d_per_s=2024)).iloc[0]
    assert (other["tahun_d_per_s"], other["catatan"]) == (2024, "D/S tahun 2024")
    same = compare_sumber(survei(), register()).iloc[0]
    assert same["tahun_d_per_s"] == 2022
    assert pd.isna(same["catatan"])
    over = compare_sumber(survei(), register(ds=109.5)).iloc[0]
    assert over["catatan"].startswith("D/S di atas 100 persen")


def test_no_column_averages_the_two():
    row = compare_sumber(survei(20.0), register(10.0)).iloc[0]
    assert 15.0 not in row.dropna().tolist()


def test_a_place_known_to_one_source_only_keeps_its_row_without_distance():
    both = compare_sumber(survei(kode="12.18"), register(kode="73.12")).set_index("kode_wilayah")
    assert both["selisih_poin"].isna().all()
    assert both.loc["73.12", "bawah_persen"] == pytest.approx(4.5 * 0.6071)
    assert pd.isna(both.loc["12.18", "survei_dalam_batas"])


def test_the_kinds_may_not_change_places():
    with pytest.raises(DataError, match="e-PPGBM bukan survei"):
        compare_sumber(survei(sumber="e-PPGBM"), register())
    with pytest.raises(DataError, match="SSGI bukan register"):
        compare_sumber(survei(), register().assign(sumber="SSGI"))
    with pytest.raises(TataLetakError, match="d_per_s_persen"):
        compare_sumber(survei(), register().drop(columns="d_per_s_persen"))


@given(st.integers(1, 500), st.integers(0, 500), st.data())
def test_the_bounds_hold_whatever_the_unmeasured_are(measured, unmeasured, data):
    short = data.draw(st.integers(0, measured))
    hidden = data.draw(st.integers(0, unmeasured))
    everyone = measured + unmeasured
    low, high = compute_bounds(short * 100 / measured, measured * 100 / everyone)
    assert low - 1e-9 <= (short + hidden) * 100 / everyone <= high + 1e-9
    assert high - low == pytest.approx(unmeasured * 100 / everyone)


@pytest.mark.parametrize("pair", [(np.nan, 60), (4.5, np.nan), (4.5, 100.1), (4.5, -1)])
def test_what_is_not_known_bounds_nothing(pair):
    assert np.isnan(compute_bounds(*pair)).all()
