"""reviu: from the spreadsheets of a kabupaten to its Dokumen Hasil Reviu.

The public names are loaded when first used, so that the command line starts quickly. The review
itself is `reviu_lib.review.review`: a name here would be hidden by the folder of that name.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reviu_lib.bahan import BahanReviu
    from reviu_lib.errors import ReviuError
    from reviu_lib.hasil import HasilReviu
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
    "load_bahan",
    "load_hasil",
    "load_lalu",
    "save_hasil",
    "telusuri",
]

_MODULES = {
    "BahanReviu": "bahan",
    "HasilReviu": "hasil",
    "Laporan": "report",
    "LaporanBanding": "report",
    "LaporanPeriksa": "report",
    "ReviuError": "errors",
    "load_bahan": "store",
    "load_hasil": "store",
    "load_lalu": "store",
    "save_hasil": "store",
    "telusuri": "report",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"reviu_lib tidak mempunyai nama {name}")
    return getattr(import_module(f"reviu_lib.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
