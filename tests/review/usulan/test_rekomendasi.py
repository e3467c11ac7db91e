"""Each rule that calls for a recommendation: what raises it, whom it is for, and by when."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pandas as pd
import pytest

from reviu_lib.catalog import load_aturan
from reviu_lib.review.capaian.anggaran import compute_anggaran
from reviu_lib.review.kamus import load_aturan_usulan
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.outcome.prevalensi import compute_prevalensi
from reviu_lib.review.usulan.rekomendasi import (
    Temuan,
    _complete,
    _for_attendance,
    _for_budget,
    _for_data,
    _for_lokus,
    _for_plan,
    _for_unfinished,
    _names,
    _owners,
    _recorded_solutions,
)

from ..bahan_kecil import DESA, KAB, baris, cakupan, make_bahan, make_konteks

RULES = load_aturan_usulan().rekomendasi
NONE = pd.DataFrame()


@cache
def empty() -> Konteks:
    """The context of a kabupaten that handed in nothing."""
    return make_konteks(make_bahan(), desa=[])


def temuan(konteks, **tables: pd.DataFrame) -> Temuan:
    names = ("cakupan", "kegiatan", "hambatan", "anggaran", "prevalensi", "lokus", "tindak_lanjut")
    return Temuan(konteks=konteks, **{name: tables.get(name, NONE) for name in names})


def budget(*rows: str, cutoff: dt.date | None = None) -> dict[str, dict]:
    kolom = "id_kegiatan sumber_dana pagu_murni_rp realisasi_rp anggaran_kas_sd_cutoff_rp"
    plan = baris("id_kegiatan jenis", "A|spesifik", "B|sensitif", "C|sensitif fisik")
    bahan = make_bahan(kegiatan=plan, anggaran=baris(kolom, *rows), cutoff=cutoff)
    konteks = make_konteks(bahan, desa=[])
    found = _for_budget(temuan(konteks, anggaran=compute_anggaran(konteks)))
    return {row["id_usulan"]: row for row in found}


@pytest.mark.parametrize(
    ("rows", "cutoff", "expected"),
    [
        (["A APBD 100 75.9 -"], None, ["RK-ANG-spesifik"]),
        (["A APBD 100 76 -"], None, []),
        (["B APBD 100 50 -"], None, ["RK-ANG-sensitif-tanpa-fisik"]),
        (["C APBD 100 50 -"], None, ["RK-ANG-fisik-infrastruktur"]),
        (["A APBD 100 10 -"], dt.date(2024, 11, 30), []),
        (["A APBD 100 30 40"], dt.date(2024, 11, 30), ["RK-ANG-spesifik"]),
        (["A APBD 100 36 40"], dt.date(2024, 11, 30), []),
        (["A APBD 0 5 -"], None, ["RK-ANG-tanpa-pagu"]),
        (["A APBD 100 - -"], None, ["RK-ANG-realisasi-kosong"]),
        (["A APBD 0 0 -"], None, []),
    ],
)
def test_money_calls_for_a_recommendation_only_where_it_may_be_judged(rows, cutoff, expected):
    scaled = [" ".join(_scale(cell) for cell in row.split()) for row in rows]
    assert sorted(budget(*scaled, cutoff=cutoff)) == expected


def _scale(cell: str) -> str:
    """Rupiah are whole: 75.9 of 100 is 759 of 1,000."""
    return str(round(float(cell) * 10)) if cell[0].isdigit() else cell


def test_three_lines_below_the_threshold_are_three_recommendations_not_one():
    found = budget("A APBD 100 10 -", "B APBD 100 20 -", "C APBD 100 30 -")
    assert [row["isian"]["lini"] for row in found.values()] == [
        "spesifik", "sensitif tanpa fisik", "fisik/infrastruktur",
    ]  # fmt: skip


def test_no_budget_calls_for_no_recommendation_about_it():
    assert list(_for_budget(temuan(empty()))) == []


PLAN = "disepakati_rembuk status_dpa status_waktu opd"


def plan(*rows: str, target: tuple[int, ...] = (2024, 2025)) -> dict[str, dict]:
    frame = baris(PLAN, *rows)
    agreed = frame["disepakati_rembuk"].map({"ya": True, "tidak": False}).astype("boolean")
    frame = frame.assign(disepakati_rembuk=agreed).astype({"status_dpa": "string"})
    years = pd.DataFrame({"tahun": target, "jenis_angka": "target", "tingkat": "kabupaten"})
    found = _for_plan(temuan(empty(), kegiatan=frame, prevalensi=years))
    return {row["id_usulan"]: row for row in found}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("ya|tidak masuk|tepat waktu|Dinkes", ["RK-KAS-dpa"]),
        ("ya|bergeser|tepat waktu|Dinkes", []),
        ("tidak|tidak masuk|tepat waktu|Dinkes", []),
        ("-|tidak masuk|tepat waktu|Dinkes", []),
        ("ya|-|tepat waktu|Dinkes", []),
        ("ya|masuk|terlambat|Dinkes", ["RK-WKT-jadwal"]),
        ("ya|masuk|belum selesai dan lewat rencana|Dinkes", ["RK-WKT-jadwal"]),
        ("ya|masuk|belum jatuh tempo|Dinkes", []),
        ("ya|masuk|tidak diketahui|Dinkes", []),
    ],
)
def test_the_plan_calls_for_one_when_agreed_work_left_the_budget_or_came_late(row, expected):
    assert sorted(plan(row)) == expected


@pytest.mark.parametrize(
    ("years", "asked"), [((), True), ((2024,), True), ((2025, 2025), True), ((2024, 2025), False)]
)
def test_a_prevalence_target_is_asked_for_unless_both_years_have_one(years, asked):
    assert ("RK-TGT-prevalensi" in plan("ya|masuk|tepat waktu|Dinkes", target=years)) == asked


def test_the_late_opd_are_each_named_once():
    row = plan("ya|masuk|terlambat|PUPR", "ya|masuk|terlambat|Dinkes", "ya|masuk|terlambat|PUPR")
    assert row["RK-WKT-jadwal"]["opd_pj"] == "PUPR; Dinkes"


@pytest.mark.parametrize(
    ("opd", "expected"), [(["A", None, "A"], "A"), ([None], "Dinkes"), ([], "Dinkes")]
)
def test_without_an_activity_the_opd_of_the_card_answers(opd, expected):
    assert _owners(opd, "Dinkes") == expected


FIVE = "a0; a1; a2; a3; a4"


@pytest.mark.parametrize(("count", "expected"), [(0, None), (1, "a0"), (5, FIVE), (6, FIVE)])
def test_at_most_five_activities_are_named(count, expected):
    assert _names([f"a{i}" for i in range(count)] * 2) == expected


COVERAGE = {
    "tingkat": "kabupaten", "kode_indikator": "E11", "indikator": "TTD", "baris": "E11@73.12",
    "status_data": "lengkap", "capaian_persen": 70.0, "target_terverifikasi": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"status_data": "sebagian"}, []),
        ({"status_data": "rekap kabupaten"}, []),
        ({"status_data": "sementara"}, [("RK-DAT-sementara", "data")]),
        ({"status_data": "tidak tersedia"}, [("RK-DAT-tanpa-data", "data")]),
        ({"target_terverifikasi": False}, [("RK-DAT-tanpa-target", "perencanaan")]),
        ({"target_terverifikasi": None}, [("RK-DAT-tanpa-target", "perencanaan")]),
        ({"target_terverifikasi": None, "capaian_persen": None}, []),
        ({"tingkat": "desa", "status_data": "sementara"}, []),
    ],
)
def test_gaps_in_the_data_are_asked_for_once_per_kind(changed, expected):
    frame = pd.DataFrame([COVERAGE | changed]).astype({"target_terverifikasi": "boolean"})
    none = pd.DataFrame(columns=["jenis_angka", "tahun", "kode_wilayah"])
    konteks = empty()
    found = _for_data(temuan(konteks, cakupan=frame, prevalensi=none))
    assert [(row["id_usulan"], row["kanal"]) for row in found] == expected


@pytest.mark.parametrize(
    ("ds", "asked"), [(60.0, False), (59.999, True), (None, True), (140.0, False)]
)
def test_attendance_below_the_threshold_or_unknown_calls_for_a_recommendation(ds, asked):
    row = {"jenis_angka": "register", "tahun": 2024, "kode_wilayah": KAB, "d_per_s_persen": ds}
    frame = pd.DataFrame([row | {"baris": "r"}]).astype({"d_per_s_persen": "float64"})
    konteks = empty()
    assert bool(list(_for_attendance(temuan(konteks, prevalensi=frame)))) == asked


def test_attendance_is_that_of_the_last_weighing_month_of_the_review_year():
    columns = ["id_anak", "kode_desa", "usia_hari", "tanggal_ukur", "z_tbu"]
    rows = [(f"f{i}", DESA[0], 500, "2024-02-05", 0.0) for i in range(1)]
    rows += [(f"a{i}", DESA[0], 500, "2024-08-05", 0.0) for i in range(9)]
    bahan = make_bahan(
        pengukuran=pd.DataFrame(rows, columns=columns),
        cakupan=cakupan(f"{DESA[0]} 9 10", indikator="E17"),
    )
    konteks = make_konteks(bahan, desa=DESA[:1])
    found = _for_attendance(temuan(konteks, prevalensi=compute_prevalensi(konteks)))
    assert list(found) == []


@pytest.mark.parametrize(
    ("usulan", "asked"),
    [(["diusulkan lokus"], True), (["tetap dipantau", "belum dapat dinilai"], False), ([], False)],
)
def test_focus_desa_are_recommended_only_when_some_are_proposed(usulan, asked):
    konteks = empty()
    found = _for_lokus(temuan(konteks, lokus=pd.DataFrame({"usulan": usulan})))
    assert bool(list(found)) == asked


UNFINISHED = {
    "id": "R1", "baris": "R1", "rekomendasi": "Lengkapi data.", "tujuan": None, "opd_pj": None,
    "status": "belum", "lewat_tenggat_hari": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ("perencanaan", "sedang")),
        ({"lewat_tenggat_hari": 1.0}, ("perencanaan", "tinggi")),
        ({"tujuan": "Aksi 1"}, ("data", "sedang")),
        ({"tujuan": "Aksi 2"}, ("perencanaan", "sedang")),
        ({"status": "berjalan"}, ("perencanaan", "sedang")),
        ({"status": "tidak dilaporkan"}, ("perencanaan", "sedang")),
        ({"status": "selesai"}, None),
        ({"status": "tidak relevan lagi"}, None),
    ],
)
def test_last_years_unfinished_recommendations_go_on_to_their_receiver(changed, expected):
    konteks = empty()
    rows = list(
        _for_unfinished(temuan(konteks, tindak_lanjut=pd.DataFrame([UNFINISHED | changed])))
    )
    assert [(row["kanal"], row["prioritas"]) for row in rows] == ([expected] if expected else [])
    assert all(row["isian"]["rekomendasi"] == "Lengkapi data" for row in rows)


@pytest.mark.parametrize(
    ("kanal", "aksi", "deadline"),
    [
        ("data", "1", "2025-02-28"),
        ("lokus", "1", "2025-02-28"),
        ("perencanaan", "2", "2025-04-30"),
        ("desain layanan", "2", "2025-04-30"),
        ("penganggaran", "2", "2025-06-30"),
    ],
)
def test_the_channel_gives_receiver_document_and_deadline(kanal, aksi, deadline):
    konteks = empty()
    row = _complete({"jenis": "lokus", "kanal": kanal, "id_usulan": "x"}, konteks, RULES)
    assert row["masukan_untuk"].startswith(f"Aksi {aksi} (")
    assert (str(row["tenggat"]), row["dokumen"]) == (deadline, RULES.dokumen[kanal])


@pytest.mark.parametrize("solusi", ["", "Tambah kader", "<b>$x$</b>", "=cmd {indikator}"])
def test_a_recorded_solution_is_added_as_it_was_written(solusi):
    konteks = empty()
    row = {"jenis": "output", "kanal": "data", "isian": {"indikator": "{x}"}, "solusi": solusi}
    text = _complete(row, konteks, RULES)["rekomendasi"]
    assert "“{x}”" in text
    assert text.endswith(f" Alternatif solusi yang dicatat: {solusi}." if solusi else "”.")


@pytest.mark.parametrize(
    ("kode", "dari", "status", "used"),
    [
        ("E11", "OPD", "belum", True),
        ("E11", "OPD", None, True),
        ("E11", "OPD", "selesai", False),
        ("E11", "arahan umum", "belum", False),
        ("E12", "OPD", "belum", False),
        (None, "OPD", "belum", False),
    ],
)
def test_only_open_barriers_with_a_solution_of_an_opd_are_quoted(kode, dari, status, used):
    row = {"kode_indikator": kode, "solusi_dari": dari, "status": status}
    frame = pd.DataFrame([row]).astype("string")
    assert len(_recorded_solutions(frame).get("E11", [])) == used


def test_every_kind_has_a_sentence_with_a_reason_and_every_channel_a_deadline_and_a_document():
    assert set(RULES.kalimat) - {"solusi"} == set(RULES.alasan)
    assert set(RULES.tenggat) == set(RULES.dokumen)


@pytest.mark.parametrize("tahun", [2021, 2024, 2025])
def test_every_deadline_is_a_day_of_the_year_after_the_review_year(tahun):
    days = [RULES.deadline(kanal, tahun) for kanal in RULES.tenggat]
    assert {day.year for day in days} == {tahun + 1}
    assert load_aturan(tahun).masukan_analisis != load_aturan(tahun).masukan_rencana
