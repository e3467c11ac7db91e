"""Survey and register of the same year side by side: two answers to two questions.

Never averaged, never chained; the bounds say how far the children who did not come could move the
register, and whether they alone could explain the distance to the survey.
"""

from __future__ import annotations

import pandas as pd

from reviu_lib.growth import compare_sumber
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import join_key

_DIBACA = ["kode_wilayah", "tahun", "sumber", "prevalensi_persen"]


def compute_triangulasi(konteks: Konteks, prevalensi: pd.DataFrame) -> pd.DataFrame:
    """Return the table triangulasi: one row per year and register month of the kabupaten."""
    own = prevalensi[
        (prevalensi["kode_wilayah"] == konteks.bahan.kode_kabupaten)
        & prevalensi["prevalensi_persen"].notna()
    ]
    survei = own.loc[own["jenis_angka"] == "survei", _DIBACA]
    register = own.loc[own["jenis_angka"] == "register", [*_DIBACA, "periode", "d_per_s_persen"]]
    if survei.empty or register.empty:
        return pd.DataFrame(columns=["baris"])
    frame = compare_sumber(survei, register)
    key = join_key(*(frame[name] for name in _KUNCI))
    return frame.rename(columns={"catatan": "keterangan"}).assign(baris=key)


_KUNCI = ["tahun", "sumber_survei", "sumber_register", "periode"]
