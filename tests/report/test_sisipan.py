"""Names and notes that try to be something else (faults F64–F68) stay text in every product."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache

import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hasil_kecil import make_hasil
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from test_indeks import SOPPENG, page

from reviu_lib.catalog import tabel_hasil
from reviu_lib.hasil import HasilReviu
from reviu_lib.report import Laporan, ReviuExporter, write_lampiran
from reviu_lib.report.tampilan import Gambar

MARKAH = (
    "<script>alert(1)</script><img src=x onerror=alert(1)></title></style><b>x "
    '" onmouseover="alert(1) javascript:alert(1) &lt;b&gt; &amp;'
)
TEMPLAT = "{{7*7}} {% include 'x' %} [a](b) ![c](http://contoh.invalid/d.png) | a | ```b``` `c`"
RUMUS_TEKS = r"$x^2$ \(a_b\) Rp$ dan a_b$c {0.__class__} %(a)s"
SISIPAN = (MARKAH, TEMPLAT, RUMUS_TEKS)
RUMUS = ("=cmd|'/c calc'!A1", "+1+2", "-2+3", "@SUM(A1)", "＝1+1", "http://contoh.invalid/")
# Columns of names and notes as people write them; the others hold words of ours.
BEBAS = {
    "wilayah", "desa", "kecamatan", "opd", "indikator", "kegiatan", "sub_kegiatan", "uraian",
    "akar_masalah", "alternatif_solusi", "hambatan", "peluang", "dokumen_bukti", "rekomendasi",
    "catatan", "puskesmas", "sumber_dana", "alasan", "bukti",
}  # fmt: skip


def with_names(text: str) -> HasilReviu:
    """Return the small result with `text` in every cell of a name or note."""
    hasil = make_hasil(nama=text)
    tables = {}
    for nama in tabel_hasil():
        frame: pd.DataFrame = getattr(hasil, nama)
        free = [kolom for kolom in frame if kolom in BEBAS and len(frame)]
        tables[nama] = frame.assign(**{kolom: _rename(frame[kolom], text) for kolom in free})
    return replace(hasil, **tables)


def _rename(column: pd.Series, text: str) -> pd.Series:
    """Return the column with `text` in front of a number for each different value."""
    numbers = pd.Series(pd.factorize(column)[0], index=column.index).astype("string")
    return (text + " " + numbers).where(column.notna())


@cache
def render(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the page with every piece of the report, and the alt texts of its figures."""
    laporan = Laporan(with_names(text))
    chapters = [nama for nama in laporan.daftar_narasi() if nama != "banding"]
    pieces = [laporan.narasi(nama) for nama in chapters]
    pieces += [laporan.tabel(nama) for nama in laporan.daftar_tabel()]
    figures = [laporan.gambar(nama) for nama in laporan.daftar_gambar()]
    cells = [_cell(laporan.sampul(), "sampul"), new_markdown_cell("## Bab")]
    cells += [_cell(piece) for piece in (*pieces, *figures, laporan.pengesahan())]
    html, _ = ReviuExporter().from_notebook_node(new_notebook(cells=cells))
    return html, tuple(figure.alt for figure in figures if isinstance(figure, Gambar))


def _cell(piece, *tags):
    bundle = piece._repr_mimebundle_()
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    output = new_output("display_data", data=data, metadata=metadata)
    return new_code_cell("", outputs=[output], metadata={"tags": list(tags)})


def shape(html: str) -> tuple[Counter, set[str]]:
    """Return how many elements of each kind a page has, and the attributes they carry."""
    every = BeautifulSoup(html, "html.parser").find_all(True)
    return Counter(one.name for one in every), {name for one in every for name in one.attrs}


@pytest.mark.parametrize("text", SISIPAN)
def test_a_page_has_the_same_elements_whatever_the_names(text):
    harmless = "Nama biasa yang sama panjang dengan lain"
    assert shape(render(text)[0]) == shape(render(harmless)[0])


@pytest.mark.parametrize("text", SISIPAN)
def test_the_name_is_read_on_the_page_as_it_was_written(text):
    soup = BeautifulSoup(render(text)[0], "html.parser")
    shown = " ".join(soup.main.get_text().split())
    assert shown.count(" ".join(text.split())) > 20
    assert text in soup.title.get_text()


@pytest.mark.parametrize("text", SISIPAN)
def test_a_figure_is_drawn_and_described_with_the_name(text):
    _, described = render(text)
    assert len(described) > 10
    assert any(text in alt for alt in described)


@pytest.mark.parametrize("text", [MARKAH, *RUMUS])
def test_a_cell_of_the_annex_holds_text_and_never_a_formula(tmp_path, text):
    path = tmp_path / "lampiran.xlsx"
    write_lampiran(with_names(text), path)
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book.worksheets[1:] for row in sheet.iter_rows() for cell in row]
    held = [cell for cell in cells if isinstance(cell.value, str) and text in cell.value]
    assert len(held) > 20
    assert {cell.data_type for cell in held} == {"s"}
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []


@pytest.mark.parametrize("text", SISIPAN)
def test_the_index_reads_the_name_and_keeps_its_elements(tmp_path, text):
    entries = [replace(SOPPENG, nama=name, provinsi=name, pesan=name) for name in (text, "Biasa")]
    written, plain = (str(page(tmp_path, entry)) for entry in entries)
    assert shape(written) == shape(plain)
    assert text in BeautifulSoup(written, "html.parser").main.get_text()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice tidak terpasang")
def test_libreoffice_opens_the_annex_and_computes_nothing_from_a_name(tmp_path):
    write_lampiran(with_names(RUMUS[0]), tmp_path / "lampiran.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path),
               str(tmp_path / "lampiran.xlsx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    opened = pd.read_excel(
        tmp_path / "lampiran.ods", sheet_name=None, header=None, engine="calamine"
    )
    assert list(opened) == openpyxl.load_workbook(tmp_path / "lampiran.xlsx").sheetnames
    texts = [str(cell) for sheet in opened.values() for cell in sheet.to_numpy().ravel()]
    assert sum(text.startswith(RUMUS[0]) for text in texts) > 20
    content = zipfile.ZipFile(tmp_path / "lampiran.ods").read("content.xml").decode()
    assert "table:formula" not in content
