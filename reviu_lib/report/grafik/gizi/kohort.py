"""Chart of what became of last year's stunted children, and where this year's come from."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from reviu_lib.formatting import format_number, is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.grafik.gaya import (
    SERI,
    Bagan,
    Tulisan,
    empty_bagan,
    finish,
    new_bagan,
    styled,
)

# Column, words, colour, hatch; bottom first. What stays stunted is at the bottom of both bars.
_Bagian = tuple[str, str, str, str]
_TETAP: _Bagian = ("tetap_stunting", "tetap stunting", SERI[5], "")
_KELUAR: tuple[_Bagian, ...] = (
    ("tidak_diukur_lagi", "tidak diukur lagi", "#D3D8DD", "////"),
    ("pindah_keluar", "diukur di tempat lain", "#A9B2BA", ".."),
    ("lulus_umur", "lulus umur (di atas 59 bulan)", "#8A949D", ""),
    ("pulih", "tidak lagi stunting", SERI[0], ""),
)
_MASUK: tuple[_Bagian, ...] = (
    ("baru_normal", "tahun lalu tidak stunting", SERI[1], ""),
    ("baru_pindah_masuk", "tahun lalu di tempat lain", "#A9B2BA", ".."),
    ("baru_tidak_diukur", "tahun lalu tidak diukur", "#D3D8DD", "////"),
    ("baru_lahir", "lahir sesudahnya", SERI[4], ""),
)
_LEBAR_BATANG, _KIRI, _KANAN = 0.16, 0.0, 1.0
# Smallest distance of two labels, in parts of the height of the axes.
_JARAK_LABEL = 0.075


@styled
def plot_kohort(hasil: HasilReviu) -> Bagan:
    """Return two stacked bars, last year and this year, joined by the children who stay stunted."""
    rows = hasil.kohort[hasil.kohort["tingkat"].eq("kabupaten")]
    rows = rows[rows["stunting_awal"].fillna(0).add(rows["stunting_akhir"].fillna(0)).gt(0)]
    if rows.empty:
        return empty_bagan(
            "Perjalanan balita stunting tidak tersedia: perlu data per anak dari dua tahun."
        )
    row = rows.iloc[0]
    bagan = new_bagan(4.4)
    axes = bagan.subplots()
    top = max(_total(row, (_TETAP, *_KELUAR)), _total(row, (_TETAP, *_MASUK)), 1)
    _stack(axes, row, (_TETAP, *_KELUAR), place=(_KIRI, top))
    _stack(axes, row, (_TETAP, *_MASUK), place=(_KANAN, top))
    _join(axes, _count(row, "tetap_stunting"))
    axes.set(xlim=(-0.72, 1.72), ylim=(0, top * 1.12))
    axes.set_axis_off()
    for x, name in ((_KIRI, "awal"), (_KANAN, "akhir")):
        head = f"{_period(row, name)}\n{format_number(row[f'stunting_{name}'])} balita stunting"
        axes.text(x, top * 1.03, head, ha="center", va="bottom", fontsize=9, fontweight="bold")
    return finish(bagan, hasil, "kohort", _words(hasil, row))


def _count(row: pd.Series, kolom: str) -> int:
    return 0 if is_missing(row[kolom]) else int(row[kolom])


def _total(row: pd.Series, parts: Sequence[_Bagian]) -> int:
    return sum(_count(row, part[0]) for part in parts)


def _period(row: pd.Series, mana: str) -> str:
    month = "" if is_missing(row["periode"]) else f"{row['periode']} "
    return f"{month}{row[f'tahun_{mana}']}"


def _stack(
    axes: Axes, row: pd.Series, parts: Sequence[_Bagian], *, place: tuple[float, float]
) -> None:
    """Draw one bar from the bottom up and write each part on its outer side."""
    x, top = place
    bottom, lowest = 0, 0.0
    for kolom, words, colour, hatch in parts:
        count = _count(row, kolom)
        if not count:
            continue
        axes.bar(x, count, _LEBAR_BATANG, bottom=bottom, color=colour, hatch=hatch,
                 edgecolor="white", linewidth=0.8, zorder=3)  # fmt: skip
        level = max(bottom + count / 2, lowest)
        _label(axes, (x, bottom + count / 2), level, f"{format_number(count)} {words}")
        bottom, lowest = bottom + count, level + _JARAK_LABEL * top


def _label(axes: Axes, middle: tuple[float, float], level: float, text: str) -> None:
    x, y = middle
    side = -1 if x == _KIRI else 1
    edge = x + side * _LEBAR_BATANG / 2
    axes.annotate(
        text, (edge, y), xytext=(edge + side * 0.06, level), va="center", fontsize=8.5,
        ha="right" if side < 0 else "left",
        arrowprops={"arrowstyle": "-", "color": "#9AA4AD", "linewidth": 0.7},
    )  # fmt: skip


def _join(axes: Axes, count: int) -> None:
    """Draw the band of the children who are stunted in both years."""
    if not count:
        return
    left, right = _KIRI + _LEBAR_BATANG / 2, _KANAN - _LEBAR_BATANG / 2
    corners = [(left, 0), (right, 0), (right, count), (left, count), (left, 0)]
    band = PathPatch(Path(corners, closed=True), facecolor=SERI[5], alpha=0.28, linewidth=0)
    axes.add_patch(band)
    axes.text(0.5, count / 2, f"{format_number(count)} anak yang sama\nmasih stunting", ha="center",
              va="center", fontsize=9)  # fmt: skip


def _words(hasil: HasilReviu, row: pd.Series) -> Tulisan:
    start = format_number(row["stunting_awal"])
    judul = (
        f"Dari {start} balita stunting {_period(row, 'awal')}, {_said(row, 'pulih')} tidak lagi "
        f"stunting, {_said(row, 'tetap_stunting')} tetap, {_said(row, 'tidak_diukur_lagi')} tidak "
        "diukur lagi"
    )
    again = row["diukur_lagi_persen"]
    ukuran = "Anak yang sama pada dua tahun, dari data per anak"
    if not is_missing(again):
        ukuran += f"; {format_number(again, 1)} persen dari yang masih balita diukur lagi"
    odd = _count(row, "pulih_tidak_wajar")
    if odd:
        ukuran += f"; {format_number(odd)} perubahan z di luar batas wajar, perlu diverifikasi"
    return Tulisan(judul, ukuran, f"Diagram alir {hasil.nama}. {_flows(row)}")


def _said(row: pd.Series, kolom: str) -> str:
    return "tidak diketahui jumlahnya" if is_missing(row[kolom]) else format_number(row[kolom])


def _flows(row: pd.Series) -> str:
    def listed(parts: Sequence[_Bagian]) -> str:
        return "; ".join(f"{_said(row, kolom)} {words}" for kolom, words, _, _ in parts)

    return (
        f"{_period(row, 'awal')}: {_said(row, 'stunting_awal')} balita stunting, menjadi "
        f"{listed((_TETAP, *_KELUAR))}. {_period(row, 'akhir')}: {_said(row, 'stunting_akhir')} "
        f"balita stunting, dari {listed((_TETAP, *_MASUK))}."
    )
