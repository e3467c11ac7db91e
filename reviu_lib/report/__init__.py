"""HasilReviu as words, tables, figures, and documents. Nothing is computed here.

The names are loaded when first used: a notebook that shows tables and figures then does not wait
for the HTML exporter, which costs several seconds in every kernel.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reviu_lib.report.exporter import ReviuExporter, export_html
    from reviu_lib.report.indeks import EntriIndeks, write_indeks
    from reviu_lib.report.lampiran import write_lampiran
    from reviu_lib.report.laporan import Laporan, LaporanBanding, LaporanPeriksa
    from reviu_lib.report.telusur import telusuri

__all__ = [
    "EntriIndeks",
    "Laporan",
    "LaporanBanding",
    "LaporanPeriksa",
    "ReviuExporter",
    "export_html",
    "telusuri",
    "write_indeks",
    "write_lampiran",
]

_MODULES = {
    "EntriIndeks": "indeks",
    "Laporan": "laporan",
    "LaporanBanding": "laporan",
    "LaporanPeriksa": "laporan",
    "ReviuExporter": "exporter",
    "export_html": "exporter",
    "telusuri": "telusur",
    "write_indeks": "indeks",
    "write_lampiran": "lampiran",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"reviu_lib.report tidak mempunyai nama {name}")
    return getattr(import_module(f"reviu_lib.report.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
