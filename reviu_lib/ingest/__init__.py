"""Raw spreadsheets become BahanReviu.

open safely → find the header → read values → match places → validate → drop identity → unite.
Nothing is lost in silence: what was wrong, where, and what was done is a row of `temuan`.
"""

from reviu_lib.ingest.build import Bacaan, build_bahan, iter_parts, read_berkas, read_folders
from reviu_lib.ingest.provinces import list_kabupaten
from reviu_lib.ingest.stream import write_parts

__all__ = [
    "Bacaan",
    "build_bahan",
    "iter_parts",
    "list_kabupaten",
    "read_berkas",
    "read_folders",
    "write_parts",
]
