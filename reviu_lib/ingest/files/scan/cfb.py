"""The compound file (OLE) around old office documents: the names and bytes of its streams.

Just enough of [MS-CFB] to find a stream. Every chain is bounded by the number of sectors, so that
a file that points in circles ends in a refusal, not in a loop.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from reviu_lib.ingest.files.refusal import BerkasDitolak

TANDA_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AKHIR = 0xFFFFFFFA  # from here on a sector number means: none
_RUSAK = "susunan dalamnya tidak utuh"


@dataclass(frozen=True)
class Wadah:
    """An opened compound file: its bytes, its sector table, and where its streams begin."""

    isi: bytes
    ukuran_sektor: int
    tabel: array[int]
    aliran: Mapping[str, tuple[int, int]]
    tabel_mini: array[int]
    batas_mini: int

    def read(self, nama: str) -> bytes:
        """Return the bytes of a stream. Raises BerkasDitolak (B03) when a part is missing."""
        start, size = self.aliran[nama]
        if size >= self.batas_mini:
            return self._join(start, size)
        root, total = self.aliran["Root Entry"]
        small = self._join(root, total)
        parts = [small[at * 64 : at * 64 + 64] for at in _chain(self.tabel_mini, start)]
        return b"".join(parts)[:size]

    def _join(self, start: int, size: int) -> bytes:
        whole = b"".join(
            self.isi[(at + 1) * self.ukuran_sektor : (at + 2) * self.ukuran_sektor]
            for at in _chain(self.tabel, start)
        )
        if len(whole) < size:
            raise BerkasDitolak("B03", _RUSAK)
        return whole[:size]


def open_cfb(isi: bytes) -> Wadah:
    """Return the compound file in `isi`. Raises BerkasDitolak (B03) when it is damaged."""
    try:
        return _open(isi)
    except (struct.error, ValueError, IndexError, KeyError) as error:
        raise BerkasDitolak("B03", _RUSAK) from error


def _open(isi: bytes) -> Wadah:
    size = 1 << struct.unpack_from("<H", isi, 30)[0]
    if size not in {512, 4096}:
        raise ValueError(size)
    table = array("I")
    for number in _fat_sectors(isi, size):
        sector = isi[(number + 1) * size : (number + 2) * size]
        table.frombytes(sector[: len(sector) // 4 * 4])
    first_dir, _, cutoff, first_mini = struct.unpack_from("<4I", isi, 48)
    bare = Wadah(isi, size, table, {}, array("I"), cutoff)
    streams = _list_streams(_sectors(bare, first_dir))
    if "Root Entry" not in streams:
        raise KeyError(first_dir)
    mini = array("I", _sectors(bare, first_mini)) if first_mini < _AKHIR else array("I")
    return Wadah(isi, size, table, streams, mini, cutoff)


def _fat_sectors(isi: bytes, size: int) -> list[int]:
    """Return the sectors of the sector table: 109 in the header, the rest in a chain."""
    numbers = list(struct.unpack_from("<109I", isi, 76))
    following, count = struct.unpack_from("<2I", isi, 68)
    for _ in range(min(count, len(isi) // size + 1)):
        if following >= _AKHIR:
            break
        part = struct.unpack_from(f"<{size // 4}I", isi, (following + 1) * size)
        numbers.extend(part[:-1])
        following = part[-1]
    return [number for number in numbers if number < _AKHIR]


def _chain(table: array[int], start: int) -> list[int]:
    """Return the sectors of a chain; more of them than the table has is a circle."""
    found: list[int] = []
    while start < _AKHIR:
        found.append(start)
        if len(found) > len(table):
            raise BerkasDitolak("B03", _RUSAK)
        start = table[start] if start < len(table) else _AKHIR
    return found


def _sectors(wadah: Wadah, start: int) -> bytes:
    size = wadah.ukuran_sektor
    chain = _chain(wadah.tabel, start)
    return b"".join(wadah.isi[(at + 1) * size : (at + 2) * size] for at in chain)


def _list_streams(folder: bytes) -> dict[str, tuple[int, int]]:
    found = {}
    for at in range(0, len(folder) - 127, 128):
        length = struct.unpack_from("<H", folder, at + 64)[0]
        if folder[at + 66] and 2 <= length <= 64:
            name = folder[at : at + length - 2].decode("utf-16-le", "replace")
            found[name] = struct.unpack_from("<2I", folder, at + 116)
    return found
