"""The Word edition of the example: the numbers of the page, and pages that can be printed."""

import io
import shutil
import subprocess
import zipfile
from html import unescape

import docx
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from lxml import etree

from reviu_lib import load_hasil
from reviu_lib.formatting import format_value
from reviu_lib.report.angka import resolve_asal
from reviu_lib.report.dokumen.word.tanda import load_register, read_tag

ACUAN = (("12.18", 2021), ("73.12", 2024))
_T, _SDT, _TAG = qn("w:t"), qn("w:sdt"), f"{qn('w:sdtPr')}/{qn('w:tag')}"


def words(element):
    return "".join(t.text or "" for t in element.iter(_T)).replace("\u00a0", " ")


@pytest.fixture(scope="module", params=ACUAN, ids=lambda item: f"{item[0]}-{item[1]}")
def edisi(request, ruang_contoh):
    """The page and the document of one example report, with the results behind both."""
    kode, tahun = request.param
    folder, stem = ruang_contoh.reports_of(kode, tahun), f"reviu-{kode}-{tahun}-rapat"
    page = BeautifulSoup((folder / f"{stem}.html").read_text(encoding="utf-8"), "html.parser")
    return page, folder / f"{stem}.docx", load_hasil(kode, tahun, ruang=ruang_contoh)


def numbers_of(path):
    """The marked values of a document: (address, format) → the words in the control."""
    document = docx.Document(str(path))
    register = load_register(document)
    found = {}
    for control in document.element.body.iter(_SDT):
        alamat = register[read_tag(control.find(_TAG).get(qn("w:val")))]
        if alamat.jenis == "angka":
            found.setdefault((alamat.nama, alamat.rinci), set()).add(words(control))
    return found


def test_every_number_of_the_page_is_in_the_document_with_the_same_words(edisi):
    page, path, _ = edisi
    there = numbers_of(path)
    told = {
        (e["data-asal"], e.get("data-format", "tanggal"), e.get_text())
        for e in page.select("data[data-asal], time[data-asal]")
        if e.find_parent("q") is None
    }
    assert len(told) > 300
    assert [item for item in told if there.get(item[:2]) != {item[2]}] == []


def test_every_number_of_the_document_is_that_of_the_result(edisi):
    _, path, hasil = edisi
    for (asal, format), texts in numbers_of(path).items():
        assert texts == {format_value(resolve_asal(hasil, asal), format)}


def test_every_table_of_the_page_is_in_the_document_cell_by_cell(edisi):
    page, path, _ = edisi
    html = [
        [[cell.get_text() for cell in row.find_all(["td", "th"])] for row in table.find_all("tr")]
        for table in page.select("table[id]")
    ]
    word = [
        [[words(cell) for cell in row.tc_lst] for row in table._tbl.tr_lst]
        for table in docx.Document(str(path)).tables
        if table.style is not None and table.style.name == "Tabel Reviu"
    ]
    assert len(html) > 45
    assert word == html


def test_headings_captions_and_figures_are_those_of_the_page(edisi):
    page, path, _ = edisi
    document = docx.Document(str(path))
    heads = [words(p._p) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert heads == [head.get_text() for head in page.select("main h2, main h3")]
    captions = [words(p._p) for p in document.paragraphs if p.style.name == "Caption"]
    numbers = [unescape(span.get_text()) for span in page.select("main .nomor")]
    assert [caption.partition(". ")[0] for caption in captions] == numbers
    assert len(document.inline_shapes) == len(page.select("main figure img"))


def test_the_document_holds_no_nik_no_path_and_no_maker(edisi, ruang_contoh):
    _, path, _ = edisi
    with zipfile.ZipFile(path) as packed:
        texts = [
            packed.read(name) for name in packed.namelist() if name.endswith((".xml", ".rels"))
        ]
    content = b"\n".join(texts)
    assert str(ruang_contoh.root).encode() not in content
    assert b"python-docx" not in content
    for text in texts:
        etree.fromstring(text)


def test_the_document_is_small_enough_to_send(edisi):
    assert edisi[1].stat().st_size < 3_000_000


def test_libreoffice_prints_it_without_broken_fields(edisi, tmp_path):
    if not (soffice := shutil.which("soffice")) or not (pdftotext := shutil.which("pdftotext")):
        pytest.skip("LibreOffice (soffice) atau pdftotext tidak terpasang")
    where = f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}"
    command = [soffice, where, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(edisi[1])], check=True, capture_output=True, timeout=500)
    (pdf,) = tmp_path.glob("*.pdf")
    told = subprocess.run([pdftotext, "-layout", str(pdf), "-"], check=True, capture_output=True)
    pages = told.stdout.decode().split("\f")[:-1]
    assert 60 < len(pages) < 220
    assert not any(
        word in told.stdout.decode() for word in ("Error!", "Galat!", "Reference source")
    )
    assert f"Halaman 2 dari {len(pages)}" in pages[1]
    assert [n for n, page in enumerate(pages, start=1) if len(page.split()) < 25] == []


def test_the_file_opens_again_as_it_was_written(edisi):
    data = edisi[1].read_bytes()
    out = io.BytesIO()
    docx.Document(io.BytesIO(data)).save(out)
    assert len(docx.Document(out).tables) == len(docx.Document(io.BytesIO(data)).tables)
