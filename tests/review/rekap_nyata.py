"""Reads the published recaps of Belitung Timur from ../shared, when they are there."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.catalog import load_indikator
from reviu_lib.reference import normalize_nama

from .bahan_kecil import make_bahan

FOLDER = Path(__file__).parents[3] / "shared/data/real/belitung_timur_2022_2023"
perlu_data = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="tabel nyata Belitung Timur (../shared) tidak ada di mesin ini"
)


def _angka(text: str) -> float | None:
    plain = text.replace(".", "").replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None


def _kode(nama: str) -> str | None:
    text = normalize_nama(nama)
    for kode, card in load_indikator("r2").items():
        if text in {normalize_nama(name) for name in (card.nama, *card.alias)}:
            return kode
    return None


def baca_rekap(tahun: int) -> pd.DataFrame:
    rows = []
    for jenis in ("sdgs", "spm"):
        name = f"beltim_{jenis}_{tahun}.csv"
        text = (FOLDER / name).read_text(encoding="utf-8-sig")
        for row in csv.DictReader(io.StringIO(text), delimiter=";"):
            rows.append(
                {
                    "berkas": name,
                    "no": row["no"],
                    "indikator": row["indikator"],
                    "pembilang": _angka(row["pembilang"]),
                    "penyebut": _angka(row["penyebut"]),
                    "capaian": _angka(row["capaian"]),
                    "satuan": row.get("satuan"),
                    "kode_indikator": _kode(row["indikator"]),
                }
            )
    return pd.DataFrame(rows)


def bahan_beltim(tahun: int):
    return make_bahan(tahun, kode="19.06", rekap=baca_rekap(tahun))
