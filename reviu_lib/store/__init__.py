"""The workspace, and the tables a review reads and makes, kept as parquet."""

from reviu_lib.store.edisi import digest_rapat, keep_rapat, load_rapat
from reviu_lib.store.national import scan, summarise
from reviu_lib.store.peta import list_peta, load_peta
from reviu_lib.store.pilihan import Pilihan, find_newest, load_pilihan
from reviu_lib.store.ruang import (
    Ruang,
    find_ruang,
    hash_pembaca,
    hash_raw,
    is_isi_stale,
    load_isi,
    load_kunci,
    make_ruang,
    require_writable,
    save_isi,
)
from reviu_lib.store.skema import SKEMA, explain_skema, is_newer
from reviu_lib.store.tables import (
    digest_bahan,
    digest_masukan,
    drop_bahan,
    explain_stale,
    list_lalu,
    load_bahan,
    load_berkas,
    load_hasil,
    load_identitas,
    load_lalu,
    save_bahan,
    save_hasil,
)

__all__ = [
    "SKEMA",
    "Pilihan",
    "Ruang",
    "digest_bahan",
    "digest_masukan",
    "digest_rapat",
    "drop_bahan",
    "explain_skema",
    "explain_stale",
    "find_newest",
    "find_ruang",
    "hash_pembaca",
    "hash_raw",
    "is_isi_stale",
    "is_newer",
    "keep_rapat",
    "list_lalu",
    "list_peta",
    "load_bahan",
    "load_berkas",
    "load_hasil",
    "load_identitas",
    "load_isi",
    "load_kunci",
    "load_lalu",
    "load_peta",
    "load_pilihan",
    "load_rapat",
    "make_ruang",
    "require_writable",
    "save_bahan",
    "save_hasil",
    "save_isi",
    "scan",
    "summarise",
]
