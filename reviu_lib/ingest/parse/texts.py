"""Clean words, and the reasons why a cell has no value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

# Reasons. A good value has the reason "".
KOSONG = "kosong"
PENANDA = "penanda kosong"
GALAT_RUMUS = "galat rumus"
TANPA_HASIL = "rumus tanpa hasil"
BUKAN_BILANGAN = "bukan bilangan"
RUSAK = "bilangan rusak"
GANDA = "bermakna ganda"
PECAHAN = "pecahan"
BUKAN_TANGGAL = "bukan tanggal"
URUTAN_GANDA = "urutan hari dan bulan ganda"
# Reasons that stand beside a good value.
DIBACA_RIBUAN = "titik dibaca ribuan"
NOMOR_SERI = "nomor seri"
SEN = "sen dibulatkan"
BERNILAI = frozenset({"", DIBACA_RIBUAN, NOMOR_SERI, SEN})

# The grid reader writes this text where a formula has no stored result.
RUMUS_TANPA_HASIL = "[rumus tanpa hasil]"
# Words that officials write for "no value"; compared in lower case.
_PENANDA = frozenset(
    {
        "-", "--", "–", "—", "n/a", "na", "nan", "null", "none", "...", "…",
        "tdk th", "tidak tersedia", "tidak ada data", "belum ada data", "belum tersedia",
    }
)  # fmt: skip
_GALAT_EXCEL = re.compile(r"#(?:DIV/0!|REF!|N/A|NAME\?|VALUE!|NUM!|NULL!|SPILL!|CALC!)", re.I)
_SPASI = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


class Terbaca(NamedTuple):
    """A parsed column: values (missing where there is none) and the reason of each cell."""

    nilai: pd.Series
    alasan: pd.Series


def clean_text(text: str) -> str:
    """Return `text` without invisible or control characters, spaces collapsed and trimmed.

    Zero-width characters, byte-order marks, and direction marks vanish; every kind of space
    (also the non-breaking one) becomes one space.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(char for char in composed if unicodedata.category(char) not in _TAK_TAMPAK)
    return _SPASI.sub(" ", visible).strip()


_TAK_TAMPAK = frozenset({"Cf", "Co", "Cs", "Cn"})


def missing_reason(text: str) -> str:
    """Return why the cleaned `text` is no value at all; "" when it may be one."""
    if not text:
        return KOSONG
    if text == RUMUS_TANPA_HASIL:
        return TANPA_HASIL
    if _GALAT_EXCEL.fullmatch(text):
        return GALAT_RUMUS
    return PENANDA if text.lower() in _PENANDA else ""


def map_unique(raw: pd.Series, convert: Callable[[Any], Any]) -> pd.Series:
    """Return `convert` of every value, called once per distinct value and type."""
    table = {key: convert(key[1]) for key in {(type(value), value) for value in raw}}
    return pd.Series([table[type(value), value] for value in raw], index=raw.index, dtype=object)


def map_texts(texts: pd.Series, convert: Callable[[str], Any]) -> pd.Series:
    """Return `convert` of every text, called once per distinct text; missing stays missing."""
    return texts.map({text: convert(text) for text in texts.dropna().unique()})


def parse_texts(raw: pd.Series) -> Terbaca:
    """Return clean words; whole numbers lose a spurious `.0`, dates become ISO text."""
    pairs = map_unique(raw, _parse_text)
    values = pairs.map(lambda pair: pair[0]).astype("string")
    return Terbaca(values, pairs.map(lambda pair: pair[1]).astype(object))


def _parse_text(value: Any) -> tuple[str | None, str]:
    text = cell_text(value)
    reason = missing_reason(text)
    return (None, reason) if reason else (text, "")


def cell_text(value: Any) -> str:
    """Return a cell as clean text: 5.0 is "5", True is "ya", a date is ISO."""
    if isinstance(value, str):
        return clean_text(value)
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
