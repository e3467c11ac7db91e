"""Letters that the typefaces of the PDF can print, and places where a very long word may break."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.ft2font import FT2Font

# What stands for a letter that no typeface of ours has; nothing is left out silently.
TAK_DIKENAL = "\ufffd"
# A place where a line may end, without width and without mark.
_SELA = "\u200b"
# Letters after which a word may be broken, and the pieces it then falls into.
PANJANG_KATA, _PANJANG_POTONG = 22, 11
# Categories of Unicode that print nothing: controls, directions, surrogates, private use.
_TANPA_RUPA = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_KATA_PANJANG = re.compile(rf"[^\s\u200b]{{{PANJANG_KATA + 1},}}")
_POTONG = re.compile(rf"[^/_.,;:=@-]{{1,{_PANJANG_POTONG}}}[/_.,;:=@-]*|[/_.,;:=@-]+")


def folder_huruf() -> Path:
    """Return the folder of matplotlib's typefaces, the same on every machine."""
    return Path(mpl.get_data_path()) / "fonts" / "ttf"


@cache
def _printable() -> frozenset[int]:
    """Return the code points of DejaVu Sans, the widest of the typefaces in use."""
    return frozenset(FT2Font(str(folder_huruf() / "DejaVuSans.ttf")).get_charmap())


def clean(text: str) -> str:
    """Return the text with only what can be printed: controls go, unknown letters become one mark.

    Composed letters are preferred, so that an accent stands on its letter.
    """
    return "".join(_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _letter(letter: str) -> str:
    if letter in "\n\t":
        return letter
    if unicodedata.category(letter) in _TANPA_RUPA - {"Co", "Cn"}:
        return ""
    known = ord(letter) in _printable() and unicodedata.category(letter) not in _TANPA_RUPA
    return letter if known else TAK_DIKENAL


def breakable(text: str) -> str:
    """Return cleaned text in which a very long word may break, first after its punctuation."""
    return _KATA_PANJANG.sub(lambda word: _SELA.join(_POTONG.findall(word[0])), clean(text))
