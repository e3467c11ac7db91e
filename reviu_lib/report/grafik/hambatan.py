"""Chart of the barriers by category and state of settlement."""

from __future__ import annotations

import pandas as pd

from reviu_lib.catalog import load_hambatan
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.grafik.gaya import (
    WARNA,
    Bagan,
    Tulisan,
    count_in_ones,
    empty_bagan,
    finish,
    list_some,
    new_bagan,
    set_labels,
    styled,
    tone_of,
    write,
)

_STATUS = ("belum", "berjalan", "selesai")
_GARIS = {"belum": "///", "berjalan": "..", "selesai": ""}


@styled
def plot_hambatan(hasil: HasilReviu) -> Bagan:
    """Return the number of recorded barriers per category, split by status."""
    rows = hasil.faktor_penghambat
    rows = rows[rows["keadaan"].eq("tercatat")]
    if rows.empty:
        return empty_bagan("Hambatan tidak dicatat pada masukan.")
    counts = _counts(rows)
    bagan = new_bagan(1.6 + 0.34 * len(counts))
    axes = bagan.subplots()
    start = pd.Series(0, index=counts.index)
    for status in counts.columns:
        axes.barh(range(len(counts)), counts[status], left=start, height=0.62,
                  color=WARNA[tone_of(status)], hatch=_GARIS.get(status, "xx"),
                  edgecolor="white", label=status)  # fmt: skip
        start = start + counts[status]
    for place, total in enumerate(start):
        write(axes, (total, place), str(total), size=9)
    set_labels(axes, list(counts.index))
    axes.set_xlim(0, float(start.max()) * 1.15)
    count_in_ones(axes)
    axes.set_xlabel("Jumlah hambatan")
    axes.legend(loc="lower right", fontsize=8)
    return finish(bagan, hasil, "hambatan", _words_of_barriers(hasil, start))


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
    names = {kode: item.nama for kode, item in load_hambatan().items()}
    kategori = rows["kategori"].fillna("tidak diisi").astype("object")
    status = rows["status"].fillna("status tidak diisi").astype("object")
    counts = pd.crosstab(kategori.map(lambda code: names.get(code, code)), status)
    known = [word for word in _STATUS if word in counts]
    counts = counts[[*known, *(word for word in counts if word not in known)]]
    return counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def _words_of_barriers(hasil: HasilReviu, totals: pd.Series) -> Tulisan:
    most = list(totals.index[totals.eq(totals.iloc[0])])
    each = "masing-masing " if len(most) > 1 else ""
    share = f"{each}{totals.iloc[0]} dari {totals.sum()} yang tercatat"
    judul = f"Hambatan terbanyak: {list_some(most)} ({share})"
    parts = "; ".join(f"{name} {count}" for name, count in totals.items())
    alt = f"Diagram batang hambatan {hasil.nama} menurut kategori: {parts}."
    return Tulisan(judul, "Jumlah hambatan menurut kategori dan status penyelesaian", alt)
