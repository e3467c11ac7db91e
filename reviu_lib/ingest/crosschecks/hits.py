"""Rows that contradict something, gathered into one finding per kind and column."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from reviu_lib.formatting import format_number, list_first
from reviu_lib.ingest.findings import Tempat, Temuan, note

KOLOM = ["kode", "kolom", "baris", "wilayah", "nilai", "rincian"]


def hits(rows: pd.DataFrame, kode: str, kolom: pd.Series, **words: pd.Series) -> pd.DataFrame:
    """Return one hit for each row: its kind, column, and line, the place, value, and particulars.

    `rows` has _baris and wilayah; `words` are nilai and rincian, either may be absent.
    """
    blank = pd.Series("", index=rows.index, dtype="string")
    return pd.DataFrame(
        {
            "kode": kode,
            "kolom": kolom,
            "baris": rows["_baris"],
            "wilayah": rows["wilayah"],
            "nilai": words.get("nilai", blank),
            "rincian": words.get("rincian", blank),
        }
    )


def tell(found: Iterable[pd.DataFrame], tempat: Tempat) -> list[Temuan]:
    """Return one finding per kind and column, with every row and up to five particulars."""
    parts = [part for part in found if len(part)]
    if not parts:
        return []
    frame = pd.concat(parts, ignore_index=True)
    groups = frame.groupby(["kode", "kolom"], sort=False)
    return [
        note(
            str(kode),
            tempat.at(str(kolom)),
            baris=rows["baris"].drop_duplicates(),
            nilai=[value for value in rows["nilai"] if value],
            rincian=_particulars(rows),
        )
        for (kode, kolom), rows in groups
    ]


def _particulars(rows: pd.DataFrame) -> str:
    lines = rows.loc[rows["rincian"] != ""].drop_duplicates(["wilayah", "rincian"])
    texts = [
        f"{place}: {text}" if place else str(text)
        for place, text in zip(lines["wilayah"], lines["rincian"], strict=True)
    ]
    return list_first(texts)


def number_texts(values: pd.Series, decimals: int = 0) -> pd.Series:
    """Return numbers as Indonesians write them; missing as "kosong"."""
    return values.map(
        lambda value: "kosong" if pd.isna(value) else format_number(value, decimals)
    ).astype("string")
