"""A card: what an object of ours holds, as a notebook shows it instead of a line of code.

Every text is escaped here, and a run of digits that could be an identity number is masked, so
that whoever fills a card need not think of either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from reviu_lib.formatting import mask_identity

# Small and scoped to our own classes, so that a notebook looks orderly in JupyterLab.
GAYA_JUPYTER = (
    "<style>.rv table{border-collapse:collapse;font-size:.85em;margin-bottom:.8em}"
    ".rv th,.rv td{padding:.2em .5em;text-align:left!important;vertical-align:top}"
    ".rv td.n,.rv th.n,.rv .matriks td{text-align:right!important;white-space:nowrap}"
    ".rv caption{text-align:left;font-weight:600}.rv .gulir{max-height:30em;overflow:auto}"
    ".rv p{max-width:46em;line-height:1.5}.rv .sumber{display:block;font-weight:400;"
    "font-size:.85em}.rv .kotak{display:inline-block;border:1px solid #999;padding:.5em .8em;"
    "margin:.2em}.rv .kotak b{display:block;font-size:1.5em}</style>"
)
# How every fragment of ours begins; the exporter trusts no other HTML.
PEMBUKA = f'{GAYA_JUPYTER}<div class="rv">'


@dataclass(frozen=True)
class Daftar:
    """A small table of texts; cells of a column in `kode` are what a reader can type."""

    kepala: tuple[str, ...]
    baris: Sequence[Sequence[str]]
    kode: frozenset[int] = frozenset()

    @property
    def html(self) -> str:
        """The table as HTML, empty without rows."""
        if not self.baris:
            return ""
        head = "".join(tag("th", _text(name), scope="col") for name in self.kepala)
        rows = "".join(tag("tr", self._cells(row)) for row in self.baris)
        return tag("table", tag("thead", tag("tr", head)) + tag("tbody", rows))

    def _cells(self, row: Sequence[str]) -> str:
        return "".join(
            tag("td", tag("code", _text(cell)) if place in self.kode else _text(cell))
            for place, cell in enumerate(row)
        )


def render_kartu(judul: str, *isi: str | Daftar) -> str:
    """Return a card as HTML: the heading, then sentences and tables in the order given.

    Empty sentences and tables without rows leave no trace.

    >>> "<b>" in render_kartu("Nama <b>", "Satu kalimat.")
    False
    """
    parts = [tag("p", tag("strong", _text(judul)))]
    for satu in isi:
        parts.append(satu.html if isinstance(satu, Daftar) else _paragraph(satu))
    return f"{PEMBUKA}{''.join(parts)}</div>"


def _paragraph(kalimat: str) -> str:
    return tag("p", _text(kalimat)) if kalimat else ""


def _text(text: str) -> str:
    return escape(mask_identity(text))


def tag(name: str, content: str = "", /, **attributes: str) -> str:
    """Return an element; `content` is HTML already, attribute values are escaped here.

    `class_` and `for_` lose their underscore, other underscores become hyphens.
    """
    pairs = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    written = "".join(f' {key}="{escape(str(value))}"' for key, value in pairs)
    return f"<{name}{written}>{content}</{name}>"
