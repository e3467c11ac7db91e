"""Denominators by kind and source (tests/cases/penyebut.toml)."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.formatting import round_half_up
from reviu_lib.review.rincian.penyebut import compute_penyebut

from ..bahan_kecil import DESA, baris, cakupan, make_bahan, make_konteks

KASUS = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "penyebut.toml").read_text(encoding="utf-8")
)["kasus"]
KOLOM = ["penyebut", "penyebut_lalu", "keadaan", "tren_poin", "capaian_bila_persen"]


def sheet(rows: list[str]) -> pd.DataFrame:
    parts = []
    for row in rows:
        kode, nth, top, low, kind = row.split()
        parts.append(cakupan(f"{DESA[int(nth)]} {top} {low} tahunan {kind}", indikator=kode))
    return pd.concat(parts, ignore_index=True)


def penyebut_of(kasus: dict, **more) -> pd.DataFrame:
    rekap = baris("kode_indikator pembilang penyebut", *kasus.get("rekap", []))
    rekap = rekap.assign(berkas="a.csv", no=rekap.index.astype(str), indikator="X")
    lalu = [make_bahan(2023, cakupan=sheet(kasus["lalu"]))] if "lalu" in kasus else []
    bahan = make_bahan(cakupan=sheet(kasus["kini"]), rekap=rekap, **more)
    return compute_penyebut(make_konteks(bahan, *lalu, desa=DESA[:2])).set_index("baris")


@pytest.mark.parametrize("kasus", KASUS, ids=lambda kasus: kasus["nama"])
def test_years_meet_within_one_kind_and_other_sources_stand_beside(kasus):
    frame = penyebut_of(kasus)[KOLOM]
    found = {name: [shown(cell) for cell in row] for name, *row in frame.itertuples()}
    assert found == kasus["harapan"]


def shown(cell):
    if isinstance(cell, str):
        return cell
    return "" if pd.isna(cell) else float(round_half_up(cell, 2))


def test_a_shorter_year_withholds_the_fall_of_a_cumulative_indicator():
    kasus = {"kini": ["E11 0 60 100 riil"], "lalu": ["E11 0 72 100 riil"]}
    row = penyebut_of(kasus, cutoff=dt.date(2024, 11, 30)).iloc[0]
    assert (row["keadaan"], pd.isna(row["tren_poin"])) == ("sejenis", True)
    assert row["alasan"].startswith("ditahan: data tahun ini berhenti lebih awal")


def test_a_denominator_names_the_files_it_came_from():
    asal = baris("tabel baris berkas", "cakupan 0 a.xlsx", "cakupan 1 b.xlsx", "kegiatan 0 c.xlsx")
    rows = {"kini": ["E11 0 1 2 riil", "E11 1 1 2 riil"]}
    assert penyebut_of(rows, asal=asal)["berkas"].tolist() == ["a.xlsx; b.xlsx"]


@pytest.mark.parametrize("kini", [["E11 0 - 100 riil"], ["E11 0 5 0 riil"]])
def test_without_a_complete_pair_of_the_year_there_are_no_rows(kini):
    assert penyebut_of({"kini": kini, "lalu": ["E11 0 60 100 riil"]}).empty
    assert compute_penyebut(make_konteks(make_bahan(), desa=DESA[:1])).empty
