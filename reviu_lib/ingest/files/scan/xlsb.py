"""One pass over the binary records of each xlsb sheet: areas, errors, merges, what is hidden.

A formula whose result was never stored shows only where it is marked to be calculated on opening
and holds 0; one that holds an empty text is counted in `rumus_kosong` (as in xls).
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from reviu_lib.ingest.files import limits
from reviu_lib.ingest.files.refusal import BerkasDitolak
from reviu_lib.ingest.files.scan import Pindaian
from reviu_lib.ingest.files.scan import archive as zips
from reviu_lib.ingest.files.scan.biff import GALAT
from reviu_lib.ingest.parse.texts import RUMUS_TANPA_HASIL

_BUKU = "xl/workbook.bin"
_TAUTAN = "xl/_rels/workbook.bin.rels"
_LEMBAR, _BARIS, _KOLOM, _GABUNG, _UKURAN = 156, 0, 60, 176, 148
_GALAT, _RUMUS_TEKS, _RUMUS_ANGKA, _RUMUS_GALAT = 3, 8, 9, 11
_SEL = frozenset(range(2, 12))  # cells with content: constants 2 to 7, formulas 8 to 11
_TERSEMBUNYI_BARIS = 0x10


def scan_xlsb(path: Path) -> dict[str, Pindaian]:
    """Return what the sheets hide, by sheet name. Raises BerkasDitolak for an unsafe file."""
    try:
        with zipfile.ZipFile(path) as archive:
            zips.prove_members(archive, kecuali=set())
            found = {
                name: _scan_sheet(archive.read(member))
                for name, member in _list_sheets(archive).items()
            }
    except (*zips.ARSIP_RUSAK, struct.error, IndexError) as error:
        raise BerkasDitolak("B03", "isi lembarnya tidak lengkap") from error
    limits.guard_total(area for area, _ in found.values())
    return {name: scan for name, (_, scan) in found.items()}


def _list_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    try:
        links = ElementTree.fromstring(archive.read(_TAUTAN))
    except (LookupError, ElementTree.ParseError, DefusedXmlException) as error:
        raise BerkasDitolak("B03", "daftar lembarnya tidak terbaca") from error
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    names = set(archive.namelist())
    found = {}
    for kind, record in _iter_records(archive.read(_BUKU)):
        if kind == _LEMBAR:
            link, rest = _wide_text(record, 8)
            member = posixpath.normpath(posixpath.join("xl", targets.get(link, ""))).lstrip("/")
            if member in names:
                found[_wide_text(record, rest)[0]] = member
    return found


def _wide_text(record: bytes, at: int) -> tuple[str, int]:
    """Return a text with its length in front, and where it ends."""
    end = at + 4 + 2 * struct.unpack_from("<I", record, at)[0]
    return record[at + 4 : end].decode("utf-16-le", "replace"), end


def _iter_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield kind and content of each record; both kind and length have a varying width."""
    at = 0
    while at < len(data) - 1:
        kind, at = data[at], at + 1
        if kind & 0x80:
            kind, at = (kind & 0x7F) | (data[at] & 0x7F) << 7, at + 1
        size = shift = 0
        while shift < 28:
            part, at = data[at], at + 1
            size |= (part & 0x7F) << shift
            shift += 7
            if not part & 0x80:
                break
        yield kind, data[at : at + size]
        at += size


def _scan_sheet(data: bytes) -> tuple[int, Pindaian]:
    scan = Pindaian(gabung=[])
    row = rows = columns = 0
    for kind, record in _iter_records(data):
        if kind == _BARIS:
            row = struct.unpack_from("<I", record)[0]
            if record[11] & _TERSEMBUNYI_BARIS:
                scan.baris_tersembunyi.append(row + 1)
        elif kind in _SEL:
            column = struct.unpack_from("<I", record)[0]
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            _note_result(kind, record, (row + 1, column), scan)
        elif kind in {_KOLOM, _GABUNG, _UKURAN}:
            _note_shape(kind, record, scan)
    return limits.guard_area(rows, columns), scan


def _note_result(kind: int, record: bytes, cell: tuple[int, int], scan: Pindaian) -> None:
    if kind in {_GALAT, _RUMUS_GALAT}:
        scan.tanda[cell] = GALAT.get(record[8], "#VALUE!")
    elif kind == _RUMUS_ANGKA:
        value, flags = struct.unpack_from("<8sH", record, 8)
        if value == bytes(8) and flags & 2:
            scan.tanda[cell] = RUMUS_TANPA_HASIL
    elif kind == _RUMUS_TEKS and record[8:12] == bytes(4):
        scan.rumus_kosong.append(cell)


def _note_shape(kind: int, record: bytes, scan: Pindaian) -> None:
    first, last, left, right = struct.unpack_from("<4I", record)
    if kind == _UKURAN:  # the area the writer declares; the reader reserves memory for it
        limits.guard_area(last + 1, right + 1)
    elif kind == _GABUNG and scan.gabung is not None:
        scan.gabung.append(((first, left), (last, right)))
    elif kind == _KOLOM and struct.unpack_from("<H", record, 16)[0] & 1:
        scan.kolom_tersembunyi.extend(range(first + 1, min(last, 16_383) + 2))
