"""Reference data: the regions of Indonesia by Kemendagri code, and how names are compared."""

from reviu_lib.reference.batas import Batas, Bidang, read_batas
from reviu_lib.reference.deklarasi import load_ejaan, load_perubahan
from reviu_lib.reference.kabupaten import (
    Calon,
    KabupatenTertulis,
    find_kabupaten,
    find_provinsi,
    kabupaten_names,
    nearest_kabupaten,
    provinces_of,
    score,
    score_all,
    split_kabupaten,
)
from reviu_lib.reference.kode import validate_kode_kabupaten
from reviu_lib.reference.nama import normalize_nama
from reviu_lib.reference.riwayat import (
    current_kabupaten,
    describe_terdahulu,
    is_former,
    list_successors,
    load_terdahulu,
    was_valid,
)
from reviu_lib.reference.wilayah import (
    KODE_NASIONAL,
    list_desa,
    load_wilayah,
    nama_atau_kode,
    nama_wilayah,
    rujukan_wilayah,
)

__all__ = [
    "KODE_NASIONAL",
    "Batas",
    "Bidang",
    "Calon",
    "KabupatenTertulis",
    "current_kabupaten",
    "describe_terdahulu",
    "find_kabupaten",
    "find_provinsi",
    "is_former",
    "kabupaten_names",
    "list_desa",
    "list_successors",
    "load_ejaan",
    "load_perubahan",
    "load_terdahulu",
    "load_wilayah",
    "nama_atau_kode",
    "nama_wilayah",
    "nearest_kabupaten",
    "normalize_nama",
    "provinces_of",
    "read_batas",
    "rujukan_wilayah",
    "score",
    "score_all",
    "split_kabupaten",
    "validate_kode_kabupaten",
    "was_valid",
]
