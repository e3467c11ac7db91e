"""One written desa (code, kecamatan, name) is one Kemendagri code, or a question; never a guess.

A code wins over names. Names match after the declared rules of `register`; a name that fits several
desa lists them, one that fits none comes with the nearest. A code of an older list is replaced only
where the written names are the old code's own and mean exactly one desa of today.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from reviu_lib.ingest.places.guess import Tebakan
from reviu_lib.ingest.places.padanan import Padanan
from reviu_lib.ingest.places.register import Desa, Register, are_same, load_register
from reviu_lib.reference import (
    KODE_NASIONAL,
    Calon,
    current_kabupaten,
    describe_terdahulu,
    is_former,
    list_successors,
    load_terdahulu,
    load_wilayah,
)

_TANPA_TITIK = re.compile(r"\d{10}")


class Tertulis(NamedTuple):
    """What a row says about its desa."""

    kode: str
    kecamatan: str
    desa: str

    @property
    def nama(self) -> str:
        """The name to propose a mapping for: the desa, or the code where no name is written."""
        return self.desa or self.kode


def match_desa(written: Tertulis, kode_kabupaten: str, padanan: Padanan) -> Tebakan:
    """Return the desa of a row: its own code or name, else what the reviewed mapping accepts."""
    register = load_register(kode_kabupaten)
    guess = _match(written, kode_kabupaten, register)
    if guess.kode or guess.temuan == "W05":
        return guess
    accepted = padanan.find(written.nama, written.kecamatan)
    if accepted in register.kode:
        return Tebakan(accepted, "W18", f"{written.nama} → {register.kode[accepted].label}")
    return guess


def _match(written: Tertulis, kode_kabupaten: str, register: Register) -> Tebakan:
    if not written.kode:
        return _match_names(written, register)
    dotted = normalize_kode_desa(written.kode)
    if dotted in register.kode:
        return _check_names(register.kode[dotted], written)
    if is_former(dotted) and current_kabupaten(dotted) == kode_kabupaten:
        return _match_former(dotted, written, register)
    if dotted in _all_codes() or not dotted.startswith(f"{kode_kabupaten}."):
        return Tebakan(temuan="W05")
    by_name = _match_names(written, register)
    if not by_name.kode:
        return Tebakan(temuan="W01", calon=by_name.calon)
    place = register.kode[by_name.kode]
    hint = f"Menurut namanya mungkin {place.label}"
    return Tebakan(temuan="W01", rincian=hint, calon=(Calon(place.kode, place.desa, 1.0),))


def _match_former(kode: str, written: Tertulis, register: Register) -> Tebakan:
    """Return today's desa when code and names agree on it (W14), else W13 with the likely one."""
    former = load_terdahulu()
    own = are_same(written.desa, former[kode]) if written.desa else False
    by_name = _match_names(written, register) if own and written.kecamatan else Tebakan()
    if by_name.kode and by_name.temuan == "":
        place = register.kode[by_name.kode]
        words = f"{kode} ({describe_terdahulu()['rujukan']}) sekarang {place.label}"
        return Tebakan(place.kode, "W14", words)
    likely = list_successors(kode)
    labels = " atau ".join(register.kode[item.kode].label for item in likely[:1])
    hint = f"{kode} dulu {former[kode]}; sekarang mungkin {labels}" if likely else ""
    return Tebakan(temuan="W13", rincian=hint, calon=likely)


def normalize_kode_desa(kode: str) -> str:
    """Return a desa code with its dots: 1218022001 is 12.18.02.2001."""
    if _TANPA_TITIK.fullmatch(kode):
        return f"{kode[:2]}.{kode[2:4]}.{kode[4:6]}.{kode[6:]}"
    return kode


def _check_names(place: Desa, written: Tertulis) -> Tebakan:
    """A written name must be one of the spellings of the coded place."""
    pairs = ((written.desa, place.desa), (written.kecamatan, place.kecamatan))
    if all(not name or are_same(name, official) for name, official in pairs):
        return Tebakan(place.kode)
    shown = f"{written.desa} ({written.kecamatan})" if written.kecamatan else written.desa
    return Tebakan(place.kode, "W04", f"{place.label}, tertulis {shown}")


def _match_names(written: Tertulis, register: Register) -> Tebakan:
    if not written.desa:
        return Tebakan(temuan="W07")
    found = register.find(written.kecamatan, written.desa)
    if len(found) == 1:
        return Tebakan(found[0].kode)
    if not found:
        found = register.find_by_numeral(written.kecamatan, written.desa)
        if len(found) == 1:
            return Tebakan(found[0].kode, "W20", f"{written.desa} dibaca {found[0].label}")
    if found:
        listed = ", ".join(place.label for place in found)
        return Tebakan(temuan="W03", rincian=listed, calon=_as_candidates(found))
    return _suggest(written, register)


def _as_candidates(found: list[Desa]) -> tuple[Calon, ...]:
    return tuple(Calon(place.kode, place.desa, 1.0) for place in found)


def _suggest(written: Tertulis, register: Register) -> Tebakan:
    """Return W02 with the nearest spelling, or where a desa of that name is instead."""
    elsewhere = register.find("", written.desa) if written.kecamatan else []
    if elsewhere:
        labels = ", ".join(place.label for place in elsewhere)
        words = f"{written.desa} ada sebagai {labels}"
        return Tebakan(temuan="W02", rincian=words, calon=_as_candidates(elsewhere))
    near = register.nearest(written.kecamatan, written.desa)
    hint = f"{written.desa}: mungkin {register.kode[near[0].kode].label}" if near else ""
    return Tebakan(temuan="W02", rincian=hint, calon=near)


@cache
def _all_codes() -> frozenset[str]:
    return frozenset(load_wilayah()["kode"])


def is_known_region(kode: str) -> bool:
    """Return True for 00 and every code of the reference."""
    return kode == KODE_NASIONAL or kode in _all_codes()
