"""Contents and lists of tables and figures: fields that are filled in already.

A reader sees the entries at once; Word and LibreOffice count the pages when they renew the fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviu_lib.report.dokumen.blok import Dokumen, Gambar, Judul, Tabel
from reviu_lib.report.dokumen.word.penulis import Penulis, anchor
from reviu_lib.report.dokumen.word.unsur import Unsur, alinea, bidang, lari, unsur

_TINGKAT = 2


@dataclass(frozen=True)
class _Entri:
    gaya: str
    teks: str
    tujuan: str


def heading_anchor(nomor: int) -> str:
    """Return the bookmark of the n-th heading of the document."""
    return f"_Toc{nomor:09}"


def build_contents(dokumen: Dokumen, penulis: Penulis, ruang: int) -> Iterator[Unsur]:
    """Return the contents and the lists of tables and figures, each as one field."""
    lists = (
        ("Daftar Isi", f'TOC \\o "1-{_TINGKAT}" \\h \\z \\u', _headings(dokumen)),
        ("Daftar Tabel", 'TOC \\h \\z \\c "Tabel"', _numbered(dokumen, Tabel)),
        ("Daftar Gambar", 'TOC \\h \\z \\c "Gambar"', _numbered(dokumen, Gambar)),
    )
    for title, command, entries in lists:
        if entries:
            yield alinea(penulis.style("TOC Heading"), lari(title))
            yield from _field(command, entries, penulis, ruang)


def _headings(dokumen: Dokumen) -> list[_Entri]:
    heads = [blok for blok in dokumen.blok if isinstance(blok, Judul)]
    return [
        _Entri(f"toc {head.tingkat}", head.teks, heading_anchor(number))
        for number, head in enumerate(heads, start=1)
        if head.tingkat <= _TINGKAT
    ]


def _numbered(dokumen: Dokumen, jenis: type[Tabel] | type[Gambar]) -> list[_Entri]:
    return [
        _Entri("table of figures", f"{b.nomor}. {b.judul}", anchor(jenis.__name__, b.nama))
        for b in dokumen.blok
        if isinstance(b, jenis) and b.nomor
    ]


def _field(
    command: str, entries: Sequence[_Entri], penulis: Penulis, ruang: int
) -> Iterator[Unsur]:
    """Return the paragraphs of one field: it begins in the first and ends in the last."""
    for place, entri in enumerate(entries):
        start = _opening(command) if place == 0 else []
        end = [_mark("end")] if place == len(entries) - 1 else []
        page = bidang(f"PAGEREF {entri.tujuan} \\h", "")
        link = unsur("hyperlink", lari(f"{entri.teks}\t"), page, anchor=entri.tujuan)
        stop = unsur("tab", val="right", leader="dot", pos=ruang)
        yield alinea(penulis.style(entri.gaya), *start, link, *end, sifat=(unsur("tabs", stop),))


def _opening(command: str) -> list[Unsur]:
    written = unsur("instrText")
    written.text = f" {command} "
    return [_mark("begin", dirty="true"), unsur("r", written), _mark("separate")]


def _mark(kind: str, **atribut: str) -> Unsur:
    return unsur("r", unsur("fldChar", fldCharType=kind, **atribut))
