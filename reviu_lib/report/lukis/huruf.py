"""Text of figures from letters that are shaped and drawn once.

matplotlib shapes a text anew each time it is measured or drawn, and draws each of its letters
again. The words of a report are plain: written from left to right, one sign for one letter. Such a
text is put together here from the distance of each pair of letters, as the font gives it, and from
pictures of letters; anything else is left to matplotlib.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple, cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg, get_hinting_flag
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ft2font import LoadFlags, RenderMode
from matplotlib.text import Text

# FreeType counts in 64ths of a pixel, and transforms with 16 bits after the point.
_PER_PIKSEL, _SATU = 64, 0x10000
# A letter is drawn at so many places within a pixel along the line; across it, at one.
_LANGKAH = 4
# Latin letters with their accents; then dashes, quotes, arrows, signs of mathematics, and shapes.
_POLOS = (range(0x20, 0x300), range(0x2010, 0x2028), range(0x2030, 0x205F), range(0x2070, 0x2600))
# Two letters stay two signs, so that a line is the sum of its pairs.
_TANPA_GABUNG = ("-liga", "-clig")


class _Tanda(NamedTuple):
    """One sign of a font: its number, its advance, and how far it reaches, in 64ths of a pixel."""

    nomor: int
    maju: float
    bawah: float
    atas: float


class _Baris(NamedTuple):
    """A line of text: the signs with their distance from its start, and its size, in pixels."""

    tanda: list[tuple[int, float]]
    lebar: float
    bawah: float
    atas: float


class _Gambar(NamedTuple):
    """A drawn sign: how much each pixel is covered, and where its upper left corner lies."""

    isi: np.ndarray
    kiri: int
    puncak: int


class Huruf:
    """The letters of one font at one size and resolution."""

    def __init__(self, prop: FontProperties, dpi: float, flags: LoadFlags) -> None:
        self._berkas = fontManager._find_fonts_by_props(prop)  # type: ignore[attr-defined]
        self._ukuran, self._dpi, self._flags = prop.get_size_in_points(), dpi, flags
        self._tanda: dict[str, _Tanda | None] = {}
        self._jarak: dict[str, float] = {}
        self._gambar: dict[tuple[int, float, int, int], _Gambar] = {}

    @cached_property
    def tegak(self) -> tuple[float, float, float] | tuple[None, None, None]:
        """How far a line reaches above and below its foot, and the gap between two, in pixels.

        Read as matplotlib reads it, but once and not for every text; None leaves it to matplotlib.
        """
        font = self._ready()
        table = font.get_sfnt_table("OS/2")
        if table is None:
            return None, None, None
        scale = self._ukuran * self._dpi / 72 / font.get_sfnt_table("head")["unitsPerEm"]
        up, down, gap = (table[f"sTypo{name}"] for name in ("Ascender", "Descender", "LineGap"))
        return up * scale, -down * scale, gap * scale

    def compose(self, text: str) -> _Baris | None:
        """Return the line of a plain text; None for what matplotlib has to shape."""
        signs = [self._sign(letter) for letter in text]
        if not signs or None in signs or not self._know_pairs(text):
            return None
        known = cast("list[_Tanda]", signs)
        steps = (self._jarak[first + second] for first, second in pairwise(text))
        starts = [*accumulate(steps, initial=0.0)]
        placed = [(sign.nomor, x / _PER_PIKSEL) for sign, x in zip(known, starts, strict=True)]
        low = min(0.0, *(sign.bawah for sign in known))
        high = max(0.0, *(sign.atas for sign in known))
        wide = starts[-1] + known[-1].maju
        return _Baris(placed, wide / _PER_PIKSEL, low / _PER_PIKSEL, high / _PER_PIKSEL)

    def picture(self, number: int, angle: float, right: int, up: int) -> _Gambar:
        """Return a sign turned by `angle` degrees, moved by 64ths of a pixel."""
        key = (number, angle, right, up)
        if key not in self._gambar:
            self._gambar[key] = self._draw(*key)
        return self._gambar[key]

    def _sign(self, letter: str) -> _Tanda | None:
        if letter not in self._tanda:
            self._tanda[letter] = self._load(letter)
        return self._tanda[letter]

    def _load(self, letter: str) -> _Tanda | None:
        font = self._ready()
        number = font.get_char_index(ord(letter))
        usual = letter.isprintable() and any(ord(letter) in part for part in _POLOS)
        if not number or not usual:
            return None
        glyph = font.load_glyph(number, self._flags)
        return _Tanda(number, glyph.horiAdvance, glyph.bbox[1], glyph.bbox[3])

    def _know_pairs(self, text: str) -> bool:
        """Learn from `text` how far letters stand apart; return whether each is one sign there."""
        if all(first + second in self._jarak for first, second in pairwise(text)):
            return True
        font = self._ready()
        signs = font._layout(text, flags=self._flags, features=_TANPA_GABUNG)
        own = [font.get_char_index(ord(letter)) for letter in text]
        if [item.glyph_index for item in signs] != own:
            return False
        for pair, (one, other) in zip(pairwise(text), pairwise(signs), strict=True):
            self._jarak["".join(pair)] = (other.x - one.x) * _PER_PIKSEL
        return True

    def _ready(self, angle: float = 0, right: int = 0, up: int = 0) -> Any:
        """Return the font, which others use as well, at our size."""
        cos, sin = (round(_SATU * turn(math.radians(angle))) for turn in (math.cos, math.sin))
        font: Any = get_font(self._berkas)  # not kept: it reads its file, which a fork may close
        font.clear()
        font.set_size(self._ukuran, self._dpi)
        font._set_transform([[cos, -sin], [sin, cos]], [right, up])
        return font

    def _draw(self, number: int, angle: float, right: int, up: int) -> _Gambar:
        drawn = self._ready(angle, right, up)._render_glyph(number, self._flags, RenderMode.NORMAL)
        return _Gambar(np.array(drawn.buffer), drawn.left, drawn.top)


@lru_cache(maxsize=256)
def _huruf(prop: FontProperties, dpi: float, flags: LoadFlags) -> Huruf:
    return Huruf(prop, dpi, flags)


def learn_letters(text: str, prop: FontProperties, dpi: float) -> None:
    """Learn from a plain text how far its letters stand apart, before they are measured."""
    _huruf(prop, dpi, get_hinting_flag()).compose(text)


class Pelukis(RendererAgg):
    """Draws as matplotlib does, plain text from letters drawn before."""

    def draw_text(  # type: ignore[override]
        self, gc: GraphicsContextBase, x: float, y: float, *words: Any, **kind: Any
    ) -> None:
        """Draw one line (text, font, angle) from `x`, `y` pixels from the upper left corner."""
        text, prop, angle = words
        letters = self._letters(prop)
        line = letters.compose(text) if _is_plain(gc, **kind) else None
        if line is None:
            super().draw_text(gc, x, y, *words, **kind)
            return
        for number, wide, high, right, up in _spots(line, x, self.height - y, angle):
            picture = letters.picture(number, angle, right, up)
            if picture.isi.size:
                bottom = int(self.height) - high - picture.puncak + len(picture.isi)
                self._renderer.draw_text_image(picture.isi, wide + picture.kiri, bottom, 0, gc)

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        """Return the size of one line in pixels, and how far it reaches below its foot."""
        line = None if ismath else self._letters(prop).compose(s)
        if line is None:
            return super().get_text_width_height_descent(s, prop, ismath)
        return line.lebar, line.atas - line.bawah, abs(line.bawah)

    def _get_font_height_metrics(self, prop: FontProperties) -> Any:
        """Answer what matplotlib asks of a renderer before it lays out a text."""
        return self._letters(prop).tegak

    def _letters(self, prop: FontProperties) -> Huruf:
        return _huruf(prop, self.dpi, get_hinting_flag())


def _is_plain(gc: GraphicsContextBase, *, ismath: Any = False, mtext: Text | None = None) -> bool:
    """Tell whether nothing is asked of a text but to stand there."""
    wishes = mtext is not None and (mtext.get_fontfeatures() or mtext.get_language())
    return bool(gc.get_antialiased()) and not ismath and not wishes


def _spots(
    line: _Baris, x: float, y: float, angle: float
) -> Iterator[tuple[int, int, int, int, int]]:
    """Yield each sign with its place: whole pixels, then 64ths; `y` is counted from below.

    A line that lies or stands straight keeps to whole pixels across, so that its strokes are sharp.
    """
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    steps = [1 if abs(along) < 1e-9 else _LANGKAH for along in (cos, sin)]
    for number, far in line.tanda:
        places = (round((x + far * cos) * steps[0]), round((y + far * sin) * steps[1]))
        (wide, right), (high, up) = map(divmod, places, steps)
        yield number, wide, high, right * _PER_PIKSEL // steps[0], up * _PER_PIKSEL // steps[1]


def draw_pixels(figure: Figure) -> np.ndarray:
    """Return the figure at its resolution as pixels (rows, columns, RGBA)."""
    wide, high = figure.bbox.size
    renderer = Pelukis(int(wide), int(high), figure.dpi)
    figure.draw(renderer)
    return np.asarray(renderer.buffer_rgba())
