"""Supply of the services: what is available against what is needed, beside the linked coverage.

kecukupan = ketersediaan / kebutuhan x 100, summed over the places that know both before dividing.
A supply of the kabupaten as a whole is taken where no place reports it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.review.capaian.tren import is_worse
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import TAK_DINILAI, compute_persen, persen

KURANG, CUKUP, LEBIH = "kurang", "cukup", "melebihi kebutuhan"
_SIFAT = ["nama", "satuan", "opd", "kode_indikator"]
_TERKAIT = {
    "indikator": "indikator",
    "capaian_persen": "capaian_terkait_persen",
    "status_capaian": "status_terkait",
    "perubahan": "perubahan_terkait",
}


def compute_pasokan(konteks: Konteks, cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return the table pasokan: per supply indicator the kabupaten row, then its places."""
    rows = _places(konteks)
    if rows.empty:
        return pd.DataFrame(columns=["baris"])
    whole = pd.DataFrame([_pool(konteks, kode, part) for kode, part in rows.groupby("kode")])
    frame = pd.concat([whole, rows[rows["tingkat"] != "kabupaten"]], ignore_index=True)
    ratio = compute_persen(frame["ketersediaan"], frame["kebutuhan"])
    short = frame["kekurangan"].fillna(_shortfall(frame))
    frame = frame.assign(
        kecukupan_persen=ratio, kekurangan=short.where(ratio.notna()), kecukupan=_state(ratio)
    )
    order = frame["tingkat"].ne("kabupaten")
    frame = frame.assign(urut=order).sort_values(["kode", "urut"], kind="stable")
    return _beside_coverage(frame.reset_index(drop=True), cakupan)


def _shortfall(frame: pd.DataFrame) -> pd.Series:
    """Return what is lacking, never below nothing; missing where either figure is."""
    return (frame["kebutuhan"] - frame["ketersediaan"]).clip(lower=0)


def _places(konteks: Konteks) -> pd.DataFrame:
    """Return the rows of the sheet with tingkat, wilayah, and their key."""
    rows = konteks.bahan.pasokan
    tingkat = np.select(
        [rows["kode_desa"].notna(), rows["puskesmas"].notna()], ["desa", "puskesmas"], "kabupaten"
    )
    place = rows["kode_desa"].fillna(rows["puskesmas"]).fillna("kabupaten")
    wilayah = rows["kode_desa"].map(konteks.wilayah).astype("string").fillna(place)
    wilayah = wilayah.mask(tingkat == "kabupaten", konteks.bahan.nama)
    placed = rows.assign(tingkat=tingkat, wilayah=wilayah, baris=rows["kode"] + "@" + place)
    return placed.sort_values("baris", kind="stable", ignore_index=True)


def _pool(konteks: Konteks, kode: str, part: pd.DataFrame) -> dict[str, Any]:
    """Return the kabupaten row of one supply indicator."""
    places = part[part["tingkat"] != "kabupaten"]
    counted = places if len(places) else part
    whole = counted[counted["ketersediaan"].notna() & counted["kebutuhan"].notna()]
    total = _expected(konteks, places)
    return {
        "baris": f"{kode}@kabupaten",
        "kode": kode,
        "tingkat": "kabupaten",
        "wilayah": konteks.bahan.nama,
        **part[_SIFAT].bfill().iloc[0].to_dict(),
        "ketersediaan": whole["ketersediaan"].sum(min_count=1),
        "kebutuhan": whole["kebutuhan"].sum(min_count=1),
        # What one place has too much of is not where another lacks it.
        "kekurangan": _shortfall(whole).sum(min_count=1),
        "jumlah_tempat": total,
        "jumlah_tempat_lengkap": len(whole) if len(places) else None,
        "jumlah_tempat_kurang": int((whole["ketersediaan"] < whole["kebutuhan"]).sum())
        if len(places)
        else None,
        "status_data": _completeness(konteks, len(whole), total),
    }


def _expected(konteks: Konteks, places: pd.DataFrame) -> int | None:
    """Return how many places there should be: every desa, or the puskesmas that are listed."""
    if places.empty:
        return None
    return len(konteks.desa) if places["tingkat"].eq("desa").any() else len(places)


def _completeness(konteks: Konteks, whole: int, total: int | None) -> str:
    if total is None:
        return "rekap kabupaten" if whole else "tidak tersedia"
    if not whole:
        return "tidak tersedia"
    least = konteks.ambang["kelengkapan_minimum_persen"]
    share = persen(whole, total)
    return "lengkap" if share >= 100 else "sebagian" if share >= least else "sementara"


def _state(ratio: pd.Series) -> np.ndarray:
    return np.select(
        [ratio < 100, ratio == 100, ratio > 100], [KURANG, CUKUP, LEBIH], default=TAK_DINILAI
    )


def _beside_coverage(frame: pd.DataFrame, cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the coverage of the linked indicator in the kabupaten beside them."""
    rows = cakupan[cakupan["tingkat"] == "kabupaten"].set_index("kode_indikator")
    rows = rows.assign(perubahan=_change(rows))
    linked = rows.reindex(frame["kode_indikator"])[list(_TERKAIT)].rename(columns=_TERKAIT)
    return frame.join(linked.set_axis(frame.index))


def _change(rows: pd.DataFrame) -> pd.Series:
    """Return membaik, memburuk, or tetap by the direction of each indicator; missing if unknown."""
    moved = rows["status_tren"].isin(["naik", "turun"])
    words = np.select(
        [rows["status_tren"].eq("tetap"), is_worse(rows), moved],
        ["tetap", "memburuk", "membaik"],
        default="",
    )
    return pd.Series(words, index=rows.index, dtype="string").replace("", pd.NA)


def summarize_pasokan(konteks: Konteks, frame: pd.DataFrame) -> dict[str, Any]:
    """Return how many supply indicators are filled, fall short, and officially exist."""
    group = konteks.aturan.pasokan
    rows = frame[frame["tingkat"] == "kabupaten"] if len(frame) else frame
    filled = rows[rows["kecukupan"] != TAK_DINILAI] if len(rows) else rows
    return {
        "jumlah_pasokan": len(filled),
        "jumlah_pasokan_resmi": group.jumlah_resmi if group else None,
        "jumlah_pasokan_kurang": int((filled["kecukupan"] == KURANG).sum()) if len(filled) else 0,
    }
