"""What the data suggest hindered the year: questions for the meeting, never causes.

Each kind of signal is declared in definitions/petunjuk_hambatan.toml; `kegiatan` looks at money,
time, and output of activities, `wilayah` at kecamatan and desa.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviu_lib.catalog import tabel_hasil
from reviu_lib.formatting import format_value
from reviu_lib.review.hambatan import TERCATAT
from reviu_lib.review.kamus import load_petunjuk
from reviu_lib.review.konteks import Konteks
from reviu_lib.review.petunjuk.kegiatan import find_di_kegiatan
from reviu_lib.review.petunjuk.wilayah import find_di_wilayah

__all__ = ["compute_petunjuk", "summarize_petunjuk"]
_TABEL = "petunjuk_hambatan"


def compute_petunjuk(
    konteks: Konteks, *, cakupan: pd.DataFrame, kegiatan: pd.DataFrame, hambatan: pd.DataFrame
) -> pd.DataFrame:
    """Return the table petunjuk_hambatan: one row per signal, in the order of the declarations.

    `cakupan`, `kegiatan`, and `hambatan` are the tables capaian_cakupan, realisasi_kegiatan, and
    faktor_penghambat. `tercatat` is true where a recorded barrier names the same activity, or, for
    a signal of a place, the same indicator.
    """
    found = find_di_kegiatan(konteks, kegiatan) | find_di_wilayah(konteks, cakupan, kegiatan)
    parts = [
        rows.assign(jenis=jenis, baris=jenis + ":" + rows["baris"].astype("string"))
        for jenis in load_petunjuk()
        if len(rows := found[jenis])
    ]
    if not parts:
        return pd.DataFrame(columns=["baris"])
    frame = _name(pd.concat(parts, ignore_index=True), konteks, kegiatan)
    return _say(frame.assign(tercatat=_is_recorded(frame, hambatan)))


def _name(frame: pd.DataFrame, konteks: Konteks, kegiatan: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the names of activity, indicator, and place."""
    frame = frame.reindex(columns=tabel_hasil()[_TABEL].nama_kolom)
    plan = kegiatan.set_index("id_kegiatan")
    cards = {kode: card.nama for kode, card in konteks.indikator.items()}
    return frame.assign(
        sub_kegiatan=frame["id_kegiatan"].map(plan["sub_kegiatan"]),
        opd=frame["opd"].fillna(frame["id_kegiatan"].map(plan["opd"])),
        indikator=frame["kode_indikator"].map(cards),
        wilayah=frame["kode_wilayah"].map(_full_names(konteks)),
    )


def _full_names(konteks: Konteks) -> dict[str, str]:
    """Return the names of places by code; a desa with its kecamatan, since names recur."""
    desa = konteks.desa
    full = desa["desa"] + " (" + desa["kecamatan"] + ")"
    return konteks.wilayah | dict(zip(desa["kode_desa"], full, strict=True))


def _is_recorded(frame: pd.DataFrame, hambatan: pd.DataFrame) -> pd.Series:
    """Return whether a recorded barrier names the activity, or where none, an indicator."""
    recorded = hambatan[hambatan["keadaan"] == TERCATAT]
    codes = frame["kode_indikator"].astype("string").str.split("; ").explode()
    named = codes.isin(recorded["kode_indikator"].dropna()).groupby(level=0).any()
    own = frame["id_kegiatan"].isin(recorded["id_kegiatan"].dropna())
    return own | (frame["id_kegiatan"].isna() & named)


def _say(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the declared name, categories, question, and sentence."""
    cards = load_petunjuk()
    kinds = {kolom.nama: kolom.jenis for kolom in tabel_hasil()[_TABEL].kolom}
    sentences = []
    for row in frame.to_dict("records"):
        card = cards[row["jenis"]]
        shown = {name: format_value(row[name], kinds[name]) for name in card.kolom}
        sentences.append(card.uraian.format_map(shown))
    return frame.assign(
        petunjuk=frame["jenis"].map({kode: card.nama for kode, card in cards.items()}),
        kategori=frame["jenis"].map({kode: "; ".join(c.kategori) for kode, c in cards.items()}),
        pertanyaan=frame["jenis"].map({kode: card.pertanyaan for kode, card in cards.items()}),
        uraian=[text[:1].upper() + text[1:] + "." for text in sentences],
    )


def summarize_petunjuk(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the aggregate numbers of signals (keys of ringkasan.toml); none without a signal."""
    if frame.empty:
        return {}
    recorded = frame["tercatat"].astype(bool)
    return {
        "jumlah_petunjuk_belum_dicatat": (~recorded).sum(),
        "jumlah_petunjuk_tercatat": recorded.sum(),
    }
