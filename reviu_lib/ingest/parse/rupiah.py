"""Rupiah as whole rupiah, whatever scale and words they are written in.

A cell that says its own scale (`Rp1,5 miliar`) is read by its words; any other by the scale of its
column. In a scaled column a dot before three digits may be a decimal mark, so that the column
must show its writing.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.ingest.parse.distinct import Mentah
from reviu_lib.ingest.parse.numbers import TERBESAR, Titik, parse_numbers
from reviu_lib.ingest.parse.texts import (
    PECAHAN,
    SEN,
    TERLALU_BESAR,
    Terbaca,
    clean_text,
    map_unique,
)

_BERSATUAN = re.compile(r"(.{1,40}?)\s*(ribu|rb|juta|jt|miliar|milyar|triliun)(?: rupiah)?", re.I)
_KALI = {
    "ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9, "milyar": 10**9,
    "triliun": 10**12,
}  # fmt: skip
_SEN_PER_RUPIAH = 100
_SELISIH = 1e-4  # below this a remainder is the rounding of a binary number, not of a person


def parse_rupiah(raw: Mentah, titik: Titik = "ribuan", *, kali: int = 1) -> Terbaca:
    """Return an Int64 column of whole rupiah with the reason of each cell; cents are rounded."""
    own = map_unique(raw, _own_scale)
    worded = own.map(lambda pair: pair[1] != 0)
    free: Titik = "profil" if titik == "ribuan" else titik
    read = parse_numbers(raw.mask(worded), free if kali != 1 else titik)
    if worded.any():
        bare = own[worded].map(lambda pair: pair[0])
        apart = parse_numbers(bare, free)
        read = Terbaca(
            apart.nilai.reindex(raw.index).where(worded, read.nilai),
            apart.alasan.reindex(raw.index).where(worded, read.alasan),
        )
    factor = own.map(lambda pair: pair[1]).astype("float64").where(worded, float(kali))
    return _whole(read, factor)


def _own_scale(value: Any) -> tuple[Any, int]:
    """Return the cell without its own scale word and that scale; 0 when it has none."""
    if not isinstance(value, str):
        return value, 0
    words = _BERSATUAN.fullmatch(clean_text(value).rstrip(".,- "))
    if words is None or not words[1][-1:].isdigit():
        return value, 0
    return words[1], _KALI[words[2].lower()]


def _whole(read: Terbaca, factor: pd.Series) -> Terbaca:
    """Return whole rupiah: cents are rounded half away from zero, finer fractions are refused."""
    amount = read.nilai * factor
    margin = _SELISIH + amount.abs() * 4 * np.finfo("float64").eps
    rounded = np.sign(amount) * np.floor(amount.abs() + 0.5)
    near = amount.round()
    exact = (amount - near).abs() <= margin
    hundredth = amount * _SEN_PER_RUPIAH
    cents = ~exact & (
        ((hundredth - hundredth.round()).abs() <= margin * _SEN_PER_RUPIAH) | (factor != 1)
    )
    large = amount.abs() > TERBESAR
    bad = amount.notna() & ~exact & ~cents
    values = near.where(exact, rounded).mask(bad | large)
    reasons = read.alasan.mask(bad, PECAHAN).mask(amount.notna() & cents, SEN)
    return Terbaca(values.astype("Int64"), reasons.mask(large, TERLALU_BESAR))
