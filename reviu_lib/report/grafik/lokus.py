"""Chart of what stands behind the score of each proposed lokus."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes

from reviu_lib.formatting import format_number
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.grafik.gaya import (
    SERI,
    Bagan,
    Tulisan,
    empty_bagan,
    finish,
    list_some,
    new_bagan,
    set_labels,
    share_rows,
    styled,
    write,
)

_PALING_BANYAK, _LEBAR_NAMA = 25, 40
_KOMPONEN = (
    ("skor", "Skor\n(0–100)", 1),
    ("prevalensi_persen", "Prevalensi\n(persen)", 1),
    ("stunting", "Balita\nstunting", 0),
    ("rerata_kesenjangan_poin", "Kesenjangan\ncakupan (poin)", 1),
)


@styled
def plot_lokus(hasil: HasilReviu) -> Bagan:
    """Return the first proposed desa with score and components side by side, each its own scale."""
    rows = hasil.usulan_lokus
    rows = rows[rows["usulan"].eq("diusulkan lokus")].sort_values("urutan", kind="stable")
    if rows.empty:
        return empty_bagan("Tidak ada desa yang diusulkan menjadi lokus.")
    shown = rows.head(_PALING_BANYAK)
    pairs = zip(shown["desa"], shown["kecamatan"], strict=True)
    names = [_wrap(f"{desa} ({kecamatan})") for desa, kecamatan in pairs]
    lines = max(name.count("\n") for name in names) + 1
    bagan = new_bagan(1.9 + (0.12 + 0.12 * lines) * len(shown))
    panels = bagan.subplots(1, len(_KOMPONEN), sharey=True, squeeze=False)[0]
    for position, (axes, (kolom, title, decimals)) in enumerate(
        zip(panels, _KOMPONEN, strict=True)
    ):
        _draw_component(
            axes, shown[kolom].astype("float64"), decimals, SERI[0] if position == 0 else "#9DB8CC"
        )
        axes.set_title(title, fontsize=8.5)
    set_labels(panels[0], names)
    share_rows(panels[1:])
    return finish(bagan, hasil, "lokus", _words_of_lokus(hasil, rows, shown))


def _wrap(name: str) -> str:
    """Return a long name whole, on as many lines as it needs."""
    return textwrap.fill(name, _LEBAR_NAMA, break_long_words=False)


def _draw_component(axes: Axes, values: pd.Series, decimals: int, colour: str) -> None:
    axes.barh(range(len(values)), values.fillna(0), color=colour, height=0.66)
    for place, value in enumerate(values):
        write(axes, (value, place), format_number(value, decimals), shift=(3, 0), size=7.5)
    top = float(values.max()) if values.notna().any() else 1.0
    axes.set_xlim(0, max(top, 1.0) * 1.35)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _words_of_lokus(hasil: HasilReviu, rows: pd.DataFrame, shown: pd.DataFrame) -> Tulisan:
    kecamatan = shown["kecamatan"].value_counts()
    spread = f"{rows['kecamatan'].nunique()} kecamatan"
    judul = f"{len(rows)} desa/kelurahan di {spread} diusulkan menjadi lokus {hasil.tahun + 1}"
    ukuran = "Urutan skor bukan peringkat mutu desa; rapat yang memutuskan"
    if len(rows) > len(shown):
        ukuran = f"Digambar {len(shown)} desa dengan skor tertinggi. {ukuran}"
    alt = f"Diagram batang komponen skor. {judul}. Terbanyak di {list_some(list(kecamatan.index))}."
    return Tulisan(judul, ukuran, alt)
