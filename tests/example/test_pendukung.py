"""The small sheets of the example: who, what for, which surveys, what stood in the way."""

from datetime import date

import pandas as pd
import pytest

from reviu_lib.example.skenario import list_skenario, load_desa, read_data
from reviu_lib.formatting import PENANDA_CONTOH

YEARS = {skenario.folder: skenario for skenario in list_skenario()}
FIRST, SECOND = ["12.18/2020", "73.12/2023"], ["12.18/2021", "73.12/2024"]


@pytest.mark.parametrize("folder", YEARS)
def test_the_identity_says_who_and_that_all_is_synthetic(tables, folder):
    (row,) = tables[folder]["identitas"].to_dict("records")
    assert f"{row['kode_kabupaten']}/{row['tahun']}" == folder
    assert row["nama"].startswith("Kabupaten ")
    assert row["penyusun"].startswith(PENANDA_CONTOH)
    assert row["tanggal_cutoff"] < row["tanggal_reviu"]


@pytest.mark.parametrize("folder", YEARS)
def test_every_target_is_of_this_year_or_the_next_and_has_a_source(tables, folder):
    target, tahun = tables[folder]["target"], YEARS[folder].tahun
    assert set(target["tahun"]) == {tahun, tahun + 1}
    assert target["sumber"].str.len().gt(0).all()
    assert target["nilai"].between(0, 100).all()


@pytest.mark.parametrize("folder", YEARS)
def test_a_made_up_target_of_services_says_that_it_is_an_example(tables, folder):
    target = tables[folder]["target"]
    services = target[target["kode_indikator"] != "PREVALENSI"]
    assert services["sumber"].str.endswith("(contoh)").all()
    assert set(services["tingkat"]) == {"kabupaten"}


@pytest.mark.parametrize("folder", YEARS)
def test_targets_of_services_are_those_declared_for_the_year(tables, folder):
    skenario = YEARS[folder]
    target = tables[folder]["target"].set_index(["kode_indikator", "tahun"])["nilai"]
    for kode, level in read_data("cakupan")[skenario.set_indikator].items():
        for ahead in (0, 1):
            key = (kode, skenario.tahun + ahead)
            if "target" in level:
                assert target[key] == level["target"][skenario.ke + ahead]
            else:
                assert key not in target.index


@pytest.mark.parametrize(("first", "second"), list(zip(FIRST, SECOND, strict=True)))
def test_what_was_foreseen_for_the_second_year_is_its_target(tables, first, second):
    values = []
    for folder in (first, second):
        target = tables[folder]["target"]
        rows = target[target["tahun"].eq(YEARS[second].tahun)].set_index("kode_indikator")
        values.append(rows.loc[rows.index != "PREVALENSI", "nilai"])
    assert values[0].to_dict() == values[1].to_dict()


@pytest.mark.parametrize("folder", YEARS)
def test_surveys_are_of_the_country_the_province_and_the_kabupaten_only(tables, folder):
    skenario = YEARS[folder]
    places = {"00", skenario.kabupaten["provinsi"], skenario.kode}
    assert set(tables[folder]["prevalensi"]["wilayah"]) <= places
    assert not tables[folder]["prevalensi"].duplicated(["wilayah", "tahun", "sumber"]).any()


@pytest.mark.parametrize("folder", YEARS)
def test_survey_figures_stand_as_they_were_published(tables, folder):
    published = {
        (number["wilayah"], survey["tahun"], survey["sumber"]): number["nilai"]
        for survey in read_data("prevalensi")["survei"].values()
        for number in survey["angka"]
    }
    for row in tables[folder]["prevalensi"].itertuples():
        assert published[row.wilayah, row.tahun, row.sumber] == row.prevalensi_persen


@pytest.mark.parametrize(
    ("folder", "wilayah", "tahun", "nilai"),
    [
        ("12.18/2021", "12.18", 2021, 20.0),
        ("12.18/2021", "12.18", 2019, 26.3),
        ("73.12/2024", "73.12", 2022, 26.9),
        ("73.12/2024", "73.12", 2023, 24.0),
        ("73.12/2024", "00", 2023, 21.5),
    ],
)
def test_published_figures_of_the_two_kabupaten(tables, folder, wilayah, tahun, nilai):
    rows = tables[folder]["prevalensi"].query("wilayah == @wilayah and tahun == @tahun")
    assert rows["prevalensi_persen"].tolist() == [nilai]


def test_serdang_bedagai_2021_holds_no_national_figure_of_the_later_survey(tables):
    later = tables["12.18/2021"]["prevalensi"].query("tahun == 2021")
    assert later["wilayah"].tolist() == ["12.18"]
    assert later["tanggal_terbit"].tolist() == [date(2021, 12, 27)]


@pytest.mark.parametrize(("first", "second"), list(zip(FIRST, SECOND, strict=True)))
def test_the_first_year_notes_fewer_barriers_than_the_second(tables, first, second):
    counts = [len(tables[folder]["hambatan"]) for folder in (first, second)]
    assert 0 < counts[0] < counts[1]


@pytest.mark.parametrize("folder", YEARS)
def test_barriers_are_numbered_and_fall_due_next_year(tables, folder):
    frame = tables[folder]["hambatan"]
    assert frame["id_hambatan"].tolist() == [f"H{n:02d}" for n in range(1, len(frame) + 1)]
    assert {day.year for day in frame["tenggat"].dropna()} == {YEARS[folder].tahun + 1}
    assert frame[["uraian", "akar_masalah", "opd_pj"]].notna().all(axis=None)


@pytest.mark.parametrize("folder", YEARS)
def test_an_empty_declaration_is_missing_and_never_an_empty_text(tables, folder):
    for name in ("hambatan", "aksi", "tindak_lanjut", "kegiatan"):
        assert not tables[folder][name].eq("").any(axis=None), name


@pytest.mark.parametrize("folder", YEARS)
def test_follow_up_is_of_last_years_recommendations_and_due_this_year(tables, folder):
    frame, tahun = tables[folder]["tindak_lanjut"], YEARS[folder].tahun
    assert frame["id"].str.endswith(f"-{tahun - 1}").all()
    assert frame["id"].is_unique
    assert {day.year for day in frame["tenggat"]} == {tahun}
    assert frame["status"].isna().sum() == 1
    assert frame.query("status == 'selesai'")["bukti"].isna().sum() == 1


@pytest.mark.parametrize("folder", YEARS)
def test_responsible_opd_carry_their_name_in_that_kabupaten(tables, folder):
    names = {value[YEARS[folder].kode] for value in read_data("kegiatan")["opd"].values()}
    for name in ("hambatan", "tindak_lanjut"):
        assert set(tables[folder][name]["opd_pj"]) <= names


@pytest.mark.parametrize("folder", YEARS)
def test_lokus_hold_the_whole_kecamatan_left_behind_and_no_village_twice(tables, folder):
    lokus, desa = tables[folder]["lokus"], load_desa(YEARS[folder].kode)
    assert set(desa.loc[desa["tertinggal"], "kode_desa"]) <= set(lokus["kode_desa"])
    assert lokus["kode_desa"].is_unique
    assert set(lokus["tahun"]) == {YEARS[folder].tahun}


@pytest.mark.parametrize("folder", YEARS)
def test_lokus_are_the_villages_with_the_lowest_effect(tables, folder):
    lokus, desa = set(tables[folder]["lokus"]["kode_desa"]), load_desa(YEARS[folder].kode)
    others = desa[~desa["tertinggal"]]
    chosen = others["kode_desa"].isin(lokus)
    assert others.loc[chosen, "efek"].max() < others.loc[~chosen, "efek"].min()


def test_every_date_of_the_sheets_is_a_date(tables):
    for frames in tables.values():
        for name in ("identitas", "prevalensi", "hambatan", "aksi", "tindak_lanjut"):
            for column in frames[name].filter(regex="^(tanggal|tenggat)"):
                pd.to_datetime(frames[name][column], errors="raise")
