"""Charts of activities: the way from Rembuk to realisation, output against money, lateness."""

from __future__ import annotations

import math
import textwrap
from datetime import date
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from reviu_lib.catalog import load_ambang
from reviu_lib.formatting import format_number, format_rupiah_ringkas, is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.grafik.gaya import (
    GARIS,
    PENANDA,
    WARNA,
    Bagan,
    Tulisan,
    empty_bagan,
    finish,
    format_axis,
    list_some,
    new_bagan,
    pick,
    set_labels,
    share_rows,
    styled,
    wrap_label,
    write,
)

TAHAP = ("rembuk", "rkpd", "renja", "dpa", "realisasi")
_NAMA_TAHAP = {"rembuk": "Rembuk", "rkpd": "RKPD", "renja": "Renja", "dpa": "DPA",
               "realisasi": "Realisasi"}  # fmt: skip
_PALING_BANYAK_TERLAMBAT = 20
_KOLOM_PANEL = 4
# Values beyond the end of the axes are drawn at it, as the chart says.
_UJUNG_SUMBU = 130
_TITIK: dict[str, Any] = {"s": 34, "edgecolors": "#333333", "linewidths": 0.5}
_ARTI_NADA = {
    "baik": "output dan serapan baik",
    "sedang": "salah satu kurang",
    "buruk": "keduanya kurang",
}
_ARTI_NADA_SEBAGIAN = {"baik": "output baik", "buruk": "output kurang"}


def compute_kaskade(hasil: HasilReviu) -> pd.DataFrame:
    """Return the stages from Rembuk to realisation: tahap, jumlah_kegiatan, nilai_rp.

    Read from `ringkasan`; a stage that was not computed is missing.
    """
    rows = [
        {
            "tahap": _NAMA_TAHAP[tahap],
            "jumlah_kegiatan": pick(hasil, f"kaskade_{tahap}_jumlah"),
            "nilai_rp": pick(hasil, f"kaskade_{tahap}_rp"),
        }
        for tahap in TAHAP
    ]
    frame = pd.DataFrame(rows)
    return frame.astype({"jumlah_kegiatan": "float64", "nilai_rp": "float64"})


@styled
def plot_kaskade(hasil: HasilReviu) -> Bagan:
    """Return the number of activities and the rupiah left at each stage, from Rembuk on."""
    stages = compute_kaskade(hasil)
    if stages["jumlah_kegiatan"].fillna(0).sum() == 0:
        return empty_bagan("Jejak kegiatan dari Rembuk sampai realisasi tidak tersedia.")
    bagan = new_bagan(3.3)
    left, right = bagan.subplots(1, 2, sharey=True)
    _draw_stage(left, stages["jumlah_kegiatan"], [_count(v) for v in stages["jumlah_kegiatan"]])
    left.set_title("Jumlah kegiatan")
    _draw_stage(right, stages["nilai_rp"], [format_rupiah_ringkas(v) for v in stages["nilai_rp"]])
    right.set_title("Nilai (rupiah)")
    set_labels(left, list(stages["tahap"]))
    share_rows([right])
    return finish(bagan, hasil, "kaskade", _words_of_kaskade(hasil, stages))


def _count(value: float) -> str:
    return f"{format_number(value)} kegiatan" if not is_missing(value) else "tidak tersedia"


def _draw_stage(axes: Axes, values: pd.Series, texts: list[str]) -> None:
    shades = [*["#9DC3DE"] * (len(values) - 1), WARNA["baik"]]
    axes.barh(range(len(values)), values.fillna(0), color=shades, height=0.62)
    for place, (value, text) in enumerate(zip(values, texts, strict=True)):
        write(axes, (value, place), text)
    axes.set_xlim(0, max(float(values.max(skipna=True) or 0), 1.0) * 1.4)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _words_of_kaskade(hasil: HasilReviu, stages: pd.DataFrame) -> Tulisan:
    first, last = stages.iloc[0], stages.iloc[-1]
    judul = (
        f"Dari {_count(first['jumlah_kegiatan'])} yang disepakati di Rembuk, "
        f"{_count(last['jumlah_kegiatan'])} mempunyai realisasi anggaran"
    )
    parts = [
        f"{row.tahap} {_count(row.jumlah_kegiatan)} senilai {format_rupiah_ringkas(row.nilai_rp)}"
        for row in stages.itertuples()
    ]
    ukuran = "Hanya kegiatan yang disepakati di Rembuk; sampai Renja dinilai dengan pagu Rembuk"
    return Tulisan(judul, ukuran, f"Diagram batang bertahap. {'; '.join(parts)}.")


@styled
def plot_output_serapan(hasil: HasilReviu) -> Bagan:
    """Return one small panel per OPD: each activity by output (x) and absorption (y).

    Absorption of a part of the year is shown but not judged: then output alone gives the colour.
    """
    rows = hasil.usulan_kegiatan
    rows = rows[rows["capaian_output_persen"].notna() & rows["serapan_persen"].notna()]
    if rows.empty:
        return empty_bagan("Output dan serapan kegiatan tidak tersedia bersamaan.")
    rows = rows.assign(nada=_tones(hasil, rows), opd=rows["opd"].fillna("OPD tidak diisi"))
    groups = list(rows.groupby("opd", sort=True))
    columns = min(_KOLOM_PANEL, len(groups))
    lines = math.ceil(len(groups) / columns)
    bagan = new_bagan(1.7 + 2.1 * lines)
    grid = bagan.add_gridspec(lines + 1, columns, height_ratios=[0.12, *[1.0] * lines])
    _legend_of_tones(hasil, bagan.add_subplot(grid[0, :]))
    for place, (opd, group) in enumerate(groups):
        axes = bagan.add_subplot(grid[place // columns + 1, place % columns])
        _draw_panel(axes, group, judged=_is_whole_year(hasil))
        title = textwrap.fill(str(opd), 27)
        axes.set_title(f"{title}\n{len(group)} kegiatan", fontsize=7.5)
    bagan.tata.sisi = bagan.supylabel("Serapan (persen)", fontsize=9)
    return finish(bagan, hasil, "output_serapan", _words_of_tones(hasil, rows))


def _is_whole_year(hasil: HasilReviu) -> bool:
    return hasil.tanggal_cutoff >= date(hasil.tahun, 12, 31)


def _tones(hasil: HasilReviu, rows: pd.DataFrame) -> pd.Series:
    """Return the tone of each activity: nothing short, one thing short, both short."""
    ambang = load_ambang()
    output = rows["capaian_output_persen"].lt(ambang["output_baik_persen"]).astype(int)
    if not _is_whole_year(hasil):
        return output.map({0: "baik", 1: "buruk"})
    money = rows["serapan_persen"].lt(ambang["serapan_baik_persen"]).astype(int)
    return (output + money).map({0: "baik", 1: "sedang", 2: "buruk"})


def _draw_panel(axes: Axes, group: pd.DataFrame, *, judged: bool) -> None:
    ambang = load_ambang()
    axes.axvline(ambang["output_baik_persen"], color=GARIS, linewidth=1)
    if judged:
        axes.axhline(ambang["serapan_baik_persen"], color=GARIS, linewidth=1)
    for tone, rows in group.groupby("nada", sort=True):
        x = rows["capaian_output_persen"].clip(upper=_UJUNG_SUMBU)
        y = rows["serapan_persen"].clip(upper=_UJUNG_SUMBU)
        axes.scatter(x, y, color=WARNA[tone], marker=PENANDA[tone], zorder=3, **_TITIK)
    ends = (-5, _UJUNG_SUMBU + 5)
    axes.set(xlim=ends, ylim=ends, xticks=[0, 50, 100], yticks=[0, 50, 100])
    axes.tick_params(labelsize=7.5)


def _legend_of_tones(hasil: HasilReviu, axes: Axes) -> None:
    words = _ARTI_NADA if _is_whole_year(hasil) else _ARTI_NADA_SEBAGIAN
    for tone, word in words.items():
        axes.scatter([], [], color=WARNA[tone], marker=PENANDA[tone], label=word, **_TITIK)
    axes.legend(loc="center left", ncols=3, fontsize=8, borderaxespad=0)
    axes.set_axis_off()


def _words_of_tones(hasil: HasilReviu, rows: pd.DataFrame) -> Tulisan:
    counts, ambang = rows["nada"].value_counts(), load_ambang()
    bad, good, all_ = counts.get("buruk", 0), counts.get("baik", 0), len(rows)
    line = f"output {format_number(ambang['output_baik_persen'])} persen"
    if _is_whole_year(hasil):
        judul = f"{bad} dari {all_} kegiatan kurang pada output sekaligus serapan; {good} baik"
        line += f", serapan {format_number(ambang['serapan_baik_persen'])} persen"
    else:
        judul = f"Output {bad} dari {all_} kegiatan masih di bawah batas baik sampai batas data"
        line += "; serapan sebagian tahun ditampilkan tanpa penilaian"
    weak = rows[rows["nada"].eq("buruk")].groupby("opd").size().sort_values(ascending=False)
    tail = f" Terbanyak pada {list_some(list(weak.index))}." if len(weak) else ""
    ukuran = (
        f"Mendatar: capaian output (persen). Garis batas (asumsi): {line}. Nilai di atas "
        f"{_UJUNG_SUMBU} digambar pada {_UJUNG_SUMBU}"
    )
    return Tulisan(judul, ukuran, f"Panel titik per OPD. {judul}.{tail}")


@styled
def plot_keterlambatan(hasil: HasilReviu) -> Bagan:
    """Return the activities with the longest delay in days, finished late or still open."""
    late = _delays(hasil)
    if late.empty:
        return empty_bagan("Tidak ada kegiatan terlambat yang tercatat.")
    shown = late.head(_PALING_BANYAK_TERLAMBAT)
    bagan = new_bagan(1.7 + 0.27 * len(shown))
    axes = bagan.subplots()
    _draw_delays(axes, shown)
    names = zip(shown["sub_kegiatan"], shown["id_kegiatan"], strict=True)
    set_labels(axes, [wrap_label(str(name), str(code)) for name, code in names], 7.5)
    axes.set_xlim(0, float(shown["hari"].max()) * 1.3)
    axes.set_xlabel("Hari sesudah rencana selesai")
    format_axis(axes)
    axes.grid(axis="x")
    axes.set_axisbelow(True)
    return finish(bagan, hasil, "keterlambatan", _words_of_delay(hasil, late, shown))


def _delays(hasil: HasilReviu) -> pd.DataFrame:
    """Return the late activities, worst first, with `hari` and `terbuka` (not finished yet)."""
    rows = hasil.realisasi_kegiatan
    still_open = rows["status_waktu"].eq("belum selesai dan lewat rencana").fillna(False)
    days = rows["deviasi_selesai_hari"].where(~still_open, rows["terlambat_minimal_hari"])
    rows = rows.assign(hari=days.astype("float64"), terbuka=still_open)
    late = rows["status_waktu"].eq("terlambat").fillna(False) | still_open
    rows = rows[late & rows["hari"].gt(0)]
    return rows.sort_values("hari", ascending=False, kind="stable")


def _draw_delays(axes: Axes, rows: pd.DataFrame) -> None:
    for still_open, tone, word in ((False, "sedang", "selesai terlambat"),
                                   (True, "buruk", "belum selesai, sedikitnya")):  # fmt: skip
        places = [place for place, flag in enumerate(rows["terbuka"]) if bool(flag) == still_open]
        if places:
            bars = axes.barh(places, rows["hari"].iloc[places], color=WARNA[tone], height=0.6,
                             edgecolor="#333333", linewidth=0.5, label=word)  # fmt: skip
            for bar in bars:
                bar.set_hatch("///" if still_open else "")
    for place, (days, still_open) in enumerate(zip(rows["hari"], rows["terbuka"], strict=True)):
        text = f"{'≥ ' if still_open else ''}{format_number(days)} hari"
        write(axes, (days, place), text)
    axes.legend(loc="lower right", fontsize=8)


def _words_of_delay(hasil: HasilReviu, late: pd.DataFrame, shown: pd.DataFrame) -> Tulisan:
    worst = shown.iloc[0]
    still_open = int(late["terbuka"].sum())
    judul = (
        f"{len(late)} kegiatan melewati rencana, {still_open} di antaranya belum selesai; "
        f"terlama {format_number(worst['hari'])} hari"
    )
    ukuran = "Tanda ≥: belum selesai pada tanggal reviu, sehingga keterlambatan masih bertambah"
    if len(late) > len(shown):
        ukuran = f"Digambar {len(shown)} kegiatan terlama. {ukuran}"
    alt = f"Diagram batang keterlambatan {hasil.nama}. {judul} ({worst['sub_kegiatan']})."
    return Tulisan(judul, ukuran, alt)
