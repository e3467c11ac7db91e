"""Files of a whole province: opened once, and kept in parts without identity for each kabupaten."""

from reviu_lib.ingest.provinces.held import list_codes, list_kabupaten
from reviu_lib.ingest.provinces.kept import Simpanan
from reviu_lib.ingest.provinces.split import open_kept, open_shown, split_file

__all__ = ["Simpanan", "list_codes", "list_kabupaten", "open_kept", "open_shown", "split_file"]
