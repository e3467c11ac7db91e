"""Where children lose their names: keyed pseudonyms, rules for repeated children, masked text."""

from reviu_lib.ingest.identity.children import compare_children, drop_repeats
from reviu_lib.ingest.identity.masking import collect_names, mask_frame, mask_text
from reviu_lib.ingest.identity.pseudonyms import clean_nik, pseudonymise

__all__ = [
    "clean_nik",
    "collect_names",
    "compare_children",
    "drop_repeats",
    "mask_frame",
    "mask_text",
    "pseudonymise",
]
