"""Charts that put several kabupaten of one year side by side, without ranking them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from reviu_lib.formatting import format_number, is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.grafik.cakupan import draw_heat_map, label_of
from reviu_lib.report.grafik.gaya import (
    SERI,
    Bagan,
    Tulisan,
    distinct_names,
    empty_bagan,
    finish_banding,
    format_axis,
    new_bagan,
    pick,
    set_labels,
    styled,
    write,
)

_LINI = ("spesifik", "sensitif", "fisik")


@styled
def plot_banding_prevalensi(daftar: Sequence[HasilReviu]) -> Bagan:
    """Return the latest known survey figure of each kabupaten with survey and year."""
    known = [hasil for hasil in daftar if not is_missing(pick(hasil, "survei_terakhir_persen"))]
    if not known:
        return empty_bagan(
            "Angka survei prevalensi tidak tersedia pada kabupaten yang dibandingkan."
        )
    bagan = new_bagan(1.7 + 0.5 * len(known))
    axes = bagan.subplots()
    parts, names = [], distinct_names(known)
    for place, (hasil, name) in enumerate(zip(known, names, strict=True)):
        value, survey = pick(hasil, "survei_terakhir_persen"), _survey(hasil)
        axes.barh(place, value, color=SERI[0], height=0.5)
        write(axes, (value, place), f"{format_number(value, 1)}  ({survey})")
        parts.append(f"{name} {format_number(value, 1)} persen ({survey})")
    set_labels(axes, names)
    top = max(pick(hasil, "survei_terakhir_persen") for hasil in known)
    axes.set_xlim(0, max(top * 1.4, 1))
    axes.set_xlabel("Prevalensi stunting (persen)")
    format_axis(axes)
    ukuran = "Survei dan tahun berbeda tidak untuk diselisihkan"
    words = Tulisan(
        "; ".join(parts), ukuran, f"Diagram batang prevalensi survei. {'; '.join(parts)}."
    )
    return finish_banding(bagan, known, "banding_prevalensi", words)


def _survey(hasil: HasilReviu) -> str:
    year = pick(hasil, "survei_terakhir_tahun")
    return f"{pick(hasil, 'survei_terakhir_sumber_teks')} {format_number(year).replace('.', '')}"


@styled
def plot_banding_cakupan(daftar: Sequence[HasilReviu]) -> Bagan:
    """Return a heat map of coverage, indicator by kabupaten; hatched where data are missing."""
    tables = zip(distinct_names(daftar), (hasil.capaian_cakupan for hasil in daftar), strict=True)
    rows = pd.concat([t[t["tingkat"].eq("kabupaten")].assign(wilayah=name) for name, t in tables])
    if rows["capaian_persen"].notna().sum() == 0:
        return empty_bagan("Cakupan layanan tidak tersedia pada kabupaten yang dibandingkan.")
    wide = rows.pivot(index="kode_indikator", columns="wilayah", values="capaian_persen")
    first = rows.drop_duplicates("kode_indikator").set_index("kode_indikator", drop=False)
    falling = first.index[first["arah"].eq("turun")]
    labels = [label_of(row) for _, row in first.loc[wide.index].iterrows()]
    bagan = draw_heat_map(wide, labels, falling)
    both = int(wide.notna().all(axis=1).sum())
    judul = f"{both} dari {len(wide)} indikator berdata di semua kabupaten yang dibandingkan"
    words = Tulisan(judul, "Persen; kotak bergaris miring: data tidak ada", f"Peta panas. {judul}.")
    return finish_banding(bagan, daftar, "banding_cakupan", words)


@styled
def plot_banding_serapan(daftar: Sequence[HasilReviu]) -> Bagan:
    """Return the absorption of each kabupaten in the three lines of intervention."""
    values = {
        name: [pick(hasil, f"serapan_{lini}_persen") for lini in _LINI]
        for name, hasil in zip(distinct_names(daftar), daftar, strict=True)
    }
    frame = pd.DataFrame(values, index=["spesifik", "sensitif tanpa fisik", "fisik/infrastruktur"])
    frame = frame.astype("float64")
    if frame.size == 0 or frame.isna().all(axis=None):
        return empty_bagan("Serapan anggaran tidak tersedia pada kabupaten yang dibandingkan.")
    bagan = new_bagan(1.7 + 0.5 * len(frame.columns))
    panels = bagan.subplots(1, len(frame), sharey=True, squeeze=False)[0]
    for axes, (lini, line) in zip(panels, frame.iterrows(), strict=True):
        axes.barh(range(len(line)), line.fillna(0), color=SERI[0], height=0.5)
        for place, value in enumerate(line):
            write(axes, (value, place), format_number(value, 1))
        axes.set_title(str(lini))
        axes.set_xlim(0, 125)
        format_axis(axes)
    set_labels(panels[0], list(frame.columns))
    parts = [f"{nama} {_percent(frame[nama].iloc[0])}" for nama in frame.columns]
    judul = f"Serapan lini spesifik: {'; '.join(parts)}"
    words = Tulisan(
        judul, "Serapan (persen) sampai batas data masing-masing", f"Diagram batang. {judul}."
    )
    return finish_banding(bagan, daftar, "banding_serapan", words)


def _percent(value: float) -> str:
    return "tidak tersedia" if is_missing(value) else f"{format_number(value, 1)} persen"
