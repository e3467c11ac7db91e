"""Which places and indicators a comparison draws, and how their names stand on paper."""

from __future__ import annotations

import pandas as pd

from reviu_lib.formatting import format_tanggal, join_list
from reviu_lib.hasil import HasilBanding
from reviu_lib.report.grafik.gaya import Bagan, Tulisan, complete
from reviu_lib.report.susunan import fill_words, load_susunan_gambar

# The most rows and panels that can still be read at the width of a page; the rest is in the tables.
BARIS_MAKS, PANEL_MAKS = 40, 24
INDIKATOR_MAKS = 4
_TANGGAL_DISEBUT = 3


def pick_places(banding: HasilBanding, most: int) -> pd.Series:
    """Return code → name of the places to draw, in the order asked for.

    Beyond `most` those come first that the table perhatian puts first.
    """
    frame = banding.peserta
    names = frame[frame["keadaan"].eq("dibandingkan")].set_index("kode_kabupaten")["kabupaten"]
    first = set(banding.perhatian["kode_kabupaten"].head(most))
    return names if len(names) <= most else names[names.index.isin(first)]


def say_how_many(banding: HasilBanding, most: int) -> str:
    """Return ` (40 dari 514 kabupaten/kota; …)` where not all are drawn, else nothing."""
    there = len(banding.perhatian)
    if there <= most:
        return ""
    return f"; {most} dari {there} kabupaten/kota digambar, selebihnya pada tabel"


def pick_indikator(banding: HasilBanding, most: int = INDIKATOR_MAKS) -> list[str]:
    """Return codes of the indicators to draw: those that tell most places apart, then by code."""
    rows = banding.peringkat[banding.peringkat["kode_indikator"].notna()]
    apart = rows["posisi"].isin(["separuh atas", "separuh bawah"])
    counts = rows.assign(_beda=apart, _ada=rows["jumlah_tempat"].fillna(0).astype(int))
    counts = counts.groupby("kode_indikator")[["_beda", "_ada"]].sum().reset_index()
    order = counts.sort_values(["_beda", "_ada", "kode_indikator"], ascending=[False, False, True])
    return [str(kode) for kode in order["kode_indikator"].head(most)]


def finish_banding(bagan: Bagan, banding: HasilBanding, nama: str, tulisan: Tulisan) -> Bagan:
    """Return the figure of several kabupaten; one of them synthetic marks it as example."""
    sumber = fill_words(load_susunan_gambar()[nama].sumber, banding.tahun)
    line = f"Sumber: {sumber}; {_say_dates(banding)}"
    return complete(bagan, tulisan, line, contoh=banding.contoh)


def _say_dates(banding: HasilBanding) -> str:
    days = sorted(set(banding.peserta["tanggal_cutoff"].dropna()))
    if len(days) > _TANGGAL_DISEBUT:
        return "batas data berbeda-beda, pada tabel peserta"
    return f"batas data {join_list([format_tanggal(day) for day in days])}"
