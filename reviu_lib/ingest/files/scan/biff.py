"""One pass over the records of an xls workbook: its password, areas, errors, and what is hidden.

A formula cell of xls always stores some result. That it was never calculated shows only where the
writer asks for calculation on opening and stored 0; where it stored an empty text instead, this
cannot be told from a formula that results in nothing. Such cells are counted in `rumus_kosong`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from reviu_lib.ingest.files import limits
from reviu_lib.ingest.files.refusal import BerkasDitolak
from reviu_lib.ingest.files.scan import Pindaian
from reviu_lib.ingest.files.scan.cfb import Wadah, open_cfb
from reviu_lib.ingest.parse.texts import RUMUS_TANPA_HASIL

GALAT = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_TERKUNCI = "EncryptedPackage".encode("utf-16-le")  # how xlsx, xlsb, and docx are locked
_BUKU = ("Workbook", "WORKBOOK", "Book", "BOOK")
_BUKAN_BUKU = {
    "WordDocument": "dokumen Word lama (.doc)",
    "PowerPoint Document": "presentasi PowerPoint lama (.ppt)",
    "__properties_version1.0": "surat Outlook (.msg)",
}
_AKHIR, _AWAL, _SANDI, _LEMBAR, _UKURAN = 0x0A, 0x0809, 0x2F, 0x85, 0x200
_RUMUS, _LOGIKA, _BARIS, _KOLOM = 0x06, 0x205, 0x208, 0x7D
# Records of one cell, with content: formula, label, number, error, small number, rich label.
_SEL = frozenset({_RUMUS, 0xFD, 0x203, 0x204, _LOGIKA, 0x27E, 0xD6})
_BANYAK = 0xBD  # several small numbers in one row


def scan_xls(path: Path) -> dict[str, Pindaian]:
    """Return what the sheets hide, by sheet name. Raises BerkasDitolak for an unsafe file."""
    content = path.read_bytes()
    if _TERKUNCI in content and b"W\0o\0r\0k\0b\0o\0o\0k" not in content:
        raise BerkasDitolak("B02")
    data = _read_book(open_cfb(content))
    try:
        found = {name: _scan_sheet(data, start) for name, start in _list_sheets(data)}
    except (struct.error, IndexError) as error:
        raise BerkasDitolak("B03", "isi lembarnya tidak lengkap") from error
    limits.guard_total(area for area, _ in found.values())
    return {name: scan for name, (_, scan) in found.items()}


def _read_book(wadah: Wadah) -> bytes:
    names = set(wadah.aliran)
    for name in _BUKU:
        if name in names:
            return wadah.read(name)
    other = next((words for name, words in _BUKAN_BUKU.items() if name in names), "")
    raise BerkasDitolak("B04", other or "dokumen Office lama tanpa lembar kerja")


def _iter_records(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, start of the content, and length of each record from `at` on."""
    unpack = struct.Struct("<HH").unpack_from
    end = len(data) - 4
    while at <= end:
        kind, size = unpack(data, at)
        yield kind, at + 4, size
        at += 4 + size


def _list_sheets(data: bytes) -> list[tuple[str, int]]:
    """Return name and start of every sheet. Raises BerkasDitolak (B02) under a password."""
    wide = data[4:6] == b"\x00\x06"  # BIFF8; BIFF5 has names in one byte per letter
    found = []
    for kind, at, size in _iter_records(data, 0):
        if kind == _SANDI:
            raise BerkasDitolak("B02")
        if kind == _AKHIR:
            break
        if kind == _LEMBAR:
            start = struct.unpack_from("<I", data, at)[0]
            found.append((_sheet_name(data[at + 6 : at + size], wide), start))
    return found


def _sheet_name(raw: bytes, wide: bool) -> str:
    if not wide:
        return raw[1 : 1 + raw[0]].decode("cp1252", "replace")
    if raw[1] & 1:
        return raw[2 : 2 + 2 * raw[0]].decode("utf-16-le", "replace")
    return raw[2 : 2 + raw[0]].decode("latin-1")


def _scan_sheet(data: bytes, start: int) -> tuple[int, Pindaian]:
    # A parser: branches by kind of record, in one flat loop, for a sheet has millions of them.
    scan = Pindaian()
    pair = struct.Struct("<HH").unpack_from
    rows = columns = depth = 0
    for kind, at, size in _iter_records(data, start):
        if kind in _SEL or kind == _BANYAK:
            row, column = pair(data, at)
            column = pair(data, at + size - 4)[1] if kind == _BANYAK else column
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        if kind in {_RUMUS, _LOGIKA}:
            _note_result(data, kind, at, scan)
        elif kind in {_BARIS, _KOLOM, _UKURAN}:
            _note_shape(data[at : at + size], kind, scan)
        elif kind in {_AWAL, _AKHIR}:
            depth += 1 if kind == _AWAL else -1
            if depth == 0:
                break
    return limits.guard_area(rows, columns), scan


def _note_result(data: bytes, kind: int, at: int, scan: Pindaian) -> None:
    row, column, _, value = struct.unpack_from("<3H8s", data, at)
    cell = (row + 1, column)
    if kind == _LOGIKA:
        code, faulty = value[0], value[1]
    else:
        faulty = value[6:] == b"\xff\xff" and value[0] == 2
        code = value[2]
        asked = struct.unpack_from("<H", data, at + 14)[0] & 3
        if value[6:] == b"\xff\xff" and value[0] == 3:
            scan.rumus_kosong.append(cell)
        elif asked and value == bytes(8):
            scan.tanda[cell] = RUMUS_TANPA_HASIL
    if faulty:
        scan.tanda[cell] = GALAT.get(code, "#VALUE!")


def _note_shape(record: bytes, kind: int, scan: Pindaian) -> None:
    if kind == _BARIS:
        row, flags = struct.unpack_from("<H10xH", record)
        if flags & 0x20:
            scan.baris_tersembunyi.append(row + 1)
    elif kind == _KOLOM:
        first, last, _, _, flags = struct.unpack_from("<5H", record)
        if flags & 1:
            scan.kolom_tersembunyi.extend(range(first + 1, min(last, 255) + 2))
    else:  # the area the writer declares; the reader reserves memory for it
        _, rows, _, columns = struct.unpack_from("<2I2H" if len(record) > 10 else "<4H", record)
        limits.guard_area(rows, columns)
