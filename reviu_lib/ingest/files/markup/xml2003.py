"""XML Spreadsheet 2003, which many web applications hand out under the name .xls.

The XML is read element by element and never asked for a document type. A row or cell may say its
own place (`ss:Index`), so that the area is guarded before any blank cell is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from reviu_lib.ingest.files import limits
from reviu_lib.ingest.files.grid import Bentuk, Kisi, fill_merged, to_cells
from reviu_lib.ingest.files.refusal import BerkasDitolak
from reviu_lib.ingest.parse.texts import RUMUS_TANPA_HASIL

_NS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_BARIS, _SEL, _DATA, _LEMBAR = (f"{_NS}{name}" for name in ("Row", "Cell", "Data", "Worksheet"))
_KOLOM, _PILIHAN = f"{_NS}Column", "{urn:schemas-microsoft-com:office:excel}Visible"


@dataclass
class _Lembar:
    """One sheet while it is read; rows and columns are counted from 1."""

    nama: str = ""
    isi: dict[int, dict[int, Any]] = field(default_factory=dict)
    gabung: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    baris_tersembunyi: list[int] = field(default_factory=list)
    kolom_tersembunyi: list[int] = field(default_factory=list)
    baris: int = 0
    lebar: int = 0
    kolom_judul: int = 0
    tersembunyi: bool = False


def read_xml2003(path: Path) -> list[Kisi]:
    """Return every sheet. Raises BerkasDitolak for a damaged or unsafe file."""
    try:
        with path.open("rb") as stream:
            return [_to_grid(sheet) for sheet in _iter_sheets(stream)]
    except DefusedXmlException as error:
        raise BerkasDitolak(
            "B05", "berisi entitas XML (DOCTYPE), yang tidak pernah perlu"
        ) from error
    except (ElementTree.ParseError, ValueError) as error:
        raise BerkasDitolak("B03", "XML-nya terpotong atau tidak sah") from error


def _iter_sheets(stream: Any) -> Iterator[_Lembar]:
    sheet = _Lembar()
    for event, item in ElementTree.iterparse(stream, events=("start", "end"), forbid_dtd=True):
        if event == "start" and item.tag == _LEMBAR:
            sheet = _Lembar(item.get(f"{_NS}Name", ""))
        elif event == "end" and item.tag in _STEPS:
            _STEPS[item.tag](sheet, item)
            item.clear()
        elif event == "end" and item.tag == _LEMBAR:
            yield sheet
            item.clear()


def _number(item: Any, name: str) -> int:
    """Return a whole number of an element, 0 where it has none."""
    return int(item.get(f"{_NS}{name}", 0))


def _end_row(sheet: _Lembar, row: Any) -> None:
    sheet.baris = _number(row, "Index") or sheet.baris + 1
    if _number(row, "Hidden"):
        sheet.baris_tersembunyi.append(sheet.baris)
    cells = dict(_place_cells(sheet, row))
    if cells:
        sheet.isi[sheet.baris] = cells
        sheet.lebar = max(sheet.lebar, max(cells))
        limits.guard_area(sheet.baris, sheet.lebar)
    sheet.baris += _number(row, "Span")


def _place_cells(sheet: _Lembar, row: Any) -> Iterator[tuple[int, Any]]:
    """Yield column and value of the filled cells of a row; note the merged ones."""
    place = 0
    for cell in row.iterfind(_SEL):
        place = _number(cell, "Index") or place + 1
        right, down = _number(cell, "MergeAcross"), _number(cell, "MergeDown")
        if right or down:
            top = sheet.baris - 1
            sheet.gabung.append(((top, place - 1), (top + down, place - 1 + right)))
        value = _value(cell)
        if value != "":
            yield place, value
        place += right


def _end_column(sheet: _Lembar, column: Any) -> None:
    first = _number(column, "Index") or sheet.kolom_judul + 1
    sheet.kolom_judul = first + _number(column, "Span")
    if _number(column, "Hidden"):
        last = min(sheet.kolom_judul, first + limits.MAKS_ANGGOTA)
        sheet.kolom_tersembunyi.extend(range(first, last + 1))


def _end_visible(sheet: _Lembar, item: Any) -> None:
    sheet.tersembunyi = (item.text or "") != "SheetVisible"


_STEPS = {_BARIS: _end_row, _KOLOM: _end_column, _PILIHAN: _end_visible}


def _value(cell: Any) -> Any:
    """Return the content of a cell in its own kind, "" when it has none."""
    data = cell.find(_DATA)
    text = "".join(data.itertext()) if data is not None else ""
    if not text:
        return RUMUS_TANPA_HASIL if data is None and cell.get(f"{_NS}Formula") else ""
    kind = data.get(f"{_NS}Type", "String")
    if kind == "Number":
        return float(text)
    if kind == "Boolean":
        return text == "1"
    return _moment(text) if kind == "DateTime" else text


def _moment(text: str) -> date | datetime:
    """Return a date, or date and time where the time is not midnight."""
    moment = datetime.fromisoformat(text)
    return moment.date() if moment == datetime(moment.year, moment.month, moment.day) else moment


def _to_grid(sheet: _Lembar) -> Kisi:
    last = max(sheet.isi, default=0)
    columns = range(1, sheet.lebar + 1)
    nothing: dict[int, Any] = {}
    found = (sheet.isi.get(row, nothing) for row in range(1, last + 1))
    rows = [[cells.get(column, "") for column in columns] for cells in found]
    return Kisi(
        sheet.nama,
        fill_merged(to_cells(rows, range(1, last + 1)), sheet.gabung),
        tersembunyi=sheet.tersembunyi,
        nomor_tersembunyi=tuple(sheet.baris_tersembunyi),
        kolom_tersembunyi=tuple(sheet.kolom_tersembunyi),
        gabung=tuple(sheet.gabung),
        bentuk=Bentuk("xml2003"),
    )
