"""Regions by Kemendagri code: provinsi, kabupaten/kota, kecamatan, desa/kelurahan.

The source is `wilayah.csv.gz` beside this module; `wilayah.toml` says where it comes from. Level,
kind, and parent follow from the code alone, as the decree builds it: PP.KK.CC.DDDD, where the first
digit of the last block tells kelurahan (1), desa (2), and desa adat (3).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import pandas as pd

from reviu_lib.errors import KodeError
from reviu_lib.formatting import mask_identity

KODE_NASIONAL = "00"
_TINGKAT = ("provinsi", "kabupaten", "kecamatan", "desa")
_JENIS_DESA = {"1": "kelurahan", "2": "desa", "3": "desa adat"}


@cache
def load_wilayah() -> pd.DataFrame:
    """Return all regions: `kode, nama, tingkat, jenis, kode_induk`, one row a code, sorted.

    `kode_induk` is missing for a provinsi. The frame is shared: never change it in place.
    """
    # pyarrow would start threads, and notebooks are forked from a process that has read this.
    with as_file(files("reviu_lib").joinpath("reference", "wilayah.csv.gz")) as path:
        frame = pd.read_csv(path, dtype="string", keep_default_na=False, engine="c")
    codes = frame["kode"].tolist()
    levels = [kode.count(".") for kode in codes]
    pairs = zip(codes, frame["nama"].tolist(), levels, strict=True)
    derived = {
        "tingkat": [_TINGKAT[level] for level in levels],
        "jenis": [_kind(*pair) for pair in pairs],
        "kode_induk": [kode.rpartition(".")[0] or None for kode in codes],
    }
    return frame.assign(**pd.DataFrame(derived, dtype="string"))


def _kind(kode: str, nama: str, level: int) -> str:
    """Return `jenis`: as the level, but kota by its name and desa by the digit in its code."""
    if level == 1 and nama.startswith("Kota "):
        return "kota"
    return _JENIS_DESA[kode[9]] if level == len(_TINGKAT) - 1 else _TINGKAT[level]


@cache
def _names() -> dict[str, str]:
    frame = load_wilayah()
    return {KODE_NASIONAL: "Indonesia", **dict(zip(*_codes_and_names(frame), strict=True))}


def _codes_and_names(frame: pd.DataFrame) -> tuple[list[str], list[str]]:
    return frame["kode"].tolist(), frame["nama"].tolist()


def nama_wilayah(kode: str) -> str:
    """Return the official name: `Kabupaten Soppeng`, `Indonesia` for `00`; else KodeError."""
    try:
        return _names()[kode]
    except KeyError:
        raise KodeError(
            f"Kode wilayah '{mask_identity(str(kode))}' tidak dikenal.",
            lakukan="Pakai kode Kemendagri dengan titik, misalnya 12.18 atau 12.18.02.2001.",
        ) from None


def nama_atau_kode(kode: str) -> str:
    """Return the official name, or the code itself where it is none there is."""
    try:
        return nama_wilayah(kode)
    except KodeError:
        return kode


def list_desa(kode_kabupaten: str) -> pd.DataFrame:
    """Return every desa and kelurahan of a kabupaten, sorted by code.

    Columns: `kode_desa, desa, kode_kecamatan, kecamatan, jenis`. KodeError when unknown.
    """
    nama_wilayah(kode_kabupaten)
    frame = load_wilayah()
    inside = frame["kode"].str.startswith(f"{kode_kabupaten}.") & frame["tingkat"].eq("desa")
    desa = frame.loc[inside, ["kode", "nama", "kode_induk", "jenis"]].reset_index(drop=True)
    desa.columns = pd.Index(["kode_desa", "desa", "kode_kecamatan", "jenis"])
    kecamatan = desa["kode_kecamatan"].map(_names().get).astype("string")
    return desa.assign(kecamatan=kecamatan)[
        ["kode_desa", "desa", "kode_kecamatan", "kecamatan", "jenis"]
    ]


@cache
def describe_list(nama: str) -> dict[str, Any]:
    """Return what is noted beside a list of codes (`wilayah`): decree, counts, and source."""
    text = files("reviu_lib").joinpath("reference", f"{nama}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def rujukan_wilayah() -> str:
    """Return the source line of the region codes, with the decree number."""
    return str(describe_list("wilayah")["rujukan"])
