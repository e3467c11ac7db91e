"""Money of each budget row: the budget in force, and the pairs on which each share rests."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.review.rasio import compute_persen

LINI = {
    "spesifik": "spesifik",
    "sensitif": "sensitif tanpa fisik",
    "sensitif fisik": "fisik/infrastruktur",
    "dukungan": "dukungan",
}
JENIS = {
    "spesifik": "spesifik",
    "sensitif": "sensitif",
    "sensitif fisik": "sensitif",
    "dukungan": "dukungan",
}
TANPA_JENIS = "jenis tidak diisi"
_FAKTA = ["id_kegiatan", "kode_sub_kegiatan", "sub_kegiatan", "opd", "jenis"]
RUPIAH = [
    "pagu_rembuk_rp", "pagu_murni_rp", "pagu_perubahan_rp", "pagu_rp", "pagu_dinilai_rp",
    "realisasi_rp", "murni_dinilai_rp", "realisasi_murni_rp", "anggaran_kas_rp",
    "realisasi_kas_rp", "pagu_kas_rp", "langsung_sasaran_rp", "realisasi_langsung_rp",
    "realisasi_tanpa_pagu_rp", "di_atas_pagu_rp", "langsung_kosong_rp",
]  # fmt: skip


def prepare_anggaran(bahan: BahanReviu) -> pd.DataFrame:
    """Return the budget rows as floats, with the basis and the pairs each share rests on."""
    rows = bahan.anggaran.merge(bahan.kegiatan[_FAKTA], on="id_kegiatan", how="left")
    money = [name for name in rows.columns if name.endswith("_rp")]
    rows = rows.astype(dict.fromkeys(money, "float64"))
    rows = rows.rename(columns={"anggaran_kas_sd_cutoff_rp": "kas", "realisasi_rp": "spent"})
    pagu = rows["pagu_perubahan_rp"].fillna(rows["pagu_murni_rp"])
    basis = np.select(
        [rows["pagu_perubahan_rp"].notna(), rows["pagu_murni_rp"].notna()],
        ["perubahan", "murni"],
        default="",
    )
    rows = rows.assign(
        pagu_rp=pagu,
        basis_pagu=pd.Series(basis, index=rows.index, dtype="string").replace("", pd.NA),
        lini=rows["jenis"].map(LINI).fillna(TANPA_JENIS).astype("string"),
        jenis=rows["jenis"].map(JENIS).fillna(TANPA_JENIS).astype("string"),
    )
    return _add_pairs(rows)[[*_FAKTA, "sumber_dana", "lini", "basis_pagu", *RUPIAH]]


def _add_pairs(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the money that enters each share, missing where a side is missing."""
    spent, pagu = rows["spent"], rows["pagu_rp"]
    has_pagu = pagu.notna() & ((pagu > 0) | (spent.fillna(0) == 0))
    pair = has_pagu & spent.notna()
    murni = pair & (rows["pagu_murni_rp"] > 0)
    kas = pair & (rows["kas"] > 0)
    langsung = rows["langsung_sasaran_rp"].notna() & spent.notna()
    silent = rows["langsung_sasaran_rp"].isna()
    return rows.assign(
        realisasi_rp=spent.where(pair),
        pagu_dinilai_rp=pagu.where(pair),
        murni_dinilai_rp=rows["pagu_murni_rp"].where(murni),
        realisasi_murni_rp=spent.where(murni),
        anggaran_kas_rp=rows["kas"],
        realisasi_kas_rp=spent.where(kas),
        pagu_kas_rp=pagu.where(kas),
        realisasi_langsung_rp=spent.where(langsung),
        realisasi_tanpa_pagu_rp=spent.where(~has_pagu),
        di_atas_pagu_rp=(spent - pagu).clip(lower=0).where(pair),
        langsung_kosong_rp=spent.where(silent),
    )


def sum_per_kegiatan(rows: pd.DataFrame) -> pd.DataFrame:
    """Return money per activity over its sources, with serapan_persen and serapan_kas_persen.

    `rows` is what `prepare_anggaran` returns.
    """
    sums = rows.groupby("id_kegiatan", sort=False)[RUPIAH].sum(min_count=1).reset_index()
    return sums.assign(
        serapan_persen=compute_persen(sums["realisasi_rp"], sums["pagu_dinilai_rp"]),
        serapan_kas_persen=compute_persen(sums["realisasi_kas_rp"], sums["anggaran_kas_rp"]),
    )


def sum_realisasi_lengkap(bahan: BahanReviu) -> pd.Series:
    """Return spending per activity over its sources; missing where one source reports none."""
    spent = bahan.anggaran.set_index("id_kegiatan")["realisasi_rp"].astype("float64")
    grouped = spent.groupby(level=0)
    return grouped.sum(min_count=1).where(grouped.count() == grouped.size())
