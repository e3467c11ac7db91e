"""Where an activity was planned or carried out, as its text says: desa, kecamatan, or everywhere.

A part of the text stands for the desa it can mean: one desa beyond doubt, all desa of a kecamatan
or of the kabupaten, or several desa that bear one name. What no name explains stands for none.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from reviu_lib.reference import normalize_nama
from reviu_lib.review.konteks import Konteks, once

MENYEBUT = "menyebut desa lokus"
MEMUAT = "wilayah yang memuat lokus"
DI_LUAR = "di luar lokus"
BELUM_DIKENALI = "lokasi belum dikenali"
TANPA_LOKASI = "lokasi tidak dinyatakan"
_PISAH = re.compile(r"\s*[;,\n]\s*|\s+dan\s+")
_SEBUTAN_KECAMATAN = re.compile(r"^(?:kecamatan|kec) ")
_SEBUTAN_DI_DALAM = re.compile(r"(?<= )(?:kecamatan|kec) ")
_SEBUTAN = re.compile(r"^(?:kelurahan|kel) ")
_SELURUH = re.compile(
    r"(?:seluruh|semua|se|tingkat)(?: (?:wilayah|kabupaten|kota|kecamatan|desa|kelurahan))+|"
    r"sekabupaten"
)
_DESA_LOKUS = re.compile(r"(?<!non )(?<!bukan )(?<!luar )\blokus\b")


def find_wilayah(lokasi: pd.Series, konteks: Konteks) -> pd.Series:
    """Return per activity the kecamatan that `lokasi` names alone, else the kabupaten."""
    places = konteks.desa.dropna(subset=["kecamatan"]).drop_duplicates("kode_kecamatan")
    names = zip(places["kecamatan"], places["kode_kecamatan"], strict=True)
    codes = {_read_kecamatan(name): kode for name, kode in names}
    found = {text: codes.get(_read_kecamatan(text)) for text in lokasi.dropna().unique()}
    return lokasi.map(found).astype("string").fillna(konteks.bahan.kode_kabupaten)


def count_lokus_terjangkau(lokasi: pd.Series, konteks: Konteks) -> pd.Series:
    """Return per activity how many of the year's focus desa `lokasi` names.

    Missing when there is no list of the year, and when any part of the text is not one desa beyond
    doubt: a kecamatan, an unknown name, or a name that several desa bear.
    """
    focus = konteks.lokus
    if not focus:
        return pd.Series(float("nan"), index=lokasi.index)
    counts = [
        float(len(codes & focus)) if codes else np.nan for codes in find_desa(lokasi, konteks)
    ]
    return pd.Series(counts, index=lokasi.index, dtype="float64")


def find_desa(lokasi: pd.Series, konteks: Konteks) -> list[frozenset[str]]:
    """Return per activity the desa that `lokasi` names; none unless every part is one desa."""
    known = _list_places(konteks)
    found = {text: _sure(_read(text, known)) for text in lokasi.dropna().unique()}
    return [found.get(text, frozenset()) for text in lokasi.astype("object")]


def list_jangkauan(konteks: Konteks) -> pd.DataFrame:
    """Return which activity touches which desa: id_kegiatan, kode_desa, saat, lingkup.

    `saat` is rencana or realisasi, the column of the place; `lingkup` is desa when the text names
    the desa beyond doubt, kecamatan or kabupaten when it names what holds it. A part that could
    mean several desa of one name touches none.
    """
    known, plan = _list_places(konteks), konteks.bahan.kegiatan
    rows = [
        (kegiatan, kode, saat, lingkup)
        for saat in ("rencana", "realisasi")
        for kegiatan, text in plan[["id_kegiatan", f"lokasi_{saat}"]]
        .dropna()
        .itertuples(index=False)
        for codes in _read(text, known)
        for lingkup in _scope(codes, known[""])
        for kode in codes
    ]
    columns = ["id_kegiatan", "kode_desa", "saat", "lingkup"]
    return pd.DataFrame(list(dict.fromkeys(rows)), columns=columns, dtype="string")


def _scope(codes: frozenset[str], everywhere: frozenset[str]) -> list[str]:
    """Return what a part of a text names, [] when it is not known or not certain."""
    if not codes:
        return []
    if codes == everywhere:
        return ["kabupaten"]
    if len(codes) == 1:
        return ["desa"]
    return ["kecamatan"] if len({kode.rpartition(".")[0] for kode in codes}) == 1 else []


def classify_lokus(lokasi: pd.Series, konteks: Konteks) -> pd.Series:
    """Return per activity how `lokasi` touches the year's focus desa; missing without a list.

    MENYEBUT: a focus desa is named beyond doubt. MEMUAT: a kecamatan, the whole kabupaten, or a
    name of several desa holds one. DI_LUAR: every part is known and none holds one.
    BELUM_DIKENALI: a part is not known. TANPA_LOKASI: no text.
    """
    focus = konteks.lokus
    if not focus:
        return pd.Series(pd.NA, index=lokasi.index, dtype="string")
    known = _list_places(konteks)
    words = {text: _touch(text, known, focus) for text in lokasi.dropna().unique()}
    return lokasi.map(words).astype("string").fillna(TANPA_LOKASI)


def _read_kecamatan(text: str) -> str:
    return _SEBUTAN_KECAMATAN.sub("", normalize_nama(text))


@once
def _list_places(konteks: Konteks) -> dict[str, frozenset[str]]:
    """Return the desa that each name can mean, kecamatan and the whole kabupaten included."""
    named = konteks.desa.dropna(subset=["desa", "kecamatan"])  # a code may come without a name
    desa = named["desa"].map(normalize_nama)
    kecamatan = named["kecamatan"].map(_read_kecamatan)
    full = desa + " " + kecamatan
    names = [desa, full, "desa " + desa, "desa " + full, kecamatan, "kecamatan " + kecamatan]
    pairs = zip(np.concatenate(names), np.tile(named["kode_desa"], len(names)), strict=True)
    places: dict[str, set[str]] = {"": set(konteks.desa["kode_desa"])}
    places[normalize_nama(konteks.bahan.nama)] = places[""]
    for name, kode in pairs:
        places.setdefault(name, set()).add(kode)
    return {name: frozenset(codes) for name, codes in places.items()}


def _read(text: str, known: dict[str, frozenset[str]]) -> list[frozenset[str]]:
    """Return for each part of the text the desa it can mean; empty for an unknown name."""
    parts = [normalize_nama(part) for part in _PISAH.split(text.strip())]
    return [known.get(_key(part), frozenset()) for part in parts if part]


def _key(part: str) -> str:
    """Return the name under which `_list_places` holds a part; "" for the whole kabupaten."""
    if _SELURUH.fullmatch(part):
        return ""
    part = _SEBUTAN_DI_DALAM.sub("", _SEBUTAN.sub("desa ", part))
    return _SEBUTAN_KECAMATAN.sub("kecamatan ", part)


def _sure(parts: list[frozenset[str]]) -> frozenset[str]:
    """Return the desa of all parts, none where one of them is not one desa beyond doubt."""
    if any(len(codes) != 1 for codes in parts):
        return frozenset()
    return frozenset().union(*parts)


def _touch(text: str, known: dict[str, frozenset[str]], focus: frozenset[str]) -> str:
    parts = _read(text, known)
    if not parts:
        return TANPA_LOKASI
    named = any(len(codes) == 1 and codes <= focus for codes in parts)
    if named or _DESA_LOKUS.search(normalize_nama(text)):
        return MENYEBUT
    if any(codes & focus for codes in parts):
        return MEMUAT
    return DI_LUAR if all(parts) else BELUM_DIKENALI
