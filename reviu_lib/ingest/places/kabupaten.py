"""Names of kabupaten and kota in files of a whole province or country: a code or a question.

The bare name of the 26 pairs of kabupaten and kota is a question, unless the province, the heading
of the column, or the list itself makes it plain: a list that holds Kota Kupang and Kupang means the
kabupaten with the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from reviu_lib.errors import KodeError
from reviu_lib.ingest.findings import Tempat, Temuan, note
from reviu_lib.ingest.places.guess import Tebakan, list_choices
from reviu_lib.ingest.places.padanan import TANPA_PADANAN, Padanan, propose
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import (
    Calon,
    KabupatenTertulis,
    find_kabupaten,
    find_provinsi,
    kabupaten_names,
    nama_wilayah,
    nearest_kabupaten,
    split_kabupaten,
)

Jenis = Literal["", "kabupaten", "kota"]
_DITAMPILKAN = 5
_DICATAT = ("W17", "W18", "W21", "W23", "W25")
_DITOLAK = ("W10", "W11", "W12")
_SARAN = frozenset({"W10", "W25"})  # their particulars are a sentence of their own


def resolve_kabupaten(nama: str, *, provinsi: str = "", jenis: Jenis = "") -> Tebakan:
    """Return the kabupaten or kota a name means; `jenis` is what the column's heading says.

    W10 unknown, W11 kabupaten or kota, W12 not in that province. W17 comes with a code: the
    name is an old one.
    """
    kode_provinsi = find_provinsi(provinsi)
    if provinsi.strip() and not kode_provinsi:
        return Tebakan(temuan="W12", rincian=f"provinsi {provinsi.strip()} tidak dikenal")
    hits = find_kabupaten(nama, kode_provinsi=kode_provinsi)
    if len(hits) > 1 and jenis:
        hits = tuple(hit for hit in hits if split_kabupaten(hit.nama)[0] == jenis)
    if not hits:
        return _unknown(nama, kode_provinsi)
    return _found(nama, hits[0]) if len(hits) == 1 else _ask(nama, hits)


def _ask(nama: str, hits: Sequence[KabupatenTertulis]) -> Tebakan:
    pair = tuple(Calon(hit.kode, hit.nama, 1.0) for hit in hits)
    return Tebakan(temuan="W11", rincian=f"{nama.strip()}: {list_choices(pair)}", calon=pair)


def _found(nama: str, hit: KabupatenTertulis) -> Tebakan:
    if hit.lain is None or hit.lain.jenis != "nama lama":
        return Tebakan(hit.kode)
    words = f"{nama.strip()} sekarang {hit.nama} ({hit.lain.rujukan})"
    return Tebakan(hit.kode, "W17", words)


def _unknown(nama: str, kode_provinsi: str) -> Tebakan:
    near = nearest_kabupaten(nama, kode_provinsi=kode_provinsi)
    elsewhere = find_kabupaten(nama) if kode_provinsi else ()
    if elsewhere:
        places = tuple(Calon(hit.kode, hit.nama, 1.0) for hit in elsewhere)
        words = f"{nama.strip()} bukan bagian {nama_wilayah(kode_provinsi)}"
        return Tebakan(temuan="W12", rincian=f"{words}; ada {list_choices(places)}", calon=near)
    hint = f"{nama.strip()}: mungkin {list_choices(near)}" if near else nama.strip()
    return Tebakan(temuan="W10", rincian=hint, calon=near)


def resolve_daftar_kabupaten(
    nama: Sequence[str],
    *,
    provinsi: Sequence[str] | str = "",
    jenis: Jenis = "",
    padanan: Padanan = TANPA_PADANAN,
) -> list[Tebakan]:
    """Return the answer for every name of one column, the list itself taken as context.

    A bare name of a pair is the partner that the list does not hold with its prefix (W23); when
    the list holds neither or both with a prefix it stays a question, unless the reviewed mapping
    accepts a kabupaten for it (W18).
    """
    provinces = [provinsi] * len(nama) if isinstance(provinsi, str) else list(provinsi)
    alone = [
        resolve_kabupaten(name, provinsi=province, jenis=jenis)
        for name, province in zip(nama, provinces, strict=True)
    ]
    held = {
        guess.kode
        for name, guess in zip(nama, alone, strict=True)
        if guess.kode and split_kabupaten(name)[0]
    }
    told = [_by_list(name, guess, held) for name, guess in zip(nama, alone, strict=True)]
    return [_by_mapping(name, guess, padanan) for name, guess in zip(nama, told, strict=True)]


def tell_places(potongan: Potongan, guesses: pd.Series, *, kolom: str) -> Potongan:
    """Return the sheet without the rows whose kabupaten stays open, everything told.

    `guesses` holds the (written name, Tebakan) of each line of the file, by its number; a line may
    be several rows; `kolom` holds the names. W10, W11, and W12 set lines aside; W17, W18, W21,
    W23, and W25 are told; W24 carries the proposals.
    """
    kinds = guesses.map(lambda pair: pair[1].temuan)
    place = potongan.tempat.at(kolom)
    told = [_tell(kode, guesses[kinds == kode], place) for kode in _DICATAT if any(kinds == kode)]
    for kode in _DITOLAK:
        lines = guesses[kinds == kode]
        if len(lines):
            told.append(_tell(kode, lines, place))
            rest = potongan.frame.loc[~potongan.frame.index.isin(lines.index)]
            potongan = potongan.book(kode, len(lines)).keep(rest)
    proposed = propose({(name, ""): guess for name, guess in guesses}, place)
    return potongan.keep(potongan.frame, *told, *([proposed] if proposed else []))


def _tell(kode: str, lines: pd.Series, place: Tempat) -> Temuan:
    """Return one finding; names and particulars as far as they are needed."""
    texts = list(dict.fromkeys(guess.rincian for _, guess in lines))
    more = "; dan lainnya" if len(texts) > _DITAMPILKAN else ""
    words = "; ".join(texts[:_DITAMPILKAN]) + more
    closed = f"{words}." if kode in _SARAN else words
    return note(kode, place, baris=lines.index, nilai=[name for name, _ in lines], rincian=closed)


def _by_list(nama: str, guess: Tebakan, held: set[str]) -> Tebakan:
    left = [item for item in guess.calon if item.kode not in held]
    if guess.temuan != "W11" or len(left) != 1 or len(guess.calon) != len(left) + 1:
        return guess
    return Tebakan(left[0].kode, "W23", f"{nama.strip()} dibaca {left[0].nama} ({left[0].kode})")


def _by_mapping(nama: str, guess: Tebakan, padanan: Padanan) -> Tebakan:
    kode = "" if guess.kode else padanan.find(nama)
    official = kabupaten_names().get(kode, "")
    return Tebakan(kode, "W18", f"{nama.strip()} → {official} ({kode})") if official else guess


@dataclass(frozen=True)
class NamaKabupaten:
    """Whether written kabupaten names are the one asked for, and which lack a needed prefix."""

    cocok: frozenset[str]
    tanpa_awalan: frozenset[str]


def match_kabupaten(names: Iterable[str], kode_kabupaten: str) -> NamaKabupaten:
    """Return which of the written names mean this kabupaten; bare homonyms are told apart."""
    if kode_kabupaten not in kabupaten_names():
        raise KodeError(f"Kode kabupaten {kode_kabupaten} tidak dikenal.")
    good, doubtful = set(), set()
    for written in names:
        codes = [hit.kode for hit in find_kabupaten(written)]
        if kode_kabupaten in codes:
            good.add(written)
            doubtful |= {written} if len(codes) > 1 else set()
    return NamaKabupaten(frozenset(good), frozenset(doubtful))
