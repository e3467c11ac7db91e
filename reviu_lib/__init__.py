"""reviu: from the spreadsheets of a kabupaten to its Dokumen Hasil Reviu.

The public names are loaded when first used, so that the command line starts quickly. The review
itself is `reviu_lib.review.review`: a name here would be hidden by the folder of that name.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reviu_lib.bahan import BahanReviu
    from reviu_lib.errors import ReviuError
    from reviu_lib.hasil import HasilReviu
    from reviu_lib.penjelajah import jelajah
    from reviu_lib.report import Laporan, LaporanBanding, LaporanPeriksa, telusuri
    from reviu_lib.store import load_bahan, load_hasil, load_lalu, save_hasil

__version__ = "0.1.0"
__all__ = [
    "BahanReviu",
    "HasilReviu",
    "Laporan",
    "LaporanBanding",
    "LaporanPeriksa",
    "ReviuError",
    "jelajah",
    "load_bahan",
    "load_hasil",
    "load_lalu",
    "save_hasil",
    "telusuri",
]


def load_lazily(
    package: str, modules: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` of a package whose names are loaded when first used.

    `modules` says which module of the package holds each name. Any other name is an
    AttributeError.
    """

    def get(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"{package} tidak mempunyai nama {name}")
        return getattr(import_module(f"{package}.{modules[name]}"), name)

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *modules})

    return get, names


_MODULES = {
    "BahanReviu": "bahan",
    "HasilReviu": "hasil",
    "Laporan": "report",
    "LaporanBanding": "report",
    "LaporanPeriksa": "report",
    "ReviuError": "errors",
    "jelajah": "penjelajah",
    "load_bahan": "store",
    "load_hasil": "store",
    "load_lalu": "store",
    "save_hasil": "store",
    "telusuri": "report",
}

__getattr__, __dir__ = load_lazily(__name__, _MODULES)
