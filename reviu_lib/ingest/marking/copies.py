"""A copy of each workbook with the doubtful cells coloured and commented, and no identity.

Concept: a new workbook is written from the cells that were read, only the columns of recognised
tables; what no layout knows (other columns, other sheets, properties, comments, names, pictures,
macros) is never carried over. Cells keep their addresses, so that copy and original can be laid
side by side. In a long sheet only the rows with doubtful cells are shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reviu_lib.catalog import JenisTemuan, load_temuan
from reviu_lib.ingest.files import Kisi
from reviu_lib.ingest.findings import Tempat
from reviu_lib.ingest.identity import NamaOrang
from reviu_lib.ingest.layouts import Kepala
from reviu_lib.ingest.marking.cells import Sel, mask_name
from reviu_lib.ingest.marking.plan import Rencana, Tanda
from reviu_lib.ingest.marking.shown import read_shown
from reviu_lib.ingest.sources import Sumber
from reviu_lib.pemeriksaan import TINGKAT
from reviu_lib.workbook import open_book

WARNA = {"galat": "#F7C6B5", "peringatan": "#FBF3B0", "catatan": "#E8ECF0"}
_MAKS_KOMENTAR = 1_000  # comments in a sheet; every further doubtful cell is only coloured
_MAKS_KODE = 4  # reasons told in one comment
_PANJANG_LEMBAR, _PANJANG_NAMA = 31, 80
_PANJANG_SEL = 32_767  # characters that Excel takes in a cell
_TAHUN_PERTAMA_EXCEL = 1900
_TERLARANG_LEMBAR = re.compile(r"[\[\]:*?/\\]|^'|'$")
_BUKAN_NAMA = re.compile(r"[^\w.() -]+")
_ALAMAT = re.compile(r"([A-Z]{0,3})(\d{1,7})")


@dataclass(frozen=True)
class Salinan:
    """A copy: its path below the output folder, its sheets by original name, cells coloured."""

    berkas: str
    jalur: str
    lembar: Mapping[str, str]
    sel: int
    keterangan: str


def write_copy(source: Sumber, path: Path, *, sel_ragu: pd.DataFrame, names: NamaOrang) -> Salinan:
    """Return the copy of one file, written whole or not at all; no file when no sheet is known.

    `sel_ragu` is the canonical table; `names` are masked in every text.
    """
    berkas = mask_name(source.berkas, names)
    sheets = _by_sheet(source)
    if not sheets:
        return Salinan(berkas, "", {}, 0, "Tidak disalin: tidak ada lembar yang dikenali.")
    titles = name_sheets([mask_name(grid.lembar, names) for grid, _ in sheets])
    own = sel_ragu.loc[sel_ragu["berkas"] == berkas]
    told: list[str] = []
    with open_book(path, constant_memory=True) as book:
        gaya = _Gaya(book)
        front = book.add_worksheet("Keterangan")
        for (grid, heads), title in zip(sheets, titles, strict=True):
            lembar = mask_name(grid.lembar, names)
            marks = _marks(own.loc[own["lembar"].fillna("") == lembar], grid)
            read = read_shown if source.tersimpan else None
            plan = Rencana(grid, heads, marks, names, Tempat(source.berkas).bersama, read)
            told += _write_sheet(book.add_worksheet(title), plan, gaya)
        told += [f"Lembar {mask_name(name, names)} tidak disalin: tidak dikenali atau tidak dibaca."
                 for name in _unread(source)]  # fmt: skip
        _write_front(front, berkas, told, gaya)
    named = {
        mask_name(grid.lembar, names): title
        for (grid, _), title in zip(sheets, titles, strict=True)
    }
    return Salinan(berkas, path.name, named, len(own), " ".join(told))


def _by_sheet(source: Sumber) -> list[tuple[Kisi, list[Kepala]]]:
    """Return each recognised sheet with all its tables, in reading order."""
    grids: dict[str, tuple[Kisi, list[Kepala]]] = {}
    for grid, kepala in source.lembar:
        grids.setdefault(grid.lembar, (grid, []))[1].append(kepala)
    return list(grids.values())


def _unread(source: Sumber) -> list[str]:
    read = {grid.lembar for grid, _ in source.lembar}
    return list(dict.fromkeys(name for name, *_ in source.tak_dibaca if name not in read))


def name_sheets(titles: Sequence[str]) -> list[str]:
    """Return names that Excel takes for sheets: short, allowed, and each once."""
    taken = {"keterangan"}
    named = []
    for title in titles:
        plain = _TERLARANG_LEMBAR.sub("_", title)[:_PANJANG_LEMBAR] or "data"
        name, number = plain, 1
        while name.lower() in taken:
            number += 1
            name = f"{plain[: _PANJANG_LEMBAR - 5]} ({number})"
        taken.add(name.lower())
        named.append(name)
    return named


def name_copies(berkas: Sequence[str]) -> list[str]:
    """Return a file name for the copy of each file, each once and fit for every system."""
    taken: set[str] = set()
    named = []
    for text in berkas:
        last = text.rsplit("/", 1)[-1]
        stem = last[:-5] if last.lower().endswith(".xlsx") else last
        plain = _BUKAN_NAMA.sub("_", stem)[:_PANJANG_NAMA].strip(". ") or "berkas"
        name, number = plain, 1
        while name.lower() in taken:
            number += 1
            name = f"{plain} ({number})"
        taken.add(name.lower())
        named.append(f"{name}.xlsx")
    return named


def _marks(own: pd.DataFrame, grid: Kisi) -> Tanda:
    """Return the kinds of findings of each doubtful cell; a whole row stands in column A."""
    marks: dict[tuple[int, int], tuple[str, ...]] = {}
    for cell, kode in zip(own["sel"], own["kode"], strict=True):
        found = _ALAMAT.fullmatch(cell)
        if found is None:
            continue
        place = (int(found[2]), column_position(found[1]))
        marks[place] = (*marks.get(place, ()), kode)
    return {place: kinds for place, kinds in marks.items() if place[1] < grid.sel.shape[1]}


def column_position(letters: str) -> int:
    """Return the position of a column from 0; "" is the first one."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return max(number - 1, 0)


class _Gaya:
    """The cell formats of a copy."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        day = {"num_format": "dd/mm/yyyy"}
        self.judul = book.add_format({"bold": True, "font_size": 13})
        self.kepala = book.add_format({"bold": True, "valign": "top"})
        self.tanggal = book.add_format(day)
        self.ragu = {word: book.add_format({"bg_color": color}) for word, color in WARNA.items()}
        self.ragu_tanggal = {
            word: book.add_format({"bg_color": color, **day}) for word, color in WARNA.items()
        }

    def style(self, value: Sel, kinds: Sequence[str]) -> Format | None:
        """Return the format of a cell: coloured by its gravest finding, dates as dates."""
        dated = isinstance(value, date)
        if not kinds:
            return self.tanggal if dated else None
        gravest = min((load_temuan()[kode] for kode in kinds), key=_weight).tingkat
        return (self.ragu_tanggal if dated else self.ragu)[gravest]


def _write_sheet(sheet: Worksheet, plan: Rencana, gaya: _Gaya) -> list[str]:
    """Write the rows to show; return what a reader must know of the sheet."""
    if plan.ringkas:
        sheet.set_default_row(hide_unused_rows=True)
    show, comments = plan.shower(), 0
    for row in plan.baris:
        for place, value in enumerate(plan.show(row, show)):
            kinds = plan.tanda.get((row, place), ())
            _write_cell(sheet, (row - 1, place), value, gaya.style(value, kinds))
            if kinds and comments < _MAKS_KOMENTAR:
                comments += 1
                sheet.write_comment(row - 1, place, _explain(kinds), {"author": "reviu"})
    sheet.freeze_panes(max(kepala.baris_awal for kepala in plan.kepala[:1]) - 1, 0)
    return _tell(sheet.name, plan)


def _write_cell(sheet: Worksheet, place: tuple[int, int], value: Sel, style: Format | None) -> None:
    if value is None:
        if style is not None:
            sheet.write_blank(*place, None, style)
    elif isinstance(value, str):
        sheet.write_string(*place, value[:_PANJANG_SEL], style)
    elif isinstance(value, date):
        _write_date(sheet, place, value, style)
    else:
        sheet.write_number(*place, value, style)


def _write_date(
    sheet: Worksheet, place: tuple[int, int], value: date, style: Format | None
) -> None:
    """Write a date; one that Excel does not know stays text."""
    if value.year < _TAHUN_PERTAMA_EXCEL:
        sheet.write_string(*place, value.isoformat(), style)
    else:
        sheet.write_datetime(*place, value, style)


def _explain(kinds: Sequence[str]) -> str:
    """Return the comment of a cell: what is doubtful and what to do, gravest kind first."""
    found = sorted((load_temuan()[kode] for kode in dict.fromkeys(kinds)), key=_weight)
    lines = [f"{one.tingkat.capitalize()} {one.kode}: {one.nama}. {one.saran}" for one in found]
    return "\n".join(lines[:_MAKS_KODE])


def _weight(kind: JenisTemuan) -> tuple[int, str]:
    return list(TINGKAT).index(kind.tingkat), kind.kode


def _tell(lembar: str, plan: Rencana) -> list[str]:
    told = []
    if plan.rahasia:
        told.append(f"Lembar {lembar}: kolom identitas dikosongkan.")
    if plan.ringkas:
        total = len(plan.kisi.sel)
        told.append(
            f"Lembar {lembar}: ditampilkan {len(plan.baris)} dari {total} baris, yaitu judul dan "
            "baris bersel meragukan; baris lain disembunyikan."
        )
    return told


def _write_front(sheet: Worksheet, berkas: str, told: Sequence[str], gaya: _Gaya) -> None:
    """Write what the colours mean and what is left out."""
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, f"Salinan {berkas}", gaya.judul)
    lines = [
        ("Kegunaan", "Untuk melihat sel mana yang meragukan. Perbaiki berkas aslinya di data/raw, "
                     "bukan salinan ini; alamat sel keduanya sama."),
        ("Isi", "Hanya kolom tabel yang dikenali. Kolom lain, komentar, nama sel, gambar, makro, "
                "dan rumus tidak disalin; NIK, nomor telepon, dan nama disamarkan."),
        *(("Catatan", text) for text in told),
    ]  # fmt: skip
    for row, (head, text) in enumerate(lines, start=2):
        sheet.write_string(row, 0, head, gaya.kepala)
        sheet.write_string(row, 1, text)
    for row, (word, meaning) in enumerate(TINGKAT.items(), start=len(lines) + 3):
        if word != "catatan":
            sheet.write_string(row, 0, word.capitalize(), gaya.ragu[word])
            sheet.write_string(row, 1, f"Sel berwarna ini: {meaning}.")
