"""Which kabupaten or kota a written name means: all that fit, never a choice among them.

A name is compared after spelling habits are taken away: case, marks, spaces (`S I A K`, Fak Fak),
abbreviations (`Kab.`, `Kep.`, `Adm.`), and the declared other spellings and old names. A prefix
that is written must agree; a bare name fits the kabupaten and the kota of that name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from reviu_lib.reference.deklarasi import NamaKabupaten, load_ejaan, load_perubahan
from reviu_lib.reference.nama import bound_likeness, normalize_nama
from reviu_lib.reference.wilayah import load_wilayah

_JENIS = ("kabupaten", "kota")
_AWALAN_RAPAT = (("kabupaten", "kabupaten"), ("kab", "kabupaten"), ("kota", "kota"))
_CALON = 3
_SKOR_TERENDAH = 0.6


class Calon(NamedTuple):
    """A region that a name may mean: `skor` from 0 to 1, 1 for the same spelling."""

    kode: str
    nama: str
    skor: float


class KabupatenTertulis(NamedTuple):
    """One kabupaten that a written name fits; `lain` is the declared other name, if any."""

    kode: str
    nama: str
    lain: NamaKabupaten | None = None


class _Tafsiran(NamedTuple):
    """One way to understand a written name: its kind, "" when none is written, and the rest."""

    jenis: str
    kunci: str


@cache
def split_kabupaten(nama: str) -> tuple[str, str]:
    """Return ("kabupaten" | "kota" | "", comparable rest of the name)."""
    words = _words(nama)
    if len(words) > 1 and words[0] in _JENIS:
        return words[0], "".join(words[1:])
    return "", "".join(words)


def _words(nama: str) -> list[str]:
    """Return the words of a name in their full forms; `administrasi` never tells places apart."""
    full = load_ejaan().kata
    words = [full.get(word, word) for word in normalize_nama(nama).split()]
    return [word for word in words if word != "administrasi"]


def _readings(nama: str) -> Iterator[_Tafsiran]:
    """Yield the ways to understand a name, the likeliest first: Kota Baru is also Kotabaru."""
    words = _words(nama)
    whole = "".join(words)
    ends = ((0, words[1:]), (-1, words[:-1])) if len(words) > 1 else ()
    kinds = [_Tafsiran(words[at], "".join(rest)) for at, rest in ends if words[at] in _JENIS]
    yield from kinds[:1]
    yield _Tafsiran("", whole)
    yield from kinds[1:]
    if all(len(word) == 1 for word in words):
        yield from _spaced(whole)


def _spaced(whole: str) -> Iterator[_Tafsiran]:
    """Yield what letters written apart mean when a prefix is among them: K A B. S I A K."""
    for prefix, kind in _AWALAN_RAPAT:
        if whole.startswith(prefix):
            yield _Tafsiran(kind, whole[len(prefix) :])


def find_kabupaten(nama: str, *, kode_provinsi: str = "") -> tuple[KabupatenTertulis, ...]:
    """Return every kabupaten or kota that the name fits; official names before declared others.

    With a province only those in it, or in it before a law of `perubahan.toml` moved them. No
    result means unknown, more than one means that the name alone does not tell.
    """
    for reading in _readings(nama):
        for table in (_official(), _others()):
            hits = [
                place
                for kind, place in table.get(reading.kunci, ())
                if reading.jenis in {"", kind}
                and (not kode_provinsi or kode_provinsi in provinces_of(place.kode))
            ]
            if hits:
                return tuple(hits)
    return ()


@cache
def provinces_of(kode_kabupaten: str) -> frozenset[str]:
    """Return the code of the province of a kabupaten, and those it had before."""
    before = {
        change.kode_lama[:2]
        for change in load_perubahan().values()
        if change.kode_baru == kode_kabupaten
    }
    return frozenset({kode_kabupaten[:2], *before})


_Tabel = dict[str, tuple[tuple[str, KabupatenTertulis], ...]]


@cache
def _official() -> _Tabel:
    table: _Tabel = {}
    for kode, nama in kabupaten_names().items():
        kind, key = split_kabupaten(nama)
        table[key] = (*table.get(key, ()), (kind, KabupatenTertulis(kode, nama)))
    return table


@cache
def _others() -> _Tabel:
    table: _Tabel = {}
    for other in load_ejaan().kabupaten:
        place = KabupatenTertulis(other.kode, kabupaten_names()[other.kode], other)
        for alias in other.alias:
            kind, key = split_kabupaten(alias)
            table[key] = (*table.get(key, ()), (kind, place))
    return table


@cache
def kabupaten_names() -> dict[str, str]:
    """Return the official name of every kabupaten and kota by code."""
    frame = load_wilayah()
    rows = frame.loc[frame["tingkat"].eq("kabupaten")]
    return dict(zip(rows["kode"], rows["nama"].str.strip(), strict=True))


def find_provinsi(nama: str) -> str:
    """Return the code of the province that a name or abbreviation means, "" for none."""
    words = [word for word in _words(nama) if word != "provinsi"]
    return _provinces().get("".join(words), "")


@cache
def _provinces() -> dict[str, str]:
    frame = load_wilayah()
    rows = frame.loc[frame["tingkat"].eq("provinsi")]
    official = {
        "".join(_words(nama)): kode for kode, nama in zip(rows["kode"], rows["nama"], strict=True)
    }
    others = {
        "".join(_words(alias)): other.kode
        for other in load_ejaan().provinsi
        for alias in other.alias
    }
    return {**others, **official}


def score(written: str, official: str) -> float:
    """Return how alike two comparable names are: 0 to 1, two decimals."""
    return next(iter(score_all(written, (official,), lowest=0.0)))


def score_all(written: str, official: Iterable[str], *, lowest: float) -> list[float]:
    """Return how alike a name is to each official one; 0 for those below `lowest`.

    Cheap upper bounds are asked first, because a file may hold thousands of unknown names.
    """
    names = tuple(official)
    matcher = SequenceMatcher(None, b=written, autojunk=False)
    bounds = bound_likeness(written, names)
    return [
        _ratio(matcher, name, lowest) if bound >= lowest else 0.0
        for name, bound in zip(names, bounds, strict=True)
    ]


def _ratio(matcher: SequenceMatcher[str], name: str, lowest: float) -> float:
    matcher.set_seq1(name)
    if matcher.real_quick_ratio() < lowest or matcher.quick_ratio() < lowest:
        return 0.0
    exact = matcher.ratio()
    return round(exact, 2) if exact >= lowest else 0.0


def nearest_kabupaten(nama: str, *, kode_provinsi: str = "") -> tuple[Calon, ...]:
    """Return up to three kabupaten or kota with a name like this one, the likest first."""
    kind, key = split_kabupaten(nama)
    places = [
        place
        for listed in _official().values()
        for own_kind, place in listed
        if kind in {"", own_kind}
        and (not kode_provinsi or kode_provinsi in provinces_of(place.kode))
    ]
    names = [split_kabupaten(place.nama)[1] for place in places]
    values = score_all(key, names, lowest=_SKOR_TERENDAH)
    good = [
        Calon(place.kode, place.nama, value)
        for place, value in zip(places, values, strict=True)
        if value
    ]
    return tuple(sorted(good, key=lambda item: (-item.skor, item.kode))[:_CALON])
