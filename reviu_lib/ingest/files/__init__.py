"""Raw files opened safely, as grids of cells that remember their place."""

from reviu_lib.ingest.files.grid import Kisi, read_grids
from reviu_lib.ingest.files.opening import BerkasDitolak, column_letter, identify, list_entries

__all__ = ["BerkasDitolak", "Kisi", "column_letter", "identify", "list_entries", "read_grids"]
