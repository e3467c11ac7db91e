"""HTML fragments of our own small vocabulary as blocks; anything else is an error, never lost.

Two sources write it: the sentences of `report.narasi`, and markdown cells as mistune renders them
(without raw HTML). Both are text for people, so that identity is masked here once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

from reviu_lib.errors import LaporanError
from reviu_lib.formatting import mask_identity
from reviu_lib.report.angka import KELAS_TERCATAT
from reviu_lib.report.dokumen.blok import (
    Baris,
    Blok,
    Daftar,
    Gaya,
    Isi,
    Judul,
    Kata,
    Kelompok,
    Kolom,
    Paragraf,
    Sel,
    Tabel,
    plain_text,
)

_KOSONG = frozenset({"br", "hr", "img"})
_JUDUL = {f"h{level}": level for level in range(1, 7)}
# What an inline element adds to the runs inside it.
_GAYA: dict[str, dict[str, Any]] = {
    "strong": {"tebal": True},
    "b": {"tebal": True},
    "em": {"miring": True},
    "i": {"miring": True},
    "cite": {},
    "code": {"kode": True},
    "span": {},
    "del": {},
    "q": {},
    "a": {},
}
_INLINE = frozenset({*_GAYA, "data", "time", "br", "img", ""})
# Formats that print text as somebody wrote it.
_TEKS = frozenset({"teks", "teks_sambung", "teks_kalimat"})
_RUANG = re.compile(r"[ \t\r\n]+")
_KELAS: dict[str, Gaya] = {"kosong": "kosong", "galat": "galat"}


@dataclass
class _Simpul:
    """An element or (without tag) a text."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    isi: list[_Simpul] = field(default_factory=list)
    teks: str = ""


class _Pohon(HTMLParser):
    """Builds the tree of a fragment; tags that do not match are an error."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.akar = _Simpul("akar")
        self._open = [self.akar]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Simpul(tag, {key: value or "" for key, value in attrs})
        self._open[-1].isi.append(node)
        if tag not in _KOSONG:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _KOSONG:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1].tag != tag:
            raise _unknown(f"</{tag}>")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].isi.append(_Simpul("", teks=data))


def parse_prosa(html: str) -> list[Blok]:
    """Return the blocks of a fragment; LaporanError names an element that is not known here."""
    return list(_blocks(_read(html).isi))


def parse_isi(html: str) -> Isi:
    """Return the runs of a fragment without paragraphs, such as a caption or a tile."""
    return _runs(_read(html).isi)


def _read(html: str) -> _Simpul:
    tree = _Pohon()
    tree.feed(html)
    tree.close()
    if tree._open != [tree.akar]:
        raise _unknown(f"<{tree._open[-1].tag}> yang tidak ditutup")
    return tree.akar


def _unknown(what: str) -> LaporanError:
    return LaporanError(
        f"Bagian teks laporan tidak dapat dipindahkan ke dokumen: {what}.",
        lakukan="Laporkan pesan ini; laporan HTML dan lampiran Excel tetap dapat dipakai.",
    )


def _blocks(nodes: Sequence[_Simpul]) -> Iterable[Blok]:
    """Return blocks; text that stands between them without an element becomes a paragraph."""
    loose: list[_Simpul] = []
    for node in nodes:
        if node.tag in _INLINE:
            loose.append(node)
            continue
        yield from _paragraph(loose)
        loose = []
        yield from _block(node)
    yield from _paragraph(loose)


def _block(node: _Simpul) -> Iterable[Blok]:
    if node.tag in _JUDUL:
        return [Judul(_JUDUL[node.tag], plain_text(_runs(node.isi)))]
    if node.tag not in _BENTUK:
        raise _unknown(f"<{node.tag}>")
    return _BENTUK[node.tag](node)


def _written(node: _Simpul) -> Iterable[Blok]:
    return _paragraph(node.isi, _gaya(node), tuple(node.attrs.get("data-rujuk", "").split()))


def _quotation(node: _Simpul) -> Iterable[Blok]:
    parts = _blocks(node.isi)
    return [replace(p, gaya="kutipan") if isinstance(p, Paragraf) else p for p in parts]


def _gaya(node: _Simpul) -> Gaya:
    return _KELAS.get(node.attrs.get("class", ""), "")


def _paragraph(
    nodes: Sequence[_Simpul], gaya: Gaya = "", rujuk: tuple[str, ...] = ()
) -> list[Blok]:
    runs = _runs(nodes)
    return [Paragraf(runs, gaya, rujuk)] if plain_text(runs).strip() else []


def fixed_text(text: str) -> list[Blok]:
    """Return lines of a program's output as paragraphs of fixed width, identity masked."""
    lines = mask_identity(text).rstrip().splitlines()
    return [Paragraf((Kata(line, kode=True),), "tetap") for line in lines]


def _list(node: _Simpul) -> list[Blok]:
    items = []
    for child in node.isi:
        if child.tag == "li":
            parts = [part for part in _blocks(child.isi) if isinstance(part, Paragraf | Daftar)]
            items.append(tuple(parts))
        elif child.tag or child.teks.strip():
            raise _unknown(f"<{child.tag}> di dalam daftar")
    return [Daftar(tuple(items), bernomor=node.tag == "ol")]


def _table(node: _Simpul) -> list[Blok]:
    """Return a plain table of a markdown cell: a row of headings, then rows of text."""
    lines = [
        tuple(plain_text(_runs(cell.isi)).strip() for cell in row.isi if cell.tag in {"td", "th"})
        for row in _descend(node, "tr")
    ]
    head, rows = (lines or [()])[0], lines[1:]
    kolom = tuple(Kolom("", text) for text in head)
    baris = tuple(Baris(tuple(Sel(text) for text in row)) for row in rows)
    return [Tabel("", "", "", (), kolom, (Kelompok("", baris),))]


def _descend(node: _Simpul, tag: str) -> Iterable[_Simpul]:
    for child in node.isi:
        if child.tag == tag:
            yield child
        yield from _descend(child, tag)


def _runs(nodes: Sequence[_Simpul]) -> Isi:
    return _tidy(_collect(nodes, Kata("")))


def _collect(nodes: Sequence[_Simpul], base: Kata) -> list[Kata]:
    return [run for node in nodes for run in _run(node, base)]


def _run(node: _Simpul, base: Kata) -> Iterable[Kata]:
    if not node.tag:
        return [replace(base, teks=_RUANG.sub(" ", node.teks))]
    if node.tag in {"data", "time"}:
        return [_value(node, base)]
    if node.tag == "br":
        return [replace(base, teks="\n")]
    if node.tag == "img":
        return [replace(base, teks=node.attrs.get("alt", ""))]
    if node.tag == "q":
        return _quoted(node, base)
    if node.tag not in _GAYA:
        raise _unknown(f"<{node.tag}> di dalam kalimat")
    return _collect(node.isi, replace(base, tautan=_link(node, base), **_GAYA[node.tag]))


def _link(node: _Simpul, base: Kata) -> str:
    """Return an address on the web; links inside the page have none in a document."""
    href = node.attrs.get("href", "")
    return href if href.startswith(("https://", "http://", "mailto:")) else base.tautan


def _value(node: _Simpul, base: Kata) -> Kata:
    text = _RUANG.sub(" ", _text(node))
    asal = node.attrs.get("data-asal", "")
    format = node.attrs.get("data-format", "tanggal") if asal else ""
    return replace(base, teks=text, asal=asal, format=format)


def _quoted(node: _Simpul, base: Kata) -> Iterable[Kata]:
    """Return recorded words between quotation marks; people own them, so no run renews them."""
    recorded = KELAS_TERCATAT in node.attrs.get("class", "").split()
    inside = replace(base, tercatat=recorded or base.tercatat)
    mark = replace(inside, teks="“")
    return [mark, *_collect(node.isi, inside), replace(mark, teks="”")]


def _text(node: _Simpul) -> str:
    return node.teks + "".join(_text(child) for child in node.isi)


def _tidy(runs: Sequence[Kata]) -> Isi:
    """Return the runs with equal neighbours joined, outer space taken off, identity masked."""
    joined: list[Kata] = []
    for run in runs:
        if joined and not run.asal and replace(joined[-1], teks="") == replace(run, teks=""):
            joined[-1] = replace(joined[-1], teks=joined[-1].teks + run.teks)
        elif run.teks:
            joined.append(run)
    if joined:
        joined[0] = replace(joined[0], teks=joined[0].teks.lstrip(" "))
        joined[-1] = replace(joined[-1], teks=joined[-1].teks.rstrip(" "))
    return tuple(replace(run, teks=_masked(run)) for run in joined if run.teks)


def _masked(run: Kata) -> str:
    """Return free text with identity masked; numbers are formatted, never masked."""
    return run.teks if run.asal and run.format not in _TEKS else mask_identity(run.teks)


_BENTUK: dict[str, Callable[[_Simpul], Iterable[Blok]]] = {
    "p": _written,
    "ul": _list,
    "ol": _list,
    "blockquote": _quotation,
    "pre": lambda node: fixed_text(_text(node)),
    "table": _table,
    "div": lambda node: _blocks(node.isi),
    "section": lambda node: _blocks(node.isi),
    "hr": lambda node: (),
}
