"""Scatter of desa by prevalence and coverage gap, parted at the median of the kabupaten."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from reviu_lib.formatting import format_number
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.grafik.gaya import (
    GARIS,
    SERI,
    TINTA,
    WARNA,
    Bagan,
    Tulisan,
    empty_bagan,
    finish,
    format_axis,
    new_bagan,
    styled,
)

_X, _Y = "rerata_kesenjangan_poin", "prevalensi_persen"
# Lokus of the year: word, marker, colour, size.
_GAYA = {
    True: ("lokus", "^", WARNA["buruk"], 40),
    False: ("bukan lokus", "o", SERI[0], 26),
}
_LAIN = ("lokus tidak diketahui", "o", SERI[0], 26)
# Quadrant: its words, and where they stand in the axes.
_SUDUT = {
    "I": ("I: stunting tinggi, layanan kurang", (0.99, 0.97), "right"),
    "II": ("II: stunting tinggi", (0.01, 0.97), "left"),
    "III": ("III: layanan kurang", (0.99, 0.03), "right"),
    "IV": ("IV: keduanya rendah", (0.01, 0.03), "left"),
}


@styled
def plot_kuadran(hasil: HasilReviu) -> Bagan:
    """Return one point per desa; hollow where its data are not reliable; nobody is named."""
    rows = hasil.konvergensi_desa.dropna(subset=[_X, _Y, "kuadran"])
    numbers = hasil.ringkasan.set_index("baris")["nilai"]
    split = [numbers.get(f"kuadran_{name}") for name in ("kesenjangan_poin", "prevalensi_persen")]
    if rows.empty or pd.isna(split).any():
        return empty_bagan("Prevalensi dan kesenjangan cakupan per desa tidak tersedia.")
    bagan = new_bagan(4.0)
    axes = bagan.subplots()
    axes.axvline(split[0], color=GARIS, linewidth=1.2, zorder=0)
    axes.axhline(split[1], color=GARIS, linewidth=1.2, zorder=0)
    for lokus in (False, True, None):
        _draw(axes, rows, lokus)
    axes.set_xlim(0, max(float(rows[_X].max()) * 1.1, 1))
    axes.set_ylim(0, max(float(rows[_Y].max()) * 1.15, 1))
    for words, place, side in _SUDUT.values():
        _write_corner(axes, words, place, side)
    axes.set_xlabel("Rata-rata kekurangan cakupan terhadap target (poin)")
    axes.set_ylabel("Prevalensi stunting register (persen)")
    for name in ("x", "y"):
        format_axis(axes, name)
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8, labelspacing=0.7)
    return finish(bagan, hasil, "kuadran", _words(rows))


def _write_corner(axes: Axes, words: str, place: tuple[float, float], side: str) -> None:
    paper = {"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 1}
    axes.text(
        *place, words, transform=axes.transAxes, ha=side, va="bottom" if place[1] < 0.5 else "top",
        color=TINTA, fontsize=8, fontweight="bold", zorder=4, bbox=paper,
    )  # fmt: skip


def _draw(axes: Axes, rows: pd.DataFrame, lokus: bool | None) -> None:
    """Draw lokus, other desa, or those of which it is not known, filled where data are reliable."""
    column = rows["lokus_tahun_ini"]
    chosen = column.isna() if lokus is None else column.eq(lokus).fillna(False).astype(bool)
    word, marker, colour, size = _LAIN if lokus is None else _GAYA[lokus]
    sound = rows["data_andal"].fillna(False).astype(bool)
    for part, note in ((rows[chosen & sound], ""), (rows[chosen & ~sound], ", data tidak andal")):
        if len(part):
            axes.scatter(
                part[_X], part[_Y], marker=marker, s=size, linewidths=0.9, zorder=3,
                facecolors="white" if note else colour, edgecolors=colour,
                label=f"{word}{note} ({len(part)})",
            )  # fmt: skip


def _words(rows: pd.DataFrame) -> Tulisan:
    counts = rows["kuadran"].value_counts()
    first = rows[rows["kuadran"].eq("I")]
    sound = int(first["data_andal"].fillna(False).sum())
    judul = (
        f"{format_number(len(first))} dari {format_number(len(rows))} desa/kelurahan berada pada "
        f"kuadran I; {format_number(sound)} di antaranya berdata andal"
    )
    shown = "; ".join(f"kuadran {name} {counts.get(name, 0)} desa" for name in _SUDUT)
    ukuran = "Garis: batas tengah kabupaten. Titik kosong: data tidak andal. Bukan peringkat"
    return Tulisan(judul, ukuran, f"Diagram sebar. {judul}. Sebaran: {shown}.")
