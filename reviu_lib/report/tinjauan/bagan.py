"""The chart of one indicator: the chosen place among those beside it, with the target."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from reviu_lib.formatting import decimals_to_tell_apart, format_number, format_tanggal, is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.grafik.gaya import (
    LATAR,
    TINTA,
    WARNA,
    Bagan,
    Tulisan,
    complete,
    empty_bagan,
    format_axis,
    new_bagan,
    set_labels,
    shorten,
    styled,
    tone_of,
    write,
)
from reviu_lib.report.susunan import load_status

# Inches per place; how strongly those beside the chosen one are drawn.
_TINGGI_BARIS, _DI_SAMPING = 0.27, 0.45
_SEBUTAN = {"kabupaten": "kabupaten/kota", "kecamatan": "kecamatan", "desa": "desa/kelurahan"}


@styled
def plot_tinjauan(hasil: HasilReviu, row: pd.Series, sekitar: pd.DataFrame) -> Bagan:
    """Return the coverage of each place in `sekitar`, `row` in full colour, and the target.

    Bars carry the symbol of their status; a place without a number says so. `sekitar` are rows of
    `capaian_cakupan` of one indicator.
    """
    rows = sekitar.sort_values("capaian_persen", ascending=False, na_position="last", kind="stable")
    if rows["capaian_persen"].notna().sum() == 0:
        return empty_bagan("Angka indikator ini tidak tersedia untuk tempat yang dipilih.")
    bagan = new_bagan(1.6 + _TINGGI_BARIS * len(rows))
    axes = bagan.subplots()
    chosen = rows["baris"].eq(row["baris"]).to_numpy()
    for place, (strong, satu) in enumerate(zip(chosen, rows.to_dict("records"), strict=True)):
        _draw_place(axes, place, satu, strong=strong or not chosen.any())
    set_labels(axes, [shorten(str(name), 34) for name in rows["wilayah"]], 8.5)
    for label, strong in zip(axes.get_yticklabels(), chosen, strict=True):
        label.set_fontweight("bold" if strong else "normal")
    axes.set_xlim(0, max(100.0, float(rows["capaian_persen"].max())) * 1.12)
    _draw_target(axes, row["target_persen"])
    axes.set_xlabel("Capaian (persen)")
    format_axis(axes)
    sumber = f"Sumber: lembar cakupan; batas data {format_tanggal(hasil.tanggal_cutoff)}"
    return complete(bagan, _words(row, rows), sumber, contoh=hasil.contoh)


def _draw_place(axes: Axes, place: int, satu: dict[Any, Any], *, strong: bool) -> None:
    value = satu["capaian_persen"]
    if is_missing(value):
        write(axes, (0.0, place), "data tidak tersedia", size=7.5)
        return
    status = str(satu["status_capaian"])
    axes.barh(place, value, height=0.68, color=WARNA[tone_of(status)],
              alpha=1.0 if strong else _DI_SAMPING, zorder=2)  # fmt: skip
    mark = load_status()[status].simbol
    write(axes, (float(value), place), f"{format_number(value, 1)} {mark}", size=8)


def _draw_target(axes: Axes, target: float) -> None:
    axes.set_axisbelow(True)
    axes.grid(axis="x", color=LATAR)
    if is_missing(target):
        return
    axes.axvline(target, color=TINTA, linewidth=1.4, zorder=3)
    axes.annotate(f"target {format_number(target, 1)}", (target, 1), xytext=(0, 3),
                  xycoords=("data", "axes fraction"), textcoords="offset points", ha="center",
                  fontsize=8)  # fmt: skip


def _words(row: pd.Series, rows: pd.DataFrame) -> Tulisan:
    judul = f"{row['wilayah']}: {_level(row)}"
    beside = _SEBUTAN[str(rows["tingkat"].iloc[0])]
    reached = int(rows["status_capaian"].eq("tercapai").sum())
    judged = int(rows["status_capaian"].ne("belum dapat dinilai").sum())
    ukuran = f"{row['indikator']} ({row['kode_indikator']}) di {len(rows)} {beside}"
    share = f"{reached} dari {judged} yang dapat dinilai mencapai target"
    if judged == 0:
        share = "Belum ada yang dapat dinilai terhadap target"
    falling = "; makin rendah makin baik" if row["arah"] == "turun" else ""
    signs = ", ".join(f"{load_status()[status].simbol} {status}" for status in _shown(rows))
    return Tulisan(
        judul,
        f"{ukuran}{falling}. {share}. {signs}",
        f"Diagram batang. {judul}. {ukuran}, {share}.",
    )


def _shown(rows: pd.DataFrame) -> list[str]:
    """Return the status words that have a bar, in the order of the chart."""
    return [
        str(word) for word in rows.loc[rows["capaian_persen"].notna(), "status_capaian"].unique()
    ]


def _level(row: pd.Series) -> str:
    value, target = row["capaian_persen"], row["target_persen"]
    if is_missing(value):
        return "data tidak tersedia"
    if is_missing(target):
        return f"{format_number(value, 1)} persen, tanpa target"
    decimals = decimals_to_tell_apart(value, target)
    here, there = format_number(value, decimals), format_number(target, decimals)
    if value == target:
        return f"{here} persen, tepat pada target"
    return f"{here} persen, {'di atas' if value > target else 'di bawah'} target {there} persen"
