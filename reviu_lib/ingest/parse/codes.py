"""Official codes as text: regions, sub kegiatan, and rekening; never as numbers.

A spreadsheet that takes 12.10 for a number keeps 12.1. Such a code is put back only when one code
alone can be meant; otherwise both are named and none is taken.
"""

from __future__ import annotations

import re
from functools import cache

from reviu_lib.ingest.parse.distinct import Mentah
from reviu_lib.ingest.parse.texts import (
    KODE_DIPULIHKAN,
    KODE_TERPOTONG,
    Terbaca,
    map_texts,
    parse_texts,
)
from reviu_lib.reference import load_wilayah

_KOLOM_WILAYAH = frozenset({"wilayah", "kode_wilayah"})
_TERPOTONG = re.compile(r"(\d\d)\.(\d)")
# Digits of each part. Rujukan: Kepmendagri 050-5889/2021 and its successor (sub kegiatan, level
# and kegiatan are two parts), Permendagri 90/2019 (rekening: akun to sub rincian objek).
_SUB_KEGIATAN = (1, 2, 2, 1, 2, 4)
_REKENING = (1, 1, 2, 2, 2, 4)


def parse_codes(raw: Mentah, name: str) -> Terbaca:
    """Return codes as text with the reason of each cell.

    Cut codes of regions are put back where one is meant; codes of rekening get their digits.
    """
    read = parse_texts(raw)
    if name == "kode_rekening":
        return Terbaca(map_texts(read.nilai, normalize_kode_rekening).astype("string"), read.alasan)
    if name not in _KOLOM_WILAYAH:
        return read
    cut = read.nilai.str.fullmatch(_TERPOTONG).fillna(False).astype(bool)
    if not cut.any():
        return read
    meant = map_texts(read.nilai.where(cut), list_meant)
    one = meant.map(lambda codes: isinstance(codes, tuple) and len(codes) == 1)
    values = read.nilai.mask(cut).mask(one, meant[one].str[0])
    reasons = read.alasan.mask(cut, KODE_TERPOTONG).mask(one, KODE_DIPULIHKAN)
    return Terbaca(values.astype("string"), reasons)


def list_meant(text: str) -> tuple[str, ...]:
    """Return the kabupaten codes that 12.1 may stand for: 12.01 and 12.10, as far as they exist."""
    parts = _TERPOTONG.fullmatch(text)
    if parts is None:
        return ()
    both = (f"{parts[1]}.0{parts[2]}", f"{parts[1]}.{parts[2]}0")
    return tuple(kode for kode in both if kode in _known())


@cache
def _known() -> frozenset[str]:
    return frozenset(load_wilayah()["kode"])


def normalize_kode_sub_kegiatan(text: str) -> str:
    """Return a code in the later nomenclature: 1.02.02.2.02.15 is 1.02.02.2.02.0015.

    Six numeric parts are re-written (urusan, bidang, program, tingkat, kegiatan, subkegiatan);
    anything else stays as it is. Rujukan: Kepmendagri 050-5889/2021 and its successor.
    """
    return _rewrite(text, _SUB_KEGIATAN, shortest=len(_SUB_KEGIATAN))


def normalize_kode_rekening(text: str) -> str:
    """Return a rekening code with the official digits: 5.1.2.1.1.24 is 5.1.02.01.01.0024.

    A code of a higher level (5.1.02) keeps its level; anything that is not numeric parts stays
    as it is.
    """
    return _rewrite(text, _REKENING, shortest=1)


def _rewrite(text: str, widths: tuple[int, ...], *, shortest: int) -> str:
    """Return dotted parts padded to their widths; zeros in front never make another code."""
    parts = re.sub(r"\s+", "", text.strip()).rstrip(".").split(".")
    fits = shortest <= len(parts) <= len(widths)
    if not fits or not all(part.isascii() and part.isdigit() for part in parts):
        return text
    numbers = [int(part) for part in parts]
    return ".".join(f"{number:0{width}d}" for number, width in zip(numbers, widths, strict=False))
