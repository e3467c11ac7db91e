"""What the part that differs by edition holds: materials, what is asked, what was decided."""

from __future__ import annotations

import pandas as pd

from reviu_lib.review.edisi.bahan import list_bahan, list_pertanyaan, list_terbit_kemudian
from reviu_lib.review.edisi.putusan import list_pokok, list_putusan
from reviu_lib.review.konteks import Konteks

__all__ = ["compute_edisi"]


def compute_edisi(konteks: Konteks, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables of the part that differs by edition, from all other result tables."""
    putusan = list_putusan(konteks, tables)
    return {
        "bahan_reviu": list_bahan(konteks),
        "pertanyaan_terbuka": list_pertanyaan(tables),
        "pokok_putusan": list_pokok(tables, putusan),
        "putusan_rapat": putusan,
        "terbit_kemudian": list_terbit_kemudian(konteks),
    }
