"""Every line of code in the guide to exploring runs and shows something, on the example."""

import re
from pathlib import Path

import pytest

PANDUAN = Path(__file__).resolve().parents[2] / "docs" / "panduan" / "jelajah.md"
BARIS = re.findall(r"`(from reviu_lib import [^`]+)`", PANDUAN.read_text("utf-8"))


def test_the_guide_has_a_line_for_each_piece():
    assert len(BARIS) >= 8
    assert {line.rpartition(".")[2] for line in BARIS} >= {"gambar", "tabel", "kalimat", "asal"}


@pytest.mark.parametrize("line", BARIS)
def test_a_line_of_the_guide_shows_something(line, ruang_contoh, monkeypatch):
    monkeypatch.setenv("REVIU_RUANG", str(ruang_contoh.root))
    space: dict = {}
    imports, _, shown = line.partition("; ")
    exec(imports, space)
    piece = eval(shown, space)
    show = getattr(piece, "_repr_html_", None)
    assert len(show() if show else piece.png) > 300
