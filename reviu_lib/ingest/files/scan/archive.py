"""Zip archives (xlsx, xlsb, ods, docx) judged before any spreadsheet library sees them.

Sizes that an archive declares may be lies, and a reader that believes them fills the memory.
Every part that the reader will open is therefore unpacked once here, at most to its declared
size, and its checksum compared. Nothing inside is ever opened as an archive in turn.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from reviu_lib.ingest.files import limits
from reviu_lib.ingest.files.refusal import BerkasDitolak

JenisZip = Literal["xlsx", "xlsb", "ods", "docx"]

_BLOK = 8_000_000
_KEPALA_XML = 4_096
_DIBUKA = (".xml", ".rels", ".bin")  # pictures and embedded files are never opened
_BUKAN_BUKU = {
    "ppt/presentation.xml": "presentasi PowerPoint",
}
_PAKAI_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_JUMLAH_TEKS = re.compile(rb"\buniqueCount\s*=\s*[\"'](\d+)[\"']")
# Everything the zip module raises on damaged content.
ARSIP_RUSAK = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, KeyError)


def guard_archive(path: Path) -> JenisZip:
    """Return what a zip file is. Raises BerkasDitolak when it must not be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            _guard_sizes(archive)
            return _kind_of({_plain(name) for name in archive.namelist()}, archive)
    except ARSIP_RUSAK as error:
        raise BerkasDitolak("B03", "isi arsipnya tidak lengkap") from error


def _plain(name: str) -> str:
    """Return a member's name with forward slashes: some writers store backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()


def _guard_sizes(archive: zipfile.ZipFile) -> None:
    """Refuse archives that unpack to an absurd size, and encrypted members."""
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if any(member.flag_bits & 0x1 for member in members):
        raise BerkasDitolak("B02")
    if len(members) > limits.MAKS_ANGGOTA:
        raise BerkasDitolak("B05", f"lebih dari {limits.MAKS_ANGGOTA} bagian di dalamnya")
    limits.guard_bytes(unpacked, limits.MAKS_TERBUKA, "isinya menjadi")
    if unpacked > limits.BOLEH_MENGEMBANG and unpacked / packed > limits.MAKS_MENGEMBANG:
        limit = f"batasnya {limits.MAKS_MENGEMBANG} kali"
        raise BerkasDitolak("B05", f"isinya mengembang {unpacked // packed} kali, {limit}")


def _kind_of(names: set[str], archive: zipfile.ZipFile) -> JenisZip:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "word/document.xml" in names:
        return "docx"
    if "content.xml" in names and "mimetype" in names:
        return _kind_of_odf(archive)
    if "encrypted-package" in names:
        raise BerkasDitolak("B02")
    raise BerkasDitolak("B04", _name_other(names))


def _name_other(names: set[str]) -> str:
    known = (words for part, words in _BUKAN_BUKU.items() if part in names)
    packed = any(name.endswith((".xlsx", ".xls", ".ods", ".csv")) for name in names)
    rest = "; keluarkan dahulu berkas dari dalamnya" if packed else " tanpa lembar kerja"
    return next(known, f"arsip zip{rest}")


def _kind_of_odf(archive: zipfile.ZipFile) -> JenisZip:
    kind = archive.read("mimetype")[:200]
    if b"opendocument.spreadsheet" not in kind:
        raise BerkasDitolak("B04", "dokumen OpenDocument yang bukan lembar kerja")
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
        raise BerkasDitolak("B02")
    return "ods"


def prove_members(archive: zipfile.ZipFile, *, kecuali: set[str]) -> None:
    """Unpack every part a reader opens, except those that are scanned anyway.

    Raises BerkasDitolak for a part that declares entities, and what zipfile raises for one that
    is damaged or larger than it declares.
    """
    for name in archive.namelist():
        if name in kecuali or not name.lower().endswith(_DIBUKA):
            continue
        size = archive.getinfo(name).file_size
        for place, block in enumerate(iter_blocks(archive, name)):
            if place == 0 and not name.lower().endswith(".bin"):
                guard_entities(block)
                _guard_counts(block, size)


def iter_blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield the content of a member in blocks; at least one, which may be empty."""
    with archive.open(name) as stream:
        yield stream.read(_BLOK)
        while block := stream.read(_BLOK):
            yield block


def _guard_counts(start: bytes, size: int) -> None:
    """Refuse a list of texts that says to have more entries than it has bytes.

    The reader reserves memory for as many as it says. `count`, how often they are used, is
    rightly large where one text stands in many cells.
    """
    for text in _JUMLAH_TEKS.findall(start[:_KEPALA_XML]):
        if int(text[:20]) > size:
            raise BerkasDitolak("B03", "daftar teksnya tidak utuh")


def guard_entities(start: bytes) -> None:
    """Refuse XML that declares a document type: entities bloat it or read other files."""
    head = start[:_KEPALA_XML].replace(b"\x00", b"")  # UTF-16 hides the word behind zero bytes
    if _PAKAI_DOCTYPE.search(head):
        raise BerkasDitolak("B05", "berisi entitas XML (DOCTYPE), yang tidak pernah diperlukan")


def iter_whole(archive: zipfile.ZipFile, name: str, akhir: bytes) -> Iterator[bytes]:
    """Yield a member in blocks that end after a whole element, whose end tag is `akhir`."""
    rest = b""
    for place, block in enumerate(iter_blocks(archive, name)):
        if place == 0:
            guard_entities(block)
        whole, mark, tail = (rest + block).rpartition(akhir)
        if mark:
            yield whole + mark
        limits.guard_bytes(len(tail), limits.MAKS_BARIS_XML, "satu barisnya")
        rest = tail
    yield rest
