"""The Word edition (.docx): written from blocks, and renewed in a copy that the team edited."""

from reviu_lib.report.dokumen.word.segar import Segaran, refresh_docx
from reviu_lib.report.dokumen.word.tulis import write_docx

__all__ = ["Segaran", "refresh_docx", "write_docx"]
