"""Which way coverage moved since last year, where that can be told."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from reviu_lib.review.capaian.cakupan import KUNCI
from reviu_lib.review.konteks import Konteks

MEMBAIK = "membaik"
MEMBURUK = "memburuk"
TETAP = "tetap"
TAK_BANDING = "tidak dapat dibandingkan"


def compute_gerak(konteks: Konteks, cakupan: pd.DataFrame) -> pd.DataFrame:
    """Return per indicator and place the columns KUNCI, tren_poin, gerak; kabupaten and kecamatan.

    gerak is membaik, memburuk, tetap, or tidak dapat dibandingkan: without last year's figure, with
    completeness below the threshold, or where the shorter or longer year of a cumulative indicator
    could explain the change. Changes smaller than `gerak_indikator_poin` are tetap.
    """
    own = cakupan[cakupan["tingkat"].isin(["kabupaten", "kecamatan"])]
    change = own["tren_poin"].astype("float64")
    moved = change.mask(change.abs() < konteks.ambang["gerak_indikator_poin"], 0.0)
    unknown = change.isna() | (own["status_data"] == "sementara") | _doubtful(own, moved, konteks)
    better = moved.where(own["arah"] != "turun", -moved)
    words = np.select(
        [unknown, better > 0, better < 0], [TAK_BANDING, MEMBAIK, MEMBURUK], default=TETAP
    )
    return own[KUNCI].assign(tren_poin=change, gerak=words)


def _doubtful(own: pd.DataFrame, moved: pd.Series, konteks: Konteks) -> pd.Series:
    """Return True where unequal cut-offs could explain the change of a cumulative indicator.

    A shorter year can only lower the sum, so that a rise stands; a longer year the reverse.
    """
    longer = compare_batas(konteks)
    stands = np.sign(moved).eq(-longer)
    return is_kumulatif(own["kode_indikator"], konteks) & (longer != 0) & ~stands


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
