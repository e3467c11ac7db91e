"""A document as PDF bytes: the same blocks give the same bytes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst

from reviu_lib.errors import LaporanError
from reviu_lib.report.dokumen.blok import Dokumen
from reviu_lib.report.dokumen.pdf.data import Naskah
from reviu_lib.report.dokumen.pdf.huruf import folder_huruf

# PDF/UA-1 (ISO 14289-1): tagged, titled, in a named language, every figure described in words.
STANDAR: Final = "ua-1"
_TEMPLAT = files("reviu_lib") / "report" / "templates" / "pdf"


def write_pdf(dokumen: Dokumen) -> bytes:
    """Return the document as a PDF/UA-1 file.

    Raises LaporanError when typst refuses the document: a figure without words, for one.
    """
    naskah = Naskah(dokumen)
    return set_pdf("dokumen", naskah.build(), naskah.gambar)


def set_pdf(templat: str, isi: Mapping[str, Any], gambar: Mapping[str, bytes]) -> bytes:
    """Return the PDF/UA-1 file of a template of ours (its name) and its data and pictures."""
    text = json.dumps(isi, ensure_ascii=False)
    with TemporaryDirectory(prefix="reviu-pdf-") as name:
        folder = Path(name)
        (folder / "dokumen.json").write_text(text, encoding="utf-8")
        for berkas, picture in gambar.items():
            (folder / berkas).write_bytes(picture)
        with as_file(_TEMPLAT / f"{templat}.typ") as path:
            shutil.copyfile(path, folder / "dokumen.typ")
        return _compile(folder)


def _compile(folder: Path) -> bytes:
    """Return the PDF of a folder; nothing outside it is read, and nothing is fetched."""
    nowhere = str(folder / "paket")
    made = folder / "dokumen.pdf"
    try:
        typst.Compiler(
            str(folder / "dokumen.typ"),
            root=str(folder),
            font_paths=[str(folder_huruf())],
            ignore_system_fonts=True,
            package_path=nowhere,
            package_cache_path=nowhere,
        ).compile(output=str(made), format="pdf", pdf_standards=STANDAR)
    except typst.TypstError as error:
        raise LaporanError(
            f"Dokumen PDF tidak dapat disusun: {error}.",
            lakukan="Beri setiap gambar di notebook keterangan (alt), lalu ulangi; "
            "laporan HTML dan lampiran Excel tetap dapat dipakai.",
        ) from error
    return made.read_bytes()
