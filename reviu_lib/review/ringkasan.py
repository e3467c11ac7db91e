"""The table of aggregate numbers: every declared key, once, from the tables of the result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviu_lib.catalog import load_ringkasan
from reviu_lib.errors import DefinisiError
from reviu_lib.review.capaian.cakupan import is_berdata
from reviu_lib.review.capaian.tren import is_worse
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import BELUM, TAK_DINILAI, TERCAPAI, persen


def build_ringkasan(numbers: Mapping[str, Any]) -> pd.DataFrame:
    """Return the table ringkasan: one row per declared key, missing where nothing is known.

    DefinisiError on a number whose key is not declared in definitions/ringkasan.toml.
    """
    declared = load_ringkasan()
    unknown = sorted(set(numbers) - set(declared))
    if unknown:
        raise DefinisiError(f"Kunci ringkasan tak dideklarasikan: {unknown}.")
    rows = [
        {
            "baris": kunci,
            "bab": card.bab,
            "uraian": card.uraian,
            "format": card.format,
            **_cell(kunci, numbers.get(kunci)),
        }
        for kunci, card in declared.items()
    ]
    return pd.DataFrame(rows)


def _cell(kunci: str, value: Any) -> dict[str, Any]:
    if kunci.endswith("_teks"):
        return {"nilai": float("nan"), "teks": None if pd.isna(value) else str(value)}
    missing = value is None or pd.isna(value)
    return {"nilai": float("nan") if missing else float(value), "teks": None}


def summarize_cakupan(cakupan: pd.DataFrame, konteks: Konteks) -> dict[str, Any]:
    """Return the aggregate numbers of coverage (keys of ringkasan.toml)."""
    rows = cakupan[cakupan["tingkat"] == "kabupaten"]
    berdata = is_berdata(rows)
    tercapai, belum = ((rows["status_capaian"] == name).sum() for name in (TERCAPAI, BELUM))
    changed = rows["tren_poin"].notna()
    worse = is_worse(rows)
    same = rows["status_tren"] == "tetap"
    return {
        "jumlah_indikator": len(rows),
        "jumlah_indikator_berdata": berdata.sum(),
        "jumlah_indikator_dinilai": (rows["status_capaian"] != TAK_DINILAI).sum(),
        "jumlah_indikator_tercapai": tercapai,
        "jumlah_indikator_belum": belum,
        "indikator_tercapai_persen": persen(tercapai, tercapai + belum),
        "jumlah_indikator_naik": (changed & ~worse & ~same).sum(),
        "jumlah_indikator_turun": worse.sum(),
        "jumlah_indikator_tetap": same.sum(),
        "jumlah_indikator_tak_banding": (berdata & ~changed).sum(),
        "jumlah_indikator_sementara": (rows["status_data"] == "sementara").sum(),
        "jumlah_desa": len(konteks.desa),
        "jumlah_kecamatan": konteks.desa["kode_kecamatan"].nunique(),
    }


def summarize_rekomendasi(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the number of recommendations."""
    return {"jumlah_rekomendasi": len(frame)}


def count_putusan(*tables: pd.DataFrame) -> dict[str, Any]:
    """Return how many proposals of the given tables the meeting has decided."""
    return {"jumlah_putusan": sum(int(t["putusan"].notna().sum()) for t in tables if len(t))}
