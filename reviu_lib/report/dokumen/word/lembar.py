"""Pages: portrait and landscape sections, header and footer, cover, signatures, contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Length

from reviu_lib.formatting import PENANDA_CONTOH
from reviu_lib.report.dokumen.blok import Angka, Dokumen, Pengesahan, Sampul
from reviu_lib.report.dokumen.word.penulis import Penulis
from reviu_lib.report.dokumen.word.unsur import Unsur, alinea, bidang, lari, unsur

EDISI_INTERNAL = "EDISI INTERNAL"
_TWIP = 635  # English Metric Units in a twentieth of a point
_ANGKA_SEBARIS = 3
# Empty lines for a signature and a stamp.
_BARIS_TANDA = 4


@dataclass(frozen=True)
class Halaman:
    """The paper of the document: what the template says, else A4 with an office's margins."""

    dasar: Unsur

    @classmethod
    def of(cls, document: Document, *, own: bool) -> Halaman:
        """Return the paper of the template's last section."""
        section = document.sections[-1]
        if not own:
            section.page_width, section.page_height = Cm(21), Cm(29.7)
            section.left_margin, section.right_margin = Cm(2.5), Cm(2.5)
            section.top_margin, section.bottom_margin = Cm(2.3), Cm(2)
            section.header_distance, section.footer_distance = Cm(1.1), Cm(1)
        return cls(section._sectPr)

    def ruang(self, *, lanskap: bool) -> int:
        """Return the width for text in twentieths of a point."""
        size, margins = self.dasar.find(qn("w:pgSz")), self.dasar.find(qn("w:pgMar"))
        sides = _number(size, "w"), _number(size, "h")
        beside = _number(margins, "left") + _number(margins, "right")
        return (max(sides) if lanskap else min(sides)) - beside

    def akhir(self, *, lanskap: bool) -> Unsur:
        """Return the end of a section."""
        made = deepcopy(self.dasar)
        size = made.find(qn("w:pgSz"))
        low, high = sorted((_number(size, "w"), _number(size, "h")))
        width, height = (high, low) if lanskap else (low, high)
        for key, value in (("w", width), ("h", height)):
            size.set(qn(f"w:{key}"), str(value))
        size.attrib.pop(qn("w:orient"), None)
        if lanskap:
            size.set(qn("w:orient"), "landscape")
        for old in made.findall(qn("w:titlePg")):
            made.remove(old)
        return made


def _number(element: Unsur, key: str) -> int:
    return int(element.get(qn(f"w:{key}")))


def lebar_gambar(ruang: int) -> Length:
    """Return the width of a figure that fills the text."""
    return Length(ruang * _TWIP)


def write_header(document: Document, dokumen: Dokumen, penulis: Penulis) -> None:
    """Write header and footer where the template leaves them empty.

    The cover then has neither; an office's letterhead stands where its template puts it.
    """
    section = document.sections[0]
    header, footer = section.header, section.footer
    if not _text(header):
        section.different_first_page_header_footer = True
        _put(header, penulis.style("Header"), [lari(_header(dokumen))])
    if not _text(footer):
        pages = [lari("Halaman "), bidang("PAGE", "1"), lari(" dari "), bidang("NUMPAGES", "1")]
        _put(footer, penulis.style("Footer"), pages)


def _header(dokumen: Dokumen) -> str:
    mark = f" · {PENANDA_CONTOH}" if dokumen.contoh else ""
    return f"{dokumen.judul} · Edisi {dokumen.edisi} · {EDISI_INTERNAL}{mark}"


def _text(part: Unsur) -> bool:
    drawn = part._element.xpath(".//w:drawing | .//w:pict | .//w:tbl")
    return bool(drawn) or any(paragraph.text.strip() for paragraph in part.paragraphs)


def _put(part: Unsur, gaya: str, isi: Sequence[Unsur]) -> None:
    for old in part.paragraphs:
        old._p.getparent().remove(old._p)
    part._element.append(alinea(gaya, *isi))


def build_cover(sampul: Sampul, dokumen: Dokumen, penulis: Penulis, ruang: int) -> Iterator[Unsur]:
    """Return the cover: mark of the edition, room for the arms, titles, facts, tiles."""
    gaya = penulis.style
    yield alinea(gaya("Penanda"), lari(EDISI_INTERNAL))
    yield _arms(penulis)
    yield alinea(gaya("Subtitle"), lari(sampul.jenis))
    yield alinea(gaya("Title"), lari(sampul.judul))
    if dokumen.contoh:
        yield alinea(gaya("Penanda"), lari(PENANDA_CONTOH))
    widths = (ruang * 35 // 100, ruang - ruang * 35 // 100)
    rows = [
        [
            alinea(gaya("Kepala Tabel"), lari(name)),
            alinea(gaya("Isi Tabel"), *penulis.runs(isi)),
        ]
        for name, isi in sampul.fakta
    ]
    yield _plain_table(rows, widths, garis="insideH")
    yield alinea("", sifat=(unsur("spacing", before=0, after=120),))
    yield from _tiles(sampul.angka, penulis, ruang)


def _arms(penulis: Penulis) -> Unsur:
    """Return an empty frame for the arms of the region; the office puts its own picture there."""
    side = 1700
    words = alinea(penulis.style("Catatan Angka"), lari("Lambang daerah"))
    table = _plain_table([[words]], (side,), garis="kotak", tinggi=side)
    table.tblPr.insert(1, unsur("jc", val="center"))
    return table


def _tiles(angka: Sequence[Angka], penulis: Penulis, ruang: int) -> Iterator[Unsur]:
    gaya = penulis.style
    for start in range(0, len(angka), _ANGKA_SEBARIS):
        part = angka[start : start + _ANGKA_SEBARIS]
        cells = [
            (
                alinea(gaya("Nama Angka"), lari(satu.judul)),
                alinea(gaya("Angka Pokok"), *penulis.runs(satu.angka)),
                alinea(gaya("Catatan Angka"), *penulis.runs(satu.catatan)),
            )
            for satu in part
        ]
        yield _plain_table([cells], (ruang // len(part),) * len(part), garis="semua")
        yield alinea("", sifat=(unsur("spacing", before=0, after=60),))


def build_signatures(blok: Pengesahan, penulis: Penulis, ruang: int) -> Iterator[Unsur]:
    """Return the places to sign, with lines to fill in; nobody is named."""
    gaya = penulis.style("Tanda Tangan")
    right = (unsur("jc", val="right"),)
    yield alinea(gaya, lari(f"{blok.tempat}, ……………………………"), sifat=right)
    yield alinea(gaya)
    cells = [
        (
            alinea(gaya, lari(word, unsur("b"))),
            alinea(gaya, lari("Jabatan: ………………………")),
            *(alinea(gaya) for _ in range(_BARIS_TANDA)),
            alinea(gaya, lari("Nama: …………………………")),
            alinea(gaya, lari("NIP: ……………………………")),
        )
        for word in blok.penanda
    ]
    yield _plain_table([cells], (ruang // len(cells),) * len(cells))
    yield alinea("")


_GARIS = {
    "": (),
    "insideH": ("insideH", "top", "bottom"),
    "kotak": ("top", "left", "bottom", "right"),
    "semua": ("top", "left", "bottom", "right", "insideV"),
}


def _plain_table(
    rows: Sequence[Sequence[Unsur]], lebar: Sequence[int], *, garis: str = "", tinggi: int = 0
) -> Unsur:
    """Return a table for layout; a cell is one paragraph or several."""
    edges = [unsur(edge, val="single", sz=4, space=0, color="B8C2CC") for edge in _GARIS[garis]]
    order = ("top", "left", "bottom", "right", "insideH", "insideV")
    edges.sort(key=lambda edge: order.index(edge.tag.rpartition("}")[2]))
    margins = [unsur(side, w=70, type="dxa") for side in ("top", "left", "bottom", "right")]
    head = unsur(
        "tblPr",
        unsur("tblW", w=sum(lebar), type="dxa"),
        unsur("tblBorders", *edges),
        unsur("tblLayout", type="fixed"),
        unsur("tblCellMar", *margins),
    )
    grid = unsur("tblGrid", *(unsur("gridCol", w=width) for width in lebar))
    lines = [_plain_row(row, lebar, tinggi) for row in rows]
    return unsur("tbl", head, grid, *lines)


def _plain_row(row: Sequence[Unsur], lebar: Sequence[int], tinggi: int) -> Unsur:
    height = [unsur("trHeight", val=tinggi, hRule="exact")] if tinggi else []
    cells = [
        unsur(
            "tc",
            unsur(
                "tcPr",
                unsur("tcW", w=width, type="dxa"),
                unsur("vAlign", val="center" if tinggi else "top"),
            ),
            *(cell if isinstance(cell, tuple) else (cell,)),
        )
        for cell, width in zip(row, lebar, strict=True)
    ]
    return unsur("tr", unsur("trPr", unsur("cantSplit"), *height), *cells)
