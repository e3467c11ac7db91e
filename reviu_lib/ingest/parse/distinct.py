"""Each distinct cell of a column is converted once, however many rows hold it.

A column of a hundred thousand rows has a few hundred distinct desa and a few thousand distinct
dates; the conversion costs as much as these, and the rest is one lookup a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import infer_dtype

_SEJENIS = frozenset(
    {"string", "floating", "integer", "empty"}
)  # columns of one kind: nothing to keep apart
# Kinds whose values can be equal although they are written differently: 1, 1.0, and True.
_BERSAMAAN = frozenset({bool, int, float, Decimal, np.bool_, np.int64, np.float64})


class Terbaca(NamedTuple):
    """A parsed column: values (missing where there is none) and the reason of each cell."""

    nilai: pd.Series
    alasan: pd.Series


def factorize_cells(raw: pd.Series) -> tuple[npt.NDArray[np.intp], list[Any]]:
    """Return the number of each cell's value, and the distinct values in order of appearance.

    Cells are the same when value and type are: 1, 1.0, and True are three values.
    """
    cells = raw.to_numpy(dtype=object)
    pure = infer_dtype(cells, skipna=False) in _SEJENIS
    if not pure and len(_BERSAMAAN.intersection(map(type, cells))) > 1:
        table: dict[tuple[type, Any], int] = {}
        keys = ((type(cell), cell) for cell in cells)
        codes = [table.setdefault(key, len(table)) for key in keys]
        return np.array(codes, dtype=np.intp), [value for _, value in table]
    numbers, values = pd.factorize(cells, use_na_sentinel=False)
    return numbers, list(values)


def map_unique(raw: pd.Series, convert: Callable[[Any], Any]) -> pd.Series:
    """Return `convert` of every value, called once per distinct value and type."""
    codes, values = factorize_cells(raw)
    made = _as_objects([convert(value) for value in values])
    return pd.Series(made[codes], index=raw.index, dtype=object)


def parse_unique(
    raw: pd.Series, convert: Callable[[Any], tuple[Any, str]], *, dtype: str
) -> Terbaca:
    """Return the column that `convert` makes of (value, reason), the values in `dtype`."""
    codes, values = factorize_cells(raw)
    pairs = [convert(value) for value in values]
    made = pd.Series([value for value, _ in pairs], dtype=dtype).array.take(codes)
    reasons = _as_objects([reason for _, reason in pairs])[codes]
    return Terbaca(
        pd.Series(made, index=raw.index), pd.Series(reasons, index=raw.index, dtype=object)
    )


def map_texts(texts: pd.Series, convert: Callable[[str], Any]) -> pd.Series:
    """Return `convert` of every text, called once per distinct text; missing stays missing."""
    codes, found = pd.factorize(texts)
    made = _as_objects([*map(convert, found.tolist()), None])  # a missing text has the code -1
    return pd.Series(made[codes], index=texts.index, dtype=object)


def is_text(raw: pd.Series) -> pd.Series:
    """Return where cells are text."""
    cells = raw.to_numpy(dtype=object)
    return pd.Series([isinstance(cell, str) for cell in cells], index=raw.index, dtype=bool)


def _as_objects(values: Iterable[Any]) -> npt.NDArray[np.object_]:
    """Return an array that holds tuples and lists as they are."""
    given = list(values)
    return np.fromiter(given, dtype=object, count=len(given))
