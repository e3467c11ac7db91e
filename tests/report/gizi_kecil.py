"""Outcome tables made by hand for the tests of the charts of nutritional status."""

from __future__ import annotations

from typing import Any

import pandas as pd

INDIKATOR = {
    "stunting": ("Stunting (pendek dan sangat pendek)", 20.0),
    "sangat_pendek": ("Sangat pendek", 4.0),
    "underweight": ("Underweight (berat badan kurang dan sangat kurang)", 12.0),
    "wasting": ("Wasting (gizi kurang dan gizi buruk)", 6.0),
    "overweight": ("Overweight (gizi lebih dan obesitas)", 2.0),
}
# Group, code, name, measured, prevalence of stunting.
STUNTING = (
    ("kabupaten", "semua", "Kabupaten Soppeng", 500, 20.0),
    ("jenis kelamin", "L", "Laki-laki", 260, 21.0),
    ("jenis kelamin", "P", "Perempuan", 240, 19.0),
    ("kelompok umur", "0-5 bulan", "0-5 bulan", 60, 10.0),
    ("kelompok umur", "12-23 bulan", "12-23 bulan", 440, 22.0),
    ("kecamatan", "73.12.01", "Marioriwawo", 300, 22.0),
    ("kecamatan", "73.12.02", "Liliriaja", 195, 15.0),
    ("kecamatan", "tidak diketahui", "tidak diketahui", 5, 20.0),
    ("umur 3 bulanan", "01.5", "1,5 bulan", 60, 10.0),
    ("umur 3 bulanan", "04.5", "4,5 bulan", 60, 30.0),
    ("umur 3 bulanan", "07.5", "7,5 bulan", 60, 18.0),
    ("kecamatan dan kelompok umur", "73.12.01|0-5 bulan", "Marioriwawo, 0-5 bulan", 40, 10.0),
    ("kecamatan dan kelompok umur", "73.12.01|12-23 bulan", "Marioriwawo, 12-23 bulan", 90, 30.0),
    ("kecamatan dan kelompok umur", "73.12.02|0-5 bulan", "Liliriaja, 0-5 bulan", 12, 50.0),
    ("kecamatan dan kelompok umur", "73.12.02|12-23 bulan", "Liliriaja, 12-23 bulan", 60, 16.0),
)
# Code, name, measured, prevalence, smoothed, limits, place in the funnel, D/S.
DESA = (
    ("73.12.01.2003", "Gattareng", 200, 36.0, 34.0, 12.0, 28.0, "di atas batas", 90.0),
    ("73.12.01.2004", "Watu", 100, 21.0, 20.5, 9.0, 32.0, "dalam batas", 85.0),
    ("73.12.02.2005", "Jampu", 180, 8.0, 9.0, 11.0, 29.0, "di bawah batas", 50.0),
    ("tidak diketahui", "tidak diketahui", 5, 20.0, 20.0, 0.0, 70.0, "dalam batas", None),
)


def kelompok() -> pd.DataFrame:
    """Return the prevalence by groups; only the kabupaten has all five indicators."""
    rows: list[dict[str, Any]] = [_row("stunting", *isi) for isi in STUNTING]
    rows += [
        _row(kode, "kabupaten", "semua", "Kabupaten Soppeng", 500, nilai)
        for kode, (_, nilai) in INDIKATOR.items()
        if kode != "stunting"
    ]
    rows += [_desa(*isi) for isi in DESA]
    return pd.DataFrame(rows)


def _row(indikator: str, kelompok: str, kode: str, nama: str, *angka: float) -> dict[str, Any]:
    diukur, prevalensi = angka
    return {
        "baris": f"{indikator}:{kelompok}:{kode}", "indikator": indikator,
        "indikator_nama": INDIKATOR[indikator][0], "kelompok": kelompok, "kode": kode,
        "nama": nama, "diukur": diukur, "kasus": round(diukur * prevalensi / 100),
        "prevalensi_persen": prevalensi, "bawah_persen": prevalensi * 0.8,
        "atas_persen": prevalensi * 1.25, "rerata_z": -1.2,
    }  # fmt: skip


def _desa(kode: str, nama: str, diukur: int, prevalensi: float, *lain: Any) -> dict[str, Any]:
    halus, bawah, atas, posisi, kehadiran = lain
    return {
        **_row("stunting", "desa", kode, nama, diukur, prevalensi), "halus_persen": halus,
        "rerata_persen": 20.0, "corong_bawah_persen": bawah, "corong_atas_persen": atas,
        "posisi_corong": posisi, "d_per_s_persen": kehadiran,
    }  # fmt: skip


def sebaran() -> pd.DataFrame:
    """Return the z-scores of one index in steps of a whole unit: 10 percent below -2."""
    share = {-4: 1.0, -3: 9.0, -2: 25.0, -1: 35.0, 0: 20.0, 1: 10.0}
    who = {-4: 0.1, -3: 2.1, -2: 13.6, -1: 34.1, 0: 34.1, 1: 13.6}
    rows = [
        {"baris": f"tbu:{z}", "indeks": "tbu", "z_dari": float(z), "z_sampai": z + 1.0,
         "anak": int(share[z] * 5), "porsi_persen": share[z], "porsi_who_persen": who[z]}
        for z in share
    ]  # fmt: skip
    return pd.DataFrame(rows)


def kohort() -> pd.DataFrame:
    """Return what became of 100 children: 30 no longer stunted, 40 still, 30 not to compare."""
    return pd.DataFrame(
        [{
            "baris": "kabupaten:73.12", "tingkat": "kabupaten", "kode": "73.12",
            "wilayah": "Kabupaten Soppeng", "tahun_awal": 2023, "tahun_akhir": 2024,
            "periode": "Agustus", "stunting_awal": 100, "pulih": 30, "tetap_stunting": 40,
            "lulus_umur": 20, "tidak_diukur_lagi": 10, "pindah_keluar": 0, "stunting_akhir": 90,
            "baru_normal": 15, "baru_tidak_diukur": 25, "baru_lahir": 10, "baru_pindah_masuk": 0,
            "diukur_lagi_persen": 87.5, "pulih_persen": 42.9, "pulih_tidak_wajar": 2,
        }]
    )  # fmt: skip
