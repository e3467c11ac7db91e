"""Raw spreadsheets become BahanReviu.

open safely → find the header → read values → match places → validate → drop identity → unite.
Nothing is lost in silence: what was wrong, where, and what was done is a row of `temuan`.
"""

from reviu_lib.ingest.build import (
    Bacaan,
    build_bahan,
    find_dates,
    list_data,
    make_konteks,
    read_berkas,
    read_folders,
)
from reviu_lib.ingest.provinces import (
    Simpanan,
    list_codes,
    list_kabupaten,
    open_kept,
    open_shown,
    split_file,
)

__all__ = [
    "Bacaan",
    "Simpanan",
    "build_bahan",
    "find_dates",
    "list_codes",
    "list_data",
    "list_kabupaten",
    "make_konteks",
    "open_kept",
    "open_shown",
    "read_berkas",
    "read_folders",
    "split_file",
]
