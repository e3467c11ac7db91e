"""The document as blocks: what Word and PDF are written from, in the order of the notebook.

Nothing here knows a file format. Text is plain text, never markup. A number, name, or date that was
computed carries its address (`asal`, see `report.angka`) and the format it was printed with, so
that every edition shows the same and a later run finds it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reviu_lib.hasil import HasilReviu

Gaya = Literal["", "kosong", "galat", "kutipan", "tetap", "judul", "penanda"]
Nada = Literal["", "baik", "sedang", "buruk", "netral"]


@dataclass(frozen=True)
class Kata:
    """A run of text. `asal` and `format` name a computed value; without them it is plain text.

    `tercatat` marks words recorded by people, quoted as they stand. `tautan` is an address on the
    web, or `tabel/<nama>` for a table of this document.
    """

    teks: str
    tebal: bool = False
    miring: bool = False
    kode: bool = False
    tercatat: bool = False
    asal: str = ""
    format: str = ""
    tautan: str = ""


Isi = tuple[Kata, ...]


@dataclass(frozen=True)
class Judul:
    """A heading; level 1 is a chapter."""

    tingkat: int
    teks: str


@dataclass(frozen=True)
class Paragraf:
    """A paragraph; `gaya` tells an empty notice, a failure, a quotation, or fixed-width text.

    A document without cover opens with its "penanda" (the mark of its edition) and "judul".

    `rujuk` names the tables behind its numbers (their `nama`), in the order of the document.
    """

    isi: Isi
    gaya: Gaya = ""
    rujuk: tuple[str, ...] = ()


@dataclass(frozen=True)
class Daftar:
    """A list, numbered or not; an item is a sequence of paragraphs and lists."""

    butir: tuple[tuple[Paragraf | Daftar, ...], ...]
    bernomor: bool = False


@dataclass(frozen=True)
class Kolom:
    """A column: its name in the result, its heading, whether its cells stand right or are prose.

    `segar` is True when its cells are numbers, dates, or status words, which a run renews;
    `isian` when people write in it by hand, so that it needs room.
    """

    nama: str
    judul: str
    angka: bool = False
    prosa: bool = False
    segar: bool = False
    isian: bool = False


@dataclass(frozen=True)
class Sel:
    """A cell as printed; a status has a symbol and a tone; `asal` is its address in the result."""

    teks: str
    asal: str = ""
    simbol: str = ""
    nada: Nada = ""

    @property
    def tampak(self) -> str:
        """The text with the symbol of its status before it."""
        return f"{self.simbol} {self.teks}" if self.simbol else self.teks


@dataclass(frozen=True)
class Baris:
    """A row: one cell per column; `kunci` is the same in every run, empty when it has none."""

    sel: tuple[Sel, ...]
    kunci: str = ""
    total: bool = False


@dataclass(frozen=True)
class Kelompok:
    """Rows under one heading that spans the table; the heading may be empty."""

    judul: str
    baris: tuple[Baris, ...]


@dataclass(frozen=True)
class Tabel:
    """A table with its rows in groups; a table of a user's own notebook has no `nama`.

    `kepala` is the column whose cells head the rows. `lanskap` asks for a page across, `tegak` for
    headings that stand upright.
    """

    nama: str
    nomor: str
    judul: str
    sumber: Isi
    kolom: tuple[Kolom, ...]
    kelompok: tuple[Kelompok, ...]
    kepala: int = 0
    lanskap: bool = False
    tegak: bool = False

    @property
    def baris(self) -> Iterator[Baris]:
        """Every row, through all groups."""
        return (baris for kelompok in self.kelompok for baris in kelompok.baris)


@dataclass(frozen=True)
class Gambar:
    """A figure; `lukis(format, dpi)` draws it as "png", "svg", or "pdf".

    A picture of a user's own notebook has no number and is PNG or JPEG whatever is asked for.
    """

    nama: str
    nomor: str
    judul: str
    sumber: Isi
    alt: str
    lukis: Callable[[str, int], bytes]


@dataclass(frozen=True)
class Angka:
    """One tile of the cover."""

    judul: str
    angka: Isi
    catatan: Isi


@dataclass(frozen=True)
class Sampul:
    """The cover: kind of document, title, facts, and tiles."""

    jenis: str
    judul: str
    fakta: tuple[tuple[str, Isi], ...]
    angka: tuple[Angka, ...]


@dataclass(frozen=True)
class Pengesahan:
    """Places to sign: the place before the date, and the words above each signature."""

    tempat: str
    penanda: tuple[str, ...]


Blok = Judul | Paragraf | Daftar | Tabel | Gambar | Sampul | Pengesahan


@dataclass(frozen=True)
class Dokumen:
    """One edition as blocks, with what stands in its header, footer, and properties."""

    judul: str
    kode: str
    kabupaten: str
    tahun: int
    edisi: str
    batas: date
    tanggal: date
    contoh: bool
    blok: tuple[Blok, ...]

    @property
    def tabel(self) -> dict[str, Tabel]:
        """The tables that have a name, by name."""
        return {blok.nama: blok for blok in self.blok if isinstance(blok, Tabel) and blok.nama}

    @property
    def kata(self) -> Iterator[Kata]:
        """Every run of text outside tables and headings."""
        for blok in self.blok:
            yield from list_kata(blok)


def document_of(hasil: HasilReviu, judul: str, blok: Sequence[Blok]) -> Dokumen:
    """Return blocks as a document about a review: whose, of which year and edition, until when."""
    return Dokumen(
        judul=judul,
        kode=hasil.kode_kabupaten,
        kabupaten=hasil.nama,
        tahun=hasil.tahun,
        edisi=hasil.edisi,
        batas=hasil.tanggal_cutoff,
        tanggal=hasil.tanggal_reviu,
        contoh=hasil.contoh,
        blok=tuple(blok),
    )


def list_kata(blok: Blok) -> Iterator[Kata]:
    """Return the runs of a block: paragraphs, lists, captions, and the cover."""
    if isinstance(blok, Paragraf):
        yield from blok.isi
    elif isinstance(blok, Daftar):
        yield from (kata for butir in blok.butir for part in butir for kata in list_kata(part))
    elif isinstance(blok, Tabel | Gambar):
        yield from blok.sumber
    elif isinstance(blok, Sampul):
        parts = [isi for _, isi in blok.fakta]
        parts += [isi for angka in blok.angka for isi in (angka.angka, angka.catatan)]
        yield from (kata for isi in parts for kata in isi)


def plain_text(isi: Sequence[Kata]) -> str:
    """Return the words of runs without their marks."""
    return "".join(kata.teks for kata in isi)
