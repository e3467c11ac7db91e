"""The declared raw layouts: which canonical tables a file can hold, under which headings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from reviu_lib.catalog import Angka, Status, Tabel, build, read_toml, tabel_masukan
from reviu_lib.ingest.parse.numbers import Titik
from reviu_lib.ingest.parse.texts import cell_text
from reviu_lib.reference import normalize_nama

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
def known_headings(tata_letak: str, tabel: str) -> Mapping[str, str]:
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
