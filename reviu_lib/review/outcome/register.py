"""Prevalence from the register: children measured, counted once per weighing month.

z computed from the measures, rounded to two decimals, flagged beyond +-6, age up to 1.826 days,
the latest visit of a child in the period; what the stored z would give stands beside it. D/S
stands beside every figure, because the register knows only those who came (domain rules 10.1 and
10.2, case D18). The Wilson interval says how far a figure of so few children could move.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import load_aturan, load_indikator
from reviu_lib.formatting import BULAN
from reviu_lib.growth import compute_wilson
from reviu_lib.review.capaian.periode import compute_pasangan
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import compute_persen, group_mixed, parent_code

SUMBER = "e-PPGBM"
_KUNCI = ["kode_wilayah", "tahun", "bulan"]
_HITUNGAN = ["hadir", "diukur", "pendek", "sangat_pendek", "diukur_simpan", "stunting_simpan"]
METODE = "Wilson"


def compute_register(konteks: Konteks) -> pd.DataFrame:
    """Return register prevalence by kabupaten, kecamatan, and desa for every weighing month.

    Columns: kode_wilayah, tingkat, tahun, bulan, periode, sumber, hadir (D), diukur, pendek,
    sangat_pendek, stunting, prevalensi_persen with its Wilson interval (bawah_persen,
    atas_persen), prevalensi_simpan_persen by the stored z, sasaran (S), jenis_penyebut,
    d_per_s_persen.
    """
    visits = konteks.kunjungan
    if visits.empty:
        return pd.DataFrame()
    counts = _count_levels(visits, konteks)
    frame = counts.merge(_sasaran_levels(counts, konteks), on=_KUNCI, how="left")
    frame["stunting"] = frame["pendek"] + frame["sangat_pendek"]
    interval = compute_wilson(frame["stunting"], frame["diukur"])
    return frame.assign(
        sumber=SUMBER,
        periode=[BULAN[int(month) - 1] for month in frame["bulan"]],
        prevalensi_persen=compute_persen(frame["stunting"], frame["diukur"]),
        bawah_persen=interval.bawah * 100,
        atas_persen=interval.atas * 100,
        metode_selang=METODE,
        prevalensi_simpan_persen=compute_persen(frame["stunting_simpan"], frame["diukur_simpan"]),
        d_per_s_persen=compute_persen(frame["hadir_bersasaran"], frame["sasaran"]),
    )


def _count_levels(visits: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    # Summed by desa first: what is added up for the larger places are few rows.
    keys = ["kode_desa", "tahun", "bulan"]
    sums = visits.groupby(keys, dropna=False, sort=False)[_HITUNGAN].sum().reset_index()
    desa = sums["kode_desa"]
    levels = {
        "kabupaten": pd.Series(konteks.bahan.kode_kabupaten, sums.index, dtype="string"),
        "kecamatan": parent_code(desa),
        "desa": desa,
    }
    known = desa.isin(konteks.desa["kode_desa"])
    parts = [
        (sums if tingkat == "kabupaten" else sums[known]).assign(kode_wilayah=kode, tingkat=tingkat)
        for tingkat, kode in levels.items()
    ]
    return pd.concat(parts).groupby(["tingkat", *_KUNCI], sort=False)[_HITUNGAN].sum().reset_index()


def _sasaran_levels(counts: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return S per region and period, and the children present in the desa that have an S.

    Only desa with a known S enter D/S of the kecamatan and kabupaten, so that D and S always
    speak of the same desa; children of an unknown desa count when every S is known.
    """
    pairs = pd.concat([_sasaran_pairs(item, konteks) for item in (konteks.bahan, *konteks.lalu)])
    desa = pairs[pairs["kode_desa"].isin(konteks.desa["kode_desa"])]
    rekap = pairs[pairs["kode_desa"].isna()].drop(columns="kode_desa")
    present = counts.loc[counts["tingkat"] == "desa", [*_KUNCI, "hadir"]]
    periods = counts[["tahun", "bulan"]].drop_duplicates()
    rows = (
        desa.merge(periods, on=["tahun", "bulan"])
        .merge(present, left_on=["kode_desa", "tahun", "bulan"], right_on=_KUNCI, how="left")
        .drop(columns="kode_wilayah")
    )
    rows["hadir"] = rows["hadir"].fillna(0)
    sums = _sum_sasaran(
        pd.concat([rows.assign(kode_wilayah=kode) for kode in _kode_levels(rows, konteks)])
    )
    total = counts.loc[counts["tingkat"] == "kabupaten", [*_KUNCI, "hadir"]]
    rekap = rekap.assign(kode_wilayah=konteks.bahan.kode_kabupaten).merge(total, on=_KUNCI)
    return _prefer_whole(sums, rekap, total, len(konteks.desa))


def _kode_levels(rows: pd.DataFrame, konteks: Konteks) -> list[pd.Series]:
    kabupaten = pd.Series(konteks.bahan.kode_kabupaten, index=rows.index, dtype="string")
    return [kabupaten, parent_code(rows["kode_desa"]), rows["kode_desa"]]


def _sum_sasaran(rows: pd.DataFrame) -> pd.DataFrame:
    grouped = rows.groupby(_KUNCI, sort=False)
    return pd.DataFrame(
        {
            "sasaran": grouped["penyebut"].sum(min_count=1),
            "hadir_bersasaran": grouped["hadir"].sum(),
            "jenis_penyebut": group_mixed(grouped["jenis_penyebut"]),
            "desa_bersasaran": grouped.size(),
        }
    ).reset_index()


def _prefer_whole(
    sums: pd.DataFrame, rekap: pd.DataFrame, total: pd.DataFrame, jumlah_desa: int
) -> pd.DataFrame:
    """Return S per region; the kabupaten counts everyone present when every desa has an S."""
    rekap = rekap.rename(columns={"penyebut": "sasaran", "hadir": "hadir_bersasaran"})
    joined = pd.concat([sums, rekap[~_has_key(rekap, sums)]], ignore_index=True)
    everyone = joined[_KUNCI].merge(total, on=_KUNCI, how="left")["hadir"]
    whole = joined["desa_bersasaran"] == jumlah_desa
    joined["hadir_bersasaran"] = everyone.where(
        whole & everyone.notna(), joined["hadir_bersasaran"]
    )
    return joined.drop(columns="desa_bersasaran")


def _has_key(rows: pd.DataFrame, others: pd.DataFrame) -> np.ndarray:
    left, right = (pd.MultiIndex.from_frame(part[_KUNCI]) for part in (rows, others))
    return left.isin(right)


def _sasaran_pairs(bahan: BahanReviu, konteks: Konteks) -> pd.DataFrame:
    """Return S for each weighing month: of that month where reported, else of the year.

    The indicator that carries S and the months are those of the era of `bahan`.
    """
    aturan = load_aturan(bahan.tahun)
    kode = aturan.indikator_sasaran_balita
    rows = bahan.cakupan[bahan.cakupan["kode_indikator"] == kode]
    year = _pairs_of_year(bahan, konteks, kode)[["kode_desa", "penyebut", "jenis_penyebut"]]
    parts = []
    for month in aturan.bulan_penimbangan:
        of_month = rows[rows["periode"] == BULAN[month - 1]][year.columns.tolist()]
        both = pd.concat([of_month.astype({"penyebut": "float64"}), year])
        chosen = both.dropna(subset=["penyebut"]).drop_duplicates("kode_desa")
        parts.append(chosen.assign(bulan=month))
    return pd.concat(parts).assign(tahun=bahan.tahun)


def _pairs_of_year(bahan: BahanReviu, konteks: Konteks, kode: str) -> pd.DataFrame:
    """Return the pairs of one indicator, by the cards of the era of `bahan`."""
    same = load_aturan(bahan.tahun).set_indikator == konteks.aturan.set_indikator
    if same and (bahan is konteks.bahan or bahan is konteks.sebelum):
        pairs = konteks.pasangan if bahan is konteks.bahan else konteks.pasangan_lalu
        return pairs[pairs["kode_indikator"] == kode]
    rows = bahan.cakupan[bahan.cakupan["kode_indikator"] == kode]
    card = load_indikator(load_aturan(bahan.tahun).set_indikator)[kode]
    return compute_pasangan(rows, {kode: card})
