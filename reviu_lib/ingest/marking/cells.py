"""One raw cell as it may leave ingest: its value, without identity, never as a formula or link.

Columns declared as money or kode keep long runs of digits (a budget code looks like a NIK); in
all others a run of sixteen digits or a telephone number is masked, as text and as number. In a
kode column only what can be no code is masked: sixteen digits that begin with a province and hold
a day and a month, and a mobile number with its 0 (no province and no urusan begins with 0).
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from functools import cache
from typing import Any

from reviu_lib.formatting import is_missing, is_telepon, mask_identity
from reviu_lib.ingest.identity import NamaOrang, mask_text
from reviu_lib.ingest.parse.texts import clean_text
from reviu_lib.reference import load_wilayah

Sel = str | float | date | None
NIK_DISAMARKAN = "[NIK disamarkan]"
TELEPON_DISAMARKAN = "[nomor telepon disamarkan]"
_UANG = frozenset({"rupiah"})
_BERUANG = re.compile(r"[\sRp.,\-()'\u00a0]*(?:\d[\d\s.,\-()'\u00a0]*)?", re.I)
_NIK = re.compile(r"(?<!\d)(\d\d)\d{4}(\d\d)(\d\d)\d{6}(?!\d)")
_ANGKA_NIK = 10**14  # a number from here on may be a NIK, shortened or not
_TELEPON_TEKS = re.compile(r"\+?(?:0|62)8[1-9]\d{7,10}")
_HARI = frozenset([*range(1, 32), *range(41, 72)])  # days of birth, of women plus 40
_BULAN = frozenset(range(1, 13))


def show_cell(value: Any, jenis: str, names: NamaOrang) -> Sel:
    """Return a raw cell of a column of kind `jenis` as it may be shown; None for a blank one.

    `names` are comparable names of children and parents, masked in every text.
    """
    if is_missing(value) or value == "":
        return None
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int | float):
        return _show_number(value, jenis)
    if isinstance(value, datetime | date):
        return value
    if isinstance(value, time):
        return value.isoformat()
    return _show_text(clean_text(str(value)), jenis, names)


def _show_number(value: float, jenis: str) -> Sel:
    if not math.isfinite(value):
        return None
    if jenis in _UANG:
        return value
    if jenis == "kode":
        shown = _mask_code(
            f"{value:.15g}" if abs(value) < _ANGKA_NIK else f"{value:.0f}", frozenset()
        )
        return shown if shown.startswith("[") else value
    if abs(value) >= _ANGKA_NIK:
        return NIK_DISAMARKAN
    return TELEPON_DISAMARKAN if is_telepon(f"{value:.15g}") else value


def _show_text(text: str, jenis: str, names: NamaOrang) -> Sel:
    if jenis in _UANG and _BERUANG.fullmatch(text):
        return text or None
    if jenis == "kode":
        return _mask_code(text, names) or None
    return mask_text(text, names) or None


def _mask_code(text: str, names: NamaOrang) -> str:
    """Return a code as it stands; words beside it, and what can only be a NIK, are masked."""
    if any(char.isalpha() for char in text):
        return mask_text(text, names)
    if _is_nik(text):
        return NIK_DISAMARKAN
    return TELEPON_DISAMARKAN if _TELEPON_TEKS.fullmatch(text) else text


def _is_nik(text: str) -> bool:
    """Return True for sixteen digits that begin with a province and hold a day and a month."""
    return any(
        province in _provinces() and int(day) in _HARI and int(month) in _BULAN
        for province, day, month in _NIK.findall(text)
    )


@cache
def _provinces() -> frozenset[str]:
    return frozenset(load_wilayah().query("tingkat == 'provinsi'")["kode"])


def mask_name(text: str, names: NamaOrang) -> str:
    """Return a name of a file, sheet, or column without identity."""
    return mask_text(clean_text(mask_identity(text)), names)
