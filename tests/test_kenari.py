"""The search for canaries finds one in every kind of file, so that finding none means something."""

import base64
import bz2
import gzip
import io
import json
import lzma
import zipfile

import docx
import openpyxl
import pandas as pd
import pptx
import pytest
import typst
from kenari import find_canaries, has_canary
from PIL import Image, PngImagePlugin
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

NIK, NAMA = "1218000101209999", "KENARI ANAK UJI"


def _saved(save):
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def _word(word):
    book = docx.Document()
    paragraph = book.add_paragraph("Anak ")
    for part in (word[:5], word[5:]):  # as Word splits a word where somebody corrected it
        paragraph.add_run(part)
    return _saved(book.save)


def _slide(word):
    show = pptx.Presentation()
    chart = CategoryChartData()
    chart.categories = [word]
    chart.add_series("x", [1])
    shapes = show.slides.add_slide(show.slide_layouts[6]).shapes
    shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, 10, 10, chart)
    return _saved(show.save)


def _book(word):
    book = openpyxl.Workbook()
    book.active.append([word])
    return _saved(book.save)


def _picture(word, *, compressed):
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", word, zip=compressed)
    return _saved(lambda stream: Image.new("L", (2, 2)).save(stream, "PNG", pnginfo=info))


def _page(word):
    picture = base64.b64encode(_picture(word, compressed=True)).decode()
    return f'<img src="data:image/png;base64,{picture}">'.encode()


def _zip(name, data, comment=b""):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
        archive.comment = comment
    return stream.getvalue()


def _table(word, *, as_name=False):
    frame = pd.DataFrame({word if as_name else "a": ["x" if as_name else word]})
    return _saved(lambda stream: frame.to_parquet(stream, compression="zstd"))


def _pdf(word):
    return typst.compile(f"Anak {word} di sini".encode())


HIDDEN = {
    "teks": lambda w: f"anak {w.title()} sakit".encode(),
    "utf-16": lambda w: w.encode("utf-16"),
    "base64": lambda w: base64.b64encode(f"an {w} x".encode()),
    "alamat": lambda w: w.replace(" ", "%20").encode(),
    "html": lambda w: w.replace(" ", "</b>&nbsp;<b>").encode(),
    "docx": _word,
    "pptx": _slide,
    "xlsx": _book,
    "pdf": _pdf,
    "png": lambda w: _picture(w, compressed=False),
    "png terkompresi": lambda w: _picture(w, compressed=True),
    "gambar di halaman": _page,
    "parquet": _table,
    "kolom parquet": lambda w: _table(w, as_name=True),
    "ipynb": lambda w: json.dumps({"cells": [{"outputs": [{"text": [w]}]}]}).encode(),
    "gzip": lambda w: gzip.compress(w.encode()),
    "bz2": lambda w: bz2.compress(w.encode()),
    "xz": lambda w: lzma.compress(w.encode()),
    "zip di dalam zip": lambda w: _zip("a.zip", _zip("b.xlsx", _book(w))),
    "nama anggota zip": lambda w: _zip(f"{w}.txt", b"x"),
    "catatan zip": lambda w: _zip("a", b"x", w.encode()),
}


@pytest.mark.parametrize("word", [NIK, NAMA])
@pytest.mark.parametrize("kind", HIDDEN)
def test_a_canary_is_found_in(tmp_path, kind, word):
    (tmp_path / "berkas").write_bytes(HIDDEN[kind](word))
    assert find_canaries([tmp_path], [NIK, NAMA]) == [(str(tmp_path / "berkas"), word)]


@pytest.mark.parametrize("kind", HIDDEN)
def test_nothing_is_found_where_nothing_is(tmp_path, kind):
    (tmp_path / "berkas").write_bytes(HIDDEN[kind]("Mawar Melati Satu"))
    assert find_canaries([tmp_path], [NIK, NAMA]) == []


@pytest.mark.parametrize("name", [f"ekspor {NIK}.csv", "kenari_anak_uji.csv", f"{NAMA}"])
def test_a_canary_is_found_in_the_name_of_a_file_or_folder(tmp_path, name):
    (tmp_path / name).mkdir()
    assert len(find_canaries([tmp_path], [NIK, NAMA])) == 1


@pytest.mark.parametrize("text", ["1218 0001 0120 9999", "1218-0001-0120-9999", f"\n{NIK}\n"])
def test_a_canary_is_found_on_the_screen_however_it_is_grouped(text):
    assert has_canary(text, [NIK, NAMA]) == [NIK]
