"""The PDF edition: the blocks as data, set by typst from a template of ours."""

from reviu_lib.report.dokumen.pdf.tulis import write_pdf

__all__ = ["write_pdf"]
