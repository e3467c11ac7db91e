"""A block table as a Word table: repeated head, rows that do not break, widths that fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviu_lib.report.dokumen.blok import Baris, Kelompok, Kolom, Tabel
from reviu_lib.report.dokumen.word.gaya import TABEL
from reviu_lib.report.dokumen.word.penulis import Penulis
from reviu_lib.report.dokumen.word.tanda import Alamat
from reviu_lib.report.dokumen.word.unsur import Unsur, alinea, lari, nama_unsur, unsur
from reviu_lib.report.tabel import TEGAK_DARI

# Twentieths of a point: a letter of the smaller face, the room beside the text of a cell.
_HURUF = {"": 98, " Rapat": 82}
_TEPI = 130
# Letters of a column that is read as sentences: wider than its words, narrower than its text.
_PALING_LEBAR, _PROSA = 30, 70
# Letters of a column that is written in by hand: at least, and gladly; height of its rows.
_ISIAN, _ISIAN_LEGA, _TINGGI_ISIAN = 15, 26, 460
# Letters after which a word is broken.
_PALING_KATA = 22
# A heading is bold, so that its letters are wider.
_TEBAL = 1.2
# Room that a table is given beyond its longest words before it stays upright.
_LEGA = 1.1
# Numbers before which a table is set in the smaller face.
_KOLOM_RAPAT = 9
_TINGGI_TEGAK = 1900
_LATAR_KELOMPOK, _LATAR_TOTAL = "F1F4F7", "E8ECF0"


@dataclass(frozen=True)
class Ukuran:
    """How a table is set: suffix of the styles, widths of its columns in twentieths of a point."""

    rapat: str
    lebar: tuple[int, ...]


def build_table(tabel: Tabel, penulis: Penulis, ruang: int) -> Unsur:
    """Return a table `ruang` twentieths of a point wide."""
    ukuran = _measure(tabel, ruang)
    grid = unsur("tblGrid", *(unsur("gridCol", w=width) for width in ukuran.lebar))
    rows = [_head(tabel, penulis, ukuran)]
    for kelompok in tabel.kelompok:
        rows.extend(_group(kelompok, tabel, penulis, ukuran))
    _keep_with_source(rows[-1])
    return unsur("tbl", _properties(tabel, ukuran), grid, *rows)


def _keep_with_source(row: Unsur) -> None:
    """Keep the last row on the page of the line below the table that names its source."""
    for paragraph in row.iter(nama_unsur("p")):
        style = paragraph.pPr.find(nama_unsur("pStyle"))
        style.addnext(unsur("keepNext"))


def _properties(tabel: Tabel, ukuran: Ukuran) -> Unsur:
    description = [unsur("tblDescription", val=tabel.judul)] if tabel.judul else []
    return unsur(
        "tblPr",
        unsur("tblStyle", val=TABEL),
        unsur("tblW", w=sum(ukuran.lebar), type="dxa"),
        unsur("tblLayout", type="fixed"),
        unsur("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0,
              noVBand=1),
        *description,
    )  # fmt: skip


def _measure(tabel: Tabel, ruang: int) -> Ukuran:
    """Return the face and widths: every column as wide as its longest word, the rest shared."""
    rapat = " Rapat" if tabel.tegak or len(tabel.kolom) >= _KOLOM_RAPAT else ""
    letters = [_letters(kolom, place, tabel) for place, kolom in enumerate(tabel.kolom)]
    least = _widths([narrow for narrow, _ in letters], rapat)
    if not rapat and sum(least) > ruang:
        rapat = " Rapat"
        least = _widths([narrow for narrow, _ in letters], rapat)
    return Ukuran(rapat, _share(least, _widths([wide for _, wide in letters], rapat), ruang))


def _widths(letters: Sequence[int], rapat: str) -> list[int]:
    """Return the room of so many letters in a face, with that beside the text of a cell."""
    return [count * _HURUF[rapat] + _TEPI for count in letters]


def _letters(kolom: Kolom, place: int, tabel: Tabel) -> tuple[int, int]:
    """Return the letters of the longest word of a column, and those it would like to have."""
    texts = [row.sel[place].tampak for row in tabel.baris]
    head = "" if tabel.tegak and place >= TEGAK_DARI else kolom.judul
    heading = int(_longest([head]) * _TEBAL + 0.99)
    longest = max(_longest(texts), heading)
    whole = max([heading, *map(len, texts)])
    least = min(longest, _PALING_KATA)
    if kolom.isian:
        return max(least, _ISIAN), max(whole, _ISIAN_LEGA)
    if kolom.angka:
        return least, least
    return least, max(least, min(whole, _PROSA if kolom.prosa else _PALING_LEBAR))


def _longest(texts: Sequence[str]) -> int:
    words = (word for text in texts for word in text.replace("-", "- ").replace("/", "/ ").split())
    return max(map(len, words), default=1)


def is_turned(tabel: Tabel, ruang: int) -> bool:
    """Return True when a wide table needs a page across: its words do not fit on an upright one.

    One that is written in by hand is not set in the smaller face to fit.
    """
    if not tabel.lanskap:
        return False
    least = [_letters(kolom, place, tabel)[0] for place, kolom in enumerate(tabel.kolom)]
    rapat = "" if _is_filled_in(tabel) else " Rapat"
    return sum(_widths(least, rapat)) * _LEGA > ruang


def _is_filled_in(tabel: Tabel) -> bool:
    """Return whether people write in the table by hand."""
    return any(kolom.isian for kolom in tabel.kolom)


def _share(least: Sequence[int], wished: Sequence[int], ruang: int) -> tuple[int, ...]:
    """Return widths that fill `ruang`, or fit into it when the longest words do not."""
    if sum(least) >= ruang:
        return tuple(width * ruang // sum(least) for width in least)
    if sum(wished) <= ruang:
        return tuple(width * ruang // sum(wished) for width in wished)
    more = [wish - width for wish, width in zip(wished, least, strict=True)]
    room = ruang - sum(least)
    pairs = zip(least, more, strict=True)
    return tuple(width + extra * room // sum(more) for width, extra in pairs)


def _head(tabel: Tabel, penulis: Penulis, ukuran: Ukuran) -> Unsur:
    cells = [_heading(tabel, place, penulis, ukuran) for place, _ in enumerate(tabel.kolom)]
    height = [unsur("trHeight", val=_height(tabel), hRule="exact")] if tabel.tegak else []
    return unsur("tr", unsur("trPr", unsur("cantSplit"), *height, unsur("tblHeader")), *cells)


def _height(tabel: Tabel) -> int:
    """Return how high upright headings stand: as their longest, within a limit."""
    longest = max(len(kolom.judul) for kolom in tabel.kolom)
    return min(_TINGGI_TEGAK, int(longest * _HURUF[" Rapat"] * _TEBAL) + 2 * _TEPI)


def _heading(tabel: Tabel, place: int, penulis: Penulis, ukuran: Ukuran) -> Unsur:
    kolom = tabel.kolom[place]
    upright = tabel.tegak and place >= TEGAK_DARI
    text = lari(kolom.judul)
    if kolom.segar and tabel.nama:
        text = penulis.mark(Alamat("kolom", tabel.nama, kolom.nama), text)
    right = (unsur("jc", val="right"),) if kolom.angka and not upright else ()
    turned = (unsur("textDirection", val="btLr"),) if upright else ()
    paragraph = alinea(_style("Kepala Tabel", penulis, ukuran), text, sifat=right)
    return _cell(paragraph, ukuran.lebar[place], *turned, unsur("vAlign", val="bottom"))


def _style(nama: str, penulis: Penulis, ukuran: Ukuran) -> str:
    return penulis.style(f"{nama}{ukuran.rapat}")


def _cell(paragraph: Unsur, width: int, *sifat: Unsur) -> Unsur:
    return unsur("tc", unsur("tcPr", unsur("tcW", w=width, type="dxa"), *sifat), paragraph)


def _group(kelompok: Kelompok, tabel: Tabel, penulis: Penulis, ukuran: Ukuran) -> Iterator[Unsur]:
    if kelompok.judul:
        paragraph = alinea(_style("Kepala Tabel", penulis, ukuran), lari(kelompok.judul))
        span = unsur("gridSpan", val=len(tabel.kolom))
        cell = _cell(paragraph, sum(ukuran.lebar), span, _shade(_LATAR_KELOMPOK))
        yield unsur("tr", unsur("trPr", unsur("cantSplit")), cell)
    for baris in kelompok.baris:
        yield _row(baris, tabel, penulis, ukuran)


def _shade(fill: str) -> Unsur:
    return unsur("shd", val="clear", color="auto", fill=fill)


def _row(baris: Baris, tabel: Tabel, penulis: Penulis, ukuran: Ukuran) -> Unsur:
    cells = []
    for place, (sel, kolom) in enumerate(zip(baris.sel, tabel.kolom, strict=True)):
        text = lari(sel.tampak, *([unsur("b")] if baris.total else []))
        if place == tabel.kepala and _is_marked(baris, tabel):
            text = penulis.mark(Alamat("baris", tabel.nama, baris.kunci), text)
        nama = "Angka Tabel" if kolom.angka else "Isi Tabel"
        shade = [_shade(_LATAR_TOTAL)] if baris.total else []
        paragraph = alinea(_style(nama, penulis, ukuran), text)
        cells.append(_cell(paragraph, ukuran.lebar[place], *shade))
    return unsur("tr", unsur("trPr", unsur("cantSplit"), *_room(tabel)), *cells)


def _room(tabel: Tabel) -> list[Unsur]:
    """Return the height of rows that are written in by hand; others are as high as their text."""
    if _is_filled_in(tabel):
        return [unsur("trHeight", val=_TINGGI_ISIAN, hRule="atLeast")]
    return []


def _is_marked(baris: Baris, tabel: Tabel) -> bool:
    return bool(baris.kunci and tabel.nama) and any(kolom.segar for kolom in tabel.kolom)
