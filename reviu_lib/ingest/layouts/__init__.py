"""The declared raw layouts, and which one a sheet has.

A layout says which canonical tables a file can hold, under which headings their columns come,
and which columns make a sheet recognisable.
"""

from reviu_lib.ingest.layouts.model import (
    Folder,
    KolomSumber,
    TabelSumber,
    TataLetak,
    build_layout,
    load_layouts,
    normalize_heading,
)
from reviu_lib.ingest.layouts.recognise import Kepala, is_ignored, recognise, table_of_sheet

__all__ = [
    "Folder",
    "Kepala",
    "KolomSumber",
    "TabelSumber",
    "TataLetak",
    "build_layout",
    "is_ignored",
    "load_layouts",
    "normalize_heading",
    "recognise",
    "table_of_sheet",
]
