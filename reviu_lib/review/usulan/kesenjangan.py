"""Gaps of coverage for next year's analysis: how far, where, and which activities serve them.

A gap is what is lacking in the direction of the indicator: points, and people or families still to
be reached (for a `turun` indicator: that have to become fewer). Only verified targets give one.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.formatting import join_list
from reviu_lib.review.kamus import load_aturan_usulan
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import TAK_DINILAI, TERCAPAI, cells, gather, parent_code
from reviu_lib.review.usulan.putusan import DITERUSKAN, choose_nasib

PEMELIHARAAN = "sudah tercapai: pemeliharaan"
# Reason → kind, in the order in which the rules are tried; the last one needs no condition.
_RULES = {
    "data": "data belum lengkap",
    "target": "target belum terverifikasi",
    "menurun": "menurun",
    "tidak_merata": "tidak merata",
    "rendah": "cakupan rendah",
    "lebih_ketat": "target tahun depan lebih ketat",
    "tercapai": PEMELIHARAAN,
}
_TANPA_DATA = ["tidak tersedia", "sementara"]
_DASAR = ["capaian_persen", "target_persen", "target_berikut_persen", "penyebut"]
_DESIMAL = 6  # a product such as 22.4 x 1000 / 100 must not ask for one child too many
_DISALIN = [
    "kode_indikator", "indikator", "kelompok_sasaran", "jenis", "arah", "opd", "capaian_persen",
    "capaian_rerata_desa_persen", "target_persen", "target_tingkat", "target_sumber",
    "target_berikut_persen", "dasar_target_berikut", "kelengkapan_persen",
]  # fmt: skip


_DESA = ["kode_indikator", "kode_wilayah", "arah", "pembilang", "penyebut"]


def compute_kesenjangan(
    konteks: Konteks, cakupan: pd.DataFrame, usulan: pd.DataFrame
) -> pd.DataFrame:
    """Return the table kesenjangan_cakupan: one row per indicator of the era, in its order.

    `usulan` are the proposals on the activities (usulan_kegiatan): a decision of the meeting
    counts before the proposal. Gaps are missing without coverage or without a verified target.
    """
    rows = cakupan[cakupan["tingkat"] == "kabupaten"].reset_index(drop=True)
    frame = rows[_DISALIN].join(_measure(rows))
    frame = frame.join(_count_desa(rows)).join(_find_kecamatan(konteks, cakupan), "kode_indikator")
    alasan = _find_reason(konteks, rows, frame)
    frame = frame.join(_map_kegiatan(konteks, usulan), on="kode_indikator")
    if not konteks.bahan.kegiatan.empty:  # without a plan it is unknown who serves an indicator
        frame = frame.assign(jumlah_kegiatan=frame["jumlah_kegiatan"].fillna(0))
    return frame.assign(
        baris=rows["kode_indikator"],
        jenis_kesenjangan=alasan.map(_RULES),
        alasan=alasan.map(load_aturan_usulan().kesenjangan.alasan),
        pertanyaan=_ask(frame),
        dasar=[cells("capaian_cakupan", baris, *_DASAR) for baris in rows["baris"]],
    )


def _measure(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the four gaps of the rows of the kabupaten."""
    verified = rows["target_terverifikasi"].eq(True).fillna(False).astype(bool)
    kini = rows["target_persen"].where(verified)
    berikut = rows["target_berikut_persen"].where(rows["target_berikut_terverifikasi"].eq(True))
    return pd.DataFrame(
        {
            "kesenjangan_poin": _lack_poin(rows, kini),
            "kesenjangan_sasaran": _lack_sasaran(rows, kini),
            "kesenjangan_berikut_poin": _lack_poin(rows, berikut),
            "kesenjangan_berikut_sasaran": _lack_sasaran(rows, berikut),
        }
    )


def _lack_poin(rows: pd.DataFrame, target: pd.Series) -> pd.Series:
    """Return the points lacking, never below 0; missing without coverage or target."""
    gap = target - rows["capaian_persen"]
    return gap.where(rows["arah"] != "turun", -gap).clip(lower=0)


def _lack_sasaran(rows: pd.DataFrame, target: pd.Series) -> pd.Series:
    """Return how many more (naik) or fewer (turun) reach the target, in whole sasaran.

    naik: ceil(target x penyebut / 100) - pembilang; turun: pembilang - floor(the same).
    """
    wanted = (target * rows["penyebut"] / 100).round(_DESIMAL)
    more = np.ceil(wanted) - rows["pembilang"]
    fewer = rows["pembilang"] - np.floor(wanted)
    return more.where(rows["arah"] != "turun", fewer).clip(lower=0)


def _count_desa(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many desa are below the target, and how many have no figure."""
    judged = rows["jumlah_desa_tercapai"].notna()
    return pd.DataFrame(
        {
            "jumlah_desa_belum": (
                rows["jumlah_desa_data_lengkap"] - rows["jumlah_desa_tercapai"]
            ).where(judged),
            "jumlah_desa_tanpa_data": rows["jumlah_desa"] - rows["jumlah_desa_data_lengkap"],
        }
    )


def list_kekurangan_desa(cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return what each desa lacks to next year's target: kode_indikator, kode_desa, kurang.

    `kurang` is in sasaran, not rounded, and above 0; a desa without a figure is not listed.
    """
    own = cakupan[cakupan["tingkat"] == "kabupaten"]
    own = own[own["target_berikut_terverifikasi"].eq(True)].set_index("kode_indikator")
    desa = cakupan.loc[cakupan["tingkat"] == "desa", _DESA]
    target = desa["kode_indikator"].map(own["target_berikut_persen"]).astype("float64")
    lack = target * desa["penyebut"].astype("float64") / 100 - desa["pembilang"].astype("float64")
    rows = desa[["kode_indikator"]].assign(
        kode_desa=desa["kode_wilayah"], kurang=lack.where(desa["arah"] != "turun", -lack)
    )
    return rows[rows["kurang"] > 0].reset_index(drop=True)


def _find_kecamatan(konteks: Konteks, cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return per indicator the kecamatan that hold most of what the desa lack, and their share."""
    least = konteks.ambang["kesenjangan_kecamatan_persen"]
    rows = list_kekurangan_desa(cakupan)
    rows = rows.assign(kode=parent_code(rows["kode_desa"]))
    sums = rows.groupby(["kode_indikator", "kode"])["kurang"].sum().reset_index()
    sums = sums.sort_values(["kode_indikator", "kurang", "kode"], ascending=[True, False, True])
    whole = sums.groupby("kode_indikator")["kurang"]
    share = sums["kurang"] * 100 / whole.transform("sum")
    before = share.groupby(sums["kode_indikator"]).cumsum() - share
    names = sums["kode"].map(konteks.wilayah).fillna(sums["kode"])
    chosen = sums.assign(share=share, nama=names)[before < least]
    names = gather(chosen["kode_indikator"], chosen["nama"]).values()
    share = chosen.groupby("kode_indikator", sort=False)["share"].sum()
    return share.to_frame("porsi_kecamatan_persen").assign(
        kecamatan_terbesar=pd.array([join_list(each) for each in names], dtype="string")
    )


def _find_reason(konteks: Konteks, rows: pd.DataFrame, frame: pd.DataFrame) -> pd.Series:
    """Return the key of the first rule that holds for each indicator."""
    met, judged = rows["jumlah_desa_tercapai"], rows["jumlah_desa_data_lengkap"]
    least = konteks.ambang["kesenjangan_desa_tercapai_persen"]
    bad = rows["tren_poin"].where(rows["arah"] == "turun", -rows["tren_poin"])
    reached = rows["status_capaian"] == TERCAPAI
    holds = {
        "data": rows["capaian_persen"].isna() | rows["status_data"].isin(_TANPA_DATA),
        "target": rows["status_capaian"] == TAK_DINILAI,
        "menurun": ~reached & (bad >= konteks.ambang["gerak_indikator_poin"]),
        "tidak_merata": ~reached & (met * 100 >= judged * least),
        "rendah": ~reached,
        "lebih_ketat": frame["kesenjangan_berikut_poin"] > 0,
    }
    conditions = [item.fillna(False).to_numpy(dtype=bool) for item in holds.values()]
    names = np.select(conditions, list(holds), default="tercapai")
    return pd.Series(names, index=rows.index, dtype="string")


def _map_kegiatan(konteks: Konteks, usulan: pd.DataFrame) -> pd.DataFrame:
    """Return per indicator the activities that name it: how many, which, whose, and their fate."""
    link = konteks.kaitan
    facts = usulan[["id_kegiatan", "kode_sub_kegiatan", "opd"]].assign(nasib=choose_nasib(usulan))
    rows = link.merge(facts, on="id_kegiatan", how="left").sort_values("id_kegiatan")
    rows = rows.assign(diteruskan=rows["nasib"].isin(DITERUSKAN).fillna(False).astype(bool))
    grouped = rows.groupby("kode_indikator", sort=False)
    ids, codes, owners, fates = (
        gather(rows["kode_indikator"], rows[name]).values()
        for name in ("id_kegiatan", "kode_sub_kegiatan", "opd", "nasib")
    )
    return pd.DataFrame(
        {"jumlah_kegiatan": grouped.size(), "diteruskan": grouped["diteruskan"].any()}
    ).assign(
        kegiatan=[_join(each) for each in ids],
        kode_sub_kegiatan=[_join(each) for each in codes],
        opd_kegiatan=[_join(each) for each in owners],
        nasib_kegiatan=[_tally(each) for each in fates],
    )


def _join(values: list[str]) -> Any:
    return "; ".join(dict.fromkeys(values)) or pd.NA


def _tally(words: list[str]) -> str:
    counts = sorted(Counter(words).items(), key=lambda item: (-item[1], item[0]))
    return "; ".join(f"{count} {word}" for word, count in counts)


def _ask(frame: pd.DataFrame) -> pd.Series:
    """Return the question on an indicator without activity, or with none that goes on."""
    rules = load_aturan_usulan().kesenjangan
    served = frame["jumlah_kegiatan"]
    none = (served == 0).fillna(False).astype(bool)
    ended = (served > 0).fillna(False).astype(bool) & ~frame["diteruskan"].eq(True).fillna(
        False
    ).astype(bool)
    text = np.select(
        [none, ended], [rules.pertanyaan_tanpa_kegiatan, rules.pertanyaan_tidak_diteruskan], ""
    )
    return pd.Series(text, frame.index, dtype="string").replace("", pd.NA)
