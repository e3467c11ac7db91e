"""Where children lose their names: keyed pseudonyms, rules for repeated children, masked text."""

from reviu_lib.ingest.identity.children import compare_children, drop_repeats
from reviu_lib.ingest.identity.masking import (
    collect_names,
    mask_columns,
    mask_frame,
    mask_text,
)
from reviu_lib.ingest.identity.names import (
    NamaOrang,
    SidikNama,
    combine_names,
    number_names,
)
from reviu_lib.ingest.identity.pseudonyms import SIDIK_ANAK, SIDIK_LAHIR, clean_nik, pseudonymise

__all__ = [
    "SIDIK_ANAK",
    "SIDIK_LAHIR",
    "NamaOrang",
    "SidikNama",
    "clean_nik",
    "collect_names",
    "combine_names",
    "compare_children",
    "drop_repeats",
    "mask_columns",
    "mask_frame",
    "mask_text",
    "number_names",
    "pseudonymise",
]
