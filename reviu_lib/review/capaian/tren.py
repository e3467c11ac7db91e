"""Comparison with last year: one kind of denominator, no jump of it, equal parts of the year."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from reviu_lib.formatting import format_value
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import choose

_JENIS_BEDA = "jenis penyebut kedua tahun berbeda"
_JENIS_CAMPUR = "jenis penyebut bercampur"
_TANPA_TAHUN_LALU = "angka tahun lalu tidak tersedia"
_TANPA_TAHUN_INI = "angka tahun ini tidak tersedia"
_JENIS_TAK_DINYATAKAN = "jenis penyebut tidak dinyatakan pada kedua tahun"
_LEBIH_SERATUS = (
    "ditahan: angka salah satu tahun melebihi 100 persen, sehingga penyebutnya diragukan"
)
# compare_batas → why a change of a cumulative indicator is withheld.
_BATAS_BEDA = {
    -1: "ditahan: data tahun ini berhenti lebih awal daripada data tahun lalu",
    1: "ditahan: data tahun lalu berhenti lebih awal daripada data tahun ini",
}
# The reasons above: the two figures stand, only the direction of time between them is unknown.
DITAHAN_BATAS = frozenset(_BATAS_BEDA.values())
_BURUK = {"naik": "turun", "turun": "naik"}


def compare_tahun_lalu(frame: pd.DataFrame, lalu: pd.DataFrame, konteks: Konteks) -> pd.DataFrame:
    """Return the columns of last year and of the change, for rows keyed as `frame`.

    Both frames carry kode_indikator, kode_wilayah, capaian_persen, penyebut, jenis_penyebut.
    Returns capaian_lalu_persen, penyebut_lalu, tren_poin, status_tren, alasan_tren. The change is
    withheld when the kinds of denominator differ, when the denominator moved by more than the
    threshold, when either year lies above 100 percent (its denominator is in doubt, rule D10), or
    when the shorter or longer year of a cumulative indicator could explain it
    (`is_explained_by_batas`); both counts stay visible.
    """
    key = ["kode_indikator", "kode_wilayah"]
    before = frame[key].merge(lalu, on=key, how="left")
    before.index = frame.index
    reason = _reason(frame, before, konteks)
    both = frame["capaian_persen"].notna() & before["capaian_persen"].notna()
    change = (frame["capaian_persen"] - before["capaian_persen"]).astype("float64")
    allowed = reason.isna() | (reason == _JENIS_TAK_DINYATAKAN)
    cut_short = explain_batas(frame["kode_indikator"], change, konteks).where(both & allowed)
    reason = cut_short.fillna(reason)
    change = change.where(both & allowed & cut_short.isna())
    return pd.DataFrame(
        {
            "capaian_lalu_persen": before["capaian_persen"],
            "penyebut_lalu": before["penyebut"],
            "tren_poin": change,
            "status_tren": _direction(change, both),
            "alasan_tren": reason,
        }
    )


def is_explained_by_batas(kode: pd.Series, change: pd.Series, konteks: Konteks) -> pd.Series:
    """Return True where unequal cut-offs could explain the change of a cumulative indicator.

    A shorter year can only lower the sum, so that a rise stands; a longer year the reverse.
    """
    longer = compare_batas(konteks)
    stands = np.sign(change).eq(-longer)
    return is_kumulatif(kode, konteks) & (longer != 0) & ~stands


def explain_batas(kode: pd.Series, change: pd.Series, konteks: Konteks) -> pd.Series:
    """Return why unequal cut-offs withhold each change; missing where they do not."""
    reason = pd.Series(_BATAS_BEDA.get(compare_batas(konteks)), index=kode.index, dtype="string")
    return reason.where(is_explained_by_batas(kode, change, konteks))


def measure_perubahan(cakupan: pd.DataFrame) -> pd.Series:
    """Return the change since last year, also where only unequal cut-offs withhold it.

    It tells places apart and what is pressing; a rise or fall over time is asserted by tren_poin.
    """
    change = (cakupan["capaian_persen"] - cakupan["capaian_lalu_persen"]).astype("float64")
    cut_short = cakupan["alasan_tren"].isin(DITAHAN_BATAS)
    return cakupan["tren_poin"].astype("float64").fillna(change.where(cut_short))


def is_worse(cakupan: pd.DataFrame) -> pd.Series:
    """Return True where the comparable change goes against the direction of the indicator."""
    bad = cakupan["arah"].map(_BURUK)
    return cakupan["tren_poin"].notna() & (cakupan["status_tren"] == bad)


def is_denominator_moved(now: pd.Series, before: pd.Series, konteks: Konteks) -> pd.Series:
    """Return True where the denominator moved by more than `perubahan_penyebut_maks_persen`."""
    return (now - before).abs() * 100 > before * konteks.ambang["perubahan_penyebut_maks_persen"]


def is_kumulatif(kode: pd.Series, konteks: Konteks) -> pd.Series:
    """Return True for indicators that add up over the year."""
    return kode.map({key: card.waktu == "kumulatif" for key, card in konteks.indikator.items()})


def compare_batas(konteks: Konteks) -> int:
    """Return -1 when the data stop earlier in the year than last year's, 1 when later, else 0."""
    if konteks.sebelum is None:
        return 0
    now, before = (
        _day_of_year(item.tanggal_cutoff, item.tahun) for item in (konteks.bahan, konteks.sebelum)
    )
    return (now > before) - (now < before)


def _day_of_year(day: date, tahun: int) -> tuple[int, int]:
    """Return month and day, at most 31 December: later data add nothing to the year."""
    last = min(day, date(tahun, 12, 31))
    return last.month, last.day


def _direction(change: pd.Series, both: pd.Series) -> pd.Series:
    return choose(
        {
            "naik": change > 0,
            "turun": change < 0,
            "tetap": change == 0,
            "tidak dapat dibandingkan": both,
            "tidak tersedia": ~both,
        }
    )


def _reason(now: pd.DataFrame, before: pd.DataFrame, konteks: Konteks) -> pd.Series:
    """Return why a comparison is withheld or to be read with care; missing when nothing is."""
    kind_now, kind_before = (part["jenis_penyebut"].fillna("") for part in (now, before))
    limit = format_value(konteks.ambang["perubahan_penyebut_maks_persen"], "desimal")
    moved = is_denominator_moved(now["penyebut"], before["penyebut"], konteks)
    return choose(
        {
            _TANPA_TAHUN_LALU: before["capaian_persen"].isna(),
            _TANPA_TAHUN_INI: now["capaian_persen"].isna(),
            _JENIS_BEDA: kind_now != kind_before,
            _JENIS_CAMPUR: kind_now == "campuran",
            f"ditahan: penyebut berubah lebih dari {limit} persen": moved,
            _LEBIH_SERATUS: (now["capaian_persen"] > 100) | (before["capaian_persen"] > 100),
            _JENIS_TAK_DINYATAKAN: kind_now == "",
        }
    )
