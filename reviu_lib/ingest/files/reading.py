"""A file as grids, whatever its kind: guarded, told when it is not what its name says, retried.

A file that changes while it is read is read again after a moment. One that looks cut off and is
only just written gets the same chance, because it may still be copied.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from reviu_lib.ingest.files.books import read_book
from reviu_lib.ingest.files.delimited import read_delimited
from reviu_lib.ingest.files.grid import Catatan, Kisi
from reviu_lib.ingest.files.markup.html import read_html
from reviu_lib.ingest.files.markup.word import read_word
from reviu_lib.ingest.files.markup.xml2003 import read_xml2003
from reviu_lib.ingest.files.opening import AKHIRAN, Jenis, identify, name_kind, read_status
from reviu_lib.ingest.files.refusal import BerkasDitolak, refuse_unreadable

_JEDA = (0.1, 0.3, 1.0)  # seconds between attempts: a copy of a few MB ends within them
_AMATAN = 0.05  # seconds a file just written is watched at least
_AMATAN_RAGU = 0.2  # the same for one that looks cut off
_BARU = 1_000_000_000  # nanoseconds: a file changed since may still be written
_TEKS: dict[Jenis, Callable[[Path], list[Kisi]]] = {
    "csv": lambda path: [read_delimited(path)],
    "html": read_html,
    "xml2003": read_xml2003,
    "docx": read_word,
}
_TERPOTONG = {"B01", "B03"}


def read_grids(path: Path) -> list[Kisi]:
    """Return every sheet of a workbook, every table of a page or document, or the grid of a text.

    Raises BerkasDitolak when the file cannot or must not be read, B17 when it keeps changing.
    """
    for pause in (*_JEDA, 0.0):
        before, start = read_status(path), time.monotonic()
        result = _attempt(path)
        _watch(before[1], start, result)
        if read_status(path) == before:
            if isinstance(result, BerkasDitolak):
                raise result
            return result
        time.sleep(pause)
    raise BerkasDitolak("B17", "isinya berubah terus selama dibaca")


def _watch(changed: int, start: float, result: list[Kisi] | BerkasDitolak) -> None:
    """Wait until a file that was only just written has been watched for a moment."""
    if time.time_ns() - changed < _BARU:
        suspect = isinstance(result, BerkasDitolak) and result.kode in _TERPOTONG
        least = _AMATAN_RAGU if suspect else _AMATAN
        time.sleep(max(0.0, start + least - time.monotonic()))


def _attempt(path: Path) -> list[Kisi] | BerkasDitolak:
    try:
        return _read(path)
    except BerkasDitolak as refused:
        return refused
    except OSError as error:
        return refuse_unreadable(error)


def _read(path: Path) -> list[Kisi]:
    kind = identify(path)
    grids = _TEKS[kind](path) if kind in _TEKS else read_book(path, kind)
    ending = path.suffix.lower()
    if grids and ending and ending not in AKHIRAN[kind]:
        told = Catatan("B20", nilai=(ending,), rincian=name_kind(kind))
        grids[0] = replace(grids[0], catatan=(*grids[0].catatan, told))
    return grids
