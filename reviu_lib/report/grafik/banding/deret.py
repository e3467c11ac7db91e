"""Small multiples: one panel per place over the years, the same axes in all of them.

Points are joined only where the years may be compared; elsewhere stands a break mark.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from reviu_lib.formatting import format_number
from reviu_lib.hasil import HasilBanding
from reviu_lib.report.grafik.banding.tempat import (
    PANEL_MAKS,
    finish_banding,
    pick_indikator,
    pick_places,
    say_how_many,
)
from reviu_lib.report.grafik.gaya import (
    SERI,
    TINTA,
    Bagan,
    Tulisan,
    empty_bagan,
    format_axis,
    new_bagan,
    styled,
    wrap_name,
)

_KOLOM, _TINGGI_PANEL = 4, 1.75
_PENANDA_SURVEI = {"Riskesdas": "s", "SSGBI": "D", "SSGI": "o", "SKI": "^"}
_PENANDA_DERET = ("o", "s", "^", "D")
_INDIKATOR = 3
# Share of the highest value by which two labels of a panel stand apart.
_JARAK_LABEL = 0.17
_LINI = {"serapan:spesifik": "spesifik", "serapan:sensitif": "sensitif", "serapan:fisik": "fisik"}
_PUTUS = "tanda // : tidak sebanding dengan titik sebelumnya"


@styled
def plot_banding_deret_survei(banding: HasilBanding) -> Bagan:
    """Return survey prevalence by year, a panel per place; surveys are never joined."""
    rows = banding.deret[banding.deret["deret"].eq("survei")]
    if rows.empty:
        return empty_bagan("Angka survei kabupaten/kota tidak tersedia.")
    return _draw(banding, rows, nama="banding_deret_survei", labels={"survei": ""},
                 words=_words_of_survey(banding, rows))  # fmt: skip


def _words_of_survey(banding: HasilBanding, rows: pd.DataFrame) -> Tulisan:
    shown = rows["kode_kabupaten"].nunique()
    told = int(rows["bawah_persen"].notna().sum())
    judul = (
        f"Survei di {shown} kabupaten/kota: {told} dari {len(rows)} angka bersama selang "
        "kepercayaan yang terbit"
    )
    marks = ", ".join(f"{_SIMBOL[m]} {s}" for s, m in _PENANDA_SURVEI.items()
                      if rows["sumber"].eq(s).any())  # fmt: skip
    ukuran = f"Prevalensi stunting (persen); {marks}; garis titik-titik: target; {_PUTUS}"
    return Tulisan(judul, ukuran + say_how_many(banding, PANEL_MAKS),
                   f"Panel kecil prevalensi survei menurut tahun. {judul}.")  # fmt: skip


_SIMBOL = {"s": "■", "D": "◆", "o": "●", "^": "▲"}


@styled
def plot_banding_deret_cakupan(banding: HasilBanding) -> Bagan:
    """Return coverage by year of the indicators that tell most places apart."""
    codes = pick_indikator(banding, _INDIKATOR)
    rows = banding.deret[banding.deret["kode_indikator"].isin(codes)]
    if rows.empty:
        return empty_bagan("Cakupan layanan menurut tahun tidak tersedia.")
    judul = f"Cakupan menurut tahun: {_say_moves(rows)}"
    names = rows.drop_duplicates("kode_indikator").set_index("kode_indikator")["nama_deret"]
    listed = "; ".join(f"{kode} {names[kode]}" for kode in codes if kode in names.index)
    words = Tulisan(judul, f"Capaian (persen); {listed}; garis titik-titik: target; {_PUTUS}"
                    f"{say_how_many(banding, PANEL_MAKS)}",
                    f"Panel kecil cakupan menurut tahun. {judul}. {listed}.")  # fmt: skip
    labels = {f"cakupan:{kode}": kode for kode in codes}
    return _draw(banding, rows, nama="banding_deret_cakupan", labels=labels, words=words)


def _say_moves(rows: pd.DataFrame) -> str:
    """Return how many of the comparable pairs of years rise, fall, or stay."""
    joined = rows["sambung"].fillna(False).astype(bool)
    keys = [rows["deret"], rows["kode_kabupaten"]]
    moves = rows["nilai_persen"].groupby(keys).diff()[joined]
    up, down = int((moves > 0).sum()), int((moves < 0).sum())
    if moves.empty:
        return "tidak ada pasangan tahun yang dapat dibandingkan"
    return f"{up} naik dan {down} turun dari {len(moves)} pasangan tahun yang dapat dibandingkan"


@styled
def plot_banding_deret_serapan(banding: HasilBanding) -> Bagan:
    """Return the absorption of the three lines by year."""
    rows = banding.deret[banding.deret["deret"].isin(list(_LINI))]
    if rows.empty or rows["tahun"].nunique() < 2:
        return empty_bagan("Serapan lebih dari satu tahun tidak tersedia.")
    judul = f"Serapan tiga lini menurut tahun: {_say_moves(rows)}"
    words = Tulisan(judul, f"Serapan (persen) sampai batas data masing-masing; {_PUTUS}"
                    f"{say_how_many(banding, PANEL_MAKS)}",
                    f"Panel kecil serapan menurut tahun. {judul}.")  # fmt: skip
    return _draw(banding, rows, nama="banding_deret_serapan", labels=_LINI, words=words)


def _draw(
    banding: HasilBanding, rows: pd.DataFrame, *, nama: str, labels: dict[str, str], words: Tulisan
) -> Bagan:
    """Return the grid of panels; `labels` gives the direct label of each series."""
    places = pick_places(banding, PANEL_MAKS)
    places = places[places.index.isin(rows["kode_kabupaten"])]
    columns = min(_KOLOM, len(places))
    lines = math.ceil(len(places) / columns)
    bagan = new_bagan(1.3 + _TINGGI_PANEL * lines)
    top = _highest(rows)
    grid = bagan.subplots(lines, columns, sharex=True, sharey=True, squeeze=False).ravel()
    for axes, (kode, name) in zip(grid, places.items(), strict=False):
        _draw_panel(axes, rows[rows["kode_kabupaten"].eq(kode)], labels, _JARAK_LABEL * top)
        axes.set_title(wrap_name(str(name)), fontsize=8)
    for axes in grid[len(places) :]:
        axes.set_visible(False)
    _set_axes(grid[0], rows)
    return finish_banding(bagan, banding, nama, words)


def _set_axes(axes: Axes, rows: pd.DataFrame) -> None:
    """Give the shared axes their span: years with room for the labels, from zero up."""
    first, last = int(rows["tahun"].min()), int(rows["tahun"].max())
    axes.set_ylim(0, _highest(rows) * 1.22)
    span = max(last - first, 1)
    axes.set_xlim(first - 0.25 * span, last + 0.75 * span)
    axes.set_xticks([first, last] if last > first else [first])
    format_axis(axes, "y")


def _highest(rows: pd.DataFrame) -> float:
    top = rows[["nilai_persen", "atas_persen", "target_persen"]].astype(float).max(axis=None)
    return max(float(top), 1.0)


def _draw_panel(axes: Axes, rows: pd.DataFrame, labels: dict[str, str], gap: float) -> None:
    """Draw the series of one place; labels and break marks stand at least `gap` apart."""
    ends: list[tuple[float, float, str]] = []
    breaks: list[tuple[float, float]] = []
    for order, (deret, label) in enumerate(labels.items()):
        part = rows[rows["deret"].eq(deret)].sort_values("tahun")
        if len(part):
            breaks += _draw_series(axes, part, order)
            last = part.iloc[-1]
            text = f"{label} {format_number(last['nilai_persen'], 1)}".strip()
            ends.append((float(last["tahun"]), float(last["nilai_persen"]), text))
    axes.grid(axis="y")
    axes.tick_params(labelsize=7)
    _mark_breaks(axes, breaks, gap)
    _label_ends(axes, ends, gap)


def _draw_series(axes: Axes, part: pd.DataFrame, order: int) -> list[tuple[float, float]]:
    """Draw one series, a marker per survey; return where it is broken (year, value)."""
    years, values = part["tahun"].astype(float), part["nilai_persen"].astype(float)
    colour, breaks = SERI[order], []
    for source, points in part.groupby("sumber", sort=False):
        marker = _PENANDA_SURVEI.get(str(source), _PENANDA_DERET[order])
        axes.plot(points["tahun"].astype(float), points["nilai_persen"].astype(float), marker,
                  color=colour, markersize=4.5, zorder=3)  # fmt: skip
    joined = part["sambung"].fillna(False).to_numpy(bool)
    for place in range(1, len(part)):
        ends = slice(place - 1, place + 1)
        if joined[place]:
            axes.plot(years[ends], values[ends], color=colour, linewidth=1.3, zorder=2)
        else:
            breaks.append((float(years[ends].mean()), float(values[ends].mean())))
    axes.vlines(years, part["bawah_persen"], part["atas_persen"], colors=colour, linewidth=1.2)
    aims = part["target_persen"].astype(float)
    axes.hlines(aims, years - 0.3, years, colors=colour, linewidth=1.3, linestyles="dotted")
    return breaks


def _mark_breaks(axes: Axes, breaks: Sequence[tuple[float, float]], gap: float) -> None:
    """Write the break marks; one stands for all that would meet."""
    last: tuple[float, float] | None = None
    for year, height in sorted(breaks):
        if last is None or year != last[0] or height - last[1] >= gap:
            axes.annotate("//", (year, height), ha="center", va="center", color="#777777",
                          fontsize=8)  # fmt: skip
            last = (year, height)


def _label_ends(axes: Axes, ends: Sequence[tuple[float, float, str]], gap: float) -> None:
    """Write the labels beside the last points, moved apart where they would meet."""
    ordered = sorted(ends, key=lambda end: end[1])
    heights = spread([end[1] for end in ordered], gap)
    for (year, _, text), height in zip(ordered, heights, strict=True):
        axes.annotate(text, (year, height), xytext=(6, 0), textcoords="offset points", ha="left",
                      va="center", fontsize=7, color=TINTA)  # fmt: skip


def spread(values: Sequence[float], gap: float) -> list[float]:
    """Return the rising values moved apart to at least `gap`, around where they were."""
    moved: list[float] = []
    for value in values:
        moved.append(max(value, moved[-1] + gap) if moved else value)
    shift = (sum(moved) - sum(values)) / max(len(moved), 1)
    low = min(shift, moved[0]) if moved else 0.0
    return [value - max(low, 0.0) for value in moved]
