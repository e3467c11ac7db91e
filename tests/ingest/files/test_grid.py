"""Columns gathered as their distinct cells are the rows they were read from."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from reviu_lib.ingest.files.books import read_book
from reviu_lib.ingest.files.grid import Kamus, gather_cells, number_columns

CELLS = st.one_of(st.booleans(), st.integers(-2, 2), st.floats(-2, 2), st.text("1a ", max_size=2))
ROWS = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=9)
)


def _typed(rows):
    return [[(type(cell), cell) for cell in row] for row in rows]


@given(ROWS)
def test_every_cell_comes_back_with_its_type(rows):
    frame = gather_cells(rows)
    assert _typed(frame.to_numpy(dtype=object).tolist()) == _typed(rows)
    assert frame.index.tolist() == list(range(1, len(rows) + 1))
    for place, column in enumerate(number_columns(frame)):
        assert _typed([column.sel.tolist()]) == _typed([frame[place].tolist()])


def test_blank_columns_before_the_first_filled_one_keep_their_place(tmp_path):
    book = Workbook()
    book.active["C5"], book.active["D7"] = 1.5, "x"
    book.save(tmp_path / "a.xlsx")
    (grid,) = read_book(tmp_path / "a.xlsx", "xlsx")
    assert grid.sel.shape == (7, 4)
    assert (grid.sel.at[5, 2], grid.sel.at[7, 3], grid.sel.at[7, 0]) == (1.5, "x", "")


def test_a_column_longer_than_one_portion_is_numbered_as_a_whole():
    cells = pd.DataFrame({"a": ["x", "y"] * 1_500}, dtype=object)
    (column,) = number_columns(cells)
    assert (column.nilai, column.nomor.tolist()) == (["x", "y"], [0, 1] * 1_500)


def test_numbers_stand_for_cells_and_rules_are_asked_of_cells():
    huruf, angka = number_columns(gather_cells([["a", 1.0], [" ", 2.0], ["a", ""]]))
    kamus = Kamus({"huruf": huruf.nilai, "angka": angka.nilai})
    frame = pd.DataFrame({"huruf": huruf.nomor, "angka": angka.nomor}).iloc[1:]
    assert kamus.cells(frame).to_numpy().tolist() == [[" ", 2.0], ["a", ""]]
    assert kamus.is_filled(frame).to_numpy().tolist() == [[False, True], [True, False]]
    told = kamus.is_true(frame[["huruf"]], lambda cell: cell == "a")
    assert told["huruf"].tolist() == [False, True]
