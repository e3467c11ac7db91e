"""Charts of stunting by age: the curve of the kabupaten, and kecamatan by age group."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from reviu_lib.catalog import load_ambang
from reviu_lib.formatting import format_number
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.grafik.gaya import (
    SERI,
    TINTA,
    Bagan,
    Tulisan,
    count_in_ones,
    empty_bagan,
    finish,
    format_axis,
    list_some,
    new_bagan,
    styled,
)
from reviu_lib.report.grafik.gizi.baris import (
    count_without_place,
    name_interval,
    period_of,
    say_interval,
    select_kelompok,
)
from reviu_lib.report.grafik.panas import Skala, draw_matrix, name_tiles

_TENGAH_SELANG = 1.5
_JARAK_BULAN = 6


@styled
def plot_pola_umur(hasil: HasilReviu) -> Bagan:
    """Return prevalence with its interval, and the mean z, by age in steps of three months."""
    rows = select_kelompok(hasil, "umur 3 bulanan")
    if rows.empty:
        return empty_bagan("Prevalensi menurut umur balita tidak tersedia.")
    rows = rows.assign(_bulan=rows["kode"].astype(float)).sort_values("_bulan")
    bagan = new_bagan(4.0)
    left, right = bagan.subplots(1, 2, width_ratios=(3, 2))
    left.fill_between(rows["_bulan"], rows["bawah_persen"].astype(float),
                      rows["atas_persen"].astype(float), color=SERI[4], alpha=0.35)  # fmt: skip
    _draw_line(left, rows["_bulan"], rows["prevalensi_persen"])
    left.set_ylim(
        0, max(float(rows["atas_persen"].fillna(rows["prevalensi_persen"]).max()), 1) * 1.1
    )
    left.set_title("Prevalensi stunting (persen)")
    _draw_line(right, rows["_bulan"], rows["rerata_z"])
    right.axhline(0, color=TINTA, linewidth=0.9, linestyle="--")
    right.set_title("Rerata z TB/U; garis putus: standar WHO (0)")
    low = float(rows["rerata_z"].min()) if rows["rerata_z"].notna().any() else -1.0
    right.set_ylim(min(low * 1.25, -0.5), max(0.2, float(rows["rerata_z"].fillna(0).max()) + 0.2))
    for axes in (left, right):
        _number_months(axes)
    count_in_ones(left, "y")
    format_axis(left, "y")
    format_axis(right, "y", 1)
    return finish(bagan, hasil, "pola_umur", _words_of_age(hasil, rows))


def _draw_line(axes: Axes, months: pd.Series, values: pd.Series) -> None:
    axes.plot(months, values.astype(float), color=SERI[0], linewidth=1.6, marker="o", markersize=4)


def _number_months(axes: Axes) -> None:
    axes.set_xlim(0, 60)
    axes.set_xticks(range(0, 61, _JARAK_BULAN * 2))
    axes.set_xlabel("Umur (bulan)")
    axes.grid(axis="y")


def _age_of(row: pd.Series) -> str:
    first = row["_bulan"] - _TENGAH_SELANG
    return f"{format_number(first)}–{format_number(first + 2 * _TENGAH_SELANG - 1)} bulan"


def _words_of_age(hasil: HasilReviu, rows: pd.DataFrame) -> Tulisan:
    ordered = rows.sort_values("prevalensi_persen", kind="stable")
    high = ordered.iloc[-1]
    judul = f"Stunting tertinggi pada umur {_age_of(high)}: {say_interval(high)}"
    if len(rows) > 1:
        low = ordered.iloc[0]
        judul += f"; terendah {_age_of(low)}: {say_interval(low)}"
        if low["atas_persen"] > high["bawah_persen"]:
            judul += ". Selangnya bertumpang: belum tentu berbeda"
    ukuran = f"{period_of(hasil)}; kelompok tiga bulanan; pita biru: {name_interval()}"
    parts = [
        f"{_age_of(row)} {format_number(row['prevalensi_persen'], 1)}" for _, row in rows.iterrows()
    ]
    alt = (
        f"Kurva prevalensi stunting dan rerata z menurut umur. {judul}. Persen: {'; '.join(parts)}."
    )
    return Tulisan(judul, ukuran, alt)


@styled
def plot_peta_panas_umur(hasil: HasilReviu) -> Bagan:
    """Return a heat map of stunting, kecamatan by age group; hatched where few were measured."""
    rows = select_kelompok(hasil, "kecamatan dan kelompok umur")
    if rows.empty:
        return empty_bagan("Prevalensi menurut kecamatan dan umur tidak tersedia.")
    parts = rows["kode"].str.partition("|")
    rows = rows.assign(_kecamatan=parts[0], _umur=parts[2])
    few = rows["diukur"].lt(load_ambang()["diukur_minimum"])
    shown = rows.assign(prevalensi_persen=rows["prevalensi_persen"].astype(float).mask(few))
    wide = shown.pivot(index="_kecamatan", columns="_umur", values="prevalensi_persen")
    wide = wide[sorted(wide.columns, key=lambda name: int(str(name).partition("-")[0]))]
    names = [_kecamatan_name(rows, kode) for kode in wide.index]
    bagan = new_bagan(1.9 + 0.28 * len(wide))
    _draw_tiles(bagan, wide, names)
    return finish(bagan, hasil, "peta_panas_umur", _words_of_tiles(hasil, shown, wide))


def _kecamatan_name(rows: pd.DataFrame, kode: str) -> str:
    first = rows.loc[rows["_kecamatan"].eq(kode)].iloc[0]
    return str(first["nama"]).removesuffix(f", {first['_umur']}")


def _draw_tiles(bagan: Bagan, wide: pd.DataFrame, names: list[str]) -> None:
    texts = wide.map(lambda value: "" if pd.isna(value) else format_number(value, 1))
    known = wide.notna().to_numpy().any()
    highest = max(float(wide.max().max()), 1) if known else 1
    skala = Skala("persen; makin terang makin tinggi", sampai=highest)
    axes = draw_matrix(bagan, wide, texts, size=8, skala=skala)
    name_tiles(axes, list(wide.columns), names, sizes=(8.5, 8.5), turned=False)


def _words_of_tiles(hasil: HasilReviu, rows: pd.DataFrame, wide: pd.DataFrame) -> Tulisan:
    blank = int(wide.isna().to_numpy().sum())
    count = f"{len(wide)} kecamatan dan {wide.shape[1]} kelompok umur"
    top = rows.dropna(subset=["prevalensi_persen"]).sort_values(
        "prevalensi_persen", ascending=False, kind="stable"
    )
    judul = f"Stunting di {count}, {period_of(hasil)}: belum cukup balita diukur"
    parts = [f"{row['nama']} {say_interval(row)}" for _, row in top.head(3).iterrows()]
    if parts:
        judul = f"Stunting {period_of(hasil)} tertinggi di {parts[0]}"
    minimum = format_number(load_ambang()["diukur_minimum"])
    ukuran = f"Persen; kotak bergaris miring: kurang dari {minimum} balita diukur ({blank} kotak)"
    lost = count_without_place(hasil, "kecamatan dan kelompok umur")
    ukuran += f"; {format_number(lost)} balita tanpa kecamatan tidak digambar" if lost else ""
    alt = (
        f"Peta panas stunting di {count}. Tertinggi: {list_some(parts)}." if parts else f"{judul}."
    )
    return Tulisan(judul, ukuran, f"{alt} {blank} kotak tanpa angka.")
