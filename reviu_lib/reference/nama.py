"""Names made comparable: what stays of a name when spelling habits are taken away."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

# Apostrophes vanish (Regapu'u, Regapu’u); every other mark parts words (Donri-Donri, Kab.).
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ")
_NOT_WORD = re.compile(r"[\W_]+")
_ABJAD = {char: place for place, char in enumerate("abcdefghijklmnopqrstuvwxyz ", start=1)}
_PLAIN = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")  # most names: nothing to take away


def normalize_nama(text: str) -> str:
    """Return `text` in lower case, without punctuation, spaces collapsed; for matching only."""
    lower = text.lower()
    if _PLAIN.fullmatch(lower):
        return lower
    plain = unicodedata.normalize("NFKC", text).lower().translate(_APOSTROPHES)
    return _NOT_WORD.sub(" ", plain).strip()


def bound_likeness(nama: str, pilihan: tuple[str, ...]) -> list[float]:
    """Return for each name of `pilihan` how alike `nama` can be to it at most, from 0 to 1.

    Twice the letters they share, over the letters of both: never below the ratio of difflib,
    which is slow and need not be asked where this is low already.
    """
    own, table = _count_letters(nama), _letters_of(pilihan)
    shared = np.minimum(table, own).sum(axis=1)
    both = table.sum(axis=1) + len(nama)
    bounds: list[float] = np.where(both > 0, 2.0 * shared / np.maximum(both, 1), 1.0).tolist()
    return bounds


@cache
def _letters_of(names: tuple[str, ...]) -> npt.NDArray[np.int64]:
    counts = [_count_letters(name) for name in names]
    return np.array(counts, dtype=np.int64).reshape(len(names), len(_ABJAD) + 1)


def _count_letters(name: str) -> npt.NDArray[np.int64]:
    """Return how often each letter stands in a name; all other characters count as one letter."""
    places = [_ABJAD.get(char, 0) for char in name]
    return np.bincount(np.array(places, dtype=np.int64), minlength=len(_ABJAD) + 1)
