"""Names made comparable: what stays of a name when spelling habits are taken away."""

from __future__ import annotations

import re
import unicodedata

# Apostrophes vanish (Regapu'u, Regapu’u); every other mark parts words (Donri-Donri, Kab.).
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ")
_NOT_WORD = re.compile(r"[\W_]+")
_PLAIN = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")  # most names: nothing to take away


def normalize_nama(text: str) -> str:
    """Return `text` in lower case, without punctuation, spaces collapsed; for matching only."""
    lower = text.lower()
    if _PLAIN.fullmatch(lower):
        return lower
    plain = unicodedata.normalize("NFKC", text).lower().translate(_APOSTROPHES)
    return _NOT_WORD.sub(" ", plain).strip()
