"""Slides as data that know no file format; every number keeps its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reviu_lib.report.dokumen.blok import Isi, Kata

Bentuk = Literal["datar", "tumpuk", "tegak", "lepas"]


@dataclass(frozen=True)
class Seri:
    """The values of one series as printed in the report, each with its address."""

    nama: str
    nilai: tuple[float | None, ...]
    asal: tuple[str, ...]


@dataclass(frozen=True)
class Grafik:
    """A native chart: bars across (`datar`), stacked across (`tumpuk`), or upright (`tegak`).

    `lepas` is upright with one bar per place: its series have no place in common.
    """

    judul: str
    bentuk: Bentuk
    kategori: tuple[str, ...]
    seri: tuple[Seri, ...]
    desimal: int
    satuan: str

    @property
    def mendatar(self) -> bool:
        """Whether its bars lie."""
        return self.bentuk in {"datar", "tumpuk"}


@dataclass(frozen=True)
class TabelTampil:
    """Rows of a slide's table; `lebar` are shares of its width, one cell is one run."""

    judul: tuple[str, ...]
    lebar: tuple[int, ...]
    baris: tuple[tuple[Kata, ...], ...]


@dataclass(frozen=True)
class Slaid:
    """One slide; `penyaji` is what the speaker reads."""

    kode: str
    judul: Isi
    daftar: tuple[Isi, ...]
    grafik: tuple[Grafik, ...]
    tabel: TabelTampil | None
    penyaji: tuple[str, ...]

    @property
    def kata(self) -> Iterator[Kata]:
        """Every run of the slide, title and table included."""
        yield from self.judul
        yield from (kata for isi in self.daftar for kata in isi)
        if self.tabel:
            yield from (kata for baris in self.tabel.baris for kata in baris)


@dataclass(frozen=True)
class Paparan:
    """All slides, with what stands below each of them."""

    judul: str
    kaki: str
    tanggal: date
    slaid: tuple[Slaid, ...]
