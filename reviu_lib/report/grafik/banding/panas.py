"""Matrices of a comparison: coverage of places by indicators, and the map of data quality."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from reviu_lib.formatting import format_number
from reviu_lib.hasil import HasilBanding
from reviu_lib.report.grafik.banding.tempat import (
    BARIS_MAKS,
    finish_banding,
    pick_places,
    say_how_many,
)
from reviu_lib.report.grafik.cakupan import draw_heat_map, label_of
from reviu_lib.report.grafik.gaya import (
    TINTA,
    WARNA,
    Bagan,
    Tulisan,
    empty_bagan,
    new_bagan,
    set_labels,
    styled,
    wrap_name,
)
from reviu_lib.report.grafik.panas import Skala, draw_matrix, name_tiles

# More places than this stand in rows, with the codes of the indicators as heads.
_KOLOM_MAKS = 10
_LAMBANG = {"baik": "●", "sedang": "◆", "buruk": "▲", "netral": "○"}


@styled
def plot_banding_cakupan(banding: HasilBanding) -> Bagan:
    """Return a heat map of coverage, indicator by kabupaten; hatched where data are missing."""
    places = pick_places(banding, BARIS_MAKS)
    rows = banding.peringkat[banding.peringkat["kode_indikator"].notna()]
    rows = rows[rows["kode_kabupaten"].isin(places.index)]
    if rows.empty:
        return empty_bagan("Cakupan layanan tidak tersedia pada kabupaten yang dibandingkan.")
    wide = rows.pivot(index="kode_indikator", columns="kode_kabupaten", values="nilai_persen")
    wide = wide.reindex(columns=places.index)
    first = rows.drop_duplicates("kode_indikator").set_index("kode_indikator", drop=False)
    first = first.loc[wide.index].rename(columns={"nama_ukuran": "indikator"})
    falling = first.index[first["arah"].eq("turun")]
    both = int(wide.notna().all(axis=1).sum())
    judul = f"{both} dari {len(wide)} indikator berdata di semua kabupaten yang dibandingkan"
    if len(places) <= _KOLOM_MAKS:
        names = wide.set_axis([wrap_name(name) for name in places], axis=1)
        bagan = draw_heat_map(names, [label_of(row) for _, row in first.iterrows()], falling)
    else:
        bagan = _draw_places_in_rows(wide, places, falling)
    ukuran = (
        f"Persen; kotak bergaris miring: data tidak ada; kode indikator pada tabel"
        f"{say_how_many(banding, BARIS_MAKS)}"
    )
    words = Tulisan(judul, ukuran, f"Peta panas. {judul}.")
    return finish_banding(bagan, banding, "banding_cakupan", words)


def _draw_places_in_rows(wide: pd.DataFrame, places: pd.Series, falling: pd.Index) -> Bagan:
    """Return the matrix with a place in each row; brighter is better, also for falling ones."""
    turned = wide.T.astype(float)
    shade = turned.assign(**{str(kode): 100 - turned[kode] for kode in falling})
    bagan = new_bagan(2.2 + 0.26 * len(turned))
    heads = [f"{kode}{' ↓' if kode in falling else ''}" for kode in turned.columns]
    texts = turned.map(lambda value: "" if pd.isna(value) else format_number(value))
    axes = draw_matrix(bagan, shade, texts, size=6, skala=Skala("makin terang makin baik", 0.4))
    names = [wrap_name(name, 32) for name in places]
    name_tiles(axes, heads, names, sizes=(7, 7), turned=True)
    return bagan


@styled
def plot_banding_mutu(banding: HasilBanding) -> Bagan:
    """Return the map of data quality: a word, a sign, and a colour in every cell."""
    places = pick_places(banding, BARIS_MAKS)
    rows = banding.peta_mutu[banding.peta_mutu["kode_kabupaten"].isin(places.index)]
    if rows["nada"].ne("netral").sum() == 0:
        return empty_bagan("Mutu data kabupaten yang dibandingkan tidak dapat dinilai.")
    heads = list(rows["nama_dimensi"].unique())
    bagan = new_bagan(1.7 + 0.32 * len(places))
    axes = bagan.subplots()
    for row in rows.itertuples():
        at = (heads.index(row.nama_dimensi), places.index.get_loc(row.kode_kabupaten))
        _draw_cell(axes, at, (row.nada, row.kata))
    set_labels(axes, [wrap_name(name, 32) for name in places], 8)
    axes.set_ylim(len(places) - 0.5, -0.5)
    axes.set_xlim(-0.5, len(heads) - 0.5)
    axes.set_xticks(range(len(heads)), labels=[textwrap.fill(head, 14) for head in heads])
    axes.tick_params(axis="x", length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    axes.spines[:].set_visible(False)
    bad = rows[rows["nada"].eq("buruk")]["kode_kabupaten"].nunique()
    judul = (
        f"{bad} dari {len(places)} kabupaten/kota mempunyai data yang belum dapat dipercaya "
        "pada sedikitnya satu dimensi"
    )
    ukuran = "● baik, ◆ dengan catatan, ▲ bermasalah, ○ tidak ada data"
    words = Tulisan(judul, ukuran + say_how_many(banding, BARIS_MAKS), f"Peta mutu data. {judul}.")
    return finish_banding(bagan, banding, "banding_mutu", words)


def _draw_cell(axes: Axes, at: tuple[int, int], isi: tuple[str, str]) -> None:
    nada, kata = isi
    colour = {"netral": "#F2F2F2"}.get(nada, WARNA[nada])
    axes.add_patch(Rectangle((at[0] - 0.5, at[1] - 0.5), 1, 1, facecolor=colour, alpha=0.42,
                             edgecolor="white", linewidth=1.5))  # fmt: skip
    axes.text(*at, f"{_LAMBANG[nada]} {kata}", ha="center", va="center", fontsize=7, color=TINTA)
