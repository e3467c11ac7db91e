"""From an executed notebook to the parts of one page: cover, contents, body.

Code is never shown. What a cell gave is kept whether it was displayed or was the last value of
the cell; HTML that is not ours is reduced to text and tables. A failed cell becomes a plain
notice that names its section, without trace or values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

import bleach
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from reviu_lib.formatting import mask_identity
from reviu_lib.report.aset import PUBLIK
from reviu_lib.report.tampilan import GAYA_JUPYTER, PEMBUKA, tag

TAG_SAMPUL = "sampul"
TAG_HANYA_JUPYTER = "hanya-jupyter"
_TAG_PAPERMILL = "papermill-error-cell-tag"
_BENTUK = ("text/html", "image/png", "image/jpeg", "text/markdown", "text/plain")
_MARKUP = re.compile(r"<[^>]+>")
# What stays of HTML that is not ours: the elements and attributes of plain text and tables.
_UNSUR_LUAR = frozenset({
    "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "div", "dl", "dt", "em",
    "h3", "h4", "h5", "h6", "hr", "i", "li", "ol", "p", "pre", "q", "s", "small", "span", "strong",
    "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
})  # fmt: skip
_SIFAT_LUAR = ["colspan", "rowspan", "scope"]
_BERGAYA = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
# A numbered table of the page, and a paragraph that names the tables behind its numbers.
_TABEL = re.compile(r'<table id="tabel-(\w+)">.{0,80}?<span class="nomor">Tabel (\d+)<', re.DOTALL)
_BERUJUK = re.compile(r'<p data-rujuk="([\w ]*)">(.*?)</p>', re.DOTALL)


@dataclass(frozen=True)
class Judul:
    """One heading of the page: level 1–6, anchor, text."""

    level: int
    id: str
    text: str


@dataclass
class Halaman:
    """The parts of a page as HTML, with its headings and the sections that failed."""

    sampul: str = ""
    isi: list[str] = field(default_factory=list)
    judul: list[Judul] = field(default_factory=list)
    gagal: list[str] = field(default_factory=list)

    @property
    def bagian(self) -> str:
        """The text of the latest heading."""
        return self.judul[-1].text if self.judul else "Pembuka"

    @property
    def daftar_isi(self) -> str:
        """The table of contents as nested lists with links."""
        return _contents([judul for judul in self.judul if judul.level in {2, 3}])

    @property
    def publik(self) -> bool:
        """True when the cover says that this is the public edition."""
        return PUBLIK in self.sampul

    @property
    def nama(self) -> str:
        """The words of the cover's title, empty without a cover."""
        match = re.search(r"<h1[^>]*>(.*?)</h1>", self.sampul, flags=re.DOTALL)
        return unescape(_MARKUP.sub("", match.group(1))).strip() if match else ""


def build_halaman(cells: Iterable[Mapping[str, Any]]) -> Halaman:
    """Return the page of a notebook's cells."""
    halaman = Halaman()
    for cell in list_shown(cells):
        if cell["cell_type"] == "markdown":
            halaman.isi.append(_markdown(cell["source"], halaman))
        elif cell["cell_type"] == "code":
            html = "".join(_output(output, halaman) for output in cell.get("outputs", []))
            if TAG_SAMPUL in _tags(cell):
                halaman.sampul += html
            else:
                halaman.isi.append(html)
    halaman.isi = _link_tables(halaman.isi)
    return halaman


def list_shown(cells: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Return the cells that a reader is shown."""
    return (cell for cell in cells if not _tags(cell) & {TAG_HANYA_JUPYTER, _TAG_PAPERMILL})


def _tags(cell: Mapping[str, Any]) -> set[str]:
    return set(cell.get("metadata", {}).get("tags", []))


def _link_tables(isi: list[str]) -> list[str]:
    """Return the parts with a link after each paragraph to every table behind its numbers."""
    numbers = {name: int(number) for html in isi for name, number in _TABEL.findall(html)}

    def close(match: re.Match[str]) -> str:
        names, text = match.groups()
        shown = sorted((numbers[name], name) for name in names.split() if name in numbers)
        links = [tag("a", f"Tabel {number}", href=f"#tabel-{name}") for number, name in shown]
        place = tag("span", f"({', '.join(links)})", class_="rujuk")
        return tag("p", f"{text} {place}" if links else text)

    return [_BERUJUK.sub(close, html) for html in isi]


class _Renderer(IPythonRenderer):
    """Markdown without raw HTML; headings get a unique anchor and are collected."""

    def __init__(self, halaman: Halaman) -> None:
        super().__init__(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)
        self.halaman = halaman

    def heading(self, text: str, level: int, **_: Any) -> str:
        plain = unescape(_MARKUP.sub("", text))
        judul = Judul(level, _anchor(plain, self.halaman.judul), plain)
        self.halaman.judul.append(judul)
        notice = _not_built(self.halaman) if level == 2 else ""
        return tag(f"h{level}", text, id=judul.id) + notice


def render_markdown(source: str) -> str:
    """Return a markdown cell as HTML, without raw HTML of its own."""
    return _markdown(source, Halaman())


def _markdown(source: str, halaman: Halaman) -> str:
    return str(MarkdownWithMath(renderer=_Renderer(halaman)).render(source))


def _anchor(text: str, taken: Iterable[Judul]) -> str:
    """Return an anchor of plain letters that no earlier heading has."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    base = "bab-" + (re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "tanpa-judul")
    used = {judul.id for judul in taken}
    names = (base if n == 1 else f"{base}-{n}" for n in range(1, len(used) + 2))
    return next(name for name in names if name not in used)


def _output(output: Mapping[str, Any], halaman: Halaman) -> str:
    kind = output["output_type"]
    if kind == "error":
        return _failure(halaman)
    if kind == "stream":
        text = mask_identity(_join(output["text"])) if output["name"] == "stdout" else ""
        return tag("pre", escape(text)) if text.strip() else ""
    mime, content, words = pick_output(output)
    return _bundle(mime, content, words, halaman) if mime else ""


def pick_output(output: Mapping[str, Any]) -> tuple[str, str, Mapping[str, Any]]:
    """Return the kind, content, and words (metadata) of what is printed; "" when nothing is."""
    data = output.get("data", {})
    mime = next((mime for mime in _BENTUK if mime in data), "")
    return mime, _join(data.get(mime, "")), output.get("metadata", {}).get(mime, {})


def _bundle(mime: str, content: str, words: Mapping[str, Any], halaman: Halaman) -> str:
    if mime == "text/html":
        ours = content.startswith(PEMBUKA)
        return content.removeprefix(GAYA_JUPYTER) if ours else _clean(content)
    if mime == "text/markdown":
        return _markdown(content, halaman)
    if mime == "text/plain":
        return tag("pre", escape(content)) if content.strip() else ""
    return _figure(mime, content, words, halaman)


def _clean(content: str) -> str:
    """Return what a cell of the user's own printed as HTML, reduced to text and tables."""
    return str(
        bleach.clean(
            _BERGAYA.sub("", content), tags=_UNSUR_LUAR, attributes=_SIFAT_LUAR, strip=True
        )
    )


def _figure(mime: str, content: str, words: Mapping[str, Any], halaman: Halaman) -> str:
    """Return a picture with its description; one without words is described by its section."""
    alt = str(words.get("alt") or f"Gambar pada bagian {halaman.bagian}")
    source = f"data:{mime};base64,{''.join(content.split())}"
    image = f'<img src="{source}" alt="{escape(alt)}">'
    if "nomor" not in words:
        return tag("figure", image, tabindex="0")
    number = tag("span", escape(words["nomor"]), class_="nomor")
    caption = tag("figcaption", f"{number} {escape(words['judul'])}{words['sumber']}")
    anchor = str(words["nomor"]).lower().replace(" ", "-")
    return tag("figure", image + caption, id=anchor, tabindex="0")


def _join(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _failure(halaman: Halaman) -> str:
    halaman.gagal.append(halaman.bagian)
    text = (
        f"Bagian “{halaman.bagian}” tidak dapat disusun. Jalankan reviu periksa untuk melihat "
        "keadaan datanya; catatan kesalahan lengkap ada pada log, tidak pada laporan ini."
    )
    return tag("div", tag("p", escape(text)), class_="galat", role="alert")


def _not_built(halaman: Halaman) -> str:
    if not halaman.gagal:
        return ""
    text = f"Bagian ini belum disusun karena bagian “{halaman.gagal[0]}” gagal lebih dahulu."
    return tag("p", escape(text), class_="galat")


def _contents(judul: list[Judul]) -> str:
    """Return level 2 headings as a list, level 3 headings as lists inside."""
    items: list[tuple[Judul, list[Judul]]] = []
    for satu in judul:
        if satu.level == 2 or not items:
            items.append((satu, []))
        else:
            items[-1][1].append(satu)
    return tag("ol", "".join(_item(head, children) for head, children in items))


def _item(head: Judul, children: list[Judul]) -> str:
    inner = "".join(tag("li", _link(child)) for child in children)
    return tag("li", _link(head) + (tag("ol", inner) if inner else ""))


def _link(judul: Judul) -> str:
    return tag("a", escape(judul.text), href=f"#{judul.id}")
