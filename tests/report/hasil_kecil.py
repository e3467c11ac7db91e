"""A small HasilReviu made by hand, with awkward names, for the tests of the report."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from gizi_kecil import kelompok, kohort, sebaran

from reviu_lib.catalog import load_ringkasan, tabel_hasil
from reviu_lib.hasil import HasilReviu

NAMA_SULIT = "Bumil <b>KEK</b> & TTD_rutin $90$"
INDIKATOR = (
    # kode, nama, arah, capaian, lalu, target, status, jenis
    ("E10", NAMA_SULIT, "naik", 72.54, 70.0, 90.0, "belum tercapai", "spesifik"),
    ("E12", "Kebutuhan KB tidak terpenuhi", "turun", 6.9, 8.1, 7.4, "tercapai", "sensitif"),
    ("E14", "ASI eksklusif", "naik", 81.25, 84.0, 80.0, "tercapai", "spesifik"),
    ("E26", "Air minum layak", "naik", 88.0, float("nan"), float("nan"), "belum dapat dinilai",
     "sensitif"),
)  # fmt: skip
WILAYAH = {"73.12": "Kabupaten Soppeng", "73.12.01": "Marioriwawo", "73.12.02": "Liliriaja"}
DESA = {"73.12.01.2001": "Gattareng", "73.12.01.2002": "Marioritengnga", "73.12.02.2003": "Jampu"}


def _cakupan_row(isi: tuple, kode: str, nama: str, geser: float) -> dict[str, Any]:
    kode_indikator, indikator, arah, capaian, lalu, target, status, jenis = isi
    tingkat = {5: "kabupaten", 8: "kecamatan"}.get(len(kode), "desa")
    return {
        "baris": f"{kode_indikator}@{kode}", "kode_indikator": kode_indikator,
        "kode_wilayah": kode, "tingkat": tingkat, "wilayah": nama, "indikator": indikator,
        "kelompok_sasaran": "Ibu hamil", "jenis": jenis, "arah": arah, "opd": "Dinas Kesehatan",
        "pembilang": 725, "penyebut": 1000, "capaian_persen": capaian + geser,
        "capaian_lalu_persen": lalu, "tren_poin": capaian - lalu, "target_persen": target,
        "target_tingkat": "nasional", "selisih_target_poin": capaian - target,
        "status_capaian": status, "status_data": "lengkap", "jumlah_desa_tercapai": 1,
        "jumlah_desa_data_lengkap": 3,
    }  # fmt: skip


def cakupan() -> pd.DataFrame:
    """Return coverage of four indicators for the kabupaten, two kecamatan, and three desa."""
    places = {**WILAYAH, **DESA}
    rows = [
        _cakupan_row(isi, kode, nama, geser)
        for isi in INDIKATOR
        for geser, (kode, nama) in enumerate(places.items())
    ]
    frame = pd.DataFrame(rows)
    gap = frame["baris"].eq("E14@73.12.02")
    return frame.assign(capaian_persen=frame["capaian_persen"].mask(gap))


def pemerataan() -> pd.DataFrame:
    """Return the fifths of two indicators, one of them with an awkward name."""
    return pd.DataFrame(
        {
            "baris": ["E10", "E12"],
            "kode_indikator": ["E10", "E12"],
            "indikator": [NAMA_SULIT, "Kebutuhan KB tidak terpenuhi"],
            "arah": ["naik", "turun"],
            "jumlah_desa_dibandingkan": [70, 70],
            "terbawah_persen": [41.0, 13.3],
            "teratas_persen": [92.4, 4.4],
            "kesenjangan_poin": [51.4, 8.9],
            "perbandingan_lokus": ["lokus tertinggal", "belum bermakna"],
        }
    )


def kegiatan() -> pd.DataFrame:
    """Return three activities: in time, late, and still open."""
    return pd.DataFrame(
        {
            "baris": ["K001", "K002", "K003"],
            "id_kegiatan": ["K001", "K002", "K003"],
            "sub_kegiatan": ["PMT lokal_ibu hamil $", "=cmd|' /C calc'!A0", "Sanitasi"],
            "opd": ["Dinas Kesehatan", "Dinas Kesehatan", "Dinas PUPR"],
            "satuan": ["orang", "kali", "unit"],
            "target_output": [100.0, 12.0, 40.0],
            "realisasi_output": [95.0, 6.0, None],
            "capaian_output_persen": [95.0, 50.0, None],
            "status_output": ["tercapai", "belum tercapai", "belum dapat dinilai"],
            "deviasi_selesai_hari": [0, 31, None],
            "terlambat_minimal_hari": [None, None, 71],
            "status_waktu": ["tepat waktu", "terlambat", "belum selesai dan lewat rencana"],
            "disepakati_rembuk": [True, True, False],
            "status_dpa": ["masuk", "dikurangi", "baru"],
        }
    )


def usulan() -> pd.DataFrame:
    """Return the proposals on the three activities."""
    frame = kegiatan()
    return pd.DataFrame(
        {
            "baris": "UK-" + frame["id_kegiatan"],
            "id_usulan": "UK-" + frame["id_kegiatan"],
            "id_kegiatan": frame["id_kegiatan"],
            "sub_kegiatan": frame["sub_kegiatan"],
            "opd": frame["opd"],
            "capaian_output_persen": frame["capaian_output_persen"],
            "serapan_persen": [92.0, 40.0, None],
            "status_waktu": frame["status_waktu"],
            "usulan": [
                "ditindaklanjuti",
                "ditindaklanjuti dengan perbaikan",
                "belum dapat dinilai",
            ],
            "alasan": ["Output dan serapan baik.", "Output kurang.", "Realisasi belum dilaporkan."],
        }
    )


def anggaran() -> pd.DataFrame:
    """Return the budget: total, three lines, one OPD, one activity."""
    rows = [
        ("total", "total", "Seluruhnya", 30_000_000_000, 24_000_000_000),
        ("lini", "spesifik", "Spesifik", 4_000_000_000, 1_600_000_000),
        ("lini", "sensitif", "Sensitif tanpa fisik", 6_000_000_000, 2_800_000_000),
        ("lini", "fisik", "Fisik/infrastruktur", 20_000_000_000, 19_600_000_000),
        ("opd", "Dinas Kesehatan", "Dinas Kesehatan", 4_000_000_000, 1_600_000_000),
        ("kegiatan", "K001|APBD", "PMT lokal_ibu hamil $", 1_000_000_000, 920_000_000),
    ]
    frame = pd.DataFrame(rows, columns=["kelompok", "kode", "nama", "pagu_rp", "realisasi_rp"])
    return frame.assign(
        baris=frame["kelompok"] + ":" + frame["kode"],
        sisa_rp=frame["pagu_rp"] - frame["realisasi_rp"],
        serapan_persen=frame["realisasi_rp"] / frame["pagu_rp"] * 100,
        opd="Dinas Kesehatan",
        status_anggaran="wajar",
    )


def prevalensi() -> pd.DataFrame:
    """Return two surveys, two register periods, two kecamatan, and a target."""
    ppgbm = "e-PPGBM"
    rows = [
        ("survei", "73.12", "kabupaten", "Kabupaten Soppeng", 2022, None, "SSGI", 26.9, None),
        ("survei", "73.12", "kabupaten", "Kabupaten Soppeng", 2023, None, "SKI", 24.0, None),
        ("survei", "73", "provinsi", "Sulawesi Selatan", 2023, None, "SKI", 27.4, None),
        ("register", "73.12", "kabupaten", "Kabupaten Soppeng", 2024, "Februari", ppgbm, 20.1, 81),
        ("register", "73.12", "kabupaten", "Kabupaten Soppeng", 2024, "Agustus", ppgbm, 19.4, None),
        ("register", "73.12.01", "kecamatan", "Marioriwawo", 2024, "Agustus", ppgbm, 22.0, 85.0),
        ("register", "73.12.02", "kecamatan", "Liliriaja", 2024, "Agustus", ppgbm, 15.5, 40.0),
        ("target", "73.12", "kabupaten", "Kabupaten Soppeng", 2025, None, "RPJMD", 22.0, None),
    ]  # fmt: skip
    names = ["jenis_angka", "kode_wilayah", "tingkat", "wilayah", "tahun", "periode", "sumber",
             "prevalensi_persen", "d_per_s_persen"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=names)
    keys = ["jenis_angka", "kode_wilayah", "tahun", "periode", "sumber"]
    key = frame[keys].astype("string").fillna("").agg(":".join, axis=1)
    return frame.assign(baris=key, diukur=500, stunting=100, pendek=80, sangat_pendek=20)


def desa_kuadran() -> pd.DataFrame:
    """Return one desa of each quadrant, the one of quadrant I without reliable data."""
    return pd.DataFrame({
        "baris": [f"73.12.01.200{n}" for n in range(1, 5)],
        "kode_desa": [f"73.12.01.200{n}" for n in range(1, 5)],
        "desa": [NAMA_SULIT, "Barae", "Congko", "Watu"], "kecamatan": "Marioriwawo",
        "prevalensi_persen": [31.0, 20.0, 5.0, 4.0], "kuadran": ["I", "II", "III", "IV"],
        "rerata_kesenjangan_poin": [12.0, 2.0, 9.0, 1.0], "diukur": [18, 60, 60, 60],
        "data_andal": pd.array([False, True, True, None], dtype="boolean"),
        "lokus_tahun_ini": pd.array([True, False, None, False], dtype="boolean"),
    })  # fmt: skip


def ringkasan(nilai: dict[str, Any]) -> pd.DataFrame:
    """Return the whole summary table, missing where `nilai` names nothing."""
    rows = [
        {
            "baris": kunci, "bab": item.bab, "uraian": item.uraian, "format": item.format,
            "nilai": None if kunci.endswith("_teks") else nilai.get(kunci),
            "teks": nilai.get(kunci) if kunci.endswith("_teks") else None,
        }
        for kunci, item in load_ringkasan().items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


NILAI = {
    "survei_terakhir_persen": 24.0, "survei_terakhir_tahun": 2023,
    "survei_terakhir_sumber_teks": "SKI", "target_kabupaten_berikut_persen": 22.0,
    "indikator_tercapai_persen": 66.7, "jumlah_indikator_tercapai": 2,
    "jumlah_indikator_dinilai": 3, "serapan_persen": 80.0, "realisasi_rp": 24e9, "pagu_rp": 30e9,
    "tepat_waktu_persen": 33.3, "jumlah_tepat_waktu": 1, "jumlah_kegiatan": 3, "jumlah_galat": 0,
    "jumlah_peringatan": 4, "jumlah_catatan": 2, "kaskade_rembuk_jumlah": 2,
    "kaskade_rembuk_rp": 5e9, "kaskade_rkpd_jumlah": 2, "kaskade_rkpd_rp": 5e9,
    "kaskade_renja_jumlah": 2, "kaskade_renja_rp": 5e9, "kaskade_dpa_jumlah": 2,
    "kaskade_dpa_rp": 4e9, "kaskade_realisasi_jumlah": 1, "kaskade_realisasi_rp": 1.6e9,
    "kuadran_prevalensi_persen": 12.0, "kuadran_kesenjangan_poin": 6.0,
    "serapan_spesifik_persen": 40.0, "serapan_sensitif_persen": 46.7, "serapan_fisik_persen": 98.0,
}  # fmt: skip


def make_hasil(**ganti: Any) -> HasilReviu:
    """Return the small result; `ganti` replaces fields."""
    isi = {
        "kode_kabupaten": "73.12", "nama": "Kabupaten Soppeng", "tahun": 2024,
        "tanggal_cutoff": date(2024, 11, 30), "tanggal_reviu": date(2024, 12, 10), "contoh": True,
        "capaian_cakupan": cakupan(), "pemerataan_cakupan": pemerataan(),
        "konvergensi_desa": desa_kuadran(),
        "realisasi_kegiatan": kegiatan(),
        "realisasi_anggaran": anggaran(), "usulan_kegiatan": usulan(),
        "perkembangan_prevalensi": prevalensi(), "ringkasan": ringkasan(NILAI),
        "prevalensi_kelompok": kelompok(), "sebaran_z": sebaran(), "kohort": kohort(),
        "faktor_penghambat": pd.DataFrame({
            "baris": ["H1", "H2"], "id_hambatan": ["H1", "H2"], "keadaan": "tercatat",
            "kategori": ["SDM", "anggaran"], "uraian": ["Kader kurang", "DAK terlambat"],
            "status": ["berjalan", "belum"], "alternatif_solusi": ["Latih kader", None]}),
        "rekomendasi": pd.DataFrame({
            "baris": ["R-1", "R-2"], "id_usulan": ["R-1", "R-2"], "nomor": [1, 2],
            "rekomendasi": ["Perkuat pendampingan.", "Jadwalkan lebih awal."],
            "masukan_untuk": ["Aksi 1 (Analisis Situasi)",
                              "Aksi 2 (Penyusunan Rencana Kegiatan)"],
            "prioritas": ["tinggi", "sedang"]}),
        "rancangan_kegiatan": pd.DataFrame({
            "baris": ["RR-K001", "RR-E12"], "id_usulan": ["RR-K001", "RR-E12"],
            "asal": ["kegiatan tahun ini", "kesenjangan tanpa kegiatan"],
            "sub_kegiatan": ["Gizi Masyarakat", None], "target_usulan": [120.0, None],
            "keadaan": "rancangan"}),
        "usulan_lokus": pd.DataFrame({
            "baris": ["UL-1", "UL-2"], "id_usulan": ["UL-1", "UL-2"],
            "kode_desa": ["73.12.01.2001", "73.12.02.2003"], "desa": ["Gattareng", "Jampu"],
            "kecamatan": ["Marioriwawo", "Liliriaja"], "urutan": [1, 2], "skor": [81.2, 40.0],
            "prevalensi_persen": [31.0, None], "stunting": [18, None], "diukur": [58, None],
            "usulan": ["diusulkan lokus", "belum dapat dinilai"]}),
        "mutu_data": pd.DataFrame({
            "baris": ["M001"], "kode": ["N01"], "tingkat": ["peringatan"], "uraian": ["Sel teks."],
            "berkas": ["buku.xlsx"], "jumlah": [4]}),
    }  # fmt: skip
    return HasilReviu(**{**isi, **ganti})


def make_kosong() -> HasilReviu:
    """Return a result in which every table is empty, as with no data at all."""
    return make_hasil(contoh=False, **{name: tabel_hasil()[name].empty() for name in tabel_hasil()})
