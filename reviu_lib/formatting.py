"""Numbers, rupiah, dates, and lists as Indonesians write them, and masks for identity.

Rounding is half up and happens only here. A missing value is shown as an en dash, never as zero.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

KOSONG = "–"
# Written into every example file, and printed on everything made from one.
PENANDA_CONTOH = "DATA CONTOH – SINTETIS"
BULAN = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
# Largest scale first; words as in KBBI.
_SKALA_RUPIAH = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))
_ENAM_BELAS_DIGIT = re.compile(r"(?<!\d)(?:\d[ .\-\u00a0']?){15}\d(?!\d)")
_TELEPON = re.compile(r"(?<!\d)(?:\+?62|0)[ \-.]?8\d(?:[ \-.]?\d){6,10}(?!\d)")


def is_missing(value: Any) -> bool:
    """Return True for None, NaN, NaT, and pandas NA."""
    if value is None:
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return type(value).__name__ in {"NAType", "NaTType"}


def round_half_up(value: float, decimals: int) -> Decimal:
    """Return `value` rounded half up as printed (18.65 gives 18.7), never half to even."""
    step = Decimal(1).scaleb(-decimals)
    return Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)


def format_number(value: Any, decimals: int = 0) -> str:
    """Return a number as `1.234.567,8`; `KOSONG` when missing; no minus before a zero."""
    if is_missing(value):
        return KOSONG
    rounded = round_half_up(value, decimals)
    text = f"{abs(rounded):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return f"-{text}" if rounded < 0 else text


def format_rupiah(value: Any) -> str:
    """Return whole rupiah without a space, as EYD asks: `Rp1.234.567`."""
    if is_missing(value):
        return KOSONG
    sign = "-" if value < 0 else ""
    return f"{sign}Rp{format_number(abs(value))}"


def format_rupiah_ringkas(value: Any) -> str:
    """Return rupiah in words of scale with two decimals: `Rp4,25 miliar`; below a million whole."""
    if is_missing(value):
        return KOSONG
    sign = "-" if value < 0 else ""
    for scale, word in _SKALA_RUPIAH:
        if abs(value) >= scale:
            return f"{sign}Rp{format_number(Decimal(str(abs(value))) / scale, 2)} {word}"
    return format_rupiah(value)


def format_tanggal(value: Any) -> str:
    """Return a date as `10 Desember 2024`."""
    if is_missing(value):
        return KOSONG
    return f"{value.day} {BULAN[value.month - 1]} {value.year}"


def format_teks(value: Any) -> str:
    """Return the text itself, `KOSONG` when missing, ya/tidak for booleans."""
    if is_missing(value) or value == "":
        return KOSONG
    if isinstance(value, bool) or type(value).__name__ in {"bool", "bool_"}:
        return "ya" if value else "tidak"
    return str(value)


def _plain(value: Any) -> str:
    return KOSONG if is_missing(value) else str(round_half_up(value, 0))


def _up_to(value: Any, decimals: int) -> str:
    """Return a number with at most `decimals` decimals and no trailing zeros."""
    if is_missing(value):
        return KOSONG
    text = format_number(value, decimals)
    return text.rstrip("0").rstrip(",") if "," in text else text


def _absolute(formatter: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: formatter(value if is_missing(value) else abs(value))


FORMATS: dict[str, Callable[[Any], str]] = {
    "teks": format_teks,
    "kode": format_teks,
    "pilihan": format_teks,
    "ya_tidak": format_teks,
    "tahun": _plain,
    "tanggal": format_tanggal,
    "jumlah": format_number,
    "hari": format_number,
    "hari_mutlak": _absolute(format_number),
    "desimal": lambda value: _up_to(value, 2),
    "desimal1": lambda value: format_number(value, 1),
    "persen": lambda value: format_number(value, 1),
    "persen2": lambda value: format_number(value, 2),
    "persen3": lambda value: format_number(value, 3),
    "poin": lambda value: format_number(value, 1),
    "poin_mutlak": _absolute(lambda value: format_number(value, 1)),
    "poin2_mutlak": _absolute(lambda value: format_number(value, 2)),
    "poin3_mutlak": _absolute(lambda value: format_number(value, 3)),
    "zskor": lambda value: format_number(value, 2),
    "rupiah": format_rupiah,
    "rupiah_ringkas": format_rupiah_ringkas,
}


def format_value(value: Any, format: str) -> str:
    """Return `value` as the named format prints it. Raises KeyError on an unknown format."""
    return FORMATS[format](value)


def decimals_to_tell_apart(value: float, other: float, least: int = 1, most: int = 3) -> int:
    """Return the fewest decimals at which two different numbers no longer look equal (rule D20)."""
    for decimals in range(least, most):
        if value == other or round_half_up(value, decimals) != round_half_up(other, decimals):
            return decimals
    return most


def join_list(items: Sequence[str]) -> str:
    """Return `a`, `a dan b`, or `a, b, dan c`."""
    if len(items) <= 2:
        return " dan ".join(items)
    return f"{', '.join(items[:-1])}, dan {items[-1]}"


def mask_identity(text: str) -> str:
    """Return `text` with every 16-digit run and phone number replaced by a marker."""
    return _TELEPON.sub(
        "[nomor telepon disamarkan]", _ENAM_BELAS_DIGIT.sub("[NIK disamarkan]", text)
    )


def format_waktu(value: datetime | date) -> str:
    """Return a time stamp as `10 Desember 2024 pukul 09.30`."""
    day = format_tanggal(value)
    return f"{day} pukul {value:%H.%M}" if isinstance(value, datetime) else day
