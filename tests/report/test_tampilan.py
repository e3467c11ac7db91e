"""Pieces of HTML and pictures: what is escaped, what is left out, what stays the same."""

import base64
import io

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from PIL import Image

from reviu_lib.report.susunan import SusunanMatriks
from reviu_lib.report.tabel import (
    BentukTabel,
    KolomTampil,
    format_cells,
    pivot_matriks,
    render_tabel,
    status_html,
)
from reviu_lib.report.tampilan import GAYA_JUPYTER, Gambar, Potongan, render_png, sentence, tag

NAMA = KolomTampil("nama", "Nama")


def render(frame, kolom=(NAMA,), **bentuk) -> BeautifulSoup:
    html = render_tabel(frame, list(kolom), caption="Judul", bentuk=BentukTabel(**bentuk))
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize(
    ("attributes", "written"),
    [
        ({}, "<p>isi</p>"),
        ({"class_": "a b"}, '<p class="a b">isi</p>'),
        ({"for_": "x"}, '<p for="x">isi</p>'),
        ({"aria_label": "x"}, '<p aria-label="x">isi</p>'),
        ({"title": '"><script>'}, '<p title="&quot;&gt;&lt;script&gt;">isi</p>'),
        ({"id": "a", "role": "b"}, '<p id="a" role="b">isi</p>'),
    ],
)
def test_an_element_escapes_its_attributes(attributes, written):
    assert tag("p", "isi", **attributes) == written


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
@settings(max_examples=50, deadline=None)
def test_any_attribute_value_comes_back_as_it_was(text):
    assert BeautifulSoup(tag("p", title=text), "html.parser").p["title"] == text


def test_a_plain_sentence_is_escaped_and_an_empty_one_shows_nothing():
    assert sentence("a < b").html == '<p class="kosong">a &lt; b</p>'
    assert sentence("").html == ""


def test_an_empty_piece_brings_no_style_either():
    assert Potongan("")._repr_html_() == ""
    assert Potongan("<p>x</p>")._repr_html_() == f'{GAYA_JUPYTER}<div class="rv"><p>x</p></div>'
    assert Potongan("<p>x</p>")._repr_mimebundle_() == (
        {"text/html": Potongan("<p>x</p>")._repr_html_(), "text/plain": ""},
        {},
    )


def drawing(colour="red") -> Figure:
    figure = Figure(figsize=(1.3, 1.0))
    figure.subplots().plot([0, 1], color=colour)
    return figure


def test_a_picture_shows_its_bytes_words_and_width():
    png = render_png(drawing())
    data, metadata = Gambar(drawing(), "uraian", "Gambar 1", "judul", "sumber")._repr_mimebundle_()
    assert base64.b64decode(data["image/png"]) == png
    assert data["text/plain"] == metadata["image/png"]["alt"] == "uraian"
    width = Image.open(io.BytesIO(png)).width
    assert metadata["image/png"]["width"] == width * 96 // 130


def test_a_picture_depends_on_what_is_drawn_and_on_nothing_else():
    assert render_png(drawing()) == render_png(drawing())
    assert render_png(drawing()) != render_png(drawing("blue"))


def test_a_picture_is_a_palette_image_without_words_about_its_maker():
    picture = Image.open(io.BytesIO(render_png(drawing())))
    assert picture.format == "PNG"
    assert picture.mode == "P"
    assert {"Software", "Creation Time", "Author"} & set(picture.info) == set()


@pytest.mark.parametrize(
    ("jenis", "value", "shown"),
    [
        ("rupiah", 1_234_567, "1.234.567"),
        ("jumlah", 0, "0"),
        ("jumlah", None, "–"),
        ("persen", 18.65, "18,7"),
        ("persen", 100.0, "100,0"),
        ("persen", -0.04, "0,0"),
        ("poin", -7.84, "-7,8"),
        ("tahun", 2024, "2024"),
        ("hari", 1500, "1.500"),
        ("desimal", 12.30, "12,3"),
        ("tanggal", pd.Timestamp("2024-02-05"), "5 Februari 2024"),
        ("ya_tidak", True, "ya"),
        ("teks", "", "–"),
        ("teks", "a & b", "a &amp; b"),
        ("teks", "=cmd|'/c calc'!A1", "=cmd|&#x27;/c calc&#x27;!A1"),
        ("teks", "$x^2$", "$x^2$"),
    ],
)
def test_a_cell_is_printed_by_its_kind(jenis, value, shown):
    column = pd.Series([value], dtype="object")
    assert format_cells(column, KolomTampil("nilai", "Nilai", jenis)) == [shown]


@pytest.mark.parametrize("jenis", ["jumlah", "rupiah", "tahun", "hari", "desimal", "persen",
                                   "poin", "zskor", "peluang"])  # fmt: skip
def test_numbers_stand_to_the_right_under_a_heading_to_the_right(jenis):
    soup = render(pd.DataFrame({"nama": ["A"], "n": [1]}), (NAMA, KolomTampil("n", "N", jenis)))
    assert soup.find("td")["class"] == ["n"]
    assert soup.select("thead th")[1]["class"] == ["n"]


@pytest.mark.parametrize("jenis", ["teks", "kode", "pilihan", "tanggal", "ya_tidak"])
def test_words_stand_to_the_left(jenis):
    assert not KolomTampil("x", "X", jenis).angka


def test_a_long_text_gets_a_wide_column_and_a_short_one_does_not():
    kolom = (NAMA, KolomTampil("a", "A"))
    for text, expected in (("x" * 40, None), ("x" * 41, ["p"])):
        cell = render(pd.DataFrame({"nama": ["A"], "a": [text]}), kolom).find("td")
        assert cell.get("class") == expected


def test_a_table_scrolls_by_keyboard_and_prints_across_when_asked():
    region = render(pd.DataFrame({"nama": ["A"]}), lanskap=True, tegak=True).div
    assert region["class"] == ["gulir", "lanskap", "matriks"]
    assert region["tabindex"] == "0"
    assert render(pd.DataFrame({"nama": ["A"]})).div["class"] == ["gulir"]


def test_the_heading_of_a_row_is_the_first_column_or_the_one_named():
    frame = pd.DataFrame({"nama": ["A"], "opd": ["X"]})
    kolom = (NAMA, KolomTampil("opd", "OPD"))
    assert render(frame, kolom).find("th", scope="row").get_text() == "A"
    assert render(frame, kolom, kepala="opd").find("th", scope="row").get_text() == "X"


def test_what_a_column_means_is_its_tooltip():
    kolom = (KolomTampil("nama", "Nama", keterangan='arti "kolom"'),)
    assert render(pd.DataFrame({"nama": ["A"]}), kolom).th["title"] == 'arti "kolom"'


def test_a_table_without_rows_keeps_its_headings():
    soup = render(pd.DataFrame({"nama": []}))
    assert [th.get_text() for th in soup.find_all("th")] == ["Nama"]
    assert soup.select("tbody tr") == []


def test_equal_groups_apart_are_two_runs_and_a_missing_group_is_a_dash():
    frame = pd.DataFrame({"nama": list("abcd"), "opd": ["Z", None, None, "Z"]})
    soup = render(frame, kelompok="opd")
    assert [th.get_text() for th in soup.select("tr.kelompok th")] == ["Z", "–", "Z"]
    assert [len(body.find_all("tr")) for body in soup.find_all("tbody")] == [2, 3, 2]


def test_a_group_named_by_an_attacker_is_only_text():
    soup = render(pd.DataFrame({"nama": ["a"], "opd": ["<img src=x>"]}), kelompok="opd")
    assert soup.find("img") is None
    assert soup.select_one("tr.kelompok").get_text() == "<img src=x>"


@pytest.mark.parametrize(
    ("word", "long"),
    [("tercapai", False), ("belum tercapai", False), ("ditindaklanjuti dengan perbaikan", True)],
)
def test_a_long_status_may_break_into_lines(word, long):
    span = BeautifulSoup(status_html(word), "html.parser").span
    assert ("panjang" in span["class"]) is long
    assert span.span["aria-hidden"] == "true"


def test_a_missing_status_is_a_dash_without_symbol():
    column = pd.Series([None, "tercapai"], dtype="string")
    cells = format_cells(column, KolomTampil("status_capaian", "Status", "pilihan"))
    assert cells[0] == "–"
    assert "tercapai" in cells[1]


MATRIKS = SusunanMatriks(nama="m", judul="m", tabel="capaian_cakupan", baris="kode",
                         nama_baris="nama", kolom="kec", nilai="nilai", sumber="s",
                         kosong="k")  # fmt: skip


def test_a_matrix_keeps_the_order_of_first_appearance():
    frame = pd.DataFrame({"kode": ["B", "A", "B"], "nama": ["bb", "aa", "bb"],
                          "kec": ["Z", "Y", "Y"], "nilai": [1.0, 2.0, 3.0]})  # fmt: skip
    wide, kolom = pivot_matriks(frame, MATRIKS)
    assert list(wide["_kode"]) == ["B", "A"]
    assert list(wide["_nama"]) == ["bb", "aa"]
    assert [satu.nama for satu in kolom] == ["_kode", "_nama", "Z", "Y"]
    assert wide[["Z", "Y"]].fillna(-1).to_numpy().tolist() == [[1.0, 3.0], [-1.0, 2.0]]


@given(st.dictionaries(st.tuples(st.sampled_from("ABC"), st.sampled_from("XYZ")),
                       st.integers(0, 100), min_size=1))  # fmt: skip
@settings(max_examples=30, deadline=None)
def test_every_value_stands_in_its_own_row_and_column_of_the_matrix(cells):
    rows = [{"kode": row, "nama": row, "kec": column, "nilai": value}
            for (row, column), value in cells.items()]  # fmt: skip
    wide, _ = pivot_matriks(pd.DataFrame(rows), MATRIKS)
    placed = wide.set_index("_kode").drop(columns="_nama")
    assert {key: placed.loc[key] for key in cells} == cells
    assert int(placed.notna().sum().sum()) == len(cells)
