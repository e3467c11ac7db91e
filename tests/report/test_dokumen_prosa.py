"""HTML of our own vocabulary as blocks: nothing is lost, nothing unknown becomes markup."""

import pytest
from hasil_kecil import make_hasil, make_kosong

from reviu_lib.errors import LaporanError
from reviu_lib.report import Laporan
from reviu_lib.report.dokumen.blok import Daftar, Judul, Kata, Paragraf, plain_text
from reviu_lib.report.dokumen.prosa import fixed_text, parse_isi, parse_prosa
from reviu_lib.report.halaman import render_markdown


def test_a_number_keeps_its_address_and_format():
    html = '<p>Ada <data value="2" data-asal="t/b/k" data-format="jumlah">2</data> desa.</p>'
    assert parse_prosa(html) == [
        Paragraf((Kata("Ada "), Kata("2", asal="t/b/k", format="jumlah"), Kata(" desa.")))
    ]


def test_a_date_of_the_result_is_printed_as_a_date():
    html = '<time datetime="2024-11-30" data-asal="t/b/tanggal">30 November 2024</time>'
    assert parse_isi(html) == (Kata("30 November 2024", asal="t/b/tanggal", format="tanggal"),)


def test_a_date_without_address_is_plain_text():
    html = '<time datetime="2024-11-30">30 November 2024</time>'
    assert parse_isi(html) == (Kata("30 November 2024"),)


def test_recorded_words_are_quoted_and_marked_as_recorded():
    html = (
        '<p>Tercatat <q class="tercatat"><data data-asal="h/1/uraian">kader kurang</data></q></p>'
    )
    (paragraf,) = parse_prosa(html)
    assert plain_text(paragraf.isi) == "Tercatat “kader kurang”"
    assert [kata.tercatat for kata in paragraf.isi] == [False, True, True, True]


def test_the_tables_behind_a_paragraph_come_with_it():
    (paragraf,) = parse_prosa('<p data-rujuk="kaskade anggaran_lini">Isi.</p>')
    assert paragraf.rujuk == ("kaskade", "anggaran_lini")


@pytest.mark.parametrize(
    ("html", "kata"),
    [
        ("<strong>a</strong>", Kata("a", tebal=True)),
        ("<em><strong>a</strong></em>", Kata("a", tebal=True, miring=True)),
        ("<code>12.18</code>", Kata("12.18", kode=True)),
        ("<cite>Perpres</cite>", Kata("Perpres")),
        ('<a href="https://a.id/x">a</a>', Kata("a", tautan="https://a.id/x")),
        ('<a href="#tabel-x">a</a>', Kata("a")),
        ('<a href="javascript:alert(1)">a</a>', Kata("a")),
    ],
)
def test_an_inline_element_becomes_a_run(html, kata):
    assert parse_isi(html) == (kata,)


def test_space_between_words_stays_and_runs_of_space_are_one():
    assert plain_text(parse_isi("a <span> b</span>\n  <em>c </em> d ")) == "a  b c  d"


@pytest.mark.parametrize("text", ["&lt;script&gt;alert(1)&lt;/script&gt;", "{{ hasil }}", "=cmd()"])
def test_what_looks_like_code_is_only_text(text):
    (kata,) = parse_isi(text)
    assert kata.teks == text.replace("&lt;", "<").replace("&gt;", ">")


@pytest.mark.parametrize(
    "html",
    ["<script>x</script>", "<p><video></video></p>", "<ul><p>x</p></ul>", "<p>x", "<p><em>x</p>",
     "<table><tr><td><video></video></td></tr></table>", "<dl><dt>x</dt></dl>", "x</p>"],
)  # fmt: skip
def test_an_element_we_do_not_know_is_an_error(html):
    with pytest.raises(LaporanError, match="tidak dapat dipindahkan"):
        parse_prosa(html)


def test_markdown_becomes_headings_paragraphs_and_nested_lists():
    source = (
        "## Bab\n\nIsi **tebal**.\n\n- satu\n- dua\n  1. dua a\n\n> kutipan\n\n```\nkode\n```\n"
    )
    bab, isi, daftar, kutipan, kode = parse_prosa(render_markdown(source))
    assert bab == Judul(2, "Bab")
    assert isi.isi == (Kata("Isi "), Kata("tebal", tebal=True), Kata("."))
    assert isinstance(daftar, Daftar)
    assert plain_text(daftar.butir[0][0].isi) == "satu"
    assert daftar.butir[1][1].bernomor
    assert (kutipan.gaya, kode.gaya) == ("kutipan", "tetap")


def test_a_table_of_markdown_keeps_its_cells():
    (tabel,) = parse_prosa(render_markdown("| A | B |\n|---|---|\n| 1 | dua |\n"))
    assert [kolom.judul for kolom in tabel.kolom] == ["A", "B"]
    assert [sel.teks for baris in tabel.baris for sel in baris.sel] == ["1", "dua"]


def test_raw_html_of_markdown_stays_text():
    (paragraf,) = parse_prosa(render_markdown("Lihat <script>alert(1)</script> ini."))
    assert plain_text(paragraf.isi) == "Lihat <script>alert(1)</script> ini."


def test_identity_in_free_text_is_masked_and_numbers_are_not():
    nik = "7312010101200001"
    html = f'<p>{nik} <data data-asal="t/b/k" data-format="rupiah">1.234.567.890.123.456</data></p>'
    (paragraf,) = parse_prosa(html)
    assert plain_text(paragraf.isi) == "[NIK disamarkan] 1.234.567.890.123.456"


def test_printed_lines_are_kept_line_by_line_without_identity():
    lines = fixed_text("satu\n  dua 7312010101200001\n")
    assert [part.isi[0].teks for part in lines] == ["satu", "  dua [NIK disamarkan]"]


def test_every_chapter_of_the_small_result_can_be_parsed():
    for hasil in (make_hasil(), make_kosong()):
        laporan = Laporan(hasil)
        for bab in set(laporan.daftar_narasi()) - {"banding"}:
            for blok in parse_prosa(laporan.narasi(bab).html):
                assert isinstance(blok, Paragraf | Daftar)
