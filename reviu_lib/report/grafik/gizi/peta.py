"""Maps of stunting by desa and kecamatan; tiles by kecamatan where no boundaries were supplied."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch

from reviu_lib.formatting import format_number, is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.reference import Batas, Bidang, list_desa
from reviu_lib.report.grafik.gaya import (
    LEBAR,
    Bagan,
    Tulisan,
    empty_bagan,
    finish,
    list_some,
    new_bagan,
    styled,
)
from reviu_lib.report.grafik.gizi.baris import count_without_place, period_of, select_kelompok
from reviu_lib.report.grafik.gizi.bidang import (
    area_path,
    frame_map,
    group_kecamatan,
    map_height,
    name_places,
    outline,
)
from reviu_lib.report.grafik.gizi.kelas import (
    TANPA_DATA,
    KelasWarna,
    make_kelas,
    show_kelas,
    span_words,
)
from reviu_lib.report.grafik.gizi.petak import draw_tiles, tile_height

_LEBAR_PETA = LEBAR - 2.4
_KELAS = "batas bawah kelas termasuk"


@styled
def plot_peta_desa(hasil: HasilReviu, batas: Batas | None = None) -> Bagan:
    """Return smoothed stunting prevalence of each desa: a map, or tiles without boundaries."""
    rows = select_kelompok(hasil, "desa", nilai="halus_persen")
    if rows.empty:
        return empty_bagan("Prevalensi menurut desa tidak tersedia, sehingga peta tidak digambar.")
    batas = batas or Batas(hasil.kode_kabupaten)
    rows = rows.assign(_nilai=rows["halus_persen"].astype(float))
    draw = _draw_map if batas.desa else _draw_tiles
    bagan, ukuran = draw(hasil, rows, batas)
    judul = f"Stunting per desa (dimuluskan), {period_of(hasil)}: {span_words(rows, '_nilai')}"
    top = rows.sort_values("_nilai", ascending=False, kind="stable")["nama"].head(5)
    kind = "Peta" if batas.desa else "Petak menurut kecamatan"
    alt = f"{kind}, {len(rows)} desa/kelurahan. {judul}. Tertinggi: {list_some(list(top), 5)}."
    ukuran = f"{ukuran}; {_KELAS}{_lost(hasil, 'desa', batas)}"
    return finish(bagan, hasil, "peta_desa", Tulisan(judul, ukuran, alt))


@styled
def plot_peta_kecamatan(hasil: HasilReviu, batas: Batas | None = None) -> Bagan:
    """Return a map of the stunting prevalence of each kecamatan; nothing without boundaries."""
    rows = select_kelompok(hasil, "kecamatan")
    batas = batas or Batas(hasil.kode_kabupaten)
    shapes = dict(batas.kecamatan) or group_kecamatan(batas.desa)
    if rows.empty or not shapes:
        return empty_bagan("Peta kecamatan memerlukan angka per kecamatan dan batas wilayahnya.")
    rows = rows.assign(_nilai=rows["prevalensi_persen"].astype(float))
    bagan, kelas, values = _new_map(rows, shapes, "kecamatan")
    axes = bagan.axes[0]
    for kode, shape in shapes.items():
        outline(axes, shape)
        _fill(axes, shape, values.get(kode), kelas=kelas, sekat=False)
    name_places(axes, shapes, _names(rows, values=True))
    judul = f"Stunting per kecamatan, {period_of(hasil)}: {span_words(rows, '_nilai')}"
    ukuran = f"Persen dari balita yang diukur; {_KELAS}{_without_shape(rows, shapes)}"
    pairs = zip(rows["nama"], rows["_nilai"], strict=True)
    parts = [f"{nama} {format_number(value, 1)}" for nama, value in pairs]
    alt = f"Peta {len(shapes)} kecamatan {hasil.nama}. {judul}. Persen: {'; '.join(parts)}."
    ukuran += _lost(hasil, "kecamatan", batas)
    return finish(bagan, hasil, "peta_kecamatan", Tulisan(judul, ukuran, alt))


def _new_map(
    rows: pd.DataFrame, shapes: Mapping[str, Bidang], apa: str
) -> tuple[Bagan, KelasWarna, dict[str, float]]:
    """Return an empty map with its legend, the classes, and the value of each code."""
    values = dict(zip(rows["kode"], rows["_nilai"], strict=True))
    kelas = make_kelas(rows["_nilai"])
    bagan = new_bagan(map_height(shapes, _LEBAR_PETA) + 1.1)
    axes = bagan.subplots()
    frame_map(axes, shapes)
    drawn = [value for kode, value in values.items() if kode in shapes]
    show_kelas(axes, kelas, drawn, tanpa=len(set(shapes) - set(values)), apa=apa)
    return bagan, kelas, values


def _draw_map(hasil: HasilReviu, rows: pd.DataFrame, batas: Batas) -> tuple[Bagan, str]:
    """Return the map of desa, kecamatan outlined, and what is to say of it."""
    bagan, kelas, values = _new_map(rows, batas.desa, "desa")
    groups = group_kecamatan(batas.desa)
    for kecamatan, whole in groups.items():
        outline(bagan.axes[0], whole)
        for kode, shape in batas.desa.items():
            if kode.rpartition(".")[0] == kecamatan:
                _fill(bagan.axes[0], shape, values.get(kode), kelas=kelas, sekat=True)
    name_places(bagan.axes[0], groups, _names(select_kelompok(hasil, "kecamatan")))
    lost = _without_shape(rows, batas.desa)
    return bagan, f"Angka dimuluskan ke rerata kabupaten; garis hitam: kecamatan{lost}"


def _fill(
    axes: Axes, shape: Bidang, value: float | None, *, kelas: KelasWarna, sekat: bool
) -> None:
    """Fill a shape by its value, hatched without one; `sekat` draws a thin line around it."""
    style = dict(TANPA_DATA)
    if value is not None:
        colour = kelas.colour(value)
        style = {"facecolor": colour, "edgecolor": "white" if sekat else colour}
    axes.add_patch(PathPatch(area_path(shape), linewidth=0.3, gid=shape.kode, **style))


def _draw_tiles(hasil: HasilReviu, rows: pd.DataFrame, batas: Batas) -> tuple[Bagan, str]:
    """Return the desa as tiles, those without a figure hatched, and what is to say of it."""
    official = list_desa(hasil.kode_kabupaten).rename(columns={"kode_desa": "kode"})
    every = official[["kode"]].merge(rows[["kode", "_nilai"]], on="kode", how="outer")
    every["_kecamatan"] = every["kode"].str.rpartition(".")[0]
    names = dict(zip(official["kode_kecamatan"], official["kecamatan"], strict=True))
    kelas = make_kelas(rows["_nilai"])
    bagan = new_bagan(tile_height(every))
    axes = bagan.subplots()
    draw_tiles(axes, every, names, kelas)
    show_kelas(axes, kelas, list(rows["_nilai"]), tanpa=int(every["_nilai"].isna().sum()),
               apa="desa")  # fmt: skip
    hint = "" if batas.catatan else "; menjadi peta bila berkas batas wilayah tersedia"
    return bagan, f"Satu kotak satu desa/kelurahan, angka dimuluskan, dari tertinggi{hint}"


def _names(rows: pd.DataFrame, *, values: bool = False) -> dict[str, str]:
    """Return the text of each place on the map: its name in lines, with its value if asked."""
    texts = {}
    for _, row in rows.iterrows():
        name = str(row["nama"]).replace(" ", "\n")
        shown = values and not is_missing(row["prevalensi_persen"])
        tail = f"\n{format_number(row['prevalensi_persen'], 1)}" if shown else ""
        texts[str(row["kode"])] = name + tail
    return texts


def _without_shape(rows: pd.DataFrame, shapes: Mapping[str, Bidang]) -> str:
    names = list(rows.loc[~rows["kode"].isin(list(shapes)), "nama"])
    return f"; {len(names)} tempat tanpa bidang pada peta: {list_some(names)}" if names else ""


def _lost(hasil: HasilReviu, kelompok: str, batas: Batas) -> str:
    """Return what cannot be seen: children without a place, and what is wrong with the files."""
    count = count_without_place(hasil, kelompok)
    parts = [f"{format_number(count)} balita tanpa {kelompok} tidak digambar"] if count else []
    return "".join(f"; {part}" for part in [*parts, *(note.rstrip(".") for note in batas.catatan)])
