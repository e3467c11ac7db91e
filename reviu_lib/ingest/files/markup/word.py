"""Word documents (.docx) as grids: each table is one sheet, what stands before it its title.

Only the part with the text is read, with one walk over its XML: tables inside content controls
count, deleted and placeholder text does not. Nothing it refers to is ever opened.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from reviu_lib.ingest.files import limits
from reviu_lib.ingest.files.grid import Bentuk, Kisi, fill_merged, to_cells
from reviu_lib.ingest.files.refusal import BerkasDitolak
from reviu_lib.ingest.files.scan.archive import ARSIP_RUSAK, guard_entities, iter_blocks

_ISI = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# A document of 300 pages has a tenth of this.
_MAKS_ISI = 100_000_000
_MAKS_KOLOM = 63  # of a table in Word
# Text that no reader sees: moved away, or a placeholder waiting to be typed over.
_DIPINDAHKAN, _KENDALI = f"{_W}moveFrom", f"{_W}sdt"
_PENUNGGU = f"{_W}sdtPr/{_W}showingPlcHdr"
_GARIS = re.compile(r"[\s._…-]+")
_SELA = {f"{_W}tab", f"{_W}br", f"{_W}cr"}
Gabung = list[tuple[tuple[int, int], tuple[int, int]]]


def read_word(path: Path) -> list[Kisi]:
    """Return one grid per table; BerkasDitolak (B04) for a document without any.

    Row 0 is the text before the table as one cell, the rows of the table count from 1.
    """
    body = _parse(path).find(f"{_W}body")
    grids = [] if body is None else list(_read_tables(body))
    if not grids:
        raise BerkasDitolak("B04", "dokumen Word tanpa tabel")
    return grids


def _parse(path: Path) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        with zipfile.ZipFile(path) as archive:
            limits.guard_bytes(archive.getinfo(_ISI).file_size, _MAKS_ISI, "isinya menjadi")
            content = b"".join(iter_blocks(archive, _ISI))
        guard_entities(content)
        return etree.fromstring(content, parser)
    except (*ARSIP_RUSAK, etree.XMLSyntaxError) as error:
        raise BerkasDitolak("B03", "isi dokumen Word tidak utuh") from error


def _read_tables(body: etree._Element) -> Iterator[Kisi]:
    before: list[str] = []
    number = 0
    for part in _blocks(body):
        if part.tag == f"{_W}p":
            before.append(_words(part))
            continue
        number += 1
        yield _read_table(part, f"Tabel {number}", " ".join(filter(None, before)))
        before = []


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables in order, also those inside content controls."""
    for part in parent:
        if part.tag in {f"{_W}p", f"{_W}tbl"}:
            yield part
        elif part.tag == _KENDALI:
            yield from _blocks(part.find(f"{_W}sdtContent") or ())


def _read_table(table: etree._Element, lembar: str, judul: str) -> Kisi:
    rows, merged = [[judul]], Gabung()
    limits.guard_area(len(table), 1)
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is table:
            rows.append(_read_row(row, len(rows), merged))
    limits.guard_total([sum(map(len, rows))])
    cells = fill_merged(to_cells(rows, range(len(rows))), merged)
    return Kisi(lembar, cells, gabung=tuple(merged), bentuk=Bentuk("docx"))


def _read_row(row: etree._Element, at: int, merged: Gabung) -> list[str]:
    """Return the texts of a row; cells that go on from above lengthen their range in `merged`."""
    texts: list[str] = []
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr")) is not row:
            continue
        down = cell.find(f"{_W}tcPr/{_W}vMerge")
        if down is not None and down.get(f"{_W}val") != "restart":
            _lengthen(merged, at, len(texts))
        elif down is not None:
            merged.append(((at, len(texts)), (at, len(texts))))
        texts += [_words(cell), *[""] * (_span(cell) - 1)]
    return texts


def _span(cell: etree._Element) -> int:
    """Return how many columns a cell takes, at most as many as a Word table can have."""
    width = cell.find(f"{_W}tcPr/{_W}gridSpan")
    told = "" if width is None else width.get(f"{_W}val", "")
    return min(max(int(told), 1), _MAKS_KOLOM) if told.isdecimal() else 1


def _lengthen(merged: Gabung, at: int, column: int) -> None:
    for place, (top, (last, right)) in enumerate(merged):
        if right == column and last == at - 1:
            merged[place] = (top, (at, right))


def _words(part: etree._Element) -> str:
    """Return the words in one line; a dotted or ruled line to be written on is blank."""
    words = " ".join(_text(part).split())
    return "" if _GARIS.fullmatch(words) else words


def _text(part: etree._Element) -> str:
    """Return the words a reader sees, paragraphs and line breaks as spaces."""
    if part.tag == _DIPINDAHKAN or (part.tag == _KENDALI and part.find(_PENUNGGU) is not None):
        return ""
    if part.tag == f"{_W}t":
        return part.text or ""
    if part.tag in _SELA:
        return " "
    words = "".join(map(_text, part))
    return f" {words} " if part.tag == f"{_W}p" else words
