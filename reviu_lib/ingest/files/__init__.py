"""Raw files opened safely, as grids of cells that remember their place."""

from reviu_lib.ingest.files.grid import Bentuk, Catatan, Kisi
from reviu_lib.ingest.files.opening import column_letter, column_number, identify, list_entries
from reviu_lib.ingest.files.reading import read_grids
from reviu_lib.ingest.files.refusal import BerkasDitolak

__all__ = [
    "Bentuk",
    "BerkasDitolak",
    "Catatan",
    "Kisi",
    "column_letter",
    "column_number",
    "identify",
    "list_entries",
    "read_grids",
]
