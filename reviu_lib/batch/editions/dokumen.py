"""The editions written from the document as blocks: Word and PDF, beside the executed notebook."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from reviu_lib.batch.editions.word import write_word
from reviu_lib.errors import LaporanError
from reviu_lib.files import write_atomic
from reviu_lib.hasil import HasilReviu
from reviu_lib.store import Ruang, load_bahan, load_berkas, load_peta

if TYPE_CHECKING:
    from reviu_lib.report.dokumen import Dokumen


def write_editions(
    format: Collection[str],
    book: Path,
    hasil: HasilReviu,
    *,
    ruang: Ruang,
    tell: Callable[[str], None],
) -> list[str]:
    """Return what the user is told after writing the documents asked for, named after `book`.

    `book` is the executed notebook. The blocks are built once for all of them.
    """
    if not {"docx", "pdf"}.intersection(format):
        return []
    tell("susunan dokumen")
    dokumen = _build(book, hasil, ruang)
    notes = []
    if "docx" in format:
        tell("dokumen Word")
        notes += write_word(dokumen, book.with_suffix(".docx"), ruang=ruang, hasil=hasil)
    if "pdf" in format:
        tell("dokumen PDF")
        notes += _write_pdf(dokumen, book.with_suffix(".pdf"))
    return notes


def _build(book: Path, hasil: HasilReviu, ruang: Ruang) -> Dokumen:
    from reviu_lib.report.dokumen import Bekal, susun_dokumen

    kode, tahun = hasil.kode_kabupaten, hasil.tahun
    bekal = Bekal(
        load_bahan(kode, tahun, ruang=ruang, edisi=hasil.edisi),
        load_berkas(kode, tahun, ruang=ruang),
        load_peta(kode, ruang=ruang),
    )
    return susun_dokumen(nbformat.read(book, as_version=4).cells, hasil, bekal)


def _write_pdf(dokumen: Dokumen, path: Path) -> list[str]:
    """Write the PDF; one that typst refuses is told, and the other editions stay."""
    from reviu_lib.report.dokumen.pdf import write_pdf

    try:
        write_atomic(path, write_pdf(dokumen))
    except LaporanError as error:
        return [error.pesan]
    return []
