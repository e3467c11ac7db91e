"""The shapes of raw tables: how the rows of a file become rows of a canonical table.

Most sheets are `baris`: one raw row is one canonical row, and nothing is to be done here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reviu_lib.ingest.checks import Konteks
from reviu_lib.ingest.layouts import Kepala
from reviu_lib.ingest.shapes.coverage import published_to_cakupan
from reviu_lib.ingest.shapes.hierarchy import read_hierarchy
from reviu_lib.ingest.shapes.plan import read_plan
from reviu_lib.ingest.shapes.published import read_published
from reviu_lib.ingest.shapes.transactions import read_transactions
from reviu_lib.ingest.tables import Potongan

__all__ = ["is_shaped", "published_to_cakupan", "reshape"]

Bentuk = Callable[[Potongan, Kepala, Konteks], tuple[Potongan, ...]]


def _read_wide(potongan: Potongan, kepala: Kepala, konteks: Konteks) -> tuple[Potongan, ...]:
    return (read_published(potongan, kepala, konteks),)


_BENTUK: Mapping[str, Bentuk] = {
    "lebar": _read_wide,
    "transaksi": read_transactions,
    "berjenjang": read_hierarchy,
    "rencana": read_plan,
}


def is_shaped(kepala: Kepala) -> bool:
    """Return whether the rows of a layout need more than conversion."""
    return kepala.sumber.bentuk in _BENTUK


def reshape(potongan: Potongan, kepala: Kepala, konteks: Konteks) -> tuple[Potongan, ...]:
    """Return the canonical pieces of a converted sheet.

    The first stands for the rows of the sheet in the ledger; further ones, marked `turunan`, hold
    what else the same rows tell.
    """
    if potongan.frame.empty:
        return (potongan,)
    return _BENTUK[kepala.sumber.bentuk](potongan, kepala, konteks)
