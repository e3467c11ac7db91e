"""The PDF edition: the blocks as data, set by typst from a template of ours."""

from reviu_lib.report.dokumen.pdf.tulis import set_pdf, write_pdf

__all__ = ["set_pdf", "write_pdf"]
