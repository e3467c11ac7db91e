"""A native table on a slide, in the largest size at which it fits; what does not fit is counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pptx.dml.color import RGBColor
from pptx.util import Pt

from reviu_lib.report.dokumen.blok import Kata
from reviu_lib.report.dokumen.word.gaya import BAHASA, HURUF
from reviu_lib.report.dokumen.word.unsur import clean
from reviu_lib.report.grafik.gaya import TINTA
from reviu_lib.report.rapat.paparan.isi import TabelTampil
from reviu_lib.report.rapat.paparan.kotak import Kotak
from reviu_lib.report.rapat.paparan.ukur import BARIS, count_fitting, wrap

_UKURAN = (14, 13, 12, 11, 10)
# Points between a cell's edge and its text, beside and above.
_SAMPING, _ATAS = 5.0, 3.0
_KEPALA, _SELANG = "1B4B72", "F1F4F7"
_SISA = 18.0


def add_table(slide: Any, tabel: TabelTampil, box: Kotak) -> None:
    """Put a table into the box; rows without room are counted in the line below it."""
    pt, count = choose_size(tabel, box)
    widths = _widths(tabel, box)
    rows = [tuple(Kata(teks, tebal=True) for teks in tabel.judul), *tabel.baris[:count]]
    heights = [_height([kata.teks for kata in row], widths, pt) for row in rows]
    table_box = replace(box, tinggi=sum(heights))
    frame = slide.shapes.add_table(len(rows), len(widths), *table_box.ukuran)
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = Pt(width)
    for place, (row, height) in enumerate(zip(rows, heights, strict=True)):
        frame.table.rows[place].height = Pt(height)
        for cell, kata in zip(frame.table.rows[place].cells, row, strict=True):
            _fill(cell, kata, pt, kepala=place == 0, selang=place % 2 == 0)
    if rest := len(tabel.baris) - count:
        below = replace(box, atas=box.atas + box.tinggi - _SISA, tinggi=_SISA)
        _tell_rest(slide, below, rest)


def choose_size(tabel: TabelTampil, box: Kotak) -> tuple[int, int]:
    """Return the size of letters and how many rows fit."""
    for pt in _UKURAN:
        fitting = _count(tabel, box, pt, box.tinggi)
        if fitting == len(tabel.baris):
            return pt, fitting
    return _UKURAN[-1], _count(tabel, box, _UKURAN[-1], box.tinggi - _SISA)


def _count(tabel: TabelTampil, box: Kotak, pt: float, tinggi: float) -> int:
    widths = _widths(tabel, box)
    head = _height(tabel.judul, widths, pt, tebal=True)
    heights = [_height([kata.teks for kata in row], widths, pt) for row in tabel.baris]
    return count_fitting(heights, tinggi - head)


def _widths(tabel: TabelTampil, box: Kotak) -> list[float]:
    return [box.lebar * share / sum(tabel.lebar) for share in tabel.lebar]


def _height(texts: Any, widths: list[float], pt: float, *, tebal: bool = False) -> float:
    """Return the height of a row in points."""
    lines = max(
        len(wrap(teks, (width - 2 * _SAMPING) / pt, tebal=tebal))
        for teks, width in zip(texts, widths, strict=True)
    )
    return lines * pt * BARIS + 2 * _ATAS


def _fill(cell: Any, kata: Kata, pt: float, *, kepala: bool, selang: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(_SAMPING)
    cell.margin_top = cell.margin_bottom = Pt(_ATAS)
    cell.fill.solid()
    shade = _KEPALA if kepala else _SELANG if selang else "FFFFFF"
    cell.fill.fore_color.rgb = RGBColor.from_string(shade)
    run = cell.text_frame.paragraphs[0].add_run()
    run.text = clean(kata.teks)
    run.font.name, run.font.size, run.font.bold = HURUF, Pt(pt), kepala
    colour = "FFFFFF" if kepala else TINTA.lstrip("#")
    run.font.color.rgb = RGBColor.from_string(colour.upper())
    run._r.get_or_add_rPr().set("lang", BAHASA)


def _tell_rest(slide: Any, box: Kotak, rest: int) -> None:
    """Say how many rows did not fit, and where they stand."""
    frame = box.add_text(slide).text_frame
    frame.margin_left = frame.margin_top = frame.margin_bottom = 0
    run = frame.paragraphs[0].add_run()
    run.text = f"dan {rest} baris lagi; selengkapnya pada dokumen dan lampiran Excel"
    run.font.name, run.font.size, run.font.italic = HURUF, Pt(10), True
    run._r.get_or_add_rPr().set("lang", BAHASA)
