"""The sheets nobody has to fill: kecamatan, their sasaran, assessments, and supply."""

from datetime import date

import pandas as pd
import pytest

from reviu_lib.catalog import tabel_masukan
from reviu_lib.workbook import write_templat

from .conftest import temuan

OPSIONAL = ["sasaran_kecamatan", "penilaian_kinerja", "pasokan"]


@pytest.mark.parametrize("nama", OPSIONAL)
def test_a_sheet_nobody_has_to_fill_may_be_absent_or_blank_in_silence(folder, nama):
    write_templat(folder.path / "buku.xlsx", kode_kabupaten="12.18", tahun=2021)
    bahan = folder.read()
    assert tabel_masukan()[nama].opsional
    assert nama not in set(bahan.temuan["tabel"])


def _sasaran(folder, **row):
    folder.workbook(sasaran_kecamatan=[{"jumlah_bumil": 10, **row}])
    return folder.read()


@pytest.mark.parametrize("nama", ["Perbaungan", "KEC. PERBAUNGAN", "perbaungan "])
def test_a_named_kecamatan_gets_its_code(folder, nama):
    bahan = _sasaran(folder, kecamatan=nama)
    assert bahan.sasaran_kecamatan["kode_kecamatan"].tolist() == ["12.18.02"]


def test_an_unknown_name_stays_without_a_code_and_is_told(folder):
    bahan = _sasaran(folder, kecamatan="Perbongan")
    assert bahan.sasaran_kecamatan["kode_kecamatan"].isna().all()
    assert "Perbaungan" in temuan(bahan, "W25")["saran"]


def test_a_code_of_another_kabupaten_is_not_used(folder):
    bahan = _sasaran(folder, kode_kecamatan="73.12.01")
    assert bahan.sasaran_kecamatan.empty
    assert temuan(bahan, "W08")["kolom"] == "kode_kecamatan"


def test_a_verification_after_the_review_is_no_verification(folder):
    bahan = _sasaran(folder, kode_kecamatan="12.18.02", tanggal_verifikasi=date(2022, 5, 1))
    assert bahan.sasaran_kecamatan["tanggal_verifikasi"].isna().all()
    assert temuan(bahan, "K08")["tabel"] == "sasaran_kecamatan"


def test_an_aksi_of_a_kecamatan_and_of_the_kabupaten_are_two_rows(folder):
    folder.workbook(
        aksi=[
            {"aksi": "1", "status": "selesai"},
            {"aksi": "1", "status": "belum", "kode_kecamatan": "12.18.02"},
        ]
    )
    bahan = folder.read()
    assert bahan.aksi["status"].tolist() == ["selesai", "belum"]
    assert not bahan.temuan["kode"].isin(["D02", "D03"]).any()


def test_supply_of_a_foreign_desa_is_not_used_and_codes_are_written_alike(folder):
    row = {"kode": "S01", "nama": "Tablet", "ketersediaan": 1, "kebutuhan": 2}
    folder.workbook(
        pasokan=[
            {**row, "kode_desa": "12.18.02.2031", "kode_indikator": "i2"},
            {**row, "kode_desa": "73.12.01.2003"},
            {**row, "puskesmas": "Melati"},
        ]
    )
    bahan = folder.read()
    assert bahan.pasokan["kode_indikator"].tolist()[0] == "I02"
    assert len(bahan.pasokan) == 2
    assert temuan(bahan, "W01")["tabel"] == "pasokan"


@pytest.mark.parametrize(("tahun", "baris"), [(2024, 8), (2025, 5 + 4 * 17)])
def test_the_blank_workbook_has_a_line_for_each_acting_kecamatan_from_2025_on(
    tmp_path, tahun, baris
):
    write_templat(tmp_path / "buku.xlsx", kode_kabupaten="12.18", tahun=tahun)
    sheet = pd.read_excel(tmp_path / "buku.xlsx", sheet_name="aksi", dtype=str)
    assert sheet["aksi"].notna().sum() == baris
