"""Numbers as Indonesians type them.

A dot and a comma together tell their roles: the last one is the decimal mark. Alone, a dot
followed by exactly three digits may mean two things; the kind of column decides (`ribuan` in
counts and rupiah, `desimal` in kg and cm), or the other cells of the column (`profil`), or the
cell is refused. Nothing is ever stripped until it looks like a number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, Literal

import pandas as pd

from reviu_lib.ingest.parse.distinct import Mentah, Ragam, parse_unique
from reviu_lib.ingest.parse.texts import (
    BUKAN_BILANGAN,
    DIBACA_RIBUAN,
    GANDA,
    KOMA_RIBUAN,
    KOSONG,
    RUSAK,
    Terbaca,
    clean_text,
    missing_reason,
)
from reviu_lib.reference import load_wilayah

Titik = Literal["ribuan", "desimal", "profil", "id", "en"]
Jawaban = tuple[float | None, str]

TERBESAR = 999_999_999_999_999  # no official figure has sixteen digits; a NIK has
_PANJANG_MAKS = 40  # no official number is longer; also bounds the work on hostile text
_HIASAN = re.compile(r"^(?:rp|idr)\.?\s*|,--?$|\.-$|\s*%$", re.I)
_ANGKA = re.compile(r"\d[\d.,]*")
_SPASI_RIBUAN = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_RIBUAN_TITIK = re.compile(r"\d{1,3}(?:\.\d{3})+")
_RIBUAN_KOMA = re.compile(r"\d{1,3}(?:,\d{3})+")
_SATU_KELOMPOK = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_PANJANG_NIK = 16
_HARI_PEREMPUAN = 40  # a NIK adds forty to the day of birth of women
# What each declared writing makes of the kinds of `_kind`; any other kind contradicts it.
_ARTI = {
    "id": {".": "ribuan_titik", ",": "desimal_koma"},
    "en": {".": "desimal_titik", ",": "ribuan_koma"},
}


@dataclass(frozen=True)
class _Bukti:
    """What the unambiguous cells of a column say about its dots and commas."""

    desimal_koma: bool = False
    desimal_titik: bool = False
    ribuan_titik: bool = False
    ribuan_koma: bool = False

    @property
    def indonesia(self) -> bool:
        """A cell that only Indonesian writing explains."""
        return self.desimal_koma or self.ribuan_titik

    @property
    def inggris(self) -> bool:
        """A cell that only English writing explains."""
        return self.desimal_titik or self.ribuan_koma


def parse_numbers(raw: Mentah, titik: Titik) -> Terbaca:
    """Return a float64 column with the reason of each cell; missing where not a number."""
    column = Ragam.of(raw)
    evidence = _weigh(_core(text) for text in column.nilai if isinstance(text, str))
    return parse_unique(column, lambda value: _parse_cell(value, titik, evidence), dtype="float64")


def parse_number(text: str, titik: Titik) -> Jawaban:
    """Return the number in one text and "", or None and the reason; no column to lean on."""
    return _parse_cell(text, titik, _Bukti())


def find_mixed(raw: Mentah) -> pd.Series:
    """Return where cells have a decimal dot in a column of decimal commas."""
    column = Ragam.of(raw)
    commas = column.is_true(lambda cell: _kind_of_cell(cell) == "desimal_koma").any()
    return column.is_true(lambda cell: bool(commas) and _kind_of_cell(cell) == "desimal_titik")


def _kind_of_cell(cell: Any) -> str:
    return _kind(_core(cell)) if isinstance(cell, str) else ""


def _parse_cell(value: Any, titik: Titik, evidence: _Bukti) -> Jawaban:
    if isinstance(value, str):
        return _parse_text(clean_text(value), titik, evidence)
    if value is None or value != value:
        return None, KOSONG
    if isinstance(value, bool | date | time | timedelta) or not math.isfinite(value):
        return None, BUKAN_BILANGAN
    return (float(value), "") if abs(value) <= TERBESAR else (None, RUSAK)


def _parse_text(text: str, titik: Titik, evidence: _Bukti) -> Jawaban:
    reason = missing_reason(text)
    if reason:
        return None, reason
    core = _core(text)
    if not core:
        return None, BUKAN_BILANGAN
    plain, reason = _to_plain(core, titik, evidence)
    if not plain:
        return None, reason
    value = float(Decimal(plain))
    if abs(value) > TERBESAR:
        return None, RUSAK
    return (-value if _is_negative(text) else value), reason


def _is_negative(text: str) -> bool:
    bare = _strip_ornaments(text)
    return bare.startswith(("-", "−", "–")) or (text.startswith("(") and text.endswith(")"))


def _strip_ornaments(text: str) -> str:
    """Return `text` without currency, percent sign, bold marks, brackets, and `,-`."""
    bare = text.strip("*'’ ").strip()
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1].strip()
    for _ in range(2):
        bare = _HIASAN.sub("", bare).strip()
    return bare


def _core(text: str) -> str:
    """Return the digits, dots, and commas of a number; "" when the text is something else."""
    if len(text) > _PANJANG_MAKS:
        return ""
    bare = _strip_ornaments(clean_text(text))
    bare = bare[1:].strip() if bare[:1] in {"-", "−", "–", "+"} else bare
    bare = _HIASAN.sub("", bare)
    if _SPASI_RIBUAN.fullmatch(bare):
        bare = bare.replace(" ", "")
    return bare if _ANGKA.fullmatch(bare) else ""


def _to_plain(core: str, titik: Titik, evidence: _Bukti) -> tuple[str, str]:
    """Return the number with one decimal dot and no thousands marks, and a reason."""
    kind = "rusak" if _looks_like_nik(core) else _resolve(core, titik, evidence)
    if kind in {"rusak", GANDA}:
        return "", RUSAK if kind == "rusak" else GANDA
    reason = kind if kind in {DIBACA_RIBUAN, KOMA_RIBUAN} else ""
    decimal_mark = {"desimal_titik": ".", "desimal_koma": ","}.get(kind, "")
    kept = "".join(char for char in core if char.isdigit() or char == decimal_mark)
    return kept.replace(",", "."), reason


def _resolve(core: str, titik: Titik, evidence: _Bukti) -> str:
    """Return the kind of `_kind` with "ganda" decided: by declaration, kind, or column."""
    kind = _kind(core)
    if titik in _ARTI and kind != "rusak":
        return _declared(core, kind, titik, evidence)
    return _decide(core, titik, evidence) if kind == "ganda" else kind


def _looks_like_nik(core: str) -> bool:
    """Return True for sixteen digits with a mark that begin as a NIK does: place, then birth.

    A computed figure may have as many digits; few of them begin with a kode kabupaten and a date.
    """
    digits = core.replace(".", "").replace(",", "")
    if len(digits) < _PANJANG_NIK or len(digits) == len(core):
        return False
    day, month = int(digits[6:8]), int(digits[8:10])
    dated = 1 <= day % _HARI_PEREMPUAN <= 31 and day <= 31 + _HARI_PEREMPUAN and 1 <= month <= 12
    return dated and digits[:4] in _kabupaten_digits()


@cache
def _kabupaten_digits() -> frozenset[str]:
    codes = load_wilayah()
    own = codes.loc[codes["tingkat"] == "kabupaten", "kode"]
    return frozenset(own.str.replace(".", "", regex=False))


def _declared(core: str, kind: str, titik: Titik, evidence: _Bukti) -> str:
    """Return the kind under a declared writing; GANDA where this cell or its column denies it."""
    denied = evidence.inggris if titik == "id" else evidence.indonesia
    if kind == "ganda":
        return GANDA if denied else _ARTI[titik]["." if "." in core else ","]
    return kind if kind == "bulat" or kind in _ARTI[titik].values() else GANDA


def _kind(core: str) -> str:
    """Return the role of the marks in `core` when its form alone tells; else "ganda".

    One of bulat, ribuan_titik, ribuan_koma, desimal_titik, desimal_koma, ganda, rusak.
    """
    # A parser: one branch per written form; splitting it would hide that the forms are disjoint.
    if core.isdigit():
        return "bulat"
    if not core or not core[-1].isdigit():
        return "rusak"
    if "." in core and "," in core:
        return _kind_of_both(core)
    if _SATU_KELOMPOK.fullmatch(core):
        return "ganda"
    mark = "." if "." in core else ","
    if core.count(mark) == 1:
        return "desimal_titik" if mark == "." else "desimal_koma"
    grouped = _RIBUAN_TITIK.fullmatch(core) or _RIBUAN_KOMA.fullmatch(core)
    return _thousands(mark) if grouped else "rusak"


def _thousands(mark: str) -> str:
    return "ribuan_titik" if mark == "." else "ribuan_koma"


def _kind_of_both(core: str) -> str:
    """The last mark is the decimal one, if it stands once and the others group by three."""
    decimal = "." if core.rfind(".") > core.rfind(",") else ","
    whole, _, _ = core.rpartition(decimal)
    pattern = _RIBUAN_KOMA if decimal == "." else _RIBUAN_TITIK
    if not pattern.fullmatch(whole):
        return "rusak"
    return "desimal_titik" if decimal == "." else "desimal_koma"


def _decide(core: str, titik: Titik, evidence: _Bukti) -> str:
    """Decide what one mark before exactly three digits means in this column."""
    # A parser: the branches are the whole decision table, in order of authority.
    if titik == "ribuan":
        return "ribuan"
    if "," in core:
        return _decide_comma(titik, evidence)
    if titik == "desimal":
        return GANDA if evidence.ribuan_titik else "desimal_titik"
    if evidence.desimal_titik or evidence.ribuan_koma:
        english = evidence.ribuan_koma and not evidence.indonesia
        return "desimal_titik" if english else GANDA
    return "ribuan" if evidence.indonesia else DIBACA_RIBUAN


def _decide_comma(titik: Titik, evidence: _Bukti) -> str:
    """A comma is decimal where the kind or other cells say so, thousands only by a clear column."""
    if evidence.ribuan_koma:
        clear = titik == "profil" and not evidence.indonesia
        return KOMA_RIBUAN if clear else GANDA
    if evidence.desimal_titik and not evidence.desimal_koma:
        return GANDA
    return "desimal_koma" if evidence.indonesia or titik == "desimal" else GANDA


def _weigh(cores: Iterable[str]) -> _Bukti:
    """Return the evidence of all unambiguous cells of a column."""
    seen = set()
    for core in cores:
        if core:
            seen.add(_kind(core))
            seen.update(_marks_of_both(core))
    return _Bukti(
        desimal_koma="desimal_koma" in seen,
        desimal_titik="desimal_titik" in seen,
        ribuan_titik="ribuan_titik" in seen,
        ribuan_koma="ribuan_koma" in seen,
    )


def _marks_of_both(core: str) -> set[str]:
    """A cell with both marks also tells which one separates thousands."""
    if "." not in core or "," not in core or _kind_of_both(core) == "rusak":
        return set()
    return {"ribuan_koma" if core.rfind(".") > core.rfind(",") else "ribuan_titik"}
