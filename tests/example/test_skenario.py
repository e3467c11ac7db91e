"""What the example declares is what its scenario says: places, random numbers, dirt, stories."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.example import daftar_tanam
from reviu_lib.example.skenario import (
    list_skenario,
    load_desa,
    make_rng,
    planted,
    read_data,
    stories,
)
from reviu_lib.reference import list_desa, load_wilayah, nama_wilayah

YEARS = {skenario.folder: skenario for skenario in list_skenario()}
PLACES = ["12.18", "73.12"]


def test_two_kabupaten_have_two_years_each_the_earlier_first():
    assert [(item.kode, item.tahun, item.ke) for item in list_skenario()] == [
        ("12.18", 2020, 0),
        ("12.18", 2021, 1),
        ("73.12", 2023, 0),
        ("73.12", 2024, 1),
    ]


@pytest.mark.parametrize(("folder", "indicators"), [("12.18/2021", "r1"), ("73.12/2024", "r2")])
def test_the_year_of_a_scenario_chooses_its_indicators(folder, indicators):
    assert YEARS[folder].set_indikator == indicators


@pytest.mark.parametrize(
    ("folder", "cutoff", "review"),
    [
        ("12.18/2021", date(2021, 11, 30), date(2021, 12, 21)),
        ("73.12/2024", date(2024, 11, 30), date(2024, 12, 10)),
    ],
)
def test_the_later_year_is_reviewed_in_december_on_data_of_november(folder, cutoff, review):
    skenario = YEARS[folder]
    assert (skenario.cutoff, skenario.ketentuan["tanggal_reviu"]) == (cutoff, review)


@pytest.mark.parametrize("folder", YEARS)
def test_a_review_is_held_after_its_data_end_and_never_before(folder):
    assert YEARS[folder].cutoff < YEARS[folder].ketentuan["tanggal_reviu"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("buku_kerja", "buku-kerja-73.12-2024.xlsx"),
        ("februari", "eppgbm-februari-2024.xlsx"),
        ("agustus", "eppgbm-agustus-2024.csv"),
        ("rekap", "rekap_indikator_2024.csv"),
    ],
)
def test_a_file_name_tells_its_kind_and_year(kind, name):
    assert YEARS["73.12/2024"].nama_berkas(kind) == name


def test_an_unknown_kind_of_file_has_no_name():
    with pytest.raises(KeyError):
        YEARS["73.12/2024"].nama_berkas("maret")


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=30))
def test_the_same_purpose_draws_the_same_numbers(purpose):
    first, second = (make_rng(purpose).random(4).tolist() for _ in range(2))
    assert first == second


def test_different_purposes_years_and_places_draw_different_numbers():
    draws = [skenario.rng(use).random() for skenario in YEARS.values() for use in ("a", "b")]
    assert len(set(draws)) == len(draws)


def test_numpy_still_draws_what_the_committed_example_was_made_with():
    seeded = np.random.default_rng([read_data("kabupaten")["benih"], 0])
    assert make_rng("").random() == seeded.random()


@pytest.mark.parametrize("kode", PLACES)
def test_every_village_has_a_size_and_their_sum_is_the_declared_one(kode):
    desa = load_desa(kode)
    assert list(desa["kode_desa"]) == sorted(list_desa(kode)["kode_desa"])
    assert desa["balita"].gt(0).all()
    assert sum(desa["balita"]) == pytest.approx(read_data("kabupaten")[kode]["balita"])


@pytest.mark.parametrize("kode", PLACES)
def test_exactly_the_villages_of_one_kecamatan_are_left_behind(kode):
    desa, behind = load_desa(kode), read_data("kabupaten")[kode]["kecamatan_tertinggal"]
    assert set(desa.loc[desa["tertinggal"], "kode_kecamatan"]) == {behind}
    assert not desa.loc[~desa["tertinggal"], "kode_desa"].str.startswith(behind).any()


@pytest.mark.parametrize("kode", PLACES)
@pytest.mark.parametrize("key", ["kecamatan_tertinggal", "puskesmas_pembulatan", "provinsi"])
def test_places_named_in_the_scenario_exist_and_lie_inside(kode, key):
    place = read_data("kabupaten")[kode][key]
    assert nama_wilayah(place)
    assert place.startswith(kode) or kode.startswith(place)


@pytest.mark.parametrize(
    ("folder", "counts"),
    [
        ("12.18/2020", {}),
        ("12.18/2021", {"PEMBULATAN_TINGGI": 900}),
        ("73.12/2023", {}),
        ("73.12/2024", {"PEMBULATAN_TINGGI": 700}),
    ],
)
def test_dirt_declared_for_some_years_only_stays_there(folder, counts):
    found = planted(YEARS[folder], "februari")
    assert {key: value for key, value in found.items() if key.startswith("PEMBULATAN")} == counts


def test_only_soppeng_2024_has_a_recap():
    assert [bool(planted(skenario, "rekap")) for skenario in list_skenario()] == [
        *(False, False, False, True)
    ]


@pytest.mark.parametrize(
    ("kind", "berkas"), [("KOMA_TEKS", "agustus"), ("TITIK_TEKS", "februari"), ("DIV0", "rekap")]
)
def test_dirt_of_one_kind_of_file_is_not_planted_in_another(kind, berkas):
    assert kind not in planted(YEARS["73.12/2024"], berkas)


def test_a_file_nobody_declares_gets_no_dirt():
    assert planted(YEARS["73.12/2024"], "maret") == {}


def test_stories_are_told_only_where_they_are_declared():
    assert set(stories(YEARS["12.18/2020"], "kegiatan")) == {"K030", "K007"}
    assert stories(YEARS["73.12/2024"], "kegiatan")["K050"]["terlambat"] == 124
    assert stories(YEARS["73.12/2024"], "tidak ada") == {}


def test_the_list_of_the_planted_has_its_columns_and_kinds():
    frame = daftar_tanam()
    assert list(frame.columns) == [
        *("jenis", "kode", "kode_kabupaten", "tahun", "berkas", "lembar", "kolom"),
        *("jumlah", "tabel", "kunci", "nilai", "uraian", "harapan"),
    ]
    assert set(frame["jenis"]) == {"kotoran", "cerita"}
    assert frame[["kode", "kode_kabupaten", "tahun", "jumlah", "uraian"]].notna().all(axis=None)
    assert frame["jumlah"].gt(0).all()


def test_dirt_names_its_file_and_column_and_a_story_its_table_and_outcome():
    frame = daftar_tanam()
    dirt = frame["jenis"] == "kotoran"
    assert frame.loc[dirt, ["berkas", "kolom"]].notna().all(axis=None)
    assert frame.loc[~dirt, ["tabel", "kunci", "harapan"]].notna().all(axis=None)
    assert frame.loc[~dirt, ["berkas", "lembar", "kolom"]].isna().all(axis=None)


def test_dirt_lies_in_a_file_of_its_own_kabupaten_and_year():
    dirt = daftar_tanam().query("jenis == 'kotoran'")
    folders = dirt["kode_kabupaten"] + "/" + dirt["tahun"].astype(str)
    assert dirt["berkas"].str.rpartition("/")[0].eq(folders).all()


def test_nothing_is_listed_twice():
    frame = daftar_tanam()
    assert not frame.duplicated(["kode", "berkas", "kode_kabupaten", "tahun", "kunci"]).any()


def test_the_list_counts_what_the_planting_uses():
    dirt = daftar_tanam().query("jenis == 'kotoran'")
    for row in dirt.itertuples():
        skenario = YEARS[f"{row.kode_kabupaten}/{row.tahun}"]
        kinds = ("buku_kerja", "februari", "agustus", "rekap")
        kind = next(kind for kind in kinds if row.berkas.endswith(skenario.nama_berkas(kind)))
        assert planted(skenario, kind)[row.kode] == row.jumlah


def test_a_story_never_changes_an_activity_twice_in_one_year():
    told = daftar_tanam().query("jenis == 'cerita' and tabel == 'kegiatan'")
    assert not told.duplicated(["kode_kabupaten", "tahun", "kunci"]).any()


def test_a_story_about_an_activity_names_one_of_the_templates():
    ids = {row["id"] for row in read_data("kegiatan")["templat"]["kegiatan"]}
    told = daftar_tanam().query("jenis == 'cerita' and tabel == 'kegiatan'")
    assert set(told["kunci"]) <= ids


def test_published_figures_are_whole_places_in_percent_with_a_source():
    codes = {"00", *load_wilayah()["kode"]}
    for survey in read_data("prevalensi")["survei"].values():
        assert survey["status_tanggal"] in {"terverifikasi", "asumsi"}
        assert pd.Timestamp(survey["tanggal_terbit"]).year >= survey["tahun"]
        for number in survey["angka"]:
            assert number["wilayah"] in codes
            assert 0 < number["nilai"] < 100
            assert number["rujukan"]
