"""Files made to harm, or harmful by accident, are refused before any reader opens them."""

import contextlib
import re
import struct
import time
import zipfile
import zlib

import pytest
import xlsxwriter

from reviu_lib.ingest.files import BerkasDitolak, read_grids
from reviu_lib.ingest.files.limits import guard_area, guard_bytes, guard_total
from reviu_lib.ingest.files.scan.xlsx import scan_xlsx

from .conftest import rewrite, texts

TABEL = [["no", "nama"], [1, "a"], [2, "b"]]
LEMBAR = "xl/worksheets/sheet1.xml"


def _refused(path):
    with pytest.raises(BerkasDitolak) as refused:
        read_grids(path)
    return refused.value.kode, refused.value.rincian


def _insert(part, text, before=b"</sheetData>"):
    def change(name, content):
        return content.replace(before, text + before) if name == part else content

    return change


@pytest.mark.parametrize(
    ("cell", "area"),
    [
        (b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "1.048.576 baris kali 16.384"),
        (b'<row r="900000"><c r="AZ900000"><v>1</v></c></row>', "900.000 baris kali 52"),
        (b'<row r="9"><c r="XFD9"><v>1</v></c><c r="A1048576"><v>1</v></c></row>', "1.048.576"),
        (b'<row r="90000"><c r="ZZ90000" t="s"><v>0</v></c></row>', "90.000 baris kali 702"),
    ],
)
def test_a_stray_far_cell_is_refused_with_area_and_limit(xlsx, cell, area):
    kode, words = _refused(xlsx(TABEL, _insert(LEMBAR, cell)))
    assert kode == "B05"
    assert area in words
    assert "batasnya 25.000.000 sel" in words


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="1048576"><c r="XFD1048576" s="1"/></row>',
        b'<row r="1048576"><c r="XFD1048576" s="1"></c></row>',
        b'<row r="1048576" s="1" customFormat="1"/>',
        b'<row r="100000"><c r="A100000"><v>1</v></c></row>',
    ],
)
def test_formatted_blanks_and_long_lists_are_not_refused(xlsx, cell):
    grid = read_grids(xlsx(TABEL, _insert(LEMBAR, cell)))[0]
    assert texts(grid)[:3] == [["no", "nama"], ["1", "a"], ["2", "b"]]


def test_a_list_of_choices_saved_by_libreoffice_is_no_far_cell(xlsx):
    rule = (
        b'<dataValidations count="1"><dataValidation operator="equal" type="list" sqref="A2">'
        b'<formula1>"a,b"</formula1></dataValidation></dataValidations>'
    )
    grid = read_grids(xlsx(TABEL, _insert(LEMBAR, rule, before=b"</worksheet>")))[0]
    assert texts(grid)[1] == ["1", "a"]


def test_a_sheet_of_a_million_formatted_rows_is_read_at_once(xlsx):
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % row for row in range(4, 1_048_577))
    path = xlsx(TABEL, _insert(LEMBAR, rows))
    start = time.process_time()
    assert read_grids(path)[0].sel.shape == (3, 2)
    assert time.process_time() - start < 20


def test_a_bomb_is_refused_by_its_ratio_and_by_its_size(tmp_path):
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/sharedStrings.xml", bytes(60_000_000))
    kode, words = _refused(path)
    assert kode == "B05"
    assert words.endswith("kali, batasnya 200 kali")


def test_a_part_that_is_larger_than_it_says_is_refused(xlsx):
    path = xlsx(TABEL)
    _lie_about_size(path, "xl/styles.xml")
    assert _refused(path)[0] == "B03"


def _lie_about_size(path, member):
    """Replace a part by 50 MB of blanks whose declared size is 100 bytes."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, b" " * 50_000_000 if name == member else content)
        place = archive.getinfo(member).header_offset
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, place + 22, 100)
    central = data.find(member.encode(), data.find(b"PK\x01\x02")) - 46
    struct.pack_into("<I", data, central + 24, 100)
    path.write_bytes(bytes(data))


BOM_ENTITAS = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
BACA_BERKAS = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("entity", [BOM_ENTITAS, BACA_BERKAS, BOM_ENTITAS.lower()])
@pytest.mark.parametrize("part", [LEMBAR, "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"])
def test_xml_with_entities_is_refused_wherever_it_stands(xlsx, part, entity):
    def change(name, content):
        if name != part:
            return content
        head, mark, rest = content.partition(b"?>")
        return head + mark + entity + rest if mark else entity + content

    assert _refused(xlsx(TABEL, change))[0] in {"B03", "B05"}


def test_entities_hidden_in_utf16_are_refused_too(xlsx):
    def change(name, content):
        if name != "xl/styles.xml":
            return content
        return ('<?xml version="1.0" encoding="utf-16"?>' + BOM_ENTITAS.decode()).encode("utf-16")

    assert _refused(xlsx(TABEL, change))[0] == "B05"


def test_an_archive_in_an_archive_is_never_opened(tmp_path, xlsx):
    inner = xlsx(TABEL).read_bytes()
    path = tmp_path / "arsip.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("dalam.xlsx", inner)
    assert _refused(path) == ("B04", "arsip zip; keluarkan dahulu berkas dari dalamnya")


def test_encrypted_parts_are_a_password(tmp_path):
    path = tmp_path / "sandi.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    path.write_bytes(bytes(data))
    assert _refused(path)[0] == "B02"


@pytest.mark.parametrize(
    ("part", "kode"),
    [
        ("word/document.xml", "B03"),
        ("ppt/presentation.xml", "B04"),
        ("encrypted-package", "B02"),
        ("apa saja", "B04"),
    ],
)
def test_other_archives_are_named_for_what_they_are(tmp_path, part, kode):
    path = tmp_path / "lain.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "isi")
    assert _refused(path)[0] == kode


def test_a_row_without_end_is_refused(xlsx):
    def change(name, content):
        return content.replace(b"</row>", b"") + b" " * 70_000_000 if name == LEMBAR else content

    path = xlsx(TABEL)
    rewrite(path, change)
    assert _refused(path)[0] in {"B03", "B05"}


def test_damaged_compression_is_a_damaged_file(xlsx):
    path = xlsx(TABEL)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo(LEMBAR).header_offset + 60
    data[place : place + 20] = zlib.compress(b"x" * 100)[:20].ljust(20, b"\0")
    path.write_bytes(bytes(data))
    assert _refused(path)[0] == "B03"


@pytest.mark.parametrize(
    "part",
    [
        b'<c r="XFD1" ', b'<c t="e" r="A1"', b"<c ", b'r="XFD1048576" ', b'<row hidden="1" ',
        b'hidden="1" ', b"<f", b"<f ", b"<v>", b't="e" ', b'<col min="1" hidden="1" ',
    ],
)  # fmt: skip
def test_broken_xml_costs_no_more_than_its_length(xlsx, part):
    noise = b"<row r='4'><c " + part * (200_000 // len(part)) + b"</row>"
    path = xlsx(TABEL, _insert(LEMBAR, noise))
    start = time.process_time()
    with contextlib.suppress(BerkasDitolak):
        scan_xlsx(path)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "address", [b"E99999999999999999999999", b"XFE1048577", b"ABCDEFG7", b"xfd1048576", b"A5000000"]
)
def test_addresses_that_no_sheet_has_are_refused(xlsx, address):
    cell = b'<row r="4"><c r="%s"><v>1</v></c></row>' % address
    assert _refused(xlsx(TABEL, _insert(LEMBAR, cell)))[0] == "B05"


@pytest.mark.parametrize("sign", [b" = ", b"= ", b" =", b"\n=\t", b"\t=", b"\r\n="])
def test_blanks_around_the_sign_hide_no_far_cell(xlsx, sign):
    cell = b'<row r="4"><c r%s"XFD1048576"><v>1</v></c></row>' % sign
    assert _refused(xlsx(TABEL, _insert(LEMBAR, cell)))[0] == "B05"


def test_a_list_of_texts_that_lies_about_its_length_is_refused(tmp_path):
    path = tmp_path / "bohong.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_column(0, 0, ["a", "b"])
    lie = b'uniqueCount="4294967295"'
    rewrite(path, lambda _, content: re.sub(rb'uniqueCount="\d+"', lie, content))
    assert _refused(path) == ("B03", "daftar teksnya tidak utuh")


def test_sheets_are_counted_together():
    guard_total([20_000_000, 5_000_000])
    with pytest.raises(BerkasDitolak, match=r"25\.000\.001 sel, batasnya 25\.000\.000 sel"):
        guard_total([20_000_000, 5_000_001])


def test_limits_name_themselves():
    assert guard_area(500_000, 38) == 19_000_000
    with pytest.raises(BerkasDitolak, match=r"1\.048\.577 baris kali 2 kolom.*1\.048\.576 baris"):
        guard_area(1_048_577, 2)
    with pytest.raises(BerkasDitolak, match=r"2 baris kali 65\.536 kolom.*16\.384 kolom"):
        guard_area(2, 65_536)
    with pytest.raises(BerkasDitolak, match=r"600 MB, batasnya 500 MB"):
        guard_bytes(600_000_000, 500_000_000, "berukuran")


def test_a_text_used_in_more_cells_than_its_list_has_bytes_is_no_lie(tmp_path):
    path = tmp_path / "sering.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_column(0, 0, ["a"] * 5_000)
    assert read_grids(path)[0].sel.shape == (5_000, 1)
