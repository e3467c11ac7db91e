"""Text with separators (csv, tsv, txt): encoding, separator, and line ends found out and told.

Every cell stays the text that was typed: what is a number is decided per column, much later.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from reviu_lib.formatting import format_number
from reviu_lib.ingest.files import limits
from reviu_lib.ingest.files.encodings import CAMPUR, UTF8, Teks, decode
from reviu_lib.ingest.files.grid import Bentuk, Catatan, Kisi, to_cells
from reviu_lib.ingest.files.refusal import BerkasDitolak

# A cell may be as long as its file; the module itself stops at 131,072 characters.
csv.field_size_limit(limits.MAKS_BERKAS)
_PEMISAH = ";\t|,"  # in order of trust: a comma is also the decimal mark
_NAMA = {";": "titik koma", "\t": "tab", "|": "garis tegak", ",": "koma"}
# What an ending says; Excel with Indonesian settings writes semicolons into .csv.
_MENURUT_AKHIRAN = {".csv": ",;", ".tsv": "\t", ".tab": "\t"}
_BARIS_CONTOH = 60
_BYTE_CONTOH = 200_000
_PORSI_SERAGAM = 0.6
_PETUNJUK = re.compile(r'\A"?sep=(.)"?\s*\Z')  # a first line that tells Excel the separator
# Control characters (not tab and line ends), zero-width and direction characters.
_TAK_TAMPAK = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_PUTUS = re.compile(rb"\r\n|\r|\n")
_NAMA_PUTUS = {b"\r\n": "CRLF", b"\r": "CR", b"\n": "LF"}


@dataclass
class _Baris:
    """The rows of a file while they are read, with the line each one starts on."""

    nomor: list[int] = field(default_factory=list)
    isi: list[list[str]] = field(default_factory=list)
    sel: int = 0


def read_delimited(path: Path) -> Kisi:
    """Return the one grid of a text file. Raises BerkasDitolak when it is empty or damaged."""
    raw = path.read_bytes()
    line_end = _line_end(raw)
    text = decode(raw)
    del raw
    rows, separator = _split(text.isi)
    if not any(cell.strip() for row in rows.isi for cell in row):
        raise BerkasDitolak("B01")
    form = Bentuk("csv", text.penyandian, separator, line_end)
    found = tuple(_notes(text, form, rows, path.suffix.lower()))
    return Kisi("", to_cells(rows.isi, rows.nomor), bentuk=form, catatan=found)


def _line_end(raw: bytes) -> str:
    found = _PUTUS.search(raw[:_BYTE_CONTOH].replace(b"\x00", b""))
    return _NAMA_PUTUS[found[0]] if found else ""


def _split(content: bytes) -> tuple[_Baris, str]:
    """Return all rows and the separator. An unclosed quote is refused with its line."""
    clean = content.replace(b"\x00", b"").removesuffix(b"\x1a")
    start = clean[:_BYTE_CONTOH].decode("utf-8", "replace")
    sample = start.replace("\r\n", "\n").replace("\r", "\n")
    told = _PETUNJUK.match(sample.partition("\n")[0])
    separator = told[1] if told else sniff_separator(sample)
    rows = _Baris()
    with io.TextIOWrapper(io.BytesIO(clean), encoding="utf-8", errors="replace") as stream:
        if told:
            next(stream)
        _read_rows(stream, separator, rows, start=2 if told else 1)
    return rows, separator


def _read_rows(stream: io.TextIOWrapper, separator: str, rows: _Baris, *, start: int) -> None:
    """Collect the rows; equal texts are kept once, so that a large file fits in memory."""
    reader = csv.reader(stream, delimiter=separator, strict=True)
    known: dict[str, str] = {}
    offset, line = start - 1, start
    try:
        for row in reader:
            rows.nomor.append(line)
            rows.isi.append([known.setdefault(cell, cell) for cell in row])
            rows.sel += len(row)
            if rows.sel > limits.MAKS_SEL:
                raise BerkasDitolak("B05", _too_many(len(rows.isi)))
            line = reader.line_num + offset + 1
    except csv.Error as error:
        reason = f"tanda kutip tidak tertutup atau tidak sah mulai baris {line}"
        raise BerkasDitolak("B03", reason) from error


def _too_many(baris: int) -> str:
    seen, limit = format_number(baris), format_number(limits.MAKS_SEL)
    return f"{seen} baris pertama sudah lebih dari {limit} sel, yaitu batasnya"


def sniff_separator(sample: str) -> str:
    """Return the separator that cuts the first lines into the most even rows.

    The comma counts last, because it may be a decimal mark; it wins when it cuts the lines into
    at least twice as many fields no less evenly.
    """
    lines = list(islice((line for line in sample.split("\n") if line.strip()), _BARIS_CONTOH))
    shapes = {separator: _evenness(lines, separator) for separator in _PEMISAH}
    fits = [
        name for name, (share, width) in shapes.items() if width > 1 and share >= _PORSI_SERAGAM
    ]
    if not fits:
        return max(_PEMISAH, key=lambda separator: shapes[separator][1])
    first, comma = fits[0], shapes[","]
    wider = "," in fits and comma[1] >= 2 * shapes[first][1] and comma[0] >= shapes[first][0]
    return "," if wider else first


def _evenness(lines: list[str], separator: str) -> tuple[float, int]:
    """Return the share of rows that have the most frequent number of fields, and that number."""
    rows = csv.reader(iter(lines), delimiter=separator)
    widths = Counter(len(row) for row in rows)
    if not widths:
        return 0.0, 0
    width, count = widths.most_common(1)[0]
    return count / widths.total(), width


def _notes(text: Teks, form: Bentuk, rows: _Baris, ending: str) -> Iterator[Catatan]:
    if text.penyandian == CAMPUR:
        yield Catatan("B23", baris=text.ganti)
    elif text.penyandian != UTF8:
        yield Catatan("B14", nilai=(text.penyandian,))
    expected = _MENURUT_AKHIRAN.get(ending, _PEMISAH)
    if form.pemisah not in expected:
        yield Catatan("B19", nilai=(_NAMA.get(form.pemisah, form.pemisah),), rincian=ending)
    yield from chain(_note_invisible(text.isi, rows), _note_short(rows))


def _note_invisible(content: bytes, rows: _Baris) -> Iterator[Catatan]:
    """Tell in which rows characters stand that nobody sees; reading the values removes them."""
    ascii_only = content.isascii()
    if ascii_only and not _TAK_TAMPAK.search(content.decode("ascii")):
        return
    zeros = _lines_with_zero(content)
    found = [
        number
        for number, row in zip(rows.nomor, rows.isi, strict=True)
        if number in zeros or _TAK_TAMPAK.search("".join(row))
    ]
    if found:
        yield Catatan("B21", baris=tuple(found))


def _lines_with_zero(content: bytes) -> set[int]:
    """Return the lines that held NUL characters, which no reader of rows lets through."""
    if b"\x00" not in content:
        return set()
    lines = content.splitlines()
    return {number for number, line in enumerate(lines, start=1) if b"\x00" in line}


def _note_short(rows: _Baris) -> Iterator[Catatan]:
    """Tell which rows have fewer fields than nearly all others; blank lines are no rows."""
    widths = Counter(len(row) for row in rows.isi if len(row) > 1)
    if not widths:
        return
    usual, count = widths.most_common(1)[0]
    pairs = zip(rows.nomor, rows.isi, strict=True)
    short = [number for number, row in pairs if 1 < len(row) < usual]
    if short and count >= _PORSI_SERAGAM * widths.total():
        yield Catatan("B22", baris=tuple(short), rincian=str(usual))
