"""One pass over the XML of each xlsx sheet: its used area, errors, formulas, and what is hidden.

The pass looks for rare things with plain searches and starts an expression only in blocks that
hold one, so that an ordinary sheet costs little more than its unpacking.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from reviu_lib.ingest.files import limits
from reviu_lib.ingest.files.refusal import BerkasDitolak
from reviu_lib.ingest.files.scan import Pindaian, column_letter, column_number
from reviu_lib.ingest.files.scan import archive as zips
from reviu_lib.ingest.parse.texts import RUMUS_TANPA_HASIL

_BUKU = "xl/workbook.xml"
_TAUTAN = "xl/_rels/workbook.xml.rels"
_KEPALA = 4_096
_BARIS_DEKAT = 99_999
_KEPALA_BLOK = 100_000  # bytes of a block in which the usual width of its rows shows
_KOLOM_DEKAT = re.compile(rb'r="([A-Z]|A[A-Z])\d{1,5}"[^<>]{0,200}+(?<!/)>')
# A cell with content below row 99,999 or right of column AZ; no area up to there is too large.
# The blank before it is looked for last: other attributes (`operator`) end with an r as well.
_SEL_JAUH = re.compile(
    rb'r="(?<=\sr=")(?!A?[A-Z]\d{1,5}")'
    rb'([A-Za-z]+(?=\d{6})|[B-Z][A-Z](?=\d)|[A-Z]{3,}(?=\d)|[a-z][A-Za-z]*)(\d*)"[^<>]{0,200}+'
    rb"(?:(?<!/)>(?!\s*</)|[^<>])"
)
_GALAT = re.compile(
    rb'<c(\s(?>[^<>]*?\bt="e")[^<>]*+)>\s*(?:<f\b[^<>]*(?:/>|>[^<]*</f>))?\s*<v>([^<]*)<'
)
_RUMUS = re.compile(
    rb"<c(\s[^<>]*)>\s*<f\b[^<>]*(?:/>|>[^<]*</f>)\s*(<v\s*/>|<v>[^<]*</v>)?\s*</c>"
)
_ALAMAT = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_BARIS_TERSEMBUNYI = re.compile(rb'<row\s((?>[^<>]*?\bhidden="(?:1|true)")[^<>]*+)>')
_NOMOR = re.compile(rb'\br="(\d{1,7})"')
_KOLOM_TERSEMBUNYI = re.compile(rb'<col\s((?>[^<>]*?\bhidden="(?:1|true)")[^<>]*+)>')
_BATAS_KOLOM = re.compile(rb'\b(min|max)="(\d{1,5})"')
_AWALAN = re.compile(rb"<(\w+:)worksheet\b")
_SPASI = re.compile(rb"\s*+=\s*+[\"']")
_PORSI = 100_000  # bytes
_SAMA_DENGAN, _PETIK, _SPASI_TERBESAR = b'=" '
_BARIS_ATAU_SEL = re.compile(rb"<(row|c)\b([^<>]*)>")


@dataclass
class _Letak:
    """The running address in a sheet whose writer leaves addresses out."""

    baris: int = 0
    kolom: int = 0

    def address(self, found: re.Match[bytes]) -> bytes:
        """Return the tag with its address written in."""
        tag, rest = found.groups()
        given = _NOMOR.search(rest) if tag == b"row" else _ALAMAT.search(rest)
        if tag == b"row":
            self.baris = int(given[1]) if given else self.baris + 1
            self.kolom = 0
            return found[0] if given else b'<row r="%d"%s>' % (self.baris, rest)
        self.kolom = column_number(given[1]) if given else self.kolom + 1
        letters = column_letter(self.kolom).encode()
        return found[0] if given else b'<c r="%s%d"%s>' % (letters, self.baris, rest)


def scan_xlsx(path: Path) -> dict[str, Pindaian]:
    """Return what the sheets hide, by sheet name. Raises BerkasDitolak for an unsafe file."""
    try:
        with zipfile.ZipFile(path) as archive:
            members, recalculated = _read_book(archive)
            zips.prove_members(archive, kecuali=set(members.values()))
            found = {
                name: _scan_sheet(archive, member, recalculated) for name, member in members.items()
            }
            limits.guard_total(area for area, _ in found.values())
            return {name: scan for name, (_, scan) in found.items()}
    except zips.ARSIP_RUSAK as error:
        raise BerkasDitolak("B03", "isi lembarnya tidak lengkap") from error


def _read_book(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """Return the archive member of each sheet, and whether the book asks to be calculated anew.

    A program that writes formulas without their results asks for that, and stores 0 for each.
    """
    names = {_key(name): name for name in archive.namelist()}
    try:
        book = ElementTree.fromstring(archive.read(names[_BUKU]))
        links = ElementTree.fromstring(archive.read(names[_TAUTAN]))
    except (LookupError, ElementTree.ParseError, DefusedXmlException) as error:
        raise BerkasDitolak("B03", "daftar lembarnya tidak terbaca") from error
    targets = {link.get("Id"): _key(posixpath.join("xl", _target(link))) for link in links}
    found = {}
    for sheet in book.iter():
        if _local(sheet.tag) == "sheet":
            link = next((value for key, value in sheet.items() if key.endswith("}id")), "")
            member = names.get(targets.get(link, ""))
            if member:
                found[str(sheet.get("name"))] = member
    calc = [item for item in book.iter() if _local(item.tag) == "calcPr"]
    return found, any(item.get("fullCalcOnLoad") in {"1", "true"} for item in calc)


def _target(link: Any) -> str:
    return str(link.get("Target")).replace("\\", "/")


def _key(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _scan_sheet(archive: zipfile.ZipFile, member: str, recalculated: bool) -> tuple[int, Pindaian]:
    """Return the used area of a sheet, blank formatted cells left out, and what it hides."""
    scan = Pindaian()
    rows, columns = 0, 0
    for block in _iter_plain(archive, member):
        far = _SEL_JAUH.findall(block)
        near = _KOLOM_DEKAT.findall(block[:_KEPALA_BLOK])
        names = {*near, *(letters for letters, _ in far)}
        columns = max(columns, max(map(column_number, names), default=0))
        lowest = max((int(number[:12] or b"0") for _, number in far), default=0)
        rows = max(rows, min(_last_row(block), _BARIS_DEKAT), lowest)
        _find_hidden(block, scan)
        _find_errors(block, scan)
        if _holds(block, b"<f"):
            _find_uncounted(block, scan, recalculated)
    return limits.guard_area(rows, columns), scan


def _last_row(block: bytes) -> int:
    """Return the number of the last row of a block."""
    start = block.rfind(b"<row")
    found = _NOMOR.search(block[start : start + 300]) if start >= 0 else None
    return int(found[1]) if found else 0


def _iter_plain(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """Yield whole rows without namespace prefix, in double quotes, each cell with its address."""
    head = next(zips.iter_blocks(archive, member))
    prefixed = _AWALAN.search(head[:_KEPALA])
    prefix = prefixed[1] if prefixed else b""
    single = b"='" in head[:_KEPALA]
    first = _BARIS_ATAU_SEL.search(head.replace(b"<" + prefix, b"<")[:100_000])
    bare = first is not None and b"r=" not in first[2]
    letak = _Letak()
    for block in zips.iter_whole(archive, member, b"</%srow>" % prefix):
        plain = (
            block.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</") if prefix else block
        )
        plain = plain.replace(b"'", b'"') if single else plain
        if _has_blanks(plain):
            plain = _SPASI.sub(b'="', plain)
        yield _BARIS_ATAU_SEL.sub(letak.address, plain) if bare else plain


def _has_blanks(block: bytes) -> bool:
    """Return True where an attribute may have blanks around its sign, as XML allows."""
    return any(
        ((part[1:] == _SAMA_DENGAN) & (part[:-1] <= _SPASI_TERBESAR)).any()
        or ((part[:-1] == _SAMA_DENGAN) & (part[1:] != _PETIK)).any()
        for part in _portions(block)
    )


def _holds(block: bytes, word: bytes) -> bool:
    """Return True where `word` stands; faster than `in` where its first two bytes do not."""
    begun = any(((part[:-1] == word[0]) & (part[1:] == word[1])).any() for part in _portions(block))
    return begun and word in block


def _portions(block: bytes) -> Iterator[npt.NDArray[np.uint8]]:
    """Yield the bytes in portions that fit the fast memory of a processor, one byte shared."""
    letters = np.frombuffer(block, dtype=np.uint8)
    for start in range(0, len(letters), _PORSI):
        yield letters[start : start + _PORSI + 1]


def _find_hidden(block: bytes, scan: Pindaian) -> None:
    if not _holds(block, b"hidden="):
        return
    for attributes in _BARIS_TERSEMBUNYI.findall(block):
        number = _NOMOR.search(attributes)
        if number:
            scan.baris_tersembunyi.append(int(number[1]))
    for attributes in _KOLOM_TERSEMBUNYI.findall(block):
        span = {name: int(value) for name, value in _BATAS_KOLOM.findall(attributes)}
        last = min(span.get(b"max", 0), 16_384)
        scan.kolom_tersembunyi.extend(range(span.get(b"min", 1), last + 1))


def _find_errors(block: bytes, scan: Pindaian) -> None:
    if not _holds(block, b'"e"'):
        return
    for attributes, text in _GALAT.findall(block):
        place = _ALAMAT.search(attributes)
        if place:
            scan.tanda[_cell(place)] = text.decode("ascii", "replace")


def _find_uncounted(block: bytes, scan: Pindaian, recalculated: bool) -> None:
    """Mark formulas without a stored result; a text formula may well result in nothing."""
    for attributes, value in _RUMUS.findall(block):
        if _is_uncounted(attributes, value, recalculated) and (place := _ALAMAT.search(attributes)):
            scan.tanda[_cell(place)] = RUMUS_TANPA_HASIL


def _is_uncounted(attributes: bytes, value: bytes, recalculated: bool) -> bool:
    """Return True when a formula's stored `value` element says that it was never counted."""
    result = value.removeprefix(b"<v>").removesuffix(b"</v>") if value[:3] == b"<v>" else b""
    if not result.strip():
        return not (value and b't="str"' in attributes)
    return recalculated and result == b"0"


def _cell(place: re.Match[bytes]) -> tuple[int, int]:
    return int(place[2]), column_number(place[1]) - 1
