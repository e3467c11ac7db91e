"""Funnel plot of desa: how far a prevalence lies from the mean, given how many were measured."""

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
    count_in_ones,
    empty_bagan,
    finish,
    format_axis,
    list_some,
    new_bagan,
    shorten,
    styled,
)
from reviu_lib.report.grafik.gizi.baris import (
    count_without_place,
    judge_trust,
    period_of,
    select_kelompok,
)

_Kotak = tuple[float, float, float, float]
_PALING_BANYAK, _HURUF = 12, 7.5
# Size of the plotting area in points, nearly; only the distances between labels hang on it.
_LUAS = (540.0, 260.0)
# Where a label may stand beside its point, in points; the first free place is taken.
_GESER = ((8, 0), (8, 10), (8, -10), (-8, 0), (-8, 10), (-8, -10), (8, 20), (-8, 20), (8, -20))
# Position: marker, colour, size.
_GAYA = {
    "di atas batas": ("^", WARNA["buruk"], 52),
    "di bawah batas": ("v", SERI[0], 52),
    "dalam batas": ("o", "#7A8793", 20),
}


@styled
def plot_corong(hasil: HasilReviu) -> Bagan:
    """Return measured children against prevalence, one point per desa, with the outer limits."""
    rows = select_kelompok(hasil, "desa")
    rows = rows[rows["diukur"].gt(0)].assign(_andal=lambda frame: judge_trust(hasil, frame, "desa"))
    if rows.empty:
        return empty_bagan(
            "Prevalensi menurut desa tidak tersedia, sehingga corong tidak digambar."
        )
    bagan = new_bagan(4.8)
    axes = bagan.subplots()
    _draw_limits(axes, rows.sort_values("diukur"))
    for position, (marker, colour, size) in _GAYA.items():
        _draw_points(axes, rows[rows["posisi_corong"].eq(position)], position,
                     style=(marker, colour, size))  # fmt: skip
    _draw_points(axes, rows[rows["posisi_corong"].isna()], "tanpa batas",
                 style=("o", "#7A8793", 20))  # fmt: skip
    axes.set_xlim(0, float(rows["diukur"].max()) * 1.12)
    axes.set_ylim(0, max(float(rows["prevalensi_persen"].max()) * 1.12, 1))
    _label_outside(axes, rows)
    axes.set_xlabel("Balita yang diukur")
    axes.set_ylabel("Prevalensi stunting (persen)")
    for side in ("x", "y"):
        count_in_ones(axes, side)
        format_axis(axes, side)
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8, labelspacing=0.7)
    return finish(bagan, hasil, "corong", _words(hasil, rows))


def _draw_limits(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw the limits through the desa, ordered by measured children, and the mean."""
    known = rows.dropna(subset=["corong_bawah_persen", "corong_atas_persen"])
    if len(known):
        axes.fill_between(
            known["diukur"].astype(float), known["corong_bawah_persen"].astype(float),
            known["corong_atas_persen"].astype(float), color="#EEF1F4", zorder=0,
        )  # fmt: skip
        for name, label in (("corong_atas_persen", "batas corong"), ("corong_bawah_persen", None)):
            axes.plot(known["diukur"], known[name], color=GARIS, linewidth=1.2, label=label)
    mean = rows["rerata_persen"].dropna()
    if len(mean):
        axes.axhline(float(mean.iloc[0]), color=TINTA, linewidth=0.9, linestyle="--",
                     label=f"rerata {format_number(mean.iloc[0], 1)}")  # fmt: skip


def _draw_points(
    axes: Axes, rows: pd.DataFrame, label: str, *, style: tuple[str, str, int]
) -> None:
    marker, colour, size = style
    for sound, part in rows.groupby("_andal", sort=False):
        axes.scatter(
            part["diukur"], part["prevalensi_persen"], marker=marker, s=size, linewidths=1.0,
            facecolors=colour if sound else "white", edgecolors=colour, zorder=3,
            label=f"{label}{'' if sound else ', diragukan'} ({len(part)})",
        )  # fmt: skip


def _outside(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the desa outside the limits, the farthest from the mean first."""
    out = rows[rows["posisi_corong"].isin(["di atas batas", "di bawah batas"])]
    far = (out["prevalensi_persen"] - out["rerata_persen"]).abs()
    return out.loc[far.sort_values(ascending=False, kind="stable").index]


def _label_outside(axes: Axes, rows: pd.DataFrame) -> None:
    shown = _outside(rows).head(_PALING_BANYAK)
    scale = (_LUAS[0] / axes.get_xlim()[1], _LUAS[1] / axes.get_ylim()[1])
    dots = zip(shown["diukur"], shown["prevalensi_persen"], strict=True)
    points = [(float(x) * scale[0], float(y) * scale[1]) for x, y in dots]
    taken = [(x - 5, y - 5, x + 5, y + 5) for x, y in points]
    for (x, y), row in zip(points, shown.itertuples(), strict=True):
        text = shorten(str(row.nama), 24)
        for shift in _GESER:
            box = _box((x + shift[0], y + shift[1]), text, right=shift[0] > 0)
            if box[0] >= 0 and box[2] <= _LUAS[0] and not any(_meet(box, other) for other in taken):
                taken.append(box)
                _write(axes, row, text, shift)
                break


def _box(place: tuple[float, float], text: str, *, right: bool) -> _Kotak:
    width, half = 0.56 * _HURUF * len(text), 0.62 * _HURUF
    left = place[0] if right else place[0] - width
    return (left, place[1] - half, left + width, place[1] + half)


def _meet(one: _Kotak, other: _Kotak) -> bool:
    beside = one[2] <= other[0] or other[2] <= one[0]
    return not (beside or one[3] <= other[1] or other[3] <= one[1])


def _write(axes: Axes, row: object, text: str, shift: tuple[int, int]) -> None:
    place = (row.diukur, row.prevalensi_persen)  # type: ignore[attr-defined]
    axes.annotate(text, place, xytext=shift, textcoords="offset points", fontsize=_HURUF,
                  ha="left" if shift[0] > 0 else "right", va="center", zorder=4)  # fmt: skip


def _words(hasil: HasilReviu, rows: pd.DataFrame) -> Tulisan:
    above, below = (rows[rows["posisi_corong"].eq(word)] for word in list(_GAYA)[:2])
    doubtful = int((~rows["_andal"]).sum())
    judul = (
        f"{len(above)} dari {len(rows)} desa/kelurahan di atas batas corong dan {len(below)} di "
        f"bawahnya, {period_of(hasil)}; selebihnya tidak dapat dibedakan dari rerata"
    )
    ukuran = f"Titik kosong: angkanya diragukan ({doubtful} desa), lihat mutu pengukuran"
    lost = count_without_place(hasil, "desa")
    if lost:
        ukuran += f"; {format_number(lost)} balita tanpa desa tidak digambar"
    return Tulisan(judul, ukuran, f"Diagram corong. {judul}. {_names(rows)}")


def _names(rows: pd.DataFrame) -> str:
    parts = [
        f"{row['nama']} {format_number(row['prevalensi_persen'], 1)} persen dari "
        f"{format_number(row['diukur'])} balita{'' if row['_andal'] else ' (diragukan)'}"
        for _, row in _outside(rows).iterrows()
    ]
    return f"Di luar batas: {list_some(parts, 5)}." if parts else "Tidak ada desa di luar batas."
