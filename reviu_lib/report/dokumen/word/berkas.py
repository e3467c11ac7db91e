"""A .docx from outside opened with care: size, kind, and macros are looked at before Word's parts.

Word files are zip files of XML; both can be made to swallow all memory.
"""

from __future__ import annotations

import io
import zipfile

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from lxml import etree

from reviu_lib.errors import BerkasError

# A document of 300 pages with figures has a tenth of this; more is no document.
_PALING_BESAR = 200 * 1024 * 1024
_PALING_RAPAT = 200
_PALING_BANYAK = 5000
_ISI = "word/document.xml"
_MAKRO = ("vbaproject.bin", "vbadata.xml")


def open_docx(data: bytes, nama: str) -> Document:
    """Return a Word document; BerkasError says in Indonesian why a file is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if reason := _refuse(packed):
                raise _error(nama, reason)
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, OpcError, etree.XMLSyntaxError, KeyError, ValueError,
            NotImplementedError, RuntimeError, EOFError, OSError) as error:  # fmt: skip
        raise _error(nama, "rusak, terkunci sandi, atau bukan dokumen Word (.docx)") from error


def _refuse(packed: zipfile.ZipFile) -> str:
    """Return why the file is not opened, in Indonesian; "" when nothing speaks against it."""
    files = packed.infolist()
    unpacked = sum(item.file_size for item in files)
    small = sum(item.compress_size for item in files) or 1
    if len(files) > _PALING_BANYAK or unpacked > _PALING_BESAR:
        return "isinya setelah dibuka terlalu besar"
    if unpacked > 1024 * 1024 and unpacked > _PALING_RAPAT * small:
        return "dimampatkan secara tidak wajar"
    names = {item.filename.lower() for item in files}
    if any(name.rpartition("/")[2] in _MAKRO for name in names):
        return "memuat makro"
    return "" if _ISI in names else "bukan dokumen Word (.docx)"


def _error(nama: str, reason: str) -> BerkasError:
    return BerkasError(
        f"Dokumen Word tidak dapat dipakai: {reason}.",
        di=nama,
        lakukan="Buka di Word atau LibreOffice, simpan lagi sebagai .docx tanpa makro dan tanpa "
        "sandi, lalu ulangi.",
    )
