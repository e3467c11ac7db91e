"""Reference data: the regions of Indonesia by Kemendagri code, and how names are compared."""

from reviu_lib.reference.kode import validate_kode_kabupaten
from reviu_lib.reference.nama import normalize_nama
from reviu_lib.reference.wilayah import (
    KODE_NASIONAL,
    list_desa,
    load_wilayah,
    nama_wilayah,
    rujukan_wilayah,
)

__all__ = [
    "KODE_NASIONAL",
    "list_desa",
    "load_wilayah",
    "nama_wilayah",
    "normalize_nama",
    "rujukan_wilayah",
    "validate_kode_kabupaten",
]
