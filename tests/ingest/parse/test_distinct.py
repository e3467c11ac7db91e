"""Each distinct cell is converted once, and cells of another type are other cells."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviu_lib.ingest.parse.distinct import (
    Penomor,
    Ragam,
    is_text,
    map_texts,
    map_unique,
    parse_unique,
)

CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.floats(-3, 3, allow_nan=False),
    st.text("1a ", max_size=2), st.dates(date(2021, 1, 1), date(2021, 1, 3)),
)  # fmt: skip


def _column(*cells):
    return pd.Series(list(cells), dtype=object, index=range(5, 5 + len(cells)))


@given(st.lists(CELLS, max_size=12))
def test_every_row_gets_what_its_own_cell_becomes(cells):
    made = map_unique(_column(*cells), lambda cell: (type(cell), str(cell)))
    own = [(type(cell), str(cell)) for cell in cells]
    assert [kind[1] for kind in made if kind[1] not in {"None", "nan"}] == [
        text for _, text in own if text != "None"
    ]
    assert len(made) == len(cells)


@pytest.mark.parametrize("cells", [(1, 1.0, True), (0, False), (True, 1), (1.0, 1, "1")])
def test_equal_values_of_different_types_stay_apart(cells):
    assert map_unique(_column(*cells), repr).tolist() == [repr(cell) for cell in cells]


def test_a_distinct_value_is_converted_once():
    seen = []
    map_unique(_column("a", "b", "a", "a"), seen.append)
    assert seen == ["a", "b"]


def test_row_numbers_stay_with_their_rows():
    assert map_unique(_column("a", "b"), str.upper).to_dict() == {5: "A", 6: "B"}


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_a_missing_cell_is_converted_too(missing):
    made = map_unique(_column("a", missing), lambda cell: isinstance(cell, str))
    assert made.tolist() == [True, False]


def test_a_day_and_a_moment_are_not_the_same():
    cells = (date(2021, 1, 1), datetime(2021, 1, 1), date(2021, 1, 1))
    column = Ragam.of(_column(*cells))
    assert column.nomor.tolist() == [0, 1, 0]
    assert column.nilai == list(cells[:2])


def test_what_is_made_may_be_a_list_or_a_tuple():
    assert map_unique(_column("a", "b"), lambda cell: (cell, [cell])).tolist() == [
        ("a", ["a"]),
        ("b", ["b"]),
    ]


@pytest.mark.parametrize(
    ("dtype", "value", "expected"),
    [
        ("float64", 1.5, 1.5),
        ("string", "x", "x"),
        ("datetime64[ns]", date(2021, 8, 17), pd.Timestamp(2021, 8, 17)),
    ],
)
def test_a_column_is_made_in_its_dtype_with_reasons(dtype, value, expected):
    pairs = {"ada": (value, ""), "-": (None, "penanda kosong")}
    read = parse_unique(_column("ada", "-", "ada"), pairs.__getitem__, dtype=dtype)
    assert read.nilai.dtype == dtype
    assert read.nilai.isna().tolist() == [False, True, False]
    assert read.nilai.iloc[2] == expected
    assert read.alasan.tolist() == ["", "penanda kosong", ""]
    assert list(read.nilai.index) == list(read.alasan.index) == [5, 6, 7]


@pytest.mark.parametrize("dtype", ["float64", "string", "datetime64[ns]"])
def test_a_column_without_rows_is_a_column_without_rows(dtype):
    read = parse_unique(_column(), lambda cell: (cell, ""), dtype=dtype)
    assert (len(read.nilai), read.nilai.dtype) == (0, dtype)


def test_missing_texts_stay_missing():
    texts = pd.Series(["a", None, "b", "a"], dtype="string")
    made = map_texts(texts, str.upper)
    assert made.dropna().tolist() == ["A", "B", "A"]
    assert made.isna().tolist() == [False, True, False, False]


def test_only_text_is_text():
    cells = _column("1", 1, None, float("nan"), True, date(2021, 1, 1))
    assert is_text(cells).tolist() == [True, False, False, False, False, False]


def test_a_column_of_many_equal_cells_has_few_values():
    column = Ragam.of(pd.Series(["x", "y"] * 500, dtype=object))
    assert column.nilai == ["x", "y"]
    assert np.bincount(column.nomor).tolist() == [500, 500]


@given(st.lists(CELLS, max_size=12), st.integers(0, 12))
def test_cells_numbered_piece_by_piece_have_the_numbers_of_the_whole(cells, cut):
    whole, pieces = Penomor(), Penomor()
    numbers = [*pieces.number(cells[:cut]), *pieces.number(cells[cut:])]
    assert numbers == whole.number(cells).tolist()
    assert [(type(cell), cell) for cell in pieces.nilai] == [
        (type(cell), cell) for cell in whole.nilai
    ]


@given(st.lists(st.tuples(CELLS, st.booleans()), max_size=12))
def test_rows_taken_out_of_a_column_leave_no_value_behind(rows):
    raw = _column(*(cell for cell, _ in rows))
    gone = pd.Series([out for _, out in rows], index=raw.index, dtype=bool)
    left = Ragam.of(raw).mask(gone)
    kept = [None if out else (type(cell), cell) for cell, out in rows]
    assert [None if cell is None else (type(cell), cell) for cell in left.sel] == [
        None if pair is None or pair[1] is None else pair for pair in kept
    ]
    assert sorted(set(left.nomor.tolist())) == list(range(len(left.nilai)))


def test_chosen_rows_keep_their_cells_and_their_numbers():
    column = Ragam.of(_column("a", 1, "a", True))
    chosen = pd.Series([True, True, False, True], index=column.index)
    assert column[chosen].to_dict() == {5: "a", 6: 1, 8: True}
