"""What a file really is, decided by its content and never by its name.

Every refusal is a `BerkasDitolak` with the code of its finding, so that one bad file never stops
the others. Only regular files are opened at all: a pipe would wait for ever, a link may lead out
of the workspace.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Literal

from reviu_lib.ingest.files import limits
from reviu_lib.ingest.files.encodings import guess_utf16
from reviu_lib.ingest.files.refusal import BerkasDitolak, refuse_unreadable
from reviu_lib.ingest.files.scan import column_letter, column_number
from reviu_lib.ingest.files.scan.archive import guard_archive
from reviu_lib.ingest.files.scan.cfb import TANDA_OLE

__all__ = [
    "AKHIRAN", "BerkasDitolak", "Jenis", "column_letter", "column_number", "identify",
    "list_entries", "name_kind", "read_status",
]  # fmt: skip

Jenis = Literal["xlsx", "xlsb", "ods", "docx", "xls", "xml2003", "html", "csv"]

# The endings that fit a kind, and the words for it.
AKHIRAN: dict[Jenis, tuple[str, ...]] = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "xlsb": (".xlsb",),
    "ods": (".ods", ".ots"),
    "docx": (".docx", ".docm", ".dotx"),
    "xls": (".xls", ".xlt", ".et"),
    "xml2003": (".xml",),
    "html": (".html", ".htm", ".mht", ".mhtml"),
    "csv": (".csv", ".tsv", ".txt", ".tab"),
}
_NAMA = {
    "xlsx": "buku kerja Excel (xlsx)",
    "xlsb": "buku kerja Excel biner (xlsb)",
    "ods": "lembar kerja OpenDocument (ods)",
    "docx": "dokumen Word",
    "xls": "buku kerja Excel lama (xls)",
    "xml2003": "XML Spreadsheet 2003",
    "html": "halaman web (HTML)",
    "csv": "teks berpemisah (CSV)",
}
_UNDUHAN = (".crdownload", ".part", ".partial", ".download", ".filepart", ".!ut", ".opdownload")
_KEPALA = 65_536
_BUKAN_TABEL = {
    b"%PDF": "berkas PDF",
    b"\x89PNG": "gambar PNG",
    b"\xff\xd8\xff": "gambar JPEG",
    b"GIF8": "gambar GIF",
    b"Rar!": "arsip RAR; keluarkan dahulu berkas dari dalamnya",
    b"7z\xbc\xaf": "arsip 7z; keluarkan dahulu berkas dari dalamnya",
    b"\x1f\x8b": "arsip gzip; keluarkan dahulu berkas dari dalamnya",
    b"PAR1": "berkas Parquet",
    b"SQLite format 3": "basis data SQLite",
    b"{\\rtf": "dokumen RTF",
    b"\x09\x00\x04\x00": "buku kerja Excel 2",
    b"\x09\x02\x06\x00": "buku kerja Excel 3",
    b"\x09\x04\x06\x00": "buku kerja Excel 4",
}
_XML2003 = re.compile(
    rb"<(?:\w+:)?Workbook\s[^<>]*urn:schemas-microsoft-com:office:spreadsheet[\"']"
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MIME = (b"mime-version:", b"content-type: multipart/related", b"from: <saved by")


def list_entries(folder: Path) -> list[Path]:
    """Return the entries of a raw folder by name, without hidden files and Excel's lock files."""
    if not folder.is_dir():
        return []
    names = sorted(folder.iterdir(), key=lambda path: path.name)
    return [path for path in names if not path.name.startswith((".", "~$"))]


def name_kind(jenis: Jenis) -> str:
    """Return the words for a kind of file."""
    return _NAMA[jenis]


def identify(path: Path) -> Jenis:
    """Return what the file is by its content. Raises BerkasDitolak when it must not be read."""
    head = _read_head(path)
    if head.startswith(b"PK\x03\x04"):
        return guard_archive(path)
    if head.startswith(TANDA_OLE):
        return "xls"
    return _identify_text(head)


def read_status(path: Path) -> tuple[int, int]:
    """Return size and time of change of a regular file, which tell whether it is still written.

    Raises BerkasDitolak for anything that is no regular file, without opening it.
    """
    try:
        status = path.lstat()
    except OSError as error:
        raise refuse_unreadable(error) from error
    if not stat.S_ISREG(status.st_mode):
        raise BerkasDitolak("B06", _name_special(status.st_mode))
    return status.st_size, status.st_mtime_ns


def _read_head(path: Path) -> bytes:
    """Return the first bytes of a regular, readable, non-empty file."""
    size, _ = read_status(path)
    if path.suffix.lower() in _UNDUHAN:
        raise BerkasDitolak("B17", "unduhannya belum selesai")
    if size == 0:
        raise BerkasDitolak("B01")
    limits.guard_bytes(size, limits.MAKS_BERKAS, "berukuran")
    try:
        with path.open("rb") as file:
            return file.read(_KEPALA)
    except OSError as error:
        raise refuse_unreadable(error) from error


def _name_special(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "sebuah folder"
    return "sebuah tautan (symlink)" if stat.S_ISLNK(mode) else "bukan berkas biasa"


def _refuse_other(head: bytes) -> None:
    for magic, name in _BUKAN_TABEL.items():
        if head.startswith(magic):
            raise BerkasDitolak("B04", name)


def _identify_text(head: bytes) -> Jenis:
    _refuse_other(head)
    start = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"")
    start = start.lstrip(b"\xff\xfe \t\r\n\x1a")
    if not start:
        raise BerkasDitolak("B01")
    if start.startswith(b"<") and _XML2003.search(start):
        return "xml2003"
    if start.startswith(b"<") or start[:200].lower().startswith(_MIME):
        return "html"
    if _looks_like_json(start):
        raise BerkasDitolak("B04", "berkas JSON")
    if _is_binary(head):
        raise BerkasDitolak("B04", "berkas biner yang tidak dikenal")
    return "csv"


def _looks_like_json(start: bytes) -> bool:
    """Return True when text that opens with a bracket looks like JSON, not like a table."""
    return start[:1] in {b"{", b"["} and start[1:].lstrip()[:1] in {b'"', b"{", b"[", b"}", b"]"}


def _is_binary(head: bytes) -> bool:
    """Return True for zero bytes in number: a stray one in a text is cleaned, not refused."""
    wide = head.startswith(_UTF16) or bool(guess_utf16(head))
    return not wide and head.count(0) > max(len(head) // 100, 8)
