"""Written places become Kemendagri codes, or a question with the nearest candidates."""

from reviu_lib.ingest.places.desa import resolve_desa
from reviu_lib.ingest.places.guess import Tebakan
from reviu_lib.ingest.places.isian_kecamatan import fill_kecamatan
from reviu_lib.ingest.places.kabupaten import (
    NamaKabupaten,
    match_kabupaten,
    resolve_daftar_kabupaten,
    resolve_kabupaten,
    tell_places,
)
from reviu_lib.ingest.places.kecamatan import (
    TANPA_PUSKESMAS,
    PetaPuskesmas,
    load_puskesmas,
    resolve_kecamatan,
)
from reviu_lib.ingest.places.lists import is_mapping
from reviu_lib.ingest.places.match import is_known_region, normalize_kode_desa
from reviu_lib.ingest.places.padanan import (
    TANPA_PADANAN,
    Padanan,
    list_usulan,
    load_padanan,
    propose,
    write_usulan_padanan,
)
from reviu_lib.ingest.places.systems import resolve_kode_kabupaten, resolve_wilayah

__all__ = [
    "TANPA_PADANAN",
    "TANPA_PUSKESMAS",
    "NamaKabupaten",
    "Padanan",
    "PetaPuskesmas",
    "Tebakan",
    "fill_kecamatan",
    "is_known_region",
    "is_mapping",
    "list_usulan",
    "load_padanan",
    "load_puskesmas",
    "match_kabupaten",
    "normalize_kode_desa",
    "propose",
    "resolve_daftar_kabupaten",
    "resolve_desa",
    "resolve_kabupaten",
    "resolve_kecamatan",
    "resolve_kode_kabupaten",
    "resolve_wilayah",
    "tell_places",
    "write_usulan_padanan",
]
