"""The books of a run: what became of each order, and the pages that list them all."""

from reviu_lib.batch.books.delivery import deliver
from reviu_lib.batch.books.index import write_index
from reviu_lib.batch.books.keeping import (
    TERHENTI,
    Books,
    Luaran,
    as_outcome,
    as_result,
    clear_leftovers,
    finish_order,
    list_made,
    record_failure,
)
from reviu_lib.batch.books.removal import Hapusan, finish_pending, plan_removal, remove_units

__all__ = [
    "TERHENTI",
    "Books",
    "Hapusan",
    "Luaran",
    "as_outcome",
    "as_result",
    "clear_leftovers",
    "deliver",
    "finish_order",
    "finish_pending",
    "list_made",
    "plan_removal",
    "record_failure",
    "remove_units",
    "write_index",
]
