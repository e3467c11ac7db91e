"""Supply: what is available of what is needed, pooled over places, beside the linked coverage."""

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.review import review
from reviu_lib.review.pasokan import compute_pasokan, summarize_pasokan

from .bahan_kecil import DESA, baris, cakupan, make_bahan, make_konteks

KASUS = tomllib.loads((Path(__file__).parents[1] / "cases" / "pasokan.toml").read_text("utf-8"))


def _sheet(*isi, indikator="E11"):
    rows = []
    for text in isi:
        tempat, ada, perlu = text.split()
        rows.append(f"S01|Tablet|{'-' if tempat == 'KAB' else tempat}|{ada}|{perlu}|{indikator}")
    return baris("kode nama puskesmas ketersediaan kebutuhan kode_indikator", *rows)


def _whole(bahan):
    return review(bahan).pasokan.iloc[0]


@pytest.mark.parametrize("case", KASUS["kasus"], ids=lambda case: case["nama"])
def test_supply_is_pooled_before_it_is_divided(case):
    row = _whole(make_bahan(pasokan=_sheet(*case["isi"])))
    assert (row["tingkat"], row["kecukupan"]) == ("kabupaten", case["keadaan"])
    assert row["kecukupan_persen"] == pytest.approx(
        case.get("kecukupan", float("nan")), nan_ok=True
    )
    if "tempat_kurang" in case:
        assert row["jumlah_tempat_kurang"] == case["tempat_kurang"]
    if "kekurangan" in case:
        assert row["kekurangan"] == case["kekurangan"]
    assert row["status_data"] == case.get("status", row["status_data"])


def test_supply_per_desa_is_complete_only_when_every_desa_is_there():
    sheet = baris("kode nama kode_desa ketersediaan kebutuhan", f"S1|Kader|{DESA[0]}|1|2")
    konteks = make_konteks(make_bahan(pasokan=sheet), desa=DESA)
    row = compute_pasokan(konteks, review(make_bahan()).capaian_cakupan).iloc[0]
    assert (row["jumlah_tempat"], row["status_data"]) == (4, "sementara")


def test_the_linked_coverage_stands_beside_the_supply():
    row = _whole(make_bahan(pasokan=_sheet("KAB 1 2"), cakupan=cakupan("KAB 30 100")))
    assert (row["capaian_terkait_persen"], row["status_terkait"]) == (30.0, "belum tercapai")


@pytest.mark.parametrize(
    ("indikator", "lalu", "kini", "perubahan"),
    [("E11", 80, 70, "memburuk"), ("E11", 70, 80, "membaik"), ("E12", 10, 20, "memburuk"),
     ("E12", 20, 10, "membaik"), ("E11", 70, 70, "tetap")],
)  # fmt: skip
def test_a_change_of_the_linked_coverage_is_read_by_its_direction(indikator, lalu, kini, perubahan):
    bahan = make_bahan(
        pasokan=_sheet("KAB 1 2", indikator=indikator),
        cakupan=cakupan(f"KAB {kini} 100", indikator=indikator),
    )
    before = make_bahan(2023, cakupan=cakupan(f"KAB {lalu} 100", indikator=indikator))
    assert review(bahan, (before,)).pasokan.iloc[0]["perubahan_terkait"] == perubahan


def test_the_order_of_rows_decides_nothing():
    sheet = _sheet("A 10 100", "B 50 50", "C 7 9")
    turned = make_bahan(pasokan=sheet.iloc[::-1].reset_index(drop=True))
    pd.testing.assert_frame_equal(review(make_bahan(pasokan=sheet)).pasokan, review(turned).pasokan)


@pytest.mark.parametrize(("tahun", "resmi"), [(2021, None), (2024, 35), (2025, None)])
def test_the_official_count_belongs_to_its_era_and_no_list_is_invented(tahun, resmi):
    konteks = make_konteks(make_bahan(tahun))
    numbers = summarize_pasokan(konteks, compute_pasokan(konteks, pd.DataFrame()))
    assert numbers == {
        "jumlah_pasokan": 0, "jumlah_pasokan_resmi": resmi, "jumlah_pasokan_kurang": 0,
    }  # fmt: skip
    assert konteks.aturan.pasokan is None or konteks.aturan.pasokan.daftar_terbuka
