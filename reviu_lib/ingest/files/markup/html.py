"""Web pages that systems hand out as "Excel" files: each HTML table becomes one sheet.

The page is read as text with a tokeniser of our own that passes over it once; nothing it refers
to is ever fetched, and scripts and styles are skipped. Excel's own pages keep the unrounded
number of a cell beside the shown one (`x:num`); that number is used.
"""

from __future__ import annotations

import email
import email.policy
import html
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from reviu_lib.ingest.files import limits
from reviu_lib.ingest.files.encodings import CAMPUR, CP1252, UTF8, decode
from reviu_lib.ingest.files.grid import Bentuk, Catatan, Kisi, fill_merged, to_cells
from reviu_lib.ingest.files.refusal import BerkasDitolak

_TAG = re.compile(r"<(?:!--|!\[|(/?)([a-zA-Z][\w:.-]*+)([^<>]*+)>)")
_ATRIBUT = re.compile(r"""(?<![\w:-])([\w:-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_PENTING = re.compile(r"span|x:num", re.I)
_SANDI = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_TAK_TAMPIL = re.compile(r"display\s*:\s*none", re.I)
_ANGKA = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_DILEWATI = {"script", "style", "xml", "title"}
_PUTUS = {"br", "p", "div", "li"}
# Other encodings a page may name; what calls itself ISO-8859-1 is Windows-1252 on the web.
_SANDI_LAIN = re.compile(r"iso-8859-(?!1$)\d+|windows-125[013-8]|koi8-[ru]|macintosh")
_KEPALA = 4_096  # bytes in which a page names its encoding
_MAKS_KANAN, _MAKS_BAWAH = 1_000, 65_534  # what a cell may span by the HTML standard
_SPASI = re.compile(r"[ \t\r\n\f]+")


@dataclass
class _Sel:
    """One cell while it is read."""

    kanan: int = 1
    bawah: int = 1
    angka: str = ""
    teks: list[str] = field(default_factory=list)


@dataclass
class _Tabel:
    """One table while it is read: finished rows, and cells still reaching down from above."""

    baris: list[list[str]] = field(default_factory=list)
    gabung: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    tersembunyi: list[int] = field(default_factory=list)
    ke_bawah: dict[int, int] = field(default_factory=dict)
    kolom: int = 0
    sel: _Sel | None = None
    jumlah: int = 0
    judul: str = ""

    def start_row(self, atribut: str) -> None:
        """Begin a row; the row before ends by itself."""
        self.end_cell()
        self.baris.append([])
        self.kolom = 0
        if _TAK_TAMPIL.search(atribut):
            self.tersembunyi.append(len(self.baris))

    def start_cell(self, atribut: str) -> None:
        """Begin a cell; the cell before ends by itself, a missing row begins by itself."""
        self.end_cell()
        if not self.baris:
            self.start_row("")
        given = _attributes(atribut) if _PENTING.search(atribut) else {}
        wide = _span(given.get("colspan"), _MAKS_KANAN)
        down = _span(given.get("rowspan"), _MAKS_BAWAH)
        number = given.get("x:num", "")
        self.sel = _Sel(wide, down, number if _ANGKA.fullmatch(number) else "")

    def end_cell(self) -> None:
        """Put the open cell in its place, right of those that reach down from above."""
        cell, self.sel = self.sel, None
        if cell is None:
            return
        row = self.baris[-1]
        while self.ke_bawah.get(self.kolom, 0) >= len(self.baris):
            self._put(row, "")
        start, at = self.kolom, len(self.baris) - 1
        self._put(row, cell.angka or _clean(cell.teks), cell.kanan)
        if cell.bawah > 1:
            below = dict.fromkeys(range(start, self.kolom), len(self.baris) + cell.bawah - 1)
            self.ke_bawah.update(below)
        if cell.kanan > 1 or cell.bawah > 1:
            self.gabung.append(((at, start), (at + cell.bawah - 1, self.kolom - 1)))

    def _put(self, row: list[str], text: str, lebar: int = 1) -> None:
        row.append(text)
        row.extend([""] * (lebar - 1))
        self.kolom += lebar
        self.jumlah += lebar
        if self.jumlah > limits.MAKS_SEL:
            limits.guard_total([self.jumlah])


def read_html(path: Path) -> list[Kisi]:
    """Return one grid per table with content. Raises BerkasDitolak (B04) when there is none."""
    text, encoding = _decode(path.read_bytes())
    tables = [table for table in _parse(text) if any(map(any, table.baris))]
    if not tables:
        raise BerkasDitolak("B04", _what_else(text))
    form = Bentuk("html", encoding)
    return [_to_grid(table, place, form) for place, table in enumerate(tables, start=1)]


def _to_grid(table: _Tabel, place: int, form: Bentuk) -> Kisi:
    note = (Catatan("B14", nilai=(form.penyandian,)),) if form.penyandian != UTF8 else ()
    rows = range(1, len(table.baris) + 1)
    cells = to_cells(table.baris, rows)
    last = len(table.baris) - 1
    merged = [(top, (min(bottom[0], last), bottom[1])) for top, bottom in table.gabung]
    return Kisi(
        table.judul or f"Tabel {place}",
        fill_merged(cells, merged),
        nomor_tersembunyi=tuple(table.tersembunyi),
        gabung=tuple(merged),
        bentuk=form,
        catatan=note,
    )


def _parse(text: str) -> list[_Tabel]:
    """Return all tables of a page in the order in which they begin, nested ones included."""
    found: list[_Tabel] = []
    stack: list[_Tabel] = []
    at = 0
    while tag := _TAG.search(text, at):
        _add_text(stack, text[at : tag.start()])
        name = (tag[2] or "").lower()
        at = _skip_part(text, tag, name)
        if at == tag.end():
            _step(name, tag, stack, found)
    if stack and stack[-1].baris:
        raise BerkasDitolak("B03", f"tabel ke-{len(found)} tidak ditutup")
    return found


def _skip_part(text: str, tag: re.Match[str], name: str) -> int:
    """Return where reading goes on: behind a comment, behind a script, or at once."""
    if not name:
        return _find_end(text, tag.end(), "-->" if tag[0] == "<!--" else "]>")
    if name in _DILEWATI and not tag[1] and not tag[3].endswith("/"):
        end = min(_find_end(text, tag.end(), f"</{word}") for word in (name, name.upper()))
        return _find_end(text, end, ">")
    return tag.end()


def _find_end(text: str, at: int, akhir: str) -> int:
    """Return the place behind the next `akhir`; the end of the page without one."""
    place = text.find(akhir, at)
    return place + len(akhir) if place >= 0 else len(text)


def _add_text(stack: list[_Tabel], text: str) -> None:
    if stack and stack[-1].sel is not None and text:
        stack[-1].sel.teks.append(text)


def _step(name: str, tag: re.Match[str], stack: list[_Tabel], found: list[_Tabel]) -> None:
    """Act on one tag."""
    closing, atribut = bool(tag[1]), tag[3]
    if name == "table":
        _step_table(closing, stack, found)
    elif not stack:
        return
    elif name in {"td", "th"}:
        stack[-1].end_cell() if closing else stack[-1].start_cell(atribut)
    elif name == "tr":
        stack[-1].end_cell() if closing else stack[-1].start_row(atribut)
    elif name in _PUTUS:
        _add_text(stack, "\n")


def _step_table(closing: bool, stack: list[_Tabel], found: list[_Tabel]) -> None:
    if closing and stack:
        stack.pop().end_cell()
    elif not closing:
        if len(found) >= limits.MAKS_TABEL_HTML:
            raise BerkasDitolak("B05", f"lebih dari {limits.MAKS_TABEL_HTML} tabel, batasnya")
        found.append(_Tabel())
        stack.append(found[-1])


def _attributes(atribut: str) -> dict[str, str]:
    return {
        found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
        for found in _ATRIBUT.finditer(atribut)
    }


def _span(text: str | None, most: int) -> int:
    """Return how many columns or rows a cell spans, at most what the standard allows."""
    return min(max(int(text[:9]), 1), most) if text and text.isdecimal() else 1


def _clean(parts: list[str]) -> str:
    """Return the words of a cell; line breaks of the source are spaces, `<br>` ends a line."""
    words = ["\n" if part == "\n" else _SPASI.sub(" ", html.unescape(part)) for part in parts]
    return "".join(words).strip(" \n")


def _decode(raw: bytes) -> tuple[str, str]:
    """Return the page and its encoding; a saved web archive (MHTML) gives its first page."""
    if not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"\x00" not in raw[:100]:
        raw = _page_of_archive(raw) or raw
    told = _SANDI.search(raw[:_KEPALA])
    name = told[1].decode("ascii", "replace").lower() if told else ""
    text = decode(raw)
    if text.penyandian in {CP1252, CAMPUR} and _SANDI_LAIN.fullmatch(name):
        with suppress(LookupError):
            return raw.decode(name, "replace"), name
    return text.isi.decode("utf-8", "replace"), text.penyandian


def _page_of_archive(raw: bytes) -> bytes:
    """Return the first HTML part with a table of a saved web archive, b"" when it has none."""
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    for part in message.walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and b"<t" in content.lower() and b"<table" in content.lower():
            return content
    return b""


def _what_else(text: str) -> str:
    """Return what a page without tables is."""
    start = text[:100_000].lower()
    if "<frameset" in start or "file-list" in start:
        return "halaman web yang tabelnya berada di berkas lain"
    return "halaman web atau XML tanpa tabel" if "<html" in start else "XML, bukan lembar kerja"
