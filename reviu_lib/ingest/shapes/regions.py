"""Which place each row of a published table is, and which rows are totals of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from reviu_lib.ingest.checks import Konteks
from reviu_lib.ingest.layouts.wide import load_kosakata
from reviu_lib.ingest.places import (
    Padanan,
    Tebakan,
    resolve_daftar_kabupaten,
    resolve_kecamatan,
)
from reviu_lib.reference import find_provinsi, nama_wilayah, normalize_nama

# From the smallest to the largest; the first that a table has names its rows.
TINGKAT = ("desa", "puskesmas", "kecamatan", "kabupaten", "provinsi")
_INDUK = {"desa": "kabupaten", "puskesmas": "kabupaten", "kecamatan": "kabupaten"}
_INDUK |= {"kabupaten": "provinsi", "provinsi": "lain"}
_DI_BAWAH = frozenset({"desa", "puskesmas", "kecamatan"})
_AWALAN_JUMLAH = ("jumlah ", "total ")
_BERANGKA = 0.5  # a column of places has words in more than half of its cells


class Letak(NamedTuple):
    """The place of one row: level, name as printed, code, whether a total, and its finding."""

    tingkat: str
    wilayah: str
    kode: str = ""
    jumlah: bool = False
    tebakan: Tebakan = Tebakan()


@dataclass(frozen=True)
class _Nama:
    """The written places of a table, cleaned, by level; `rinci` is the smallest level."""

    kolom: pd.DataFrame
    rinci: str

    @property
    def kecil(self) -> list[str]:
        return list(self.kolom[self.rinci])


def locate_rows(frame: pd.DataFrame, konteks: Konteks) -> pd.Series | None:
    """Return the `Letak` of every row; None when no column names places.

    A puskesmas has the code of its kecamatan where `puskesmas.csv` says so, else none.
    """
    names = _read_names(frame)
    if names is None:
        return None
    if names.rinci == "wilayah":
        names = _guess_level(names)
    places = _locate(names, konteks)
    if names.rinci == "desa" and "kode_desa" in frame:
        codes = frame["kode_desa"].fillna("")
        places = [
            place if place.jumlah else place._replace(kode=code)
            for place, code in zip(places, codes, strict=True)
        ]
    return pd.Series(places, index=frame.index, dtype=object)


def _read_names(frame: pd.DataFrame) -> _Nama | None:
    present = [name for name in (*TINGKAT, "wilayah") if name in frame]
    columns = {name: frame[name].fillna("").map(_clean) for name in present}
    worded = {name: column for name, column in columns.items() if _is_worded(column)}
    if not worded:
        return None
    return _Nama(pd.DataFrame(worded, index=frame.index), next(iter(worded)))


def _clean(text: str) -> str:
    return str(text).strip(" *:").strip()


def _is_worded(column: pd.Series) -> bool:
    words = column.str.contains(r"[A-Za-z]{2}", regex=True)
    return bool(words.mean() > _BERANGKA)


def _guess_level(names: _Nama) -> _Nama:
    """Return a bare column of places as kabupaten or provinsi where most names are such."""
    written = names.kecil
    provinces = sum(bool(find_provinsi(name)) for name in written)
    found = sum(bool(guess.kode or guess.calon) for guess in resolve_daftar_kabupaten(written))
    best = max(("kabupaten", found), ("provinsi", provinces), key=lambda pair: pair[1])
    level = best[0] if best[1] * 2 > len(written) else "lain"
    return _Nama(names.kolom.rename(columns={"wilayah": level}), level)


def _locate(names: _Nama, konteks: Konteks) -> list[Letak]:
    level, kode_kabupaten = names.rinci, konteks.kode_kabupaten
    upper = _upper_names(names)
    shown = [name or above for name, above in zip(names.kecil, upper, strict=True)]
    totals = [_total_level(name, level, kode_kabupaten) for name in shown]
    rest = _locate_level(names, totals, konteks)
    return [
        _total(total, name or above, kode_kabupaten, names) if total else _blank(place, above)
        for place, total, name, above in zip(rest, totals, names.kecil, upper, strict=True)
    ]


def _locate_level(names: _Nama, totals: Sequence[str], konteks: Konteks) -> list[Letak]:
    """Return the place of each row on the smallest level; a total's is decided elsewhere."""
    level, kode = names.rinci, konteks.kode_kabupaten
    if level == "kabupaten":
        return _locate_kabupaten(names, totals, konteks.padanan)
    if level == "provinsi":
        return [Letak(level, name, find_provinsi(name)) for name in names.kecil]
    if level not in {"kecamatan", "puskesmas"} or not kode:
        return [Letak(level, name) for name in names.kecil]
    guesses = [
        resolve_kecamatan(name, kode, padanan=konteks.padanan)
        if level == "kecamatan"
        else konteks.puskesmas.resolve(name)
        for name in names.kecil
    ]
    pairs = zip(names.kecil, guesses, strict=True)
    return [Letak(level, name, guess.kode, tebakan=guess) for name, guess in pairs]


def _upper_names(names: _Nama) -> list[str]:
    """Return the name on the next larger level of each row, "" where there is none."""
    larger = [name for name in names.kolom if name != names.rinci]
    return list(names.kolom[larger[0]]) if larger else [""] * len(names.kolom)


def _blank(place: Letak, above: str) -> Letak:
    """A row whose smallest place is blank is a subtotal of the place above it, if it has one."""
    if place.wilayah:
        return place
    above_level = "kecamatan" if place.tingkat in _DI_BAWAH else "provinsi"
    return Letak(above_level if above else "lain", above, jumlah=True)


def _total_level(name: str, level: str, kode_kabupaten: str) -> str:
    """Return the level that a total row stands for, "" for a row that is no total."""
    bare = normalize_nama(name)
    if bare.startswith("provinsi ") and level != "provinsi":
        return "provinsi"
    if bare in load_kosakata().jumlah.kata or bare.startswith(_AWALAN_JUMLAH):
        return _INDUK.get(level, "lain")
    return "kabupaten" if level in _DI_BAWAH and bare in _own_names(kode_kabupaten) else ""


def _own_names(kode_kabupaten: str) -> set[str]:
    """Return the comparable names of a kabupaten, with and without its kind."""
    own = normalize_nama(nama_wilayah(kode_kabupaten)) if kode_kabupaten else ""
    return {own, own.partition(" ")[2]} - {""}


def _total(level: str, name: str, kode_kabupaten: str, names: _Nama) -> Letak:
    if level == "kabupaten":
        return Letak(level, name, kode_kabupaten, jumlah=True)
    kode = _province_of(names.kecil) if level == "provinsi" else ""
    return Letak(level, name, kode or kode_kabupaten[:2] * (level == "provinsi"), jumlah=True)


def _province_of(written: Sequence[str]) -> str:
    """Return the province that a total row names, "" when none does."""
    named = (name for name in written if normalize_nama(name).startswith("provinsi "))
    return next((kode for name in named if (kode := find_provinsi(name))), "")


def _locate_kabupaten(names: _Nama, totals: Sequence[str], padanan: Padanan) -> list[Letak]:
    written = names.kecil
    provinces = list(names.kolom["provinsi"]) if "provinsi" in names.kolom else ""
    guesses = resolve_daftar_kabupaten(written, provinsi=provinces, padanan=padanan)
    return [
        _as_province(name) or Letak("kabupaten", name, guess.kode, tebakan=guess)
        if not total
        else Letak(total, name)
        for name, guess, total in zip(written, guesses, totals, strict=True)
    ]


def _as_province(name: str) -> Letak | None:
    """A province's bare name in a list of kabupaten is its total row."""
    guess = resolve_daftar_kabupaten([name])[0]
    kode = find_provinsi(name)
    if not kode or guess.kode or guess.calon:
        return None
    return Letak("provinsi", name, kode, jumlah=True)
