"""Where the six outputs of the review and the five parts of the document stand in the report."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

import pandas as pd

from reviu_lib.catalog import load_aturan
from reviu_lib.report.susunan import load_peta_dokumen
from reviu_lib.report.tabel import KolomTampil

_KOLOM = (KolomTampil("urut", "No"), KolomTampil("isi", "Isi"), KolomTampil("bab", "Tempat"))


def list_peta(tahun: int) -> tuple[pd.DataFrame, tuple[KolomTampil, ...]]:
    """Return one row per output and part (hal, urut, isi, bab) and the columns to show.

    Wording is that of the era; the chapters are declared in definitions/laporan.toml.
    """
    aturan, peta = load_aturan(tahun), load_peta_dokumen()
    numbers = [str(number) for number in range(1, len(aturan.keluaran) + 1)]
    outputs = _part("Keluaran reviu", numbers, aturan.keluaran, peta["keluaran"])
    parts = _part("Bagian dokumen", ascii_lowercase, aturan.bagian_dokumen, peta["bagian"])
    return pd.concat([outputs, parts], ignore_index=True), _KOLOM


def _part(hal: str, urut: Sequence[str], isi: Sequence[str], bab: Sequence[str]) -> pd.DataFrame:
    lines = zip(urut, isi, bab, strict=False)
    return pd.DataFrame(lines, columns=["urut", "isi", "bab"]).assign(hal=hal)
