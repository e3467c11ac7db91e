"""Files of a whole province are opened once for all kabupaten, before these are checked."""

from reviu_lib.batch.provinces.split import note_provinces, split_provinces
from reviu_lib.batch.provinces.work import TUGAS_PROVINSI, list_openers, make_simpanan

__all__ = [
    "TUGAS_PROVINSI",
    "list_openers",
    "make_simpanan",
    "note_provinces",
    "split_provinces",
]
