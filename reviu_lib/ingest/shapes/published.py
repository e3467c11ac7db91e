"""A published table: from its sheet to the checked rows of one kabupaten, or of all places."""

from __future__ import annotations

import pandas as pd

from reviu_lib.ingest.checks import Konteks
from reviu_lib.ingest.crosschecks import check_completeness, check_published
from reviu_lib.ingest.findings import note
from reviu_lib.ingest.layouts import Kepala
from reviu_lib.ingest.places import tell_places
from reviu_lib.ingest.shapes.regions import TINGKAT
from reviu_lib.ingest.shapes.wide import shape_wide
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import normalize_nama

_ANGKA = ["pembilang", "penyebut", "persen"]
_BERKODE_SENDIRI = ("provinsi", "kabupaten", "desa")  # a puskesmas has the code of its kecamatan
_KUNCI_KODE = ["tingkat", "kode_wilayah", "indikator", "kelompok", "tahun"]
_KUNCI = ["tingkat", "_letak_lengkap", "indikator", "kelompok", "tahun"]


def read_published(potongan: Potongan, kepala: Kepala, konteks: Konteks) -> Potongan:
    """Return the sheet as rows of `capaian_terbit`, checked against each other.

    Figures are compared over all places of the file; K18 sets the places aside that are neither
    the kabupaten asked for, nor within it, nor its province. K17 refuses a table in which places
    come again with other figures and nothing tells which year is meant.
    """
    placed = keep_source(shape_wide(potongan, kepala, konteks), potongan)
    if placed.frame.empty:
        return placed
    if _is_ambiguous(placed.frame):
        return _drop_lines(placed, "K17", pd.Series(True, index=placed.frame.index))
    placed = _drop_contradicting(placed)
    own = is_own(placed.frame, konteks.kode_kabupaten)
    checked = check_published(placed, own=own)
    full = check_completeness(checked, kode_kabupaten=konteks.kode_kabupaten)
    told = full
    for level in ("kabupaten", "kecamatan", "puskesmas"):
        guesses = _list_guesses(told.frame, level, konteks.kode_kabupaten)
        told = tell_places(told, guesses, kolom=level)
    return _drop_lines(told, "K18", ~is_own(told.frame, konteks.kode_kabupaten))


def _list_guesses(frame: pd.DataFrame, level: str, kode_kabupaten: str) -> pd.Series:
    """Return name and guess of each line of a level; of kabupaten those that may be the own."""
    lines = frame.loc[(frame["tingkat"] == level) & ~frame["_jumlah"]]
    first = lines.loc[~lines.index.duplicated()]
    pairs = list(zip(first["wilayah"], first["_tebakan"], strict=True))
    meant = [
        level != "kabupaten"
        or not kode_kabupaten
        or kode_kabupaten in {guess.kode, *(c.kode for c in guess.calon)}
        for _, guess in pairs
    ]
    return pd.Series(pairs, index=first.index, dtype=object)[meant]


def keep_source(long: Potongan, source: Potongan) -> Potongan:
    """Return the long rows with the whole written place of their line, for telling repeats."""
    names = [name for name in (*TINGKAT, "wilayah") if name in source.frame]
    whole = source.frame[names].fillna("").astype("string").agg(" ".join, axis="columns")
    written = whole.map(normalize_nama)
    return long.keep(long.frame.assign(_letak_lengkap=long.frame.index.map(written)))


def _is_ambiguous(frame: pd.DataFrame) -> bool:
    """Return True when a place comes again with other figures for one measure and year."""
    places = frame.loc[~frame["_jumlah"]]
    again = places.duplicated(_KUNCI, keep=False)
    return bool((again & ~places.duplicated([*_KUNCI, *_ANGKA], keep=False)).any())


def _drop_contradicting(potongan: Potongan) -> Potongan:
    """Return the sheet without places that stand twice under two spellings, with other figures."""
    frame = potongan.frame
    coded = frame["tingkat"].isin(_BERKODE_SENDIRI) & frame["kode_wilayah"].notna()
    rows = frame.loc[coded & ~frame["_jumlah"], [*_KUNCI_KODE, *_ANGKA]]
    again = rows.duplicated(_KUNCI_KODE, keep=False) & ~rows.duplicated(keep=False)
    places = rows.loc[again, ["tingkat", "kode_wilayah"]].drop_duplicates()
    if places.empty:
        return potongan
    out = pd.MultiIndex.from_frame(frame[list(places)]).isin(pd.MultiIndex.from_frame(places))
    out &= (coded & ~frame["_jumlah"]).to_numpy()
    names = " dan ".join(f"'{name}'" for name in frame.loc[out, "wilayah"].unique())
    return _drop_lines(potongan, "D03", pd.Series(out, index=frame.index), rincian=names)


def is_own(frame: pd.DataFrame, kode_kabupaten: str) -> pd.Series:
    """Return the rows of a kabupaten, its parts, and its province; all when none is asked."""
    if not kode_kabupaten:
        return pd.Series(True, index=frame.index)
    code = frame["kode_wilayah"].astype("string").fillna("")
    level = frame["tingkat"]
    below = ~level.isin(["kabupaten", "provinsi", "lain"])
    inside = below & ((code == "") | code.str.startswith(f"{kode_kabupaten}."))
    province = (level == "provinsi") & (code == kode_kabupaten[:2])
    return inside | province | (code == kode_kabupaten)


def _drop_lines(potongan: Potongan, kode: str, out: pd.Series, rincian: str = "") -> Potongan:
    """Return the sheet without these rows; each line of the file is told and booked once."""
    if not out.any():
        return potongan
    gone = potongan.frame.loc[out.to_numpy()]
    lines, names = gone.index.unique(), gone["wilayah"].unique()
    told = note(kode, potongan.tempat, baris=lines, nilai=names, rincian=rincian)
    return potongan.book(kode, gone.index.nunique()).keep(potongan.frame.loc[~out.to_numpy()], told)
