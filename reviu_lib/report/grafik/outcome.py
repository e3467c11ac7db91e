"""Charts of the outcome: survey prevalence, register prevalence, kecamatan.

Surveys differ in method, so their points are never joined and a break mark stands between two of
them; the register has a chart of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes

from reviu_lib.catalog import load_ambang
from reviu_lib.formatting import BULAN, format_number, is_missing
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
    new_bagan,
    pick,
    set_labels,
    share_rows,
    styled,
    write,
)
from reviu_lib.report.grafik.gizi.baris import name_interval, say_interval

_PENANDA_SURVEI = {"Riskesdas": "s", "SSGBI": "D", "SSGI": "o", "SKI": "^"}
# Colour, size, and shift to the right, so that levels of one year do not hide each other.
_GAYA_TINGKAT = {
    "kabupaten": (SERI[0], 95, 0.0),
    "provinsi": (SERI[1], 45, 0.14),
    "nasional": ("#555555", 45, 0.28),
}
_PENANDA_TARGET = {"kabupaten": SERI[0], "provinsi": SERI[1], "nasional": "#555555"}
_URUT_BULAN = {bulan: urut for urut, bulan in enumerate(BULAN, start=1)}


def _known(hasil: HasilReviu, jenis: str) -> pd.DataFrame:
    frame = hasil.perkembangan_prevalensi
    return frame[frame["jenis_angka"].eq(jenis) & frame["prevalensi_persen"].notna()]


@styled
def plot_prevalensi(hasil: HasilReviu) -> Bagan:
    """Return survey prevalence by year, one marker per survey, targets as short lines."""
    survei = _known(hasil, "survei")
    survei = survei[survei["tingkat"].isin(list(_GAYA_TINGKAT))]
    if survei.empty:
        return empty_bagan("Angka survei prevalensi stunting tidak tersedia.")
    bagan = new_bagan(4.6)
    axes = bagan.subplots()
    _draw_survey(axes, survei)
    _draw_targets(axes, _known(hasil, "target"))
    kabupaten = survei[survei["tingkat"].eq("kabupaten")].sort_values("tahun")
    _draw_breaks(axes, kabupaten)
    axes.set_ylabel("Prevalensi stunting (persen)")
    axes.set_ylim(0, max(_highest(hasil, survei) * 1.15, 1))
    axes.margins(x=0.12)
    count_in_ones(axes)
    axes.grid(axis="y")
    _explain_marks(axes, survei)
    return finish(bagan, hasil, "prevalensi", _words_of_survey(hasil, kabupaten))


def _highest(hasil: HasilReviu, survei: pd.DataFrame) -> float:
    target = _known(hasil, "target")["prevalensi_persen"]
    values = [survei["prevalensi_persen"], survei["atas_persen"], target]
    return float(pd.concat(values).max())


def _draw_survey(axes: Axes, survei: pd.DataFrame) -> None:
    for (tingkat, sumber), rows in survei.groupby(["tingkat", "sumber"], sort=True):
        colour, size, shift = _GAYA_TINGKAT[tingkat]
        years = rows["tahun"].astype(float) + shift
        marker = _PENANDA_SURVEI.get(sumber, "X")
        axes.scatter(
            years, rows["prevalensi_persen"], s=size, color=colour, marker=marker, zorder=3
        )
        axes.vlines(years, rows["bawah_persen"], rows["atas_persen"], colors=colour, linewidth=1.4)
        if tingkat == "kabupaten":
            tops = rows["atas_persen"].fillna(rows["prevalensi_persen"])
            for year, value, top in zip(years, rows["prevalensi_persen"], tops, strict=True):
                write(axes, (year, top), format_number(value, 1), shift=(0, 7), size=10)


def _explain_marks(axes: Axes, survei: pd.DataFrame) -> None:
    """Say by legend what colour (level), marker (survey), and line (target) mean."""
    for tingkat, (colour, size, _) in _GAYA_TINGKAT.items():
        if survei["tingkat"].eq(tingkat).any():
            axes.scatter([], [], color=colour, s=size, marker="o", label=tingkat)
    for sumber in survei["sumber"].drop_duplicates():
        marker = _PENANDA_SURVEI.get(sumber, "X")
        axes.scatter([], [], color="white", edgecolors=TINTA, s=45, marker=marker, label=sumber)
    axes.plot([], [], color=TINTA, linewidth=2, label="target")
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8, labelspacing=0.7)


def _draw_targets(axes: Axes, target: pd.DataFrame) -> None:
    for tingkat, rows in target.groupby("tingkat", sort=True):
        colour = _PENANDA_TARGET.get(tingkat, TINTA)
        years = rows["tahun"].astype(float)
        axes.hlines(rows["prevalensi_persen"], years - 0.28, years + 0.28, colors=colour,
                    linewidth=2)  # fmt: skip


def _draw_breaks(axes: Axes, kabupaten: pd.DataFrame) -> None:
    """Put a break mark between two kabupaten points of different surveys."""
    pairs = zip(kabupaten.itertuples(), list(kabupaten.itertuples())[1:], strict=False)
    for before, after in pairs:
        if before.sumber != after.sumber:
            middle = (float(before.tahun) + float(after.tahun)) / 2
            axes.annotate("//", (middle, (before.prevalensi_persen + after.prevalensi_persen) / 2),
                          ha="center", va="center", color="#777777", fontsize=12)  # fmt: skip


def _words_of_survey(hasil: HasilReviu, kabupaten: pd.DataFrame) -> Tulisan:
    ukuran = "Tanda // memisahkan survei yang berbeda metode; garis pendek mendatar: target"
    if kabupaten["atas_persen"].notna().any():
        ukuran += "; garis tegak: selang kepercayaan yang diterbitkan"
    if kabupaten.empty:
        text = f"Angka survei {hasil.nama} belum tersedia; yang ada angka provinsi atau nasional"
        return Tulisan(text, ukuran, f"{text}.")
    points = [
        f"{row['sumber']} {row['tahun']}: {say_interval(row)}" for _, row in kabupaten.iterrows()
    ]
    target = pick(hasil, "target_kabupaten_berikut_persen")
    aim = "" if is_missing(target) else (
        f"; target kabupaten {hasil.tahun + 1}: {format_number(target, 1)} persen"
    )  # fmt: skip
    alt = (
        f"Diagram titik prevalensi stunting {hasil.nama} menurut survei. {'; '.join(points)}{aim}."
    )
    return Tulisan(f"{points[-1]}{aim}", ukuran, alt)


@styled
def plot_register(hasil: HasilReviu) -> Bagan:
    """Return register prevalence by period with its attendance (D/S) beside it."""
    rows = _known(hasil, "register")
    rows = rows[rows["tingkat"].eq("kabupaten")]
    if rows.empty:
        return empty_bagan("Data pengukuran balita (register) tidak tersedia.")
    rows = rows.assign(_bulan=rows["periode"].map(_URUT_BULAN)).sort_values(["tahun", "_bulan"])
    labels = [_period_of(row.periode, row.tahun) for row in rows.itertuples()]
    bagan = new_bagan(1.9 + 0.42 * len(rows))
    left, right = bagan.subplots(1, 2, sharey=True)
    _draw_dots(left, rows, SERI[0])
    left.set_title("Prevalensi dari yang diukur (persen)")
    _draw_bars(right, rows["d_per_s_persen"])
    right.set_title("Kehadiran penimbangan D/S (persen)")
    set_labels(left, labels)
    share_rows([right])
    return finish(bagan, hasil, "register", _words_of_register(hasil, rows, labels))


def _period_of(periode: object, tahun: int) -> str:
    return str(tahun) if is_missing(periode) else f"{periode} {tahun}"


def _draw_dots(axes: Axes, rows: pd.DataFrame, colour: str) -> None:
    values = rows["prevalensi_persen"]
    places = list(range(len(values)))
    ends = _draw_intervals(axes, rows, places)
    axes.scatter(values, places, color=colour, s=70, zorder=3)
    for place, value, end in zip(places, values, ends, strict=True):
        write(axes, (end, place), format_number(value, 1), shift=(8, 0), size=9)
    axes.set_xlim(0, max(float(ends.max()) * 1.25, 1))
    axes.grid(axis="x")
    format_axis(axes)


def _draw_intervals(axes: Axes, rows: pd.DataFrame, places: list[int]) -> pd.Series:
    """Return where the marks of each row end, after drawing its interval, if it has one."""
    axes.hlines(places, rows["bawah_persen"], rows["atas_persen"], colors=TINTA, linewidth=1.4)
    return rows["atas_persen"].fillna(rows["prevalensi_persen"])


def _draw_bars(axes: Axes, values: pd.Series) -> None:
    places = range(len(values))
    axes.barh(places, values.fillna(0), color="#9DB8CC", height=0.55)
    for place, value in zip(places, values, strict=True):
        text = "tidak tersedia" if is_missing(value) else format_number(value, 1)
        write(axes, (value, place), text)
    axes.axvline(load_ambang()["ds_minimum_persen"], color=WARNA["buruk"], linestyle=":", zorder=0)
    axes.set_xlim(0, 115)
    format_axis(axes)


def _words_of_register(hasil: HasilReviu, rows: pd.DataFrame, labels: list[str]) -> Tulisan:
    parts = [
        f"{label}: prevalensi {say_interval(row)}, D/S {_or_absent(row['d_per_s_persen'])}"
        for label, (_, row) in zip(labels, rows.iterrows(), strict=True)
    ]
    ukuran = "Garis titik-titik: D/S minimum agar angka dianggap andal (asumsi)"
    if rows["atas_persen"].notna().any():
        ukuran = f"Garis mendatar: {name_interval()}. {ukuran}"
    alt = f"Prevalensi register {hasil.nama} dan D/S per periode. {'; '.join(parts)}."
    return Tulisan(f"Register {parts[-1]}", ukuran, alt)


def _or_absent(value: float) -> str:
    return "tidak tersedia" if is_missing(value) else f"{format_number(value, 1)} persen"


@styled
def plot_prevalensi_kecamatan(hasil: HasilReviu) -> Bagan:
    """Return the register prevalence of each kecamatan in the latest period, hollow if doubtful."""
    rows = _known(hasil, "register")
    rows = rows[rows["tingkat"].eq("kecamatan") & rows["tahun"].eq(hasil.tahun)]
    if rows.empty:
        return empty_bagan("Pengukuran balita per kecamatan tidak tersedia.")
    latest = max(rows["periode"].dropna(), key=lambda name: _URUT_BULAN.get(name, 0), default=None)
    rows = rows[rows["periode"].eq(latest) if latest else rows["periode"].isna()].sort_values(
        "prevalensi_persen", ascending=False
    )
    bagan = new_bagan(1.6 + 0.26 * (len(rows) + len(_closed_kecamatan(hasil, latest))))
    axes = bagan.subplots()
    sound = rows["d_per_s_persen"].ge(load_ambang()["ds_minimum_persen"]).fillna(False)
    faces = [SERI[0] if ok else "white" for ok in sound]
    places = list(range(len(rows)))
    axes.hlines(places, 0, rows["prevalensi_persen"], color=GARIS, linewidth=2)
    ends = _draw_intervals(axes, rows, places)
    axes.scatter(rows["prevalensi_persen"], places, s=65, c=faces, edgecolors=SERI[0], zorder=3)
    for place, row, end in zip(places, rows.itertuples(), ends, strict=True):
        text = f"{format_number(row.prevalensi_persen, 1)}  ({format_number(row.stunting)} dari "
        write(
            axes,
            (end, place),
            f"{text}{format_number(row.diukur)})",
            shift=(8, 0),
        )
    closed = _closed_kecamatan(hasil, latest)
    _draw_closed(axes, range(len(rows), len(rows) + len(closed)))
    set_labels(axes, [str(name) for name in [*rows["wilayah"], *closed]])
    axes.set_xlim(0, max(float(ends.max()) * 1.3, 1))
    axes.set_xlabel("Prevalensi dari balita yang diukur (persen)")
    format_axis(axes)
    return finish(bagan, hasil, "prevalensi_kecamatan", _words_of_kecamatan(hasil, rows, latest))


def _closed_kecamatan(hasil: HasilReviu, periode: str | None) -> list[str]:
    """Return the names of the kecamatan whose number of this period the public edition closes."""
    frame = hasil.perkembangan_prevalensi
    rows = frame[frame["tingkat"].eq("kecamatan") & frame["periode"].eq(periode)]
    address = "perkembangan_prevalensi/" + rows["baris"] + "/prevalensi_persen"
    return list(rows.loc[address.isin(hasil.tertutup), "wilayah"])


def _draw_closed(axes: Axes, places: Iterable[int]) -> None:
    """Put a hatched band and a word where a number is closed; its length says nothing."""
    for place in places:
        axes.axhspan(place - 0.35, place + 0.35, facecolor="none", edgecolor=GARIS, hatch="///")
        write(axes, (0, place), "ditutup", shift=(8, 0))


def _words_of_kecamatan(hasil: HasilReviu, rows: pd.DataFrame, periode: str | None) -> Tulisan:
    ends = rows.iloc[[0, -1]] if len(rows) > 1 else rows
    span = " sampai ".join(
        f"{row.wilayah} {format_number(row.prevalensi_persen, 1)} persen"
        for row in ends.itertuples()
    )
    judul = f"Prevalensi register {_period_of(periode, hasil.tahun)} per kecamatan: {span}"
    if closed := len(_closed_kecamatan(hasil, periode)):
        judul += f"; {closed} kecamatan ditutup"
    ukuran = (
        f"Angka dalam kurung: balita stunting dari yang diukur; garis tebal: {name_interval()}; "
        "titik kosong: D/S di bawah minimum atau tidak diketahui"
    )
    return Tulisan(judul, ukuran, f"Diagram titik per kecamatan. {judul}.")
