"""The Dokumen Hasil Reviu as blocks that know no file format; editions are written from them."""

from reviu_lib.report.dokumen.blok import Dokumen
from reviu_lib.report.dokumen.susun import Bekal, susun_dokumen

__all__ = ["Bekal", "Dokumen", "susun_dokumen"]
