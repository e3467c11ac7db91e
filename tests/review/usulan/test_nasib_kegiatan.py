"""The fate proposed for an activity: the declared cases, and what holds for every plan."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.review import review
from reviu_lib.review.kamus import load_aturan_usulan
from reviu_lib.review.usulan.kegiatan import (
    _beyond_repair,
    _left_out,
    _similarity,
    find_twin,
    summarize_usulan,
)

from ..bahan_kecil import baris, cakupan, make_bahan, make_konteks, tabel
from .test_usulan_kegiatan import plan, rows_of, uang

FILE = Path(__file__).parents[2] / "cases" / "nasib_kegiatan.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["kasus"]
RULES = load_aturan_usulan().kegiatan
FAKTA = {"kembar", "lalu", "uang", "kendala", "cakupan"}
SENDIRI = [number for number, case in enumerate(CASES) if FAKTA.isdisjoint(case)]


def row_of(case: dict, kode: str, opd: str) -> str:
    nama, indikator, jenis, satuan, target, hasil, wajib, dpa = case["baris"].split("|")
    return (f"{kode}|{nama}|{opd}|{indikator}|{jenis}|Hasil|{satuan}|{target}|{hasil}"
            f"|Semua|{wajib}|{dpa}")  # fmt: skip


def fate_of(case: dict) -> pd.Series:
    """The proposal on K1 alone, with what the case says of last year, money, and coverage."""
    row, tables = row_of(case, "K1", "Dinkes"), {}
    if "uang" in case:
        tables["anggaran"] = uang("K1", *case["uang"].split("|"))
    if "kendala" in case:
        columns = "id_hambatan id_kegiatan kategori uraian"
        tables["hambatan"] = baris(columns, f"H1|K1|kebijakan|{case['kendala']}")
    if "cakupan" in case:
        tables["cakupan"] = cakupan(f"KAB {case['cakupan']} 100")
        goal = "E11 kabupaten 2024 80 RKPD"
        tables["target"] = baris("kode_indikator tingkat tahun nilai sumber", goal)
    if "lalu" in case:
        before = row.replace("|0|Semua", f"|{case['lalu']}|Semua")
        spent = "0" if case["lalu"] == "0" else "-"
        tables["lalu"] = {"kegiatan": plan(before), "anggaran": uang("K1", 100, spent)}
    first = [row.replace("K1|", "K0|", 1).replace("|0|Semua", "|95|Semua")]
    return rows_of(plan(*(first if "kembar" in case else []), row), **tables).iloc[-1]


@pytest.fixture(scope="module")
def fates() -> pd.DataFrame:
    """All cases without further facts as one plan, each with an OPD of its own: no doubles."""
    return rows_of(plan(*(row_of(CASES[n], f"K{n}", f"OPD {n}") for n in SENDIRI)))


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["nama"] for case in CASES])
def test_the_proposal_and_its_reason_follow_the_declared_rules(fates, number):
    case = CASES[number]
    alone = fates[fates["id_kegiatan"] == f"K{number}"]
    row = alone.iloc[0] if number in SENDIRI else fate_of(case)
    assert row["usulan"] == case["usulan"], case["nama"]
    assert case["alasan"] in row["alasan"]
    assert row["usulan_tahun_depan"].endswith(".")


def test_every_activity_has_exactly_one_proposal_and_the_counts_add_up(fates):
    numbers = summarize_usulan(fates)
    assert fates["id_usulan"].tolist() == [f"UK-K{number}" for number in SENDIRI]
    assert sum(numbers.values()) == len(SENDIRI)


def test_every_fate_has_a_case():
    assert {case["usulan"] for case in CASES} == set(RULES.putusan)


SAME = ["kode_sub_kegiatan", "sub_kegiatan", "opd", "indikator_output", "lokasi_rencana"]
FIRST = ["1.02.02.2.02.0015", "Gizi Masyarakat", "Dinkes", "Balita", "Desa A"]


def two(changed: dict[str, str | None]) -> pd.DataFrame:
    second = dict(zip(SAME, FIRST, strict=True)) | changed
    frame = pd.DataFrame([FIRST, [second[name] for name in SAME]], columns=SAME, dtype="string")
    return frame.assign(id_kegiatan=pd.Series(["K1", "K2"], dtype="string"))


@pytest.mark.parametrize(
    ("changed", "double"),
    [
        ({}, True),
        ({"sub_kegiatan": "  gizi   masyarakat. "}, True),
        ({"kode_sub_kegiatan": "1.02.02.2.02.0001"}, False),
        ({"sub_kegiatan": "Kesehatan lingkungan"}, False),
        ({"opd": "PUPR"}, False),
        ({"indikator_output": "Ibu hamil"}, False),
        ({"lokasi_rencana": "Desa B"}, False),
        ({"lokasi_rencana": None}, False),
    ],
)
def test_a_double_is_the_same_work_of_the_same_opd_at_the_same_place(changed, double):
    twins = find_twin(two(changed))
    assert pd.isna(twins[0])
    assert (twins[1] == "K1") if double else pd.isna(twins[1])


def test_three_equal_rows_all_refer_to_the_first():
    frame = pd.concat([two({}), two({}).iloc[:1].assign(id_kegiatan="K3")], ignore_index=True)
    assert find_twin(frame).tolist()[1:] == ["K1", "K1"]
    assert _similarity(frame).nunique() == 1


@pytest.mark.parametrize(
    ("rkpd", "renja", "dpa", "text"),
    [
        ("masuk", "masuk", "masuk", ""),
        ("tidak masuk", "masuk", "baru", "RKPD"),
        ("tidak masuk", "tidak masuk", "tidak masuk", "RKPD, Renja, DPA"),
        (None, None, "tidak masuk", "DPA"),
        ("bergeser", "dikurangi", None, ""),
    ],
)
def test_documents_are_named_only_where_the_plan_says_not_included(rkpd, renja, dpa, text):
    columns = ["status_rkpd", "status_renja", "status_dpa"]
    frame = pd.DataFrame([(rkpd, renja, dpa)], columns=columns, dtype="string")
    assert _left_out(frame).tolist() == [text]


@pytest.mark.parametrize(
    ("kategori", "uraian", "akar", "gone"),
    [
        ("kebijakan", "Perbup sudah dicabut", "-", True),
        ("kebijakan", "Juknis lambat", "BUKAN kewenangan kabupaten", True),
        ("kebijakan", "Juknis lambat", "-", False),
        ("anggaran", "Pagu dicabut", "-", False),
        ("-", "Perbup sudah dicabut", "-", False),
    ],
)
def test_only_a_policy_barrier_whose_ground_is_gone_is_beyond_repair(kategori, uraian, akar, gone):
    kolom = "id_hambatan id_kegiatan kategori uraian akar_masalah"
    rows = tabel("hambatan", baris(kolom, f"H1|K1|{kategori}|{uraian}|{akar}"))
    konteks = make_konteks(make_bahan(hambatan=rows), desa=[])
    assert _beyond_repair(konteks, RULES) == (["K1"] if gone else [])


def test_a_source_of_funds_with_a_semicolon_keeps_its_references_whole():
    kolom = "id_kegiatan sumber_dana pagu_murni_rp realisasi_rp"
    uang = baris(kolom, "K1|APBD; DAK Nonfisik|100|50")
    row = "K1|Pemberian TTD|Dinkes|E11|spesifik|Bumil|orang|100|95|Semua|tidak|masuk"
    hasil = review(make_bahan(kegiatan=plan(row), anggaran=uang))
    dasar = hasil.usulan_kegiatan["dasar"].iloc[0].split(";")
    assert [hasil.value(asal) for asal in dasar] == [95, "tidak diketahui", 50]
    assert "APBD; DAK Nonfisik" in hasil.realisasi_anggaran["nama"].tolist()
