"""Text, bookmarks, and order of a PDF, for tests that compare it with its blocks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

import pypdf

from reviu_lib.report.dokumen.blok import Daftar, Dokumen, Judul, Paragraf, Sampul, plain_text


def pages_of(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def text_of(data: bytes) -> str:
    """The text of every page without headers and footers between."""
    return "\n".join(pages_of(data))


def squeeze(text: str) -> str:
    """The text without space of any kind and without places to break."""
    return re.sub(r"[\s\u200b\u00a0\u00ad]+", "", text)


def close(cells: Sequence[str], told: str) -> bool:
    """Whether the cells of a row are printed, each after the one before."""
    return "".join(map(squeeze, cells)) in told


def bookmarks(file: pypdf.PdfReader) -> list[tuple[int, str]]:
    return list(_walk(file.outline, 1))


def _walk(items: Sequence, level: int) -> Iterator[tuple[int, str]]:
    for item in items:
        if isinstance(item, list):
            yield from _walk(item, level + 1)
        else:
            yield level, item.title


def stream(dokumen: Dokumen) -> Iterator[str]:
    """The words of headings, paragraphs, lists, and cover, as the document has them."""
    for blok in dokumen.blok:
        yield from _words(blok)


def _words(blok) -> Iterator[str]:
    if isinstance(blok, Judul):
        yield blok.teks
    elif isinstance(blok, Paragraf):
        yield plain_text(blok.isi)
    elif isinstance(blok, Daftar):
        yield from (text for item in blok.butir for part in item for text in _words(part))
    elif isinstance(blok, Sampul):
        yield from (plain_text(isi) for _, isi in blok.fakta)
        yield from (plain_text(isi) for a in blok.angka for isi in (a.angka, a.catatan))
