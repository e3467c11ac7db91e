"""A table of text and figures as CSV that no spreadsheet program takes for formulas."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from reviu_lib.errors import BerkasError
from reviu_lib.files import write_atomic
from reviu_lib.ingest.marking.tables import escape_formula
from reviu_lib.ingest.parse.texts import map_unique

# Fewer than ten digits before the mark: a telephone number or NIK is never taken for a figure.
_ANGKA = re.compile(r"[+-]?(?:\d{1,9}(?:[.,]\d*)?|[.,]\d+)(?:[eE](?:-\d{1,3}|\+?0?\d))?")
_AKHIRAN_MASUKAN = "_masukan"
_DESIMAL = 10  # hides the float noise of a sum, keeps all that was measured


def is_number(text: str) -> bool:
    """Return True for a plain number, which is no formula even with a sign before it."""
    return bool(_ANGKA.fullmatch(text))


def write_table(
    path: Path, masukan: pd.DataFrame, judul: list[str], hasil: pd.DataFrame
) -> list[str]:
    """Write the input columns, then the results, row by row; return which headings were changed.

    UTF-8 with byte order mark, comma, missing as nothing, flags 1 and 0. An input column called
    like a result gets `_masukan` at its end. Raises BerkasError when the file cannot be written.
    """
    taken = {name.lower() for name in hasil}
    clashes = [title for title in judul if title.lower() in taken]
    titles = [f"{title}{_AKHIRAN_MASUKAN}" if title in clashes else title for title in judul]
    columns = [map_unique(masukan[place], _safe) for place in masukan]
    columns += [_plain(hasil[name]) for name in hasil]
    table = pd.concat([column.reset_index(drop=True) for column in columns], axis=1)
    table.columns = pd.Index([*map(_safe, titles), *hasil])
    text: str = table.to_csv(index=False, lineterminator="\n")
    if not path.parent.is_dir():
        raise BerkasError(
            "Folder keluaran tidak ada.", di=str(path.parent), lakukan="Buat foldernya."
        )
    write_atomic(path, text.encode("utf-8-sig"))
    return clashes


def _safe(text: str) -> str:
    safe: str = text if is_number(text) else escape_formula(text)
    return safe


def _plain(values: pd.Series) -> pd.Series:
    if values.dtype in ("boolean", bool):
        return values.astype("Int8")
    if pd.api.types.is_float_dtype(values.dtype):
        return values.round(_DESIMAL)
    return values.astype("string") if values.dtype == "category" else values
