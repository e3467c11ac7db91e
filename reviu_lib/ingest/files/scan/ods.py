"""One pass over content.xml of an ods file: its used areas, errors, formulas, merges, hidden rows.

A few bytes can repeat a row or a cell a million times; the area is therefore counted with all
repetitions before the reader unfolds them. XML that is not well-formed is refused: the reader may
never come to its end.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from reviu_lib.ingest.files import limits
from reviu_lib.ingest.files.refusal import BerkasDitolak
from reviu_lib.ingest.files.scan import Pindaian
from reviu_lib.ingest.files.scan import archive as zips
from reviu_lib.ingest.parse.texts import RUMUS_TANPA_HASIL

_ISI = "content.xml"
_TAG = re.compile(
    rb"<(/?)table:(table-row|table-cell|covered-table-cell|table-column|table)(?=[\s/>])([^<>]*)>"
)
_ATRIBUT = re.compile(rb'\b(?:table|office|calcext):([\w-]+)="([^"]*)"')
_TEKS = re.compile(rb"\s*<text:p[^<>]*>([^<]*)<")
_GALAT = re.compile(r"#[A-Z/0!?]+|Err:\d{3}")
_GALAT_UMUM = "#VALUE!"
_MAKS_TANDA = 1_000_000  # marks per sheet: a repeated faulty row never fills the memory
_LUAR = "'file:"  # tables that LibreOffice caches from other files


@dataclass
class _Tabel:
    """One table while it is read: the running place and the area that holds content."""

    pindaian: Pindaian = field(default_factory=lambda: Pindaian(gabung=[]))
    baris: int = 0
    ulang: int = 1
    kolom: int = 0
    kolom_judul: int = 0
    akhir_baris: int = 0
    akhir_kolom: int = 0


def scan_ods(path: Path) -> dict[str, Pindaian]:
    """Return what the sheets hide, by sheet name. Raises BerkasDitolak for an unsafe file."""
    tables: dict[str, _Tabel] = {}
    proof = expat.ParserCreate()
    try:
        with zipfile.ZipFile(path) as archive:
            zips.prove_members(archive, kecuali={_ISI})
            for block in zips.iter_whole(archive, _ISI, b"</table:table-row>"):
                proof.Parse(block)
                _scan_block(block, tables)
            proof.Parse(b"", True)
    except (*zips.ARSIP_RUSAK, expat.ExpatError) as error:
        raise BerkasDitolak("B03", "isi lembarnya tidak lengkap") from error
    areas = [limits.guard_area(item.akhir_baris, item.akhir_kolom) for item in tables.values()]
    limits.guard_total(areas)
    for name, item in tables.items():
        item.pindaian.dilewati = name.startswith(_LUAR)
    return {name: item.pindaian for name, item in tables.items()}


def _scan_block(block: bytes, tables: dict[str, _Tabel]) -> None:
    for tag in _TAG.finditer(block):
        if tag[1]:
            continue
        given = dict(_ATRIBUT.findall(tag[3])) if tag[3] else {}
        if tag[2] == b"table":
            tables[html.unescape(given.get(b"name", b"").decode("utf-8", "replace"))] = _Tabel()
        elif tables:
            _STEPS[tag[2]](next(reversed(tables.values())), given, tag)


def _count(given: dict[bytes, bytes], name: bytes) -> int:
    """Return a number of repetitions or spanned cells, 1 when it is absent or no number."""
    text = given.get(name, b"1")
    return max(int(text), 1) if text.isdigit() and len(text) < 10 else 1


def _step_row(tabel: _Tabel, given: dict[bytes, bytes], tag: re.Match[bytes]) -> None:
    del tag
    tabel.baris += tabel.ulang if tabel.baris else 1
    tabel.ulang, tabel.kolom = _count(given, b"number-rows-repeated"), 0
    if given.get(b"visibility") in {b"collapse", b"filter"} and tabel.ulang < limits.MAKS_ANGGOTA:
        rows = range(tabel.baris, tabel.baris + tabel.ulang)
        tabel.pindaian.baris_tersembunyi.extend(rows)


def _step_column(tabel: _Tabel, given: dict[bytes, bytes], tag: re.Match[bytes]) -> None:
    del tag
    wide = _count(given, b"number-columns-repeated")
    if given.get(b"visibility") in {b"collapse", b"filter"} and wide < limits.MAKS_ANGGOTA:
        columns = range(tabel.kolom_judul + 1, tabel.kolom_judul + wide + 1)
        tabel.pindaian.kolom_tersembunyi.extend(columns)
    tabel.kolom_judul += wide


def _step_cell(tabel: _Tabel, given: dict[bytes, bytes], tag: re.Match[bytes]) -> None:
    wide, start = _count(given, b"number-columns-repeated"), tabel.kolom
    tabel.kolom += wide
    if tag[3].endswith(b"/") and b"value-type" not in given and b"formula" not in given:
        return
    tabel.akhir_baris = max(tabel.akhir_baris, tabel.baris + tabel.ulang - 1)
    tabel.akhir_kolom = max(tabel.akhir_kolom, tabel.kolom)
    _note_merge(tabel, given, start)
    mark = _mark(given, tag)
    if mark is not None:
        cells = dict.fromkeys(_repeat(tabel, start, wide), mark)
        tabel.pindaian.tanda |= {cell: text for cell, text in cells.items() if text}
        tabel.pindaian.rumus_kosong += [cell for cell, text in cells.items() if not text]


def _note_merge(tabel: _Tabel, given: dict[bytes, bytes], start: int) -> None:
    down, right = _count(given, b"number-rows-spanned"), _count(given, b"number-columns-spanned")
    if (down > 1 or right > 1) and tabel.pindaian.gabung is not None:
        top = tabel.baris - 1
        tabel.pindaian.gabung.append(((top, start), (top + down - 1, start + right - 1)))


def _repeat(tabel: _Tabel, start: int, wide: int) -> Iterator[tuple[int, int]]:
    """Yield the cells that one element stands for."""
    if tabel.ulang * wide + len(tabel.pindaian.tanda) > _MAKS_TANDA:
        raise BerkasDitolak("B05", f"lebih dari {_MAKS_TANDA} sel rumus tanpa hasil atau galat")
    for row in range(tabel.baris, tabel.baris + tabel.ulang):
        for column in range(start, start + wide):
            yield row, column


def _mark(given: dict[bytes, bytes], tag: re.Match[bytes]) -> str | None:
    """Return what to show instead of the reader's value, None where that is right.

    "" is a formula whose stored result is nothing.
    """
    if b"boolean-value" in given:
        return "ya" if given[b"boolean-value"] == b"true" else "tidak"
    faulty = given.get(b"value-type") == b"error"
    return _mark_formula(given, tag) if b"formula" in given or faulty else None


def _mark_formula(given: dict[bytes, bytes], tag: re.Match[bytes]) -> str | None:
    text = _shown_text(tag)
    if _GALAT.fullmatch(text):
        return _GALAT_UMUM if text.startswith("Err:") else text
    nothing = RUMUS_TANPA_HASIL if tag[3].endswith(b"/") else ""
    return None if b"value-type" in given else nothing


def _shown_text(tag: re.Match[bytes]) -> str:
    """Return the first line that a cell shows."""
    found = None if tag[3].endswith(b"/") else _TEKS.match(tag.string, tag.end())
    return found[1].decode("utf-8", "replace").strip() if found else ""


_STEPS = {
    b"table-row": _step_row,
    b"table-column": _step_column,
    b"table-cell": _step_cell,
    b"covered-table-cell": _step_cell,
}
