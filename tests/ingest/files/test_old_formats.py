"""Records of xls, xlsb, and ods built byte by byte: what LibreOffice does not write itself."""

import os
import struct
import zipfile

import pytest
from xls_kecil import formula, make_stream, number, record, write_cfb

from reviu_lib.ingest.files import BerkasDitolak, read_grids
from reviu_lib.ingest.files.scan.biff import scan_xls
from reviu_lib.ingest.files.scan.cfb import open_cfb
from reviu_lib.ingest.files.scan.ods import scan_ods
from reviu_lib.ingest.files.scan.xlsb import scan_xlsb

from .conftest import rewrite, texts

TANPA_HASIL = "[rumus tanpa hasil]"


def _kode(read, path):
    with pytest.raises(BerkasDitolak) as refused:
        read(path)
    return refused.value.kode


# --- xls -------------------------------------------------------------------------------------


def _xls(tmp_path, *records, **words):
    return write_cfb(tmp_path / "lama.xls", make_stream(b"".join(records), **words))


def test_an_xls_of_our_own_records_is_read(tmp_path):
    path = _xls(tmp_path, number(0, 0, 5), number(1, 1, 7.5))
    assert texts(read_grids(path)[0]) == [["5", ""], ["", "7.5"]]


@pytest.mark.parametrize(
    ("result", "flags", "mark", "empty"),
    [
        (struct.pack("<d", 0), 2, TANPA_HASIL, []),
        (struct.pack("<d", 0), 1, TANPA_HASIL, []),
        (struct.pack("<d", 0), 0, None, []),
        (struct.pack("<d", 6), 2, None, []),
        (b"\x02\x00\x07\x00\x00\x00\xff\xff", 0, "#DIV/0!", []),
        (b"\x02\x00\x2a\x00\x00\x00\xff\xff", 0, "#N/A", []),
        (b"\x03\x00\x00\x00\x00\x00\xff\xff", 0, None, [(1, 0)]),
    ],
)
def test_results_of_xls_formulas_are_told_apart(tmp_path, result, flags, mark, empty):
    scan = scan_xls(_xls(tmp_path, formula(0, 0, result, flags)))["S"]
    assert scan.tanda.get((1, 0)) == mark
    assert scan.rumus_kosong == empty


def test_error_cells_hidden_rows_and_columns_of_xls_are_found(tmp_path):
    error = record(0x205, struct.pack("<3HBB", 3, 2, 0, 0x17, 1))
    row = record(0x208, struct.pack("<6H2H", 3, 0, 3, 255, 0, 0, 0x20, 0))
    column = record(0x7D, struct.pack("<6H", 1, 2, 0, 0, 1, 0))
    scan = scan_xls(_xls(tmp_path, error, row, column))["S"]
    assert scan.tanda == {(4, 2): "#REF!"}
    assert (scan.baris_tersembunyi, scan.kolom_tersembunyi) == ([4], [2, 3])


def test_a_chart_inside_a_sheet_does_not_end_it(tmp_path):
    chart = record(0x809, struct.pack("<4HII", 0x600, 0x20, 0, 0, 0, 0)) + record(0x0A)
    scan = scan_xls(_xls(tmp_path, chart, formula(4, 0, b"\x02\x00\x00\x00\x00\x00\xff\xff")))["S"]
    assert scan.tanda == {(5, 0): "#NULL!"}


def test_a_locked_xls_is_named_as_such(tmp_path):
    path = _xls(tmp_path, extra=record(0x2F, struct.pack("<H", 1) + bytes(52)))
    assert _kode(read_grids, path) == "B02"


@pytest.mark.parametrize(
    "record",
    [number(65_535, 60_000, 1), record(0x200, struct.pack("<2I3H", 0, 4_000_000_000, 0, 999, 0))],
)
def test_an_absurd_area_of_xls_is_refused(tmp_path, record):
    assert _kode(read_grids, _xls(tmp_path, record)) == "B05"


def test_an_xls_that_would_fell_the_reader_is_refused(tmp_path):
    beyond = record(0x85, struct.pack("<IHBB", 4_000_000_000, 0, 1, 0) + b"T")
    assert _kode(read_grids, _xls(tmp_path, number(0, 0, 1), extra=beyond)) == "B03"


@pytest.mark.parametrize(
    ("stream", "words"),
    [
        ("WordDocument", "dokumen Word lama (.doc)"),
        ("PowerPoint Document", "presentasi PowerPoint lama (.ppt)"),
        ("Lain", "dokumen Office lama tanpa lembar kerja"),
    ],
)
def test_other_old_documents_are_named(tmp_path, stream, words):
    with pytest.raises(BerkasDitolak) as refused:
        read_grids(write_cfb(tmp_path / "a.xls", b"x" * 5_000, stream))
    assert (refused.value.kode, refused.value.rincian) == ("B04", words)


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.6, 0.9])
def test_a_cut_off_xls_is_refused_whole(tmp_path, share):
    rows = [number(row, 0, row) for row in range(400)]
    path = _xls(tmp_path, *rows)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert _kode(read_grids, path) == "B03"


def test_a_compound_file_that_points_in_circles_is_refused(tmp_path):
    path = _xls(tmp_path, number(0, 0, 1))
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, 512 + 4 * 5, 2)
    path.write_bytes(bytes(data))
    assert _kode(read_grids, path) == "B03"


def test_small_streams_are_read_from_the_mini_sectors(converted):
    wadah = open_cfb((converted / "aneh.xls").read_bytes())
    small = [name for name, (_, size) in wadah.aliran.items() if 0 < size < wadah.batas_mini]
    assert small
    assert all(
        len(wadah.read(name)) == wadah.aliran[name][1] for name in small if name != "Root Entry"
    )


def test_bytes_damaged_anywhere_in_an_xls_never_raise_anything_else(converted, tmp_path):
    content = (converted / "aneh.xls").read_bytes()
    for place in range(0, len(content), 211):
        path = tmp_path / "rusak.xls"
        path.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        os.utime(path, (1_600_000_000, 1_600_000_000))  # long ago: nobody waits for its end
        try:
            grids = read_grids(path)
        except BerkasDitolak as refused:
            grids = refused.kode
        assert grids


# --- xlsb ------------------------------------------------------------------------------------


def _part(kind, content=b""):
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    length = bytes([size]) if size < 0x80 else bytes([size & 0x7F | 0x80, size >> 7])
    return number + length + content


def _wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _row(row, flags=0):
    return _part(0, struct.pack("<IIHBBBI", row, 0, 300, 0, flags, 0, 0))


def _real(column, value):
    return _part(5, struct.pack("<IId", column, 0, value))


def _text(column, text):
    return _part(6, struct.pack("<II", column, 0) + _wide(text))


def _fmla(kind, column, value, flags=0):
    return _part(kind, struct.pack("<II", column, 0) + value + struct.pack("<HII", flags, 0, 0))


def _xlsb(tmp_path, *parts, hidden=0):
    path = tmp_path / "biner.xlsb"
    book = _part(131) + _part(143)
    book += _part(156, struct.pack("<II", hidden, 1) + _wide("rId1") + _wide("Data"))
    book += _part(144) + _part(132)
    size = struct.pack("<4I", 0, 9, 0, 9)
    sheet = _part(129) + _part(148, size) + _part(145) + b"".join(parts) + _part(146)
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="worksheets/sheet1.bin" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", links)
        archive.writestr("xl/worksheets/sheet1.bin", sheet + _part(130))
    return path


def test_an_xlsb_is_read_with_merges_errors_and_hidden_places(tmp_path):
    merge = _part(177) + _part(176, struct.pack("<4I", 1, 2, 0, 0)) + _part(178)
    path = _xlsb(
        tmp_path,
        _row(0), _text(0, "kecamatan"), _text(1, "jumlah"),
        _row(1), _text(0, "A"), _real(1, 1234),
        _row(2, flags=0x10), _part(3, struct.pack("<IIB", 1, 0, 7)),
        _row(3), _text(0, "B"), _fmla(9, 1, struct.pack("<d", 0), flags=2),
        _part(146), merge, _part(145),
    )  # fmt: skip
    (grid,) = read_grids(path)
    assert texts(grid) == [
        ["kecamatan", "jumlah"], ["A", "1234"], ["A", "#DIV/0!"], ["B", TANPA_HASIL],
    ]  # fmt: skip
    assert (grid.lembar, grid.nomor_tersembunyi, grid.gabung) == ("Data", (3,), (((1, 0), (2, 0)),))


def test_results_of_xlsb_formulas_are_told_apart(tmp_path):
    parts = [_fmla(8, 0, _wide("")), _fmla(11, 1, b"\x2a"), _fmla(9, 2, struct.pack("<d", 0))]
    scan = scan_xlsb(_xlsb(tmp_path, _row(0), *parts))["Data"]
    assert scan.rumus_kosong == [(1, 0)]
    assert scan.tanda == {(1, 1): "#N/A"}


def test_hidden_sheets_and_columns_of_xlsb_are_known(tmp_path):
    column = _part(60, struct.pack("<4IH", 1, 2, 0, 0, 1))
    (grid,) = read_grids(_xlsb(tmp_path, column, _row(0), _real(0, 1), hidden=1))
    assert (grid.tersembunyi, grid.kolom_tersembunyi) == (True, (2, 3))


def test_an_xlsb_that_would_fell_the_reader_is_refused(tmp_path):
    path = _xlsb(tmp_path, _row(0), _real(0, 1))
    rewrite(
        path,
        lambda name, data: data.replace(b"r\0I\0d\0", b"x\0I\0d\0") if "book" in name else data,
    )
    assert _kode(read_grids, path) == "B03"


@pytest.mark.parametrize(
    "parts",
    [
        [_row(1_048_575), _real(16_383, 1)],
        [_part(148, struct.pack("<4I", 0, 4_000_000_000, 0, 16_383))],
    ],
)
def test_an_absurd_area_of_xlsb_is_refused(tmp_path, parts):
    assert _kode(read_grids, _xlsb(tmp_path, *parts)) == "B05"


# --- ods -------------------------------------------------------------------------------------

_NS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def _ods(tmp_path, rows, *, manifest="<manifest/>", name="Data"):
    path = tmp_path / "terbuka.ods"
    table = f'<table:table table:name="{name}">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        xml = (
            f'<?xml version="1.0"?><office:document-content {_NS}>{body}</office:document-content>'
        )
        archive.writestr("content.xml", xml)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def _cell(value, **attributes):
    words = " ".join(f'{name.replace("_", "-")}="{text}"' for name, text in attributes.items())
    words = words.replace("number-", "table:number-").replace("formula", "table:formula")
    kind = f'office:value-type="float" office:value="{value}"' if value != "" else ""
    shown = f"<text:p>{value}</text:p>" if value != "" else ""
    return f"<table:table-cell {kind} {words}>{shown}</table:table-cell>"


def _ods_row(*cells, more=""):
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def test_an_ods_of_repeated_rows_and_cells_is_unfolded(tmp_path):
    blank = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    rows = _ods_row(_cell(1, number_columns_repeated=2)) + blank + _ods_row(_cell(3))
    assert texts(read_grids(_ods(tmp_path, rows))[0]) == [["1", "1"], ["", ""], ["", ""], ["3", ""]]


@pytest.mark.parametrize(
    "rows",
    [
        _ods_row(
            _cell(1, number_columns_repeated=16_384), more='table:number-rows-repeated="1048576"'
        ),
        '<table:table-row table:number-rows-repeated="1048575"/>'
        + _ods_row('<table:table-cell table:number-columns-repeated="16383"/>', _cell(1)),
    ],
)
def test_an_absurd_area_of_ods_is_refused(tmp_path, rows):
    assert _kode(read_grids, _ods(tmp_path, rows)) == "B05"


@pytest.mark.parametrize("text", ["diukur << r", "a < b", "</text:h>", "a & b"])
def test_an_ods_whose_markup_is_broken_is_refused_before_the_reader_loses_its_way(tmp_path, text):
    assert (
        _kode(read_grids, _ods(tmp_path, _ods_row(_cell(1).replace(">1<", f">{text}<")))) == "B03"
    )


def test_blank_rows_to_the_end_of_an_ods_sheet_are_harmless(tmp_path):
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rest = _ods_row(blank, more='table:number-rows-repeated="1048575"')
    assert texts(read_grids(_ods(tmp_path, _ods_row(_cell(1)) + rest))[0]) == [["1"]]


@pytest.mark.parametrize(
    ("cell", "mark", "empty"),
    [
        ('<table:table-cell table:formula="of:=1+1"/>', TANPA_HASIL, []),
        ('<table:table-cell table:formula="of:=A1"><text:p/></table:table-cell>', None, [(1, 0)]),
        (_cell(0, formula="of:=1").replace(">0<", ">#REF!<"), "#REF!", []),
        (_cell(0, formula="of:=1").replace(">0<", ">Err:502<"), "#VALUE!", []),
        (_cell(7, formula="of:=1+6"), None, []),
    ],
)
def test_results_of_ods_formulas_are_told_apart(tmp_path, cell, mark, empty):
    scan = scan_ods(_ods(tmp_path, _ods_row(cell)))["Data"]
    assert scan.tanda.get((1, 0)) == mark
    assert scan.rumus_kosong == empty


def test_hidden_rows_and_columns_of_ods_are_found(tmp_path):
    two = 'table:number-columns-repeated="2" table:visibility="collapse"'
    columns = f"<table:table-column/><table:table-column {two}/>"
    rows = _ods_row(_cell(1)) + _ods_row(_cell(2), more='table:visibility="filter"')
    scan = scan_ods(_ods(tmp_path, columns + rows))["Data"]
    assert (scan.baris_tersembunyi, scan.kolom_tersembunyi) == ([2], [2, 3])


def test_tables_that_libreoffice_keeps_of_other_files_are_no_sheets(tmp_path):
    path = _ods(tmp_path, _ods_row(_cell(1)), name="'file:///home/x.ods'#$Sheet1")
    assert read_grids(path) == []


def test_a_locked_ods_is_named_as_such(tmp_path):
    path = _ods(tmp_path, "", manifest="<manifest:encryption-data/>")
    assert _kode(read_grids, path) == "B02"


def test_a_cut_off_ods_is_refused_whole(tmp_path):
    path = _ods(tmp_path, _ods_row(_cell(1)) * 500)
    path.write_bytes(path.read_bytes()[:300])
    assert _kode(read_grids, path) == "B03"
