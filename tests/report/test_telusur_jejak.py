"""Every kind of address that can be followed leads to its own rows in the files, and no others."""

from __future__ import annotations

import pandas as pd
import pytest
from test_laporan import make_bahan

from reviu_lib.errors import DefinisiError
from reviu_lib.report import telusuri

LEMBAR = {
    "kegiatan": [{"id_kegiatan": "K1"}, {"id_kegiatan": "K2"}],
    "jadwal": [{"id_kegiatan": "K1"}, {"id_kegiatan": "K1"}],
    "anggaran": [{"id_kegiatan": "K1", "sumber_dana": "APBD"},
                 {"id_kegiatan": "K1", "sumber_dana": "DAK"}],
    "hambatan": [{"id_hambatan": "H1"}, {"id_hambatan": "H10"}],
    "aksi": [{"aksi": "1"}, {"aksi": "8"}],
    "prevalensi": [
        {"wilayah": "73.12", "tahun": 2023, "periode": None, "sumber": "SKI"},
        {"wilayah": "73.12", "tahun": 2022, "periode": None, "sumber": "SSGI"},
    ],
    "cakupan": [{"kode_desa": "73.12.01.2001", "kode_indikator": "E01"},
                {"kode_desa": "73.12.10.2001", "kode_indikator": "E01"}],
    "konvergensi": [{"kode_desa": "73.12.01.2001"}, {"kode_desa": "73.12.10.2001"}],
}  # fmt: skip


def bahan():
    asal = [
        {"tabel": nama, "baris": number, "berkas": f"{nama}.xlsx", "lembar": "isi",
         "baris_berkas": number + 2}
        for nama, rows in LEMBAR.items()
        for number in range(len(rows))
    ]  # fmt: skip
    tables = {nama: pd.DataFrame(rows) for nama, rows in LEMBAR.items()}
    return make_bahan(asal=pd.DataFrame(asal), **tables)


@pytest.mark.parametrize(
    ("asal", "expected"),
    [
        ("realisasi_kegiatan/K1/realisasi_output",
         [("kegiatan.xlsx", 2), ("jadwal.xlsx", 2), ("jadwal.xlsx", 3)]),
        ("realisasi_anggaran/kegiatan:K1|DAK/pagu_rp", [("anggaran.xlsx", 3)]),
        ("faktor_penghambat/H1/uraian", [("hambatan.xlsx", 2)]),
        ("penilaian_aksi/aksi-8/status", [("aksi.xlsx", 3)]),
        ("usulan_kegiatan/UK-K2/usulan", [("kegiatan.xlsx", 3)]),
        ("capaian_cakupan/E01@73.12.01/capaian_persen", [("cakupan.xlsx", 2)]),
        ("capaian_cakupan/E01@73.12.1/capaian_persen", []),
        ("usulan_lokus/UL-73.12.10.2001/skor", [("cakupan.xlsx", 3)]),
        ("konvergensi_sasaran/73.12.01:3:ibu_hamil/diterima", [("konvergensi.xlsx", 2)]),
        ("konvergensi_desa/73.12.10.2001/jumlah_tercapai", [("cakupan.xlsx", 3)]),
        ("perkembangan_prevalensi/survei:73.12:2023::SKI/prevalensi_persen",
         [("prevalensi.xlsx", 2)]),
    ],
)  # fmt: skip
def test_an_address_leads_to_its_rows(asal, expected):
    found = telusuri(bahan(), asal)
    assert list(zip(found["berkas"], found["baris_berkas"], strict=True)) == expected


def test_the_origin_stands_in_front_of_the_row_itself():
    found = telusuri(bahan(), "penilaian_aksi/aksi-1/status")
    assert list(found.columns[:4]) == ["tabel", "berkas", "lembar", "baris_berkas"]


@pytest.mark.parametrize("asal", ["", "tak_ada/x/y", "mutu_data?tingkat=galat", "definisi/ambang"])
def test_what_cannot_be_followed_says_what_can(asal):
    with pytest.raises(DefinisiError, match="tidak dapat ditelusuri") as caught:
        telusuri(bahan(), asal)
    assert "capaian_cakupan" in caught.value.pesan
