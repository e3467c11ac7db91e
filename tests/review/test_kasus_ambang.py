"""Every threshold is crossed by a case (tests/cases/ambang.toml): one side, at, other side."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reviu_lib.catalog import load_ambang
from reviu_lib.growth import build_cohort, check_aarr, compute_perubahan, compute_zscores
from reviu_lib.ingest.parse.percent import parse_percent
from reviu_lib.reference import list_desa
from reviu_lib.reference.batas import _inside
from reviu_lib.review import review
from reviu_lib.review.capaian.anggaran import compute_anggaran
from reviu_lib.review.capaian.cakupan import compute_cakupan
from reviu_lib.review.capaian.kegiatan import compute_kegiatan
from reviu_lib.review.capaian.pemerataan import compute_pemerataan
from reviu_lib.review.efektivitas.kegiatan import compute_efektivitas
from reviu_lib.review.kamus import load_petunjuk
from reviu_lib.review.mutu import compute_mutu
from reviu_lib.review.outcome.kunjungan import classify_kunjungan
from reviu_lib.review.outcome.prevalensi import PERIKSA, compute_prevalensi
from reviu_lib.review.rasio import classify
from reviu_lib.review.rekap import compute_rekap
from reviu_lib.review.usulan.kegiatan import propose_kegiatan

from .bahan_kecil import DESA, KAB, baris, cakupan, make_bahan, make_konteks

TESTS = Path(__file__).parents[1]
KASUS = tomllib.loads((TESTS / "cases" / "ambang.toml").read_text(encoding="utf-8"))["kasus"]
DIHITUNG = [kasus for kasus in KASUS if "hitung" in kasus]
SEMUA = list_desa(KAB)["kode_desa"].tolist()


def own(konteks) -> pd.Series:
    return compute_cakupan(konteks).set_index("baris").loc[f"E11@{KAB}"]


def kelengkapan(desa: int) -> str:
    rows = cakupan(*(f"{kode} 60 100" for kode in SEMUA[:desa]))
    return own(make_konteks(make_bahan(cakupan=rows)))["status_data"]


def beda_rerata(pembilang: int) -> bool:
    rows = cakupan(f"{DESA[0]} {pembilang} 100", f"{DESA[3]} 0 300")
    konteks = make_konteks(make_bahan(cakupan=rows))
    tables = compute_cakupan(konteks), compute_prevalensi(konteks)
    found = compute_mutu(konteks, *tables, rekap=compute_rekap(konteks)[1], usulan=())
    return "R10" in set(found["kode"])


def has_fifths(*rows: str) -> bool:
    konteks = make_konteks(make_bahan(cakupan=cakupan(*rows)))
    frame = compute_pemerataan(konteks, compute_cakupan(konteks)).set_index("kode_indikator")
    return bool(pd.notna(frame.loc["E11", "kesenjangan_poin"]))


def penyebut_desa(penyebut: int) -> bool:
    return has_fifths(*(f"{kode} 5 {penyebut}" for kode in SEMUA[:10]))


def banyak_desa(desa: int) -> bool:
    return has_fifths(*(f"{kode} 50 100" for kode in SEMUA[:desa]))


def penyebut_berubah(penyebut: int) -> str:
    years = [
        make_bahan(tahun, cakupan=cakupan(f"{DESA[0]} 500 {count}"))
        for tahun, count in ((2024, penyebut), (2023, 1000))
    ]
    return own(make_konteks(*years))["status_tren"]


def anak_sedikit(diukur: int) -> bool:
    pair = {
        "sumber_awal": "e-PPGBM", "tahun_awal": 2023, "periode_awal": "Agustus",
        "sumber_akhir": "e-PPGBM", "tahun_akhir": 2024, "periode_akhir": "Agustus",
        "kasus_awal": 5, "diukur_awal": 500, "kasus_akhir": 5, "diukur_akhir": diukur,
        "d_per_s_awal_persen": 80.0, "d_per_s_akhir_persen": 80.0,
    }  # fmt: skip
    alasan = compute_perubahan(pd.DataFrame([pair]))["alasan"].iloc[0]
    return pd.notna(alasan) and "balita diukur kurang dari" in alasan


def registers(*rows: str):
    kolom = "wilayah tahun periode sumber tanggal_terbit diukur pendek sangat_pendek sasaran"
    return make_bahan(prevalensi=baris(kolom, *rows))


def ds(diukur: int) -> bool:
    hasil = review(registers(f"{KAB} 2024 Agustus e-PPGBM 2024-09-15 {diukur} 10 5 1000"))
    return "RK-DAT-ds" in set(hasil.rekomendasi["id_usulan"])


def lonjakan(turun: int) -> bool:
    place = f"{KAB}.01"
    bahan = registers(
        f"{place} 2023 Agustus e-PPGBM 2023-09-15 1000 200 0 1000",
        f"{place} 2024 Agustus e-PPGBM 2024-09-15 1000 {200 - turun} 0 1000",
    )
    frame = compute_prevalensi(make_konteks(bahan))
    return bool(frame["keterangan"].fillna("").str.contains(PERIKSA, regex=False).any())


def proposal(realisasi: int, serapan: int) -> str:
    bahan = make_bahan(
        kegiatan=baris("id_kegiatan sub_kegiatan opd indikator_terkait indikator_output satuan "
                       "target_output realisasi_output",
                       f"K1|Kelas ibu hamil|Dinkes|E11|Ibu hamil|orang|1000|{realisasi}"),
        anggaran=baris("id_kegiatan sumber_dana pagu_murni_rp realisasi_rp",
                       f"K1 APBD 1000 {serapan}"),
    )  # fmt: skip
    konteks = make_konteks(bahan)
    tables = (table(konteks) for table in (compute_kegiatan, compute_cakupan, compute_anggaran))
    return propose_kegiatan(konteks, *tables)["usulan"].iloc[0]


def output(realisasi: int) -> str:
    return proposal(realisasi, 1000)


def serapan(realisasi: int) -> str:
    return proposal(1000, realisasi)


def rekap(tercetak: str) -> str:
    row = baris("berkas no indikator pembilang penyebut capaian", f"a.csv|1|A|1|8|{tercetak}")
    return compute_rekap(make_konteks(make_bahan(rekap=row)))[0]["status"].iloc[0]


def judge_visit(hari: int, z: float) -> pd.Series:
    visit = pd.DataFrame({"usia_hari": [hari], "z_tbu": [z], "z_tbu_simpan": [z]})
    return classify_kunjungan(visit, load_ambang()).iloc[0]


def hadir(hari: int) -> bool:
    return bool(judge_visit(hari, 0.0)["hadir"])


def pendek(z: float) -> bool:
    return bool(judge_visit(500, z)["pendek"])


def sangat_pendek(z: float) -> bool:
    return bool(judge_visit(500, z)["sangat_pendek"])


def diukur(z: float) -> bool:
    return bool(judge_visit(500, z)["diukur"])


# Measures between which z runs from below -6 to above 6 at 800 days.
UKURAN = {
    "tbu": ("tinggi_cm", 60, 115), "bbu": ("berat_kg", 2, 40), "bbtb": ("berat_kg", 2, 40),
    "imtu": ("berat_kg", 2, 40), "lk": ("lingkar_kepala_cm", 35, 65), "lila": ("lila_cm", 5, 40),
}  # fmt: skip


@cache
def scores(indeks: str) -> pd.DataFrame:
    name, low, high = UKURAN[indeks]
    child = {"usia_hari": 800, "jenis_kelamin": "L", "berat_kg": 12.0, "tinggi_cm": 86.0,
             "cara_ukur": "Berdiri"}  # fmt: skip
    frame = pd.DataFrame({**child, name: np.linspace(low, high, 40_001)})
    return compute_zscores(frame).groupby(f"z_{indeks}")[[f"ekstrem_{indeks}"]].first()


def ekstrem(z: float, indeks: str) -> bool:
    return bool(scores(indeks).loc[z].iloc[0])


def pecahan(sel: str) -> float | str:
    nilai = parse_percent(pd.Series([sel]), satuan="pecahan").nilai.iloc[0]
    return "" if pd.isna(nilai) else float(nilai)


def lintang(derajat: float) -> bool:
    return _inside(np.array([[120.0, derajat]]))


def bujur(derajat: float) -> bool:
    return _inside(np.array([[derajat, -4.0]]))


def aarr(titik: int) -> bool:
    years = range(2020, 2020 + titik)
    deret = pd.DataFrame({"kode_wilayah": "12.18", "tahun": years, "sumber": "SSGI"}).assign(
        prevalensi_persen=25.0, bawah_persen=23.0, atas_persen=27.0
    )
    return bool(check_aarr(deret)["boleh_dicetak"].iloc[0])


def gerak(pembilang: int) -> str:
    plan = baris("id_kegiatan jenis indikator_terkait target_output realisasi_output",
                 "K1 spesifik E14 100 100")  # fmt: skip
    years = [
        make_bahan(
            tahun,
            kegiatan=plan,
            cakupan=cakupan(*(f"{kode} {top} 10000" for kode in SEMUA), indikator="E14"),
        )
        for tahun, top in ((2024, pembilang), (2023, 6000))
    ]
    konteks = make_konteks(*years)
    tables = compute_kegiatan(konteks), compute_cakupan(konteks)
    return compute_efektivitas(konteks, *tables)["efektivitas"].iloc[0]


def z_berubah(selisih: float) -> bool:
    first, last = (
        pd.DataFrame({"id_anak": ["a"], "tanggal_ukur": [pd.Timestamp(day)], "usia_hari": [days],
                      "z_tbu": [z]})
        for day, days, z in (("2023-08-05", 500, -1.0), ("2024-08-05", 866, selisih - 1.0))
    )  # fmt: skip
    return bool(build_cohort(first, last)["tidak_wajar"].iloc[0])


def kelas(nilai: float, skala: str) -> str:
    return classify(pd.Series([nilai]), load_ambang().skala[skala]).iloc[0]


HITUNG: dict[str, Callable] = {
    item.__name__: item
    for item in (kelengkapan, beda_rerata, penyebut_desa, banyak_desa, penyebut_berubah,
                 anak_sedikit, ds, lonjakan, output, serapan, rekap, hadir, pendek, sangat_pendek,
                 diukur, ekstrem, pecahan, lintang, bujur, aarr, gerak, z_berubah, kelas)
}  # fmt: skip


@pytest.mark.parametrize("kasus", DIHITUNG, ids=lambda kasus: f"{kasus['menguji'][0]}")
def test_a_threshold_is_where_it_is_declared(kasus):
    extra = {name: kasus[name] for name in ("indeks", "skala") if name in kasus}
    found = [HITUNG[kasus["hitung"]](nilai, **extra) for nilai in kasus["nilai"]]
    assert found == kasus["hasil"]
    assert len(set(found)) > 1


def test_every_threshold_has_a_case_and_every_case_a_threshold():
    ambang = load_ambang()
    declared = {f"angka.{name}" for name in ambang.angka}
    declared |= {f"skala.{name}" for name in ambang.skala}
    declared |= {
        f"petunjuk_hambatan.{jenis}.{name}"
        for jenis, rule in load_petunjuk().items()
        for name in rule.ambang
    }
    assert {key for kasus in KASUS for key in kasus["menguji"]} == declared


def test_every_bound_of_a_scale_has_a_case():
    cases = Counter(kasus["skala"] for kasus in KASUS if "skala" in kasus)
    assert cases == {name: len(skala.kelas) - 1 for name, skala in load_ambang().skala.items()}


def test_every_case_has_a_source_and_one_way_of_testing():
    for kasus in KASUS:
        assert kasus["rujukan"]
        assert ("uji" in kasus) != ("hitung" in kasus)
        assert "uji" in kasus or len(kasus["nilai"]) == len(kasus["hasil"]) == 3


@pytest.mark.parametrize("uji", [kasus["uji"] for kasus in KASUS if "uji" in kasus])
def test_a_case_elsewhere_exists(uji):
    path, _, name = uji.partition("::")
    assert f"def {name}(" in (TESTS.parent / path).read_text(encoding="utf-8")
