"""Findings that only the results can show: their limits, their order, and the things they name."""

from __future__ import annotations

import pandas as pd
import pytest

from reviu_lib.review.mutu import (
    _of_cakupan,
    _of_pengukuran,
    _of_prevalensi,
    _of_putusan,
    compute_mutu,
    group_temuan,
    summarize_mutu,
)

from .bahan_kecil import DESA, KAB, baris, cakupan, make_bahan, make_konteks

NONE = pd.DataFrame(columns=["kode", "berkas", "indikator"])
ROW = {
    "tingkat": "kabupaten", "kode_indikator": "E11", "capaian_persen": 50.0,
    "capaian_rerata_desa_persen": 50.0, "status_tren": "tetap", "status_data": "lengkap",
    "pembilang": 50.0, "penyebut": 100.0, "kelengkapan_persen": 100.0,
}  # fmt: skip


def kinds(found) -> list[str]:
    return [item.kode for item in found if item.hal]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"capaian_persen": 100.0, "capaian_rerata_desa_persen": 100.0}, []),
        ({"capaian_persen": 100.01, "capaian_rerata_desa_persen": 100.0}, ["R02"]),
        ({"status_tren": "tidak dapat dibandingkan"}, ["R03"]),
        ({"status_tren": "tidak tersedia"}, []),
        ({"status_data": "sementara"}, ["R05"]),
        ({"status_data": "sebagian"}, []),
        ({"capaian_rerata_desa_persen": 51.0}, []),
        ({"capaian_rerata_desa_persen": 51.01}, ["R10"]),
        ({"capaian_rerata_desa_persen": 48.99}, ["R10"]),
        ({"capaian_rerata_desa_persen": None}, []),
        ({"tingkat": "desa", "capaian_persen": 400.0}, []),
    ],
)
def test_a_coverage_finding_begins_just_beyond_its_limit(changed, expected):
    konteks = make_konteks(make_bahan(), desa=[])
    assert kinds(_of_cakupan(konteks, pd.DataFrame([ROW | changed]))) == expected


@pytest.mark.parametrize(
    ("rekap", "desa", "expected"),
    [
        ("KAB 50 100", {}, []),
        ("KAB 51 100", {}, ["R06"]),
        ("KAB 51 100", {"kelengkapan_persen": 90.0}, []),
        ("KAB 52 100", {"kelengkapan_persen": 90.0}, ["R06"]),
        ("KAB 50 101", {}, ["R06"]),
        ("KAB - 100", {}, []),
        ("KAB 90 100", {"status_data": "rekap kabupaten"}, []),
    ],
)
def test_a_recap_must_equal_complete_desa_and_come_near_incomplete_ones(rekap, desa, expected):
    konteks = make_konteks(make_bahan(cakupan=cakupan(rekap)), desa=[])
    assert kinds(_of_cakupan(konteks, pd.DataFrame([ROW | desa]))) == expected


@pytest.mark.parametrize(
    ("tingkat", "ds", "expected"),
    [
        ("kabupaten", 100.0, []),
        ("kabupaten", 100.1, ["R09"]),
        ("kecamatan", 100.1, ["R09"]),
        ("desa", 400.0, []),
        ("kabupaten", None, []),
    ],
)
def test_more_present_than_expected_is_a_finding_above_the_desa(tingkat, ds, expected):
    row = {"jenis_angka": "register", "tingkat": tingkat, "d_per_s_persen": ds, "keterangan": None,
           "wilayah": "Soppeng", "periode": "Agustus", "tahun": 2024}  # fmt: skip
    frame = pd.DataFrame([row]).astype({"d_per_s_persen": "float64"})
    assert kinds(_of_prevalensi(make_konteks(make_bahan(), desa=[]), frame)) == expected


@pytest.mark.parametrize(
    ("days", "count"),
    [
        (["2024-02-01", "2024-08-31"], None),
        (["2024-03-01", "2024-08-31"], "1"),
        (["2024-03-01", "2025-02-01"], "2"),
    ],
)
def test_visits_outside_the_weighing_months_or_after_the_cutoff_are_counted(days, count):
    rows = baris("id_anak tanggal_ukur", *[f"a{i} {day}" for i, day in enumerate(days)])
    found = list(_of_pengukuran(make_konteks(make_bahan(pengukuran=rows), desa=[])))
    assert [item.hal for item in found] == ([(count,)] if count else [])


def test_decisions_without_a_proposal_and_with_unknown_words_are_two_findings():
    rows = baris("id_usulan putusan", "UK-1|setuju", "UK-9|selesai")
    konteks = make_konteks(make_bahan(putusan=rows), desa=[])
    found = {item.kode: item.hal for item in _of_putusan(konteks, ["UK-1"]) if item.hal}
    assert found == {"U01": ("UK-9",), "U02": ("UK-1: setuju",)}


def test_an_entry_without_a_word_and_an_annex_of_another_year_are_findings_too():
    rows = baris("id_usulan putusan tahun", "UK-1|-|2024", "UK-2|selesai|2021")
    konteks = make_konteks(make_bahan(putusan=rows), desa=[])
    found = {item.kode: item.hal for item in _of_putusan(konteks, ["UK-1"]) if item.hal}
    assert found == {"U03": ("UK-1",), "U04": ("2021",)}


def mutu(*temuan: str, **row: object) -> pd.DataFrame:
    kolom = "kode tingkat berkas sel tabel kolom uraian jumlah"
    tables = {"temuan": baris(kolom, *temuan)} if temuan else {}
    konteks = make_konteks(make_bahan(**tables), desa=[])
    prevalensi = pd.DataFrame(columns=["jenis_angka", "keterangan", "d_per_s_persen", "tingkat",
                                       "wilayah", "periode", "tahun"])  # fmt: skip
    return compute_mutu(konteks, pd.DataFrame([ROW | row]), prevalensi, rekap=NONE, usulan=[])


def test_the_gravest_findings_come_first_and_are_numbered():
    frame = mutu("Z1|catatan|a|A1|t|k|u|1", "Z2|galat|a|A1|t|k|u|1", "Z3|peringatan|a|A1|t|k|u|1",
                 status_data="sementara")  # fmt: skip
    assert frame["kode"].tolist() == ["Z2", "R05", "Z3", "Z1"]
    assert frame["baris"].tolist() == ["M001", "M002", "M003", "M004"]


def test_no_finding_gives_an_empty_table_and_zero_of_each_kind():
    frame = mutu()
    numbers = summarize_mutu(frame, make_konteks(make_bahan(), desa=[]))
    assert frame.empty
    assert numbers == {"jumlah_galat": 0, "jumlah_peringatan": 0, "jumlah_catatan": 0}


def test_findings_keep_the_words_of_the_reading_untouched():
    text = "<script>alert(1)</script> =cmd $x$"
    frame = mutu(f"Z1|galat|a|A1|t|k|{text}|2")
    assert frame.loc[0, ["uraian", "jumlah", "contoh_sel"]].tolist() == [text, 2, "A1"]


def test_findings_of_several_places_are_not_thrown_together():
    kolom = "kode tingkat berkas lembar sel tabel kolom uraian jumlah"
    places = ["a|l|A1|t|k", "a|l|A2|t|k", "a|m|A1|t|k", "a|l|A1|t|j", "b|l|-|t|k"]
    rows = baris(kolom, *[f"Z1|galat|{place}|u|1" for place in places])
    frame = group_temuan(make_bahan(temuan=rows).temuan)
    assert frame["jumlah"].tolist() == [2, 1, 1, 1]
    assert frame["contoh_sel"].fillna("").tolist() == ["A1, A2", "A1", "A1", ""]


def test_children_and_measurements_of_the_year_are_counted_once():
    kolom = "id_anak kode_desa usia_hari tanggal_ukur z_tbu"
    days = ["a 2024-02-05", "a 2024-08-05", "a 2024-08-09", "b 2024-08-05", "c 2024-05-05",
            "d 2023-08-05"]  # fmt: skip
    visits = baris(kolom, *[f"{text[0]} {DESA[0]} 500 {text[2:]} 0.0" for text in days])
    konteks = make_konteks(make_bahan(pengukuran=visits), desa=DESA)
    numbers = summarize_mutu(pd.DataFrame(), konteks)
    assert (numbers["jumlah_pengukuran"], numbers["jumlah_anak"]) == (3, 2)


def test_the_place_of_a_jump_is_named_with_month_and_year():
    row = {"jenis_angka": "register", "tingkat": "kabupaten", "d_per_s_persen": 120.0,
           "keterangan": None, "wilayah": KAB, "periode": None, "tahun": 2024}  # fmt: skip
    frame = pd.DataFrame([row, row | {"periode": "Agustus"}])
    found = list(_of_prevalensi(make_konteks(make_bahan(), desa=[]), frame))
    assert [item.hal for item in found if item.kode == "R09"] == [
        (f"{KAB} 2024", f"{KAB} Agustus 2024")
    ]
