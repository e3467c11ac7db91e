"""Small readable inputs: a table is a line of columns and lines of cells, `-` is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import tabel_masukan
from reviu_lib.review.konteks import Konteks, build_konteks

KAB = "73.12"
# The first desa of the first kecamatan of Soppeng.
DESA = ["73.12.01.2001", "73.12.01.2002", "73.12.01.2003", "73.12.02.2001"]


def baris(kolom: str, *isi: str) -> pd.DataFrame:
    """Return a frame from `kolom` and one text per row, cells parted by blanks or by `|`."""
    names = kolom.split()
    cells = [[c.strip() for c in (row.split("|") if "|" in row else row.split())] for row in isi]
    return pd.DataFrame(
        [[None if c == "-" else c for c in row] for row in cells], columns=names, dtype="object"
    )


def tabel(nama: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` in the dtypes of an input table; text cells become numbers and dates."""
    typed = {}
    for kolom in tabel_masukan()[nama].kolom:
        if kolom.nama not in frame:
            continue
        values = frame[kolom.nama]
        if kolom.dtype in ("Int64", "float64"):
            values = pd.to_numeric(values.astype("string"))
        elif kolom.dtype == "datetime64[ns]":
            values = pd.to_datetime(values)
        elif kolom.dtype == "boolean":
            values = values.map({"ya": True, "tidak": False}).astype("boolean")
        typed[kolom.nama] = values
    return pd.DataFrame(typed, index=frame.index)


def make_bahan(
    tahun: int = 2024,
    *,
    kode: str = KAB,
    cutoff: dt.date | None = None,
    reviu: dt.date | None = None,
    **tables: pd.DataFrame,
) -> BahanReviu:
    """Return inputs of Soppeng; tables are given by field name, with text cells."""
    names = {"tindak_lanjut_lalu": "tindak_lanjut"}
    return BahanReviu(
        kode_kabupaten=kode,
        nama="Kabupaten Soppeng",
        tahun=tahun,
        tanggal_cutoff=cutoff or dt.date(tahun, 12, 31),
        tanggal_reviu=reviu or dt.date(tahun + 1, 1, 31),
        **{key: tabel(names.get(key, key), frame) for key, frame in tables.items()},
    )


def make_konteks(
    bahan: BahanReviu, *lalu: BahanReviu, desa: list[str] | None = None, **cards: dict
) -> Konteks:
    """Return the context, with only `desa` and with cards changed as `E11={"waktu": …}`."""
    konteks = build_konteks(bahan, lalu)
    if desa is not None:
        codes = pd.Series(desa, dtype="string")
        konteks = replace(
            konteks,
            desa=pd.DataFrame(
                {
                    "kode_desa": codes,
                    "desa": "Desa " + codes.str[-4:],
                    "kode_kecamatan": codes.str[:8],
                    "kecamatan": "Kecamatan " + codes.str[6:8],
                }
            ),
        )
    changed = {
        kode: konteks.indikator[kode].model_copy(update=update) for kode, update in cards.items()
    }
    return replace(konteks, indikator={**konteks.indikator, **changed})


def cakupan(*isi: str, indikator: str = "E11", periode: str = "tahunan") -> pd.DataFrame:
    """Return coverage rows from `desa pembilang penyebut [periode [jenis_penyebut]]`."""
    rows = []
    for text in isi:
        cells = [*text.split(), *["?"] * 5][:5]
        desa, pembilang, penyebut, when, kind = cells
        rows.append(
            (
                None if desa == "KAB" else desa,
                indikator,
                periode if when == "?" else when.replace("_", " "),
                None if pembilang == "-" else pembilang,
                None if penyebut == "-" else penyebut,
                "riil" if kind == "?" else (None if kind == "-" else kind),
            )
        )
    columns = ["kode_desa", "kode_indikator", "periode", "pembilang", "penyebut", "jenis_penyebut"]
    return pd.DataFrame(rows, columns=columns)
