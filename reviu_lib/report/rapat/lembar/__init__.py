"""One A4 page per kecamatan and per focus desa, for those who sit in the room."""

from reviu_lib.report.rapat.lembar.susun import susun_lembar
from reviu_lib.report.rapat.lembar.tulis import write_lembar

__all__ = ["susun_lembar", "write_lembar"]
