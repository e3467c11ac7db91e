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

__all__ = [
    "TERHENTI",
    "Books",
    "Luaran",
    "as_outcome",
    "as_result",
    "clear_leftovers",
    "deliver",
    "finish_order",
    "list_made",
    "record_failure",
    "write_index",
]
