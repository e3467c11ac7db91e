from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from reviu_lib import telusuri
from reviu_lib.bahan import BahanReviu
from reviu_lib.errors import DefinisiError


@pytest.fixture
def bahan() -> BahanReviu:
    cakupan = pd.DataFrame(
        {
            "kode_desa": ["73.12.01.2001", "73.12.02.2003", "73.12.01.2001"],
            "kode_indikator": ["E01", "E01", "E02"], "periode": "tahunan",
            "pembilang": [8, 5, 9], "penyebut": [10, 10, 10],
        }
    )  # fmt: skip
    kegiatan = pd.DataFrame({"id_kegiatan": ["K1", "K10"], "sub_kegiatan": ["A", "B"], "opd": "X"})
    asal = pd.DataFrame(
        {
            "tabel": ["cakupan"] * 3 + ["kegiatan"] * 2, "baris": [0, 1, 2, 0, 1],
            "berkas": ["desa.xlsx"] * 3 + ["buku.xlsx"] * 2, "lembar": "isi",
            "baris_berkas": [4, 5, 6, 2, 3],
        }
    )  # fmt: skip
    return BahanReviu(
        "73.12", "Kabupaten Soppeng", 2024, date(2024, 11, 30), date(2024, 12, 10),
        cakupan=cakupan, kegiatan=kegiatan, asal=asal,
    )  # fmt: skip


def rows(frame) -> list[tuple]:
    return list(zip(frame["berkas"], frame["lembar"], frame["baris_berkas"], strict=True))


def test_a_kabupaten_number_leads_to_all_its_desa(bahan):
    found = telusuri(bahan, "capaian_cakupan/E01@73.12/capaian_persen")
    assert rows(found) == [("desa.xlsx", "isi", 4), ("desa.xlsx", "isi", 5)]


def test_a_kecamatan_number_leads_to_the_desa_below_it(bahan):
    found = telusuri(bahan, "capaian_cakupan/E01@73.12.02/capaian_persen")
    assert list(found["pembilang"]) == [5]


def test_a_kabupaten_number_of_a_recap_leads_to_the_row_without_a_desa(bahan):
    recap = bahan.cakupan.iloc[:1].assign(kode_desa=None, kode_indikator="E09", pembilang=77)
    both = pd.concat([bahan.cakupan, recap], ignore_index=True)
    asal = pd.concat(
        [bahan.asal, bahan.asal.iloc[:1].assign(baris=3, berkas="rekap.csv", baris_berkas=9)],
        ignore_index=True,
    )
    whole = replace(bahan, cakupan=both, asal=asal)
    found = telusuri(whole, "capaian_cakupan/E09@73.12/capaian_persen")
    assert rows(found) == [("rekap.csv", "isi", 9)]
    assert telusuri(whole, "capaian_cakupan/E09@73.12.01/capaian_persen").empty


def test_an_activity_leads_to_its_own_row_and_no_similar_one(bahan):
    found = telusuri(bahan, "usulan_kegiatan/UK-K1/alasan")
    assert rows(found) == [("buku.xlsx", "isi", 2)]


def test_a_number_of_nothing_leads_to_no_row(bahan):
    assert telusuri(bahan, "realisasi_kegiatan/K9/realisasi_output").empty


def test_a_table_that_cannot_be_followed_is_refused(bahan):
    with pytest.raises(DefinisiError, match="tidak dapat ditelusuri"):
        telusuri(bahan, "ringkasan/serapan_persen/nilai")
