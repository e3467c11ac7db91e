"""A matrix of coloured tiles with their numbers, and the scale of its colours."""

from __future__ import annotations

from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from reviu_lib.report.grafik.gaya import Bagan, hatch_missing

# Points of the lines between tiles, by the size of the letters on them.
_GARIS = 0.075
_TERANG, _GELAP = "#ffffff", "#262626"
# Relative luminance above which dark letters are read better (WCAG 2, as seaborn draws them).
_BATAS_TERANG = 0.408


@dataclass(frozen=True)
class Skala:
    """The scale of colours: its label, its share of the height, and where it ends."""

    label: str
    tinggi: float = 1.0
    sampai: float = 100.0


def draw_matrix(
    bagan: Bagan,
    shade: pd.DataFrame,
    texts: pd.DataFrame,
    *,
    size: float,
    skala: Skala,
) -> Axes:
    """Return axes with a tile for each cell, the first row on top, hatched where one is missing.

    `shade` runs from 0 to the end of `skala`; `texts` are printed in letters of `size` points.
    """
    axes = bagan.subplots()
    values = np.ma.masked_invalid(shade.to_numpy(float))
    mesh = axes.pcolormesh(values, cmap="cividis", vmin=0, vmax=skala.sampai, edgecolors="white",
                           linewidth=_GARIS * size)  # fmt: skip
    rows, columns = shade.shape
    axes.set(xlim=(0, columns), ylim=(rows, 0))
    inks = _inks(mpl.colormaps["cividis"](values / skala.sampai)[..., :3])
    for (row, column), missing in np.ndenumerate(np.ma.getmaskarray(values)):
        if not missing:
            axes.text(column + 0.5, row + 0.5, texts.iat[row, column], ha="center", va="center",
                      fontsize=size, color=inks[row, column])  # fmt: skip
    hatch_missing(axes, shade)
    _add_scale(bagan, axes, mesh, skala)
    return axes


def name_tiles(
    axes: Axes, columns: list[str], rows: list[str], *, sizes: tuple[float, float], turned: bool
) -> None:
    """Write the names of columns (`turned` upright or not) and rows beside the tiles."""
    axes.set_xticks(np.arange(len(columns)) + 0.5, labels=columns, fontsize=sizes[0],
                    rotation=90 if turned else 0)  # fmt: skip
    axes.set_yticks(np.arange(len(rows)) + 0.5, labels=rows, fontsize=sizes[1])
    axes.tick_params(length=0)


def _inks(colours: np.ndarray) -> np.ndarray:
    """Return white or dark for each colour, whichever is read better on it."""
    linear = np.where(colours <= 0.03928, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return np.where(linear @ [0.2126, 0.7152, 0.0722] > _BATAS_TERANG, _GELAP, _TERANG)


def _add_scale(bagan: Bagan, axes: Axes, mesh: object, skala: Skala) -> None:
    beside = bagan.add_axes((0.9, 0.1, 0.02, 0.8))
    bar = bagan.colorbar(mesh, cax=beside, label=skala.label)  # type: ignore[arg-type]
    bar.outline.set_linewidth(0)  # type: ignore[operator]
    bagan.tata.skala[axes] = (beside, skala.tinggi)
