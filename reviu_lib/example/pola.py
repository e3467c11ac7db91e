"""Patterns of measuring planted in three puskesmas, which the review must name and no other.

Heights rounded to halves, heights of short children lifted to just above -2 SD, and children
listed a second time. The area of a puskesmas is one kecamatan.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.example.skenario import Skenario, load_desa, planted
from reviu_lib.growth import compute_measure_from_z, compute_zscores

DIBULATKAN, DISESUAIKAN, GANDA = "dibulatkan", "disesuaikan", "ganda"
# z from which heights are lifted, and the band just above -2 SD in which they land.
_Z_DIGESER = (-2.7, -2.0)
_Z_TUJUAN = (-1.97, -1.92)
_HARI_BERDIRI = 731
_SELISIH_CM = 0.7


def plant_heights(frame: pd.DataFrame, skenario: Skenario, bulan: str) -> pd.DataFrame:
    """Return the visits with planted heights; `pola` says which, "" for all others."""
    frame = frame.assign(pola="")
    rounded = _choose(frame, skenario, bulan, DIBULATKAN)
    frame = _mark(frame, rounded, DIBULATKAN, (frame["tinggi_cm"] * 2).round() / 2)
    z = compute_zscores(frame.rename(columns={"jk": "jenis_kelamin"}))["z_tbu"]
    short = frame[z.between(*_Z_DIGESER, inclusive="left")]
    lifted = short.index[_choose(short, skenario, bulan, DISESUAIKAN)]
    return _mark(frame, lifted, DISESUAIKAN, _lifted_height(frame, skenario, bulan))


def plant_doubles(frame: pd.DataFrame, skenario: Skenario, bulan: str) -> pd.DataFrame:
    """Return the visits, with the planted number of children listed again without a NIK."""
    rows = _choose(frame, skenario, bulan, GANDA)
    again = frame.iloc[rows].assign(pola=GANDA, nik=pd.NA)
    return pd.concat([frame, again.astype(frame.dtypes.to_dict())], ignore_index=True)


_BERKAS = {
    DIBULATKAN: ("PEMBULATAN_TINGGI", "puskesmas_pembulatan"),
    DISESUAIKAN: ("TINGGI_DISESUAIKAN", "puskesmas_disesuaikan"),
    GANDA: ("ANAK_GANDA", "puskesmas_ganda"),
}


def _choose(frame: pd.DataFrame, skenario: Skenario, bulan: str, pola: str) -> np.ndarray:
    """Return the positions of the planted number of rows in the puskesmas of that pattern."""
    kode, tempat = _BERKAS[pola]
    count = planted(skenario, bulan.lower()).get(kode, 0)
    kecamatan = load_desa(skenario.kode)["kode_kecamatan"].to_numpy()[frame["baris_desa"]]
    here = np.flatnonzero(kecamatan == skenario.kabupaten[tempat])
    return skenario.rng(f"{pola}/{bulan}").permutation(here)[:count]


def _mark(frame: pd.DataFrame, rows: np.ndarray, pola: str, tinggi: pd.Series) -> pd.DataFrame:
    chosen = frame.index.isin(rows)
    return frame.assign(
        tinggi_cm=frame["tinggi_cm"].mask(chosen, tinggi), pola=frame["pola"].mask(chosen, pola)
    )


def _lifted_height(frame: pd.DataFrame, skenario: Skenario, bulan: str) -> pd.Series:
    """Return heights as the scale would show them for a z just above -2."""
    z = skenario.rng(f"tujuan/{bulan}").uniform(*_Z_TUJUAN, len(frame))
    length = compute_measure_from_z(
        "tbu", z, jenis_kelamin=frame["jk"], usia_hari=frame["usia_hari"]
    )
    return pd.Series(length - shown_difference(frame), frame.index).round(1)


def shown_difference(frame: pd.DataFrame) -> np.ndarray:
    """Return how much longer the body is than the scale shows when measured the other way."""
    standing = frame["cara_ukur"].to_numpy() == "Berdiri"
    other_way = standing != (frame["usia_hari"].to_numpy() >= _HARI_BERDIRI)
    return np.where(other_way, np.where(standing, _SELISIH_CM, -_SELISIH_CM), 0.0)
