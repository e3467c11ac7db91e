"""Which way coverage moved since last year, where that can be told."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.review.capaian.cakupan import KUNCI
from reviu_lib.review.capaian.tren import is_explained_by_batas
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
    unknown = change.isna() | (own["status_data"] == "sementara")
    unknown |= is_explained_by_batas(own["kode_indikator"], moved, konteks)
    better = moved.where(own["arah"] != "turun", -moved)
    words = np.select(
        [unknown, better > 0, better < 0], [TAK_BANDING, MEMBAIK, MEMBURUK], default=TETAP
    )
    return own[KUNCI].assign(tren_poin=change, gerak=words)
