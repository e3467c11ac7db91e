"""The PDF edition: tagged PDF/UA-1, every number of the blocks, text that stays text."""

import io
from dataclasses import replace

import pypdf
import pytest
import test_dokumen_word
from pdf_teks import bookmarks, close, pages_of, squeeze, stream, text_of
from test_dokumen_word import JAHAT, dokumen

from reviu_lib.errors import LaporanError
from reviu_lib.report.dokumen.blok import (
    Baris,
    Daftar,
    Gambar,
    Judul,
    Kata,
    Kelompok,
    Kolom,
    Paragraf,
    Sampul,
    Sel,
    Tabel,
    plain_text,
)
from reviu_lib.report.dokumen.pdf import write_pdf
from reviu_lib.report.dokumen.pdf.huruf import TAK_DIKENAL, breakable, clean

contoh = test_dokumen_word.contoh  # the same document as Word's

# Words that mean something to typst.
MARKUP = (
    '#import "@preview/cetz:0.1.0"', "#read(\"/etc/passwd\")", "$x^2$", "*a* _b_ `c`", "@ref",
    "<label>", "a\\b \\u{41}", "= Judul", "- butir", "// bukan catatan",
    "/* juga bukan */", "~ -- ---", "[#panic()]", "'tunggal' \"ganda\"",
)  # fmt: skip
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><path d="M0 0h9v9z"/></svg>'


def tabel(*baris, nama="uji", kolom=2, **ganti):
    judul = tuple(Kolom(f"k{n}", f"Kolom {n}", angka=n > 0) for n in range(kolom))
    isi = {"nama": nama, "nomor": "Tabel 1", "judul": "Uji", "sumber": (Kata("Sumber: uji."),),
           "kolom": judul, "kelompok": (Kelompok("", tuple(baris)),)}  # fmt: skip
    return Tabel(**{**isi, **ganti})


def baris(*teks, total=False):
    return Baris(tuple(map(Sel, teks)), total=total)


def gambar(alt="Sebuah kotak"):
    return Gambar("uji", "Gambar 1", "Uji", (), alt, lambda format, dpi: SVG)


@pytest.fixture(scope="module")
def data(contoh):
    return write_pdf(contoh)


@pytest.fixture(scope="module")
def file(data):
    return pypdf.PdfReader(io.BytesIO(data))


def test_the_same_blocks_give_the_same_bytes(contoh, data):
    assert write_pdf(contoh) == data


def test_a_figure_drawn_before_gives_the_same_bytes(contoh, data):
    drawn = [blok.lukis("png", 165) for blok in contoh.blok if isinstance(blok, Gambar)]
    assert drawn
    assert write_pdf(contoh) == data


def test_it_declares_pdf_ua_1_in_indonesian_with_its_title(contoh, file):
    root = file.trailer["/Root"]
    assert file.xmp_metadata.stream.get_data().count(b"pdfuaid") > 0
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id-ID"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert file.metadata.title == contoh.judul
    assert not file.metadata.author
    assert file.metadata.creation_date.date() == contoh.tanggal


def test_every_word_of_the_blocks_is_printed_in_their_order(contoh, data):
    told = squeeze(text_of(data))
    for text in stream(contoh):
        assert squeeze(clean(text)) in told


def test_every_cell_of_every_table_is_there_row_by_row(contoh, data):
    told = squeeze(text_of(data))
    rows = [row for tabel in contoh.blok if isinstance(tabel, Tabel) for row in tabel.baris]
    assert len(rows) > 8
    for row in rows:
        assert close([sel.tampak for sel in row.sel], told)


def test_bookmarks_are_the_headings(contoh, file):
    assert bookmarks(file) == [
        (blok.tingkat, blok.teks) for blok in contoh.blok if isinstance(blok, Judul)
    ]


def test_contents_and_lists_name_the_page_of_each_heading_and_caption(contoh, data, file):
    contents = squeeze(" ".join(pages_of(data)[1:3]))
    for title in ("Daftar Isi", "Daftar Tabel", "Daftar Gambar"):
        assert squeeze(title) in contents
    captions = [b for b in contoh.blok if isinstance(b, Tabel | Gambar) and b.nomor]
    for blok in captions:
        assert squeeze(f"{blok.nomor}. {blok.judul}") in contents


def test_references_lead_to_their_table(contoh, file):
    there = sum(len(b.rujuk) for b in contoh.blok if isinstance(b, Paragraf))
    inside = [link for link in links(file) if "/Dest" in link or "/D" in link.get("/A", {})]
    assert there > 3
    assert len(inside) >= there


def links(file):
    found = (page.get("/Annots") or [] for page in file.pages)
    annotations = (item.get_object() for many in found for item in many)
    return [item for item in annotations if item["/Subtype"] == "/Link"]


def test_header_and_footer_stand_on_every_page_but_the_cover(contoh, data):
    pages = pages_of(data)
    assert "Halaman 1" not in pages[0]
    for number, page in enumerate(pages[1:], start=2):
        assert f"Halaman {number} dari {len(pages)}" in page
        assert squeeze(f"{contoh.kabupaten} · {contoh.tahun}") in squeeze(page)
        assert "EDISI INTERNAL" in page


def test_example_data_are_marked_and_real_data_are_not(contoh, data):
    assert all("DATA CONTOH" in page for page in pages_of(data))
    real = dokumen(Judul(1, "Bab"), contoh=False)
    assert "DATA CONTOH" not in text_of(write_pdf(real))


def test_a_figure_without_words_is_refused_in_indonesian():
    with pytest.raises(LaporanError, match="alt") as caught:
        write_pdf(dokumen(gambar(alt="")))
    assert "keterangan" in caught.value.pesan


def test_a_figure_has_its_words_and_stays_drawn_as_lines(data, contoh):
    file = pypdf.PdfReader(io.BytesIO(data))
    words = [str(value) for value in alts(file.trailer["/Root"]["/StructTreeRoot"])]
    for blok in contoh.blok:
        if isinstance(blok, Gambar):
            assert clean(blok.alt) in words
    assert [image for page in file.pages for image in page.images] == []


def alts(node):
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        for item in node:
            yield from alts(item)
    elif isinstance(node, pypdf.generic.DictionaryObject):
        if "/Alt" in node:
            yield node["/Alt"]
        if "/K" in node and node.get("/Type") != "/MCR":
            yield from alts(node["/K"])


@pytest.mark.parametrize("text", [*MARKUP, *JAHAT])
def test_words_of_the_data_are_text_everywhere(text):
    kata = (Kata(text), Kata(text, tebal=True), Kata(text, miring=True), Kata(text, kode=True))
    blok = (
        Sampul(text, text, ((text, kata),), ()), Judul(1, f"x{text}"), Paragraf(kata),
        Paragraf(kata, "tetap"), Paragraf(kata, "kutipan"), Daftar(((Paragraf(kata),),)),
        tabel(baris(text, "1"), baris(text, "2", total=True), judul=text, sumber=kata),
    )  # fmt: skip
    told = squeeze(text_of(write_pdf(dokumen(*blok, judul=text, kabupaten=text))))
    assert told.count(squeeze(clean(text))) >= 12


def test_letters_that_no_typeface_has_are_shown_as_one_mark():
    assert clean("a\x00\x1b\u202eb\ud800") == "ab"
    assert clean("日本 \U0001f9ff \ue000") == f"{TAK_DIKENAL * 2} {TAK_DIKENAL} {TAK_DIKENAL}"
    told = text_of(write_pdf(dokumen(Paragraf((Kata("日 ẞ Ж ع ≥ ●", tebal=True, miring=True),)))))
    assert TAK_DIKENAL in told


def test_every_letter_that_is_let_through_can_be_printed_in_every_style():
    letters = "".join(map(chr, range(0x20, 0x1FFFF)))
    words = " ".join(sorted(set(clean(letters)))).split()
    assert len(words) > 5000
    text = " ".join(words)
    styles = (Kata(text), Kata(text, tebal=True, miring=True), Kata(text, kode=True, tebal=True))
    assert write_pdf(dokumen(Paragraf(styles)))


def test_the_marks_of_the_report_are_in_the_typefaces():
    marks = "● ▲ ◆ ◇ ○ – − ↑ ↓ … ≥ ≤ ■ □ × · “” ’ → ± ≈ ✓ ✗"
    assert clean(marks) == marks
    told = text_of(write_pdf(dokumen(Paragraf((Kata(marks), Kata(marks, tebal=True))))))
    assert squeeze(marks * 2) in squeeze(told)


def test_a_word_of_three_hundred_letters_breaks_inside_its_cell():
    long = "Kecamatan" * 34
    pieces = breakable(long).split("\u200b")
    assert max(map(len, pieces)) <= 22
    assert "".join(pieces) == long
    whole = tabel(baris(long, "1"), baris("x", "12.345"))
    assert squeeze(long) in squeeze(text_of(write_pdf(dokumen(whole))))


def test_a_long_table_goes_on_to_its_last_row_and_repeats_its_head():
    rows = [baris(f"Desa {n}", f"{n},5") for n in range(200)]
    pages = pages_of(write_pdf(dokumen(tabel(*rows, baris("Jumlah", "9", total=True)))))
    assert len(pages) > 3
    assert all("Kolom 0" in page for page in pages)
    assert "Jumlah" in pages[-1]
    assert "Sumber: uji." in pages[-1]
    told = squeeze(" ".join(pages))
    assert all(squeeze(f"Desa {n} {n},5") in told for n in range(200))


def test_a_group_repeats_its_heading_on_the_next_page():
    rows = tuple(baris(f"Desa {n}", "1") for n in range(90))
    groups = (Kelompok("Kecamatan A", rows), Kelompok("Kecamatan B", rows[:2]))
    pages = pages_of(write_pdf(dokumen(tabel(kelompok=groups))))
    assert all("Kecamatan A" in page for page in pages[:-1])
    assert "Kecamatan B" in pages[-1]


def test_only_a_wide_table_turns_the_page_and_takes_its_heading_along():
    wide = tabel(*[baris(*["Penyelenggaraan"] * 14)] * 20, nama="lebar", kolom=14, lanskap=True)
    blok = (Judul(1, "Tegak"), Paragraf((Kata("Alinea."),)), Judul(2, "Lebar"), wide,
            Judul(1, "Sesudah"), tabel(baris("a", "1")))  # fmt: skip
    file = pypdf.PdfReader(io.BytesIO(write_pdf(dokumen(*blok))))
    across = [page.mediabox.width > page.mediabox.height for page in file.pages]
    assert across[0] is across[-1] is False
    assert any(across)
    assert all("Lebar" in page.extract_text() for page in [file.pages[across.index(True)]])


def test_a_skipped_level_of_heading_is_closed_and_bookmarks_stay_whole():
    data = write_pdf(dokumen(Judul(3, "Dalam"), Judul(1, "Atas"), Judul(3, "Lompat")))
    levels = bookmarks(pypdf.PdfReader(io.BytesIO(data)))
    assert levels == [(1, "Dalam"), (1, "Atas"), (2, "Lompat")]


def test_the_same_table_shown_twice_is_one_target():
    twice = tabel(baris("a", "1"))
    refers = Paragraf((Kata("Lihat"),), rujuk=("uji",))
    told = text_of(write_pdf(dokumen(refers, twice, replace(twice))))
    assert "Lihat (Tabel\xa01)" in told


def test_a_table_without_rows_or_words_is_no_failure():
    empty = tabel(kelompok=(Kelompok("", ()),), sumber=())
    foreign = replace(
        empty, nama="", nomor="", judul="", kelompok=(Kelompok("", (baris("a", "b"),)),)
    )
    assert "Tabel 1. Uji" in text_of(write_pdf(dokumen(empty, foreign))).replace("\xa0", " ")


def test_signatures_stay_together(contoh, data):
    (page,) = [page for page in pages_of(data) if "NIP" in page]
    assert page.count("NIP") == page.count("Jabatan") == 3


def test_plain_words_of_a_caption_are_complete(contoh, data):
    told = squeeze(text_of(data))
    for blok in contoh.blok:
        if isinstance(blok, Tabel | Gambar):
            assert squeeze(plain_text(blok.sumber)) in told
