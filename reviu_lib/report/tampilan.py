"""Pieces a notebook shows: HTML fragments and pictures, with what the exporter needs beside them.

Fragments are built here and in `tabel` only, from escaped text. In JupyterLab a fragment carries
a few lines of style of its own; the exporter takes them out, because the page has its own sheet.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from matplotlib import rc_context
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from PIL import Image

from reviu_lib.kartu import GAYA_JUPYTER as GAYA_JUPYTER
from reviu_lib.kartu import PEMBUKA, tag
from reviu_lib.report.lukis.huruf import draw_pixels
from reviu_lib.report.lukis.palet import write_png
from reviu_lib.report.lukis.tata import GAYA_HURUF, TITIK_PER_INCI

# Key of the metadata under which a piece tells its name.
KUNCI_NAMA = "reviu"

# What draws each vector format, and the one word of its metadata that is not its content.
_KANVAS: dict[str, tuple[type[FigureCanvasBase], str]] = {
    "svg": (FigureCanvasSVG, "Date"),
    "pdf": (FigureCanvasPdf, "CreationDate"),
}


@dataclass(frozen=True)
class Potongan:
    """A fragment of the report as HTML; an empty one shows nothing.

    `nama` is what the notebook asked for (`tabel/kaskade`): it stands in the executed notebook, so
    that an edition of another format can ask for the same. `isi` are the tables it holds.
    """

    html: str
    nama: str = ""
    isi: tuple[Any, ...] = ()

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        words = {"text/html": {KUNCI_NAMA: self.nama}} if self.nama else {}
        return {"text/html": self._repr_html_(), "text/plain": ""}, words

    def _repr_html_(self) -> str:
        return f"{PEMBUKA}{self.html}</div>" if self.html else ""


@dataclass(frozen=True)
class Judul:
    """A heading of a chapter that depends on the result."""

    teks: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/markdown": f"## {self.teks}", "text/plain": self.teks}


@dataclass(frozen=True)
class Gambar:
    """A numbered picture with its caption and a description in words (`alt`).

    It is drawn when it is shown, for the screen (`png`) or at another resolution (`draw`).
    """

    bagan: Figure
    alt: str
    nomor: str
    judul: str
    sumber: str
    nama: str = ""

    @cached_property
    def png(self) -> bytes:
        """The picture as the page shows it."""
        return render_png(self.bagan)

    def draw(self, format: str, dpi: int) -> bytes:
        """Return the picture as "png" at `dpi`, or as "svg" or "pdf" without a resolution.

        The figure is laid out once, so that drawing it again changes nothing.
        """
        if format == "png":
            return render_png(self.bagan, dpi)
        return render_vektor(self.bagan, format)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        picture = base64.b64encode(self.png).decode("ascii")
        words = {
            "alt": self.alt,
            "nomor": self.nomor,
            "judul": self.judul,
            "sumber": self.sumber,
            "width": Image.open(io.BytesIO(self.png)).width * 96 // TITIK_PER_INCI,
            **({KUNCI_NAMA: self.nama} if self.nama else {}),
        }
        return {"image/png": picture, "text/plain": self.alt}, {"image/png": words}


def render_png(figure: Figure, dpi: int = TITIK_PER_INCI) -> bytes:
    """Return the figure as PNG bytes that depend on its content alone (no date, no version)."""
    figure.set_dpi(dpi)
    with rc_context(GAYA_HURUF):
        return write_png(draw_pixels(figure))  # savefig would draw twice, to lay out and to print


def render_vektor(figure: Figure, format: str) -> bytes:
    """Return the figure as "svg" or "pdf" bytes that depend on its content alone."""
    out = io.BytesIO()
    canvas, undated = _KANVAS[format]
    with rc_context({**GAYA_HURUF, "svg.hashsalt": "reviu", "svg.fonttype": "path"}):
        draw = getattr(canvas(figure), f"print_{format}")
        draw(out, metadata={undated: None})  # savefig would draw twice here too
    return out.getvalue()


def sentence(text: str) -> Potongan:
    """Return one plain sentence, used where a table or figure has nothing to show."""
    return Potongan(tag("p", escape(text), class_="kosong") if text else "")
