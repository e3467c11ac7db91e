"""Classes of a prevalence for maps and tiles: round bounds, cividis colours, counts in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from reviu_lib.formatting import format_number

_JUMLAH_KELAS = 5
TANPA_DATA: dict[str, Any] = {"facecolor": "#F2F2F2", "edgecolor": "#9A9A9A", "hatch": "////"}


@dataclass(frozen=True)
class KelasWarna:
    """Bounds of the classes (lower one included, but for the last class also the upper)."""

    batas: tuple[float, ...]
    warna: tuple[str, ...]

    def place(self, value: float) -> int:
        """Return the number of the class of a value, from 0."""
        found = int(np.searchsorted(self.batas, value, side="right")) - 1
        return min(max(found, 0), len(self.warna) - 1)

    def colour(self, value: float) -> str:
        """Return the colour of a value."""
        return self.warna[self.place(value)]

    def ink(self, value: float) -> str:
        """Return white or black, whichever is readable on the colour of a value."""
        return "white" if self.place(value) < len(self.warna) / 2 else "black"

    def name(self, place: int) -> str:
        """Return the bounds of a class in words."""
        low, high = self.batas[place : place + 2]
        decimals = 0 if all(float(bound).is_integer() for bound in self.batas) else 1
        return f"{format_number(low, decimals)} – {format_number(high, decimals)}"


def make_kelas(values: pd.Series) -> KelasWarna:
    """Return about five classes of equal, round width over the values."""
    low, high = float(values.min()), float(values.max())
    ticks = MaxNLocator(_JUMLAH_KELAS, steps=[1, 2, 2.5, 5, 10]).tick_values(
        low, max(high, low + 1)
    )
    bounds = tuple(float(round(tick, 6)) for tick in ticks if tick >= 0)
    colours = mpl.colormaps["cividis"](np.linspace(0.05, 1, len(bounds) - 1))
    return KelasWarna(bounds, tuple(to_hex(colour) for colour in colours))


def show_kelas(
    axes: Axes, kelas: KelasWarna, values: Iterable[float], *, tanpa: int, apa: str
) -> None:
    """Put a legend of classes with their counts beside the axes, highest on top."""
    places = [kelas.place(value) for value in values]
    handles = [
        Patch(facecolor=kelas.warna[place], edgecolor="#777777", linewidth=0.5,
              label=f"{kelas.name(place)}  ({places.count(place)} {apa})")
        for place in reversed(range(len(kelas.warna)))
    ]  # fmt: skip
    if tanpa:
        handles.append(Patch(linewidth=0.5, label=f"tanpa data  ({tanpa} {apa})", **TANPA_DATA))
    axes.legend(handles=handles, title="Persen; terang = tinggi", loc="upper left", fontsize=8,
                bbox_to_anchor=(1.0, 1.0), title_fontsize=8, alignment="left")  # fmt: skip


def span_words(rows: pd.DataFrame, nilai: str) -> str:
    """Return lowest and highest place with their value in words."""
    ordered = rows.sort_values(nilai, kind="stable")
    values = [format_number(value, 1) for value in ordered[nilai].iloc[[0, -1]]]
    names = ordered["nama"].iloc[[0, -1]].tolist()
    if len(ordered) == 1:
        return f"{values[0]} persen ({names[0]})"
    return f"{values[0]} ({names[0]}) sampai {values[1]} persen ({names[1]})"
