"""The workspace, and the tables a review reads and makes, kept as parquet."""

from reviu_lib.store.ruang import Ruang, find_ruang, load_kunci, make_ruang
from reviu_lib.store.tables import (
    SKEMA,
    digest_bahan,
    digest_masukan,
    drop_bahan,
    explain_stale,
    list_lalu,
    load_bahan,
    load_hasil,
    load_identitas,
    load_lalu,
    save_bahan,
    save_hasil,
)

__all__ = [
    "SKEMA",
    "Ruang",
    "digest_bahan",
    "digest_masukan",
    "drop_bahan",
    "explain_stale",
    "find_ruang",
    "list_lalu",
    "load_bahan",
    "load_hasil",
    "load_identitas",
    "load_kunci",
    "load_lalu",
    "make_ruang",
    "save_bahan",
    "save_hasil",
]
