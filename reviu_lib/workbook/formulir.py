"""How sheets look on paper, and those that are filled in on screen: rows as high as their text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any

from xlsxwriter.worksheet import Worksheet

from reviu_lib.formatting import is_missing

_A4 = 9  # number of this size of paper in xlsxwriter
_TINGGI_BARIS, _BARIS_TERBANYAK = 15, 27  # points; Excel allows rows of 409 points
_HURUF_SELEBAR_A4 = 95  # characters of the standard font beside each other on A4 lying
_HURUF_DIPERKECIL = 200  # as many, made smaller, still stand on one page
_SKALA_CETAK_MIN = 40  # percent


def lay_out_page(sheet: Worksheet, head: int) -> None:
    """Print on A4 lying, as wide as the paper, the header and a number on every page."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer("&L&A&RHalaman &P dari &N")


def set_heights(
    sheet: Worksheet, awal: int, rows: Iterable[Sequence[Any]], widths: Sequence[int]
) -> None:
    """Give each row from `awal` on the height of its longest cell, `widths` in characters.

    A row without a height is not fitted to its text by every program that opens the file.
    """
    for row, values in enumerate(rows, start=awal):
        sheet.set_row(row, _TINGGI_BARIS * _count_lines(values, widths))


def _count_lines(values: Sequence[Any], widths: Sequence[int]) -> int:
    texts = ("" if is_missing(value) else str(value) for value in values)
    lines = (len(wrap(text, width - 1)) for text, width in zip(texts, widths, strict=True))
    return min(max([1, *lines]), _BARIS_TERBANYAK)


def scale_print(
    sheet: Worksheet, widths: Sequence[int], *, isian: int, judul: Sequence[str]
) -> None:
    """Print on one page across; where that is too small, what is filled in on one of its own.

    `isian` is the place of the first column that is filled in; the first column comes again.
    """
    whole = sum(widths)
    if isian and whole > _HURUF_DIPERKECIL:
        sheet.set_v_pagebreaks([isian])
        sheet.repeat_columns(0)
        whole = max(sum(widths[:isian]), widths[0] + sum(widths[isian:]))
    else:
        whole = max(whole, *map(len, judul))
    sheet.set_print_scale(max(_SKALA_CETAK_MIN, min(100, 100 * _HURUF_SELEBAR_A4 // whole)))
