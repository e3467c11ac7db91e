"""Chart of the budget: ceiling and realisation in the three lines of intervention."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from reviu_lib.formatting import format_number, format_rupiah_ringkas, is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.grafik.gaya import (
    SERI,
    Bagan,
    Tulisan,
    empty_bagan,
    finish,
    new_bagan,
    set_labels,
    styled,
    write,
)


@styled
def plot_serapan_lini(hasil: HasilReviu) -> Bagan:
    """Return ceiling (pale) and realisation (full) per line, with the absorption in words."""
    frame = hasil.realisasi_anggaran
    rows = frame[frame["kelompok"].eq("lini") & frame["pagu_rp"].notna()]
    if rows.empty:
        return empty_bagan("Data anggaran tidak tersedia.")
    bagan = new_bagan(1.8 + 0.62 * len(rows))
    axes = bagan.subplots()
    places = list(range(len(rows)))
    pagu, realisasi = rows["pagu_rp"].astype("float64"), rows["realisasi_rp"].astype("float64")
    axes.barh(places, pagu, color="#CFE1EE", height=0.66, label="pagu")
    axes.barh(places, realisasi.fillna(0), color=SERI[0], height=0.34, label="realisasi")
    _print_absorption(axes, rows)
    set_labels(axes, [str(name) for name in rows["nama"]])
    axes.set_xlim(0, max(float(pagu.max()), 1.0) * 1.55)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.legend(loc="lower right", fontsize=8)
    return finish(bagan, hasil, "serapan_lini", _words_of_absorption(hasil, rows))


def _print_absorption(axes: Axes, rows: pd.DataFrame) -> None:
    for place, row in enumerate(rows.itertuples()):
        text = (
            f"serapan {_percent(row.serapan_persen)}\n"
            f"{format_rupiah_ringkas(row.realisasi_rp)} dari {format_rupiah_ringkas(row.pagu_rp)}"
        )
        end = max(float(row.pagu_rp), 0.0 if is_missing(row.realisasi_rp) else row.realisasi_rp)
        write(axes, (end, place), text)


def _percent(value: float) -> str:
    return "tidak tersedia" if is_missing(value) else f"{format_number(value, 1)} persen"


def _words_of_absorption(hasil: HasilReviu, rows: pd.DataFrame) -> Tulisan:
    parts = [f"{row.nama} {_percent(row.serapan_persen)}" for row in rows.itertuples()]
    judul = f"Serapan menurut lini: {'; '.join(parts)}"
    ukuran = "Rupiah sampai batas data; serapan adalah realisasi dibagi pagu"
    return Tulisan(judul, ukuran, f"Diagram batang pagu dan realisasi {hasil.nama}. {judul}.")
