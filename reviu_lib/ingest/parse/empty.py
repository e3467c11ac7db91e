"""Values that stand for "no value" in one column: 999.99 in a z-score, 0 in a weight.

Which values do so is declared per column of a layout (`hilang`), never here: 0 is an ordinary
count, and 9999 an ordinary amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from reviu_lib.ingest.parse.distinct import Mentah
from reviu_lib.ingest.parse.numbers import parse_number
from reviu_lib.ingest.parse.texts import clean_text, map_unique


def mark_codes(raw: Mentah, hilang: Sequence[float | str]) -> pd.Series:
    """Return "nol" or "sandi" where a cell is a declared stand-in, "" elsewhere."""
    numbers = frozenset(float(code) for code in hilang if not isinstance(code, str))
    words = frozenset(code.lower() for code in hilang if isinstance(code, str))
    if not hilang:
        return pd.Series("", index=raw.index, dtype=object)
    return map_unique(raw, lambda value: _mark(value, numbers, words))


def _mark(value: Any, numbers: frozenset[float], words: frozenset[str]) -> str:
    if isinstance(value, str):
        text = clean_text(value)
        if text.lower() in words:
            return "sandi"
        value = parse_number(text, "desimal")[0]
    if value is None or isinstance(value, bool | date) or value not in numbers:
        return ""
    return "nol" if value == 0 else "sandi"
