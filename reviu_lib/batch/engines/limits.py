"""What is said of a notebook that passed a limit of `settings.Batas`."""

from __future__ import annotations

from reviu_lib.settings import Batas

# The name under which a notebook that was stopped from outside stands in its failed cell.
TERHENTI = "NotebookTerhenti"


class Terhenti(Exception):
    """A notebook was stopped from outside; its text says why, in Indonesian."""


def describe_time(batas: Batas) -> str:
    """Return that a cell ran for too long."""
    return f"sel berjalan lebih dari {batas.batas_sel_detik} detik"


def describe_size(batas: Batas) -> str:
    """Return that the output grew too large."""
    return f"keluaran notebook lebih dari {batas.batas_keluaran_mb} MB"
