"""The Word edition: real styles and fields, every number of the page, text that stays text."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from hasil_kecil import make_hasil
from lxml import etree
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from reviu_lib.bahan import PENANDA_CONTOH, BahanReviu
from reviu_lib.errors import BerkasError
from reviu_lib.report import Laporan
from reviu_lib.report.dokumen import Bekal, Dokumen, susun_dokumen
from reviu_lib.report.dokumen.blok import (
    Baris,
    Daftar,
    Judul,
    Kata,
    Kelompok,
    Kolom,
    Paragraf,
    Sel,
    Tabel,
)
from reviu_lib.report.dokumen.word import write_docx
from reviu_lib.report.dokumen.word.berkas import open_docx

JAHAT = ("<script>alert(1)</script>", "{{ hasil }}", "{% for x in y %}", "=cmd|'/c calc'!A1",
         "a & b > c", "\x00\x0b\x1fNama\ufffe", "N" * 3000, "]]>", "%s\\n")  # fmt: skip


def dokumen(*blok, **ganti) -> Dokumen:
    isi = {
        "judul": "Dokumen Hasil Reviu Kabupaten Soppeng Tahun 2024", "kode": "73.12",
        "kabupaten": "Kabupaten Soppeng", "tahun": 2024, "edisi": "rapat",
        "batas": date(2024, 11, 30), "tanggal": date(2024, 12, 10), "contoh": True, "blok": blok,
    }  # fmt: skip
    return Dokumen(**{**isi, **ganti})


def cell(piece):
    data, metadata = piece._repr_mimebundle_()
    output = new_output("execute_result", data=data, metadata=metadata, execution_count=1)
    return new_code_cell("x", outputs=[output])


@pytest.fixture(scope="module")
def contoh() -> Dokumen:
    """A document of the small result with every kind of block."""
    hasil = make_hasil()
    laporan = Laporan(hasil)
    cells = [
        cell(laporan.sampul()), new_markdown_cell("## Ringkasan"),
        cell(laporan.narasi("kegiatan")), cell(laporan.gambar("hambatan")),
        cell(laporan.tabel("capaian_cakupan")), new_markdown_cell("- satu\n- dua"),
        new_markdown_cell("### Anggaran"), cell(laporan.tabel("anggaran_lini")),
        cell(laporan.tabel("cakupan_kecamatan")), new_markdown_cell("## Pengesahan"),
        cell(laporan.pengesahan()),
    ]  # fmt: skip
    bahan = BahanReviu(
        kode_kabupaten="73.12", nama="Kabupaten Soppeng", tahun=2024,
        tanggal_cutoff=date(2024, 11, 30), tanggal_reviu=date(2024, 12, 10),
    )  # fmt: skip
    return susun_dokumen(cells, hasil, Bekal(bahan))


@pytest.fixture(scope="module")
def data(contoh) -> bytes:
    return write_docx(contoh)


@pytest.fixture(scope="module")
def file(data):
    return docx.Document(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def text_of(document) -> str:
    paragraphs = document.element.body.iter(qn("w:p"))
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs)


def test_the_same_blocks_give_the_same_bytes(contoh, data):
    assert write_docx(contoh) == data


def test_headings_have_styles_that_word_lists_in_the_contents(file):
    heads = [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith("Heading")]
    assert heads == [("Heading 1", "Ringkasan"), ("Heading 2", "Anggaran"),
                     ("Heading 1", "Pengesahan")]  # fmt: skip


def test_contents_and_lists_are_fields_that_are_not_empty(data):
    xml = parts(data)["word/document.xml"].decode()
    for command in ('TOC \\o "1-2"', 'TOC \\h \\z \\c "Tabel"', 'TOC \\h \\z \\c "Gambar"'):
        assert command.replace('"', "&quot;") in xml or command in xml
    assert xml.count('w:fldCharType="begin"') == xml.count('w:fldCharType="end"') == 3
    assert "Pengesahan\t" in text_with_tabs(data)
    assert b"updateFields" in parts(data)["word/settings.xml"]


def text_with_tabs(data: bytes) -> str:
    root = etree.fromstring(parts(data)["word/document.xml"])
    return "".join(
        "\t" if element.tag == qn("w:tab") else element.text or ""
        for element in root.iter(qn("w:t"), qn("w:tab"))
    )


def test_captions_are_counted_by_word_and_begin_with_the_number_of_the_page(contoh, file):
    captions = [p for p in file.paragraphs if p.style.name == "Caption"]
    assert [full_text(p).partition(". ")[0].replace("\u00a0", " ") for p in captions] == [
        blok.nomor for blok in contoh.blok if getattr(blok, "nomor", "")
    ]
    for caption in captions:
        (field,) = caption._p.iter(qn("w:fldSimple"))
        assert field.get(qn("w:instr")).split()[:2] in (["SEQ", "Tabel"], ["SEQ", "Gambar"])


def full_text(paragraph) -> str:
    return words(paragraph._p)


def words(element) -> str:
    """The text of an element, with that in its content controls."""
    return "".join(t.text or "" for t in element.iter(qn("w:t")))


def test_every_reference_and_link_leads_to_a_bookmark(data):
    root = etree.fromstring(parts(data)["word/document.xml"])
    names = [mark.get(qn("w:name")) for mark in root.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    assert max(map(len, names)) <= 40
    fields = [field.get(qn("w:instr")).split() for field in root.iter(qn("w:fldSimple"))]
    wanted = {words[1] for words in fields if words[0] in {"REF", "PAGEREF"}}
    wanted |= {link.get(qn("w:anchor")) for link in root.iter(qn("w:hyperlink"))} - {None}
    assert wanted
    assert wanted <= set(names)


def test_every_number_of_the_text_is_in_a_tagged_control_with_its_words(contoh, file):
    controls = {
        control.find(f"{qn('w:sdtPr')}/{qn('w:alias')}").get(qn("w:val")): "".join(
            t.text or "" for t in control.iter(qn("w:t"))
        )
        for control in file.element.body.iter(qn("w:sdt"))
    }
    numbers = [kata for kata in contoh.kata if kata.asal and not kata.tercatat]
    assert len(numbers) > 20
    for kata in numbers:
        assert controls[kata.asal if len(kata.asal) <= 64 else f"{kata.asal[:63]}…"] is not None
    assert {kata.teks for kata in numbers} <= set(controls.values())


def test_tags_and_titles_of_controls_are_as_short_as_word_asks(file):
    for name in ("w:tag", "w:alias"):
        values = [tag.get(qn("w:val")) for tag in file.element.body.iter(qn(name))]
        assert values
        assert max(map(len, values)) <= 64


def test_ids_are_unique(file):
    for path in (f"{qn('w:sdt')}/{qn('w:sdtPr')}/{qn('w:id')}", qn("w:bookmarkStart")):
        found = [e for e in file.element.body.iter() if e.tag == path.rpartition("/")[2]]
        ids = [e.get(qn("w:val")) or e.get(qn("w:id")) for e in found]
        assert len(ids) == len(set(ids))


def test_every_cell_of_every_table_is_there(contoh, file):
    written = [
        [[words(cell) for cell in row.tc_lst] for row in table._tbl.tr_lst]
        for table in file.tables
        if table.style is not None and table.style.name == "Tabel Reviu"
    ]
    blocks = [blok for blok in contoh.blok if isinstance(blok, Tabel)]
    assert len(written) == len(blocks)
    for rows, tabel in zip(written, blocks, strict=True):
        cells = [[sel.tampak for sel in baris.sel] for baris in tabel.baris]
        heads = {kelompok.judul for kelompok in tabel.kelompok if kelompok.judul}
        assert [row for row in rows[1:] if row[0] not in heads or row in cells] == cells


def test_heads_repeat_and_rows_do_not_break(file):
    for table in file.tables[3:]:
        rows = table._tbl.tr_lst
        if rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
            continue
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_no_table_is_wider_than_its_page(contoh, file):
    grids = [
        sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid) for table in file.tables
    ]
    paper = max(s.page_width - s.left_margin - s.right_margin for s in file.sections)
    assert max(grids) <= paper // 635 + 1


def test_figures_have_words_for_those_who_do_not_see_them(contoh, file):
    described = [shape._inline.docPr.get("descr") for shape in file.inline_shapes]
    assert described == [blok.alt for blok in contoh.blok if hasattr(blok, "lukis")]


def test_figures_are_sharp_enough_for_print(file):
    for shape in file.inline_shapes:
        name = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
        pixels = file.part.related_parts[name].image.px_width
        assert pixels / shape.width.inches >= 220


def test_the_language_of_the_text_is_indonesian(data):
    root = etree.fromstring(parts(data)["word/styles.xml"])
    said = {language.get(qn("w:val")) for language in root.iter(qn("w:lang"))}
    assert said == {"id-ID"}


def test_example_data_are_marked_on_the_cover_and_on_every_page(contoh, file):
    assert PENANDA_CONTOH in file.sections[0].header.paragraphs[0].text
    assert [p.text for p in file.paragraphs if p.style.name == "Penanda"] == [
        "EDISI INTERNAL", PENANDA_CONTOH,
    ]  # fmt: skip
    real = docx.Document(
        io.BytesIO(write_docx(replace(contoh, contoh=False, blok=contoh.blok[:2])))
    )
    assert PENANDA_CONTOH not in real.sections[0].header.paragraphs[0].text


def test_only_the_first_page_has_no_header(file):
    assert [s.different_first_page_header_footer for s in file.sections] == [True] + [False] * (
        len(file.sections) - 1
    )


def test_elements_of_sections_stand_in_the_order_that_word_asks_for(file):
    order = ["headerReference", "footerReference", "type", "pgSz", "pgMar", "cols", "titlePg",
             "docGrid"]  # fmt: skip
    for section in file.sections:
        names = [child.tag.rpartition("}")[2] for child in section._sectPr]
        assert names == sorted(names, key=order.index)


def test_pages_are_counted_in_the_footer(file):
    footer = etree.tostring(file.sections[0].footer._element).decode()
    assert "NUMPAGES" in footer
    assert " PAGE " in footer


def test_the_properties_name_the_document_and_nobody(file):
    core = file.core_properties
    assert core.title == "Dokumen Hasil Reviu Kabupaten Soppeng Tahun 2024"
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
    assert core.created.date() == date(2024, 12, 10)
    assert core.language == "id-ID"


def test_a_wide_matrix_turns_the_page_and_the_next_chapter_turns_it_back():
    kolom = tuple(Kolom("", "Keterangan panjang") for _ in range(14))
    rows = (Kelompok("", (Baris(tuple(Sel("kata") for _ in kolom)),)),)
    wide = Tabel("", "", "", (), kolom, rows, lanskap=True)
    blok = (Judul(1, "A"), Paragraf((Kata("x"),)), Judul(2, "Lebar"), wide, Judul(1, "B"))
    file = docx.Document(io.BytesIO(write_docx(dokumen(*blok))))
    turned = [section.page_width > section.page_height for section in file.sections]
    assert turned == [False, True, False]


@pytest.mark.parametrize("text", JAHAT)
def test_words_of_the_data_are_text_everywhere(text):
    tabel = Tabel("t", "Tabel 1", text, (Kata(text),), (Kolom("k", text), Kolom("s", text)),
                  (Kelompok(text, (Baris((Sel(text), Sel(text)), text),)),))  # fmt: skip
    blok = (Judul(1, text), Paragraf((Kata(text, asal=text, format="teks"), Kata(text))),
            Daftar(((Paragraf((Kata(text),)),),)), tabel)  # fmt: skip
    data = write_docx(dokumen(*blok, judul=text, kabupaten=text))
    plain = text.translate(dict.fromkeys([0, 11, 31, 0xFFFE]))
    file = docx.Document(io.BytesIO(data))
    assert text_of(file).count(plain) >= 8
    assert file.core_properties.title == plain[:255]


def test_a_link_leads_to_the_web_and_only_there(file):
    isi = (Kata("peraturan", tautan="https://example.org/a?b=1&c=2"),)
    made = docx.Document(io.BytesIO(write_docx(dokumen(Paragraf(isi)))))
    (target,) = [r.target_ref for r in made.part.rels.values() if r.is_external]
    assert target == "https://example.org/a?b=1&c=2"


def test_an_office_template_keeps_its_styles_and_its_letterhead(tmp_path, contoh):
    own = docx.Document()
    own.styles["Heading 1"].font.size = docx.shared.Pt(33)
    own.sections[0].header.paragraphs[0].text = "PEMERINTAH KABUPATEN SOPPENG"
    own.add_paragraph("isi lama")
    path = tmp_path / "dokumen.docx"
    own.save(path)
    made = docx.Document(io.BytesIO(write_docx(contoh, path)))
    assert made.styles["Heading 1"].font.size.pt == 33
    assert made.sections[0].header.paragraphs[0].text == "PEMERINTAH KABUPATEN SOPPENG"
    assert not made.sections[0].different_first_page_header_footer
    assert "isi lama" not in text_of(made)
    assert "Tabel Reviu" in [style.name for style in made.styles]


def test_a_template_with_few_styles_gets_what_it_lacks(tmp_path):
    own = docx.Document()
    styles = own.styles
    for name in ("Normal Table", "List Bullet", "Heading 1", "Title", "Caption"):
        styles.element.remove(styles[name].element)
    heading = styles["Heading 2"].element
    heading.find(qn("w:name")).set(qn("w:val"), "Heading 2")  # as LibreOffice writes it
    path = tmp_path / "dokumen.docx"
    own.save(path)
    daftar = Daftar(((Paragraf((Kata("butir"),)),),))
    tabel = Tabel("", "", "", (), (Kolom("", "K"),), (Kelompok("", (Baris((Sel("s"),)),)),))
    data = write_docx(dokumen(Judul(1, "Bab"), Judul(2, "Anak bab"), daftar, tabel), path)
    assert "•\tbutir" in text_with_tabs(data)
    made = docx.Document(io.BytesIO(data))
    assert {"Heading 1", "Caption", "Tabel Reviu"} <= {style.name for style in made.styles}
    assert [p.style.name for p in made.paragraphs if p.text == "Anak bab"] == ["Heading 2"]


def test_every_numbered_list_begins_at_one():
    satu = Daftar(tuple((Paragraf((Kata(word),)),) for word in "ab"), bernomor=True)
    told = text_with_tabs(write_docx(dokumen(satu, Paragraf((Kata("-"),)), satu)))
    assert told.count("1.\ta2.\tb") == 2


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "bukan dokumen Word"),
        (b"%PDF-1.7", "bukan dokumen Word"),
        (b"PK\x03\x04rusak", "bukan dokumen Word"),
        (archive(xl__workbook_xml=b"<x/>"), "bukan dokumen Word"),
        (archive(word__document_xml=b"<x"), "bukan dokumen Word"),
        (archive(word__document_xml=b"\0" * (300 << 20)), "terlalu besar"),
        (archive(word__document_xml=b"\0" * (50 << 20)), "tidak wajar"),
        (archive(**{"word__vbaProject.bin": b"x", "word__document_xml": b"<x/>"}), "memuat makro"),
    ],
)
def test_what_is_no_document_is_refused_with_the_reason(content, reason):
    with pytest.raises(BerkasError, match=reason) as caught:
        open_docx(content, "dokumen.docx")
    assert caught.value.di == "dokumen.docx"


def test_the_parts_of_the_file_are_well_formed(data):
    for name, content in parts(data).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)
