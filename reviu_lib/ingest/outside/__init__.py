"""A table from outside the workspace: read with its rows in order, identity left behind."""

from reviu_lib.ingest.outside.children import Anakan, compare_stored, read_anak
from reviu_lib.ingest.outside.counting import Pilihan, Terhitung, read_terhitung
from reviu_lib.ingest.outside.identity import Bersih, drop_identity
from reviu_lib.ingest.outside.output import write_table
from reviu_lib.ingest.outside.table import TabelLuar, open_table

__all__ = [
    "Anakan",
    "Bersih",
    "Pilihan",
    "TabelLuar",
    "Terhitung",
    "compare_stored",
    "drop_identity",
    "open_table",
    "read_anak",
    "read_terhitung",
    "write_table",
]
