"""What the meeting decides on: one row per proposal, under headings by which it is read again."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from reviu_lib.catalog import UsulanRapat
from reviu_lib.formatting import format_tanggal, format_value, is_missing, mask_identity
from reviu_lib.report.dokumen.blok import (
    Baris,
    Blok,
    Judul,
    Kata,
    Kelompok,
    Kolom,
    Paragraf,
    Sel,
    Tabel,
)
from reviu_lib.report.rapat.kata import Pengisi

_DIISI = ("putusan", "catatan_putusan")
# What the meeting agreed on stands before what was proposed.
_DISEPAKATI = {
    "penanggung_jawab": "opd_disepakati",
    "tenggat": "tenggat_disepakati",
    "sumber_dana": "sumber_dana_disepakati",
}


def select_usulan(pengisi: Pengisi, usulan: UsulanRapat) -> pd.DataFrame:
    """Return the proposals of one table that the meeting decides on."""
    frame: pd.DataFrame = getattr(pengisi.hasil, usulan.kode)
    if usulan.saring is None:
        return frame
    return frame[frame[usulan.saring.kolom].isin(usulan.saring.nilai)]


def build_putusan(pengisi: Pengisi) -> Iterator[Blok]:
    """Return a heading and a table per kind of proposal; a kind without proposals says so."""
    hasil = pengisi.hasil
    for usulan in pengisi.aturan.usulan:
        rows = select_usulan(pengisi, usulan)
        yield Judul(3, usulan.judul)
        # The reader of decisions takes the year from the words above a table.
        yield Paragraf((Kata(f"{hasil.nama}, tahun {hasil.tahun}, edisi {hasil.edisi}"),))
        if rows.empty:
            yield Paragraf(pengisi.isi("Tidak ada usulan."), "kosong")
        else:
            yield _table(pengisi, usulan, rows)


def _table(pengisi: Pengisi, usulan: UsulanRapat, rows: pd.DataFrame) -> Tabel:
    judul = pengisi.aturan.putusan
    names = list(type(judul).model_fields)
    kolom = tuple(
        Kolom(nama, getattr(judul, nama), prosa=nama == "usulan", isian=nama in _DIISI)
        for nama in names
    )
    found = [dict(zip(rows.columns, row, strict=True)) for row in rows.itertuples(index=False)]
    baris = tuple(
        Baris(tuple(_cell(pengisi, usulan, row, nama) for nama in names)) for row in found
    )
    return Tabel("", "", usulan.judul, (), kolom, (Kelompok("", baris),), lanskap=True)


def _cell(pengisi: Pengisi, usulan: UsulanRapat, row: dict, nama: str) -> Sel:
    if nama == "usulan":
        return Sel(_describe(usulan, row))
    column = _column(usulan, row, nama)
    value = row.get(column) if column else None
    if is_missing(value):
        return Sel("")
    text = format_tanggal(value) if nama == "tenggat" else format_value(value, "teks")
    return Sel(mask_identity(text), f"{usulan.kode}/{row['baris']}/{column}")


def _column(usulan: UsulanRapat, row: dict, nama: str) -> str:
    """Return the column of the result that stands under a heading, "" where there is none."""
    if nama in (*_DIISI, "id_usulan"):
        return nama
    agreed = _DISEPAKATI[nama]
    return getattr(usulan, nama) if is_missing(row.get(agreed)) else agreed


def _describe(usulan: UsulanRapat, row: dict) -> str:
    """Return the proposal in words: the columns that tell it, joined."""
    parts = [str(row[name]) for name in usulan.uraian if not is_missing(row[name])]
    return mask_identity(" – ".join(parts))
