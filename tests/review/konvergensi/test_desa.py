"""Services that meet in one desa, and desa with much stunting and little service."""

import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.catalog import list_set_indikator, load_indikator
from reviu_lib.review.capaian.cakupan import compute_cakupan
from reviu_lib.review.konvergensi.aturan import load_konvergensi
from reviu_lib.review.konvergensi.desa import compute_desa, compute_keterpaduan

from ..bahan_kecil import DESA, make_bahan, make_konteks

KASUS = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "konvergensi.toml").read_text("utf-8")
)["keterpaduan"]
TARGET = pd.DataFrame(
    {"kode_indikator": ["E10", "E11", "E26"], "tingkat": "kabupaten", "tahun": "2024",
     "nilai": "80", "sumber": "RKPD 2024"}
)  # fmt: skip
TANPA_KONVERGENSI = pd.DataFrame({"acuan": pd.Series(dtype="boolean")})


def coverage(*texts):
    rows = [text.split() for text in texts]
    return pd.DataFrame(
        [(DESA[int(desa) - 1], code, "tahunan", up, down, "riil") for desa, code, up, down in rows],
        columns=["kode_desa", "kode_indikator", "periode", "pembilang", "penyebut",
                 "jenis_penyebut"],
    )  # fmt: skip


def context(*texts, **sheets):
    bahan = make_bahan(cakupan=coverage(*texts), target=TARGET, **sheets)
    return make_konteks(bahan, desa=DESA)


@pytest.mark.parametrize("case", KASUS, ids=lambda case: case["nama"])
def test_the_spread_of_desa_is_as_counted_by_hand(case):
    konteks = context(*case["cakupan"])
    frame = compute_keterpaduan(konteks, compute_cakupan(konteks)).set_index("nama")
    for text in case["harap"]:
        name, column, expected = re.fullmatch(r"(.+) (\w+) = (\d+)", text).groups()
        assert frame.loc[name, column] == int(expected), text


def test_the_four_classes_and_the_rest_are_all_desa():
    konteks = context("1 E10 8 10", "2 E10 1 10", "2 E26 90 100")
    frame = compute_keterpaduan(konteks, compute_cakupan(konteks))
    parts = ["semua", "lebih", "kurang", "nihil", "tak_dinilai"]
    assert (frame[[f"jumlah_desa_{part}" for part in parts]].sum(axis=1) == len(DESA)).all()


def test_without_a_usable_target_nothing_is_said():
    konteks = make_konteks(make_bahan(cakupan=coverage("1 E25 8 10")), desa=DESA)
    assert compute_keterpaduan(konteks, compute_cakupan(konteks)).empty


def proposals(**columns):
    """Return usulan_lokus with one row per desa of DESA."""
    return pd.DataFrame({"kode_desa": DESA, "prevalensi_persen": 10.0, "diukur": 50,
                         "d_per_s_persen": 80.0, "data_andal": True,
                         "rerata_kesenjangan_poin": 5.0, "kuadran": "IV",
                         "lokus_tahun_ini": False} | columns)  # fmt: skip


def desa(konteks, lokus):
    frame = compute_desa(konteks, compute_cakupan(konteks), lokus, TANPA_KONVERGENSI)
    return frame.set_index("kode_desa")


def test_a_desa_has_its_share_of_the_indicators_that_can_be_judged():
    frame = desa(context("1 E10 8 10", "1 E11 1 10", "1 E25 9 10"), proposals())
    first, other = frame.loc[DESA[0]], frame.loc[DESA[1]]
    assert (first["jumlah_dinilai"], first["jumlah_tercapai"]) == (2, 1)
    assert first["porsi_tercapai_persen"] == 50
    assert other["jumlah_dinilai"] == 0
    assert pd.isna(other["porsi_tercapai_persen"])


def test_the_bundles_that_arrive_whole_are_named():
    frame = desa(context("1 E10 8 10", "1 E11 9 10", "2 E10 8 10", "2 E11 1 10"), proposals())
    assert frame.loc[DESA[0], "paket_tercapai"] == "layanan spesifik ibu hamil"
    assert pd.isna(frame.loc[DESA[1], "paket_tercapai"])


@pytest.mark.parametrize(
    ("kuadran", "andal", "expected"),
    [("I", True, True), ("I", False, False), ("II", True, False), ("I", None, None),
     (None, True, None)],
)  # fmt: skip
def test_only_reliable_desa_of_quadrant_one_are_put_forward(kuadran, andal, expected):
    lokus = proposals(
        kuadran=pd.Series([kuadran] * 4, dtype="string"),
        data_andal=pd.Series([andal] * 4, dtype="boolean"),
    )
    value = desa(context("1 E10 8 10"), lokus).loc[DESA[0], "perlu_dibahas"]
    assert pd.isna(value) if expected is None else bool(value) is expected


def activities(*places):
    return pd.DataFrame({
        "id_kegiatan": [f"K{number}" for number in range(len(places))], "sub_kegiatan": "x",
        "opd": "Dinas", "lokasi_realisasi": list(places)})  # fmt: skip


def test_an_activity_reaches_a_desa_by_name_or_through_its_kecamatan():
    kegiatan = activities("Desa 2002; Desa 2003", "Kecamatan 01", "Seluruh kecamatan")
    frame = desa(context("1 E10 8 10", kegiatan=kegiatan), proposals())
    assert frame.loc[DESA[1], ["jumlah_kegiatan", "jangkauan_kegiatan"]].tolist() == [
        1, "desa disebut"]  # fmt: skip
    assert frame.loc[DESA[0], "jangkauan_kegiatan"] == "kecamatan disebut"
    assert frame.loc[DESA[3], "jangkauan_kegiatan"] == "tidak disebut"


def test_without_places_of_activities_reach_is_missing_not_none():
    frame = desa(context("1 E10 8 10", kegiatan=activities(None)), proposals())
    assert frame["jangkauan_kegiatan"].isna().all()
    assert frame["jumlah_kegiatan"].isna().all()


def test_desa_stand_in_the_order_of_their_codes():
    frame = desa(context("1 E10 8 10"), proposals().iloc[::-1])
    assert frame.index.tolist() == sorted(DESA)


def test_without_proposals_and_scores_there_are_no_rows():
    konteks = make_konteks(make_bahan(), desa=DESA)
    empty = pd.DataFrame(columns=["baris"])
    assert compute_desa(konteks, compute_cakupan(konteks), empty, empty).empty


def test_bundles_name_indicators_of_their_own_set():
    for paket in load_konvergensi().paket:
        assert set(paket.indikator) <= set(load_indikator(paket.set_indikator)), paket.kode
        assert paket.rujukan


def test_every_set_of_indicators_has_bundles():
    assert {paket.set_indikator for paket in load_konvergensi().paket} == set(list_set_indikator())
