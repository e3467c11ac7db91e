"""Dates as Indonesians type them: day before month, always.

Real dates, ISO text, `17/08/2023`, `17 Agustus 2023`, Excel serial numbers, and in schedules
`Triwulan II` or a month name. Month before day is read only where a layout declares it: any
other column that shows such dates loses its ambiguous cells instead of having them turned, and a
column in which nothing shows the order is read day first and says so.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

import pandas as pd

from reviu_lib.formatting import BULAN
from reviu_lib.ingest.parse.distinct import Mentah, Ragam, parse_unique
from reviu_lib.ingest.parse.texts import (
    BUKAN_TANGGAL,
    HARI_DAHULU,
    KOSONG,
    NOMOR_SERI,
    URUTAN_GANDA,
    Terbaca,
    clean_text,
    map_unique,
    missing_reason,
)

Ujung = Literal["mulai", "selesai"]
Urutan = Literal["hari", "bulan"]

_NOL_EXCEL = date(1899, 12, 30)
_SERI = range(20_000, 60_001)  # 1954 to 2064: serial numbers that can be dates of this field
_TAHUN = range(1900, 2101)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{1,2}[:.]\d{2}.{0,20})?")
_ANGKA = re.compile(
    r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})(?: \d{1,2}[:.]\d{2}.{0,9})?"
)
_KATA = re.compile(r"(\d{1,2})[ \-.]{1,2}([A-Za-z]{3,9})\.?[ \-.,]{1,2}(\d{4})")
_KATA_PENDEK = re.compile(
    r"(\d{1,2})[ \-]([A-Za-z]{3,4})[ \-]([0-4]\d)"
)  # 05-Agu-22 of a spreadsheet
_ABAD = 2000
_TRIWULAN = re.compile(r"(?:triwulan|tw|tri wulan)\.?\s*(iv|iii|ii|i|[1-4])(?:\s+(\d{4}))?", re.I)
_BULAN_SAJA = re.compile(r"([A-Za-z]{3,9})(?:\s+(\d{4}))?")
_ROMAWI = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_BULAN_LAIN = {
    "agt": 8, "agst": 8, "ags": 8, "aug": 8, "august": 8, "pebruari": 2, "peb": 2, "nopember": 11,
    "nop": 11, "may": 5, "oct": 10, "october": 10, "dec": 12, "december": 12, "january": 1,
    "february": 2, "march": 3, "june": 6, "july": 7,
}  # fmt: skip
_NAMA_BULAN = {
    **{name.lower(): number for number, name in enumerate(BULAN, start=1)},
    **{name[:3].lower(): number for number, name in enumerate(BULAN, start=1)},
    **_BULAN_LAIN,
}


@dataclass(frozen=True)
class _Aturan:
    """How a column is read: may words such as `Triwulan II` stand for a date, of which year."""

    tahun: int | None = None
    ujung: Ujung | None = None
    urutan: Urutan | None = "hari"
    andaian: str = ""


def parse_dates(
    raw: Mentah,
    *,
    tahun: int | None = None,
    ujung: Ujung | None = None,
    urutan: Urutan | None = None,
) -> Terbaca:
    """Return a datetime64[ns] column with the reason of each cell.

    `ujung` allows quarters and months: `mulai` gives their first day, `selesai` their last, in
    `tahun` when the text names no year. `urutan` is the declared order of numbers; without it
    the column shows it, or its ambiguous cells are missing.
    """
    rule = _find_rule(raw, _Aturan(tahun, ujung), urutan)
    return parse_unique(raw, lambda value: _parse_cell(value, rule), dtype="datetime64[ns]")


def _parse_cell(value: Any, rule: _Aturan) -> tuple[date | None, str]:
    # A parser: one branch per kind of cell that a reader hands over.
    if isinstance(value, str):
        return _parse_text(clean_text(value), rule)
    if value is None or value != value:
        return None, KOSONG
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return (day, "") if day.year in _TAHUN else (None, BUKAN_TANGGAL)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_serial(value)
    return None, BUKAN_TANGGAL


def _from_serial(value: float) -> tuple[date | None, str]:
    if int(value) not in _SERI:
        return None, BUKAN_TANGGAL
    return _NOL_EXCEL + timedelta(days=int(value)), NOMOR_SERI


def _parse_text(text: str, rule: _Aturan) -> tuple[date | None, str]:
    reason = missing_reason(text)
    if reason:
        return None, reason
    text = text.lstrip("'")
    if text.isdigit():
        return _from_serial(int(text)) if len(text) == len(str(_SERI[0])) else (None, BUKAN_TANGGAL)
    if iso := _ISO.fullmatch(text):
        return _day(iso[1], iso[2], iso[3])
    if digits := _ANGKA.fullmatch(text):
        return _from_digits(digits, rule)
    if words := _KATA.fullmatch(text):
        return _day(words[3], _NAMA_BULAN.get(words[2].lower(), 0), words[1])
    if short := _KATA_PENDEK.fullmatch(text):
        year = _ABAD + int(short[3])
        return _day(year, _NAMA_BULAN.get(short[2].lower(), 0), short[1])
    return _from_period(text, rule)


def _day(year: str | int, month: str | int, day: str | int) -> tuple[date | None, str]:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None, BUKAN_TANGGAL
    return (found, "") if found.year in _TAHUN else (None, BUKAN_TANGGAL)


def _from_digits(digits: re.Match[str], rule: _Aturan) -> tuple[date | None, str]:
    """A cell of one meaning only is read as day first unless month first is declared."""
    ambiguous = _is_ambiguous(digits)
    if rule.urutan is None and ambiguous:
        return None, URUTAN_GANDA
    month, day = (1, 2) if rule.urutan == "bulan" else (2, 1)
    found, reason = _day(digits[3], digits[month], digits[day])
    return found, reason or (rule.andaian if ambiguous else "")


def _is_ambiguous(digits: re.Match[str]) -> bool:
    """Return True where day and month may be exchanged; nobody writes month.day.year."""
    dotted = "." in digits[0][: digits.start(3)]
    return int(digits[1]) <= 12 and int(digits[2]) <= 12 and digits[1] != digits[2] and not dotted


def _from_period(text: str, rule: _Aturan) -> tuple[date | None, str]:
    """Return the first or last day of a quarter or month, where the column allows it."""
    months, year = _months(text)
    if rule.ujung is None or not months or not (year or rule.tahun):
        return None, BUKAN_TANGGAL
    chosen = int(year or rule.tahun or 0)
    if rule.ujung == "mulai":
        return _day(chosen, months[0], 1)
    return _day(chosen, months[-1], calendar.monthrange(chosen, months[-1])[1])


def _months(text: str) -> tuple[range, str | None]:
    if quarter := _TRIWULAN.fullmatch(text):
        number = _ROMAWI.get(quarter[1].lower()) or int(quarter[1])
        return range(3 * number - 2, 3 * number + 1), quarter[2]
    month = _BULAN_SAJA.fullmatch(text)
    number = _NAMA_BULAN.get(month[1].lower(), 0) if month else 0
    return (range(number, number + 1), month[2]) if month and number else (range(0), None)


def _find_rule(raw: Mentah, rule: _Aturan, declared: Urutan | None) -> _Aturan:
    """Return the rule with the order of day and month: declared, shown, assumed, or unknown.

    Unknown (None) when the cells deny the declaration, or when as many show month before day
    (9/25/2023) as day before month (25/9/2023).
    """
    forms = map_unique(raw, _order)
    by_day, by_month = int((forms == "hari").sum()), int((forms == "bulan").sum())
    if declared:
        denied = by_month if declared == "hari" else by_day
        return replace(rule, urutan=None if denied else declared)
    if by_month and by_month >= by_day:
        return replace(rule, urutan=None)
    return replace(rule, andaian="" if by_day else HARI_DAHULU)


def find_turned(raw: Mentah) -> pd.Series:
    """Return where real dates were perhaps turned by a spreadsheet in American English.

    It turns 05/08/2023 into 8 May and leaves 17/08/2023 as text: a column whose texts all show
    a day after the twelfth and whose real dates never do.
    """
    texts = map_unique(raw, _order) == "hari"
    real = Ragam.of(raw).is_true(lambda value: isinstance(value, date))
    nothing = pd.Series(False, index=raw.index)
    if real.sum() < 2 or not texts.any():
        return nothing
    if any(value.day > 12 for value in raw[real]) or _has_ambiguous(raw[~real]):
        return nothing
    return real & raw.map(lambda value: isinstance(value, date) and value.day != value.month)


def _has_ambiguous(raw: pd.Series) -> bool:
    matches = (_ANGKA.fullmatch(clean_text(value)) for value in raw if isinstance(value, str))
    return any(_is_ambiguous(match) for match in matches if match)


def _order(value: Any) -> str:
    digits = _ANGKA.fullmatch(clean_text(value)) if isinstance(value, str) else None
    if digits is None:
        return ""
    first, second = int(digits[1]), int(digits[2])
    if first <= 12 < second <= 31:
        return "bulan"
    return "hari" if second <= 12 < first <= 31 else ""
