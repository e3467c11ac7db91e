"""The e-PPGBM export: every kind of dirt is told, and a child is never a name."""

import pandas as pd
import pytest

from .conftest import ANAK, JUDUL_EPPGBM, rows, temuan


def _kode(bahan):
    return set(bahan.temuan["kode"])


def test_a_clean_export_becomes_one_row_a_visit(folder):
    folder.eppgbm({}, {"NIK": "1218000101200002", "Nama": "CONTOH DUA"})
    bahan = folder.read()
    first = bahan.pengukuran.iloc[0]
    assert len(bahan.pengukuran) == 2
    assert (first["kode_desa"], first["desa"]) == ("12.18.02.2031", "Sei Buluh")
    assert first["usia_hari"] == 573
    assert first["usia_bulan"] == pytest.approx(573 / 30.4375)


def test_the_last_row_of_a_child_and_day_counts(folder):
    folder.eppgbm({"Tinggi": 70}, {"Tinggi": 80})
    bahan = folder.read()
    assert bahan.pengukuran["tinggi_cm"].tolist() == [80]
    assert temuan(bahan, "D01")["jumlah"] == 1


def test_another_day_is_another_visit_of_the_same_child(folder):
    folder.eppgbm({}, {"Tanggal Pengukuran": "2021-02-10"})
    bahan = folder.read()
    assert len(bahan.pengukuran) == 2
    assert bahan.pengukuran["id_anak"].nunique() == 1


def test_a_sentinel_voids_its_own_index_only(folder):
    folder.eppgbm({"ZS BB/TB": 999.99, "ZS BB/U": "8888", "ZS TB/U": "-2,01"})
    row = folder.read().pengukuran.iloc[0]
    assert row["z_tbu"] == -2.01
    assert pd.isna(row["z_bbtb"])
    assert pd.isna(row["z_bbu"])


@pytest.mark.parametrize(("z", "kept"), [(-6.0, True), (-6.01, False), (6.0, True), (6.01, False)])
def test_stored_z_at_the_who_limit_stays_and_beyond_it_goes(folder, z, kept):
    folder.eppgbm({"ZS TB/U": z})
    assert folder.read().pengukuran["z_tbu"].notna().tolist() == [kept]


def test_zero_is_not_recorded(folder):
    folder.eppgbm({"Tinggi": 0, "LiLA": "0", "Berat": "12,5"})
    row = folder.read().pengukuran.iloc[0]
    assert pd.isna(row["tinggi_cm"])
    assert pd.isna(row["lila_cm"])
    assert row["berat_kg"] == 12.5


def test_grams_become_kilograms_and_are_told(folder):
    folder.eppgbm({"Berat": 9855})
    bahan = folder.read()
    assert bahan.pengukuran["berat_kg"].tolist() == [9.855]
    assert temuan(bahan, "N17")["tingkat"] == "peringatan"


def test_impossible_measures_are_missing(folder):
    folder.eppgbm({"Tinggi": 812, "Berat": 75})
    bahan = folder.read()
    assert bahan.pengukuran[["tinggi_cm", "berat_kg"]].isna().to_numpy().all()
    assert "N09" in _kode(bahan)


def test_children_of_sixty_months_stay_and_are_counted(folder):
    folder.eppgbm({"Tgl Lahir": "2016-08-09"}, {"NIK": "1218000101200002", "Nama": "CONTOH DUA"})
    bahan = folder.read()
    assert len(bahan.pengukuran) == 2
    assert temuan(bahan, "K06")["jumlah"] == 1


@pytest.mark.parametrize(
    ("changes", "kode"),
    [
        ({"Tanggal Pengukuran": "2021-12-30"}, "K08"),
        ({"Tanggal Pengukuran": "30/02/2021"}, "D04"),
        ({"Tgl Lahir": "2021-09-01"}, "K07"),
        ({"Tanggal Pengukuran": "2020-08-10", "Tgl Lahir": "2019-01-01"}, "B15"),
        ({"Kab/Kota": "KOTA TEBING TINGGI"}, "W05"),
    ],
)
def test_a_row_that_cannot_be_is_set_aside_and_counted(folder, changes, kode):
    folder.workbook()
    folder.eppgbm({}, {"NIK": "1218000101200002", "Nama": "CONTOH DUA", **changes})
    bahan = folder.read()
    assert len(bahan.pengukuran) == 1
    assert temuan(bahan, kode)["jumlah"] == 1


def test_an_export_wholly_of_another_year_is_refused(folder):
    folder.eppgbm({"Tanggal Pengukuran": "2020-08-10"})
    bahan = folder.read()
    assert bahan.pengukuran.empty
    assert temuan(bahan, "B08")["tingkat"] == "galat"


def test_an_unknown_desa_stays_in_the_kabupaten(folder):
    folder.eppgbm({"Desa/Kel": "Sei Bulu"})
    bahan = folder.read()
    assert bahan.pengukuran["kode_desa"].isna().tolist() == [True]
    assert "mungkin Sei Buluh" in temuan(bahan, "W06")["saran"]


def test_age_in_words_serves_where_the_birth_date_is_absent(folder):
    folder.eppgbm({"Tgl Lahir": None, "Usia Saat Ukur": "1 Tahun - 6 Bulan - 12 Hari"})
    row = folder.read().pengukuran.iloc[0]
    assert row["usia_hari"] == round(18 * 30.4375 + 12)


def test_age_in_words_that_contradicts_the_dates_is_told(folder):
    folder.eppgbm({"Usia Saat Ukur": "3 Tahun - 0 Bulan - 0 Hari"})
    assert temuan(folder.read(), "K12")["jumlah"] == 1


def test_semicolons_decimal_commas_and_a_title_row_are_read(folder):
    cells = {**ANAK, "Berat": "9,8", "Tinggi": "80,5", "Tanggal Pengukuran": "10/08/2021"}
    line = ";".join(str(cells.get(name, "")) for name in JUDUL_EPPGBM)
    folder.text("ekspor.csv", f"DATA BALITA\r\n{';'.join(JUDUL_EPPGBM)}\r\n{line}\r\n")
    row = folder.read().pengukuran.iloc[0]
    assert (row["berat_kg"], row["tinggi_cm"]) == (9.8, 80.5)
    assert str(row["tanggal_ukur"].date()) == "2021-08-10"


def test_no_break_spaces_and_numbers_as_text_are_cleaned(folder):
    folder.eppgbm({"JK": "L\u00a0", "Tanggal Pengukuran": "2021-08-10\u00a0", "Tinggi": "80,5"})
    bahan = folder.read()
    assert bahan.pengukuran["jenis_kelamin"].tolist() == ["L"]
    assert "tinggi_cm" in set(bahan.temuan.loc[bahan.temuan["kode"] == "N13", "kolom"])


def test_an_export_without_measuring_dates_stops_alone(folder):
    frame = rows(ANAK).reindex(columns=JUDUL_EPPGBM).drop(columns="Tanggal Pengukuran")
    folder.sheet("ekspor.xlsx", frame)
    bahan = folder.read()
    assert "tanggal_ukur" in temuan(bahan, "T01")["uraian"]
    assert bahan.pengukuran.empty


def test_findings_of_a_large_export_stay_a_short_list(folder):
    children = [
        {"NIK": f"12180001012{n:05d}", "Nama": f"CONTOH {n}", "ZS TB/U": 999.99, "LiLA": 0}
        for n in range(300)
    ]
    folder.eppgbm(*children)
    bahan = folder.read()
    assert temuan(bahan, "N15")["jumlah"] == 300
    assert temuan(bahan, "N15")["sel"].endswith("dan 295 lainnya")
    assert len(bahan.temuan) < 20
