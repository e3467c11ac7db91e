"""Canaries: words planted in raw files, and a search that opens whatever it finds.

Archives are opened member by member, also one inside another (a workbook behind a chart of a
slide), PDF objects and text are decompressed, pictures give their text chunks, tables their cells
and footers, and base64 in pages and notebooks is decoded and opened in turn.
"""

import base64
import bz2
import gzip
import io
import lzma
import re
import struct
import zipfile
import zlib
from pathlib import Path
from urllib.parse import quote

import pyarrow.parquet as pq
from pypdf import PdfReader

TERDALAM = 6
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{64,}={0,2}")
_TAGS = re.compile(rb"<[^<>]*>")
_SPACE = re.compile(rb"(?:\s|&nbsp;|&#160;|\xc2\xa0)+")


def find_canaries(places, words):
    """Return (path, word) for each file below `places` that holds a word, or has it in its name."""
    forms = {word: _forms(word) for word in words}
    paths = sorted({path for place in places for path in Path(place).rglob("*")})
    return [
        (str(path), word)
        for path in paths
        for word, spelled in forms.items()
        if _is_in(path.name.encode(), spelled) or (path.is_file() and _holds(path, spelled))
    ]


def _holds(path, spelled):
    return any(_is_in(data, spelled) for data in open_up(path.read_bytes()))


def has_canary(text, words):
    """Return the words that stand in a text, as a program printed or sent it."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return [word for word in words if any(_is_in(d, _forms(word)) for d in open_up(data))]


def _is_in(data, spelled):
    folded = data.lower()
    joined = _SPACE.sub(b" ", _TAGS.sub(b"", folded))
    return any(form in folded or form in joined for form in spelled[0]) or any(
        form in data for form in spelled[1]
    )


def _forms(word):
    """Return the spellings searched for: those without regard to case, and those as they are."""
    fours = [word[i : i + 4] for i in range(0, len(word), 4)] if word.isdigit() else [word]
    digits = {" ".join(fours).lower(), "-".join(fours).lower()}
    texts = {word.lower(), quote(word).lower(), word.lower().replace(" ", "_"), *digits}
    plain = [text.encode() for text in texts]
    lower = word.lower()
    plain += [lower.encode("utf-16-le"), lower.encode("utf-16-be")]
    cases = {word, word.lower(), word.title()}
    return plain, [part for text in cases for part in _base64_parts(text.encode())]


def _base64_parts(data):
    """Return what is always there of `data` in base64, wherever in it `data` begins."""
    parts = []
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + data).rstrip(b"=")
        parts.append(whole[-(-shift * 8 // 6) : (shift + len(data)) * 8 // 6])
    return parts


def open_up(data, depth=TERDALAM):
    """Yield `data` and everything that is packed in it."""
    yield data
    if depth:
        for part in _inside(data):
            yield from open_up(part, depth - 1)


def _inside(data):
    for begin, opener in OPENERS:
        if data.startswith(begin):
            yield from opener(data)
    for match in _BASE64.finditer(data) if not data.startswith((b"PK", b"\x89PNG")) else ():
        text = match[0].rstrip(b"=")
        yield base64.b64decode(text[: len(text) // 4 * 4])


def _members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield archive.comment
        for item in archive.infolist():
            yield item.filename.encode() + item.comment + item.extra
            yield archive.read(item)


def _objects(data):
    reader = PdfReader(io.BytesIO(data))
    yield str(reader.metadata).encode()
    yield "\n".join(page.extract_text() for page in reader.pages).encode()
    for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        item = reader.get_object(number)
        yield repr(item).encode("utf-8", "surrogatepass")
        if hasattr(item, "get_data"):
            yield item.get_data()


def _chunks(data):
    """Yield the chunks of a PNG that are no pixels, compressed text as text."""
    place = 8
    while place + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[place : place + 8])
        body = data[place + 8 : place + 8 + size]
        if kind not in (b"IDAT", b"IEND"):
            yield body
        if kind in (b"zTXt", b"iTXt"):
            yield _inflate(body)
        place += 12 + size


def _inflate(body):
    """Return what is compressed behind the keyword of a text chunk, b"" where nothing is."""
    start = body.find(b"\x78", body.index(b"\0"))
    try:
        return zlib.decompress(body[start:]) if start >= 0 else b""
    except zlib.error:
        return b""


def _cells(data):
    table = pq.ParquetFile(io.BytesIO(data))
    yield repr(table.schema_arrow.metadata).encode()
    yield repr(table.metadata.to_dict()).encode()
    yield table.read().to_pandas().to_csv().encode()


OPENERS = (
    (b"PK\x03\x04", _members),
    (b"%PDF", _objects),
    (b"\x89PNG", _chunks),
    (b"PAR1", _cells),
    (b"\x1f\x8b", lambda data: [gzip.decompress(data)]),
    (b"BZh", lambda data: [bz2.decompress(data)]),
    (b"\xfd7zXZ", lambda data: [lzma.decompress(data)]),
)
