"""The slides of the meeting (.pptx): texts that fit, tables, and charts that can be edited."""

from reviu_lib.report.rapat.paparan.susun import susun_paparan
from reviu_lib.report.rapat.paparan.tulis import write_pptx

__all__ = ["susun_paparan", "write_pptx"]
