"""Dirt planted in the e-PPGBM exports: first in the measurements, then in the cells.

Every kind takes rows of its own, so that each is there exactly as often as `tanam.toml` says.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from reviu_lib.example.skenario import Skenario, planted
from reviu_lib.growth import compute_zscores

Rows = np.ndarray
_Z = ["z_tbu", "z_bbu", "z_bbtb"]
_USIA_AMAN = (200, 1500)  # days: far enough from the limits that one defect brings no second one
_NIK_BERAKHIR_KECIL = 10
SENTINEL = 999.99
_TAHUN_DEPAN = 20


def pick_rows(frame: pd.DataFrame, skenario: Skenario, berkas: str) -> dict[str, Rows]:
    """Return kode → row positions, none shared between two kinds."""
    serial = frame["nik"].str[-4:].astype("Int64")
    usable = (
        frame["usia_hari"].between(*_USIA_AMAN)
        & frame["pola"].eq("")
        & (serial < _NIK_BERAKHIR_KECIL).fillna(False).astype(bool)
    )
    pool = skenario.rng(f"tanam/{berkas}").permutation(np.flatnonzero(usable))
    counts = planted(skenario, berkas)
    wanted = {kode: counts[kode] for kode in (*_MEASURES, *_CELLS) if kode in counts}
    ends = np.cumsum(list(wanted.values()))
    return dict(zip(wanted, np.split(pool, ends), strict=False))


def plant_measures(frame: pd.DataFrame, rows: dict[str, Rows]) -> pd.DataFrame:
    """Return the visits with defects of measuring; z follows them where the export would."""
    frame = frame.assign(urutan=np.arange(len(frame), dtype=float))
    for kode, plant in _MEASURES.items():
        if kode in rows:
            frame = plant(frame, rows[kode])
    return frame


def plant_cells(cells: pd.DataFrame, labels: dict[str, Rows], *, comma: bool) -> pd.DataFrame:
    """Return the export with defects of single cells; `labels` are index labels of `cells`."""
    cells = cells.copy()
    for kode, plant in _CELLS.items():
        if kode in labels:
            column, values = plant(cells.loc[labels[kode]], comma)
            cells.loc[labels[kode], column] = values
    return cells


def _again(frame: pd.DataFrame, rows: Rows, **changes: pd.Series) -> pd.DataFrame:
    """Return copies of rows with changes and z of their own, placed before the originals."""
    copy = frame.loc[rows].assign(urutan=frame.loc[rows, "urutan"] - 0.5, **changes)
    z = compute_zscores(copy.rename(columns={"jk": "jenis_kelamin"}))[_Z]
    return pd.concat([frame, copy.assign(**z)], ignore_index=True)


def _twice_a_day(frame: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    return _again(frame, rows, berat_kg=(frame.loc[rows, "berat_kg"] + 0.3).round(1))


def _twice_a_month(frame: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    first = frame.loc[rows]
    earlier = {
        "tanggal": first["tanggal"] - pd.Timedelta(days=1),
        "usia_hari": first["usia_hari"] - 1,
    }
    return _again(frame, rows, berat_kg=(first["berat_kg"] - 0.2).round(1), **earlier)


def _too_old(frame: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    age = 1830 + np.arange(len(rows)) * 5
    return _change(
        frame,
        rows,
        usia_hari=age,
        lahir=frame.loc[rows, "tanggal"] - pd.to_timedelta(age, unit="D"),
        **dict.fromkeys(_Z, np.nan),
    )


def _no_height(frame: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    return _change(frame, rows, tinggi_cm=0.0, z_tbu=np.nan, z_bbtb=np.nan)


def _edited_later(frame: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    return _change(frame, rows, tinggi_cm=(frame.loc[rows, "tinggi_cm"] + 3).round(1))


def _sentinel(frame: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    return _change(frame, rows, z_bbtb=SENTINEL)


def _future(frame: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    later = frame.loc[rows, "tanggal"] + pd.DateOffset(years=_TAHUN_DEPAN)
    return _change(frame, rows, tanggal=later)


def _change(frame: pd.DataFrame, rows: Rows, **values: object) -> pd.DataFrame:
    frame = frame.copy()
    for column, value in values.items():
        frame.loc[rows, column] = value
    return frame


Cells = tuple[str, object]


def _with_spaces(cells: pd.DataFrame, comma: bool) -> Cells:
    tails = np.where(np.arange(len(cells)) % 2, "\u00a0", "  ")
    return "Desa/Kel", cells["Desa/Kel"] + tails


def _misspelled(cells: pd.DataFrame, comma: bool) -> Cells:
    return "Desa/Kel", cells["Desa/Kel"].str[:-1] + "KH"


def _as_text(cells: pd.DataFrame, comma: bool) -> Cells:
    """Write the weight with the decimal mark that the rest of the file does not use."""
    mark = "." if comma else ","
    return "Berat", [f"{value:.1f}".replace(".", mark) for value in cells["Berat"]]


def _broken_nik(cells: pd.DataFrame, comma: bool) -> Cells:
    """Write the NIK as Excel keeps a number: 15 digits, the last one lost."""
    numbers = [float(text[:-1] + "0") for text in cells["NIK"]]
    if not comma:
        return "NIK", numbers
    return "NIK", [f"{number:.14E}".replace(".", ",").replace("E+15", "E+15") for number in numbers]


def _constant(column: str, value: object) -> Callable[[pd.DataFrame, bool], Cells]:
    return lambda cells, comma: (column, value)


_MEASURES: dict[str, Callable[[pd.DataFrame, Rows], pd.DataFrame]] = {
    "USIA_60_BULAN": _too_old,
    "TINGGI_NOL": _no_height,
    "Z_SENTINEL": _sentinel,
    "Z_TIDAK_SESUAI": _edited_later,
    "TANGGAL_DEPAN": _future,
    "GANDA_TANGGAL_SAMA": _twice_a_day,
    "UKUR_DUA_KALI": _twice_a_month,
}
_CELLS: dict[str, Callable[[pd.DataFrame, bool], Cells]] = {
    "SPASI_NBSP": _with_spaces,
    "KOMA_TEKS": _as_text,
    "TITIK_TEKS": _as_text,
    "LILA_NOL": _constant("LiLA", 0.0),
    "LILA_STRIP": _constant("LiLA", "-"),
    "NIK_KOSONG": _constant("NIK", None),
    "NIK_ANGKA": _broken_nik,
    "DESA_SALAH_EJA": _misspelled,
    "TEKS_DI_ANGKA": _constant("Berat", "lupa timbang"),
}
