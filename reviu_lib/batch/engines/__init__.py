"""How the cells of a notebook are run: three papermill engines with one result.

`cangkang` runs them in a fresh IPython shell inside a process forked from a warm one, `kernel` in
a Jupyter kernel started ahead of its turn, `papermill` in papermill's own engine. The first needs
a system where a process may be forked after its libraries are loaded; the last works everywhere.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import get_args

from reviu_lib.errors import DefinisiError
from reviu_lib.settings import Mesin

# What nearly every notebook loads; loaded once by whatever runs many.
PUSTAKA = (
    "pandas",
    "pyarrow.dataset",
    "matplotlib.figure",
    "matplotlib.pyplot",
    "seaborn",
    "reviu_lib.review",
    "reviu_lib.store",
    "reviu_lib.report.laporan",
)
VARIABEL = "REVIU_MESIN"
# The name under which papermill knows each engine; its own has none.
NAMA_PAPERMILL: Mapping[str, str | None] = {
    "cangkang": "reviu-cangkang",
    "kernel": "reviu-kernel",
    "papermill": None,
}


def can_fork() -> bool:
    """Return whether a process may be forked here; macOS can, but its own libraries abort then."""
    return hasattr(os, "fork") and sys.platform not in ("darwin", "win32")


def warm_up() -> None:
    """Load what nearly every notebook loads, reads, and draws: nothing any notebook could see.

    Declarations that are not as they must be are left for the notebook to meet and report.
    """
    for name in PUSTAKA:
        importlib.import_module(name)
    from reviu_lib.catalog import load_all
    from reviu_lib.reference import KODE_NASIONAL, nama_wilayah
    from reviu_lib.report.grafik import sample_bagan
    from reviu_lib.report.tampilan import render_png

    with suppress(DefinisiError):
        load_all()
    nama_wilayah(KODE_NASIONAL)
    render_png(sample_bagan())


def choose_mesin(wish: Mesin | None = None) -> Mesin:
    """Return the engine to use: that of REVIU_MESIN, else `wish`, else the best one here.

    Raises DefinisiError when the variable names none, or one that this system does not allow.
    """
    asked = os.environ.get(VARIABEL) or wish or ("cangkang" if can_fork() else "kernel")
    if asked not in get_args(Mesin):
        raise _refusal(asked, "tidak dikenal")
    if asked == "cangkang" and not can_fork():
        raise _refusal(asked, "tidak dapat dipakai pada sistem ini")
    return asked  # type: ignore[return-value]


def _refusal(asked: str, why: str) -> DefinisiError:
    return DefinisiError(
        f"Mesin notebook '{asked}' {why}.",
        di=f"variabel {VARIABEL} atau kunci mesin pada reviu.toml",
        lakukan="Hapus pengaturan itu untuk memakai yang bawaan, atau tulis kernel.",
    )


def register_engine(mesin: Mesin) -> str | None:
    """Return papermill's name of the engine, made known to papermill."""
    from papermill.engines import papermill_engines

    if mesin == "cangkang":
        from reviu_lib.batch.engines.shell import ShellEngine

        papermill_engines.register(NAMA_PAPERMILL[mesin], ShellEngine)
    elif mesin == "kernel":
        from reviu_lib.batch.engines.spare import SpareKernelEngine

        papermill_engines.register(NAMA_PAPERMILL[mesin], SpareKernelEngine)
    return NAMA_PAPERMILL[mesin]
