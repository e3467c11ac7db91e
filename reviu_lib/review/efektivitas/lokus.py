"""Where an activity was carried out, as its text says: one kecamatan, or named desa."""

from __future__ import annotations

import re

import pandas as pd

from reviu_lib.reference import normalize_nama
from reviu_lib.review.konteks import Konteks

_PISAH = re.compile(r"\s*[;,\n]\s*|\s+dan\s+")
_SEBUTAN_KECAMATAN = re.compile(r"^(?:kecamatan|kec) ")
_SEBUTAN = re.compile(r"^(?:desa|kelurahan|kel) ")


def find_wilayah(lokasi: pd.Series, konteks: Konteks) -> pd.Series:
    """Return per activity the kecamatan that `lokasi` names alone, else the kabupaten."""
    places = konteks.desa.drop_duplicates("kode_kecamatan")
    names = zip(places["kecamatan"], places["kode_kecamatan"], strict=True)
    codes = {_read_kecamatan(name): kode for name, kode in names}
    found = {text: codes.get(_read_kecamatan(text)) for text in lokasi.dropna().unique()}
    return lokasi.map(found).astype("string").fillna(konteks.bahan.kode_kabupaten)


def _read_kecamatan(text: str) -> str:
    return _SEBUTAN_KECAMATAN.sub("", normalize_nama(text))


def count_lokus_terjangkau(lokasi: pd.Series, konteks: Konteks) -> pd.Series:
    """Return per activity how many of the year's focus desa `lokasi` names.

    Missing when there is no list of the year, and when any part of the text is not one desa beyond
    doubt: a kecamatan, an unknown name, or a name that several desa bear.
    """
    lokus = konteks.bahan.lokus
    focus = set(lokus.loc[lokus["tahun"] == konteks.bahan.tahun, "kode_desa"])
    if not focus:
        return pd.Series(float("nan"), index=lokasi.index)
    known = _read_names(konteks)
    counts = {text: _count(text, known, focus) for text in lokasi.dropna().unique()}
    return lokasi.map(counts).astype("float64")


def _read_names(konteks: Konteks) -> dict[str, str]:
    """Return the code of each name that means one desa; a bare kecamatan name means none."""
    desa = konteks.desa.assign(kunci=[normalize_nama(name) for name in konteks.desa["desa"]])
    single = desa[~desa["kunci"].duplicated(keep=False)]
    codes = dict(zip(single["kunci"], single["kode_desa"], strict=True))
    kecamatan = {_read_kecamatan(name) for name in desa["kecamatan"].unique()}
    bare = {name: kode for name, kode in codes.items() if name not in kecamatan}
    titled = {f"desa {name}": kode for name, kode in codes.items()}
    return bare | titled


def _count(text: str, known: dict[str, str], focus: set[str]) -> float:
    parts = [normalize_nama(part) for part in _PISAH.split(text.strip())]
    codes = [known.get(_SEBUTAN.sub("desa ", part)) for part in parts if part]
    if not codes or None in codes:
        return float("nan")
    return float(len(focus.intersection(codes)))
