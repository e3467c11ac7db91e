"""Percentages from 0 to 100, told apart from fractions by declared unit and by range.

A spreadsheet stores 26,52 % as 0.2652, so that a column of percentages may hold fractions. Such a
column is a question to its author, never multiplied: `satuan = "pecahan"` or `"persen"` in the
layout answers it. A percent sign in a cell answers it for that cell.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviu_lib.catalog import load_ambang
from reviu_lib.ingest.parse.distinct import Mentah, Ragam
from reviu_lib.ingest.parse.numbers import Titik, parse_numbers
from reviu_lib.ingest.parse.texts import (
    LEWAT_PECAHAN,
    SEPERTI_PECAHAN,
    Terbaca,
    clean_text,
)

_PERSEN = 100  # percent in one whole
_SATU_UTUH = 1


def parse_percent(raw: Mentah, titik: Titik = "desimal", *, satuan: str = "") -> Terbaca:
    """Return percentages; cells of a column that looks like fractions are missing.

    With `satuan` "pecahan" the cells are fractions and become percent; with "persen" they are
    percent whatever their size.
    """
    read = parse_numbers(raw, titik)
    signed = _has_sign(raw)
    if satuan == "persen":
        return read
    if satuan == "pecahan":
        return _from_fractions(read, signed)
    bare = read.nilai.notna() & (read.nilai != 0) & ~signed
    if bare.sum() < 2 or not (read.nilai[bare].abs() <= _SATU_UTUH).all():
        return read
    return Terbaca(read.nilai.mask(bare), read.alasan.mask(bare, SEPERTI_PECAHAN))


def _from_fractions(read: Terbaca, signed: pd.Series) -> Terbaca:
    """Multiply by a hundred what can be a fraction; refuse what only percent can be."""
    bare = read.nilai.notna() & ~signed
    beyond = bare & (read.nilai.abs() > load_ambang()["pecahan_maks"])
    percent = read.nilai.where(~bare, (read.nilai * _PERSEN).round(12))
    return Terbaca(percent.mask(beyond), read.alasan.mask(beyond, LEWAT_PECAHAN))


def find_small(raw: Mentah, read: Terbaca) -> pd.Series:
    """Return where a percentage without a sign is at most 1: a fraction looks the same."""
    return read.nilai.gt(0) & read.nilai.le(_SATU_UTUH) & ~_has_sign(raw)


def _has_sign(raw: Mentah) -> pd.Series:
    return Ragam.of(raw).is_true(_ends_with_sign)


def _ends_with_sign(value: Any) -> bool:
    return isinstance(value, str) and clean_text(value).rstrip("* )").endswith("%")
