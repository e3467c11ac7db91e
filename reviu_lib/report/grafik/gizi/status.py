"""Chart of the nutritional status of the kabupaten, by sex and by age group."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from reviu_lib.formatting import format_number
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.grafik.gaya import (
    GARIS,
    SERI,
    Bagan,
    Tulisan,
    count_in_ones,
    empty_bagan,
    finish,
    format_axis,
    new_bagan,
    set_labels,
    share_rows,
    styled,
)
from reviu_lib.report.grafik.gizi.baris import (
    name_interval,
    period_of,
    say_interval,
    select_kelompok,
    short_name,
)

_INDIKATOR = ("stunting", "sangat_pendek", "underweight", "wasting", "overweight")
_NILAI = ("prevalensi_persen", "bawah_persen", "atas_persen")
# Axes that reach beyond this have whole numbers.
_BULAT = 2
# Marker and colour of each grouping, in the order of the rows.
_GAYA = {
    "kabupaten": ("D", "#000000"),
    "jenis kelamin": ("s", SERI[0]),
    "kelompok umur": ("o", SERI[5]),
}


@styled
def plot_status_gizi(hasil: HasilReviu) -> Bagan:
    """Return small multiples, one panel per indicator: all, by sex, by age, with intervals."""
    panels = [(indikator, _rows(hasil, indikator)) for indikator in _INDIKATOR]
    panels = [(indikator, rows) for indikator, rows in panels if len(rows)]
    if not panels:
        return empty_bagan("Status gizi balita menurut umur dan jenis kelamin tidak tersedia.")
    keys = pd.concat([rows for _, rows in panels]).drop_duplicates(["kelompok", "kode"])
    keys = keys.sort_values("_urut", kind="stable").reset_index(drop=True)
    bagan = new_bagan(1.9 + 0.27 * len(keys))
    axes = bagan.subplots(1, len(panels), sharey=True, squeeze=False)[0]
    for panel, (_, rows) in zip(axes, panels, strict=True):
        _draw_panel(panel, rows, keys)
    labels = keys["nama"].mask(keys["kelompok"].eq("kabupaten"), "Semua balita")
    set_labels(axes[0], [str(label) for label in labels])
    share_rows(axes[1:])
    axes[len(axes) // 2].set_xlabel("Persen dari balita yang diukur; skala tiap panel berbeda")
    return finish(bagan, hasil, "status_gizi", _words(hasil, [rows for _, rows in panels]))


def _rows(hasil: HasilReviu, indikator: str) -> pd.DataFrame:
    """Return the rows of an indicator in order: all, by sex, by age; `_urut` is that order."""
    parts = [select_kelompok(hasil, kelompok, indikator) for kelompok in _GAYA]
    ranked = [part.assign(_urut=100 * place) for place, part in enumerate(parts)]
    frame = pd.concat(ranked, ignore_index=True)
    ages = [_start_of_age(kode) for kode in frame["kode"]]
    return frame.assign(_urut=frame["_urut"] + ages).sort_values("_urut", kind="stable")


def _start_of_age(kode: str) -> int:
    """Return the first month of an age group such as `12-23 bulan`, 0 for another group."""
    start = str(kode).partition("-")[0]
    return int(start) if start.isdigit() else 0


def _draw_panel(axes: Axes, rows: pd.DataFrame, keys: pd.DataFrame) -> None:
    order = {(row.kelompok, row.kode): place for place, row in enumerate(keys.itertuples())}
    top = float(rows["atas_persen"].fillna(rows["prevalensi_persen"]).max())
    axes.set_xlim(0, max(top, 0.5) * 1.6)
    for kelompok, part in rows.groupby("kelompok", sort=False):
        marker, colour = _GAYA[str(kelompok)]
        places = [order[kelompok, kode] for kode in part["kode"]]
        values, low, high = (part[name].astype(float) for name in _NILAI)
        axes.hlines(places, low, high, colors=colour, linewidth=1.6)
        axes.scatter(values, places, marker=marker, color=colour, s=30, zorder=3)
        for place, value in zip(places, values, strict=True):
            axes.text(1, place, format_number(value, 1), fontsize=8, ha="right", va="center",
                      transform=axes.get_yaxis_transform())  # fmt: skip
    whole = rows.loc[rows["kelompok"].eq("kabupaten"), "prevalensi_persen"]
    for value in whole:
        axes.axvline(value, color=GARIS, linewidth=1, zorder=0)
    axes.set_title(short_name(rows["indikator_nama"].iloc[0]))
    if top > _BULAT:
        count_in_ones(axes)
    format_axis(axes, decimals=0 if top > _BULAT else 1)


def _words(hasil: HasilReviu, panels: list[pd.DataFrame]) -> Tulisan:
    whole = pd.concat(panels).query("kelompok == 'kabupaten'")
    parts = [
        f"{short_name(row['indikator_nama'])} {say_interval(row)}" for _, row in whole.iterrows()
    ]
    period = period_of(hasil)
    judul = f"Status gizi balita {hasil.nama} {period}"
    if parts:
        judul = f"{period}: {'; '.join([parts[0], *(part.lower() for part in parts[2:4])])}"
    ukuran = (
        f"Garis mendatar: {name_interval()}; garis tegak: angka kabupaten; belah ketupat: semua "
        "balita; kotak: jenis kelamin; lingkaran: umur"
    )
    alt = (
        f"Diagram titik status gizi {hasil.nama}, {period}. {'; '.join(parts)}. {_by_group(panels)}"
    )
    return Tulisan(judul, ukuran, alt.strip())


def _by_group(panels: list[pd.DataFrame]) -> str:
    """Return the stunting of each sex and age in words."""
    groups = panels[0].query("kelompok != 'kabupaten'")
    name = short_name(panels[0]["indikator_nama"].iloc[0])
    parts = [f"{row['nama']} {say_interval(row)}" for _, row in groups.iterrows()]
    return f"{name} menurut kelompok: {'; '.join(parts)}." if parts else ""
