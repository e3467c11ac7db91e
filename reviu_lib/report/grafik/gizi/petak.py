"""Desa as tiles, one row per kecamatan: what stands in for a map without boundaries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from reviu_lib.formatting import format_number
from reviu_lib.report.grafik.gaya import set_labels, shorten
from reviu_lib.report.grafik.gizi.kelas import TANPA_DATA, KelasWarna

_PER_BARIS, _TINGGI_BARIS, _SEDIKIT = 24, 0.27, 7


def _lines(rows: pd.DataFrame) -> list[tuple[str, list[float]]]:
    """Return the values of each kecamatan from high to low, in lines of at most `_PER_BARIS`."""
    lines = []
    for kode, part in rows.groupby("_kecamatan", sort=True):
        values = part["_nilai"].astype(float).sort_values(ascending=False).tolist()
        for start in range(0, len(values), _PER_BARIS):
            lines.append(("" if start else str(kode), values[start : start + _PER_BARIS]))
    return lines


def tile_height(rows: pd.DataFrame) -> float:
    """Return the height of the figure in inches."""
    return 1.5 + _TINGGI_BARIS * max(len(_lines(rows)), _SEDIKIT)


def draw_tiles(axes: Axes, rows: pd.DataFrame, names: Mapping[str, str], kelas: KelasWarna) -> None:
    """Draw a tile with its value for each desa; `rows` has `_kecamatan` and `_nilai`."""
    lines = _lines(rows)
    for place, (_, values) in enumerate(lines):
        for column, value in enumerate(values):
            _draw_tile(axes, (column, place), value, kelas)
    set_labels(axes, [shorten(str(names.get(kode, kode)), 24) for kode, _ in lines])
    axes.set_xlim(0, max(_SEDIKIT, *(len(values) for _, values in lines)))
    axes.set_xticks([])
    for side in axes.spines.values():
        side.set_visible(False)


def _draw_tile(axes: Axes, place: tuple[int, int], value: float, kelas: KelasWarna) -> None:
    known = not pd.isna(value)
    style: dict[str, Any] = {"facecolor": kelas.colour(value)} if known else TANPA_DATA
    column, line = place
    axes.add_patch(Rectangle((column, line - 0.45), 0.94, 0.9, linewidth=0, **style))
    if known:
        axes.text(column + 0.47, line, format_number(value, 1), ha="center", va="center",
                  fontsize=6.5, color=kelas.ink(value))  # fmt: skip
