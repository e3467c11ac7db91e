"""From cells to a page: anchors, contents, failures, and everything a cell could smuggle in."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from reviu_lib.report.halaman import build_halaman
from reviu_lib.report.tampilan import GAYA_JUPYTER, Potongan


def text(source: str, *tags: str):
    return new_markdown_cell(source, metadata={"tags": list(tags)})


def code(*outputs, tags=()):
    return new_code_cell("rahasia = 1", outputs=list(outputs), metadata={"tags": list(tags)})


def shown(mime: str, content: str, **words):
    return new_output("display_data", data={mime: content}, metadata={mime: words})


def failed():
    return new_output("error", ename="KeyError", evalue="Budi", traceback=["Budi"])


def body(*cells) -> BeautifulSoup:
    return BeautifulSoup("".join(build_halaman(cells).isi), "html.parser")


def test_a_notebook_without_cells_is_an_empty_page():
    page = build_halaman([])
    assert (page.sampul, page.isi, page.judul, page.gagal) == ("", [], [], [])
    assert page.bagian == "Pembuka"
    assert page.nama == ""
    assert page.daftar_isi == "<ol></ol>"


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("I. Capaian", "bab-i-capaian"),
        ("Pagu & realisasi", "bab-pagu-realisasi"),
        ("Évaluasi – Ñ", "bab-evaluasi-n"),
        ("!!!", "bab-tanpa-judul"),
        ("**tebal** dan `kode`", "bab-tebal-dan-kode"),
    ],
)
def test_an_anchor_is_plain_letters(heading, anchor):
    assert build_halaman([text(f"## {heading}")]).judul[0].id == anchor


@given(st.lists(st.sampled_from(["A", "a", "B", "A-2", "é", "!"]), max_size=8))
@settings(max_examples=30, deadline=None)
def test_anchors_are_unique_whatever_the_headings(names):
    ids = [judul.id for judul in build_halaman([text(f"## {name}") for name in names]).judul]
    assert len(set(ids)) == len(ids) == len(names)


def test_the_contents_hold_chapters_with_their_sections_and_nothing_deeper():
    page = build_halaman([text("# Nol\n\n## A\n\n### a1\n\n#### dalam\n\n### a2\n\n## B")])
    top = BeautifulSoup(page.daftar_isi, "html.parser").ol
    chapters = [item.a.get_text() for item in top.find_all("li", recursive=False)]
    sections = [a.get_text() for a in top.li.ol.find_all("a")]
    assert (chapters, sections) == (["A", "B"], ["a1", "a2"])


def test_a_section_before_any_chapter_still_stands_in_the_contents():
    assert "a1" in build_halaman([text("### a1\n\n## A")]).daftar_isi


def test_a_heading_from_the_data_is_text_in_the_contents_too():
    page = build_halaman([text("## <script>x</script> & $x$")])
    contents = BeautifulSoup(page.daftar_isi, "html.parser")
    assert contents.find("script") is None
    assert "$x$" in contents.get_text()


@pytest.mark.parametrize(
    "source",
    ["<script>x</script>", "<img src=x onerror=y>", "[a](javascript:alert(1))",
     "<a href='javascript:x'>a</a>", "<iframe src='http://x'></iframe>"],
)  # fmt: skip
def test_a_text_cell_cannot_bring_markup_or_a_script_link(source):
    soup = body(text(source))
    assert soup.find(["script", "img", "iframe"]) is None
    assert not any(a.get("href", "").startswith("javascript") for a in soup.find_all("a"))


@pytest.mark.parametrize("tags", [("hanya-jupyter",), ("papermill-error-cell-tag",)])
def test_cells_for_jupyter_and_of_papermill_are_left_out(tags):
    page = build_halaman([text("## Rahasia", *tags), code(shown("text/html", "<p>x</p>"),
                                                          tags=tags)])  # fmt: skip
    assert page.isi == []
    assert page.judul == []


def test_code_and_raw_cells_are_never_shown():
    assert "rahasia" not in str(body(code(), new_raw_cell("rahasia")))


def test_the_cover_stands_apart_and_gives_the_name():
    cover = Potongan("<h1 id='x'>A &amp; <b>B</b></h1>")._repr_html_()
    page = build_halaman([code(shown("text/html", cover), tags=["sampul"]), text("## I")])
    assert page.nama == "A & B"
    assert "<h1" in page.sampul
    assert "<h1" not in "".join(page.isi)


def test_the_best_form_of_a_result_is_shown_once():
    both = new_output("display_data", data={"text/plain": "polos", "text/html": "<p>rapi</p>"})
    assert body(code(both)).get_text() == "rapi"


def test_a_form_nobody_can_print_is_left_out():
    assert str(body(code(shown("application/javascript", "alert(1)")))) == ""
    assert str(body(code(shown("image/svg+xml", "<svg onload='x'/>")))) == ""


@pytest.mark.parametrize(
    ("given_html", "kept"),
    [
        ("<script>alert(1)</script><p>a</p>", "<p>a</p>"),
        ("<style>td{}</style><table onclick='x' class='y'><tr><td colspan='2'>1</td></tr></table>",
         '<table><tbody><tr><td colspan="2">1</td></tr></tbody></table>'),
        ("<a href='javascript:x'>k</a><img src='http://contoh.invalid/a.png'>", "k"),
        ("<iframe src='x'>a</iframe><svg onload='x'>b</svg>", "ab"),
        ("<p style='position:fixed'>a<!-- b --></p>", "<p>a</p>"),
    ],
)  # fmt: skip
def test_html_that_is_not_ours_is_reduced_to_text_and_tables(given_html, kept):
    (part,) = build_halaman([code(shown("text/html", given_html))]).isi
    assert part == kept


def test_the_style_for_jupyter_is_taken_out():
    assert "<style>" not in str(body(code(shown("text/html", f"{GAYA_JUPYTER}<p>x</p>"))))


def test_plain_text_is_escaped_and_blank_text_is_nothing():
    assert body(code(shown("text/plain", "a < b"))).pre.get_text() == "a < b"
    assert str(body(code(shown("text/plain", "  \n")))) == ""


@pytest.mark.parametrize(
    ("words", "alt"),
    [
        ({"alt": 'kata "kutip" <b>'}, 'kata "kutip" <b>'),
        ({"alt": ""}, "Gambar pada bagian Capaian"),
        ({}, "Gambar pada bagian Capaian"),
    ],
)
def test_every_picture_has_a_description(words, alt):
    soup = body(text("## Capaian"), code(shown("image/png", "iVBO\nRw0K", **words)))
    assert soup.img["alt"] == alt
    assert soup.img["src"] == "data:image/png;base64,iVBORw0K"
    assert soup.find("figcaption") is None


def test_a_numbered_picture_has_a_caption_and_an_anchor():
    words = {"alt": "x", "nomor": "Gambar 12", "judul": "A & <b>", "sumber": "<i>Sumber</i>"}
    figure = body(code(shown("image/png", "iVBO", **words))).figure
    assert figure["id"] == "gambar-12"
    assert figure.figcaption.get_text() == "Gambar 12 A & <b>Sumber"
    assert figure.b is None


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("stdout", "selesai < 5", "selesai < 5"),
        ("stdout", "NIK 1218000101900001", "NIK [NIK disamarkan]"),
        ("stdout", "  ", ""),
        ("stderr", "Warning: Budi", ""),
    ],
)
def test_prints_are_masked_and_warnings_left_out(name, content, expected):
    soup = body(code(new_output("stream", name=name, text=content)))
    assert soup.get_text() == expected


def test_a_failure_names_its_section_and_every_later_chapter_says_it_is_missing():
    cells = [text("## A"), code(failed()), text("### a1"), text("## B"), text("## C")]
    page = build_halaman(cells)
    soup = body(*cells)
    assert page.gagal == ["A"]
    assert "Budi" not in soup.get_text()
    notices = [p.get_text() for p in soup.select("p.galat")]
    assert notices == ["Bagian ini belum disusun karena bagian “A” gagal lebih dahulu."] * 2


def test_a_failure_before_any_heading_is_in_the_opening():
    page = build_halaman([code(failed())])
    assert page.gagal == ["Pembuka"]
    assert 'role="alert"' in page.isi[0]


def test_what_a_cell_gave_before_it_failed_is_kept():
    soup = body(text("## A"), code(shown("text/html", "<p>sempat</p>"), failed()))
    assert soup.p.get_text() == "sempat"
    assert soup.select_one("[role=alert]") is not None
