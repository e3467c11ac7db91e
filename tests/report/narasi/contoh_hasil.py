"""A small but complete HasilReviu, and ways to change single cells of it."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pandas as pd

from reviu_lib.catalog import load_ringkasan
from reviu_lib.hasil import HasilReviu
from reviu_lib.report import narasi

SATU_HASIL = [name for name in narasi.__all__ if name != "describe_banding"]

ANGKA: dict[str, Any] = {
    "kuadran_prevalensi_persen": 9.24,
    "kuadran_kesenjangan_poin": 4.3,
    "survei_terakhir_persen": 24.0,
    "survei_terakhir_tahun": 2023,
    "survei_terakhir_sumber_teks": "SKI",
    "survei_sebelumnya_persen": 26.9,
    "survei_sebelumnya_tahun": 2022,
    "survei_sebelumnya_sumber_teks": "SSGI",
    "survei_provinsi_persen": 27.4,
    "survei_nasional_persen": 21.5,
    "register_persen": 9.87,
    "register_periode_teks": "Agustus 2024",
    "register_diukur": 10_860,
    "register_hadir": 10_900,
    "register_stunting": 1_072,
    "register_sangat_pendek": 210,
    "register_sasaran": 13_500,
    "register_ds_persen": 80.74,
    "register_lalu_persen": 10.4,
    "register_lalu_ds_persen": 77.2,
    "register_perubahan_poin": -0.53,
    "selisih_survei_register_poin": 14.13,
    "register_bawah_persen": 9.32,
    "register_atas_persen": 10.44,
    "register_simpan_persen": 9.61,
    "register_perubahan_bawah_poin": -1.29,
    "register_perubahan_atas_poin": 0.24,
    "register_arah_teks": "belum bermakna",
    "target_berikut_sisa_tahun": 2,
    "target_berikut_poin_per_tahun": 1.0,
    "kohort_periode_teks": "Agustus",
    "kohort_stunting_awal": 1_100,
    "kohort_stunting_akhir": 1_072,
    "kohort_pulih": 180,
    "kohort_tetap_stunting": 470,
    "kohort_lulus_umur": 230,
    "kohort_tidak_diukur_lagi": 220,
    "kohort_baru_normal": 70,
    "kohort_baru_tidak_diukur": 300,
    "kohort_baru_lahir": 232,
    "kohort_pulih_persen": 27.69,
    "kohort_pulih_bawah_persen": 24.4,
    "kohort_pulih_atas_persen": 31.2,
    "kohort_kejadian_persen": 1.3,
    "kohort_diukur_lagi_persen": 74.7,
    "mutu_skor": 84.2,
    "mutu_penilaian_teks": "baik",
    "mutu_layak_teks": "dipakai dengan catatan",
    "mutu_alasan_teks": "2 dari 8 puskesmas jangan dipakai sebelum diverifikasi",
    "mutu_jumlah_puskesmas": 8,
    "mutu_puskesmas_dapat": 5,
    "mutu_puskesmas_catatan": 1,
    "mutu_puskesmas_jangan": 2,
    "mutu_jumlah_pola": 3,
    "mutu_jumlah_pengembalian": 360,
    "target_kabupaten_persen": 23.0,
    "target_kabupaten_sumber_teks": "RPJMD 2021–2026",
    "jarak_target_poin": 1.0,
    "jumlah_survei_terbit_kemudian": 1,
    "jumlah_indikator": 29,
    "jumlah_pasokan": 2,
    "jumlah_pasokan_resmi": 35,
    "jumlah_pasokan_kurang": 1,
    "jumlah_indikator_berdata": 4,
    "jumlah_indikator_dinilai": 3,
    "jumlah_indikator_tercapai": 1,
    "jumlah_indikator_belum": 2,
    "indikator_tercapai_persen": 100 / 3,
    "jumlah_indikator_naik": 2,
    "jumlah_indikator_turun": 1,
    "jumlah_indikator_tetap": 0,
    "jumlah_indikator_tak_banding": 1,
    "jumlah_indikator_sementara": 1,
    "jumlah_kegiatan": 4,
    "jumlah_opd": 2,
    "jumlah_kegiatan_dinilai": 3,
    "jumlah_output_tercapai": 1,
    "jumlah_output_belum": 2,
    "jumlah_output_tanpa_data": 1,
    "rerata_skor_output_persen": 71.5,
    "jumlah_tepat_waktu": 1,
    "jumlah_terlambat": 1,
    "jumlah_lewat_rencana": 1,
    "jumlah_belum_jatuh_tempo": 1,
    "jumlah_waktu_tidak_diketahui": 0,
    "tepat_waktu_persen": 100 / 3,
    "terlambat_terburuk_hari": 47,
    "terlambat_terburuk_kegiatan_teks": "K02",
    "lewat_terlama_hari": 101,
    "lewat_terlama_kegiatan_teks": "K01",
    "jumlah_kegiatan_berjendela": 2,
    "jumlah_jendela_berulang": 5,
    "jumlah_jendela_berulang_tepat": 3,
    "kaskade_rembuk_jumlah": 4,
    "kaskade_rembuk_rp": 4_500_000_000,
    "kaskade_rkpd_jumlah": 4,
    "kaskade_rkpd_rp": 4_500_000_000,
    "kaskade_renja_jumlah": 4,
    "kaskade_renja_rp": 4_500_000_000,
    "kaskade_dpa_jumlah": 3,
    "kaskade_dpa_rp": 4_100_000_000,
    "kaskade_realisasi_jumlah": 3,
    "kaskade_realisasi_rp": 3_200_000_000,
    "pagu_rp": 4_250_000_000,
    "pagu_murni_rp": 4_000_000_000,
    "realisasi_rp": 3_200_000_000,
    "sisa_rp": 1_050_000_000,
    "serapan_persen": 75.29,
    "serapan_lalu_persen": 91.2,
    "serapan_spesifik_persen": 62.1,
    "serapan_sensitif_persen": 80.4,
    "serapan_fisik_persen": 97.9,
    "serapan_kas_persen": 88.0,
    "realisasi_tanpa_pagu_rp": 25_000_000,
    "langsung_sasaran_persen": 41.7,
    "jumlah_di_atas_pagu": 1,
    "jumlah_tanpa_realisasi": 1,
    "jumlah_realisasi_kosong": 1,
    "kemajuan_aksi_persen": 71.4,
    "jumlah_aksi": 3,
    "jumlah_aksi_selesai": 1,
    "jumlah_aksi_sebagian": 1,
    "jumlah_aksi_belum": 0,
    "jumlah_aksi_berjalan": 1,
    "jumlah_hambatan": 2,
    "jumlah_hambatan_selesai": 0,
    "jumlah_hambatan_tanpa_solusi": 1,
    "jumlah_kekurangan_tanpa_hambatan": 1,
    "jumlah_petunjuk_belum_dicatat": 1,
    "jumlah_petunjuk_tercatat": 1,
    "kategori_terbanyak_teks": "SDM",
    "kategori_terbanyak_jumlah": 2,
    "jumlah_ditindaklanjuti": 1,
    "jumlah_perbaikan": 1,
    "jumlah_digabung": 0,
    "jumlah_selesai": 0,
    "jumlah_usul_dihapus": 1,
    "jumlah_belum_dinilai": 1,
    "jumlah_putusan": 0,
    "jumlah_rancangan": 3,
    "jumlah_rancangan_disepakati": 0,
    "jumlah_rancangan_naik": 1,
    "jumlah_rancangan_tanpa_pagu": 1,
    "rancangan_pagu_bawah_rp": 1_100_000_000,
    "rancangan_pagu_atas_rp": 1_450_000_000,
    "rancangan_pagu_kini_rp": 1_400_000_000,
    "jumlah_rekomendasi": 2,
    "jumlah_lokus_diusulkan": 5,
    "jumlah_variasi_bobot": 12,
    "jumlah_lokus_kukuh": 3,
    "jumlah_lokus_bergantung": 2,
    "jumlah_desa_pengganti": 1,
    "jumlah_lokus_tahun_ini": 4,
    "jumlah_lokus_tetap": 2,
    "jumlah_desa_tidak_andal": 1,
    "jumlah_tindak_lanjut": 3,
    "jumlah_tindak_lanjut_selesai": 1,
    "jumlah_tindak_lanjut_berjalan": 1,
    "jumlah_tindak_lanjut_belum": 1,
    "jumlah_galat": 1,
    "jumlah_peringatan": 2,
    "jumlah_catatan": 0,
    "jumlah_berkas": 3,
    "jumlah_pengukuran": 21_500,
    "jumlah_anak": 13_210,
    "jumlah_duplikat": 61,
    "jumlah_angka_terbit": 6,
    "jumlah_angka_terbit_dihitung": 5,
    "jumlah_angka_terbit_berbeda": 1,
    "jumlah_baris_rekap": 4,
    "jumlah_rekap_cocok_katalog": 2,
    "jumlah_rekap_sesuai": 1,
    "jumlah_rekap_bertentangan": 2,
    "rekap_stunting_persen": 5.0,
    "rekap_stunting": 360,
    "rekap_stunting_penyebut": 7202,
}


def _indikator(kode: str, nama: str, capaian: float, target: float | None, **more: Any) -> dict:
    return {
        "baris": f"{kode}@73.12", "kode_indikator": kode, "kode_wilayah": "73.12",
        "tingkat": "kabupaten", "wilayah": "Soppeng", "indikator": nama, "jenis": "spesifik",
        "arah": "naik", "pembilang": 700, "penyebut": 1_000, "capaian_persen": capaian,
        "target_persen": target, "target_tingkat": "nasional", "target_sumber": "Perpres 72/2021",
        "target_terverifikasi": True,
        "selisih_target_poin": None if target is None else capaian - target,
        "status_data": "lengkap", "jumlah_desa": 70, "jumlah_desa_data_lengkap": 70,
        **more,
    }  # fmt: skip


CAKUPAN = [
    _indikator(
        "E10", "Ibu hamil KEK yang mendapatkan tambahan asupan gizi", 62.3, 90.0,
        status_capaian="belum tercapai", capaian_lalu_persen=70.1, tren_poin=-7.8,
        status_tren="turun", capaian_rerata_desa_persen=66.0,
    ),
    _indikator(
        "E12", "Persentase unmet need pelayanan keluarga berencana", 9.1, 7.4, arah="turun",
        jenis="sensitif", status_capaian="belum tercapai", capaian_lalu_persen=11.0,
        tren_poin=-1.9, status_tren="turun", jumlah_desa_data_lengkap=50, status_data="sementara",
    ),
    _indikator(
        "E14", "Bayi usia kurang dari 6 bulan mendapat ASI eksklusif", 84.6, 80.0,
        status_capaian="tercapai", capaian_lalu_persen=80.2, tren_poin=4.4, status_tren="naik",
    ),
    _indikator(
        "E21", "Keluarga yang melaksanakan PHBS", 55.0, None, jenis="sensitif",
        target_terverifikasi=False, status_capaian="belum dapat dinilai",
        capaian_lalu_persen=50.0, penyebut_lalu=800, status_tren="tidak dapat dibandingkan",
        alasan_tren="ditahan: penyebut berubah lebih dari 10 persen",
    ),
    {
        **_indikator("E10", "Ibu hamil KEK yang mendapatkan tambahan asupan gizi", 41.0, 90.0),
        "baris": "E10@73.12.01", "kode_wilayah": "73.12.01", "tingkat": "kecamatan",
        "wilayah": "Marioriwawo", "status_capaian": "belum tercapai",
    },
]  # fmt: skip


def _target(tingkat: str, kode: str, tahun: int, nilai: float, sumber: str) -> dict:
    return {
        "baris": f"target:{kode}:{tahun}::{sumber}", "jenis_angka": "target", "tingkat": tingkat,
        "kode_wilayah": kode, "tahun": tahun, "prevalensi_persen": nilai, "sumber": sumber,
    }  # fmt: skip


SEMESTER = [
    {"baris": kode, "kode_indikator": kode, "indikator": nama, "rincian": rincian,
     "semester_1_persen": satu, "semester_2_persen": dua, "tahun_persen": tahun,
     "capaian_lalu_persen": lalu, "memburuk": memburuk, "catatan_semester":
     "semester 2 baru memuat satu triwulan" if kode == "E10" else None}
    for kode, nama, rincian, satu, dua, tahun, lalu, memburuk in (
        ("E10", "Ibu hamil KEK yang mendapatkan tambahan asupan gizi", "dua semester",
         30.0, 32.3, 62.3, 70.1, "dari tahun lalu"),
        ("E14", "Bayi usia kurang dari 6 bulan mendapat ASI eksklusif", "dua semester",
         88.2, 84.6, 84.6, 80.2, "dari semester 1"),
        ("E12", "Persentase unmet need pelayanan keluarga berencana", "hanya semester 1",
         9.1, None, 9.1, 11.0, None),
        ("E21", "Keluarga yang melaksanakan PHBS", "tanpa rincian semester",
         None, None, 55.0, 50.0, None),
    )
]  # fmt: skip

PENYEBUT = [
    {"baris": f"{kode}:{sumber}:{jenis}", "kode_indikator": kode, "indikator": nama,
     "sumber": sumber, "jenis_penyebut": jenis, "penyebut": kini, "penyebut_lalu": lalu,
     "capaian_persen": capaian, "capaian_bila_persen": bila, "keadaan": keadaan}
    for kode, nama, sumber, jenis, kini, lalu, capaian, bila, keadaan in (
        ("E10", "Ibu hamil KEK yang mendapatkan tambahan asupan gizi", "lembar cakupan", "riil",
         1_000, 990, 62.3, None, "sejenis"),
        ("E21", "Keluarga yang melaksanakan PHBS", "lembar cakupan", "riil",
         1_000, 800, 55.0, None, "ditahan"),
        ("E14", "Bayi usia kurang dari 6 bulan mendapat ASI eksklusif", "lembar cakupan", "riil",
         1_000, None, 84.6, None, "hanya tahun ini"),
        ("E14", "Bayi usia kurang dari 6 bulan mendapat ASI eksklusif", "lembar cakupan",
         "proyeksi", None, 1_200, None, 70.5, "hanya tahun lalu"),
        ("E10", "Ibu hamil KEK yang mendapatkan tambahan asupan gizi", "rekap terbitan",
         "tidak dinyatakan", 2_000, None, 62.3, 31.15, "penyebut lain, berbeda jauh"),
    )
]  # fmt: skip

PREVALENSI = [
    {
        "baris": "survei:73.12:2023::SKI", "jenis_angka": "survei", "tingkat": "kabupaten",
        "kode_wilayah": "73.12", "tahun": 2023, "sumber": "SKI", "prevalensi_persen": 24.0,
    },
    _target("kabupaten", "73.12", 2024, 23.0, "RPJMD 2021–2026"),
    _target("nasional", "00", 2024, 14.0, "Perpres 72/2021"),
    _target("kabupaten", "73.12", 2025, 22.0, "RKPD 2025"),
    _target("provinsi", "73", 2025, 23.9, "Target provinsi"),
    _target("nasional", "00", 2025, 18.8, "RPJMN 2025–2029"),
]  # fmt: skip


def _kegiatan(id_kegiatan: str, nama: str, opd: str, **more: Any) -> dict:
    return {
        "baris": id_kegiatan, "id_kegiatan": id_kegiatan, "sub_kegiatan": nama, "opd": opd,
        "disepakati_rembuk": True, "status_dpa": "masuk", **more,
    }  # fmt: skip


KEGIATAN = [
    _kegiatan("K01", "Pengelolaan Pelayanan Kesehatan Gizi Masyarakat", "Dinas Kesehatan",
              capaian_output_persen=52.5, status_output="belum tercapai", indikator_terkait="E10"),
    _kegiatan("K02", "Penyediaan Sanitasi Layak", "Dinas PUPR", alasan="Lelang terlambat",
              capaian_output_persen=62.0, status_output="belum tercapai"),
    _kegiatan("K03", "Kelas Ibu Hamil", "Dinas Kesehatan", capaian_output_persen=100.0,
              status_output="tercapai"),
    _kegiatan("K04", "Pelatihan Kader", "Dinas Kesehatan", status_dpa="tidak masuk",
              alasan="Pergeseran anggaran", status_output="belum dapat dinilai"),
]  # fmt: skip

KASKADE = [
    {"baris": baris, "tahap": tahap, "jumlah": jumlah, "kosong_jumlah": kosong,
     "tanpa_rupiah_jumlah": tanpa, "baru_jumlah": baru, "baru_rp": baru * 60_000_000 or None}
    for baris, tahap, jumlah, kosong, tanpa, baru in (
        ("rembuk", "Rembuk", 4, 0, 0, 0), ("rkpd", "RKPD", 4, 0, 0, 2),
        ("renja", "Renja", 4, 1, 0, 2), ("dpa", "DPA", 3, 0, 1, 2),
        ("realisasi", "Realisasi", 3, 0, 0, 1),
    )
]  # fmt: skip

ANGGARAN = [
    {"baris": "total:semua", "kelompok": "total", "kode": "semua", "pagu_rp": 4_250_000_000,
     "pagu_dinilai_rp": 4_250_000_000, "realisasi_rp": 3_200_000_000, "serapan_persen": 75.29,
     "di_atas_pagu_rp": 50_000_000, "langsung_kosong_rp": 80_000_000},
    {"baris": "lini:spesifik", "kelompok": "lini", "kode": "spesifik", "nama": "spesifik",
     "pagu_rp": 1_500_000_000, "langsung_sasaran_persen": 64.0},
    {"baris": "lini:dukungan", "kelompok": "lini", "kode": "dukungan", "nama": "dukungan",
     "langsung_sasaran_persen": 0.0},
    {"baris": "lokus:menyebut desa lokus", "kelompok": "lokus", "kode": "menyebut desa lokus",
     "nama": "menyebut desa lokus", "realisasi_rp": 700_000_000},
    {"baris": "lokus:lokasi tidak dinyatakan", "kelompok": "lokus", "realisasi_rp": 2_500_000_000,
     "kode": "lokasi tidak dinyatakan", "nama": "lokasi tidak dinyatakan"},
    {"baris": "opd:Dinas Kesehatan", "kelompok": "opd", "kode": "Dinas Kesehatan",
     "nama": "Dinas Kesehatan", "serapan_persen": 62.1},
    {"baris": "opd:Dinas PUPR", "kelompok": "opd", "kode": "Dinas PUPR", "nama": "Dinas PUPR",
     "serapan_persen": 97.9},
    {"baris": "kegiatan:K03|APBD", "kelompok": "kegiatan", "kode": "K03|APBD",
     "nama": "Kelas Ibu Hamil", "status_anggaran": "di atas pagu"},
    {"baris": "kegiatan:K04|APBD", "kelompok": "kegiatan", "kode": "K04|APBD",
     "nama": "Pelatihan Kader", "status_anggaran": "realisasi tanpa pagu"},
]  # fmt: skip

HAMBATAN = [
    {"baris": "H1", "id_hambatan": "H1", "keadaan": "tercatat", "kategori": "SDM",
     "uraian": "Bidan desa berganti pada triwulan kedua", "akar_masalah": "Mutasi pegawai",
     "alternatif_solusi": "Menugaskan bidan pengganti", "solusi_dari": "OPD",
     "opd_pj": "Dinas Kesehatan", "id_kegiatan": "K01", "kode_indikator": "E10",
     "sub_kegiatan": "Pengelolaan Pelayanan Kesehatan Gizi Masyarakat",
     "indikator": "Ibu hamil KEK yang mendapatkan tambahan asupan gizi",
     "kekurangan": "output; cakupan", "capaian_output_persen": 52.5, "capaian_persen": 62.3},
    {"baris": "H2", "id_hambatan": "H2", "keadaan": "tercatat", "kategori": "SDM",
     "uraian": "Kader belum dilatih", "solusi_dari": "arahan umum",
     "alternatif_solusi": "Memetakan kebutuhan petugas dan kader per desa"},
    {"baris": "TB-K02", "id_hambatan": "TB-K02", "keadaan": "belum dicatat",
     "id_kegiatan": "K02", "sub_kegiatan": "Penyediaan Sanitasi Layak", "kekurangan": "waktu"},
]  # fmt: skip

PETUNJUK = [
    {"baris": "belanja_akhir:K02", "jenis": "belanja_akhir", "id_kegiatan": "K02",
     "tercatat": False, "uraian": "Pada kegiatan Penyediaan Sanitasi Layak (Dinas PUPR), 90,0 "
     "persen realisasi anggaran dibelanjakan pada triwulan terakhir yang dilaporkan.",
     "pertanyaan": "Pada tahap mana pengadaannya tertahan?"},
    {"baris": "pasokan:E10@73.12.04", "jenis": "pasokan", "kode_indikator": "E10",
     "tercatat": True, "uraian": "Cakupan “PMT” di kecamatan Lalabata turun 40,0 poin "
     "persentase.", "pertanyaan": "Apakah persediaannya terputus?"},
]  # fmt: skip

REKOMENDASI = [
    {"baris": "RA-E10", "id_usulan": "RA-E10", "nomor": 1, "kanal": "desain layanan",
     "rekomendasi": "Dahulukan perbaikan layanan ibu hamil KEK pada rencana tahun depan.",
     "masukan_untuk": "Aksi 1", "opd_pj": "Dinas Kesehatan", "prioritas": "tinggi",
     "tenggat": pd.Timestamp("2025-02-28"), "kode_indikator": "E10",
     "alasan": "Cakupan di bawah target."},
    {"baris": "RB-K01", "id_usulan": "RB-K01", "nomor": 2, "kanal": "perencanaan",
     "rekomendasi": "Susun ulang target dan tahapan output.", "masukan_untuk": "Aksi 2",
     "prioritas": "sedang"},
]  # fmt: skip

USULAN = [
    {"baris": "UK-K03", "id_usulan": "UK-K03", "id_kegiatan": "K03", "opd": "Dinas Kesehatan",
     "sub_kegiatan": "Kelas Ibu Hamil", "usulan": "ditindaklanjuti"},
    {"baris": "UK-K01", "id_usulan": "UK-K01", "id_kegiatan": "K01", "opd": "Dinas Kesehatan",
     "sub_kegiatan": "Pengelolaan Pelayanan Kesehatan Gizi Masyarakat",
     "usulan": "ditindaklanjuti dengan perbaikan", "capaian_output_persen": 52.5},
    {"baris": "UK-K02", "id_usulan": "UK-K02", "id_kegiatan": "K02", "opd": "Dinas PUPR",
     "sub_kegiatan": "Penyediaan Sanitasi Layak", "usulan": "usul dihapus",
     "alasan": "Tidak tercatat kaitan dengan indikator maupun kelompok sasaran."},
    {"baris": "UK-K04", "id_usulan": "UK-K04", "id_kegiatan": "K04", "opd": "Dinas Kesehatan",
     "sub_kegiatan": "Pelatihan Kader", "usulan": "belum dapat dinilai"},
]  # fmt: skip

EFEKTIVITAS = [
    {"baris": kode, "id_kegiatan": kode, "sub_kegiatan": nama, "efektivitas": word, "alasan": why}
    for kode, nama, word, why in [
        ("K03", "Kelas Ibu Hamil", "efektif", "Output sesuai rencana, dan indikator membaik."),
        ("K01", "Pengelolaan Pelayanan Kesehatan Gizi Masyarakat", "belum terlihat",
         "Output belum sampai pada yang semestinya."),
        ("K02", "Penyediaan Sanitasi Layak", "belum terlihat",
         "Output belum sampai pada yang semestinya."),
        ("K04", "Pelatihan Kader", "tidak dapat disimpulkan", "Realisasi output belum diketahui."),
    ]
]  # fmt: skip

BIAYA = [
    {"baris": kode, "id_kegiatan": kode, "sub_kegiatan": nama, "biaya_per_satuan_rp": biaya,
     "rasio_sejenis": sejenis, "rasio_lalu": lalu, "keadaan": keadaan}
    for kode, nama, biaya, sejenis, lalu, keadaan in [
        ("K01", "Pengelolaan Pelayanan Kesehatan Gizi Masyarakat", 420_000, 4.2, 1.1,
         "perlu diverifikasi"),
        ("K03", "Kelas Ibu Hamil", 90_000, 0.9, None, "tidak menonjol"),
        ("K04", "Pelatihan Kader", None, None, None, "tidak dibandingkan"),
    ]
]  # fmt: skip

KAITAN = [
    {"baris": "E10", "kode_indikator": "E10", "korelasi": -0.12, "p_holm": 0.8,
     "indikator": "Ibu hamil KEK yang mendapatkan tambahan asupan gizi",
     "kaitan": "tidak terlihat kaitan"},
    {"baris": "E14", "kode_indikator": "E14", "korelasi": 0.03, "p_holm": 1.0,
     "indikator": "Bayi usia kurang dari 6 bulan mendapat ASI eksklusif",
     "kaitan": "tidak terlihat kaitan"},
    {"baris": "E21", "kode_indikator": "E21", "kaitan": "tidak dihitung",
     "indikator": "Keluarga yang melaksanakan PHBS"},
]  # fmt: skip

AKSI = [
    {"baris": "aksi-1", "aksi": "1", "nama": "Analisis Situasi", "status": "selesai",
     "deviasi_hari": 12, "dokumen_bukti": "Laporan analisis situasi",
     "hambatan": "Data desa terlambat masuk"},
    {"baris": "aksi-3", "aksi": "3", "nama": "Rembuk Stunting", "status": "sebagian",
     "peluang": "Dukungan pemerintah desa"},
    {"baris": "aksi-8", "aksi": "8", "nama": "Reviu Kinerja Tahunan", "status": "berjalan"},
]  # fmt: skip

LOKUS = [
    {"baris": f"UL-73.12.01.200{n}", "id_usulan": f"UL-73.12.01.200{n}", "desa": f"Desa {name}",
     "kecamatan": "Marioriwawo", "urutan": n, "usulan": "diusulkan lokus",
     "ketahanan": "kukuh" if n <= 3 else "bergantung bobot"}
    for n, name in enumerate(["Watu", "Barae", "Mariorilau", "Gattareng", "Congko"], start=1)
]  # fmt: skip

PASOKAN = [
    {"baris": "S01@kabupaten", "kode": "S01", "nama": "Stok tablet tambah darah",
     "tingkat": "kabupaten", "wilayah": "Soppeng", "ketersediaan": 7_200.0, "kebutuhan": 10_000.0,
     "kecukupan_persen": 72.0, "kekurangan": 2_800.0, "kecukupan": "kurang",
     "jumlah_tempat_kurang": 2, "kode_indikator": "E11", "capaian_terkait_persen": 61.5,
     "indikator": "Ibu hamil yang mengonsumsi TTD", "status_terkait": "belum tercapai"},
    {"baris": "S02@kabupaten", "kode": "S02", "nama": "Antropometri kit", "tingkat": "kabupaten",
     "wilayah": "Soppeng", "ketersediaan": 110.0, "kebutuhan": 100.0, "kecukupan_persen": 110.0,
     "kekurangan": 0.0, "kecukupan": "melebihi kebutuhan"},
]  # fmt: skip

BUKTI = [
    {"baris": "lokus_sebaran", "aksi": "1", "nama": "Analisis Situasi", "butir": "I.2 butir 1.1",
     "uraian": "Lokus memakai data sebaran stunting", "pembilang": 9, "penyebut": 10,
     "nilai_persen": 90.0, "huruf": "B", "jumlah_tidak_dinilai": 0, "tahun_data": 2023},
]  # fmt: skip

PENILAIAN = [
    {"baris": "2023-Provinsi", "tahun": 2023, "penilai": "Provinsi Sulawesi Selatan",
     "hasil": "peringkat ketiga", "sumber": "Berita acara penilaian"},
]  # fmt: skip

TINDAK_LANJUT = [
    {"baris": "T1", "id": "T1", "rekomendasi": "Lengkapi data sasaran", "status": "selesai",
     "penilaian": "selesai tanpa bukti"},
    {"baris": "T2", "id": "T2", "rekomendasi": "Percepat pencairan", "status": "berjalan",
     "penilaian": "terlambat", "lewat_tenggat_hari": 60},
    {"baris": "T3", "id": "T3", "rekomendasi": "Latih kader", "status": "tidak dilaporkan",
     "penilaian": "tidak dilaporkan"},
]  # fmt: skip

MUTU = [
    {"baris": "M001", "kode": "GANDA", "tingkat": "galat", "jumlah": 2,
     "uraian": "Dua baris untuk satu desa.", "saran": "Hapus salah satunya."},
    {"baris": "M002", "kode": "LEBIH", "tingkat": "peringatan", "jumlah": 1,
     "uraian": "Pembilang lebih besar daripada penyebut.", "saran": "Periksa penyebutnya."},
]  # fmt: skip

REKAP = [
    {"baris": "spm.csv#1", "berkas": "spm.csv", "no": "1", "indikator": "Ibu hamil K4",
     "capaian_tercetak": 85.0, "capaian_hitung": 85.0, "status": "cocok"},
    {"baris": "spm.csv#2", "berkas": "spm.csv", "no": "2", "indikator": "Balita",
     "capaian_tercetak": 9.5, "capaian_hitung": 95.0, "status": "tidak cocok",
     "keterangan": "angka tercetak sepersepuluh dari hitung ulang"},
    {"baris": "spm.csv#3", "berkas": "spm.csv", "no": "3", "indikator": "Imunisasi",
     "status": "data tidak ada"},
]  # fmt: skip

PEMERATAAN = [
    {
        "baris": kode,
        "kode_indikator": kode,
        "indikator": nama,
        "arah": arah,
        "jumlah_desa_dibandingkan": 70,
        "terbawah_persen": terbawah,
        "teratas_persen": teratas,
        "kesenjangan_poin": abs(teratas - terbawah),
        "lokus_persen": lokus,
        "bukan_lokus_persen": lain,
        "selisih_lokus_poin": lokus - lain,
        "bawah_poin": lokus - lain - 8,
        "atas_poin": lokus - lain + 8,
        "perbandingan_lokus": kata,
    }
    for kode, nama, arah, terbawah, teratas, lokus, lain, kata in (
        ("E10", "Remaja putri mendapat TTD", "naik", 30.0, 82.0, 45.0, 62.0, "lokus tertinggal"),
        ("E12", "Kebutuhan KB tak terpenuhi", "turun", 13.0, 4.0, 9.0, 8.0, "belum bermakna"),
    )
]
SKOR_DESA = [
    {
        "baris": f"73.12:{triwulan}:{kelompok.replace(' ', '_')}",
        "tingkat": "kabupaten",
        "kode_wilayah": "73.12",
        "triwulan": triwulan,
        "kelompok": kelompok,
        "seharusnya": seharusnya,
        "diterima": diterima,
        "konvergensi_persen": diterima * 100 / seharusnya,
        "sasaran_lengkap": orang,
        "lengkap": lengkap,
        "lengkap_persen": lengkap * 100 / orang,
        "jumlah_desa": 70,
        "jumlah_desa_lengkap": 60 + triwulan,
        "status_data": "sebagian",
        "acuan": triwulan == 3,
    }
    for triwulan, kelompok, seharusnya, diterima, orang, lengkap in (
        (2, "gabungan", 400, 310, 50, 10),
        (3, "ibu hamil", 80, 60, 10, 4),
        (3, "anak 0-23 bulan", 320, 240, 40, 6),
        (3, "gabungan", 400, 300, 50, 10),
    )
]
SKOR_LAYANAN = [
    {
        "baris": f"3:{kelompok.replace(' ', '_')}:{layanan.replace(' ', '_')}",
        "triwulan": 3,
        "kelompok": kelompok,
        "layanan": layanan,
        "persen": persen,
        "acuan": True,
    }
    for kelompok, layanan, persen in (
        ("ibu hamil", "pil Fe", 70.0),
        ("ibu hamil", "konseling gizi", 60.0),
        ("ibu hamil", "air bersih", 95.0),
        ("anak 0-23 bulan", "pengasuhan PAUD", 41.5),
    )
]
KETERPADUAN = [
    {
        "baris": baris,
        "jenis": jenis,
        "nama": nama,
        "jumlah_indikator": indikator,
        "jumlah_desa_dinilai": dinilai,
        "jumlah_desa_semua": semua,
        "jumlah_desa_lebih": 30,
        "jumlah_desa_kurang": 20,
        "jumlah_desa_nihil": 5,
    }
    for baris, jenis, nama, indikator, dinilai, semua in (
        ("seluruh", "seluruh indikator", "seluruh indikator", 12, 65, 10),
        ("paket:ibu", "paket layanan", "layanan spesifik ibu hamil", 2, 60, 18),
        ("paket:air", "paket layanan", "air minum dan sanitasi", 2, 0, 0),
    )
]
DESA_KUADRAN = [
    {
        "baris": kode,
        "kode_desa": kode,
        "desa": "Watu",
        "kuadran": kuadran,
        "data_andal": andal,
        "perlu_dibahas": kuadran == "I" and andal,
        "lokus_tahun_ini": lokus,
        "jangkauan_kegiatan": jangkauan,
    }
    for kode, kuadran, andal, lokus, jangkauan in (
        ("73.12.01.2001", "I", True, True, "desa disebut"),
        ("73.12.01.2002", "I", True, False, "tidak disebut"),
        ("73.12.01.2003", "I", True, False, "kecamatan disebut"),
        ("73.12.01.2004", "I", False, False, "tidak disebut"),
        ("73.12.01.2005", "IV", True, False, "tidak disebut"),
    )
]
PERIKSA_TARGET = [
    {"baris": baris, "pokok": baris.split(":")[0], "tahun": 2025, "pertanyaan": pertanyaan,
     "jawaban": jawaban, "alasan": "Alasannya."}
    for baris, pertanyaan, jawaban in (
        ("tersedia:2025", "apakah target tahun 2025 tercatat", "ya"),
        ("selaras:2025:nasional", "apakah target tahun 2025 selaras", "tidak"),
        ("terjangkau:2025", "apakah target tahun 2025 terjangkau", "belum dapat dinilai"),
    )
]  # fmt: skip
KESENJANGAN = [
    {"baris": kode, "kode_indikator": kode, "indikator": nama, "arah": arah,
     "capaian_persen": 50.0, "kesenjangan_berikut_poin": poin,
     "kesenjangan_berikut_sasaran": sasaran, "kecamatan_terbesar": kecamatan,
     "jenis_kesenjangan": jenis, "jumlah_kegiatan": jumlah, "pertanyaan": pertanyaan}
    for kode, nama, arah, poin, sasaran, kecamatan, jenis, jumlah, pertanyaan in (
        ("E10", "Ibu hamil KEK yang mendapatkan tambahan asupan gizi", "naik", 27.7, 84,
         "Lalabata dan Lilirilau", "menurun", 1, None),
        ("E12", "Persentase unmet need pelayanan keluarga berencana", "turun", 1.7, 17, None,
         "cakupan rendah", 0, "Belum ada kegiatan yang ditautkan. Kegiatan apa?"),
        ("E14", "Bayi usia kurang dari 6 bulan mendapat ASI eksklusif", "naik", 0.0, 0,
         "Ganra", "sudah tercapai: pemeliharaan", 1, None),
        ("E21", "Keluarga yang melaksanakan PHBS", "naik", None, None, None,
         "target belum terverifikasi", 1, None),
    )
]  # fmt: skip
RANCANGAN = [
    {"baris": "RR-K03", "id_usulan": "RR-K03", "asal": "kegiatan tahun ini",
     "sub_kegiatan": "Kelas Ibu Hamil", "keadaan": "rancangan", "target_usulan": 120.0},
    {"baris": "RR-K01", "id_usulan": "RR-K01", "asal": "kegiatan tahun ini",
     "sub_kegiatan": "Pengelolaan Pelayanan Kesehatan Gizi Masyarakat", "keadaan": "rancangan"},
    {"baris": "RR-E12", "id_usulan": "RR-E12", "asal": "kesenjangan tanpa kegiatan",
     "masalah": "Persentase unmet need pelayanan keluarga berencana (cakupan rendah)",
     "keadaan": "rancangan"},
]  # fmt: skip
KESINAMBUNGAN = [
    {"baris": f"RR-K0{n}", "id_usulan": f"RR-K0{n}", "sub_kegiatan": nama, "keadaan": keadaan}
    for n, nama, keadaan in (
        (1, "Pengelolaan Pelayanan Kesehatan Gizi Masyarakat", "masuk rencana"),
        (2, "Penyediaan Sanitasi Layak", "masuk dengan perubahan"),
        (3, "Kelas Ibu Hamil", "tidak ditemukan"),
    )
]
BAHAN_REVIU = pd.DataFrame({
    "baris": ["kegiatan", "lokus"], "bahan": ["Rencana kegiatan", "Desa lokus"],
    "keadaan": ["tersedia", "belum ada"],
})  # fmt: skip
PERTANYAAN = pd.DataFrame({
    "baris": ["t/1", "t/2"], "pertanyaan": ["Apa sebabnya?", "Siapa mengampu?"],
    "kepada": ["Dinas Kesehatan", None],
})  # fmt: skip
POKOK = pd.DataFrame({
    "baris": ["usulan_kegiatan", "rekomendasi"], "jumlah_usulan": [4, 3],
    "jumlah_diputuskan": [3, 0], "jumlah_belum": [1, 3],
})  # fmt: skip
PUTUSAN_RAPAT = pd.DataFrame({
    "baris": ["UK-K1", "UK-K2", "UK-K3"],
    "terhadap_usulan": ["menurut usulan", "menurut usulan", "berbeda dari usulan"],
})  # fmt: skip
PERUBAHAN = pd.DataFrame({
    "baris": ["a/1/x", "a/2/x"], "sebab": ["putusan rapat", "berkas sumber berubah"],
})  # fmt: skip
BERKAS = pd.DataFrame({
    "baris": ["cakupan.xlsx"], "berkas": ["cakupan.xlsx"], "keadaan": ["berubah"], "isi": ["data"],
})  # fmt: skip
TERBIT = pd.DataFrame({"baris": ["73.12-2024-SSGI"], "prevalensi_persen": [22.5]})


TABEL: dict[str, list[dict]] = {
    "kesinambungan_rencana": KESINAMBUNGAN,
    "rancangan_kegiatan": RANCANGAN,
    "kesenjangan_cakupan": KESENJANGAN,
    "periksa_target": PERIKSA_TARGET,
    "capaian_cakupan": CAKUPAN,
    "pemerataan_cakupan": PEMERATAAN,
    "cakupan_semester": SEMESTER,
    "penyebut_indikator": PENYEBUT,
    "konvergensi_sasaran": SKOR_DESA,
    "konvergensi_layanan": SKOR_LAYANAN,
    "keterpaduan_layanan": KETERPADUAN,
    "konvergensi_desa": DESA_KUADRAN,
    "perkembangan_prevalensi": PREVALENSI,
    "realisasi_kegiatan": KEGIATAN,
    "kaskade": KASKADE,
    "realisasi_anggaran": ANGGARAN,
    "faktor_penghambat": HAMBATAN,
    "efektivitas_kegiatan": EFEKTIVITAS,
    "biaya_satuan": BIAYA,
    "kaitan_desa": KAITAN,
    "petunjuk_hambatan": PETUNJUK,
    "rekomendasi": REKOMENDASI,
    "usulan_kegiatan": USULAN,
    "penilaian_aksi": AKSI,
    "pasokan": PASOKAN,
    "periksa_bukti": BUKTI,
    "hasil_penilaian": PENILAIAN,
    "bahan_reviu": BAHAN_REVIU,
    "pertanyaan_terbuka": PERTANYAAN,
    "pokok_putusan": POKOK,
    "putusan_rapat": PUTUSAN_RAPAT,
    "perubahan_edisi": PERUBAHAN,
    "perubahan_berkas": BERKAS,
    "terbit_kemudian": TERBIT,
    "usulan_lokus": LOKUS,
    "tindak_lanjut": TINDAK_LANJUT,
    "mutu_data": MUTU,
    "rekap_indikator": REKAP,
}
KOSONG = HasilReviu("73.12", "Soppeng", 2024, date(2024, 11, 30), date(2024, 12, 10))


def make_ringkasan(angka: dict[str, Any]) -> pd.DataFrame:
    """Return the summary table with every declared key, missing where `angka` has none."""
    return pd.DataFrame(
        {
            "baris": kunci,
            "bab": item.bab,
            "uraian": item.uraian,
            "format": item.format,
            "nilai": None if kunci.endswith("_teks") else angka.get(kunci),
            "teks": angka.get(kunci) if kunci.endswith("_teks") else None,
        }
        for kunci, item in load_ringkasan().items()
    )


LENGKAP = replace(
    KOSONG,
    ringkasan=make_ringkasan(ANGKA),
    **{name: pd.DataFrame(rows) for name, rows in TABEL.items()},
)


def change(hasil: HasilReviu, ubah: dict[str, Any]) -> HasilReviu:
    """Return `hasil` with cells set: `tabel/baris/kolom`, a summary key, or a field; "" empties."""
    changed: dict[str, Any] = {}
    for asal, value in ubah.items():
        if hasattr(hasil, asal):
            changed[asal] = value
            continue
        if "/" not in asal:
            asal = f"ringkasan/{asal}/{'teks' if asal.endswith('_teks') else 'nilai'}"
        tabel, rest = asal.split("/", 1)
        baris, kolom = rest.rsplit("/", 1)
        frame = changed.setdefault(tabel, getattr(hasil, tabel).copy())
        assert (frame["baris"] == baris).sum() == 1, asal
        frame.loc[frame["baris"] == baris, kolom] = None if value == "" else value
    return replace(hasil, **changed)


def empty(hasil: HasilReviu, tables: list[str]) -> HasilReviu:
    """Return `hasil` with these tables empty; `tabel/baris` takes out one row."""
    for name in tables:
        tabel, _, baris = name.partition("/")
        frame = getattr(hasil, tabel)
        rest = frame[frame["baris"] != baris] if baris else frame.iloc[:0]
        hasil = replace(hasil, **{tabel: rest})
    return hasil


def plain(html: str) -> str:
    """Return the words of a paragraph without its elements."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def without_recorded(html: str) -> str:
    """Return the paragraph without recorded quotations, which are other people's words."""
    return re.sub(r'<q class="tercatat">.*?</q>', "…", html)


def describe_all(hasil: HasilReviu) -> dict[str, tuple[str, ...]]:
    """Return the paragraphs of every chapter."""
    return {name: getattr(narasi, name)(hasil) for name in SATU_HASIL}
