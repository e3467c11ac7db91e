"""Two years of inputs of one invented kabupaten: 300 desa, 29 indicators, 150 activities.

The names of the places are those of a real kabupaten with exactly 300 desa; every number is drawn
from a fixed seed and stands for nobody. The same arguments give the same tables.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import load_aturan, load_indikator
from reviu_lib.growth import compute_measure_from_z, compute_zscores
from reviu_lib.reference import list_desa

KODE, NAMA, TAHUN = "95.06", "Kabupaten Buatan", 2024
_KATEGORI = ("anggaran", "SDM", "sarana", "data", "koordinasi")
_JENIS = ("spesifik", "sensitif", "sensitif fisik", "dukungan")
_OPD = ("Dinas Kesehatan", "Dinas KB", "Dinas Sosial", "Dinas PUPR", "Dinas PMD", "Bappeda")
_BULAN = {"Februari": 2, "Agustus": 8}


def make_years(kegiatan: int = 150, pengukuran: int = 40_000) -> list[BahanReviu]:
    """Return the inputs of the year and of the year before; measurements are of both together."""
    return [_make(tahun, kegiatan, pengukuran // 2) for tahun in (TAHUN, TAHUN - 1)]


def _make(tahun: int, kegiatan: int, pengukuran: int) -> BahanReviu:
    rng = np.random.default_rng(tahun)
    cards = list(load_indikator(load_aturan(tahun).set_indikator))
    plan = _kegiatan(kegiatan, cards, rng)
    return BahanReviu(
        kode_kabupaten=KODE,
        nama=NAMA,
        tahun=tahun,
        tanggal_cutoff=date(tahun, 12, 31),
        tanggal_reviu=date(tahun + 1, 1, 31),
        contoh=True,
        kegiatan=plan,
        jadwal=_jadwal(plan["id_kegiatan"], tahun, rng),
        anggaran=_anggaran(plan["id_kegiatan"], rng),
        cakupan=_cakupan(cards, rng),
        target=_target(cards, tahun),
        prevalensi=_prevalensi(tahun),
        pengukuran=_pengukuran(pengukuran, tahun, rng),
        hambatan=_hambatan(plan, rng),
        aksi=pd.DataFrame({"aksi": [str(n) for n in range(1, 9)], "status": "selesai"}),
        lokus=pd.DataFrame({"kode_desa": _codes()[::6], "tahun": tahun, "dasar": "SK (contoh)"}),
    )


def _codes() -> np.ndarray:
    return list_desa(KODE)["kode_desa"].to_numpy(object)


def _kegiatan(n: int, cards: list[str], rng: np.random.Generator) -> pd.DataFrame:
    number = pd.Series(range(1, n + 1)).astype("string").str.zfill(3)
    target = rng.integers(20, 2000, n)
    return pd.DataFrame(
        {
            "id_kegiatan": "K" + number,
            "kode_sub_kegiatan": "1.02.02.2.02.0" + number,
            "sub_kegiatan": "Kegiatan buatan " + number,
            "opd": np.resize(_OPD, n),
            "indikator_terkait": np.resize(cards, n),
            "jenis": np.resize(_JENIS, n),
            "indikator_output": "Sasaran yang dilayani",
            "satuan": "orang",
            "target_output": target,
            "realisasi_output": (target * rng.uniform(0.4, 1.1, n)).round(),
            "lokasi_rencana": "Seluruh kecamatan",
            "wajib": rng.random(n) < 0.2,
            "disepakati_rembuk": rng.random(n) < 0.9,
            **dict.fromkeys(("status_rkpd", "status_renja", "status_dpa"), "masuk"),
        }
    )


def _jadwal(ids: pd.Series, tahun: int, rng: np.random.Generator) -> pd.DataFrame:
    start = pd.Timestamp(tahun, 1, 15) + pd.to_timedelta(rng.integers(0, 200, len(ids)), unit="D")
    length, late = (pd.to_timedelta(rng.integers(*ends, len(ids)), unit="D")
                    for ends in ((30, 90), (-10, 40)))  # fmt: skip
    return pd.DataFrame(
        {
            "id_kegiatan": ids,
            "jendela": 1,
            "rencana_mulai": start,
            "rencana_selesai": start + length,
            "realisasi_mulai": start + pd.Timedelta(days=5),
            "realisasi_selesai": start + length + late,
        }
    )


def _anggaran(ids: pd.Series, rng: np.random.Generator) -> pd.DataFrame:
    pagu = rng.integers(100, 5_000, len(ids)) * 1_000_000
    quarters = (pagu[:, None] * rng.dirichlet([2, 4, 5, 5], len(ids)) * 0.9).astype(np.int64)
    return pd.DataFrame(
        {
            "id_kegiatan": ids,
            "sumber_dana": np.resize(["APBD", "DAK Nonfisik", "Dana Desa"], len(ids)),
            "pagu_rembuk_rp": pagu,
            "pagu_murni_rp": pagu,
            "realisasi_rp": quarters.sum(axis=1),
            "langsung_sasaran_rp": quarters[:, 0],
            **{f"realisasi_tw{part + 1}_rp": quarters[:, part] for part in range(4)},
        }
    )


def _cakupan(cards: list[str], rng: np.random.Generator) -> pd.DataFrame:
    desa = list_desa(KODE)[["kode_desa", "kecamatan", "desa"]]
    frame = desa.merge(pd.DataFrame({"kode_indikator": cards}), how="cross")
    group = rng.integers(5, 200, len(frame))
    served = rng.binomial(group, rng.uniform(0.5, 0.95, len(frame)))
    return frame.assign(periode="tahunan", pembilang=served, penyebut=group, jenis_penyebut="riil")


def _target(cards: list[str], tahun: int) -> pd.DataFrame:
    values = {**dict.fromkeys(cards, 80.0), "PREVALENSI": 20.0}
    rows = [
        (kode, "kabupaten", year, nilai, "RKPD (contoh)")
        for kode, nilai in values.items()
        for year in (tahun, tahun + 1)
    ]
    return pd.DataFrame(rows, columns=["kode_indikator", "tingkat", "tahun", "nilai", "sumber"])


def _prevalensi(tahun: int) -> pd.DataFrame:
    years = [2021, 2022, 2023]
    return pd.DataFrame(
        {
            "wilayah": KODE,
            "tahun": years,
            "sumber": ["SSGI", "SSGI", "SKI"],
            "tanggal_terbit": [pd.Timestamp(year + 1, 2, 1) for year in years],
            "prevalensi_persen": [34.0, 33.1, 31.5],
        }
    ).query("tahun <= @tahun")


def _pengukuran(n: int, tahun: int, rng: np.random.Generator) -> pd.DataFrame:
    """Return half of the visits in each weighing month, of the same children."""
    half, desa = n // 2, list_desa(KODE)
    place = rng.integers(0, len(desa), half)
    child = pd.DataFrame(
        {
            "id_anak": [f"anak{number:06d}" for number in range(half)],
            "dasar_id": "nik",
            **{name: desa[name].to_numpy(object)[place]
               for name in ("kode_desa", "kecamatan", "desa")},
            "puskesmas": desa["kecamatan"].str.upper().to_numpy(object)[place],
            "posyandu": "POSYANDU 1",
            "jenis_kelamin": rng.choice(["L", "P"], half),
            "haz": rng.normal(-1.2, 1.1, half),
        }
    )  # fmt: skip
    birth = rng.integers(100, 1500, half)
    return pd.concat([_visit(child, birth, tahun, month, rng) for month in _BULAN.values()],
                     ignore_index=True)  # fmt: skip


def _visit(
    child: pd.DataFrame, age: np.ndarray, tahun: int, month: int, rng: np.random.Generator
) -> pd.DataFrame:
    days = age + (month - 2) * 30
    who = {"jenis_kelamin": child["jenis_kelamin"], "usia_hari": days}
    tall = compute_measure_from_z("tbu", child["haz"] + rng.normal(0, 0.2, len(child)), **who)
    heavy = compute_measure_from_z("bbu", child["haz"] * 0.6, **who)
    frame = child.drop(columns="haz").assign(
        usia_hari=days,
        usia_bulan=days / 30.4375,
        tanggal_ukur=pd.Timestamp(tahun, month, 5),
        tinggi_cm=tall.round(1),
        berat_kg=heavy.round(1),
        cara_ukur=np.where(days < 731, "Terlentang", "Berdiri"),
    )
    scored = compute_zscores(frame)
    return frame.assign(**{name: scored[name] for name in ("z_tbu", "z_bbu", "z_bbtb")})


def _hambatan(plan: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    chosen = plan.sample(30, random_state=int(rng.integers(1000)))
    return pd.DataFrame(
        {
            "id_hambatan": [f"H{number:02d}" for number in range(1, 31)],
            "id_kegiatan": chosen["id_kegiatan"].to_numpy(object),
            "kode_indikator": chosen["indikator_terkait"].to_numpy(object),
            "kategori": np.resize(_KATEGORI, 30),
            "uraian": "Hambatan buatan",
            "status": "belum",
        }
    )
