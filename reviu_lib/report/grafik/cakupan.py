"""Charts of service coverage: against the target, against last year, by kecamatan."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from reviu_lib.formatting import decimals_to_tell_apart, format_number
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.grafik.gaya import (
    GARIS,
    PENANDA,
    TINTA,
    WARNA,
    Bagan,
    Tulisan,
    empty_bagan,
    finish,
    format_axis,
    list_some,
    new_bagan,
    set_labels,
    styled,
    tone_of,
    wrap_label,
    write,
)
from reviu_lib.report.grafik.panas import Skala, draw_matrix, name_tiles

_URUT_STATUS = {"belum tercapai": 0, "tercapai": 1, "belum dapat dinilai": 2}
# Inches per indicator and points of its two-line label.
_TINGGI_BARIS, _HURUF_LABEL = 0.3, 7.3
_TANPA_DATA = "Data cakupan layanan tidak tersedia."


def _kabupaten(hasil: HasilReviu) -> pd.DataFrame:
    frame = hasil.capaian_cakupan
    return frame[frame["tingkat"].eq("kabupaten") & frame["capaian_persen"].notna()]


def label_of(row: pd.Series) -> str:
    """Return the label of an indicator row: short name, mark of a falling one, code."""
    lower = " (↓)" if row["arah"] == "turun" else ""
    return wrap_label(f"{row['indikator']}{lower}", str(row["kode_indikator"]))


def _labels(rows: pd.DataFrame) -> list[str]:
    return [label_of(row) for _, row in rows.iterrows()]


@styled
def plot_cakupan_target(hasil: HasilReviu) -> Bagan:
    """Return coverage per indicator with its target; colour and marker by status."""
    rows = _kabupaten(hasil)
    if rows.empty:
        return empty_bagan(_TANPA_DATA)
    rows = rows.assign(_status=rows["status_capaian"].map(_URUT_STATUS).fillna(2))
    rows = rows.assign(_jarak=rows["selisih_target_poin"].abs().fillna(0))
    rows = rows.sort_values(["_status", "_jarak"], ascending=[True, False], kind="stable")
    bagan = new_bagan(1.7 + _TINGGI_BARIS * len(rows))
    axes = bagan.subplots()
    places = pd.Series(range(len(rows)), index=rows.index)
    aimed = rows[rows["target_persen"].notna()]
    axes.hlines(places[aimed.index], aimed["capaian_persen"], aimed["target_persen"], color=GARIS,
                linewidth=3, zorder=1)  # fmt: skip
    axes.scatter(aimed["target_persen"], places[aimed.index], marker="|", s=150, color=TINTA,
                 linewidth=2, label="target", zorder=2)  # fmt: skip
    for status in _URUT_STATUS:
        _draw_status(axes, rows[rows["status_capaian"].eq(status)], places, status)
    set_labels(axes, _labels(rows), _HURUF_LABEL)
    axes.set_xlim(0, max(105.0, float(rows["capaian_persen"].max()) * 1.08))
    _print_values(axes, rows["capaian_persen"])
    axes.set_xlabel("Capaian (persen)")
    format_axis(axes)
    axes.grid(axis="x")
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=4, fontsize=8)
    return finish(bagan, hasil, "cakupan_target", _words_of_target(hasil, rows))


def _draw_status(axes: Axes, rows: pd.DataFrame, places: pd.Series, status: str) -> None:
    if rows.empty:
        return
    tone = tone_of(status)
    axes.scatter(rows["capaian_persen"], places[rows.index], s=60, color=WARNA[tone],
                 marker=PENANDA[tone], label=status, zorder=3)  # fmt: skip


def _print_values(axes: Axes, values: pd.Series) -> None:
    for place, value in enumerate(values):
        at = (axes.get_xlim()[1], place)
        write(axes, at, format_number(value, 1))


def _words_of_target(hasil: HasilReviu, rows: pd.DataFrame) -> Tulisan:
    judged = rows[rows["status_capaian"].isin(["tercapai", "belum tercapai"])]
    reached = int(judged["status_capaian"].eq("tercapai").sum())
    judul = f"{reached} dari {len(judged)} indikator yang dapat dinilai mencapai target"
    if judged.empty:
        judul = f"{len(rows)} indikator berdata, belum ada yang dapat dinilai terhadap target"
    judul += _say_closed(hasil, "capaian_persen")
    worst = judged[judged["status_capaian"].eq("belum tercapai")]
    far = [
        f"{row.indikator} {_beside_target(row.capaian_persen, row.target_persen)}"
        for row in worst.head(3).itertuples()
    ]
    tail = f" Terjauh dari target: {'; '.join(far)}." if far else ""
    ukuran = "Tanda | adalah target; (↓) makin rendah makin baik"
    return Tulisan(judul, ukuran, f"Diagram titik cakupan dan target {hasil.nama}. {judul}.{tail}")


def _say_closed(hasil: HasilReviu, kolom: str) -> str:
    """Return what to add to a title for indicators the public edition closes, "" without any."""
    rows = hasil.capaian_cakupan[hasil.capaian_cakupan["tingkat"].eq("kabupaten")]
    closed = ("capaian_cakupan/" + rows["baris"] + f"/{kolom}").isin(hasil.tertutup).sum()
    return f"; {closed} indikator lain ditutup" if closed else ""


def _beside_target(value: float, target: float) -> str:
    decimals = decimals_to_tell_apart(value, target)
    return f"{format_number(value, decimals)} persen (target {format_number(target, decimals)})"


@styled
def plot_cakupan_perubahan(hasil: HasilReviu) -> Bagan:
    """Return the change of coverage in points since last year; better and worse told apart."""
    rows = _kabupaten(hasil)
    rows = rows[rows["tren_poin"].notna()].sort_values("tren_poin", ascending=False)
    if rows.empty:
        return empty_bagan("Perbandingan dengan tahun lalu tidak tersedia.")
    gain = rows["tren_poin"].where(rows["arah"].ne("turun"), -rows["tren_poin"])
    tones = gain.map(lambda poin: "baik" if poin > 0 else "buruk" if poin < 0 else "netral")
    bagan = new_bagan(1.7 + _TINGGI_BARIS * len(rows))
    axes = bagan.subplots()
    places = list(range(len(rows)))
    bars = axes.barh(places, rows["tren_poin"], color=[WARNA[tone] for tone in tones], height=0.6)
    for bar, tone in zip(bars, tones, strict=True):
        bar.set_hatch("///" if tone == "buruk" else "")
        bar.set_edgecolor("white")
    _print_changes(axes, rows["tren_poin"], tones)
    set_labels(axes, _labels(rows), _HURUF_LABEL)
    axes.axvline(0, color=TINTA, linewidth=0.8)
    _make_room(axes, rows["tren_poin"])
    axes.set_xlabel("Perubahan cakupan (poin persentase)")
    format_axis(axes)
    return finish(bagan, hasil, "cakupan_perubahan", _words_of_change(hasil, rows, tones))


def _make_room(axes: Axes, values: pd.Series) -> None:
    """Widen the x axis so that the words beside the longest bars fit."""
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    room = max(high - low, 1.0) * 0.32
    axes.set_xlim(low - room if low < 0 else 0, high + room)


def _print_changes(axes: Axes, values: pd.Series, tones: pd.Series) -> None:
    words = {"baik": "membaik", "buruk": "memburuk", "netral": "tetap"}
    for place, (value, tone) in enumerate(zip(values, tones, strict=True)):
        sign = "+" if value > 0 else ""
        shown = format_number(value, decimals_to_tell_apart(value, 0.0))
        text = f"{sign}{shown} {words[tone]}"
        write(axes, (value, place), text, shift=(4 if value >= 0 else -4, 0), size=7.5)


def _words_of_change(hasil: HasilReviu, rows: pd.DataFrame, tones: pd.Series) -> Tulisan:
    better, worse = int(tones.eq("baik").sum()), int(tones.eq("buruk").sum())
    judul = (
        f"Dari {len(rows)} indikator yang dapat dibandingkan dengan {hasil.tahun - 1}, "
        f"{better} membaik dan {worse} memburuk{_say_closed(hasil, 'tren_poin')}"
    )
    fallen = list(rows.loc[tones.eq("buruk"), "indikator"].iloc[::-1])
    tail = f" Yang memburuk: {list_some(fallen)}." if fallen else ""
    ukuran = "Batang bergaris miring: memburuk menurut arah indikator"
    return Tulisan(judul, ukuran, f"Diagram batang perubahan cakupan {hasil.nama}. {judul}.{tail}")


@styled
def plot_cakupan_kecamatan(hasil: HasilReviu) -> Bagan:
    """Return a heat map of coverage, indicator by kecamatan; hatched where missing or closed."""
    frame = hasil.capaian_cakupan
    rows = frame[frame["tingkat"].eq("kecamatan")]
    if rows["capaian_persen"].notna().sum() == 0:
        return empty_bagan("Cakupan per kecamatan tidak tersedia.")
    wide = rows.pivot(index="kode_indikator", columns="wilayah", values="capaian_persen")
    first = rows.drop_duplicates("kode_indikator").set_index("kode_indikator")
    labels = [label_of(row) for _, row in first.loc[wide.index].reset_index().iterrows()]
    falling = first.index[first["arah"].eq("turun")]
    words = _words_of_heat_map(hasil, rows, wide)
    return finish(draw_heat_map(wide, labels, falling), hasil, "cakupan_kecamatan", words)


def draw_heat_map(wide: pd.DataFrame, labels: list[str], falling: pd.Index) -> Bagan:
    """Return the matrix as coloured tiles with whole numbers; the first row on top.

    Brighter is better: rows in `falling` (the lower the better) are coloured by what is left to
    100, while the number printed stays the coverage itself.
    """
    bagan = new_bagan(2.2 + _TINGGI_BARIS * len(wide))
    texts = wide.map(lambda value: "" if pd.isna(value) else format_number(value))
    shade = wide.astype(float)
    flip = pd.Series(shade.index.isin(falling), index=shade.index)
    shade = shade.mul(1 - 2 * flip, axis=0).add(100 * flip, axis=0)
    axes = draw_matrix(bagan, shade, texts, size=6.5, skala=Skala("makin terang makin baik", 0.5))
    name_tiles(axes, list(wide.columns), labels, sizes=(8, _HURUF_LABEL), turned=True)
    return bagan


def _words_of_heat_map(hasil: HasilReviu, rows: pd.DataFrame, wide: pd.DataFrame) -> Tulisan:
    closed = _count_closed(hasil, rows)
    missing = int(wide.isna().to_numpy().sum()) - closed
    without = f"data tidak ada ({missing} kotak)"
    if closed:
        without += f" atau ditutup pada edisi publik ({closed} kotak)"
    short = rows[rows["status_capaian"].eq("belum tercapai")].groupby("wilayah").size()
    count = f"{wide.shape[1]} kecamatan, {len(wide)} indikator"
    judul = f"Cakupan layanan di {count}"
    if len(short):
        names = list_some(list(short.index[short.eq(short.max())]))
        judul = f"Terbanyak indikator belum tercapai: {names} ({short.max()} indikator)"
    ukuran = f"Persen; kotak bergaris miring: {without}; (↓) makin rendah makin baik"
    alt = f"Peta panas cakupan, {count}. {judul}. {missing} kotak tanpa data."
    if closed:
        alt += f" {closed} kotak ditutup."
    return Tulisan(judul, ukuran, alt)


def _count_closed(hasil: HasilReviu, rows: pd.DataFrame) -> int:
    """Return how many of the rows have a coverage that the public edition closes."""
    address = "capaian_cakupan/" + rows["baris"] + "/capaian_persen"
    return int(address.isin(hasil.tertutup).sum())


@styled
def plot_pemerataan(hasil: HasilReviu) -> Bagan:
    """Return the worst and the best fifth of desa per indicator, the widest distance on top."""
    rows = hasil.pemerataan_cakupan
    rows = rows[rows["kesenjangan_poin"].notna()]
    rows = rows.sort_values("kesenjangan_poin", ascending=False, kind="stable")
    if rows.empty:
        return empty_bagan("Cakupan seperlima desa tidak dapat dibandingkan.")
    bagan = new_bagan(1.7 + _TINGGI_BARIS * len(rows))
    axes = bagan.subplots()
    places = list(range(len(rows)))
    axes.hlines(places, rows["terbawah_persen"], rows["teratas_persen"], color=GARIS, linewidth=3)
    for side, tone in (("terbawah", "buruk"), ("teratas", "baik")):
        axes.scatter(rows[f"{side}_persen"], places, s=50, color=WARNA[tone], zorder=3,
                     marker=PENANDA[tone], label=f"seperlima desa {side}")  # fmt: skip
    set_labels(axes, _labels(rows), _HURUF_LABEL)
    top = rows[["terbawah_persen", "teratas_persen"]].max(axis=None)
    axes.set_xlim(0, max(105.0, float(top) * 1.08))
    _print_values(axes, rows["kesenjangan_poin"])
    axes.set_xlabel("Cakupan terkumpul (persen); angka di kanan: jarak (poin)")
    format_axis(axes)
    axes.grid(axis="x")
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=2, fontsize=8)
    return finish(bagan, hasil, "pemerataan", _words_of_fifths(hasil, rows))


def _words_of_fifths(hasil: HasilReviu, rows: pd.DataFrame) -> Tulisan:
    first = rows.iloc[0]
    gap = format_number(first["kesenjangan_poin"], 1)
    judul = f"Jarak antardesa terlebar {gap} poin: {first['indikator']}"
    ukuran = (
        "Sebagian jarak selalu ada karena desa diurutkan menurut angka yang sama; "
        "(↓) makin rendah makin baik"
    )
    names = list_some(list(rows["indikator"]))
    alt = f"Diagram titik pemerataan {hasil.nama}. {judul}. Dari jarak terlebar: {names}."
    return Tulisan(judul, ukuran, alt)
