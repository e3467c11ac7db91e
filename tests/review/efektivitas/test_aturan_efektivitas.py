"""The verdict on each activity: the declared cases, its cost, and what changes nothing."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.review.capaian.cakupan import compute_cakupan
from reviu_lib.review.capaian.kegiatan import compute_kegiatan
from reviu_lib.review.efektivitas.kegiatan import _RULES, compute_efektivitas
from reviu_lib.review.kamus import load_aturan_usulan

from ..bahan_kecil import DESA, baris, cakupan, make_bahan, make_konteks

FILE = Path(__file__).parents[2] / "cases" / "efektivitas.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["kasus"]
KOLOM = "id_kegiatan sub_kegiatan opd jenis indikator_terkait target_output realisasi_output"
SATU = "K1|Kelas ibu|Dinkes|spesifik|E14|100|100"
NAIK = {"E14": [60, 70]}


def layanan(persen: dict[str, list[float]], which: int, desa: list[str]) -> pd.DataFrame:
    parts = [
        cakupan(*(f"{kode} {both[which] * 10} 1000" for kode in desa), indikator=name)
        for name, both in persen.items()
    ]
    return pd.concat(parts, ignore_index=True)


def rows_of(*plan: str, persen=NAIK, kolom=KOLOM, cutoff=None, desa=DESA, **tables):
    kegiatan = baris(kolom, *plan)
    bahan = make_bahan(
        kegiatan=kegiatan, cakupan=layanan(persen, 1, DESA[:2]), cutoff=cutoff,
        reviu=dt.date(2024, 12, 10) if cutoff else None, **tables,
    )  # fmt: skip
    lalu = make_bahan(2023, cakupan=layanan(persen, 0, DESA[:2]))
    konteks = make_konteks(bahan, lalu, desa=desa[:2])
    return compute_efektivitas(konteks, compute_kegiatan(konteks), compute_cakupan(konteks))


@pytest.mark.parametrize("case", CASES, ids=[case["nama"] for case in CASES])
def test_the_verdict_and_its_reason_follow_the_declared_rules(case):
    jenis, kode, target, hasil = case["kegiatan"].split("|")
    tempo = case.get("tempo", dt.date(2024, 6, 30))
    jadwal = baris("id_kegiatan jendela rencana_selesai", f"K1 1 {tempo}")
    rows = rows_of(
        f"K1|Kelas|Dinkes|{jenis}|{kode}|{target}|{hasil}",
        persen=case["cakupan"], cutoff=case.get("batas"), jadwal=jadwal,
    )  # fmt: skip
    assert rows["efektivitas"].tolist() == [case["efektivitas"]], rows["alasan"].tolist()
    assert case["alasan"].lower() in rows["alasan"][0].lower()


def test_every_rule_has_its_reason_and_every_reason_its_rule():
    assert set(_RULES) == set(load_aturan_usulan().efektivitas.alasan)


@pytest.mark.parametrize(
    ("anggaran", "realisasi", "biaya"),
    [
        (["K1 APBD 100 90"], "40", 2),  # 90/40 = 2.25
        (["K1 APBD 100 90", "K1 DAK 100 90"], "40", 5),  # 180/40 = 4.5, half up
        (["K1 APBD 100 90", "K1 DAK 100 -"], "40", None),  # one source silent: cost unknown
        (["K1 APBD 100 90"], "0", None),
        (["K1 APBD 100 90"], "-", None),
        (["K1 APBD 100 0"], "40", 0),
        ([], "40", None),
    ],
)
def test_the_unit_cost_needs_all_spending_and_some_output(anggaran, realisasi, biaya):
    kolom = "id_kegiatan sumber_dana pagu_murni_rp realisasi_rp"
    rows = rows_of(SATU.replace("100|100", f"100|{realisasi}"), anggaran=baris(kolom, *anggaran))
    cost = rows["biaya_per_satuan_rp"][0]
    assert pd.isna(cost) if biaya is None else cost == biaya


def test_each_linked_indicator_is_told_with_its_own_direction():
    persen = {"E14": [60, 70], "E12": [12, 8], "E17": [80, 79.5]}
    rows = rows_of(SATU.replace("E14", "E14; E12;E17;E15"), persen=persen)
    assert rows["perubahan_indikator"][0] == (
        "E14 membaik (10,0 poin); E12 membaik (-4,0 poin); E17 tetap (-0,5 poin); "
        "E15 tidak dapat dibandingkan"
    )
    counts = ["jumlah_membaik", "jumlah_memburuk", "jumlah_tetap", "jumlah_tak_banding"]
    assert rows[counts].iloc[0].tolist() == [2, 0, 1, 1]


def test_an_activity_of_one_kecamatan_is_read_by_the_coverage_there():
    kolom = KOLOM + " lokasi_realisasi"
    tables = [
        cakupan(f"{DESA[0]} {first} 100", f"{DESA[3]} {second} 100", indikator="E14")
        for first, second in ((50, 50), (80, 40))
    ]
    plan = baris(kolom, f"{SATU}|Kecamatan 02", f"{SATU.replace('K1', 'K2')}|Seluruh kecamatan")
    konteks = make_konteks(
        make_bahan(kegiatan=plan, cakupan=tables[1]),
        make_bahan(2023, cakupan=tables[0]),
        desa=[DESA[0], DESA[3]],
    )
    rows = compute_efektivitas(konteks, compute_kegiatan(konteks), compute_cakupan(konteks))
    assert rows["efektivitas"].tolist() == ["belum terlihat", "efektif"]
    assert rows["perubahan_indikator"][0] == "E14 memburuk (-10,0 poin)"


@pytest.mark.parametrize(
    ("lokasi", "jumlah"),
    [
        ("Desa 2001", 1),
        ("Desa 2001, Desa 2002", 2),
        ("DESA 2001; desa 2002 dan Desa 2001", 2),
        ("Desa 2003", 0),  # a desa, but no focus desa
        ("Kecamatan 01", None),
        ("Seluruh kecamatan", None),
        ("Desa 2001, Desa Antah", None),  # one name unknown: the count would be too low
        ("-", None),
    ],
)
def test_focus_desa_are_counted_only_where_the_place_names_desa_without_doubt(lokasi, jumlah):
    lokus = baris("kode_desa tahun", f"{DESA[0]} 2024", f"{DESA[1]} 2024", f"{DESA[3]} 2023")
    bahan = make_bahan(kegiatan=baris(KOLOM + " lokasi_realisasi", f"{SATU}|{lokasi}"), lokus=lokus)
    konteks = make_konteks(bahan, desa=DESA[:3])
    rows = compute_efektivitas(konteks, compute_kegiatan(konteks), compute_cakupan(konteks))
    reached = rows["jumlah_lokus_terjangkau"][0]
    assert pd.isna(reached) if jumlah is None else reached == jumlah


def test_without_a_list_of_the_year_no_focus_desa_is_counted():
    bahan = make_bahan(kegiatan=baris(KOLOM + " lokasi_realisasi", f"{SATU}|Desa 2001"))
    konteks = make_konteks(bahan, desa=DESA)
    rows = compute_efektivitas(konteks, compute_kegiatan(konteks), compute_cakupan(konteks))
    assert rows["jumlah_lokus_terjangkau"].isna().all()


def test_neither_the_order_of_rows_nor_the_name_of_the_opd_changes_a_verdict():
    plan = [
        SATU,
        "K2|Posyandu|Dinkes|spesifik|E17|100|100",
        "K3|Rembuk|Bappeda|dukungan|E14|1|1",
        "K4|Kosong|PUPR|spesifik|-|1|-",
    ]
    persen = {"E14": [60, 70], "E17": [80, 70]}
    one = rows_of(*plan, persen=persen)
    renamed = [row.replace("Dinkes", "Badan Lain") for row in reversed(plan)]
    other = rows_of(*renamed, persen=persen).iloc[::-1].reset_index(drop=True)
    pd.testing.assert_frame_equal(one.drop(columns="opd"), other.drop(columns="opd"))


def test_an_indicator_without_data_changes_no_verdict_of_the_others():
    one = rows_of(SATU, persen=NAIK)
    other = rows_of(SATU, persen=NAIK | {"E20": [0, 0]})
    pd.testing.assert_frame_equal(one, other)


def test_without_activities_there_are_no_rows():
    konteks = make_konteks(make_bahan(), desa=DESA)
    rows = compute_efektivitas(konteks, compute_kegiatan(konteks), compute_cakupan(konteks))
    assert rows.empty
