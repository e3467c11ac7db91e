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


class _Tertutup:
    """A number that is there and is not published; never the same as one that is missing."""

    def __str__(self) -> str:
        return "ditutup"


TERTUTUP = _Tertutup()
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
HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
# Largest scale first: scale, least amount shown in it, word as in KBBI. An amount that would round
# to 1.000,00 of the scale below is already shown in this one.
_SKALA_RUPIAH = (
    (10**12, 10**12 - 5 * 10**6, "triliun"),
    (10**9, 10**9 - 5 * 10**3, "miliar"),
    (10**6, 10**6, "juta"),
)
# Sixteen or more digits (NIK, KK; NIP has 18), one mark between any two of them. Not a list of
# years or dates (no province is 20), not the decimals of a measure, unless sixteen of them follow
# a comma or a number other than 0 (a line "7,<NIK>"). Thousands dots do not save a run: a NIK
# column shown as a number looks like that, and no kabupaten counts in quadrillions.
_NIK = re.compile(
    r"(?<!\d)(?<!\b0\.)(?!20\d\d[ \-])"
    r"(?!\d{1,3}[.,]\d{10,15}(?!\d|E\+))(?!0\.\d{16,})"
    r"(?:\d[ .\-\u00a0'’]?){15,}\d(?!\d)"
)
# A NIK that a spreadsheet turned into a number and shortened: 1,218000101E+15.
_NIK_ILMIAH = re.compile(r"(?<!\d)\d[.,]\d{4,}E\+?15(?!\d)", re.IGNORECASE)
# A mobile number kept as number: the leading 0 is gone, 8… or 628… remains.
_TELEPON_ANGKA = re.compile(r"(?:62)?8[1-9]\d{7,10}")
# A mobile number with its 0 or 62; without them it cannot be told from rupiah and stays.
_TELEPON = re.compile(r"(?<!\d)(?:\(?\+?62\)?|\(?0)[ \-.(]{0,2}8\d(?:[ \-.)]{0,2}\d){6,10}(?!\d)")


def is_missing(value: Any) -> bool:
    """Return True for None, NaN, NaT, and pandas NA."""
    if value is None:
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return type(value).__name__ in {"NAType", "NaTType"}


def round_half_up(value: float | Decimal, decimals: int) -> Decimal:
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
    text = format_number(value)
    return f"-Rp{text[1:]}" if text.startswith("-") else f"Rp{text}"


def format_rupiah_ringkas(value: Any) -> str:
    """Return rupiah in words of scale with two decimals: `Rp4,25 miliar`; below a million whole."""
    if is_missing(value):
        return KOSONG
    sign = "-" if value < 0 else ""
    for scale, least, word in _SKALA_RUPIAH:
        if abs(value) >= least:
            return f"{sign}Rp{format_number(Decimal(str(abs(value))) / scale, 2)} {word}"
    return format_rupiah(value)


def format_tanggal(value: Any) -> str:
    """Return a date as `10 Desember 2024`."""
    if is_missing(value):
        return KOSONG
    return f"{value.day} {BULAN[value.month - 1]} {value.year}"


def format_hari_tanggal(value: Any) -> str:
    """Return a date as `Selasa, 10 Desember 2024`."""
    return KOSONG if is_missing(value) else f"{HARI[value.weekday()]}, {format_tanggal(value)}"


def format_teks(value: Any) -> str:
    """Return the text itself, `KOSONG` when missing, ya/tidak for booleans."""
    if is_missing(value) or value == "":
        return KOSONG
    if isinstance(value, bool) or type(value).__name__ in {"bool", "bool_"}:
        return "ya" if value else "tidak"
    return str(value)


def format_teks_sambung(value: Any) -> str:
    """Return text as it runs on inside a sentence: small first letter, no full stop.

    A first word in capitals or of one letter (`PUS`, `KPM`) keeps its capital.
    """
    text = format_teks(value).rstrip(". ")
    return text[0].lower() + text[1:] if text[1:2].islower() else text


def format_teks_kalimat(value: Any) -> str:
    """Return text as it opens a sentence: capital first letter, no full stop."""
    text = format_teks(value).rstrip(". ")
    return text[:1].upper() + text[1:]


def format_bilangan(value: Any) -> str:
    """Return one to nine in words, anything else as digits."""
    words = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
    if not is_missing(value) and value in range(1, 10):
        return words[int(value) - 1]
    return format_number(value)


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
    "teks_sambung": format_teks_sambung,
    "teks_kalimat": format_teks_kalimat,
    "bilangan": format_bilangan,
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
    "peluang": lambda value: format_number(value, 4),
    "rupiah": format_rupiah,
    "rupiah_ringkas": format_rupiah_ringkas,
}


def format_value(value: Any, format: str) -> str:
    """Return `value` as the named format prints it. Raises KeyError on an unknown format.

    A closed value is its word, whatever the format.
    """
    return str(value) if value is TERTUTUP else FORMATS[format](value)


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


def list_first(items: Sequence[str], most: int = 5, *, pemisah: str = "; ") -> str:
    """Return the first items, then how many more there are: `a; b; dan 3 lainnya`."""
    shown = pemisah.join(items[:most])
    more = len(items) - most
    return f"{shown}{pemisah}dan {more} lainnya" if more > 0 else shown


def mask_identity(text: str) -> str:
    """Return `text` with every run of 16 or more digits and every phone number masked.

    For text shown to people. Values of number columns, money above all, are never passed here:
    they are formatted, not masked.
    """
    without_nik = _NIK.sub("[NIK disamarkan]", _NIK_ILMIAH.sub("[NIK disamarkan]", text))
    return _TELEPON.sub("[nomor telepon disamarkan]", without_nik)


def is_telepon(text: str) -> bool:
    """Return True for digits that, where no money and no code stands, are a mobile number."""
    return _TELEPON_ANGKA.fullmatch(text) is not None


def format_waktu(value: datetime | date) -> str:
    """Return a time stamp as `10 Desember 2024 pukul 09.30`."""
    day = format_tanggal(value)
    # NaT is a datetime too, and has no time of day.
    timed = isinstance(value, datetime) and not is_missing(value)
    return f"{day} pukul {value:%H.%M}" if timed else day
