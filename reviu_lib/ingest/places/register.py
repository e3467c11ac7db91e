"""The desa of one kabupaten by code and by comparable names, and what makes names comparable.

The declared rules, the strictest first: as written; without the words before a name (desa,
kelurahan, kecamatan); without spaces; and at last with Roman numerals as Arabic ones, where only
one desa fits. Nothing else decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from reviu_lib.reference import Calon, list_desa, load_ejaan, normalize_nama, score_all

_ROMAWI = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_NILAI_ROMAWI = {"i": 1, "v": 5, "x": 10, "iv": 4, "ix": 9}
_CALON = 3
_SKOR_TERENDAH = 0.6


@dataclass(frozen=True)
class Desa:
    """One desa or kelurahan with its kecamatan."""

    kode: str
    desa: str
    kecamatan: str

    @property
    def label(self) -> str:
        """The place as a message names it."""
        return f"{self.desa} (Kecamatan {self.kecamatan}, {self.kode})"


@dataclass(frozen=True)
class Register:
    """The desa of one kabupaten, by code and by comparable names."""

    kode: Mapping[str, Desa]
    pasangan: Mapping[tuple[str, str], tuple[Desa, ...]]
    nama: Mapping[str, tuple[Desa, ...]]
    angka: Mapping[str, tuple[Desa, ...]]

    @cached_property
    def rapat(self) -> tuple[str, ...]:
        """The names of all desa without spaces and marks, in the order of `kode`."""
        return tuple(_compact(place.desa) for place in self.kode.values())

    def find(self, kecamatan: str, desa: str) -> list[Desa]:
        """Return the distinct desa that a name fits, the strictest spelling first."""
        for desa_key in list_keys(desa):
            if kecamatan:
                pairs = [(key, desa_key) for key in list_keys(kecamatan)]
                found = [place for pair in pairs for place in self.pasangan.get(pair, ())]
            else:
                found = list(self.nama.get(desa_key, ()))
            if found:
                return list(dict.fromkeys(found))
        return []

    def find_by_numeral(self, kecamatan: str, desa: str) -> list[Desa]:
        """Return the distinct desa whose name is the same once numerals are written alike."""
        found = self.angka.get(_numeral_key(_bare(desa)), ())
        inside = [p for p in found if not kecamatan or are_same(kecamatan, p.kecamatan)]
        return list(dict.fromkeys(inside))

    def nearest(self, kecamatan: str, desa: str) -> tuple[Calon, ...]:
        """Return up to three desa with a name like this one, those of the kecamatan first."""
        places = list(self.kode.values())
        values = score_all(_compact(_bare(desa)), self.rapat, lowest=_SKOR_TERENDAH)
        scored = [
            (are_same(kecamatan, place.kecamatan), Calon(place.kode, place.desa, value))
            for place, value in zip(places, values, strict=True)
            if value
        ]
        ranked = sorted(scored, key=lambda item: (-item[1].skor, not item[0], item[1].kode))
        return tuple(item for _, item in ranked[:_CALON])


def _compact(name: str) -> str:
    return normalize_nama(name).replace(" ", "")


def _bare(name: str) -> str:
    """Return the plain name without the word before it."""
    plain = normalize_nama(name)
    first, _, rest = plain.partition(" ")
    return rest if rest and first in load_ejaan().desa.awalan else plain


def list_keys(name: str) -> tuple[str, ...]:
    """Return comparable forms: as written, without prefix, and without spaces."""
    full, bare = normalize_nama(name), _bare(name)
    forms = (full, bare, full.replace(" ", ""), bare.replace(" ", ""))
    return tuple(dict.fromkeys(forms))


def are_same(written: str, official: str) -> bool:
    """Return whether a written name is a spelling of an official one."""
    return bool(set(list_keys(written)) & set(list_keys(official)))


def _numeral_key(name: str) -> str:
    """Return a name with its numerals marked: `melati i`, `Melati 1`, and `MELATI 01` agree."""
    return "".join(_numerals(normalize_nama(name)))


def _numerals(plain: str) -> Iterator[str]:
    for word in plain.split():
        roman = _ROMAWI.fullmatch(word)
        if word.isdecimal():
            yield f"#{int(word)}"
        elif roman and word:
            yield f"#{_roman_value(roman)}"
        else:
            yield word


def _roman_value(found: re.Match[str]) -> int:
    tens, ones = found.groups()
    unit = _NILAI_ROMAWI.get(ones) or sum(_NILAI_ROMAWI[letter] for letter in ones)
    return 10 * len(tens) + unit


@cache
def load_register(kode_kabupaten: str) -> Register:
    """Return the desa of a kabupaten; KodeError when its code is unknown."""
    frame = list_desa(kode_kabupaten)
    rows = zip(frame["kode_desa"], frame["desa"], frame["kecamatan"], strict=True)
    places = [Desa(*row) for row in rows]
    pairs: dict[tuple[str, str], tuple[Desa, ...]] = {}
    names: dict[str, tuple[Desa, ...]] = {}
    numerals: dict[str, tuple[Desa, ...]] = {}
    for place in places:
        key = _numeral_key(place.desa)
        numerals[key] = (*numerals.get(key, ()), place)
        for key in _official_keys(place.desa):
            names[key] = (*names.get(key, ()), place)
            for kec in _official_keys(place.kecamatan):
                pairs[kec, key] = (*pairs.get((kec, key), ()), place)
    return Register({place.kode: place for place in places}, pairs, names, numerals)


def _official_keys(name: str) -> tuple[str, ...]:
    full = normalize_nama(name)
    return tuple(dict.fromkeys((full, full.replace(" ", ""))))
