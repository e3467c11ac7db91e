"""Reads the published recaps of Belitung Timur from ../shared, when they are there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reviu_lib.bahan import BahanReviu
from reviu_lib.ingest import build_bahan

FOLDER = Path(__file__).parents[3] / "shared/data/real/belitung_timur_2022_2023"
perlu_data = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="tabel nyata Belitung Timur (../shared) tidak ada di mesin ini"
)


def bahan_beltim(tahun: int, folder: Path) -> BahanReviu:
    """Return the inputs made from the SPM and SDGs recaps of one year, copied into `folder`."""
    for jenis in ("sdgs", "spm"):
        shutil.copy(FOLDER / f"beltim_{jenis}_{tahun}.csv", folder)
    return build_bahan(folder, kode_kabupaten="19.06", tahun=tahun, kunci=b"kunci uji" * 4)
