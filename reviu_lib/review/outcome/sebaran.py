"""How z is spread over the children of the reference period, beside the WHO standard."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtr

from reviu_lib.review.konteks import Konteks
from reviu_lib.review.outcome.kunjungan import INDEKS

_LEBAR = 0.5
_TEPI = np.arange(-6.0, 6.0 + _LEBAR, _LEBAR)


def compute_sebaran(konteks: Konteks) -> pd.DataFrame:
    """Return the table sebaran_z: children per half z, and the share WHO's standard expects."""
    _, visits = konteks.kunjungan_acuan
    if visits.empty:
        return pd.DataFrame(columns=["baris"])
    return pd.concat([_count(visits, indeks) for indeks in INDEKS], ignore_index=True)


def _count(visits: pd.DataFrame, indeks: str) -> pd.DataFrame:
    known = ~visits[f"ekstrem_{indeks}"].fillna(True).astype(bool) & (visits["hadir"] == 1)
    z = visits.loc[known, f"z_{indeks}"].astype("float64").dropna()
    # The half unit starts at its lower edge: -2.00 counts as not short, as everywhere.
    place = np.clip(np.floor((z + 6) / _LEBAR).astype(int), 0, len(_TEPI) - 2)
    counts = np.bincount(place, minlength=len(_TEPI) - 1)
    return pd.DataFrame(
        {
            "baris": [f"{indeks}:{edge:g}" for edge in _TEPI[:-1]],
            "indeks": indeks,
            "z_dari": _TEPI[:-1],
            "z_sampai": _TEPI[1:],
            "anak": counts,
            "porsi_persen": counts * 100 / len(z) if len(z) else np.nan,
            "porsi_who_persen": np.diff(ndtr(_TEPI)) * 100,
        }
    )
