"""Cost per unit of output and what stands out (tests/cases/biaya.toml)."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.review.rincian.biaya import compute_biaya

from ..bahan_kecil import baris, make_bahan, make_konteks

KASUS = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "biaya.toml").read_text(encoding="utf-8")
)["kasus"]
KEGIATAN = "id_kegiatan sub_kegiatan indikator_output satuan kode_sub_kegiatan realisasi_output"
KOLOM = ["biaya_per_satuan_rp", "jumlah_sejenis", "median_sejenis_rp", "biaya_lalu_rp", "keadaan"]


def bahan_of(rows: list[str], tahun: int = 2024, **more):
    cells = [(*row.replace(" ", "|", 1).split("|"),) for row in rows]
    plan = baris(KEGIATAN, *("|".join(row[:-1]) for row in cells))
    money = baris("id_kegiatan realisasi_rp", *(f"{row[0]} {row[-1]}" for row in cells))
    return make_bahan(tahun, kegiatan=plan, anggaran=money.assign(sumber_dana="APBD"), **more)


def biaya_of(rows: list[str], before: list[str] | None = None, **more) -> pd.DataFrame:
    lalu = [bahan_of(before, 2023)] if before else []
    return compute_biaya(make_konteks(bahan_of(rows, **more), *lalu, desa=[]))


@pytest.mark.parametrize("kasus", KASUS, ids=lambda kasus: kasus["nama"])
def test_a_cost_is_asked_about_only_beside_enough_like_ones(kasus):
    frame = biaya_of(kasus["kegiatan"], kasus.get("tahun_lalu")).set_index("id_kegiatan")[KOLOM]
    for kode, expected in kasus["harapan"].items():
        assert ["" if pd.isna(cell) else cell for cell in frame.loc[kode]] == expected, kode


def test_what_is_asked_names_the_ratio_and_accuses_no_one():
    asked = biaya_of(KASUS[0]["kegiatan"])["pertanyaan"].dropna().tolist()
    assert len(asked) == 1
    assert asked[0].startswith("Biaya per satuan 3 kali nilai tengah 5 kegiatan sejenis. Perlu")
    assert asked[0].endswith("?")


def test_unequal_cut_offs_of_the_two_years_are_said():
    last = KASUS[-1]
    rows = biaya_of(last["kegiatan"], last["tahun_lalu"], cutoff=dt.date(2024, 11, 30))
    assert "Batas data kedua tahun berbeda." in rows["pertanyaan"][0]


def test_neither_row_order_nor_the_name_of_the_opd_nor_the_scale_of_money_changes_a_verdict():
    rows = KASUS[0]["kegiatan"]
    tenfold = [f"{row}0" for row in reversed(rows)]
    one, other = (biaya_of(part).set_index("id_kegiatan")["keadaan"] for part in (rows, tenfold))
    assert one.to_dict() == other.to_dict()


def test_an_activity_of_which_one_source_is_silent_has_no_cost():
    bahan = bahan_of(["A a|ibu|ibu|1|10|100"])
    money = baris("id_kegiatan sumber_dana realisasi_rp", "A APBD 100", "A CSR -")
    bahan = make_bahan(kegiatan=bahan.kegiatan, anggaran=money)
    assert compute_biaya(make_konteks(bahan, desa=[]))["biaya_per_satuan_rp"].isna().all()


def test_without_activities_there_are_no_rows():
    assert compute_biaya(make_konteks(make_bahan(), desa=[])).empty
