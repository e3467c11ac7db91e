"""How much a file may hold. Each limit has its reason; a refusal always names the limit.

The reader keeps a sheet as one dense block of cells in memory, so that the area up to the last
used cell counts, not the number of filled cells.
"""

from __future__ import annotations

from collections.abc import Iterable

from reviu_lib.formatting import format_number
from reviu_lib.ingest.files.refusal import BerkasDitolak

# Bytes on disk. The largest export of a kabupaten is about 20 MB, of a province about 250 MB.
MAKS_BERKAS = 500_000_000
# Bytes after unpacking: a full sheet of 1,048,576 rows and 20 columns of text has about 1.2 GB.
MAKS_TERBUKA = 1_500_000_000
# Real workbooks unpack 5 to 40 times; blank formatted rows up to 130 times; bombs 1,000 times.
MAKS_MENGEMBANG = 200
# Bytes after unpacking below which no ratio can do harm.
BOLEH_MENGEMBANG = 20_000_000
# Cells up to the last used one, all sheets together: about 1 GB in memory. A sheet of 500,000
# rows and 45 columns passes; one stray cell at XFD1048576 would be 17,000 million.
MAKS_SEL = 25_000_000
# Rows and columns of a sheet: no version of Excel has more.
MAKS_BARIS, MAKS_KOLOM = 1_048_576, 16_384
# Members of an archive and sheets of a workbook; real ones have below 1,000 and below 100.
MAKS_ANGGOTA = 10_000
# Bytes of one row in the XML of a sheet: a row of 16,384 long texts stays below.
MAKS_BARIS_XML = 64_000_000
# Tables and nested parts of a web page that are looked at.
MAKS_TABEL_HTML = 1_000


def guard_area(baris: int, kolom: int) -> int:
    """Return the number of cells of an area. Raises BerkasDitolak (B05) above the limit."""
    size = f"area terpakai {format_number(baris)} baris kali {format_number(kolom)} kolom"
    found = {"baris": (baris, MAKS_BARIS), "kolom": (kolom, MAKS_KOLOM)}
    for of, (count, limit) in {**found, "sel": (baris * kolom, MAKS_SEL)}.items():
        if count > limit:
            raise BerkasDitolak("B05", f"{size}, batasnya {format_number(limit)} {of}")
    return baris * kolom


def guard_total(luas: Iterable[int]) -> None:
    """Raise BerkasDitolak (B05) when all areas of a file together have too many cells."""
    total = sum(luas)
    if total > MAKS_SEL:
        size, limit = format_number(total), format_number(MAKS_SEL)
        raise BerkasDitolak("B05", f"seluruh lembarnya {size} sel, batasnya {limit} sel")


def guard_bytes(ukuran: int, batas: int, apa: str) -> None:
    """Raise BerkasDitolak (B05) when `apa` has more bytes than its limit."""
    if ukuran > batas:
        size, limit = (format_number(number // 1_000_000) for number in (ukuran, batas))
        raise BerkasDitolak("B05", f"{apa} {size} MB, batasnya {limit} MB")
