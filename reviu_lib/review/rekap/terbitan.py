"""Figures of this kabupaten in published tables, recomputed, beside those of its province."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviu_lib.review.konteks import Konteks
from reviu_lib.review.rasio import compute_persen

_PROVINSI = "provinsi"
_UKURAN = ["berkas", "indikator", "kelompok", "tahun"]
# Half a step of print, computed in binary: 91.45 - 91.40 is a little more than 0.05.
_GALAT_BINER = 1e-9


def compute_terbitan(konteks: Konteks) -> pd.DataFrame:
    """Return the table angka_terbit: one row per place, indicator, and group of a published table.

    persen_hitung = pembilang / penyebut x 100, missing where either is or penyebut is 0;
    selisih_poin = printed - recomputed; provinsi_persen is the figure of the province's own row
    of the same table (recomputed, else printed). Years other than the reviewed one stay out.
    """
    rows = konteks.bahan.capaian_terbit
    rows = rows.assign(baris=_row_keys(rows))
    rows = rows.loc[rows["tahun"].isna() | rows["tahun"].eq(konteks.bahan.tahun).fillna(False)]
    rows = rows.assign(persen_hitung=compute_persen(rows["pembilang"], rows["penyebut"]))
    above = rows["tingkat"].eq(_PROVINSI).fillna(False)
    known = rows.loc[above].assign(
        provinsi_persen=rows["persen_hitung"].fillna(rows["persen"].astype("float64"))
    )
    province = known[[*_UKURAN, "provinsi_persen"]].drop_duplicates(_UKURAN)
    own = rows.loc[~above].merge(province, on=_UKURAN, how="left")
    return own.rename(columns={"persen": "persen_tercetak"}).assign(
        selisih_poin=own["persen"].astype("float64") - own["persen_hitung"],
    )[_KOLOM]


_KOLOM = [
    "baris", "berkas", "tingkat", "wilayah", "indikator", "kelompok", "penyebut_nama", "pembilang",
    "penyebut", "persen_tercetak", "persen_hitung", "selisih_poin", "provinsi_persen",
    "kode_indikator",
]  # fmt: skip


def _row_keys(rows: pd.DataFrame) -> pd.Series:
    """Return T-1, T-2, … by row of capaian_terbit: names are too free to be an address."""
    return pd.Series([f"T-{number}" for number in range(1, len(rows) + 1)], index=rows.index)


def summarize_terbitan(frame: pd.DataFrame, konteks: Konteks) -> dict[str, Any]:
    """Return how many figures there are, could be recomputed, and differ by more than print."""
    if frame.empty:
        return {}
    limit = konteks.ambang["toleransi_persen_terbit"] + _GALAT_BINER
    return {
        "jumlah_angka_terbit": len(frame),
        "jumlah_angka_terbit_dihitung": frame["selisih_poin"].notna().sum(),
        "jumlah_angka_terbit_berbeda": (frame["selisih_poin"].abs() > limit).sum(),
    }
