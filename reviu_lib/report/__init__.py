"""HasilReviu as words, tables, figures, and documents. Nothing is computed here."""

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
