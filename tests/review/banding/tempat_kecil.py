"""Small kabupaten for comparisons: only what a test is about, everything else absent."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from reviu_lib.catalog import load_ringkasan
from reviu_lib.hasil import HasilReviu

PENUH = date(2024, 12, 31)


def cakupan(kode: str, isi: dict[str, tuple[int, int]], **kolom: Any) -> pd.DataFrame:
    """Return coverage of one kabupaten from indicator → (pembilang, penyebut), target 80."""
    rows = []
    for indikator, (pembilang, penyebut) in isi.items():
        capaian = pembilang / penyebut * 100
        rows.append(
            {
                "baris": f"{indikator}@{kode}", "kode_indikator": indikator, "kode_wilayah": kode,
                "tingkat": "kabupaten", "wilayah": kode, "indikator": f"Layanan {indikator}",
                "arah": "naik", "opd": "Dinas Kesehatan", "pembilang": pembilang,
                "penyebut": penyebut, "jenis_penyebut": "riil", "capaian_persen": capaian,
                "target_persen": 80.0, "kelengkapan_persen": 100.0, "status_data": "lengkap",
                "status_capaian": "tercapai" if capaian >= 80 else "belum tercapai",
            }
        )  # fmt: skip
    return pd.DataFrame(rows).assign(**kolom)


def ringkasan(nilai: dict[str, Any]) -> pd.DataFrame:
    """Return a summary that holds these numbers, and texts for keys ending in `_teks`."""
    known = load_ringkasan()
    rows = [
        {"baris": kunci, "bab": known[kunci].bab, "uraian": known[kunci].uraian,
         "format": known[kunci].format,
         "teks" if kunci.endswith("_teks") else "nilai": value}
        for kunci, value in nilai.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["baris", "bab", "uraian", "format", "nilai", "teks"])


def tempat(kode: str, isi: dict[str, tuple[int, int]] | None = None, **ganti: Any) -> HasilReviu:
    """Return one kabupaten; `angka` fills the summary, `kolom` changes its coverage rows."""
    angka, kolom = ganti.pop("angka", {}), ganti.pop("kolom", {})
    fields: dict[str, Any] = {
        "kode_kabupaten": kode, "nama": f"Kabupaten {kode}", "tahun": 2024,
        "tanggal_cutoff": PENUH, "tanggal_reviu": date(2025, 1, 20), "contoh": True,
        "ringkasan": ringkasan(angka),
    }  # fmt: skip
    if isi:
        fields["capaian_cakupan"] = cakupan(kode, isi, **kolom)
    return HasilReviu(**{**fields, **ganti})


def survei(persen: float, selang: tuple[float, float] | None = None, **ganti: Any) -> dict:
    """Return the numbers of a latest survey, SKI 2023 unless told otherwise."""
    nilai = {
        "survei_terakhir_persen": persen,
        "survei_terakhir_tahun": 2023,
        "survei_terakhir_sumber_teks": "SKI",
    }
    if selang:
        nilai["survei_terakhir_bawah_persen"], nilai["survei_terakhir_atas_persen"] = selang
    return {**nilai, **ganti}
