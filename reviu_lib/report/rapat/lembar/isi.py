"""A sheet as data that knows no file format; every number keeps its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reviu_lib.report.dokumen.blok import Isi, Kata


@dataclass(frozen=True)
class Daftar:
    """A short list under a heading; `kosong` says why it is empty."""

    judul: str
    butir: tuple[Isi, ...]
    kosong: str = ""


@dataclass(frozen=True)
class BarisCakupan:
    """One indicator: name and cells, each a run."""

    sel: tuple[Isi, ...]


@dataclass(frozen=True)
class Lembar:
    """The page of one place: for whom, key numbers, coverage, lists, questions."""

    kode: str
    judul: str
    untuk: str
    pokok: tuple[tuple[str, Isi], ...]
    cakupan: Isi
    kepala: tuple[str, ...]
    baris: tuple[BarisCakupan, ...]
    daftar: tuple[Daftar, ...]
    tanya: tuple[Isi, ...]

    @property
    def kata(self) -> Iterator[Kata]:
        """Every run of the page."""
        for _, isi in self.pokok:
            yield from isi
        yield from self.cakupan
        for baris in self.baris:
            yield from (kata for sel in baris.sel for kata in sel)
        for daftar in self.daftar:
            yield from (kata for isi in daftar.butir for kata in isi)
        yield from (kata for isi in self.tanya for kata in isi)


@dataclass(frozen=True)
class BerkasLembar:
    """All pages of one file, with what stands below each of them."""

    judul: str
    kaki: str
    penanda: str
    contoh: str
    tanggal: date
    lembar: tuple[Lembar, ...]
