"""Sheets as grids of raw cells that remember their row numbers.

python-calamine reads the values. It shows error cells and formulas without a stored result as
blank or zero, so one regular-expression pass over the sheet's XML finds these and the grid gets
`#DIV/0!` or a marker there instead: nothing uncomputed is ever read as zero.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from reviu_lib.ingest.files.opening import (
    ARSIP_RUSAK,
    BerkasDitolak,
    column_number,
    identify,
    iter_rows_xml,
)
from reviu_lib.ingest.parse.texts import RUMUS_TANPA_HASIL

_PEMISAH = ";\t|,"  # in order of trust: a comma is also the decimal mark
_BARIS_CONTOH = 60
_PORSI_SERAGAM = 0.6
_SEL_GALAT = re.compile(
    rb"<(?:\w+:)?c\s[^<>]*?r=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^<>]*?\bt=[\"']e[\"'][^<>]*>"
    rb"(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]*)<"
)
_SEL_TANPA_HASIL = re.compile(
    rb"<(?:\w+:)?c\s[^<>]*?r=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^<>]*>"
    rb"\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_BARIS_TERSEMBUNYI = re.compile(rb"<(?:\w+:)?row\s[^<>]*\bhidden=[\"'](?:1|true)[\"']")
_NS_BUKU = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NS_TAUT = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True)
class Kisi:
    """One sheet: raw cells by file row number (index, from 1) and column position (from 0)."""

    lembar: str
    sel: pd.DataFrame
    tersembunyi: bool = False
    baris_tersembunyi: int = 0
    penyandian: str = ""


def read_grids(path: Path) -> list[Kisi]:
    """Return every sheet of a spreadsheet, or the one grid of a CSV file.

    Raises BerkasDitolak when the file cannot or must not be read.
    """
    kind = identify(path)
    if kind == "csv":
        return [_read_csv(path)]
    grids = _read_book(path)
    return _mend_grids(path, grids) if kind == "xlsx" else grids


def _read_book(path: Path) -> list[Kisi]:
    try:
        with CalamineWorkbook.from_path(path) as book:
            return [
                _read_sheet(book, position, meta.visible != SheetVisibleEnum.Visible)
                for position, meta in enumerate(book.sheets_metadata)
            ]
    except PasswordError as error:
        raise BerkasDitolak("B02") from error
    except (CalamineError, OSError, ValueError) as error:
        raise BerkasDitolak("B03", _first_words(error)) from error


def _first_words(error: Exception) -> str:
    return " ".join(type(error).__name__.split()) or "tidak dapat dibuka"


def _read_sheet(book: CalamineWorkbook, position: int, hidden: bool) -> Kisi:
    sheet = book.get_sheet_by_index(position)
    rows = sheet.to_python(skip_empty_area=False)
    grid = _to_grid(rows, range(1, len(rows) + 1))
    return Kisi(sheet.name, _fill_merged(grid, sheet.merged_cell_ranges or []), hidden)


def _to_grid(rows: list[list[Any]], numbers: Any) -> pd.DataFrame:
    return pd.DataFrame(rows, index=pd.Index(numbers, dtype="int64"), dtype=object)


def _fill_merged(
    grid: pd.DataFrame, ranges: list[tuple[tuple[int, int], tuple[int, int]]]
) -> pd.DataFrame:
    """Return the grid with vertical merges filled down their first column, and nothing else."""
    tall = [(top, bottom) for top, bottom in ranges if bottom[0] > top[0]]
    tall = [(top, bottom) for top, bottom in tall if top[0] < len(grid) and top[1] < grid.shape[1]]
    if not tall:
        return grid
    filled = grid.copy()
    for (row, column), (last, _) in tall:
        filled.iloc[row : last + 1, column] = grid.iat[row, column]
    return filled


def _mend_grids(path: Path, grids: list[Kisi]) -> list[Kisi]:
    """Return the grids with error cells and formulas without result made visible."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = _sheet_members(archive)
            return [
                _mend(archive, members[grid.lembar], grid) if grid.lembar in members else grid
                for grid in grids
            ]
    except ARSIP_RUSAK as error:
        raise BerkasDitolak("B03", "isi lembarnya tidak lengkap") from error


def _sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the archive member of each sheet by sheet name."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError, DefusedXmlException) as error:
        raise BerkasDitolak("B03", "daftar lembarnya tidak terbaca") from error
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    names = set(archive.namelist())
    found = {}
    for sheet in book.iter(f"{_NS_BUKU}sheet"):
        target = targets.get(sheet.get(f"{_NS_TAUT}id"), "").lstrip("/")
        member = target if target.startswith("xl/") else f"xl/{target}"
        if member in names:
            found[str(sheet.get("name"))] = member
    return found


def _mend(archive: zipfile.ZipFile, member: str, grid: Kisi) -> Kisi:
    marks: dict[tuple[int, int], str] = {}
    hidden = 0
    for block in iter_rows_xml(archive, member):
        hidden += len(_BARIS_TERSEMBUNYI.findall(block))
        marks |= _find_errors(block)
    return Kisi(grid.lembar, _put_marks(grid.sel, marks), grid.tersembunyi, hidden)


def _find_errors(block: bytes) -> dict[tuple[int, int], str]:
    """Return the text to show at (file row, column position) of cells without a real value."""
    found: dict[tuple[int, int], str] = {}
    if b't="e"' in block or b"t='e'" in block:
        for letters, row, text in _SEL_GALAT.findall(block):
            found[int(row), column_number(letters) - 1] = text.decode("ascii", "replace")
    if b"<f" in block or b":f" in block:
        for letters, row in _SEL_TANPA_HASIL.findall(block):
            found[int(row), column_number(letters) - 1] = RUMUS_TANPA_HASIL
    return found


def _put_marks(grid: pd.DataFrame, marks: dict[tuple[int, int], str]) -> pd.DataFrame:
    if not marks:
        return grid
    rows = range(1, max(len(grid), max(row for row, _ in marks)) + 1)
    columns = range(max(grid.shape[1], max(column for _, column in marks) + 1))
    shown = grid.reindex(index=pd.Index(rows), columns=pd.Index(columns), fill_value="")
    for (row, column), text in marks.items():
        shown.iat[row - 1, column] = text
    return shown


def _read_csv(path: Path) -> Kisi:
    text, encoding = _decode(path.read_bytes())
    separator = _sniff_separator(text)
    numbers, rows = _split_rows(text, separator)
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise BerkasDitolak("B01")
    return Kisi("", _to_grid(rows, numbers).fillna(""), penyandian=encoding)


def _decode(content: bytes) -> tuple[str, str]:
    """Return the text and, if it was not UTF-8, the name of its encoding."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace").replace("\x00", ""), "UTF-16"
    try:
        return content.decode("utf-8-sig").replace("\x00", ""), ""
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace").replace("\x00", ""), "Windows-1252"


def _sniff_separator(text: str) -> str:
    """Return the separator that cuts the first lines into the most even rows."""
    lines = [line for line in text.splitlines()[:_BARIS_CONTOH] if line.strip()]
    for separator in _PEMISAH:
        share, width = _evenness(lines, separator)
        if width > 1 and share >= _PORSI_SERAGAM:
            return separator
    return max(_PEMISAH, key=lambda separator: _evenness(lines, separator)[1])


def _evenness(lines: list[str], separator: str) -> tuple[float, int]:
    """Return the share of lines that have the most frequent number of fields, and that number."""
    if not lines:
        return 0.0, 0
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator))
    width, count = widths.most_common(1)[0]
    return count / len(lines), width


def _split_rows(text: str, separator: str) -> tuple[list[int], list[list[str]]]:
    """Return the rows with the line each one starts on. An unclosed quote is refused."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    numbers, rows, start = [], [], 1
    try:
        for row in reader:
            numbers.append(start)
            rows.append(row)
            start = reader.line_num + 1
    except csv.Error as error:
        reason = f"tanda kutip tidak tertutup atau tidak sah mulai baris {start}"
        raise BerkasDitolak("B03", reason) from error
    return numbers, rows
