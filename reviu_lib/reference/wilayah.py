"""Regions by Kemendagri code: provinsi, kabupaten/kota, kecamatan, desa/kelurahan.

The source is `wilayah.csv.gz` beside this module; `wilayah.toml` says where it comes from. Level,
kind, and parent follow from the code alone, as the decree builds it: PP.KK.CC.DDDD, where the first
digit of the last block tells kelurahan (1), desa (2), and desa adat (3).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import as_file, files

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
    with as_file(files("reviu_lib").joinpath("reference", "wilayah.csv.gz")) as path:
        frame = pd.read_csv(path, dtype="string", keep_default_na=False)
    dots = frame["kode"].str.count(r"\.")
    parents = frame["kode"].str.rpartition(".")[0]
    return frame.assign(
        tingkat=dots.map(dict(enumerate(_TINGKAT))).astype("string"),
        jenis=_kinds(frame, dots),
        kode_induk=parents.mask(dots.eq(0)),
    )


def _kinds(frame: pd.DataFrame, dots: pd.Series) -> pd.Series:
    """Return `jenis`: as the level, but kota by its name and desa by the digit in its code."""
    kinds = dots.map(dict(enumerate(_TINGKAT))).astype("string")
    is_kota = dots.eq(1) & frame["nama"].str.startswith("Kota ")
    last_block = frame["kode"].str.slice(9, 10).map(_JENIS_DESA).astype("string")
    return kinds.mask(is_kota, "kota").mask(dots.eq(3), last_block)


@cache
def _names() -> dict[str, str]:
    frame = load_wilayah()
    return {KODE_NASIONAL: "Indonesia", **dict(zip(frame["kode"], frame["nama"], strict=True))}


def nama_wilayah(kode: str) -> str:
    """Return the official name: `Kabupaten Soppeng`, `Indonesia` for `00`; else KodeError."""
    try:
        return _names()[kode]
    except KeyError:
        raise KodeError(
            f"Kode wilayah '{mask_identity(str(kode))}' tidak dikenal.",
            lakukan="Pakai kode Kemendagri dengan titik, misalnya 12.18 atau 12.18.02.2001.",
        ) from None


def list_desa(kode_kabupaten: str) -> pd.DataFrame:
    """Return every desa and kelurahan of a kabupaten, sorted by code.

    Columns: `kode_desa, desa, kode_kecamatan, kecamatan, jenis`. KodeError when unknown.
    """
    nama_wilayah(kode_kabupaten)
    frame = load_wilayah()
    inside = frame["kode"].str.startswith(f"{kode_kabupaten}.") & frame["tingkat"].eq("desa")
    desa = frame.loc[inside, ["kode", "nama", "kode_induk", "jenis"]].reset_index(drop=True)
    desa.columns = pd.Index(["kode_desa", "desa", "kode_kecamatan", "jenis"])
    kecamatan = desa["kode_kecamatan"].map(_names()).astype("string")
    return desa.assign(kecamatan=kecamatan)[
        ["kode_desa", "desa", "kode_kecamatan", "kecamatan", "jenis"]
    ]


@cache
def rujukan_wilayah() -> str:
    """Return the source line of the region codes, with the decree number."""
    text = files("reviu_lib").joinpath("reference", "wilayah.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["rujukan"])
