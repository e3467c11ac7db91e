"""Desa names and codes become one Kemendagri code, or a question; never a guess.

A code wins over names. Names match exactly after spelling habits are taken away (case, marks,
spaces, the words desa, kelurahan, kecamatan). A name that fits several desa is a galat that
lists them; a name that fits none is listed with the nearest spelling.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from reviu_lib.ingest.parse.distinct import factorize_cells, map_texts
from reviu_lib.ingest.places.guess import Tebakan
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import KODE_NASIONAL, list_desa, load_wilayah, normalize_nama

_AWALAN = re.compile(r"^(?:desa|kelurahan|kel|ds|kecamatan|kec) ")
_TANPA_TITIK = re.compile(r"\d{10}")
_DITAMPILKAN = 5
_SARAN = frozenset({"W01", "W02", "W06"})  # kinds whose particulars are a sentence of their own


@dataclass(frozen=True)
class _Desa:
    kode: str
    desa: str
    kecamatan: str

    @property
    def label(self) -> str:
        return f"{self.desa} (Kecamatan {self.kecamatan}, {self.kode})"


@dataclass(frozen=True)
class _Daftar:
    """The desa of one kabupaten, by code and by comparable names."""

    kode: Mapping[str, _Desa]
    pasangan: Mapping[tuple[str, str], tuple[_Desa, ...]]
    nama: Mapping[str, tuple[_Desa, ...]]


def resolve_desa(potongan: Potongan, kode_kabupaten: str) -> Potongan:
    """Return the sheet with kode_desa, kecamatan, and desa as the reference spells them.

    Rows of another kabupaten, unknown or ambiguous ones are dropped with a galat (W01, W02,
    W03, W05, W07); in an export they stay without a code (W06). A name that contradicts its
    code is W04.
    """
    frame = potongan.frame
    asked = [_text(frame, name) for name in ("kode_desa", "kecamatan", "desa")]
    triples = pd.Series(list(zip(*asked, strict=True)), index=frame.index, dtype=object)
    codes, distinct = factorize_cells(triples)
    answers = [_match(triple, kode_kabupaten) for triple in distinct]
    columns = list(Tebakan._fields)
    found = pd.DataFrame(answers, columns=columns).take(codes).set_axis(frame.index)
    potongan = potongan.keep(_with_names(frame, found["kode"], kode_kabupaten))
    return _report(potongan, found, triples)


def _text(frame: pd.DataFrame, name: str) -> list[str]:
    if name not in frame:
        return [""] * len(frame)
    return list(frame[name].fillna("").to_numpy(dtype=object))


def _with_names(frame: pd.DataFrame, codes: pd.Series, kode_kabupaten: str) -> pd.DataFrame:
    """Return the frame with reference spellings where a code was found."""
    known = _daftar(kode_kabupaten).kode
    good = codes != ""
    named = frame.assign(kode_desa=codes.where(good).astype("string"))
    for name in ("kecamatan", "desa"):
        parts = {kode: getattr(place, name) for kode, place in known.items()}
        spelled = map_texts(codes, parts.get)
        written = frame[name] if name in frame else pd.Series(None, index=frame.index)
        named[name] = spelled.where(good, written).astype("string")
    return named


def _report(potongan: Potongan, found: pd.DataFrame, triples: pd.Series) -> Potongan:
    lenient = potongan.sumber.longgar
    potongan = potongan.tell(
        "W04", found["temuan"] == "W04", rincian=_list(found, "W04"), kolom="kode_desa"
    )
    for kode, kolom in (("W05", "kode_desa"), ("W01", "kode_desa"), ("W02", "desa"),
                        ("W03", "desa"), ("W07", "desa")):  # fmt: skip
        rows = (found["temuan"] == kode).reindex(potongan.frame.index, fill_value=False)
        shown = _shown(triples.loc[rows.index[rows]], kolom)
        told = "W06" if lenient and kode != "W05" else kode
        listed = _list(found, kode)
        hint = f"{listed}." if listed and told in _SARAN else listed
        words = {"kolom": kolom, "nilai": shown, "rincian": hint}
        tell = potongan.tell if told == "W06" else potongan.drop
        potongan = tell(told, rows, **words)
    return potongan


def _shown(triples: pd.Series, kolom: str) -> list[str]:
    """Return the written code, or the written desa with its kecamatan."""
    if kolom == "kode_desa":
        return [triple[0] for triple in triples]
    return [f"{desa} ({kec})" if kec else desa for _, kec, desa in triples]


def _list(found: pd.DataFrame, kode: str) -> str:
    texts = list(dict.fromkeys(found.loc[found["temuan"] == kode, "rincian"]))
    shown = "; ".join(text for text in texts[:_DITAMPILKAN] if text)
    return f"{shown}; dan lainnya" if len(texts) > _DITAMPILKAN else shown


def _match(triple: tuple[str, str, str], kode_kabupaten: str) -> Tebakan:
    kode, kecamatan, desa = triple
    listed = _daftar(kode_kabupaten)
    if not kode:
        return _match_names(kecamatan, desa, listed)
    dotted = normalize_kode_desa(kode)
    if dotted in listed.kode:
        return _check_names(listed.kode[dotted], kecamatan, desa)
    if dotted in _all_codes() or not dotted.startswith(f"{kode_kabupaten}."):
        return Tebakan(temuan="W05")
    by_name = _match_names(kecamatan, desa, listed)
    hint = f"Menurut namanya mungkin {listed.kode[by_name.kode].label}" if by_name.kode else ""
    return Tebakan(temuan="W01", rincian=hint)


def normalize_kode_desa(kode: str) -> str:
    """Return a desa code with its dots: 1218022001 is 12.18.02.2001."""
    if _TANPA_TITIK.fullmatch(kode):
        return f"{kode[:2]}.{kode[2:4]}.{kode[4:6]}.{kode[6:]}"
    return kode


def _check_names(place: _Desa, kecamatan: str, desa: str) -> Tebakan:
    """A written name must be one of the spellings of the coded place."""
    pairs = ((desa, place.desa), (kecamatan, place.kecamatan))
    if all(not written or _keys(written) & _keys(official) for written, official in pairs):
        return Tebakan(place.kode)
    written = f"{desa} ({kecamatan})" if kecamatan else desa
    return Tebakan(place.kode, "W04", f"{place.label}, tertulis {written}")


def _match_names(kecamatan: str, desa: str, listed: _Daftar) -> Tebakan:
    if not desa:
        return Tebakan(temuan="W07")
    found = _candidates(kecamatan, desa, listed)
    if len(found) == 1:
        return Tebakan(found[0].kode)
    if found:
        return Tebakan(temuan="W03", rincian=", ".join(place.label for place in found))
    return Tebakan(temuan="W02", rincian=_suggest(kecamatan, desa, listed))


def _candidates(kecamatan: str, desa: str, listed: _Daftar) -> list[_Desa]:
    """Return the distinct desa that a name fits, the strictest spelling first."""
    for desa_key in _ordered_keys(desa):
        if kecamatan:
            pairs = [(key, desa_key) for key in _ordered_keys(kecamatan)]
            found = [place for pair in pairs for place in listed.pasangan.get(pair, ())]
        else:
            found = list(listed.nama.get(desa_key, ()))
        if found:
            return list(dict.fromkeys(found))
    return []


def _suggest(kecamatan: str, desa: str, listed: _Daftar) -> str:
    """Return the nearest spelling, or where a desa of that name is instead."""
    elsewhere = _candidates("", desa, listed) if kecamatan else []
    if elsewhere:
        return f"{desa} ada sebagai {', '.join(place.label for place in elsewhere)}"
    key = _ordered_keys(desa)[-1]
    near = difflib.get_close_matches(key, listed.nama, n=1, cutoff=0.75)
    return f"{desa}: mungkin {listed.nama[near[0]][0].label}" if near else ""


def _ordered_keys(name: str) -> tuple[str, ...]:
    """Return comparable forms: as written, without prefix, and without spaces."""
    full = normalize_nama(name)
    bare = _AWALAN.sub("", full)
    forms = (full, bare, full.replace(" ", ""), bare.replace(" ", ""))
    return tuple(dict.fromkeys(forms))


def _keys(name: str) -> set[str]:
    return set(_ordered_keys(name))


@cache
def _daftar(kode_kabupaten: str) -> _Daftar:
    frame = list_desa(kode_kabupaten)
    places = [
        _Desa(kode, desa, kecamatan)
        for kode, desa, kecamatan in zip(
            frame["kode_desa"], frame["desa"], frame["kecamatan"], strict=True
        )
    ]
    pairs: dict[tuple[str, str], tuple[_Desa, ...]] = {}
    names: dict[str, tuple[_Desa, ...]] = {}
    for place in places:
        for key in _official_keys(place.desa):
            names[key] = (*names.get(key, ()), place)
            for kec in _official_keys(place.kecamatan):
                pairs[kec, key] = (*pairs.get((kec, key), ()), place)
    return _Daftar({place.kode: place for place in places}, pairs, names)


def _official_keys(name: str) -> tuple[str, ...]:
    full = normalize_nama(name)
    return tuple(dict.fromkeys((full, full.replace(" ", ""))))


@cache
def _all_codes() -> frozenset[str]:
    return frozenset(load_wilayah()["kode"])


def is_known_region(kode: str) -> bool:
    """Return True for 00 and every code of the reference."""
    return kode == KODE_NASIONAL or kode in _all_codes()
