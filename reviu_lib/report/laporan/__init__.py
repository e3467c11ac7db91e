"""The reports a notebook builds: one review, several side by side, and the check of the data."""

from reviu_lib.report.laporan.banding import LaporanBanding
from reviu_lib.report.laporan.periksa import LaporanPeriksa
from reviu_lib.report.laporan.publik import LaporanPublik
from reviu_lib.report.laporan.satu import Laporan

__all__ = ["Laporan", "LaporanBanding", "LaporanPeriksa", "LaporanPublik"]
