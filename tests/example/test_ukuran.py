"""Size and sums: real places, realistic size, money that adds up."""

import pandas as pd
import pytest

from reviu_lib.catalog import load_aturan, load_indikator, tabel_masukan
from reviu_lib.example.skenario import list_skenario
from reviu_lib.reference import list_desa

YEARS = {skenario.folder: skenario for skenario in list_skenario()}
QUARTERS = [f"realisasi_tw{number}_rp" for number in range(1, 5)]


@pytest.mark.parametrize("folder", YEARS)
def test_a_year_has_fifteen_to_forty_thousand_measurements(contoh, folder):
    skenario = YEARS[folder]
    rows = sum(
        len(contoh.ekspor(f"{folder}/{skenario.nama_berkas(kind)}"))
        for kind in ("februari", "agustus")
    )
    assert 15_000 <= rows <= 40_000


@pytest.mark.parametrize("folder", YEARS)
def test_every_sheet_holds_what_its_table_allows(tables, folder):
    for name, frame in tables[folder].items():
        table = tabel_masukan()[name]
        conformed = table.conform(frame)
        assert not conformed.duplicated(list(table.kunci)).any(), name
        for kolom in table.kolom:
            values = conformed[kolom.nama].dropna()
            assert not kolom.pilihan or set(values) <= set(kolom.pilihan), kolom.nama
            assert kolom.min is None or (values >= kolom.min).all(), kolom.nama


@pytest.mark.parametrize("folder", YEARS)
def test_activities_belong_to_eight_to_twelve_opd(tables, folder):
    kegiatan = tables[folder]["kegiatan"]
    assert 60 <= len(kegiatan) <= 120
    assert 8 <= kegiatan["opd"].nunique() <= 12
    assert set(tables[folder]["jadwal"]["id_kegiatan"]) == set(kegiatan["id_kegiatan"])
    assert set(tables[folder]["anggaran"]["id_kegiatan"]) == set(kegiatan["id_kegiatan"])


@pytest.mark.parametrize("folder", YEARS)
def test_money_adds_up(tables, folder):
    budget = tables[folder]["anggaran"]
    assert (budget[QUARTERS].sum(axis=1) == budget["realisasi_rp"]).all()
    assert (budget[QUARTERS] >= 0).all(axis=None)
    ceiling = budget["pagu_perubahan_rp"].fillna(budget["pagu_murni_rp"])
    assert 22e9 <= ceiling.sum() <= 26e9
    assert (budget["realisasi_rp"] <= ceiling).all()
    assert (budget["langsung_sasaran_rp"] <= budget["realisasi_rp"]).all()


@pytest.mark.parametrize("folder", YEARS)
def test_coverage_holds_every_desa_and_every_indicator_of_the_era(tables, folder):
    skenario, cakupan = YEARS[folder], tables[folder]["cakupan"]
    assert set(cakupan["kode_desa"]) == set(list_desa(skenario.kode)["kode_desa"])
    cards = load_indikator(load_aturan(skenario.tahun).set_indikator)
    assert set(cakupan["kode_indikator"]) == set(cards)
    assert (cakupan["pembilang"] <= cakupan["penyebut"]).all()
    pairs = cakupan.groupby("kode_desa")["kode_indikator"].nunique()
    assert (pairs == len(cards)).all()


@pytest.mark.parametrize("folder", YEARS)
def test_nothing_happens_after_the_end_of_the_data(tables, folder):
    end = pd.Timestamp(YEARS[folder].cutoff)
    dates = tables[folder]["jadwal"][["realisasi_mulai", "realisasi_selesai"]]
    assert not (dates > end).any(axis=None)
    assert not (pd.to_datetime(tables[folder]["aksi"]["tanggal_realisasi"]) > end).any()
    assert (dates["realisasi_selesai"] >= dates["realisasi_mulai"])[dates.notna().all(axis=1)].all()


def test_links_point_to_rows_that_exist(tables):
    for folder, frames in tables.items():
        cards = set(load_indikator(YEARS[folder].set_indikator))
        linked = frames["kegiatan"]["indikator_terkait"].dropna().str.split(";").explode()
        assert set(linked) <= cards
        barriers = frames["hambatan"]
        assert set(barriers["id_kegiatan"].dropna()) <= set(frames["kegiatan"]["id_kegiatan"])
        assert set(barriers["kode_indikator"].dropna()) <= cards


def test_an_activity_keeps_its_id_and_name_from_year_to_year(tables):
    for first, second in (("12.18/2020", "12.18/2021"), ("73.12/2023", "73.12/2024")):
        names = [
            tables[key]["kegiatan"][["id_kegiatan", "sub_kegiatan"]] for key in (first, second)
        ]
        assert names[0].equals(names[1])


def test_a_review_knows_no_survey_published_after_it_but_the_declared_one(tables):
    for folder, frames in tables.items():
        review = frames["identitas"]["tanggal_reviu"].iloc[0]
        later = frames["prevalensi"][frames["prevalensi"]["tanggal_terbit"] > review]
        expected = [("12.18", 2021, 20.0)] if folder == "12.18/2021" else []
        columns = ["wilayah", "tahun", "prevalensi_persen"]
        assert list(later[columns].itertuples(index=False, name=None)) == expected


def test_soppeng_2024_holds_next_years_targets_by_level(tables):
    target = tables["73.12/2024"]["target"]
    target = target[(target["kode_indikator"] == "PREVALENSI") & (target["tahun"] == 2025)]
    levels = dict(zip(target["tingkat"], target["nilai"], strict=True))
    assert levels == {"kabupaten": 22.0, "provinsi": 23.9, "nasional": 18.8}


def test_lokus_are_sixty_in_serdang_bedagai_and_twenty_in_soppeng(tables):
    assert len(tables["12.18/2021"]["lokus"]) == 60
    assert len(tables["73.12/2024"]["lokus"]) == 20


def test_unverified_codes_of_sub_kegiatan_stay_blank_and_say_so(tables):
    for frames in tables.values():
        blank = frames["kegiatan"]["kode_sub_kegiatan"].isna()
        assert frames["kegiatan"].loc[blank, "keterangan"].str.startswith("CONTOH").all()
        given = frames["kegiatan"].loc[~blank, "kode_sub_kegiatan"]
        assert given.str.fullmatch(r"1\.02\.02\.2\.02\.\d{2,4}").all()
