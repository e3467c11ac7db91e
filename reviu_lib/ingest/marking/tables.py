"""What one file holds, as files that any program reads: CSV or Parquet, and its findings.

Text that a spreadsheet program would take for a formula gets an apostrophe before it; numbers
stay numbers. Pseudonyms are made with a key that is thrown away, so that they are told as running
numbers: within the file a child keeps its number, and the same file always gives the same bytes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from reviu_lib.errors import BerkasError
from reviu_lib.files import write_atomic
from reviu_lib.formatting import is_missing, mask_identity
from reviu_lib.ingest.build import Bacaan
from reviu_lib.ingest.marking.copies import name_copies
from reviu_lib.pemeriksaan import sum_tingkat

# Read by spreadsheet programs as the start of a formula, also in their full-width forms.
_RUMUS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CATATAN = "baca.json"


def write_bacaan(bacaan: Bacaan, folder: Path, *, parquet: bool = False) -> list[Path]:
    """Return the paths written: one file per canonical table, temuan.csv, temuan.json, neraca.csv.

    Tables are CSV (UTF-8 with byte order mark, comma, dates as 2021-08-10), or Parquet with
    `parquet`. What an earlier call left in `folder` and this one does not write is removed.
    Raises BerkasError when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = _load_note(folder)
        contents = _contents(bacaan, parquet=parquet)
        contents[_CATATAN] = _dump({"berkas": sorted(contents)})
        for name, data in contents.items():
            write_atomic(folder / name, data)
        for name in before - set(contents):
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise BerkasError(
            f"Folder keluaran tidak dapat ditulis ({error.strerror}).",
            di=str(folder),
            lakukan="Pilih folder lain dengan --keluar, atau periksa hak tulis dan sisa cakram.",
        ) from error
    return [folder / name for name in contents if name != _CATATAN]


def name_folder(berkas: str) -> Path:
    """Return the folder, below the current one, that the tables of a file go to by default."""
    stem = Path(name_copies([mask_identity(berkas)])[0]).stem
    return Path(f"{stem}-dibaca")


def _contents(bacaan: Bacaan, *, parquet: bool) -> dict[str, bytes]:
    """Return name → bytes of every file to write."""
    tables = {nama: _number_children(frame) for nama, frame in bacaan.tabel.items()}
    tables = {nama: frame for nama, frame in tables.items() if len(frame)}
    write = to_parquet if parquet else to_csv
    suffix = "parquet" if parquet else "csv"
    contents = {f"{nama}.{suffix}": write(frame) for nama, frame in tables.items()}
    findings = {
        "tata_letak": list(bacaan.tata_letak),
        "tabel": {nama: len(frame) for nama, frame in tables.items()},
        "jumlah": dict(_counts(bacaan.temuan)),
        "temuan": _records(bacaan.temuan),
        "neraca": _records(bacaan.neraca),
    }
    return {
        **contents,
        "temuan.csv": to_csv(bacaan.temuan),
        "temuan.json": _dump(findings),
        "neraca.csv": to_csv(bacaan.neraca),
    }


def _counts(temuan: pd.DataFrame) -> list[tuple[str, int]]:
    return [(row["tingkat"], int(row["jumlah"])) for row in sum_tingkat(temuan).to_dict("records")]


def _number_children(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with children numbered in order of appearance instead of by pseudonym."""
    if "id_anak" not in frame:
        return frame
    codes, _ = pd.factorize(frame["id_anak"])
    numbers = pd.Series(codes + 1, index=frame.index).map("anak-{:06d}".format)
    return frame.assign(id_anak=numbers.where(frame["id_anak"].notna()).astype("string"))


def to_csv(frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV that no spreadsheet program takes for formulas."""
    safe = frame.rename(columns=str)
    for name in safe.columns[[_is_text(safe[name]) for name in safe]]:
        safe = safe.assign(**{name: safe[name].map(escape_formula, na_action="ignore")})
    text: str = safe.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")
    return text.encode("utf-8-sig")


def _is_text(column: pd.Series) -> bool:
    return bool(column.dtype == "string" or column.dtype == object)


def escape_formula(value: Any) -> Any:
    """Return text with an apostrophe before it where it could start a formula; else the value."""
    if isinstance(value, str) and value.startswith(_RUMUS):
        return f"'{value}"
    return value


def to_parquet(frame: pd.DataFrame) -> bytes:
    """Return a frame as Parquet."""
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False, compression="zstd")
    return buffer.getvalue()


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as plain values, None where there is none."""
    return [
        {name: _plain(value) for name, value in row.items()} for row in frame.to_dict("records")
    ]


def _plain(value: Any) -> Any:
    if is_missing(value):
        return None
    return value.item() if hasattr(value, "item") else value


def _dump(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _load_note(folder: Path) -> set[str]:
    """Return which files the last call wrote into a folder; none when that is not known."""
    try:
        names = json.loads((folder / _CATATAN).read_text(encoding="utf-8"))["berkas"]
        return {name for name in names if isinstance(name, str) and Path(name).name == name}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
