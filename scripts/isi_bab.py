"""Fill the list of contents of each page of docs/panduan/bab from notebook 02 and laporan.toml.

A page is of the chapter that its first line names. Its block `isi_bab` lists the figures and
tables that the notebook shows in that chapter, in order, with title and source as reports print
them, so that a page cannot tell of a figure that is gone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from isi_metodologi import table

from reviu_lib.report.susunan import (
    load_susunan_gambar,
    load_susunan_matriks,
    load_susunan_tabel,
)

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "notebooks" / "02_reviu_kinerja.ipynb"
_BLOK = re.compile(r"(<!-- dihasilkan: isi_bab -->\n).*?(<!-- akhir -->)", flags=re.DOTALL)
_PIECE = re.compile(r'laporan\.(tabel|gambar)\("(\w+)"')
_KATA = {
    "tahun": "tahun reviu",
    "tahun_berikut": "tahun depan",
    "tahun_lalu": "tahun lalu",
    "analisis": "analisis situasi",
    "rencana": "rencana kegiatan",
}
_TANPA = "Bab ini hanya berisi kalimat, tanpa gambar dan tabel."


def list_bab() -> dict[str, list[tuple[str, str]]]:
    """Return each chapter heading of notebook 02 with its pieces: kind and name, in order."""
    chapters: dict[str, list[tuple[str, str]]] = {}
    for text in _cells():
        if text.startswith("## "):
            chapters[text.splitlines()[0].removeprefix("## ")] = []
        elif chapters:
            chapters[next(reversed(chapters))] += _PIECE.findall(text)
    return chapters


def _cells() -> Iterator[str]:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return ("".join(cell["source"]) for cell in cells)


def fill_bab(text: str) -> str:
    """Return a page with its list made anew; KeyError for a chapter the notebook does not have."""
    pieces = list_bab()[text.splitlines()[0].removeprefix("# ")]
    return _BLOK.sub(lambda match: f"{match[1]}{describe_pieces(pieces)}\n{match[2]}", text)


def describe_pieces(pieces: list[tuple[str, str]]) -> str:
    """Return the table of the figures and tables of one chapter."""
    known = {"gambar": load_susunan_gambar(), "tabel": _all_tables()}
    rows = [
        (kind.capitalize(), _in_words(known[kind][name].judul), _in_words(known[kind][name].sumber))
        for kind, name in pieces
        if name in known[kind]
    ]
    return table(("Jenis", "Judul pada laporan", "Sumber"), rows) if rows else _TANPA


def _all_tables() -> Mapping[str, object]:
    return {**load_susunan_tabel(), **load_susunan_matriks()}


def _in_words(text: str) -> str:
    for name, words in _KATA.items():
        text = text.replace(f"tahun {{{name}}}", words if "tahun" in words else f"tahun {words}")
        text = text.replace(f"{{{name}}}", words)
    return text
