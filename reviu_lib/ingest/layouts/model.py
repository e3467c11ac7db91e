"""The declared raw layouts: which canonical tables a file can hold, under which headings.

The vocabulary is the same in `definitions/sumber/*.toml` and in a user's own `pemetaan.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from reviu_lib.catalog import (
    Angka,
    Frozen,
    Status,
    Tabel,
    build,
    cached,
    list_toml,
    read_toml,
    tabel_masukan,
)
from reviu_lib.errors import DefinisiError
from reviu_lib.ingest.layouts.wide import Jumlahan, Kendala, expand
from reviu_lib.ingest.parse.dates import Urutan
from reviu_lib.ingest.parse.numbers import Titik
from reviu_lib.ingest.parse.scale import strip_scale
from reviu_lib.ingest.parse.texts import cell_text
from reviu_lib.reference import normalize_nama

_TITIK_KIND: dict[str, Titik] = {"zskor": "desimal", "persen": "desimal", "desimal": "profil"}
_JENIS_PERSEN = frozenset({"persen", "desimal"})
_AKHIRAN_UKUR = ("_kg", "_cm")  # in these units a dot is always a decimal mark


Bentuk = Literal["baris", "lebar", "transaksi", "berjenjang", "rencana"]
Folder = Literal["", "provinsi", "kabupaten"]
_TAHUN_JUDUL = "{tahun}"
_TAHUN = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


class KolomSumber(Frozen):
    """A column of a raw layout: its headings, kind, unit, and whether it identifies a person.

    `setelah`: a repeated heading (`%`) is this column where it stands right after that column.
    `{tahun}` in a heading stands for any year; such a column is bound as `name@2022`.
    `hilang`: sentinels that mean missing in this column. `skala`: what one unit of money is.
    `urutan`: what stands first in a numeric date, hari or bulan.
    `indikator`, `kelompok`, `peran`, `penyebut`: what a column of a wide table measures, and the
    column that holds its denominator; `kode_indikator` the catalogue's codes of that measure.
    """

    judul: tuple[str, ...] = ()
    jenis: str = ""
    titik: Titik | None = None
    identitas: bool = False
    setelah: str = ""
    satuan: Literal["", "persen", "pecahan", "kg", "gram", "cm"] = ""
    skala: Literal["", "rupiah", "ribu", "juta", "miliar", 1, 1_000, 1_000_000, 1_000_000_000] = ""
    urutan: Urutan | None = None
    hilang: tuple[str | int | float, ...] = ()
    indikator: str = ""
    kelompok: str = ""
    peran: Literal["", "pembilang", "penyebut", "persen"] = ""
    penyebut: str = ""
    kode_indikator: tuple[str, ...] = ()


_TANPA_KETERANGAN = KolomSumber()


class TabelSumber(Frozen):
    """How one canonical table comes in one layout.

    `nama` is the name of the entry, `tabel` the canonical table (the same unless declared);
    `bentuk` names the shape that turns raw rows into canonical ones. `ciri_judul`: the title or
    the sheet's name must have one of these words; `dari_judul`: a column told by the title, as a
    pattern with one group.
    """

    nama: str
    tabel: str
    bentuk: Bentuk = "baris"
    wilayah_kode_sistem: Literal["", "kemendagri", "bps", "djpk"] = ""
    ciri: tuple[str, ...]
    ciri_minimum: int = 0
    wajib: tuple[str, ...] = ()
    isian: tuple[str, ...] = ()
    abaikan: tuple[str, ...] = ()
    semua_kolom: bool = True
    longgar: bool = False
    utama: bool = False
    tahun: Literal["", "judul"] = ""
    ciri_judul: tuple[str, ...] = ()
    dari_judul: Mapping[str, str] = {}
    bawaan: Mapping[str, str | int | float] = {}
    kolom: Mapping[str, KolomSumber] = {}
    kendala: tuple[Kendala, ...] = ()
    jumlahan: tuple[Jumlahan, ...] = ()
    padanan: Mapping[str, Mapping[str, str]] = {}

    @property
    def baku(self) -> Tabel:
        """The canonical table."""
        return tabel_masukan()[self.tabel]

    @property
    def perlu(self) -> tuple[str, ...]:
        """The columns without which the table is not read."""
        if self.bentuk == "lebar" and not self.wajib:
            return ()
        return self.wajib or tuple(kolom.nama for kolom in self.baku.kolom if kolom.wajib)

    @property
    def rahasia(self) -> frozenset[str]:
        """The columns that identify a person."""
        return frozenset(name for name, kolom in self.kolom.items() if kolom.identitas)

    def own(self, kolom: str) -> KolomSumber:
        """Return what this layout declares about a column, with or without its year."""
        return self.kolom.get(kolom.partition("@")[0], _TANPA_KETERANGAN)

    def jenis(self, kolom: str) -> str:
        """Return the kind of a column, declared here or in the canonical table."""
        own = self.own(kolom)
        return own.jenis or self.baku[kolom.partition("@")[0]].jenis

    def has_counts(self, kolom: str, ada: Iterable[Any]) -> bool:
        """Return True where the columns `ada` hold both counts that a percentage is made of."""
        own, mark = self.own(kolom), kolom.partition("@")[2]
        names = {str(name) for name in ada}
        divisor = f"{own.penyebut}@{mark}" if mark else own.penyebut
        if own.peran != "persen" or divisor not in names:
            return False
        counts = (self.own(name) for name in names if name.partition("@")[2] == mark)
        return any(
            count.peran == "pembilang" and count.indikator == own.indikator
            and count.kelompok == own.kelompok
            for count in counts
        )  # fmt: skip

    def titik(self, kolom: str) -> Titik:
        """Return what a dot before three digits means in a number column."""
        own = self.own(kolom)
        if own.titik:
            return own.titik
        if kolom.endswith(_AKHIRAN_UKUR):
            return "desimal"
        return _TITIK_KIND.get(self.jenis(kolom), "ribuan")

    @cached_property
    def judul_dikenal(self) -> Mapping[str, tuple[str, ...]]:
        """The columns that may stand under each normalised heading; what the layout says first."""
        found: dict[str, dict[str, None]] = {}
        for nama, spec in self.kolom.items():
            for title in spec.judul:
                found.setdefault(normalize_title(title), {})[nama] = None
        for kolom in self.baku.kolom if self.semua_kolom else ():
            for title in (kolom.judul_lembar, kolom.nama, kolom.judul):
                found.setdefault(normalize_heading(title), {})[kolom.nama] = None
        return {title: tuple(names) for title, names in found.items()}

    def bind(self, titles: Sequence[str | Sequence[str]]) -> Ikatan:
        """Return which column stands at which place under these normalised headings.

        A heading that may be read in several ways has its readings, the most complete first.
        """
        positions: dict[str, int] = {}
        twice: list[str] = []
        unknown: list[str] = []
        before = ""
        for place, title in enumerate(titles):
            if not title:
                continue
            readings = (title,) if isinstance(title, str) else title
            names = [name for title in readings for name in self._names_of(title)]
            name = self._choose(names, before, positions)
            if name:
                positions[name] = place
            elif names:
                twice.append(names[0])
            elif self._diabaikan.isdisjoint(readings):
                unknown.append(readings[0])
            before = name
        return Ikatan(positions, tuple(unknown), tuple(twice))

    @cached_property
    def _diabaikan(self) -> frozenset[str]:
        return frozenset(normalize_title(title) for title in self.abaikan)

    @property
    def kosakata(self) -> frozenset[str]:
        """Every form of a heading that this table knows; see `list_forms`."""
        return frozenset({*self.judul_dikenal, *self._judul_rupiah})

    def _names_of(self, title: str) -> tuple[str, ...]:
        """Return the columns a heading may mean; of a yearly heading with its year.

        `capaian (%)` is also known where only `capaian` is declared, unless that is a count, and
        `pagu (Rp juta)` where `pagu` is a column of rupiah.
        """
        known = self.judul_dikenal.get(title, ())
        if not known and title.endswith(" %"):
            plain = self.judul_dikenal.get(title.removesuffix(" %"), ())
            known = tuple(name for name in plain if self.jenis(name) in _JENIS_PERSEN)
        known = known or self._judul_rupiah.get(strip_scale(title), ())
        year = _TAHUN.search(title)
        if known or not year:
            return known
        pattern = _TAHUN.sub(_TAHUN_JUDUL, title, count=1)
        return tuple(f"{name}@{year[0]}" for name in self.judul_dikenal.get(pattern, ()))

    @cached_property
    def _judul_rupiah(self) -> Mapping[str, tuple[str, ...]]:
        """The rupiah columns by their normalised headings without scale and currency."""
        return {
            strip_scale(title): names
            for title, names in self.judul_dikenal.items()
            if all(self.jenis(name) == "rupiah" for name in names)
        }

    def _choose(self, names: Sequence[str], before: str, taken: Collection[str]) -> str:
        """Return the column bound to the one before it, else the first that is free, else ""."""
        free = [name for name in names if name not in taken]
        bound = [name for name in free if before and self.own(name).setelah == before]
        loose = [name for name in free if not self.own(name).setelah]
        return next(iter([*bound, *loose]), "")


@dataclass(frozen=True)
class Ikatan:
    """Which column stands where; headings that are unknown; columns whose heading came again."""

    posisi: Mapping[str, int]
    tak_dikenal: tuple[str, ...] = ()
    ganda: tuple[str, ...] = ()


class TanggalBawaan(Frozen):
    """The dates assumed when no identitas sheet tells them."""

    cutoff_bulan: int
    cutoff_hari: int
    reviu_bulan: int
    reviu_hari: int
    reviu_selisih_tahun: int
    rujukan: str


class TataLetak(Frozen):
    """One raw layout: the tables it can hold and the sheets it never reads.

    `folder` limits it to files of a province or of a kabupaten folder.
    """

    kode: str
    nama: str
    arti: str
    rujukan: str
    status: Status
    folder: Folder = ""
    lembar_abaikan: tuple[str, ...] = ()
    satuan_persen: tuple[str, ...] = ()
    periode: str = ""
    tanggal_bawaan: TanggalBawaan | None = None
    pengukuran: Mapping[str, Angka] = {}
    tabel: Mapping[str, TabelSumber]


@cached
def load_layouts() -> Mapping[str, TataLetak]:
    """Return all declared raw layouts by code."""
    loaded = [_load(name) for name in list_toml("sumber")]
    return {layout.kode: layout for layout in loaded}


def _load(filename: str) -> TataLetak:
    return build_layout(read_toml("sumber", filename), f"sumber/{filename}")


def build_layout(data: Mapping[str, Any], where: str) -> TataLetak:
    """Return a layout from parsed TOML; DefinisiError names the faulty key."""
    tables = {
        nama: {"nama": nama, "tabel": nama, **expand(spec, where)}
        for nama, spec in data["tabel"].items()
    }
    layout = build(TataLetak, {**data, "tabel": tables}, where)
    for sumber in layout.tabel.values():
        _check_references(sumber, where)
    return layout


def _check_references(sumber: TabelSumber, where: str) -> None:
    """Raise DefinisiError where an entry names a table or column that does not exist."""
    if sumber.tabel not in tabel_masukan():
        raise DefinisiError(f"Tabel baku '{sumber.tabel}' tidak ada.", di=where)
    known = {*sumber.baku.nama_kolom, *sumber.kolom}
    marks = (*sumber.ciri, *sumber.perlu, *sumber.isian, *sumber.padanan)
    links = [name for kolom in sumber.kolom.values() for name in (kolom.setelah, kolom.penyebut)]
    bare = [name for name, kolom in sumber.kolom.items() if not kolom.jenis]
    unknown = {name for name in (*marks, *links) if name and name not in known}
    wrong = sorted(unknown | (set(bare) - set(sumber.baku.nama_kolom)))
    if wrong:
        words = f"Tabel {sumber.nama} menyebut kolom yang tidak ada: {', '.join(wrong)}."
        raise DefinisiError(words, di=where)


def normalize_heading(value: Any) -> str:
    """Return a heading for comparison: lower case, words only, and `%` where it has one."""
    text = cell_text(value)
    words = normalize_nama(text)
    return f"{words} %".strip() if "%" in text else words


def list_forms(title: str) -> frozenset[str]:
    """Return all that a normalised heading may be known as: without percent, scale, or year."""
    yearly = _TAHUN.sub(_TAHUN_JUDUL, title, count=1)
    return frozenset({title, title.removesuffix(" %"), strip_scale(title), yearly})


def normalize_title(title: str) -> str:
    """Return a declared heading for comparison; the placeholder {tahun} stays."""
    head, mark, tail = title.partition(_TAHUN_JUDUL)
    if not mark:
        return normalize_heading(title)
    return " ".join(part for part in (normalize_nama(head), mark, normalize_heading(tail)) if part)
