"""XML Spreadsheet 2003 named .xls: the same cells as any workbook, and never an entity."""

from datetime import date, datetime

import pytest

from reviu_lib.ingest.files import BerkasDitolak, read_grids

KEPALA = (
    '<?xml version="1.0"?>{doctype}<?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
)


def _sheet(rows, name="Data", more=""):
    return f'<Worksheet ss:Name="{name}"><Table>{rows}</Table>{more}</Worksheet>'


def _cell(text, kind="String", more=""):
    return f'<Cell {more}><Data ss:Type="{kind}">{text}</Data></Cell>'


@pytest.fixture
def book(tmp_path):
    """Return a function that writes sheets as .xls and reads them."""

    def write(*sheets, doctype="", cut=1.0):
        content = KEPALA.format(doctype=doctype) + "".join(sheets) + "</Workbook>"
        path = tmp_path / "ekspor.xls"
        path.write_text(content[: int(len(content) * cut)])
        return read_grids(path)

    return write


def _values(grid):
    return grid.sel.to_numpy(dtype=object).tolist()


def test_each_cell_comes_in_its_own_kind(book):
    cells = (
        _cell("12.18"), _cell("1234.5", "Number"), _cell("1", "Boolean"),
        _cell("2024-03-04T00:00:00.000", "DateTime"), _cell("2024-03-04T07:30:00", "DateTime"),
        _cell("#DIV/0!", "Error"), "<Cell/>", _cell("a &amp; b"),
    )  # fmt: skip
    (grid,) = book(_sheet(f"<Row>{''.join(cells)}</Row>"))
    assert _values(grid) == [
        [
            "12.18",
            1234.5,
            True,
            date(2024, 3, 4),
            datetime(2024, 3, 4, 7, 30),
            "#DIV/0!",
            "",
            "a & b",
        ]
    ]


def test_rows_and_cells_stand_where_they_say(book):
    third = _cell("a", more='ss:Index="3"')
    (grid,) = book(_sheet(f'<Row ss:Index="2">{third}</Row><Row>{_cell("b")}</Row>'))
    assert _values(grid) == [["", "", ""], ["", "", "a"], ["b", "", ""]]
    assert list(grid.sel.index) == [1, 2, 3]


def test_merged_cells_fill_down_and_push_the_next_cell_right(book):
    down = _cell("kec", more='ss:MergeDown="1"')
    right = _cell("bayi", more='ss:MergeAcross="1"')
    below = _cell("x", more='ss:Index="2"')
    (grid,) = book(_sheet(f"<Row>{down}{right}{_cell('d')}</Row><Row>{below}</Row>"))
    assert _values(grid) == [["kec", "bayi", "", "d"], ["kec", "x", "", ""]]
    assert grid.gabung == (((0, 0), (1, 0)), ((0, 1), (0, 2)))


def test_formulas_without_result_are_marked(book):
    counted = _cell("2", "Number", 'ss:Formula="=1+1"')
    rows = f'<Row><Cell ss:Formula="=1+1"/>{counted}</Row>'
    assert _values(book(_sheet(rows))[0]) == [["[rumus tanpa hasil]", 2.0]]


def test_hidden_sheets_rows_and_columns_are_known(book):
    rows = f'<Column/><Column ss:Hidden="1" ss:Span="1"/><Row ss:Hidden="1">{_cell("a")}</Row>'
    hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    first, second = book(_sheet(rows, "A", hidden), _sheet(f"<Row>{_cell('b')}</Row>", "B"))
    assert (first.lembar, first.tersembunyi, second.tersembunyi) == ("A", True, False)
    assert (first.nomor_tersembunyi, first.kolom_tersembunyi) == ((1,), (2, 3))


def test_the_name_xls_is_told(book):
    (told,) = book(_sheet(f"<Row>{_cell('a')}</Row>"))[0].catatan
    assert (told.kode, told.rincian) == ("B20", "XML Spreadsheet 2003")


@pytest.mark.parametrize(
    ("rows", "words", "kode"),
    [
        ('<Row ss:Index="1048576"><Cell ss:Index="16384"><Data>x</Data></Cell></Row>', {}, "B05"),
        ('<Row ss:Index="x"/>', {}, "B03"),
        ("<Row><Cell><Data ss:Type='Number'>x</Data></Cell></Row>", {}, "B03"),
        ("<Row/>", {"doctype": '<!DOCTYPE a [<!ENTITY b "c">]>'}, "B05"),
        ("<Row/>", {"doctype": '<!DOCTYPE a SYSTEM "file:///etc/passwd">'}, "B05"),
        (f"<Row>{_cell('a')}</Row>" * 50, {"cut": 0.6}, "B03"),
    ],
)
def test_unsafe_and_damaged_files_are_refused(book, rows, words, kode):
    with pytest.raises(BerkasDitolak) as refused:
        book(_sheet(rows), **words)
    assert refused.value.kode == kode


def test_blank_rows_far_below_are_harmless(book):
    rows = f'<Row>{_cell("a")}</Row><Row ss:Index="1048576" ss:Span="9"><Cell/></Row>'
    assert _values(book(_sheet(rows))[0]) == [["a"]]
