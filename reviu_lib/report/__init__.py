"""HasilReviu as words, tables, figures, and documents. Nothing is computed here.

The names are loaded when first used: a notebook that shows tables and figures then does not wait
for the HTML exporter, which costs several seconds in every kernel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviu_lib import load_lazily

if TYPE_CHECKING:
    from reviu_lib.report.exporter import ReviuExporter, export_html, write_html
    from reviu_lib.report.indeks import EntriIndeks, write_indeks
    from reviu_lib.report.lampiran import write_banding, write_lampiran, write_pengembalian
    from reviu_lib.report.laporan import Laporan, LaporanBanding, LaporanPeriksa, LaporanPublik
    from reviu_lib.report.rencana import write_rencana
    from reviu_lib.report.telusur import telusuri

__all__ = [
    "EntriIndeks",
    "Laporan",
    "LaporanBanding",
    "LaporanPeriksa",
    "LaporanPublik",
    "ReviuExporter",
    "export_html",
    "telusuri",
    "write_banding",
    "write_html",
    "write_indeks",
    "write_lampiran",
    "write_pengembalian",
    "write_rencana",
]

_MODULES = {
    "EntriIndeks": "indeks",
    "Laporan": "laporan",
    "LaporanBanding": "laporan",
    "LaporanPeriksa": "laporan",
    "LaporanPublik": "laporan",
    "ReviuExporter": "exporter",
    "export_html": "exporter",
    "telusuri": "telusur",
    "write_banding": "lampiran",
    "write_html": "exporter",
    "write_indeks": "indeks",
    "write_lampiran": "lampiran",
    "write_pengembalian": "lampiran",
    "write_rencana": "rencana",
}

__getattr__, __dir__ = load_lazily(__name__, _MODULES)
