"""Comparison with last year: within one kind of denominator, and never across a jump of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.formatting import format_value
from reviu_lib.review.konteks import Konteks

_JENIS_BEDA = "jenis penyebut kedua tahun berbeda"
_JENIS_CAMPUR = "jenis penyebut bercampur"
_TANPA_TAHUN_LALU = "angka tahun lalu tidak tersedia"
_TANPA_TAHUN_INI = "angka tahun ini tidak tersedia"
_JENIS_TAK_DINYATAKAN = "jenis penyebut tidak dinyatakan pada kedua tahun"


def compare_tahun_lalu(frame: pd.DataFrame, lalu: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return the columns of last year and of the change, for rows keyed as `frame`.

    Both frames carry kode_indikator, kode_wilayah, capaian_persen, penyebut, jenis_penyebut.
    Returns capaian_lalu_persen, penyebut_lalu, tren_poin, status_tren, alasan_tren. The change is
    withheld when the kinds of denominator differ or the denominator moved by more than the
    threshold; both counts stay visible.
    """
    key = ["kode_indikator", "kode_wilayah"]
    before = frame[key].merge(lalu, on=key, how="left")
    before.index = frame.index
    reason = _reason(frame, before, konteks.ambang["perubahan_penyebut_maks_persen"])
    both = frame["capaian_persen"].notna() & before["capaian_persen"].notna()
    comparable = both & (reason.isna() | (reason == _JENIS_TAK_DINYATAKAN))
    change = (frame["capaian_persen"] - before["capaian_persen"]).where(comparable)
    return pd.DataFrame(
        {
            "capaian_lalu_persen": before["capaian_persen"],
            "penyebut_lalu": before["penyebut"],
            "tren_poin": change,
            "status_tren": _direction(change, both),
            "alasan_tren": reason,
        }
    )


def _direction(change: pd.Series, both: pd.Series) -> np.ndarray:
    names = [change > 0, change < 0, change == 0, both]
    return np.select(
        names, ["naik", "turun", "tetap", "tidak dapat dibandingkan"], default="tidak tersedia"
    )


def _reason(now: pd.DataFrame, before: pd.DataFrame, most: float) -> pd.Series:
    """Return why a comparison is withheld or to be read with care; missing when nothing is."""
    kind_now, kind_before = (part["jenis_penyebut"].fillna("") for part in (now, before))
    shift = (now["penyebut"] - before["penyebut"]).abs() * 100
    limit = format_value(most, "desimal")
    reason = np.select(
        [
            before["capaian_persen"].isna(),
            now["capaian_persen"].isna(),
            kind_now != kind_before,
            kind_now == "campuran",
            shift > before["penyebut"] * most,
            kind_now == "",
        ],
        [
            _TANPA_TAHUN_LALU,
            _TANPA_TAHUN_INI,
            _JENIS_BEDA,
            _JENIS_CAMPUR,
            f"ditahan: penyebut berubah lebih dari {limit} persen",
            _JENIS_TAK_DINYATAKAN,
        ],
        default="",
    )
    return pd.Series(reason, index=now.index, dtype="string").replace("", pd.NA)
