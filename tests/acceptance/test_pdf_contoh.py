"""The PDF of the example: the numbers of the page, of Word, and of the annex, on pages to print."""

import io
from collections import defaultdict
from numbers import Number

import openpyxl
import pypdf
import pytest
from bs4 import BeautifulSoup
from test_dokumen_contoh import ACUAN, numbers_of

from reviu_lib import load_hasil
from reviu_lib.catalog import tabel_hasil
from reviu_lib.formatting import format_value
from reviu_lib.report.angka import resolve_asal


def squeeze(text):
    """The text without space of any kind and without places to break."""
    return "".join(text.replace("\u200b", "").split())


@pytest.fixture(scope="module", params=ACUAN, ids=lambda item: f"{item[0]}-{item[1]}")
def edisi(request, ruang_contoh):
    """The page, the notebook that lies beside every edition, and the results of one example."""
    kode, tahun = request.param
    book = ruang_contoh.reports_of(kode, tahun) / f"reviu-{kode}-{tahun}-rapat.ipynb"
    page = BeautifulSoup(book.with_suffix(".html").read_text(encoding="utf-8"), "html.parser")
    for quoted in page.find_all("q"):  # a browser draws these marks itself
        quoted.insert(0, "“")
        quoted.append("”")
    return page, book, load_hasil(kode, tahun, ruang=ruang_contoh)


@pytest.fixture(scope="module")
def file(edisi):
    return pypdf.PdfReader(io.BytesIO(edisi[1].with_suffix(".pdf").read_bytes()))


@pytest.fixture(scope="module")
def halaman(file):
    """The pages without their headers and footers, as text without space."""
    texts = [page.extract_text() for page in file.pages]
    return [squeeze(body_of(text)) for text in texts]


def body_of(text):
    lines = text.splitlines()
    return "\n".join(line for line in lines if not is_frame(line))


def is_frame(line):
    return line.startswith("Halaman ") or "EDISI INTERNAL" in line or " · Edisi " in line


@pytest.fixture(scope="module")
def isi(halaman):
    return "".join(halaman)


def test_every_paragraph_of_the_page_is_in_the_pdf_with_its_numbers(edisi, isi):
    page = edisi[0]
    paragraphs = [
        squeeze(p.get_text())
        for p in page.select("main p, main li")
        if p.select("data[data-asal]") and not p.find(["ul", "ol", "p"])
    ]
    assert len(paragraphs) > 60
    assert [text for text in paragraphs if text not in isi] == []


def test_every_row_of_every_table_of_the_page_is_in_the_pdf(edisi, isi):
    rows = [
        squeeze("".join(cell.get_text() for cell in row.find_all(["td", "th"])))
        for row in edisi[0].select("main table[id] tbody tr")
    ]
    assert len(rows) > 900
    missing = [row for row in rows if row not in isi]
    assert len(missing) == 0, missing[:5]


def test_a_number_is_the_same_in_all_four_editions(edisi, isi):
    page, book, hasil = edisi
    word = numbers_of(book.with_suffix(".docx"))
    annex = cells_of(book.with_suffix(".xlsx"))
    seen = 0
    for element in page.select("data[data-asal]"):
        asal, format = element["data-asal"], element["data-format"]
        table, _, rest = asal.partition("/")
        if element.find_parent("q") or "?" in asal or table not in annex or "/" not in rest:
            continue
        text = element.get_text()
        value = resolve_asal(hasil, asal)
        assert text == format_value(value, format)
        assert word[asal, format] == {text}
        assert squeeze(text) in isi
        assert written(value) in annex[table][rest.rpartition("/")[2]]
        seen += 1
    assert seen > 200


def cells_of(path):
    """The values of every sheet of the annex by table and column, as `written` gives them."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    found = {}
    for sheet in book.worksheets:
        if sheet.title in tabel_hasil():
            found[sheet.title] = columns_of(sheet)
    return found


def columns_of(sheet):
    """The values of a sheet by the name of their column in the result."""
    kolom = tabel_hasil()[sheet.title].kolom
    titles = {word: satu.nama for satu in kolom for word in (satu.judul, satu.nama)}
    columns, head = defaultdict(set), []
    for row in sheet.iter_rows(values_only=True):
        if not head and sum(cell in titles for cell in row) > 1:
            head = [titles.get(cell, cell) for cell in row]
        for name, value in zip(head, row, strict=False):
            columns[name].add(written(value))
    return columns


def written(value):
    """A number to nine digits, or the text."""
    return f"{float(value):.9g}" if isinstance(value, Number) else str(value)


def test_bookmarks_are_the_headings_of_the_page(edisi, file):
    heads = [squeeze(head.get_text()) for head in edisi[0].select("main h2, main h3")]
    assert [squeeze(item.title) for item in walk(file.outline)] == heads


def walk(items):
    for item in items:
        if isinstance(item, list):
            yield from walk(item)
        else:
            yield item


def test_every_caption_of_the_page_is_in_the_pdf(edisi, isi):
    captions = [squeeze(span.get_text()) for span in edisi[0].select("main .nomor")]
    assert len(captions) > 60
    assert [caption for caption in captions if isi.count(f"{caption}.") < 2] == []


def test_no_page_is_empty_and_some_lie_across(file, halaman):
    assert 60 < len(file.pages) < 220
    assert [n for n, text in enumerate(halaman, start=1) if len(text) < 60] == []
    across = [page.mediabox.width > page.mediabox.height for page in file.pages]
    assert 0 < sum(across) < len(across) / 2


def test_the_pdf_is_small_enough_to_send_and_names_nobody(edisi, file, ruang_contoh):
    data = edisi[1].with_suffix(".pdf").read_bytes()
    assert len(data) < 8_000_000
    assert str(ruang_contoh.root).encode() not in data
    assert not file.metadata.author
    assert b"pdfuaid" in data
