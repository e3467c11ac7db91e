"""Chart of the z-scores of the children measured, beside the WHO standard."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from reviu_lib.catalog import load_ambang
from reviu_lib.formatting import format_number
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.grafik.gaya import (
    SERI,
    TINTA,
    WARNA,
    Bagan,
    Tulisan,
    count_in_ones,
    empty_bagan,
    finish,
    format_axis,
    new_bagan,
    styled,
)
from reviu_lib.report.grafik.gizi.baris import period_of

_JUDUL = {"tbu": "TB/U", "bbu": "BB/U", "bbtb": "BB/TB"}
_TEPI = 5.0


@styled
def plot_sebaran_z(hasil: HasilReviu) -> Bagan:
    """Return the share of children by half a unit of z, one panel per index, WHO as a line."""
    frame = hasil.sebaran_z.dropna(subset=["porsi_persen"])
    panels = [(name, frame[frame["indeks"].eq(name)].sort_values("z_dari")) for name in _JUDUL]
    panels = [(name, rows) for name, rows in panels if rows["porsi_persen"].sum() > 0]
    if not panels:
        return empty_bagan("Sebaran z-skor balita tidak tersedia.")
    bagan = new_bagan(3.7)
    for axes, (name, rows) in zip(
        bagan.subplots(1, len(panels), sharey=True, squeeze=False)[0], panels, strict=True
    ):
        _draw_panel(axes, rows)
        axes.set_title(_below(name, rows), fontsize=8.5)
    first = bagan.axes[0]
    first.set_ylabel("Porsi balita (persen)")
    first.legend(loc="upper right", fontsize=7.5, handlelength=1.4, borderaxespad=0)
    return finish(bagan, hasil, "sebaran_z", _words(hasil, panels))


def _draw_panel(axes: Axes, rows: pd.DataFrame) -> None:
    start, width = rows["z_dari"].astype(float), (rows["z_sampai"] - rows["z_dari"]).astype(float)
    low = rows["z_sampai"].le(load_ambang()["z_stunting"])
    for part, colour, hatch in ((~low, "#9DB8CC", ""), (low, WARNA["buruk"], "////")):
        axes.bar(start[part], rows.loc[part, "porsi_persen"].astype(float), width=width[part],
                 align="edge", color=colour, hatch=hatch, edgecolor="white",
                 linewidth=0.4)  # fmt: skip
    middle = start + width / 2
    axes.plot(middle, rows["porsi_who_persen"].astype(float), color=TINTA, linewidth=1.6,
              label="standar WHO")  # fmt: skip
    axes.axvline(load_ambang()["z_stunting"], color=SERI[5], linestyle="--", linewidth=1.1,
                 label=f"batas {_limit()}")  # fmt: skip
    axes.set_xlim(-_TEPI, _TEPI)
    axes.set_ylim(0, float(rows[["porsi_persen", "porsi_who_persen"]].max().max()) * 1.22)
    axes.set_xlabel("z-skor")
    axes.set_xticks(range(-4, 5, 2))
    count_in_ones(axes, "y")
    for side in ("x", "y"):
        format_axis(axes, side)


def _limit() -> str:
    return format_number(load_ambang()["z_stunting"])


def _shares(rows: pd.DataFrame) -> tuple[float, float]:
    """Return the share below the limit: of the children, and of the WHO standard."""
    low = rows[rows["z_sampai"].le(load_ambang()["z_stunting"])]
    return float(low["porsi_persen"].sum()), float(low["porsi_who_persen"].sum())


def _below(name: str, rows: pd.DataFrame) -> str:
    ours, who = (format_number(share, 1) for share in _shares(rows))
    return f"{_JUDUL[name]}: {ours} persen di bawah {_limit()} (WHO {who})"


def _words(hasil: HasilReviu, panels: list[tuple[str, pd.DataFrame]]) -> Tulisan:
    name, rows = panels[0]
    ours, who = (format_number(share, 1) for share in _shares(rows))
    judul = (
        f"{ours} persen balita di bawah {_limit()} pada {_JUDUL[name]}, {period_of(hasil)}; "
        f"standar WHO {who} persen"
    )
    ukuran = f"Batang bergaris miring: di bawah {_limit()}; lebar batang setengah satuan z"
    parts = [_below(name, rows) for name, rows in panels]
    alt = f"Histogram z-skor di samping standar WHO. {judul}. {'; '.join(parts)}."
    return Tulisan(judul, ukuran, alt)
