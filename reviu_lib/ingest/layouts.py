"""The declared raw layouts, and which one a sheet has.

A layout says which canonical tables a file can hold, under which headings their columns come,
and which columns make a sheet recognisable. The header is searched in the first rows by these
headings; the name of the file plays no part, the name of a sheet only in the kabupaten workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict

from reviu_lib.catalog import Angka, Status, Tabel, build, read_toml, tabel_masukan
from reviu_lib.ingest.files.grid import Kisi
from reviu_lib.ingest.parse.numbers import Titik
from reviu_lib.ingest.parse.texts import cell_text
from reviu_lib.reference import normalize_nama

_BARIS_DICARI = 15  # titles and blank rows above a header; more than this was never seen
_TITIK_KIND: dict[str, Titik] = {"zskor": "desimal", "persen": "desimal", "desimal": "profil"}
_AKHIRAN_UKUR = ("_kg", "_cm")  # in these units a dot is always a decimal mark


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class KolomSumber(_Frozen):
    """A column of a raw layout: its headings, kind, and whether it identifies a person."""

    judul: tuple[str, ...] = ()
    jenis: str = ""
    titik: Titik | None = None
    identitas: bool = False


class TabelSumber(_Frozen):
    """How one canonical table comes in one layout."""

    tabel: str
    ciri: tuple[str, ...]
    ciri_minimum: int = 0
    wajib: tuple[str, ...] = ()
    isian: tuple[str, ...] = ()
    abaikan: tuple[str, ...] = ()
    semua_kolom: bool = True
    longgar: bool = False
    utama: bool = False
    tahun: Literal["", "judul"] = ""
    bawaan: Mapping[str, str] = {}
    kolom: Mapping[str, KolomSumber] = {}
    padanan: Mapping[str, Mapping[str, str]] = {}

    @property
    def baku(self) -> Tabel:
        """The canonical table."""
        return tabel_masukan()[self.tabel]

    @property
    def perlu(self) -> tuple[str, ...]:
        """The columns without which the table is not read."""
        return self.wajib or tuple(kolom.nama for kolom in self.baku.kolom if kolom.wajib)

    @property
    def rahasia(self) -> frozenset[str]:
        """The columns that identify a person."""
        return frozenset(name for name, kolom in self.kolom.items() if kolom.identitas)

    def jenis(self, kolom: str) -> str:
        """Return the kind of a column, declared here or in the canonical table."""
        own = self.kolom.get(kolom)
        return own.jenis if own and own.jenis else self.baku[kolom].jenis

    def titik(self, kolom: str) -> Titik:
        """Return what a dot before three digits means in a number column."""
        own = self.kolom.get(kolom)
        if own and own.titik:
            return own.titik
        if kolom.endswith(_AKHIRAN_UKUR):
            return "desimal"
        return _TITIK_KIND.get(self.jenis(kolom), "ribuan")


class TanggalBawaan(_Frozen):
    """The dates assumed when no identitas sheet tells them."""

    cutoff_bulan: int
    cutoff_hari: int
    reviu_bulan: int
    reviu_hari: int
    reviu_selisih_tahun: int
    rujukan: str


class TataLetak(_Frozen):
    """One raw layout: the tables it can hold and the sheets it never reads."""

    kode: str
    nama: str
    arti: str
    rujukan: str
    status: Status
    lembar_abaikan: tuple[str, ...] = ()
    satuan_persen: tuple[str, ...] = ()
    periode: str = ""
    tanggal_bawaan: TanggalBawaan | None = None
    pengukuran: Mapping[str, Angka] = {}
    tabel: Mapping[str, TabelSumber]


@dataclass(frozen=True)
class Kepala:
    """A recognised header: where it is and which column stands where."""

    tata_letak: TataLetak
    sumber: TabelSumber
    baris_awal: int
    posisi: Mapping[str, int]
    tak_dikenal: tuple[str, ...] = ()
    ganda: tuple[str, ...] = ()
    judul_atas: str = ""

    @property
    def kurang(self) -> tuple[str, ...]:
        """The obligatory columns that are absent."""
        return tuple(name for name in self.sumber.perlu if name not in self.posisi)


@cache
def load_layouts() -> Mapping[str, TataLetak]:
    """Return all declared raw layouts by code."""
    folder = files("reviu_lib").joinpath("definitions", "sumber")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    loaded = [_load(name) for name in names]
    return {layout.kode: layout for layout in loaded}


def _load(filename: str) -> TataLetak:
    data = read_toml("sumber", filename)
    tables = {nama: {"tabel": nama, **spec} for nama, spec in data["tabel"].items()}
    return build(TataLetak, {**data, "tabel": tables}, f"sumber/{filename}")


def normalize_heading(value: Any) -> str:
    """Return a heading for comparison: lower case, words only."""
    return normalize_nama(cell_text(value))


@cache
def _headings(tata_letak: str, tabel: str) -> Mapping[str, str]:
    """Return the column for each accepted heading of a table; the first declared wins."""
    sumber = load_layouts()[tata_letak].tabel[tabel]
    found: dict[str, str] = {}
    for kolom in sumber.baku.kolom if sumber.semua_kolom else ():
        for title in (kolom.judul_lembar, kolom.nama, kolom.judul):
            found.setdefault(normalize_nama(title), kolom.nama)
    for nama, spec in sumber.kolom.items():
        for title in spec.judul:
            found.setdefault(normalize_nama(title), nama)
    return found


def recognise(kisi: Kisi) -> Kepala | None:
    """Return the best fitting header of a sheet, None when no layout fits."""
    named = _table_of_sheet(kisi.lembar)
    if named is not None:
        return _best(kisi, [named], least=2)
    return _best(kisi, list(_all_tables()), least=0)


def table_of_sheet(lembar: str) -> str:
    """Return the canonical table whose workbook sheet has this name, "" when none has."""
    named = _table_of_sheet(lembar)
    return named[1].tabel if named else ""


def is_ignored(lembar: str) -> bool:
    """Return True for sheets that hold instructions only."""
    name = normalize_heading(lembar)
    return any(name in layout.lembar_abaikan for layout in load_layouts().values())


def _all_tables() -> Iterator[tuple[TataLetak, TabelSumber]]:
    for layout in load_layouts().values():
        for sumber in layout.tabel.values():
            yield layout, sumber


def _table_of_sheet(lembar: str) -> tuple[TataLetak, TabelSumber] | None:
    name = normalize_heading(lembar)
    for layout, sumber in _all_tables():
        if name and sumber.baku.lembar and name == normalize_nama(sumber.baku.lembar):
            return layout, sumber
    return None


def _best(kisi: Kisi, tables: list[tuple[TataLetak, TabelSumber]], *, least: int) -> Kepala | None:
    """Return the header with the most known columns; `least` replaces the recognition marks.

    A table declared `utama` wins over any other that fits, however many columns those know.
    """
    found: Kepala | None = None
    for start, titles in _candidates(kisi.sel):
        for layout, sumber in tables:
            kepala = _match(layout, sumber, titles, start)
            if _fits(kepala, least) and (not found or _rank(kepala) > _rank(found)):
                found = kepala
    return _with_titles(found, kisi) if found else None


def _rank(kepala: Kepala) -> tuple[bool, int]:
    return kepala.sumber.utama, len(kepala.posisi)


def _fits(kepala: Kepala, least: int) -> bool:
    if least:
        return len(kepala.posisi) >= least
    sumber = kepala.sumber
    seen = sum(name in kepala.posisi for name in sumber.ciri)
    return seen >= (sumber.ciri_minimum or len(sumber.ciri))


def _candidates(sel: pd.DataFrame) -> Iterator[tuple[int, list[str]]]:
    """Yield possible headers: each early row alone, then with the row below it (two-row heads)."""
    rows = [
        (int(label), [normalize_heading(value) for value in values])
        for label, values in zip(
            sel.index[:_BARIS_DICARI], sel.head(_BARIS_DICARI).to_numpy(dtype=object), strict=True
        )
    ]
    for label, titles in rows:
        yield label + 1, titles
    for (_, upper), (label, lower) in pairwise(rows):
        yield label + 1, [low or up for up, low in zip(upper, lower, strict=True)]


def _match(layout: TataLetak, sumber: TabelSumber, titles: list[str], start: int) -> Kepala:
    known = _headings(layout.kode, sumber.tabel)
    ignored = {normalize_nama(title) for title in sumber.abaikan}
    positions: dict[str, int] = {}
    twice: list[str] = []
    unknown: list[str] = []
    for place, title in enumerate(titles):
        name = known.get(title, "")
        if name and name not in positions:
            positions[name] = place
        elif name:
            twice.append(name)
        elif title and title not in ignored:
            unknown.append(title)
    return Kepala(layout, sumber, start, positions, tuple(unknown), tuple(twice))


def _with_titles(kepala: Kepala, kisi: Kisi) -> Kepala:
    """Return the header with the words above it, where a year or the sample marker may stand."""
    above = kisi.sel.loc[kisi.sel.index < kepala.baris_awal - 1]
    words = [cell_text(value) for value in above.to_numpy(dtype=object).ravel()]
    text = " ".join(word for word in words if word)
    return Kepala(**{**kepala.__dict__, "judul_atas": text})
