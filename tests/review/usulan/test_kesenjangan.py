"""The gaps for next year's analysis: size, place, kind, and the activities that serve them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.review.capaian.anggaran import compute_anggaran
from reviu_lib.review.capaian.cakupan import compute_cakupan
from reviu_lib.review.capaian.kegiatan import compute_kegiatan
from reviu_lib.review.usulan.kegiatan import propose_kegiatan
from reviu_lib.review.usulan.kesenjangan import _RULES, compute_kesenjangan, list_kekurangan_desa

from ..bahan_kecil import DESA, baris, cakupan, make_bahan, make_konteks
from .test_usulan_kegiatan import plan

FILE = Path(__file__).parents[2] / "cases" / "kesenjangan.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["kasus"]
TIGA = [DESA[0], DESA[1], DESA[3]]
FIGURES = {
    "poin": "kesenjangan_poin",
    "sasaran": "kesenjangan_sasaran",
    "berikut_poin": "kesenjangan_berikut_poin",
    "berikut_sasaran": "kesenjangan_berikut_sasaran",
    "desa_belum": "jumlah_desa_belum",
}
KERJA = "K1|Pemberian TTD|Dinkes|E11|spesifik|Bumil|orang|100|95|Semua|tidak|masuk"


def pairs(indikator: str, cells: list[str]) -> pd.DataFrame:
    rows = [
        f"{kode} {' '.join(cell.split('/')) if cell != '-' else '- -'}"
        for kode, cell in zip(TIGA, cells, strict=True)
    ]
    return cakupan(*rows, indikator=indikator)


def targets(indikator: str, values: list, sumber: str = "RKPD") -> pd.DataFrame:
    rows = [
        f"{indikator}|kabupaten|{2024 + ahead}|{value}|{sumber}"
        for ahead, value in enumerate(values)
        if value != "-"
    ]
    return baris("kode_indikator tingkat tahun nilai sumber", *rows)


def measure(**tables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return coverage and gaps of three desa in two kecamatan."""
    lalu = [make_bahan(2023, cakupan=tables.pop("lalu"))] if "lalu" in tables else []
    konteks = make_konteks(make_bahan(**tables), *lalu, desa=TIGA)
    kegiatan, rows = compute_kegiatan(konteks), compute_cakupan(konteks)
    usulan = propose_kegiatan(konteks, kegiatan, rows, compute_anggaran(konteks))
    return rows, compute_kesenjangan(konteks, rows, usulan).set_index("kode_indikator")


def gap(case: dict, **tables) -> pd.Series:
    if "lalu" in case:
        tables["lalu"] = pairs(case["indikator"], case["lalu"])
    goals = targets(case["indikator"], case["target"], case.get("sumber", "RKPD"))
    _, frame = measure(cakupan=pairs(case["indikator"], case["desa"]), target=goals, **tables)
    return frame.loc[case["indikator"]]


@pytest.mark.parametrize("case", CASES, ids=[case["nama"] for case in CASES])
def test_size_and_kind_of_a_gap_follow_the_declared_cases(case):
    row = gap(case)
    for key, column in FIGURES.items():
        if key in case:
            assert row[column] == pytest.approx(case[key], abs=1e-9), column
        else:
            assert pd.isna(row[column]), column
    assert row["jumlah_desa_tanpa_data"] == case.get("tanpa_data", 0)
    assert row["jenis_kesenjangan"] == case["jenis"]


def test_every_kind_has_a_case():
    assert {case["jenis"] for case in CASES} == set(_RULES.values())


@pytest.mark.parametrize("case", CASES, ids=[case["nama"] for case in CASES])
def test_reaching_the_sasaran_reaches_the_target_and_one_less_does_not(case):
    if "sasaran" not in case or not case["sasaran"]:
        return
    known = [cell.split("/") for cell in case["desa"] if cell != "-"]
    top, bottom = (sum(int(cell[part]) for cell in known) for part in (0, 1))
    sign = -1 if case["indikator"] in {"E12", "E13"} else 1
    enough = [sign * (top + sign * (case["sasaran"] - less)) * 100 for less in (0, 1)]
    wanted = round(sign * case["target"][0] * bottom, 6)
    assert enough[0] >= wanted > enough[1]


def test_the_kecamatan_that_hold_most_of_what_is_lacking_are_named_with_their_share():
    row = gap(CASES[0])
    # kekurangan ke 85 persen: 35 + 25 di kecamatan 01 dan 12,5 di kecamatan 02
    assert row["kecamatan_terbesar"] == "Kecamatan 01"
    assert row["porsi_kecamatan_persen"] == pytest.approx(60 / 72.5 * 100)
    assert gap(CASES[2])["kecamatan_terbesar"] is pd.NA


def test_a_desa_above_the_target_makes_up_for_no_other():
    rows, _ = measure(cakupan=pairs("E11", ["100/100", "60/100", "-"]), target=targets("E11", [80]))
    lack = list_kekurangan_desa(rows)
    assert lack.to_numpy().tolist() == [["E11", DESA[1], 20.0]]


def test_the_map_names_the_activities_their_owners_and_their_fate():
    second = KERJA.replace("K1|Pemberian TTD|Dinkes", "K2|Kelas ibu|DPPKB").replace("|95|", "|50|")
    row = gap(CASES[0], kegiatan=plan(KERJA, second))
    assert (row["jumlah_kegiatan"], row["kegiatan"]) == (2, "K1; K2")
    assert row["opd_kegiatan"] == "Dinkes; DPPKB"
    assert row["nasib_kegiatan"] == "1 ditindaklanjuti; 1 ditindaklanjuti dengan perbaikan"
    assert pd.isna(row["pertanyaan"])


def test_an_indicator_without_activity_is_a_question_for_the_meeting():
    row = gap(CASES[0], kegiatan=plan(KERJA.replace("|E11|", "|E14|")))
    assert row["jumlah_kegiatan"] == 0
    assert row["pertanyaan"].startswith("Belum ada kegiatan yang ditautkan")


def test_without_a_plan_it_is_unknown_who_serves_an_indicator():
    row = gap(CASES[0])
    assert pd.isna(row["jumlah_kegiatan"])
    assert pd.isna(row["pertanyaan"])


@pytest.mark.parametrize("word", ["usul dihapus", " Usul Dihapus "])
def test_the_meeting_decides_whether_an_activity_still_serves_the_indicator(word):
    decided = baris("id_usulan putusan", f"UK-K1|{word}")
    row = gap(CASES[0], kegiatan=plan(KERJA), putusan=decided)
    assert row["nasib_kegiatan"] == "1 usul dihapus"
    assert "menggantikannya?" in row["pertanyaan"]


def test_every_indicator_of_the_era_has_its_row_and_grounds():
    _, frame = measure()
    assert len(frame) == 29
    assert set(frame["jenis_kesenjangan"]) == {"data belum lengkap"}
    assert frame["dasar"].str.startswith("capaian_cakupan/").all()
