"""A document as .docx bytes: the same blocks give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from PIL import Image

from reviu_lib.report.dokumen.blok import (
    Blok,
    Daftar,
    Dokumen,
    Gambar,
    Judul,
    Kata,
    Paragraf,
    Pengesahan,
    Sampul,
    Tabel,
)
from reviu_lib.report.dokumen.word.berkas import open_docx
from reviu_lib.report.dokumen.word.gaya import BAHASA, draws_bullets, prepare_styles
from reviu_lib.report.dokumen.word.isi import build_contents, heading_anchor
from reviu_lib.report.dokumen.word.lembar import (
    Halaman,
    build_cover,
    build_signatures,
    lebar_gambar,
    write_header,
)
from reviu_lib.report.dokumen.word.penulis import Penulis
from reviu_lib.report.dokumen.word.tabel import build_table, is_turned
from reviu_lib.report.dokumen.word.tanda import save_register
from reviu_lib.report.dokumen.word.unsur import Unsur, alinea, clean, lari, penanda, unsur

# Dots per inch at which a figure of nine inches is drawn: 235 on the width of a page (16 cm).
DPI = 165
_GAYA = {"": "Normal", "kosong": "Data Kosong", "galat": "Peringatan", "kutipan": "Quote",
         "tetap": "Teks Tetap", "judul": "Title", "penanda": "Penanda"}  # fmt: skip
_TINGKAT_JUDUL = 3
# Time stamp of every file inside: the oldest that a zip file knows.
_WAKTU_ZIP = (1980, 1, 1, 0, 0, 0)
_GAMBAR_TINGGI = 0.78
# Letters that a property of the file may have.
_PANJANG_SIFAT = 255


# What stands behind `updateFields` among the settings; Word insists on the order.
_SESUDAH = frozenset(
    qn(f"w:{name}") for name in ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars",
                                 "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping",
                                 "shapeDefaults", "decimalSymbol", "listSeparator")
)  # fmt: skip


def write_docx(dokumen: Dokumen, templat: Path | None = None) -> bytes:
    """Return the document as a Word file, on the office's own template where there is one.

    Raises LaporanError when the template is no .docx.
    """
    document = open_template(templat)
    writer = _Penyusun(document, dokumen, own=templat is not None)
    writer.write()
    return pack(document)


def open_template(templat: Path | None) -> Document:
    """Return an empty document with the styles of the template."""
    document = open_docx(templat.read_bytes(), templat.name) if templat else docx.Document()
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    return document


class _Penyusun:
    """Writes blocks one after the other; sections end where the paper turns."""

    def __init__(self, document: Document, dokumen: Dokumen, *, own: bool) -> None:
        self.document, self.dokumen = document, dokumen
        prepare_styles(document, own=own)
        self.halaman = Halaman.of(document, own=own)
        self.penulis = Penulis(document)
        self.tabel = dokumen.tabel
        self.bullets = draws_bullets(document)
        self.nomor_judul = 0

    def write(self) -> None:
        """Fill the document: body, header and footer, properties, register."""
        body, last = self.document.element.body, self.document.element.body.sectPr
        turned = _orientation(self.dokumen.blok, self.halaman.ruang(lanskap=False))
        before = False
        for blok, lanskap in zip(self.dokumen.blok, turned, strict=True):
            if lanskap != before:
                _end_section(body, self.halaman.akhir(lanskap=before))
                before = lanskap
            for element in self._elements(blok, lanskap=lanskap):
                last.addprevious(element)
        body.replace(last, self.halaman.akhir(lanskap=before))
        write_header(self.document, self.dokumen, self.penulis)
        _describe(self.document, self.dokumen)
        save_register(self.document, self.penulis.alamat, self.dokumen)

    def _elements(self, blok: Blok, *, lanskap: bool) -> Iterator[Unsur]:
        ruang = self.halaman.ruang(lanskap=lanskap)
        if isinstance(blok, Judul):
            yield self._heading(blok)
        elif isinstance(blok, Paragraf):
            yield self._paragraph(blok, _GAYA[blok.gaya])
        elif isinstance(blok, Daftar):
            yield from self._list(blok)
        elif isinstance(blok, Tabel):
            yield from self._table(blok, ruang)
        elif isinstance(blok, Gambar):
            yield from self._figure(blok, ruang)
        elif isinstance(blok, Sampul):
            yield from build_cover(blok, self.dokumen, self.penulis, ruang)
            yield from build_contents(self.dokumen, self.penulis, ruang)
        elif isinstance(blok, Pengesahan):
            yield from build_signatures(blok, self.penulis, ruang)

    def _heading(self, blok: Judul) -> Unsur:
        self.nomor_judul += 1
        style = self.penulis.style(f"Heading {min(blok.tingkat, _TINGKAT_JUDUL)}")
        name = heading_anchor(self.nomor_judul)
        return alinea(style, *penanda(name, self.penulis.next_number(), lari(blok.teks)))

    def _paragraph(self, blok: Paragraf, gaya: str, *sifat: Unsur) -> Unsur:
        runs = [*self.penulis.runs(blok.isi), *self._references(blok.rujuk)]
        return alinea(self.penulis.style(gaya), *runs, sifat=sifat)

    def _references(self, names: Sequence[str]) -> Iterator[Unsur]:
        """Return the tables behind a paragraph as ` (Tabel 3, Tabel 7)`, in their order."""
        there = sorted(
            (self.tabel[name] for name in names if name in self.tabel),
            key=lambda tabel: int(tabel.nomor.rpartition(" ")[2]),
        )
        for place, tabel in enumerate(there):
            yield lari(", " if place else " (")
            yield self.penulis.refer("Tabel", tabel.nama, tabel.nomor)
        if there:
            yield lari(")")

    def _list(self, blok: Daftar, level: int = 0) -> Iterator[Unsur]:
        """Return the items of a list; a numbered one counts itself, so that each begins at one."""
        gaya = "List Paragraph" if blok.bernomor else "List Bullet"
        for number, item in enumerate(blok.butir, start=1):
            mark = f"{number}." if blok.bernomor else "" if self.bullets else "•"
            for part in item:
                if isinstance(part, Daftar):
                    yield from self._list(part, level + 1)
                else:
                    yield self._item(part, gaya, mark, level)
                    mark = ""

    def _item(self, part: Paragraf, gaya: str, mark: str, level: int) -> Unsur:
        indent = unsur("ind", left=360 * (level + 1), hanging=360)
        head = (Kata(f"{mark}\t"),) if mark else ()
        return self._paragraph(replace(part, isi=head + part.isi), gaya, indent)

    def _table(self, tabel: Tabel, ruang: int) -> Iterator[Unsur]:
        if tabel.nomor:
            yield self._caption(tabel)
        yield build_table(tabel, self.penulis, ruang)
        yield alinea(self.penulis.style("Sumber"), *self.penulis.runs(tabel.sumber))

    def _caption(self, blok: Tabel | Gambar) -> Unsur:
        number = self.penulis.caption_number(blok.nomor, blok.nama)
        return alinea(self.penulis.style("Caption"), *number, lari(f". {blok.judul}"))

    def _figure(self, gambar: Gambar, ruang: int) -> Iterator[Unsur]:
        holder = self.document.add_paragraph(style="Gambar")
        picture = gambar.lukis("png", DPI)
        width = lebar_gambar(ruang)
        with Image.open(io.BytesIO(picture)) as drawn:
            ratio = drawn.height / drawn.width
        width = type(width)(min(width, int(width * 1.45 * _GAMBAR_TINGGI / ratio)))
        shape = holder.add_run().add_picture(io.BytesIO(picture), width=width)
        shape._inline.docPr.set("descr", clean(gambar.alt))
        shape._inline.docPr.set("name", gambar.nomor or "Gambar")
        yield holder._p
        if gambar.nomor:
            yield self._caption(gambar)
            yield alinea(self.penulis.style("Sumber"), *self.penulis.runs(gambar.sumber))


def _orientation(blok: Sequence[Blok], ruang: int) -> list[bool]:
    """Return for each block whether it stands on a page across.

    A heading, and a short notice between two wide tables, goes with what follows it.
    """
    turned: list[bool] = []
    following = False
    for part in reversed(blok):
        if isinstance(part, Tabel):
            following = is_turned(part, ruang)
        elif not isinstance(part, Judul) and not (isinstance(part, Paragraf) and part.gaya):
            following = False
        turned.append(following)
    return turned[::-1]


def _end_section(body: Any, end: Unsur) -> None:
    """Let the section end with the last paragraph written, or with an empty one."""
    last = body.sectPr.getprevious()
    if (
        last is None
        or last.tag != qn("w:p")
        or last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    ):
        last = alinea("")
        body.sectPr.addprevious(last)
    properties = last.get_or_add_pPr()
    properties.append(end)


def _describe(document: Document, dokumen: Dokumen) -> None:
    """Set the properties of the file; nobody is named as author, and no clock is read."""
    core, day = document.core_properties, datetime.combine(dokumen.tanggal, datetime.min.time())
    core.title = clean(dokumen.judul)[:_PANJANG_SIFAT]
    subject = f"{dokumen.kabupaten} {dokumen.tahun}, edisi {dokumen.edisi}"
    core.subject = clean(subject)[:_PANJANG_SIFAT]
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.created = core.modified = day
    core.revision, core.language = 1, BAHASA
    _ask_to_count(document)
    _drop_thumbnail(document)


def _ask_to_count(document: Document) -> None:
    """Let Word renew contents and numbers when it opens the file."""
    settings = document.settings.element
    if settings.find(qn("w:updateFields")) is None:
        made = unsur("updateFields", val="true")
        after = next((child for child in settings if child.tag in _SESUDAH), None)
        settings.append(made) if after is None else after.addprevious(made)


def _drop_thumbnail(document: Document) -> None:
    rels = document.part.package.rels
    for name in [n for n, rel in rels.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del rels[name]


def pack(document: Document) -> bytes:
    """Return the bytes of a document, with the same time stamp on every file inside."""
    draft, final = io.BytesIO(), io.BytesIO()
    document.save(draft)
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(final, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _WAKTU_ZIP)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(info, source.read(name))
    return final.getvalue()
