"""Blocks as plain data for the template: text stays text, pictures become files beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.report.aset import INTERNAL
from reviu_lib.report.dokumen.blok import (
    Baris,
    Blok,
    Daftar,
    Dokumen,
    Gambar,
    Isi,
    Judul,
    Kata,
    Kolom,
    Paragraf,
    Pengesahan,
    Sampul,
    Sel,
    Tabel,
)
from reviu_lib.report.dokumen.pdf.huruf import breakable, clean
from reviu_lib.report.tabel import TEGAK_DARI

Data = dict[str, Any]
# Resolution of a figure that cannot be drawn as lines.
_DPI = 300
# How many of the longest words and cells of a column are measured.
_DIUKUR = 6
# Letters of a cell after which its row may be higher than a page.
_SEL_PANJANG = 600
_KEPALA_BERKAS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg"}
_KATA = re.compile(r"[^\s\u200b]+")


@dataclass
class Naskah:
    """The data of one document, and its pictures by file name."""

    dokumen: Dokumen
    gambar: dict[str, bytes] = field(default_factory=dict)
    _tingkat: int = 0
    _tujuan: set[str] = field(default_factory=set)

    def build(self) -> Data:
        """Return the document as data fit for JSON; `gambar` is filled on the way."""
        dokumen = self.dokumen
        day = dokumen.tanggal
        return {
            "judul": clean(dokumen.judul),
            "perihal": clean(f"{dokumen.kabupaten} {dokumen.tahun}, edisi {dokumen.edisi}"),
            "kepala": clean(f"{dokumen.kabupaten} · {dokumen.tahun} · Edisi {dokumen.edisi}"),
            "penanda": INTERNAL,
            "contoh": PENANDA_CONTOH if dokumen.contoh else "",
            "tanggal": {"year": day.year, "month": day.month, "day": day.day},
            "blok": [self._block(blok) for blok in dokumen.blok],
        }

    def _block(self, blok: Blok) -> Data:
        kind = type(blok)
        return {"jenis": kind.__name__.lower(), **_BENTUK[kind](self, blok)}

    def _heading(self, blok: Judul) -> Data:
        """Return a heading no more than one level below the one before, as PDF/UA-1 asks."""
        self._tingkat = min(blok.tingkat, self._tingkat + 1)
        return {"tingkat": self._tingkat, "teks": clean(blok.teks)}

    def _paragraph(self, blok: Paragraf) -> Data:
        there = [self.dokumen.tabel[name] for name in blok.rujuk if name in self.dokumen.tabel]
        there.sort(key=lambda tabel: int(tabel.nomor.rpartition(" ")[2]))
        rujuk = [{"nomor": tabel.nomor, "tujuan": _target(tabel.nama)} for tabel in there]
        return {"gaya": blok.gaya, "isi": self._runs(blok.isi), "rujuk": rujuk}

    def _list(self, blok: Daftar) -> Data:
        butir = [[self._block(part) for part in item] for item in blok.butir]
        return {"bernomor": blok.bernomor, "butir": butir}

    def _table(self, blok: Tabel) -> Data:
        return {
            **self._caption(blok, _target(blok.nama)),
            "lanskap": blok.lanskap,
            "kolom": [_column(blok, place) for place, _ in enumerate(blok.kolom)],
            "kelompok": [
                {
                    "judul": clean(kelompok.judul),
                    "baris": [_row(baris) for baris in kelompok.baris],
                }
                for kelompok in blok.kelompok
            ],
        }

    def _figure(self, blok: Gambar) -> Data:
        picture = blok.lukis("svg", _DPI)
        name = f"gambar-{len(self.gambar) + 1}.{_suffix(picture)}"
        self.gambar[name] = picture
        return {**self._caption(blok, ""), "berkas": name, "alt": clean(blok.alt)}

    def _caption(self, blok: Tabel | Gambar, tujuan: str) -> Data:
        """Return the words around a table or figure; a target is named once in a document."""
        first = bool(blok.nama) and tujuan not in self._tujuan
        self._tujuan.add(tujuan)
        return {
            "nomor": clean(blok.nomor),
            "judul": breakable(blok.judul),
            "sumber": self._runs(blok.sumber),
            "tujuan": tujuan if first else "",
        }

    def _cover(self, blok: Sampul) -> Data:
        return {
            "judul_sampul": clean(blok.judul),
            "jenis_dokumen": clean(blok.jenis),
            "fakta": [[clean(name), self._runs(isi)] for name, isi in blok.fakta],
            "angka": [
                [clean(satu.judul), self._runs(satu.angka), self._runs(satu.catatan)]
                for satu in blok.angka
            ],
        }

    def _signatures(self, blok: Pengesahan) -> Data:
        return {"tempat": clean(blok.tempat), "penanda": [clean(word) for word in blok.penanda]}

    def _runs(self, isi: Isi) -> list[Data]:
        return [self._run(kata) for kata in isi]

    def _run(self, kata: Kata) -> Data:
        kind, _, nama = kata.tautan.partition("/")
        inside = kind == "tabel" and nama in self.dokumen.tabel
        marks = {
            "tebal": kata.tebal,
            "miring": kata.miring,
            "kode": kata.kode,
            "tujuan": _target(nama) if inside else "",
            "alamat": "" if kind == "tabel" else clean(kata.tautan),
        }
        return {"teks": breakable(kata.teks), **{key: set_ for key, set_ in marks.items() if set_}}


def _target(nama: str) -> str:
    return f"tabel-{nama}"


def _suffix(picture: bytes) -> str:
    """Return the kind of picture by its first bytes; ours are drawn as lines."""
    return next((kind for head, kind in _KEPALA_BERKAS.items() if picture.startswith(head)), "svg")


def _row(baris: Baris) -> Data:
    """Return a row; only one with a very long cell may break between pages."""
    longest = max((len(sel.teks) for sel in baris.sel), default=0)
    cells = [_cell(sel) for sel in baris.sel]
    return {"total": baris.total, "panjang": longest > _SEL_PANJANG, "sel": cells}


def _cell(sel: Sel) -> Data | str:
    """Return a cell: text alone, or with the symbol and tone of a status."""
    text = breakable(sel.teks)
    return {"teks": text, "simbol": sel.simbol, "nada": sel.nada} if sel.simbol else text


def _column(tabel: Tabel, place: int) -> Data:
    """Return a column with its longest words and cells, from which its width is measured."""
    kolom: Kolom = tabel.kolom[place]
    texts = {breakable(baris.sel[place].tampak) for baris in tabel.baris}
    judul, tegak = breakable(kolom.judul), tabel.tegak and place >= TEGAK_DARI
    bold = {breakable(baris.sel[place].tampak) for baris in tabel.baris if baris.total}
    bold |= set() if tegak else {judul}
    return {
        "judul": judul,
        "angka": kolom.angka,
        "prosa": kolom.prosa,
        "tegak": tegak,
        "kata": _longest(_words(texts)),
        "kata_tebal": _longest(_words(bold)),
        "utuh": _longest(texts),
    }


def _words(texts: set[str]) -> set[str]:
    return {word for text in texts for word in _KATA.findall(text)}


def _longest(texts: set[str]) -> list[str]:
    return sorted(texts, key=lambda text: (-len(text), text))[:_DIUKUR]


_BENTUK: dict[type[Blok], Callable[[Naskah, Any], Data]] = {
    Judul: Naskah._heading,
    Paragraf: Naskah._paragraph,
    Daftar: Naskah._list,
    Tabel: Naskah._table,
    Gambar: Naskah._figure,
    Sampul: Naskah._cover,
    Pengesahan: Naskah._signatures,
}
