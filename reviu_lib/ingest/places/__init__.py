"""Written places become Kemendagri codes, or a question with the nearest candidates."""

from reviu_lib.ingest.places.desa import is_known_region, normalize_kode_desa, resolve_desa
from reviu_lib.ingest.places.guess import Tebakan
from reviu_lib.ingest.places.kabupaten import (
    NamaKabupaten,
    match_kabupaten,
    resolve_daftar_kabupaten,
    resolve_kabupaten,
)

__all__ = [
    "NamaKabupaten",
    "Tebakan",
    "is_known_region",
    "match_kabupaten",
    "normalize_kode_desa",
    "resolve_daftar_kabupaten",
    "resolve_desa",
    "resolve_kabupaten",
]
