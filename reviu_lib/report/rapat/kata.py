"""Declared texts with their places filled: words of the review, entries of the office, numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from html import unescape
from typing import Any, TypeVar

from reviu_lib.catalog import AturanRapat, load_rapat
from reviu_lib.errors import DefinisiError
from reviu_lib.formatting import (
    format_hari_tanggal,
    format_value,
    is_missing,
    mask_identity,
)
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import resolve_asal
from reviu_lib.report.dokumen.blok import Isi, Kata
from reviu_lib.report.laporan.asal_usul import place_of
from reviu_lib.report.narasi.kalimat import Facts, ringkasan
from reviu_lib.settings import IsianRapat, IsianSesi

T = TypeVar("T")
_TEMPAT = re.compile(r"\{([^{}]+)\}")
# Formats whose value is words of the data, and so may hold what must be masked.
_KATA = frozenset({"teks", "teks_sambung", "teks_kalimat", "kode", "pilihan"})


class Pengisi:
    """Fills declared texts from one result and from what the office entered."""

    def __init__(self, hasil: HasilReviu, isian: IsianRapat) -> None:
        self.hasil, self.isian = hasil, isian
        self.facts = Facts(hasil)
        self.aturan: AturanRapat = load_rapat()
        self._columns: dict[tuple[str, str], dict[str, Any]] = {}

    @cached_property
    def kata(self) -> dict[str, str]:
        """The words that a text may name."""
        era, daerah = self.facts.aturan, unescape(self.facts.daerah)
        return {
            "daerah": daerah,
            "kepala_daerah": "Wali Kota" if daerah.startswith("Kota ") else "Bupati",
            "tahun": str(self.hasil.tahun),
            "tahun_depan": str(self.hasil.tahun + 1),
            "judul_reviu": era.judul_reviu,
            "judul_dokumen": era.judul_dokumen,
            "masukan_analisis": era.masukan_analisis,
            "masukan_rencana": era.masukan_rencana,
            "sasaran": era.sasaran,
            **self._entered(),
        }

    def _entered(self) -> dict[str, str]:
        isian = self.isian
        names = ("penyelenggara", "nomor_undangan", "sumber_biaya")
        entered = {name: self.or_blank(getattr(isian, name)) for name in names}
        return {**entered, **self.sesi("pleno")}

    def sesi(self, kode: str) -> dict[str, str]:
        """Return the entries of one meeting: who leads it, where, when."""
        isian: IsianSesi = self.isian.persiapan if kode == "persiapan" else self.isian
        names = ("pimpinan", "notulis", "tempat", "pukul")
        day = format_hari_tanggal(isian.tanggal) if isian.tanggal else ""
        entered = {name: self.or_blank(getattr(isian, name)) for name in names}
        return {**entered, "hari_tanggal": self.or_blank(day)}

    def or_blank(self, text: str) -> str:
        """Return the entry, or the line to fill in."""
        return mask_identity(text.strip()) or self.aturan.kosong

    @property
    def tempat_surat(self) -> str:
        """The place before the date of a signature."""
        return self.isian.tempat_surat or place_of(self.hasil)

    def plain(self, teks: str, **lagi: str) -> str:
        """Return a text that names words only."""
        words = {**self.kata, **lagi}
        return _TEMPAT.sub(lambda match: choose(words, match[1]), teks)

    def isi(self, teks: str, alamat: Mapping[str, str] | None = None, **lagi: str) -> Isi:
        """Return a text with words and numbers; empty when one of its numbers is missing.

        `alamat` names further addresses by a short word.
        """
        parts: list[Kata] = []
        for place, part in enumerate(_TEMPAT.split(teks)):
            found = self._place(part, alamat or {}, lagi) if place % 2 else Kata(part)
            if found is None:
                return ()
            parts.append(found)
        return tuple(kata for kata in parts if kata.teks)

    def _place(self, nama: str, alamat: Mapping[str, str], lagi: Mapping[str, str]) -> Kata | None:
        """Return what stands at a place of a text; None when it is a number that is missing."""
        if nama not in alamat and (word := lagi.get(nama, self.kata.get(nama))) is not None:
            return Kata(word)
        return self.angka(alamat.get(nama, nama))

    def angka(self, nama: str, format: str = "") -> Kata | None:
        """Return the value at an address (`#kunci` for the summary); None when it is missing."""
        if nama.startswith("#") and not self.facts.known(nama[1:]):
            return None
        asal = ringkasan(nama[1:]) if nama.startswith("#") else nama
        value = self._value(asal)
        if is_missing(value):
            return None
        format = format or self.facts.angka.format_of(asal)
        text = format_value(value, format)
        return Kata(mask_identity(text) if format in _KATA else text, asal=asal, format=format)

    def _value(self, asal: str) -> Any:
        """Return what an address names; columns of tables are read once, as sheets ask often."""
        tabel, _, rest = asal.partition("/")
        baris, _, kolom = rest.rpartition("/")
        declared = self.hasil.katalog.get(tabel)
        if "?" in asal or declared is None or kolom not in declared.nama_kolom:
            return resolve_asal(self.hasil, asal)
        if (tabel, kolom) not in self._columns:
            frame = getattr(self.hasil, tabel)
            pairs = zip(frame["baris"], frame[kolom], strict=True)
            self._columns[tabel, kolom] = dict(pairs)
        column = self._columns[tabel, kolom]
        return column[baris] if baris in column else resolve_asal(self.hasil, asal)

    def daftar(self, texts: tuple[str, ...]) -> list[Isi]:
        """Return the texts whose numbers are there."""
        return [isi for isi in map(self.isi, texts) if isi]


def choose(known: Mapping[str, T], nama: str) -> T:
    """Return what a declaration names; DefinisiError lists the names there are."""
    if nama not in known:
        raise DefinisiError(
            f"Nama '{nama}' pada rapat.toml tidak dikenal.",
            di="rapat.toml",
            lakukan=f"Pakai salah satu dari: {', '.join(known)}.",
        )
    return known[nama]
