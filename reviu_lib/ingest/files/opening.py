"""Is this file safe and readable, and what is it really?

The content decides, never the extension. Every refusal is a `BerkasDitolak` with the code of
its finding, so that one bad file never stops the others. The guard runs before any spreadsheet
library sees the file, because a single stray cell at XFD1048576 makes the reader reserve memory
for the whole sheet and aborts the process.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from reviu_lib.errors import BerkasError

Jenis = Literal["xlsx", "xlsb", "ods", "xls", "csv"]

_MAKS_BERKAS = 500_000_000  # bytes; a kabupaten's largest export is about 20 MB
_MAKS_TERBUKA = 1_500_000_000  # bytes after unpacking
_RASIO_WAJAR = 200  # real workbooks unpack 5 to 40 times
_BOLEH_SELALU = 20_000_000  # bytes: below this no ratio is dangerous
_MAKS_SEL = 60_000_000  # rows x columns of the used area
_MAKS_ANGGOTA = 10_000
_BLOK = 8_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BUKAN_TABEL = {
    b"%PDF": "berkas PDF",
    b"\x89PNG": "gambar PNG",
    b"\xff\xd8\xff": "gambar JPEG",
    b"GIF8": "gambar GIF",
    b"Rar!": "arsip RAR",
    b"7z\xbc\xaf": "arsip 7z",
    b"\x1f\x8b": "arsip gzip",
    b"PAR1": "berkas parquet",
}
_SEL_BERISI = re.compile(
    rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^<>]*[^/<>]>"
)
# Everything the zip module raises on damaged content.
ARSIP_RUSAK = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError)
# A cell below row 99,999 or right of column AZ: only then is the exact area worth counting.
_SEL_JAUH = re.compile(rb"r=[\"'](?:[A-Z]{1,3}\d{6,7}|(?:[B-Z][A-Z]|[A-Z]{3})\d{1,7})[\"']")


class BerkasDitolak(BerkasError):
    """A file that is not read; `kode` is the kind of finding, `rincian` the particular reason."""

    def __init__(self, kode: str, rincian: str = "", *, nilai: str = "") -> None:
        self.kode = kode
        self.rincian = rincian
        self.nilai = nilai
        super().__init__(rincian or kode)


def list_entries(folder: Path) -> list[Path]:
    """Return the entries of a raw folder by name, without hidden files and Excel's lock files."""
    if not folder.is_dir():
        return []
    names = sorted(folder.iterdir(), key=lambda path: path.name)
    return [path for path in names if not path.name.startswith((".", "~$"))]


def identify(path: Path) -> Jenis:
    """Return what the file is by its content. Raises BerkasDitolak when it must not be read."""
    head = _read_head(path)
    if head.startswith(b"PK\x03\x04"):
        return _identify_zip(path)
    if head.startswith(_OLE):
        return _identify_ole(path)
    return _identify_text(head)


def _read_head(path: Path) -> bytes:
    """Return the first bytes of a regular, readable, non-empty file."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise BerkasDitolak("B06", _name_special(status.st_mode))
        if status.st_size == 0:
            raise BerkasDitolak("B01")
        if status.st_size > _MAKS_BERKAS:
            raise BerkasDitolak("B05", f"berukuran {status.st_size // 1_000_000} MB")
        with path.open("rb") as file:
            return file.read(65_536)
    except OSError as error:
        raise BerkasDitolak("B13", error.strerror or "tidak dapat dibuka") from error


def _name_special(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "sebuah folder"
    return "sebuah tautan (symlink)" if stat.S_ISLNK(mode) else "bukan berkas biasa"


def _identify_text(head: bytes) -> Jenis:
    for magic, name in _BUKAN_TABEL.items():
        if head.startswith(magic):
            raise BerkasDitolak("B04", name)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise BerkasDitolak("B01")
    if start.startswith(b"<"):
        raise BerkasDitolak("B04", "halaman HTML atau XML yang diberi nama lain")
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in head and not wide:
        raise BerkasDitolak("B04", "berkas biner yang tidak dikenal")
    return "csv"


def _identify_ole(path: Path) -> Jenis:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise BerkasDitolak("B02")
    if "WordDocument".encode("utf-16-le") in content:
        raise BerkasDitolak("B04", "dokumen Word lama (.doc)")
    return "xls"


def _identify_zip(path: Path) -> Jenis:
    try:
        with zipfile.ZipFile(path) as archive:
            _guard_size(archive)
            names = set(archive.namelist())
            kind = _kind_of_zip(names)
            if kind == "xlsx":
                _guard_cells(archive)
            return kind
    except ARSIP_RUSAK as error:
        raise BerkasDitolak("B03", "isi arsipnya tidak lengkap") from error


def _kind_of_zip(names: set[str]) -> Jenis:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names:
        return "ods"
    if "word/document.xml" in names:
        raise BerkasDitolak("B06", "dokumen Word, bukan lembar kerja")
    raise BerkasDitolak("B04", "arsip zip tanpa lembar kerja")


def _guard_size(archive: zipfile.ZipFile) -> None:
    """Refuse archives that unpack to an absurd size, and encrypted members."""
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if any(member.flag_bits & 0x1 for member in members):
        raise BerkasDitolak("B02")
    if len(members) > _MAKS_ANGGOTA or unpacked > _MAKS_TERBUKA:
        raise BerkasDitolak("B05", f"isinya menjadi {unpacked // 1_000_000} MB")
    if unpacked > _BOLEH_SELALU and unpacked / packed > _RASIO_WAJAR:
        raise BerkasDitolak("B05", f"isinya mengembang {unpacked // packed} kali")


def _guard_cells(archive: zipfile.ZipFile) -> None:
    """Refuse sheets whose used area is absurd; also reads every sheet to its end."""
    for name in archive.namelist():
        if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
            continue
        if not any(_SEL_JAUH.search(block) for block in iter_rows_xml(archive, name)):
            continue
        rows, columns = _used_area(archive, name)
        if rows * columns > _MAKS_SEL:
            raise BerkasDitolak("B05", f"area terpakai {rows} baris kali {columns} kolom")


def _used_area(archive: zipfile.ZipFile, name: str) -> tuple[int, int]:
    """Return the last row and column that hold content; formatted blank cells do not count."""
    rows, columns = 0, 0
    for block in iter_rows_xml(archive, name):
        cells = _SEL_BERISI.findall(block)
        letters = {letter for letter, _ in cells}
        rows = max(rows, max((int(row) for _, row in cells), default=0))
        columns = max(columns, max(map(column_number, letters), default=0))
    return rows, columns


def iter_rows_xml(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a sheet's XML in blocks that end after a whole row."""
    rest = b""
    with archive.open(name) as stream:
        while block := stream.read(_BLOK):
            whole, mark, tail = (rest + block).rpartition(b"</row>")
            if mark:
                yield whole + mark
            rest = tail
    yield rest


def column_number(letters: bytes | str) -> int:
    """Return the 1-based number of a column: A is 1, XFD is 16384."""
    text = letters.decode() if isinstance(letters, bytes) else letters
    number = 0
    for char in text:
        number = number * 26 + ord(char) - ord("A") + 1
    return number


def column_letter(number: int) -> str:
    """Return the letters of a 1-based column number: 1 is A, 28 is AB."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
