"""Codes as people type them: accepted when certain, asked back when not.

A code is text. `12.1` may be 12.01 or 12.10 (a spreadsheet drops the zero), and `1201` may be a BPS
code of another kabupaten, so that neither is ever guessed.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

from reviu_lib.errors import KodeError
from reviu_lib.formatting import mask_identity
from reviu_lib.reference.deklarasi import load_perubahan
from reviu_lib.reference.nama import normalize_nama
from reviu_lib.reference.wilayah import load_wilayah

_CUT_SHORT = re.compile(r"(\d\d)\.(\d)")
_WITHOUT_DOT = re.compile(r"(\d\d)(\d\d)")
_HOW = "Tulis kode Kemendagri dua tingkat dengan titik, misalnya 12.18."


@cache
def _kabupaten() -> dict[str, str]:
    frame = load_wilayah()
    rows = frame.loc[frame["tingkat"].eq("kabupaten")]
    return dict(zip(rows["kode"], rows["nama"], strict=True))


def validate_kode_kabupaten(text: str) -> str:
    """Return the kabupaten/kota code `text` names; KodeError with a question when unsure."""
    if not isinstance(text, str):
        shown = mask_identity(repr(text))
        raise KodeError(f"Kode kabupaten harus berupa teks, bukan {shown}.", lakukan=_HOW)
    kode = text.strip()
    if kode in _kabupaten():
        return kode
    # A NIK typed into the cell of the code must not reach a message.
    shown = mask_identity(kode)
    raise KodeError(f"Kode kabupaten '{shown}' tidak dapat dipakai.", lakukan=_question(kode))


def _question(kode: str) -> str:
    """Return what to ask back about an unusable code."""
    if change := load_perubahan().get(kode):
        return (
            f"Kode itu diganti menjadi {change.kode_baru} ({change.nama}) oleh {change.rujukan}. "
            "Pakai kode yang berlaku."
        )
    if cut := _CUT_SHORT.fullmatch(kode):
        both = [f"{cut[1]}.0{cut[2]}", f"{cut[1]}.{cut[2]}0"]
        return (
            f"{_ask([code for code in both if code in _kabupaten()])}Tulis lengkap dengan nolnya."
        )
    if joined := _WITHOUT_DOT.fullmatch(kode):
        return (
            f"{_ask([f'{joined[1]}.{joined[2]}'])}"
            "Tulis dengan titik; kode tanpa titik dapat tertukar dengan kode BPS."
        )
    return f"{_ask(_near(kode))}{_HOW}"


def _ask(codes: list[str]) -> str:
    """Return `Maksudnya 12.01 (…) atau 12.10 (…)? ` for the codes that exist, else nothing."""
    named = [f"{kode} ({_kabupaten()[kode]})" for kode in codes if kode in _kabupaten()]
    return f"Maksudnya {' atau '.join(named)}? " if named else ""


def _near(text: str) -> list[str]:
    """Return up to three codes near `text`: its own kabupaten, else by code, else by name."""
    if text[:5] in _kabupaten():
        return [text[:5]]
    if text[:1].isdigit():
        return get_close_matches(text, _kabupaten(), n=3, cutoff=0.7)
    return _near_by_name(normalize_nama(text))


def _near_by_name(name: str) -> list[str]:
    """Return the codes whose name, with or without Kabupaten/Kota, is or looks like `name`."""
    full = {kode: normalize_nama(nama) for kode, nama in _kabupaten().items()}
    short = {kode: nama.split(" ", 1)[1] for kode, nama in full.items()}
    same = [kode for kode in full if name in {full[kode], short[kode]}]
    if same:
        return same
    close = get_close_matches(name, {*full.values(), *short.values()}, n=3, cutoff=0.7)
    hits = [kode for near in close for kode in full if near in {full[kode], short[kode]}]
    return list(dict.fromkeys(hits))[:3]
