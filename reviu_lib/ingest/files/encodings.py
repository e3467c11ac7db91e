"""The bytes of a text file as UTF-8, and which encoding they came in.

UTF-8 and UTF-16 announce or prove themselves. What is left is Windows-1252 as old Excel writes
it, decided line by line, because such lines are often pasted into newer files.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

UTF8 = "UTF-8"
CP1252 = "Windows-1252"
CAMPUR = "UTF-8 bercampur Windows-1252"
_BLOK = 4_000_000
_CONTOH = 2_000
_PORSI_NOL = 0.7  # of every second byte of Western text in UTF-16
_TANDA = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


@dataclass(frozen=True)
class Teks:
    """A text file as UTF-8 bytes without a mark, and how it was found.

    `ganti` are the lines (from 1) that were not UTF-8 in a file that otherwise is.
    """

    isi: bytes
    penyandian: str
    ganti: tuple[int, ...] = ()


def decode(content: bytes) -> Teks:
    """Return the content as UTF-8 whatever it was written in; no byte is dropped in silence."""
    for mark, codec in _TANDA.items():
        if content.startswith(mark):
            return _recode(content, codec)
    silent = guess_utf16(content)
    if silent:
        return _recode(content, silent)
    plain = content.removeprefix(codecs.BOM_UTF8)
    return Teks(plain, UTF8) if _is_utf8(plain) else _decode_lines(plain)


def _recode(content: bytes, codec: str) -> Teks:
    text = content.decode(codec, "replace").lstrip("\ufeff")
    return Teks(text.encode("utf-8", "replace"), codec[:6].upper())


def guess_utf16(content: bytes) -> str:
    """Return the codec of UTF-16 without a mark: nearly every second byte is zero."""
    sample = content[:_CONTOH]
    half = len(sample) // 2
    low, high = sample[::2].count(0), sample[1::2].count(0)
    if half and high > _PORSI_NOL * half and low < half / 10:
        return "utf-16-le"
    return "utf-16-be" if half and low > _PORSI_NOL * half and high < half / 10 else ""


def _is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(content), _BLOK):
            decoder.decode(content[at : at + _BLOK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decode_lines(content: bytes) -> Teks:
    """Return each line in UTF-8 if it is that, else in Windows-1252."""
    lines, old, proven = [], [], False
    for number, line in enumerate(content.splitlines(keepends=True), start=1):
        if line.isascii():
            lines.append(line)
        elif _is_utf8(line):
            proven = True
            lines.append(line)
        else:
            old.append(number)
            lines.append(line.decode("cp1252", "replace").encode())
    kind = CAMPUR if proven else CP1252
    return Teks(b"".join(lines), kind, tuple(old) if proven else ())
