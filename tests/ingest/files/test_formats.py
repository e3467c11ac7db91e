"""Every workbook format gives the same cells, and tells what its reader alone would hide."""

import zipfile

import pytest
from python_calamine import CalamineError, PasswordError

from reviu_lib.ingest.files import BerkasDitolak, read_grids
from reviu_lib.ingest.files.books import refuse_faults

from .conftest import texts, write_peculiar

HARAPAN = [
    ["kecamatan", "desa", "jumlah", "persen", "tanggal"],
    ["A", "d1", "1234", "0.25", "2024-03-04"],
    ["A", "d2", "2", "", "2024-03-05"],
    ["B", "d3", "#DIV/0!", "1235", ""],
    ["B", "d4", "#N/A", "", ""],
]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_every_format_gives_the_same_cells(converted, kind):
    assert texts(read_grids(converted / f"aneh.{kind}")[0]) == HARAPAN


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_every_format_tells_hidden_sheets_rows_and_columns(converted, kind):
    data, hidden = read_grids(converted / f"aneh.{kind}")
    assert (data.tersembunyi, hidden.tersembunyi) == (False, True)
    assert data.nomor_tersembunyi == (5,)
    assert data.kolom_tersembunyi == (4,)
    assert data.gabung == (((1, 0), (2, 0)),)


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_an_empty_result_that_may_be_an_uncounted_formula_is_told(converted, kind):
    (told,) = read_grids(converted / f"aneh.{kind}")[0].catatan
    assert (told.kode, told.baris) == ("B24", (5,))


def test_cells_left_of_and_above_the_first_content_keep_their_place(converted):
    for kind in ("xlsx", "xls", "ods"):
        hidden = read_grids(converted / f"aneh.{kind}")[1].sel
        assert (hidden.index[-1], hidden.shape[1], hidden.iat[2, 2]) == (3, 3, "x")


def test_the_web_page_of_the_same_sheet_has_its_visible_cells(converted):
    page = read_grids(converted / "aneh.html")[0]
    assert texts(page)[:4] == [[row[at] for at in (0, 1, 2, 4)] for row in HARAPAN[:4]]


def test_formulas_never_counted_are_marked_in_place(tmp_path):
    data = read_grids(write_peculiar(tmp_path / "baru.xlsx"))[0].sel
    assert set(data.loc[4:5, [2, 3]].to_numpy().ravel()) == {"[rumus tanpa hasil]"}


def test_macros_links_and_embedded_files_are_left_alone(xlsx):
    evil = {
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600),
        "xl/externalLinks/externalLink1.xml": b'<externalLink r:id="http://192.0.2.1/x"/>',
        "xl/embeddings/dalam.xlsx": b"PK\x03\x04 bukan arsip",
    }
    path = xlsx([["a", "b"], [1, 2]])
    with zipfile.ZipFile(path, "a") as archive:
        for name, content in evil.items():
            archive.writestr(name, content)
    macro = path.rename(path.with_suffix(".xlsm"))
    assert texts(read_grids(macro)[0]) == [["a", "b"], ["1", "2"]]
    assert read_grids(macro)[0].catatan == ()


class PanicException(BaseException):  # the name and base that the reader gives its panics
    pass


@pytest.mark.parametrize(
    ("fault", "becomes"),
    [
        (PasswordError("x"), BerkasDitolak),
        (CalamineError("x"), BerkasDitolak),
        (ValueError("x"), BerkasDitolak),
        (PanicException("x"), BerkasDitolak),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (MemoryError(), MemoryError),
    ],
)
def test_faults_of_the_reader_are_refusals_and_nothing_else_is(fault, becomes):
    with pytest.raises(becomes), refuse_faults():
        raise fault
