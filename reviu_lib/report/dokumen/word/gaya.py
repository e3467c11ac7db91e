"""Styles of the Word edition: real styles, so that a secretary changes one and all follow.

With an office's own template (`templat/dokumen.docx`) its styles stay as they are, and only those
that it lacks are added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from reviu_lib.report.dokumen.word.unsur import unsur

HURUF = "Arial"
BAHASA = "id-ID"
TABEL = "TabelReviu"
_TINTA, _BIRU, _KELABU, _MERAH = "1F2933", "1B4B72", "5B6770", "A23B00"
_KIRI, _TENGAH, _KANAN = (
    WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT,
)  # fmt: skip


@dataclass(frozen=True)
class Gaya:
    """One paragraph style: size and space in points, as the built-in it is named after."""

    nama: str
    dasar: str = "Normal"
    besar: float = 11
    tebal: bool = False
    miring: bool = False
    warna: str = _TINTA
    sebelum: float = 0
    sesudah: float = 0
    baris: float = 1.0
    rata: Any = _KIRI
    lanjut: bool = False
    halaman_baru: bool = False
    inden: float = 0


_GAYA = (
    Gaya("Normal", "", sesudah=6, baris=1.15),
    Gaya("Title", besar=24, tebal=True, warna=_BIRU, sebelum=6, sesudah=10, rata=_TENGAH),
    Gaya("Subtitle", besar=13, warna=_KELABU, sebelum=18, rata=_TENGAH),
    Gaya("Heading 1", besar=16, tebal=True, warna=_BIRU, sesudah=10, lanjut=True,
         halaman_baru=True),
    Gaya("Heading 2", besar=13, tebal=True, warna=_BIRU, sebelum=14, sesudah=6, lanjut=True),
    Gaya("Heading 3", besar=11, tebal=True, sebelum=10, sesudah=4, lanjut=True),
    Gaya("Caption", besar=10, tebal=True, sebelum=8, sesudah=4, lanjut=True),
    Gaya("Header", besar=8.5, warna=_KELABU, rata=_KANAN),
    Gaya("Footer", besar=8.5, warna=_KELABU, rata=_TENGAH),
    Gaya("List Bullet", sesudah=3, baris=1.15),
    Gaya("List Paragraph", sesudah=3, baris=1.15),
    Gaya("Quote", miring=True, sesudah=6, inden=1),
    Gaya("TOC Heading", besar=16, tebal=True, warna=_BIRU, sesudah=10, lanjut=True,
         halaman_baru=True),
    Gaya("toc 1", besar=11, tebal=True, sebelum=4, sesudah=2),
    Gaya("toc 2", besar=10, sesudah=1, inden=0.6),
    Gaya("table of figures", besar=9, sesudah=1),
    Gaya("Sumber", besar=8.5, warna=_KELABU, sebelum=3, sesudah=10),
    Gaya("Gambar", sebelum=8, sesudah=2, rata=_TENGAH, lanjut=True),
    Gaya("Data Kosong", miring=True, warna=_KELABU, sesudah=6),
    Gaya("Peringatan", tebal=True, warna=_MERAH, sesudah=6),
    Gaya("Penanda", besar=12, tebal=True, warna=_MERAH, sesudah=6, rata=_TENGAH),
    Gaya("Teks Tetap", besar=8.5),
    Gaya("Isi Tabel", besar=9),
    Gaya("Angka Tabel", besar=9, rata=_KANAN),
    Gaya("Kepala Tabel", besar=9, tebal=True, lanjut=True),
    Gaya("Isi Tabel Rapat", besar=7.5),
    Gaya("Angka Tabel Rapat", besar=7.5, rata=_KANAN),
    Gaya("Kepala Tabel Rapat", besar=7.5, tebal=True, lanjut=True),
    Gaya("Angka Pokok", besar=15, tebal=True, warna=_BIRU, rata=_TENGAH),
    Gaya("Nama Angka", besar=8.5, tebal=True, rata=_TENGAH),
    Gaya("Catatan Angka", besar=8, warna=_KELABU, rata=_TENGAH),
    Gaya("Tanda Tangan", besar=10.5, sebelum=2, sesudah=2),
)  # fmt: skip


def prepare_styles(document: Document, *, own: bool) -> None:
    """Give the document every style that is written with; an `own` template keeps those it has."""
    there = styles_of(document)
    for gaya in _GAYA:
        style = there.get(gaya.nama)
        if style is None:
            style = document.styles.add_style(gaya.nama, WD_STYLE_TYPE.PARAGRAPH)
        if gaya.nama not in there or not own:
            _shape(style, gaya, document)
    for add in (_add_code, _add_link, _add_table):
        add(document)
    _say_language(document)


def styles_of(document: Document) -> dict[str, Any]:
    """Return the styles by name, as Word shows it; LibreOffice writes some names in capitals."""
    return {str(style.name): style for style in document.styles}


def draws_bullets(document: Document) -> bool:
    """Return True when the list style of the template brings its own bullets."""
    properties = styles_of(document)["List Bullet"].element.pPr
    return properties is not None and properties.find(qn("w:numPr")) is not None


def _shape(style: Any, gaya: Gaya, document: Document) -> None:
    if gaya.dasar and style.name != gaya.dasar:
        style.base_style = styles_of(document)[gaya.dasar]
    font, paragraph = style.font, style.paragraph_format
    _set_font(style, "Courier New" if gaya.nama == "Teks Tetap" else HURUF)
    font.size, font.bold, font.italic = Pt(gaya.besar), gaya.tebal, gaya.miring
    font.color.rgb = RGBColor.from_string(gaya.warna)
    paragraph.space_before, paragraph.space_after = Pt(gaya.sebelum), Pt(gaya.sesudah)
    paragraph.line_spacing, paragraph.alignment = gaya.baris, gaya.rata
    paragraph.keep_with_next, paragraph.page_break_before = gaya.lanjut, gaya.halaman_baru
    if gaya.inden:
        paragraph.left_indent = Cm(gaya.inden)
    if gaya.nama.startswith(("toc", "table of figures")):
        paragraph.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    _drop_border(style)


def _drop_border(style: Any) -> None:
    """Take away the line that the built-in title has below it."""
    properties = style.element.pPr
    for border in properties.findall(qn("w:pBdr")) if properties is not None else ():
        properties.remove(border)


def _set_font(style: Any, nama: str) -> None:
    """Name the font for every script; fonts of the theme would go before it."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    scripts = dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), nama)
    properties.insert(0, unsur("rFonts", **scripts))


def _add_code(document: Document) -> None:
    if "Kode" not in styles_of(document):
        _set_font(document.styles.add_style("Kode", WD_STYLE_TYPE.CHARACTER), "Courier New")


def _add_link(document: Document) -> None:
    if "Hyperlink" not in styles_of(document):
        style = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
        style.font.underline, style.font.color.rgb = True, RGBColor.from_string("0563C1")


def _add_table(document: Document) -> None:
    """Add the table style: thin lines, a shaded head, room in the cells."""
    if any(style.style_id == TABEL for style in document.styles):
        return
    plain = [s.style_id for s in document.styles if s.name == "Normal Table"]
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = [unsur(edge, val="single", sz=4, space=0, color="B8C2CC") for edge in edges]
    sides = ("top", 25), ("left", 60), ("bottom", 25), ("right", 60)
    margins = [unsur(side, w=width, type="dxa") for side, width in sides]
    style = unsur(
        "style",
        unsur("name", val="Tabel Reviu"),
        *(unsur("basedOn", val=name) for name in plain),
        unsur("uiPriority", val=99),
        unsur("qFormat"),
        unsur("tblPr", unsur("tblBorders", *borders), unsur("tblCellMar", *margins)),
        unsur(
            "tblStylePr",
            unsur("rPr", unsur("b")),
            unsur("tcPr", unsur("shd", val="clear", color="auto", fill="DCE6EF")),
            type="firstRow",
        ),
        type="table",
        customStyle=1,
        styleId=TABEL,
    )
    document.styles.element.append(style)


def _say_language(document: Document) -> None:
    """Say that the text is Indonesian, for spelling and for readers aloud."""
    root = document.styles.element
    for language in root.iter(qn("w:lang")):
        language.set(qn("w:val"), BAHASA)
    properties = styles_of(document)["Normal"].element.get_or_add_rPr()
    if properties.find(qn("w:lang")) is None:
        properties.append(unsur("lang", val=BAHASA))
