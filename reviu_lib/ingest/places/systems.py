"""Three systems of codes that look alike: Kemendagri, BPS, and DJPK; never one for another.

A layout declares the system of a code column. Only Kemendagri codes are read as codes; of the
other two the place is found by its name and province, because 1101 is Simeulue for BPS and
Aceh Selatan for Kemendagri, and 02.24 is Serdang Bedagai for DJPK.
"""

from __future__ import annotations

import re
from typing import Literal

from reviu_lib.ingest.places.guess import Tebakan
from reviu_lib.ingest.places.kabupaten import resolve_kabupaten
from reviu_lib.reference import current_kabupaten, find_kabupaten, kabupaten_names, load_perubahan

SistemKode = Literal["", "kemendagri", "bps", "djpk"]
_TANPA_TITIK = re.compile(r"(\d\d)(\d\d)")
_BERTITIK = re.compile(r"\d\d\.\d\d")


def resolve_kode_kabupaten(
    kode: str, *, sistem: SistemKode = "", nama: str = "", provinsi: str = ""
) -> Tebakan:
    """Return the kabupaten or kota of a row with a code, its name, and its province.

    `sistem` is what the layout declares, "" when it declares nothing. W15: four digits without a
    dot may be either of two systems; W16: code and name contradict each other; W17: the code is
    an old one that a law replaced. Otherwise as `resolve_kabupaten`.
    """
    written = kode.strip()
    if sistem in {"bps", "djpk"} or not written:
        return resolve_kabupaten(nama, provinsi=provinsi)
    joined = _TANPA_TITIK.fullmatch(written)
    if joined and not sistem:
        return Tebakan(temuan="W15", rincian=_two_meanings(f"{joined[1]}.{joined[2]}", nama))
    dotted = f"{joined[1]}.{joined[2]}" if joined else written
    own = current_kabupaten(dotted) if _BERTITIK.fullmatch(dotted) else ""
    if not own:
        return Tebakan(temuan="W08", rincian=written)
    return _agree(dotted, own, nama)


def _two_meanings(kode: str, nama: str) -> str:
    names = kabupaten_names()
    words = f"{kode} adalah {names[kode]} menurut Kemendagri" if kode in names else kode
    return f"{words}, sedangkan tertulis {nama.strip()}" if nama.strip() else words


def _agree(kode: str, own: str, nama: str) -> Tebakan:
    """Return the code when the name, if any, is one of its names."""
    if nama.strip() and own not in {hit.kode for hit in find_kabupaten(nama)}:
        words = f"{kode} adalah {kabupaten_names()[own]}, tertulis {nama.strip()}"
        return Tebakan(temuan="W16", rincian=words)
    if own == kode:
        return Tebakan(own)
    law = load_perubahan()[kode].rujukan
    return Tebakan(own, "W17", f"kode {kode} sekarang {own} {kabupaten_names()[own]} ({law})")
