"""Desa side by side: did coverage and prevalence change together? Association, never a cause.

Only desa whose coverage can be compared between both years and of whom enough children were
measured in the reference month of both years take part.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.review.capaian.tren import compare_batas, is_kumulatif
from reviu_lib.review.efektivitas.korelasi import (
    adjust_holm,
    compute_fisher,
    compute_permutasi,
    compute_spearman,
    draw_orders,
)
from reviu_lib.review.kamus import load_aturan_usulan
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.outcome.prevalensi import reference_register

BERSAMA = "berjalan bersama"
BERLAWANAN = "berjalan berlawanan"
TAK_TERLIHAT = "tidak terlihat kaitan"
TAK_DIHITUNG = "tidak dihitung"
_DESA = ["kode_indikator", "indikator", "arah", "kode_wilayah", "tren_poin"]
_UKURAN = ["korelasi", "korelasi_bawah", "korelasi_atas", "p_permutasi"]


def compute_kaitan_desa(
    konteks: Konteks, prevalensi: pd.DataFrame, cakupan: pd.DataFrame
) -> pd.DataFrame:
    """Return the table kaitan_desa: one row per indicator with coverage of desa in both years.

    korelasi is Spearman's rho between the improvement of coverage and the change of prevalence of
    the desa: below zero, prevalence tends to be lower where coverage improved more.
    """
    known = cakupan[["capaian_persen", "capaian_lalu_persen"]].notna().all(axis=1)
    desa = cakupan.loc[known & (cakupan["tingkat"] == "desa"), _DESA]
    if desa.empty:
        return pd.DataFrame(columns=["baris"])
    pairs = _pair(desa, _change_of_prevalence(konteks, prevalensi))
    rows = desa.drop_duplicates("kode_indikator")[["kode_indikator", "indikator", "arah"]]
    rows = rows.reset_index(drop=True)
    counts = pairs.groupby("kode_indikator")[["membaik_poin", "perubahan_poin"]].count()
    counts = counts.join(pairs.groupby("kode_indikator")["ikut"].sum())
    rows = rows.join(counts.reindex(rows["kode_indikator"]).reset_index(drop=True))
    measured = _measure(rows, pairs[pairs["ikut"]], konteks)
    return _judge(rows.join(measured), konteks)


def _change_of_prevalence(konteks: Konteks, prevalensi: pd.DataFrame) -> pd.Series:
    """Return perubahan_poin since last year of the desa with enough children in both years."""
    now = reference_register(prevalensi, konteks)
    now = now[(now["tingkat"] == "desa") & (now["tahun_pembanding"] == konteks.bahan.tahun - 1)]
    same = prevalensi[
        (prevalensi["jenis_angka"] == "register")
        & (prevalensi["tahun"] == konteks.bahan.tahun - 1)
        & prevalensi["sumber"].isin(now["sumber"].unique())
        & prevalensi["periode"].isin(now["periode"].unique())
    ]
    before = now["kode_wilayah"].map(same.set_index("kode_wilayah")["diukur"])
    least = konteks.ambang["diukur_minimum"]
    enough = ((now["diukur"] >= least) & (before >= least)).fillna(False).astype(bool)
    return now[enough].set_index("kode_wilayah")["perubahan_poin"].dropna().astype("float64")


def _pair(desa: pd.DataFrame, change: pd.Series) -> pd.DataFrame:
    """Return each desa and indicator with both changes, in the order of the codes."""
    trend = desa["tren_poin"].astype("float64")
    pairs = desa[["kode_indikator", "kode_wilayah"]].assign(
        membaik_poin=trend.where(desa["arah"] != "turun", -trend),
        perubahan_poin=desa["kode_wilayah"].map(change).astype("float64"),
    )
    both = pairs["membaik_poin"].notna() & pairs["perubahan_poin"].notna()
    return pairs.assign(ikut=both).sort_values(["kode_indikator", "kode_wilayah"])


def _measure(rows: pd.DataFrame, pairs: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return the measures of each indicator with enough desa, missing for the others."""
    least = konteks.ambang["kaitan_desa_minimum"]
    groups = {kode: part for kode, part in pairs.groupby("kode_indikator") if len(part) >= least}
    found = [
        _associate(groups[kode], konteks) if kode in groups else [np.nan] * len(_UKURAN)
        for kode in rows["kode_indikator"]
    ]
    return pd.DataFrame(found, columns=_UKURAN, index=rows.index, dtype="float64")


def _associate(part: pd.DataFrame, konteks: Konteks) -> list[float]:
    x, y = (part[name].to_numpy() for name in ("membaik_poin", "perubahan_poin"))
    rho = compute_spearman(x, y)
    if np.isnan(rho):
        return [np.nan] * len(_UKURAN)
    rules = load_aturan_usulan().efektivitas
    limits = compute_fisher(rho, len(part), taraf=konteks.ambang["taraf_selang_persen"] / 100)
    orders = draw_orders(len(part), rules.permutasi, benih=rules.benih)
    return [rho, *limits, compute_permutasi(x, y, orders)]


def _judge(rows: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return the rows with Holm's p, the word, and the reason or the caution."""
    p_holm = adjust_holm(rows["p_permutasi"].to_numpy())
    clear = p_holm <= 1 - konteks.ambang["taraf_selang_persen"] / 100
    rho = rows["korelasi"]
    words = np.select(
        [rho.isna(), clear & (rho < 0), clear], [TAK_DIHITUNG, BERSAMA, BERLAWANAN], TAK_TERLIHAT
    )
    return rows.assign(
        baris=rows["kode_indikator"],
        tahun_awal=konteks.bahan.tahun - 1,
        tahun_akhir=konteks.bahan.tahun,
        jumlah_desa=rows["ikut"],
        p_holm=p_holm,
        kaitan=words,
        alasan=_reasons(rows, konteks),
    )


def _reasons(rows: pd.DataFrame, konteks: Konteks) -> pd.Series:
    """Return why nothing was computed, or with what care to read what was; missing for neither."""
    texts = load_aturan_usulan().efektivitas.alasan_kaitan
    names = np.select(
        [
            rows["perubahan_poin"] == 0,
            rows["membaik_poin"] == 0,
            rows["ikut"] < konteks.ambang["kaitan_desa_minimum"],
            rows["korelasi"].isna(),
            is_kumulatif(rows["kode_indikator"], konteks) & (compare_batas(konteks) != 0),
        ],
        ["tanpa_register", "tanpa_banding", "desa_kurang", "tanpa_variasi", "batas_beda"],
        default="",
    )
    return pd.Series(names, index=rows.index, dtype="string").map(texts).astype("string")
