"""Charts of the check: findings by kind and by file, rows kept, and what the desa have reported."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import load_aturan, load_indikator
from reviu_lib.formatting import format_number
from reviu_lib.pemeriksaan import (
    TINGKAT,
    count_berkas,
    count_jenis,
    list_kelengkapan,
    list_lines,
    sum_kelengkapan,
    sum_neraca,
)
from reviu_lib.report.grafik.gaya import (
    GARIS,
    LATAR,
    SERI,
    WARNA,
    Bagan,
    Tulisan,
    count_in_ones,
    empty_bagan,
    finish_periksa,
    format_axis,
    list_some,
    new_bagan,
    set_labels,
    shorten,
    styled,
    write,
)

_JENIS_TERBANYAK = 18
_BERKAS_TERBANYAK = 25
_TEPI, _TERISI = "#5A6570", "#B9CFE0"
_WARNA = {"galat": WARNA["buruk"], "peringatan": WARNA["sedang"], "catatan": GARIS}
_ASIDE: dict[str, Any] = {"color": SERI[1], "hatch": "///"}
_CORAK = {"galat": "", "peringatan": "///", "catatan": "..."}
_PANJANG_BERKAS = 46
_TINGGI_DESA = 0.05  # inches for a desa in the matrix; at most 9 inches in all
_MAKS_TINGGI = 9.0


@styled
def plot_temuan_jenis(bahan: BahanReviu) -> Bagan:
    """Return the rows and cells that each kind of finding affects, severity by colour and hatch."""
    rows = count_jenis(bahan.temuan)
    if rows.empty:
        return empty_bagan("Pemeriksaan tidak menemukan apa pun.")
    shown = rows.head(_JENIS_TERBANYAK)
    bagan = new_bagan(1.7 + 0.3 * len(shown))
    axes = bagan.subplots()
    for tingkat in TINGKAT:
        own = shown.loc[shown["tingkat"] == tingkat]
        axes.barh(own.index, own["terkena"], height=0.66, label=tingkat, **_look(tingkat))
    for place, value in enumerate(shown["terkena"]):
        write(axes, (value, place), format_number(value), shift=(3, 0), size=7.5)
    axes.set_xscale("symlog", linthresh=1)
    axes.set_xlim(0, float(shown["terkena"].max()) * 3 + 1)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    set_labels(axes, [f"{shorten(name, 52)}  {kode}" for name, kode in
                      zip(shown["jenis"], shown["kode"], strict=True)])  # fmt: skip
    _legend(axes, {word: _look(word) for word in TINGKAT})
    return finish_periksa(bagan, bahan, "temuan_jenis", _words_of_jenis(rows, shown))


def _look(tingkat: str) -> dict[str, Any]:
    return {"color": _WARNA[tingkat], "hatch": _CORAK[tingkat], "edgecolor": _TEPI}


def _legend(axes: Axes, looks: dict[str, dict[str, Any]]) -> None:
    """Explain the colours above the axes, also of what no bar shows."""
    handles = [
        Patch(label=word, facecolor=look["color"], hatch=look.get("hatch"), edgecolor=_TEPI)
        for word, look in looks.items()
    ]
    axes.legend(
        handles=handles, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=len(handles),
        fontsize=8, handlelength=1.8, borderaxespad=0.2,
    )  # fmt: skip


def _words_of_jenis(rows: pd.DataFrame, shown: pd.DataFrame) -> Tulisan:
    counts = rows.groupby("tingkat")["jumlah"].sum().reindex(list(TINGKAT), fill_value=0)
    told = ", ".join(f"{format_number(counts[word])} {word}" for word in TINGKAT)
    judul = f"{format_number(counts.sum())} temuan dari {len(rows)} jenis: {told}"
    ukuran = "Panjang batang: baris atau sel yang terkena, skala logaritma"
    if len(rows) > len(shown):
        ukuran = f"Digambar {len(shown)} jenis terberat. {ukuran}"
    alt = f"Diagram batang jenis temuan. {judul}. Terberat: {list_some(list(shown['jenis']))}."
    return Tulisan(judul, ukuran, alt)


@styled
def plot_temuan_berkas(bahan: BahanReviu) -> Bagan:
    """Return the findings of each file, stacked by severity."""
    rows = count_berkas(list_lines(bahan.temuan, bahan.sel_ragu, bahan.neraca_baris))
    if rows.empty:
        return empty_bagan("Tidak ada temuan pada berkas masukan.")
    shown = rows.head(_BERKAS_TERBANYAK)
    bagan = new_bagan(1.7 + 0.34 * len(shown))
    axes = bagan.subplots()
    left = np.zeros(len(shown))
    for tingkat in TINGKAT:
        axes.barh(range(len(shown)), shown[tingkat], left=left, height=0.66, label=tingkat,
                  **_look(tingkat))  # fmt: skip
        left = left + shown[tingkat].to_numpy()
    for place, total in enumerate(left):
        write(axes, (total, place), format_number(total), shift=(3, 0), size=7.5)
    axes.set_xlim(0, float(left.max()) * 1.2)
    axes.set_xlabel("temuan", fontsize=8)
    count_in_ones(axes)
    set_labels(axes, [_short_name(name) for name in shown["berkas"]])
    _legend(axes, {word: _look(word) for word in TINGKAT})
    return finish_periksa(bagan, bahan, "temuan_berkas", _words_of_berkas(rows, shown))


def _short_name(berkas: str) -> str:
    """Return the end of a path, which tells files apart."""
    name = str(berkas).rsplit("/", 1)[-1]
    return name if len(name) <= _PANJANG_BERKAS else f"… {name[-_PANJANG_BERKAS:]}"


def _words_of_berkas(rows: pd.DataFrame, shown: pd.DataFrame) -> Tulisan:
    faulty = int((rows["galat"] > 0).sum())
    judul = f"{faulty} dari {len(rows)} berkas bertemuan memuat galat"
    ukuran = "Satu temuan menyebut satu jenis masalah pada satu kolom lembar"
    if len(rows) > len(shown):
        ukuran = f"Digambar {len(shown)} berkas terberat. {ukuran}"
    names = [_short_name(name) for name in shown["berkas"]]
    return Tulisan(
        judul, ukuran, f"Diagram batang temuan tiap berkas. {judul}: {list_some(names)}."
    )


@styled
def plot_neraca(bahan: BahanReviu) -> Bagan:
    """Return the rows of each file that are used and set aside, as shares of those read."""
    rows = sum_neraca(bahan.neraca_baris)
    rows = rows.loc[rows["dibaca"] > 0].reset_index(drop=True)
    if rows.empty:
        return empty_bagan("Tidak ada baris yang dibaca dari berkas masukan.")
    shown = rows.sort_values("disisihkan", ascending=False, kind="stable").head(_BERKAS_TERBANYAK)
    bagan = new_bagan(1.7 + 0.34 * len(shown))
    axes = bagan.subplots()
    used = 100 * shown["dipakai"] / shown["dibaca"]
    aside = 100 * shown["disisihkan"] / shown["dibaca"]
    axes.barh(range(len(shown)), used, height=0.66, color=SERI[0], label="dipakai")
    axes.barh(range(len(shown)), aside, left=used, height=0.66, edgecolor=_TEPI, **_ASIDE)
    _write_parts(axes, shown["disisihkan"], shown["dibaca"])
    axes.set_xlim(0, 124)
    axes.set_xlabel(
        "persen baris yang dibaca; di kanan: baris disisihkan dari yang dibaca", fontsize=8
    )
    set_labels(axes, [_short_name(name) for name in shown["berkas"]])
    _legend(axes, {"dipakai": {"color": SERI[0]}, "disisihkan": _ASIDE})
    return finish_periksa(bagan, bahan, "neraca", _words_of_neraca(rows))


def _write_parts(axes: Axes, part: pd.Series, whole: pd.Series) -> None:
    """Write `n dari m` beside bars of percent, and their axis."""
    for place, (some, all_) in enumerate(zip(part, whole, strict=True)):
        text = f"{format_number(some)} dari {format_number(all_)}"
        write(axes, (100, place), text, shift=(4, 0), size=7.5)
    axes.set_xticks([0, 25, 50, 75, 100])
    format_axis(axes)


def _words_of_neraca(rows: pd.DataFrame) -> Tulisan:
    read, used, aside = (format_number(rows[name].sum()) for name in
                         ("dibaca", "dipakai", "disisihkan"))  # fmt: skip
    judul = f"{read} baris dibaca: {used} dipakai dan {aside} disisihkan dengan alasan"
    alt = f"Diagram batang neraca baris tiap berkas. {judul}."
    return Tulisan(judul, "Setiap baris berisi dihitung tepat satu kali", alt)


@styled
def plot_kelengkapan_indikator(bahan: BahanReviu) -> Bagan:
    """Return for each indicator the share of desa that reported both numbers."""
    whole = list_kelengkapan(bahan.cakupan, bahan.kode_kabupaten, bahan.tahun)
    if not whole["ada"].any():
        return empty_bagan("Belum ada desa yang melaporkan cakupan.")
    rows = sum_kelengkapan(whole, ["kode_indikator"])
    cards = load_indikator(load_aturan(bahan.tahun).set_indikator)
    bagan = new_bagan(1.6 + 0.26 * len(rows))
    axes = bagan.subplots()
    axes.barh(range(len(rows)), 100, height=0.66, color=LATAR)
    axes.barh(range(len(rows)), rows["kelengkapan_persen"], height=0.66, color=SERI[0])
    _write_parts(axes, rows["lengkap"], rows["seharusnya"])
    axes.set_xlim(0, 118)
    axes.set_xlabel("persen desa berdata lengkap", fontsize=8)
    set_labels(
        axes, [f"{shorten(cards[kode].nama, 58)}  {kode}" for kode in rows["kode_indikator"]], 7.5
    )
    return finish_periksa(bagan, bahan, "kelengkapan_indikator", _words_of_indikator(rows))


def _words_of_indikator(rows: pd.DataFrame) -> Tulisan:
    full = int((rows["lengkap"] == rows["seharusnya"]).sum())
    none = list(rows.loc[rows["lengkap"] == 0, "kode_indikator"])
    judul = f"{full} dari {len(rows)} indikator dilaporkan lengkap oleh semua desa"
    rest = f" Tanpa data sama sekali: {list_some(none, 6)}." if none else ""
    alt = f"Diagram batang kelengkapan tiap indikator. {judul}.{rest}"
    return Tulisan(judul, "Lengkap: pembilang dan penyebut keduanya terisi", alt)


@styled
def plot_kelengkapan_desa(bahan: BahanReviu) -> Bagan:
    """Return a matrix of desa (by kecamatan) and indicators: red where a number is missing."""
    whole = list_kelengkapan(bahan.cakupan, bahan.kode_kabupaten, bahan.tahun)
    if not whole["ada"].any():
        return empty_bagan("Belum ada desa yang melaporkan cakupan.")
    order = whole.sort_values(["kecamatan", "desa", "kode_desa"], kind="stable")
    codes = list(dict.fromkeys(whole["kode_indikator"]))
    grid = order.pivot(
        index=["kecamatan", "desa", "kode_desa"], columns="kode_indikator", values="ada"
    )
    bagan = new_bagan(1.9 + min(_MAKS_TINGGI, max(2.0, _TINGGI_DESA * len(grid))))
    axes = bagan.subplots()
    axes.imshow(grid[codes].astype(float), aspect="auto", interpolation="nearest",
                cmap=ListedColormap([WARNA["buruk"], _TERISI]), vmin=0, vmax=1)  # fmt: skip
    _name_matrix(axes, grid, codes)
    return finish_periksa(bagan, bahan, "kelengkapan_desa", _words_of_desa(whole))


def _name_matrix(axes: Axes, grid: pd.DataFrame, codes: list[str]) -> None:
    """Write indicators above, kecamatan beside their desa, and lines between kecamatan."""
    axes.set_xticks(range(len(codes)), labels=codes, rotation=90, fontsize=7)
    axes.xaxis.tick_top()
    kecamatan = grid.index.get_level_values("kecamatan")
    places = pd.Series(range(len(grid))).groupby(list(kecamatan), sort=False)
    axes.set_yticks(places.mean(), labels=[str(name) for name in places.groups], fontsize=7)
    for last in places.max()[:-1]:
        axes.axhline(last + 0.5, color="white", linewidth=1.2)
    for column in range(1, len(codes)):
        axes.axvline(column - 0.5, color="white", linewidth=0.6)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_color(GARIS)


def _words_of_desa(whole: pd.DataFrame) -> Tulisan:
    rows = sum_kelengkapan(whole, ["kode_desa", "desa"])
    full = int((rows["lengkap"] == rows["seharusnya"]).sum())
    blank = int((rows["lengkap"] == 0).sum())
    share = format_number(100 * whole["ada"].mean(), 1)
    judul = (
        f"{share} persen isian cakupan terisi; {full} dari {len(rows)} desa lengkap, {blank} kosong"
    )
    ukuran = "Satu baris satu desa menurut kecamatan; jingga: pembilang atau penyebut kosong"
    return Tulisan(judul, ukuran, f"Matriks kelengkapan desa dan indikator. {judul}.")
