"""Notebook to one self-contained HTML file: no code, no request to any host, made for A4 too."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters.html import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import default

from reviu_lib.errors import LaporanError
from reviu_lib.files import write_atomic
from reviu_lib.report.aset import FOLDER_TEMPLAT, load_aset
from reviu_lib.report.halaman import build_halaman


class ReviuExporter(HTMLExporter):
    """nbconvert exporter `reviu`: `jupyter nbconvert --to reviu NOTEBOOK`.

    It prints our own template and skips what HTMLExporter adds around one (scripts, styles,
    a second pass over the page).
    """

    export_from_notebook = "Laporan reviu (HTML)"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "reviu"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [str(FOLDER_TEMPLAT)]

    @default("language_code")
    def _language_code_default(self) -> str:
        return "id"

    @default("optimistic_validation")
    def _optimistic_validation_default(self) -> bool:
        return True  # once, not after each of eleven preprocessors that change nothing

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page and the resources; `resources["judul"]` is the title if given."""
        halaman = build_halaman(nb.cells)
        resources = dict(resources or {})
        name = resources.get("metadata", {}).get("name", "Laporan reviu")
        resources["halaman"] = halaman
        resources["aset"] = load_aset(publik=halaman.publik)
        resources["judul"] = resources.get("judul") or halaman.nama or name
        return TemplateExporter.from_notebook_node(self, nb, resources, **kw)


@cache
def _exporter() -> ReviuExporter:
    """Return the exporter of this process: its templates are compiled once."""
    return ReviuExporter()


def export_html(notebook: Path, html: Path, *, judul: str) -> None:
    """Write the executed `notebook` to `html`, whole or not at all.

    Raises LaporanError when the notebook cannot be read, RuangError when the page cannot be
    written.
    """
    try:
        nb = nbformat.read(notebook, as_version=4)
    except (OSError, ValueError, AttributeError, nbformat.ValidationError) as error:
        raise LaporanError(
            "Notebook hasil tidak dapat dibaca.",
            di=str(notebook),
            lakukan="Jalankan lagi reviu laporan dengan --ulang.",
        ) from error
    write_html(nb, html, judul=judul)


def write_html(nb: NotebookNode, html: Path, *, judul: str) -> None:
    """Write the executed notebook `nb` to `html`, whole or not at all.

    Raises RuangError when the page cannot be written.
    """
    page, _ = _exporter().from_notebook_node(nb, {"judul": judul})
    html.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(html, page.encode())
