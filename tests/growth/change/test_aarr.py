"""AARR and points per year: the cases of D11, and what may be chained or printed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviu_lib.errors import DataError, TataLetakError
from reviu_lib.growth import (
    check_aarr,
    compute_aarr,
    compute_aarr_log_linear,
    compute_kebutuhan,
    compute_poin_per_tahun,
    summarize_deret,
)

from .kasus import cases, shown

YEARS = [2021, 2022, 2023, 2024]
VALUES = [24.4, 21.6, 21.5, 19.8]
percent = st.floats(0.5, 80)


def deret(sumber, tahun=YEARS, nilai=VALUES, kode="00", **extra):
    return pd.DataFrame(
        {
            "kode_wilayah": kode,
            "sumber": sumber,
            "tahun": tahun,
            "prevalensi_persen": nilai,
            **extra,
        }
    )


def bounded(frame):
    near = frame["prevalensi_persen"]
    return frame.assign(bawah_persen=near - 2, atas_persen=near + 2)


def five_of_ssgi():
    return bounded(deret("SSGI", range(2020, 2025), [30, 28, 27, 25, 24], kode="12.18"))


@cases("aarr")
def test_two_points_give_the_rate_and_the_points_worked_by_hand(case):
    numbers = (*case["prevalensi"], case["tahun"])
    assert shown(compute_aarr(*numbers)) == case["aarr_persen"]
    assert shown(compute_poin_per_tahun(*numbers)) == case["poin_per_tahun"]


@cases("aarr_deret")
def test_all_points_give_the_log_linear_rate_worked_by_hand(case):
    assert shown(compute_aarr_log_linear(case["tahun"], case["prevalensi"])) == case["aarr_persen"]


@given(percent, percent, st.integers(1, 20))
def test_with_two_points_the_log_linear_rate_is_the_two_point_rate(awal, akhir, tahun):
    line = compute_aarr_log_linear([2000, 2000 + tahun], [awal, akhir])
    assert line == pytest.approx(float(compute_aarr(awal, akhir, tahun)), abs=1e-9)


@given(percent, st.floats(-20, 40), st.integers(2, 9))
def test_a_series_that_falls_by_one_share_every_year_has_that_rate(awal, rate, count):
    values = awal * (1 - rate / 100) ** np.arange(count)
    assert compute_aarr_log_linear(2000 + np.arange(count), values) == pytest.approx(rate, abs=1e-8)
    assert float(compute_aarr(values[0], values[-1], count - 1)) == pytest.approx(rate, abs=1e-8)


@given(st.lists(percent, min_size=2, max_size=8), st.floats(0.1, 10), st.randoms())
def test_neither_the_unit_nor_the_order_of_the_points_changes_the_rate(values, scale, random):
    years = list(range(2000, 2000 + len(values)))
    rate = compute_aarr_log_linear(years, values)
    mixed = random.sample(list(zip(years, values, strict=True)), len(values))
    again = compute_aarr_log_linear(*zip(*((y, v * scale) for y, v in mixed), strict=True))
    assert again == pytest.approx(rate, abs=1e-6)


def test_a_missing_point_is_left_out_and_never_read_as_zero():
    with_gap = compute_aarr_log_linear([2021, 2022, 2024], [24.4, np.nan, 19.8])
    assert with_gap == compute_aarr_log_linear([2021, 2024], [24.4, 19.8])
    assert np.isnan(compute_aarr([np.nan], [19.8], [3])).all()


def test_a_series_of_several_surveys_is_refused_unless_it_is_chained_openly():
    national = deret(["SSGI", "SSGI", "SKI", "SSGI"])
    with pytest.raises(DataError, match="beberapa sumber: SSGI dan SKI"):
        summarize_deret(national)
    row = summarize_deret(national, rangkai=True).iloc[0]
    assert row["pergantian_sumber"] == "SSGI 2022 ke SKI 2023; SKI 2023 ke SSGI 2024"
    assert (row["tahun_awal"], row["tahun_akhir"], row["sumber"]) == (2021, 2024, "SSGI; SKI")
    assert shown(row["aarr_dua_titik_persen"]) == 6.73
    assert shown(row["aarr_log_linear_persen"]) == 6.12
    assert shown(row["penurunan_poin_per_tahun"]) == 1.53


@pytest.mark.parametrize("rangkai", [False, True])
def test_a_survey_and_a_register_never_make_one_series(rangkai):
    with pytest.raises(DataError, match="beberapa sumber"):
        summarize_deret(deret(["SSGI", "SSGI", "e-PPGBM", "SSGI"]), rangkai=rangkai)


def test_a_series_of_two_register_months_or_of_one_year_twice_is_refused():
    months = deret("e-PPGBM", periode=["Februari", "Februari", "Agustus", "Agustus"])
    with pytest.raises(DataError, match="mencampur bulan Februari dan Agustus"):
        summarize_deret(months)
    with pytest.raises(DataError, match="dua angka untuk tahun 2022"):
        summarize_deret(deret("SSGI", [2021, 2022, 2022, 2024]))


def test_every_region_is_a_series_of_its_own_and_missing_points_are_not_ends():
    both = pd.concat(
        [
            deret("SSGI", [2021, 2022, 2024], [25.0, 20.0, None], "73.12"),
            deret("SSGI", [2021, 2024], [30, 15], "12.18"),
        ]
    )
    rows = summarize_deret(both).set_index("kode_wilayah")
    assert list(rows.index) == ["12.18", "73.12"]
    assert rows.loc["73.12", "tahun_akhir"] == 2022
    assert rows.loc["73.12", "aarr_dua_titik_persen"] == pytest.approx(20)
    assert rows["pergantian_sumber"].isna().all()


def test_an_unknown_source_and_an_absent_column_are_named():
    with pytest.raises(DataError, match="'Posyandu' tidak dikenal"):
        summarize_deret(deret("Posyandu"))
    with pytest.raises(TataLetakError, match="tidak lengkap: tahun"):
        summarize_deret(deret("SSGI").drop(columns="tahun"))


def test_a_series_without_any_point_gives_an_empty_table_with_its_columns():
    empty = summarize_deret(deret("SSGI", nilai=np.nan))
    assert empty.empty
    assert "aarr_dua_titik_persen" in empty


def test_what_a_target_asks_for_is_said_with_the_years_left():
    rows = pd.DataFrame(
        {
            "sumber": "SSGI",
            "tahun": [2024, 2024, 2024],
            "prevalensi_persen": [19.8, 19.8, 12.0],
            "tahun_target": [2029, 2024, 2029],
            "target_persen": [14.2, 14.0, 14.2],
            "sumber_target": "RPJMN",
        }
    )
    needed = compute_kebutuhan(rows)
    assert needed["sisa_tahun"].tolist()[::2] == [5, 5]
    assert shown(needed.loc[0, "aarr_perlu_persen"]) == 6.43
    assert needed.loc[1, ["sisa_tahun", "aarr_perlu_persen"]].isna().all()
    assert needed.loc[2, "penurunan_perlu_poin_per_tahun"] < 0


def test_an_aarr_of_a_kabupaten_needs_five_points_of_one_survey_with_intervals():
    assert check_aarr(five_of_ssgi())["boleh_dicetak"].tolist() == [True]


@pytest.mark.parametrize(
    ("change", "alasan"),
    [
        (lambda f: f.iloc[:4], "hanya 4 titik berselang kepercayaan, perlu 5"),
        (
            lambda f: f.assign(atas_persen=f["atas_persen"].where(f["tahun"] != 2022)),
            "hanya 4 titik berselang kepercayaan, perlu 5",
        ),
        (
            lambda f: f.drop(columns=["bawah_persen", "atas_persen"]),
            "hanya 0 titik berselang kepercayaan, perlu 5",
        ),
        (
            lambda f: f.assign(sumber=["SSGBI", "SSGI", "SSGI", "SKI", "SSGI"]),
            "deretnya merangkai SSGBI, SSGI, dan SKI",
        ),
        (
            lambda f: f.assign(sumber="e-PPGBM"),
            "register bukan survei dan tidak mempunyai selang kepercayaan",
        ),
    ],
)
def test_an_aarr_of_a_kabupaten_is_otherwise_not_printed_and_the_reason_is_said(change, alasan):
    row = check_aarr(change(five_of_ssgi())).iloc[0]
    assert not row["boleh_dicetak"]
    assert row["alasan"] == alasan


def test_the_national_series_may_be_printed_from_two_points_on():
    frame = pd.concat([deret(["Riskesdas", "SSGI"], [2018, 2024], [30.8, 19.8]),
                       deret("SSGI", [2024], [22.0], "12")])  # fmt: skip
    rows = check_aarr(frame).set_index("kode_wilayah")
    assert rows["boleh_dicetak"].to_dict() == {"00": True, "12": False}
    assert rows.loc["12", "alasan"] == "hanya ada satu titik"
