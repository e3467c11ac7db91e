"""The plan file `rencana.toml`: kabupaten × years × notebooks, checked before anything runs."""

from reviu_lib.batch.plan.durations import load_durations, save_durations, sort_longest_first
from reviu_lib.batch.plan.file import CONTOH_RENCANA, RENCANA, BerkasRencana, load_rencana
from reviu_lib.batch.plan.orders import Pilihan, list_orders

__all__ = [
    "CONTOH_RENCANA",
    "RENCANA",
    "BerkasRencana",
    "Pilihan",
    "list_orders",
    "load_durations",
    "load_rencana",
    "save_durations",
    "sort_longest_first",
]
