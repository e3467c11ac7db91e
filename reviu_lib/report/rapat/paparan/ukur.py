"""How much room a text takes: measured with DejaVu Sans, wider than the typefaces of offices.

What fits with it fits with Arial, Calibri, and their free likenesses too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from PIL import ImageFont

from reviu_lib.report.dokumen.pdf.huruf import folder_huruf

# Height of a line against the size of its letters, as PowerPoint sets it.
BARIS = 1.2
_UKUR = 100


@cache
def _face(*, tebal: bool) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if tebal else "DejaVuSans.ttf"
    return ImageFont.truetype(str(folder_huruf() / name), _UKUR)


@cache
def measure_width(teks: str, *, tebal: bool = False) -> float:
    """Return the width of a text in units of its letters' size."""
    return float(_face(tebal=tebal).getlength(teks)) / _UKUR


def wrap(teks: str, lebar: float, *, tebal: bool = False) -> list[str]:
    """Return the lines of a text on `lebar` (in units of the letters' size); long words break."""
    lines = [""]
    for word in (part for kata in teks.split() for part in _break(kata, lebar, tebal=tebal)):
        longer = f"{lines[-1]} {word}".strip()
        if measure_width(longer, tebal=tebal) <= lebar:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line] or [""]


def _break(kata: str, lebar: float, *, tebal: bool) -> list[str]:
    """Return a word in pieces that fit on a line."""
    pieces = [""]
    for letter in kata:
        if pieces[-1] and measure_width(pieces[-1] + letter, tebal=tebal) > lebar:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def measure_height(texts: Sequence[str], lebar: float, pt: float, *, tebal: bool = False) -> float:
    """Return the height in points of paragraphs on `lebar` points."""
    return sum(len(wrap(teks, lebar / pt, tebal=tebal)) for teks in texts) * pt * BARIS


def pick_size(
    texts: Sequence[str], lebar: float, tinggi: float, *, ukuran: Sequence[float], **sifat: Any
) -> float:
    """Return the largest size at which paragraphs fit, else the least; all in points.

    `jeda` is the space after each of them, `tebal` tells bold letters.
    """
    tebal = bool(sifat.get("tebal"))
    room = tinggi - float(sifat.get("jeda", 0)) * len(texts)
    for pt in ukuran:
        if measure_height(texts, lebar, pt, tebal=tebal) <= room:
            return pt
    return ukuran[-1]


def count_fitting(heights: Sequence[float], tinggi: float) -> int:
    """Return how many rows of these heights fit."""
    gone, count = 0.0, 0
    for height in heights:
        gone += height
        if gone > tinggi:
            break
        count += 1
    return count
