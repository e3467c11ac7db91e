"""Defects of measuring and of single cells, each on a few visits shown here."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.example.kotor_ekspor import SENTINEL, pick_rows, plant_cells, plant_measures
from reviu_lib.example.skenario import list_skenario, planted
from reviu_lib.growth import compute_zscores

YEARS = {skenario.folder: skenario for skenario in list_skenario()}
Z = ["z_tbu", "z_bbu", "z_bbtb"]
DAY = pd.Timestamp(2024, 8, 14)


def make_visits(count=4, **columns):
    frame = pd.DataFrame(
        {
            "nomor": range(1, count + 1),
            "nik": [f"73120001010100{number:02d}" for number in range(1, count + 1)],
            "jk": "L",
            "tanggal": DAY,
            "usia_hari": 700,
            "lahir": DAY - pd.Timedelta(days=700),
            "berat_kg": 11.0,
            "tinggi_cm": 84.0,
            "cara_ukur": "Terlentang",
            "pola": "",
        }
    ).assign(**columns)
    return frame.join(compute_zscores(frame.rename(columns={"jk": "jenis_kelamin"}))[Z])


def plant(kode, rows=(1,), count=4):
    return plant_measures(make_visits(count), {kode: np.array(rows)})


def make_cells(count=4):
    return pd.DataFrame(
        {
            "NIK": [f"731200010101000{number}" for number in range(1, count + 1)],
            "Desa/Kel": "MARIORIAJA",
            "Berat": 11.0,
            "LiLA": 14.5,
        }
    ).astype(object)


def plant_cell(kode, *, comma, rows=(0, 2)):
    return plant_cells(make_cells(), {kode: np.array(rows)}, comma=comma)


def test_a_child_beyond_five_years_was_born_earlier_and_has_no_z():
    frame = plant("USIA_60_BULAN", (1, 3))
    assert frame.loc[[1, 3], "usia_hari"].tolist() == [1830, 1835]
    assert ((frame["tanggal"] - frame["lahir"]).dt.days == frame["usia_hari"]).all()
    assert frame.loc[[1, 3], Z].isna().all(axis=None)
    assert frame.loc[[0, 2], Z].notna().all(axis=None)


def test_a_height_of_zero_keeps_the_weight_for_age_only():
    row = plant("TINGGI_NOL").loc[1]
    assert row["tinggi_cm"] == 0
    assert row[Z].notna().tolist() == [False, True, False]


def test_the_sentinel_replaces_weight_for_length_only():
    before, row = make_visits().loc[1], plant("Z_SENTINEL").loc[1]
    assert (row["z_bbtb"], row["z_tbu"]) == (SENTINEL, before["z_tbu"])


def test_a_height_edited_later_keeps_the_z_of_the_first_entry():
    before, row = make_visits().loc[1], plant("Z_TIDAK_SESUAI").loc[1]
    assert row["tinggi_cm"] == 87.0
    assert row[Z].tolist() == before[Z].tolist()


def test_a_date_in_the_future_is_twenty_years_away_and_the_birth_stays():
    row = plant("TANGGAL_DEPAN").loc[1]
    assert row["tanggal"] == pd.Timestamp(2044, 8, 14)
    assert row["lahir"] == make_visits().loc[1, "lahir"]


def test_a_second_row_of_the_same_day_stands_before_the_last_one():
    frame = plant("GANDA_TANGGAL_SAMA").sort_values("urutan")
    twice = frame[frame["nik"] == "7312000101010002"]
    assert twice["berat_kg"].tolist() == [11.3, 11.0]
    assert twice["tanggal"].nunique() == 1
    assert twice["z_bbu"].is_monotonic_decreasing


def test_a_second_visit_of_the_month_is_a_day_earlier_and_lighter():
    frame = plant("UKUR_DUA_KALI").sort_values("urutan")
    twice = frame[frame["nik"] == "7312000101010002"]
    assert twice["berat_kg"].tolist() == [10.8, 11.0]
    assert twice["usia_hari"].tolist() == [699, 700]
    assert twice["tanggal"].diff().iloc[-1] == pd.Timedelta(days=1)


@pytest.mark.parametrize("kode", ["GANDA_TANGGAL_SAMA", "UKUR_DUA_KALI"])
def test_a_repeated_row_has_the_z_of_its_own_measures(kode):
    copy = plant(kode).iloc[[-1]]
    z = compute_zscores(copy.rename(columns={"jk": "jenis_kelamin"}))
    assert copy[Z].to_numpy().tolist() == z[Z].to_numpy().tolist()


@pytest.mark.parametrize(
    "kode",
    [
        "USIA_60_BULAN",
        "TINGGI_NOL",
        "Z_SENTINEL",
        "Z_TIDAK_SESUAI",
        "TANGGAL_DEPAN",
        "GANDA_TANGGAL_SAMA",
        "UKUR_DUA_KALI",
    ],
)
def test_visits_that_were_not_chosen_stay_as_they_were(kode):
    others = [0, 2, 3]
    columns = list(make_visits().columns)
    pd.testing.assert_frame_equal(
        plant(kode).loc[others, columns], make_visits().loc[others], check_dtype=False
    )


def test_without_dirt_visits_only_get_their_order():
    frame = plant_measures(make_visits(), {})
    assert frame.pop("urutan").tolist() == [0, 1, 2, 3]
    pd.testing.assert_frame_equal(frame, make_visits())


@pytest.mark.parametrize(
    ("kode", "comma", "column", "values"),
    [
        ("SPASI_NBSP", False, "Desa/Kel", ["MARIORIAJA  ", "MARIORIAJA\u00a0"]),
        ("DESA_SALAH_EJA", False, "Desa/Kel", ["MARIORIAJKH", "MARIORIAJKH"]),
        ("KOMA_TEKS", False, "Berat", ["11,0", "11,0"]),
        ("TITIK_TEKS", True, "Berat", ["11.0", "11.0"]),
        ("LILA_NOL", False, "LiLA", [0.0, 0.0]),
        ("LILA_STRIP", True, "LiLA", ["-", "-"]),
        ("NIK_KOSONG", False, "NIK", [None, None]),
        ("TEKS_DI_ANGKA", True, "Berat", ["lupa timbang", "lupa timbang"]),
        ("NIK_ANGKA", False, "NIK", [7312000101010000.0, 7312000101010000.0]),
        ("NIK_ANGKA", True, "NIK", ["7,31200010101000E+15", "7,31200010101000E+15"]),
    ],
)
def test_a_cell_is_spoiled_in_its_own_way_and_only_where_chosen(kode, comma, column, values):
    frame, clean = plant_cell(kode, comma=comma), make_cells()
    assert [None if pd.isna(value) else value for value in frame.loc[[0, 2], column]] == values
    clean.loc[[0, 2], column] = frame.loc[[0, 2], column]
    pd.testing.assert_frame_equal(frame, clean)


def test_planting_in_cells_leaves_the_given_frame_alone():
    cells = make_cells()
    plant_cells(cells, {"NIK_KOSONG": np.array([0])}, comma=False)
    pd.testing.assert_frame_equal(cells, make_cells())


def test_no_cell_is_touched_without_dirt():
    pd.testing.assert_frame_equal(plant_cells(make_cells(), {}, comma=True), make_cells())


def many_visits(count=2500):
    serial = np.arange(count) % 9 + 1
    return pd.DataFrame(
        {
            "nik": [f"731200010101{number:04d}" for number in serial],
            "usia_hari": np.arange(count) % 1900,
            "pola": np.where(np.arange(count) % 11 == 0, "dibulatkan", ""),
        }
    )


@pytest.mark.parametrize("berkas", ["februari", "agustus"])
@pytest.mark.parametrize("folder", YEARS)
def test_no_visit_is_chosen_for_two_defects(folder, berkas):
    rows = pick_rows(many_visits(), YEARS[folder], berkas)
    chosen = np.concatenate(list(rows.values()))
    assert len(np.unique(chosen)) == len(chosen)


@pytest.mark.parametrize("berkas", ["februari", "agustus"])
def test_every_defect_gets_as_many_visits_as_declared(berkas):
    skenario = YEARS["73.12/2024"]
    rows, counts = pick_rows(many_visits(), skenario, berkas), planted(skenario, berkas)
    columns = {"JUDUL_PUKESMAS", "PEMBULATAN_TINGGI", "TINGGI_DISESUAIKAN", "ANAK_GANDA"}
    assert set(rows) == set(counts) - columns
    assert {kode: len(found) for kode, found in rows.items()} == {
        kode: count for kode, count in counts.items() if kode not in columns
    }


def test_defects_stay_away_from_the_limits_of_age_and_from_rounded_heights():
    visits = many_visits()
    rows = pick_rows(visits, YEARS["73.12/2024"], "agustus")
    chosen = visits.iloc[np.concatenate(list(rows.values()))]
    assert chosen["usia_hari"].between(200, 1500).all()
    assert chosen["pola"].eq("").all()


def test_a_child_whose_serial_has_two_digits_is_never_chosen():
    visits = many_visits().assign(nik="7312000101010010")
    rows = pick_rows(visits, YEARS["73.12/2024"], "agustus")
    assert all(len(found) == 0 for found in rows.values())


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 3), st.floats(3, 20))
def test_a_weight_in_text_reads_back_as_the_same_weight(row, weight):
    cells = make_cells().assign(Berat=round(weight, 1)).astype(object)
    frame = plant_cells(cells, {"KOMA_TEKS": np.array([row])}, comma=False)
    assert float(frame.loc[row, "Berat"].replace(",", ".")) == round(weight, 1)
