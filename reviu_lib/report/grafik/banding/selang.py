"""Values with their intervals, one row per place: surveys, chosen indicators, spending.

The thick line is the interval of the place alone (95 percent), the thin one the interval that the
comparison rests on: places whose thin lines meet are not told apart.
"""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from reviu_lib.formatting import format_number, is_missing, join_list
from reviu_lib.hasil import HasilBanding
from reviu_lib.report.grafik.banding.tempat import (
    BARIS_MAKS,
    finish_banding,
    pick_indikator,
    pick_places,
    say_how_many,
)
from reviu_lib.report.grafik.gaya import (
    GARIS,
    PENANDA,
    TINTA,
    WARNA,
    Bagan,
    Tulisan,
    empty_bagan,
    format_axis,
    new_bagan,
    set_labels,
    share_rows,
    styled,
    wrap_name,
    write,
)

# Tone of each reading; a figure that is not compared is drawn hollow.
_NADA = {"separuh atas": "baik", "separuh bawah": "buruk", "tengah": "sedang",
         "tidak terbedakan": "netral"}  # fmt: skip
_TAK_DIBANDINGKAN = "tidak dibandingkan"
_LINI = ("spesifik", "sensitif", "fisik")
_NAMA_LINI = ("spesifik", "sensitif tanpa fisik", "fisik/infrastruktur")
_DISEBUT_ALT = 12
_KETERANGAN = (
    "Garis tebal: selang 95 persen; garis tipis: selang serentak untuk membandingkan, yang "
    "bertemu tidak terbedakan"
)


def _height(rows: int) -> float:
    """Return inches for the rows: generous for a few, close for many."""
    return 1.9 + rows * (0.46 if rows <= 12 else 0.3)


@styled
def plot_banding_prevalensi(banding: HasilBanding) -> Bagan:
    """Return the latest known survey figure of each kabupaten with survey, year, and interval."""
    places = pick_places(banding, BARIS_MAKS)
    rows = _rows_of(banding, "survei", places)
    rows = rows[rows["nilai_persen"].notna()]
    if rows.empty:
        return empty_bagan(
            "Angka survei prevalensi tidak tersedia pada kabupaten yang dibandingkan."
        )
    bagan = new_bagan(_height(len(rows)))
    axes = bagan.subplots()
    _draw_rows(axes, rows)
    for place, row in enumerate(rows.itertuples()):
        _write_right(axes, place, f"{format_number(row.nilai_persen, 1)}  ({row.syarat})", 8)
    set_labels(axes, [wrap_name(name) for name in rows["kabupaten"]])
    axes.set_xlim(0, max(_highest(rows) * 1.06, 1))
    axes.set_xlabel("Prevalensi stunting (persen)")
    format_axis(axes)
    _explain(axes)
    words = Tulisan(
        f"Prevalensi survei: {_say_reading(rows)}",
        f"Survei dan tahun berbeda tidak untuk diselisihkan; tanda | target. {_KETERANGAN}"
        f"{say_how_many(banding, BARIS_MAKS)}",
        f"Diagram titik prevalensi survei. {_list_values(rows)}.",
    )
    return finish_banding(bagan, banding, "banding_prevalensi", words)


def _rows_of(banding: HasilBanding, ukuran: str, places: pd.Series) -> pd.DataFrame:
    """Return the row of each place for one measure, missing values where it has none."""
    rows = banding.peringkat[banding.peringkat["ukuran"].eq(ukuran)].set_index("kode_kabupaten")
    return rows.reindex(places.index).assign(kabupaten=places)


def _draw_rows(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw intervals, then the dots by reading, then a short mark at the target of each place."""
    at = pd.Series(range(len(rows)), index=rows.index)
    for side, width, colour in (("_banding", 1.0, TINTA), ("", 3.2, GARIS)):
        known = rows[rows[f"bawah{side}_persen"].notna()]
        axes.hlines(at[known.index], known[f"bawah{side}_persen"], known[f"atas{side}_persen"],
                    color=colour, linewidth=width, zorder=2 if side else 1)  # fmt: skip
    for reading, part in rows.groupby(_readings(rows), sort=False):
        _draw_dots(axes, part["nilai_persen"], at[part.index], str(reading))
    aimed = rows[rows["target_persen"].notna() & rows["nilai_persen"].notna()]
    axes.scatter(aimed["target_persen"], at[aimed.index], marker="|", s=110, color=TINTA,
                 linewidth=1.6, zorder=2)  # fmt: skip


def _draw_dots(axes: Axes, values: pd.Series, at: pd.Series, reading: str) -> None:
    nada = _NADA.get(reading, "netral")
    hollow = reading == _TAK_DIBANDINGKAN
    axes.scatter(values, at, s=44, marker="o" if hollow else PENANDA[nada], zorder=3,
                 color="white" if hollow else WARNA[nada], edgecolors=TINTA, linewidth=0.7,
                 label=reading)  # fmt: skip


def _readings(rows: pd.DataFrame) -> pd.Series:
    compared = rows["keadaan"].eq("dibandingkan").fillna(False).astype(bool)
    return rows["posisi"].where(compared, _TAK_DIBANDINGKAN).fillna(_TAK_DIBANDINGKAN)


def _write_right(axes: Axes, place: int, text: str, size: float) -> None:
    """Write `text` beside the row, right of the axes, where no mark can stand."""
    axes.text(1.01, place, text, fontsize=size, va="center", transform=axes.get_yaxis_transform())


def _highest(rows: pd.DataFrame) -> float:
    columns = ["nilai_persen", "atas_persen", "atas_banding_persen", "target_persen"]
    return float(rows[columns].astype(float).max(axis=None))


def _explain(axes: Axes) -> None:
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=5, fontsize=8,
                handletextpad=0.3)  # fmt: skip


def _say_reading(rows: pd.DataFrame) -> str:
    """Return how many places lie where, in the words of the table."""
    counts = _readings(rows).value_counts()
    order = [*_NADA, _TAK_DIBANDINGKAN]
    parts = [f"{counts[name]} {name}" for name in order if counts.get(name)]
    return join_list(parts)


def _list_values(rows: pd.DataFrame) -> str:
    shown = rows[rows["nilai_persen"].notna()].head(_DISEBUT_ALT)
    return "; ".join(
        f"{row.kabupaten} {format_number(row.nilai_persen, 1)} persen ({row.syarat})"
        for row in shown.itertuples()
    )


@styled
def plot_banding_peringkat(banding: HasilBanding) -> Bagan:
    """Return the indicators that tell most places apart, one panel each, places in the rows."""
    codes = pick_indikator(banding)
    places = pick_places(banding, BARIS_MAKS)
    parts = [_rows_of(banding, f"cakupan:{kode}", places) for kode in codes]
    if not parts or places.empty:
        return empty_bagan("Cakupan layanan tidak tersedia pada kabupaten yang dibandingkan.")
    bagan = new_bagan(_height(len(places)) + 0.5)
    panels = bagan.subplots(1, len(parts), sharey=True, squeeze=False)[0]
    for axes, rows, kode in zip(panels, parts, codes, strict=True):
        _draw_panel(axes, rows, kode)
    set_labels(panels[0], [wrap_name(name) for name in places], 8)
    share_rows(panels[1:])
    whole = pd.concat(parts)
    _share_legend(panels)
    words = Tulisan(
        _say_apart(parts),
        f"Capaian (persen); tanda | target tempat itu. {_KETERANGAN}"
        f"{say_how_many(banding, BARIS_MAKS)}",
        f"Diagram titik {len(codes)} indikator pada {len(places)} kabupaten/kota. "
        f"{_say_reading(whole[whole['nilai_persen'].notna()])} titik.",
    )
    return finish_banding(bagan, banding, "banding_peringkat", words)


def _draw_panel(axes: Axes, rows: pd.DataFrame, kode: str) -> None:
    _draw_rows(axes, rows)
    known = rows["nama_ukuran"].dropna()
    name = str(known.iloc[0]) if len(known) else kode
    title = textwrap.wrap(name, 25)
    short = title if len(title) <= 3 else [*title[:2], textwrap.shorten(
        " ".join(title[2:]), 24, placeholder=" …")]  # fmt: skip
    axes.set_title("\n".join([*short, kode]), fontsize=7.5, pad=22)
    for place, value in enumerate(rows["nilai_persen"]):
        _write_right(axes, place, format_number(value, 1), 7)
    axes.set_xlim(-3, 103)
    axes.set_xticks([0, 50, 100])
    format_axis(axes)
    axes.grid(axis="x")


def _share_legend(panels: list[Axes]) -> None:
    """Put one legend over all panels, in the room that their titles leave."""
    known: dict[str, Any] = {}
    for axes in panels:
        handles, names = axes.get_legend_handles_labels()
        known |= dict(zip(names, handles, strict=True))
    legend = panels[0].legend(list(known.values()), list(known), loc="lower left", ncols=5,
                              bbox_to_anchor=(0.0, 1.0), fontsize=7.5, handletextpad=0.3,
                              borderaxespad=0.2)  # fmt: skip
    legend.set_in_layout(False)


def _say_apart(parts: list[pd.DataFrame]) -> str:
    """Return the finding: the two indicators that tell most places apart, and how many."""
    texts = []
    for rows in parts[:2]:
        apart = int(rows["posisi"].isin(["separuh atas", "separuh bawah"]).sum())
        name = rows["nama_ukuran"].dropna()
        told = f"{apart} dari {int(rows['nilai_persen'].notna().sum())} tempat"
        texts.append(f"{textwrap.shorten(str(name.iloc[0]), 60, placeholder=' …')} ({told})")
    if not any(rows["posisi"].isin(["separuh atas", "separuh bawah"]).any() for rows in parts):
        return "Cakupan: tidak ada tempat yang dapat dibedakan menurut selangnya"
    return f"Cakupan yang paling membedakan: {'; '.join(texts)}"


@styled
def plot_banding_serapan(banding: HasilBanding) -> Bagan:
    """Return the absorption of each kabupaten in the three lines of intervention."""
    places = pick_places(banding, BARIS_MAKS)
    parts = [_rows_of(banding, f"serapan:{lini}", places) for lini in _LINI]
    if all(rows["nilai_persen"].isna().all() for rows in parts):
        return empty_bagan("Serapan anggaran tidak tersedia pada kabupaten yang dibandingkan.")
    bagan = new_bagan(_height(len(places)))
    panels = bagan.subplots(1, len(parts), sharey=True, squeeze=False)[0]
    for axes, lini, rows in zip(panels, _NAMA_LINI, parts, strict=True):
        values = rows["nilai_persen"].astype(float)
        axes.barh(range(len(rows)), values.fillna(0), color=WARNA["baik"], height=0.5)
        for place, value in enumerate(values):
            write(axes, (value, place), format_number(value, 1))
        axes.set_title(lini)
        axes.set_xlim(0, max(125.0, float(values.max()) * 1.2))
        format_axis(axes)
    set_labels(panels[0], [wrap_name(name) for name in places])
    share_rows(panels[1:])
    judul = f"Serapan lini spesifik: {_say_serapan(parts[0])}"
    words = Tulisan(
        judul,
        "Serapan (persen) sampai batas data masing-masing; sebagian tahun bukan serapan akhir"
        f"{say_how_many(banding, BARIS_MAKS)}",
        f"Diagram batang. {judul}.",
    )
    return finish_banding(bagan, banding, "banding_serapan", words)


def _say_serapan(rows: pd.DataFrame) -> str:
    """Return each place when there are three at most, else the span of the values."""
    values = rows["nilai_persen"].astype(float)
    if len(rows) <= 3:
        parts = [f"{name} {_percent(value)}" for name, value in
                 zip(rows["kabupaten"], values, strict=True)]  # fmt: skip
        return "; ".join(parts)
    known = values.dropna()
    if known.empty:
        return "tidak tersedia"
    ends = dict.fromkeys(format_number(value, 1) for value in (known.min(), known.max()))
    return f"{' sampai '.join(ends)} persen di {len(known)} kabupaten/kota"


def _percent(value: float) -> str:
    return "tidak tersedia" if is_missing(value) else f"{format_number(value, 1)} persen"
