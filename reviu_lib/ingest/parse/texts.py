"""Clean words, and the reasons why a cell has no value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd
from pydantic import BaseModel, ConfigDict

from reviu_lib.catalog import build, read_toml
from reviu_lib.ingest.parse.distinct import Mentah, parse_unique
from reviu_lib.ingest.parse.distinct import Terbaca as Terbaca
from reviu_lib.ingest.parse.distinct import map_texts as map_texts
from reviu_lib.ingest.parse.distinct import map_unique as map_unique

# Reasons. A good value has the reason "". Words for "no value" have more of them, declared in
# definitions/kata_kosong.toml.
KOSONG = "kosong"
PENANDA = "penanda kosong"
GALAT_RUMUS = "galat rumus"
TANPA_HASIL = "rumus tanpa hasil"
BUKAN_BILANGAN = "bukan bilangan"
RUSAK = "bilangan rusak"
GANDA = "bermakna ganda"
PECAHAN = "pecahan"
TERLALU_BESAR = "terlalu besar"
SANDI = "penanda kosong kolom"
SEPERTI_PECAHAN = "pecahan di kolom persen"
LEWAT_PECAHAN = "bukan pecahan"
SKALA_GANDA = "skala ganda"
DI_LUAR_INDONESIA = "di luar Indonesia"
KODE_TERPOTONG = "kode terpotong"
BUKAN_TANGGAL = "bukan tanggal"
URUTAN_GANDA = "urutan hari dan bulan ganda"
# Reasons that stand beside a good value.
DIBACA_RIBUAN = "titik dibaca ribuan"
KOMA_RIBUAN = "koma dibaca ribuan"
NOMOR_SERI = "nomor seri"
HARI_DAHULU = "hari dibaca lebih dahulu"
SEN = "sen dibulatkan"
KODE_DIPULIHKAN = "kode dipulihkan"
BERNILAI = frozenset(
    {"", DIBACA_RIBUAN, KOMA_RIBUAN, NOMOR_SERI, HARI_DAHULU, SEN, KODE_DIPULIHKAN}
)

# The grid reader writes this text where a formula has no stored result.
RUMUS_TANPA_HASIL = "[rumus tanpa hasil]"
_GALAT_EXCEL = re.compile(r"#(?:DIV/0!|REF!|N/A|NAME\?|VALUE!|NUM!|NULL!|SPILL!|CALC!)", re.I)
_SPASI = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


class KataKosong(BaseModel):
    """Words for one reason to have no value; `pada_teks` says whether they void words, too."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    temuan: str
    arti: str
    pada_teks: bool
    kata: tuple[str, ...]


@cache
def load_kata_kosong() -> Mapping[str, KataKosong]:
    """Return the declared words for "no value" by their reason."""
    source = "kata_kosong.toml"
    return {
        alasan: build(KataKosong, data, f"{source} [{alasan}]")
        for alasan, data in read_toml(source).items()
    }


@cache
def _words(pada_teks: bool) -> Mapping[str, str]:
    """Return the reason of each word; only of those that void words when `pada_teks`."""
    reasons = load_kata_kosong().items()
    kept = {alasan: one for alasan, one in reasons if one.pada_teks or not pada_teks}
    return {word: alasan for alasan, one in kept.items() for word in one.kata}


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


def missing_reason(text: str, *, pada_teks: bool = False) -> str:
    """Return why the cleaned `text` is no value at all; "" when it may be one."""
    if not text:
        return KOSONG
    if text == RUMUS_TANPA_HASIL:
        return TANPA_HASIL
    if text[0] == "#" and _GALAT_EXCEL.fullmatch(text):
        return GALAT_RUMUS
    return _words(pada_teks).get(text.lower(), "")


def parse_texts(raw: Mentah) -> Terbaca:
    """Return clean words; whole numbers lose a spurious `.0`, dates become ISO text."""
    return parse_unique(raw, _parse_text, dtype="string")


def _parse_text(value: Any) -> tuple[str | None, str]:
    text = cell_text(value)
    reason = missing_reason(text, pada_teks=True)
    return (None, reason) if reason else (text, "")


def is_written(cell: Any) -> bool:
    """Return True for a cell that holds more than spaces."""
    plain = isinstance(cell, str) and cell[:1].isalnum()
    return plain or cell_text(cell) != ""


def cell_text(value: Any) -> str:
    """Return a cell as clean text: 5.0 is "5", True is "ya", a date is ISO."""
    if isinstance(value, str):
        return clean_text(value)
    if _is_missing(value):
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _is_missing(value: Any) -> bool:
    """Return True for None, NaN, NaT, and NA, which alone cannot be compared."""
    return value is None or value is pd.NA or value != value
