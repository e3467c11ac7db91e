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
from reviu_lib.ingest.places.match import is_known_region
from reviu_lib.ingest.tables import Potongan
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


def resolve_wilayah(potongan: Potongan) -> Potongan:
    """Return the sheet with Kemendagri codes in `wilayah`: of the country down to a desa.

    W15: four digits without a dot are a question; W08: no such code; both set rows aside. W17: the
    code of a kabupaten that a law replaced is today's.
    """
    codes = potongan.frame["wilayah"]
    odd = [code for code in codes.dropna().unique() if not is_known_region(code)]
    answers = {code: resolve_kode_kabupaten(code) for code in odd}
    for kode in ("W15", "W08"):
        wrong = {code: guess.rincian for code, guess in answers.items() if guess.temuan == kode}
        rows = potongan.frame["wilayah"].isin(list(wrong))
        words = "; ".join(list(wrong.values())[:5])
        potongan = potongan.drop(kode, rows, kolom="wilayah", nilai=list(wrong), rincian=words)
    moved = {code: guess for code, guess in answers.items() if guess.kode}
    rows = potongan.frame["wilayah"].isin(list(moved))
    words = "; ".join(guess.rincian for guess in moved.values())
    potongan = potongan.tell("W17", rows, kolom="wilayah", nilai=list(moved), rincian=words)
    today = potongan.frame["wilayah"].map(lambda code: moved[code].kode if code in moved else code)
    return potongan.keep(potongan.frame.assign(wilayah=today.astype("string")))
