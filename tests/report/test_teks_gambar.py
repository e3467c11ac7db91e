"""No two texts of any figure meet and none leaves the paper: at the real size, with long names."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hasil_kecil import make_hasil, ringkasan
from test_laporan import make_bahan
from tumpang import find_clashes

from reviu_lib.hasil import HasilBanding, HasilReviu
from reviu_lib.report.grafik import GAMBAR_BANDING, GAMBAR_PERIKSA, GAMBAR_SATU
from reviu_lib.report.grafik.gaya import new_bagan
from reviu_lib.review.banding import compare_kabupaten

# The longest name of a kabupaten there is, and names of OPD and desa as they stand in documents.
TERPANJANG = "Kabupaten Kepulauan Siau Tagulandang Biaro"
OPD = ("Dinas Pengendalian Penduduk, Keluarga Berencana, Pemberdayaan Perempuan, dan "
       "Perlindungan Anak")  # fmt: skip
DESA = "Persiapan Transmigrasi Muara Sungai Landak Seberang"
KEGIATAN = "Penyediaan Layanan Keluarga Berisiko Stunting di Wilayah Kepulauan Terluar"


@cache
def panjang() -> HasilReviu:
    """The small result with the longest names everywhere, and a row for every desa."""
    hasil = make_hasil(nama=TERPANJANG)
    names = {"opd": OPD, "opd_pj": OPD, "desa": DESA, "sub_kegiatan": KEGIATAN}
    tables = {}
    for nama in hasil.katalog:
        frame = getattr(hasil, nama)
        columns = [kolom for kolom in names if kolom in frame]
        tables[nama] = frame.assign(
            **{kolom: frame[kolom].where(frame[kolom].isna(), names[kolom]) for kolom in columns}
        )
    lokus = pd.concat([hasil.usulan_lokus.head(1)] * 25, ignore_index=True)
    codes = [f"UL-{number}" for number in range(25)]
    tables["usulan_lokus"] = lokus.assign(baris=codes, id_usulan=codes, desa=DESA,
                                          kecamatan="Tagulandang Selatan Kepulauan")  # fmt: skip
    return replace(hasil, **tables)


@cache
def places(count: int) -> tuple[HasilReviu, ...]:
    """Return kabupaten with long names and different numbers; a third has published intervals."""
    rng = np.random.default_rng(count)
    return tuple(_one(f"73.{n:02}", rng, published=n % 3 == 0) for n in range(1, count + 1))


@cache
def compared(count: int) -> HasilBanding:
    """Return their comparison, with the year before as if nothing had changed."""
    daftar = places(count)
    return compare_kabupaten(daftar, [replace(hasil, tahun=2023) for hasil in daftar])


def _one(kode: str, rng: np.random.Generator, *, published: bool) -> HasilReviu:
    value = float(rng.uniform(8, 40))
    angka = {"survei_terakhir_persen": value, "survei_terakhir_tahun": 2023,
             "survei_terakhir_sumber_teks": "SKI", "jumlah_indikator": 4, "jumlah_galat": 1,
             "register_ds_persen": 77.0, "mutu_layak_teks": "jangan dipakai sebelum diverifikasi",
             **{f"serapan_{lini}_persen": float(rng.uniform(0, 130))
                for lini in ("spesifik", "sensitif", "fisik")}}  # fmt: skip
    if published:
        low, high = value - 3, value + 3
        angka |= {"survei_terakhir_bawah_persen": low, "survei_terakhir_atas_persen": high}
    hasil = make_hasil(kode_kabupaten=kode, nama=TERPANJANG, ringkasan=ringkasan(angka))
    rows = hasil.capaian_cakupan
    rows = rows[rows["tingkat"].eq("kabupaten")]
    share = pd.Series(rng.uniform(0, 1, len(rows)), index=rows.index)
    rows = rows.assign(jenis_penyebut="riil", kelengkapan_persen=100.0, penyebut=1000,
                       pembilang=(share * 1000).round(), capaian_persen=share * 100)  # fmt: skip
    return replace(hasil, capaian_cakupan=rows)


@pytest.mark.parametrize("nama", list(GAMBAR_SATU))
@pytest.mark.parametrize("hasil", [make_hasil, panjang], ids=["biasa", "nama panjang"])
def test_no_two_texts_of_a_review_meet(nama, hasil):
    assert find_clashes(GAMBAR_SATU[nama](hasil())) == []


@pytest.mark.parametrize("nama", list(GAMBAR_BANDING))
@pytest.mark.parametrize("count", [2, 12, 41])
def test_no_two_texts_of_a_comparison_meet(nama, count):
    assert find_clashes(GAMBAR_BANDING[nama](compared(count))) == []


@pytest.mark.parametrize("nama", list(GAMBAR_PERIKSA))
def test_no_two_texts_of_a_check_meet(nama):
    assert find_clashes(GAMBAR_PERIKSA[nama](make_bahan(nama=TERPANJANG))) == []


def test_texts_that_meet_and_texts_off_the_paper_are_found():
    bagan = new_bagan(1.0)
    for place, text in ((0.2, "satu"), (0.21, "dua"), (0.999, "keluar")):
        bagan.text(place, 0.5, text)
    assert find_clashes(bagan) == [("keluar", "tepi"), ("satu", "dua")]


def test_beyond_what_a_page_can_hold_the_chart_says_what_it_leaves_out():
    bagan = GAMBAR_BANDING["banding_serapan"](compared(41))
    assert len(bagan.axes[0].get_yticklabels()) == 40
    assert "40 dari 41 kabupaten/kota digambar" in " ".join(bagan.get_supxlabel().split())
