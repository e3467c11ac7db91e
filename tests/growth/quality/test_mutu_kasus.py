"""The hand-worked cases of data quality (tests/cases/mutu.toml), run by our own functions."""

import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reviu_lib.catalog import tabel_masukan
from reviu_lib.growth import compute_measure_from_z
from reviu_lib.growth.quality import (
    compute_pemeriksaan_mutu,
    compute_plausibility,
    flag_visits,
    load_mutu,
)

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "mutu.toml").read_text("utf-8"))
CHILD = {"id_anak": "A", "jenis_kelamin": "L", "kode_desa": "99.99.01.2001"}
WORDS = {True: "ya", False: "tidak"}


def named(kind):
    return pytest.mark.parametrize("case", CASES[kind], ids=[c["nama"] for c in CASES[kind]])


def visits_of(rows):
    frame = pd.DataFrame([{**CHILD, **row} for row in rows])
    frame["tanggal_ukur"] = pd.to_datetime(frame["tanggal_ukur"])
    return tabel_masukan()["pengukuran"].conform(frame)


@named("kunjungan")
def test_a_visit_is_marked_as_the_case_says(case):
    marks = flag_visits(visits_of(case["baris"]))[case["pemeriksaan"]]
    assert ["-" if pd.isna(mark) else WORDS[bool(mark)] for mark in marks] == case["tandai"]


@named("kunjungan")
def test_the_order_of_rows_does_not_matter_to_a_case(case):
    frame = visits_of(case["baris"]).iloc[::-1]
    marks = flag_visits(frame)[case["pemeriksaan"]].sort_index()
    assert ["-" if pd.isna(mark) else WORDS[bool(mark)] for mark in marks] == case["tandai"]


@named("angka_akhir")
def test_the_digit_score_is_that_of_the_case(case):
    heights = np.repeat(80 + np.arange(10) / 10, case["cacah"])
    frame = pd.DataFrame({"tinggi_cm": heights, "usia_hari": 900, "jenis_kelamin": "L"})
    frame = frame.assign(berat_kg=12.3, cara_ukur="Berdiri")
    assert compute_plausibility(frame)["angka_akhir_tinggi"].item() == case["skor"]


@named("penumpukan")
def test_bunching_warns_from_ratio_three_with_thirty_children(case):
    z = np.repeat([-2.05, -1.95], [case["bawah"], case["atas"]])
    heights = compute_measure_from_z("tbu", z, jenis_kelamin="L", usia_hari=np.full(len(z), 900))
    rows = [
        {"id_anak": str(i), "tanggal_ukur": "2024-02-10", "usia_hari": 900, "tinggi_cm": height}
        for i, height in enumerate(heights)
    ]
    found = compute_pemeriksaan_mutu(visits_of(rows), tingkat=["kabupaten"])
    row = found.set_index("pemeriksaan").loc["menumpuk_minus2"]
    assert row["nilai"] == pytest.approx(case["rasio"], abs=0.001)
    assert (row["penilaian"] == "perlu diperiksa") == case["peringatan"]
    assert row["dapat_dinilai"] == (case["bawah"] + case["atas"] >= 30)


@pytest.mark.parametrize("case", CASES["kelas"], ids=[c["skala"] for c in CASES["kelas"]])
def test_a_value_on_the_edge_has_the_class_of_the_case(case):
    scale = load_mutu().skala[case["skala"]]
    assert [scale.kelas[k] for k in scale.rank(np.array(case["nilai"]))] == case["kelas"]


def test_every_check_of_single_visits_has_a_case():
    cases = {case["pemeriksaan"] for case in CASES["kunjungan"]}
    routine = {
        "tinggi_turun", "tinggi_berulang", "berat_berulang", "ukuran_berulang", "tumbuh_mustahil",
        "berat_melonjak", "ganda_anak", "ganda_sebulan", "cara_ukur_usia", "berdiri_bayi",
        "lahir_tanggal_1_15", "lahir_januari", "z_tbu_beda", "kelas_tbu_beda", "tinggi_bulat",
    }  # fmt: skip
    assert routine <= cases
