"""The filled cells of returned worksheets as one long table, each with its unit and its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from reviu_lib.catalog import Bagian, load_lembar
from reviu_lib.catalog.lembar import IDENTITAS, TANDA, canonical, join_keys, sign_rows
from reviu_lib.formatting import format_value
from reviu_lib.ingest.tables import Potongan
from reviu_lib.ingest.unite import ASAL

UNIT = ["jenis_unit", "kode_unit", "unit"]
_IDENTITAS_DICATAT = ("versi", "isi_jabatan", "isi_tanggal")
JAWABAN = [
    *ASAL,
    *UNIT,
    "bagian",
    "kunci",
    "baris",
    "kolom",
    "nilai",
    "isian",
    "baku",
    "sel",
    "sah",
]
_BAGIAN_IDENTITAS = "identitas"


@dataclass(frozen=True)
class Kembalian:
    """The rows of returned worksheets by canonical table, with their origins.

    `huruf` gives the letter of each column by file and sheet.
    """

    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    huruf: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)

    @property
    def identitas(self) -> pd.DataFrame:
        """One row per file: who answered. The first where a file has several."""
        rows = self.frames.get(IDENTITAS)
        return pd.DataFrame() if rows is None else rows.drop_duplicates("_berkas")

    def rows_of(self, bagian: Bagian) -> pd.DataFrame:
        """Return the rows of a part with the unit of their file and whether their mark holds.

        `kunci` is the key of a row for comparison, `baris` as it is written.
        """
        rows = self.frames.get(bagian.tabel)
        if rows is None:
            return pd.DataFrame()
        marks = sign_rows(rows, bagian.terkunci)
        whole = rows.assign(sah=(marks == rows[TANDA]).fillna(False), bagian=bagian.kode)
        whole = whole.assign(kunci=join_keys(rows, bagian.kunci), baris=_show_keys(rows, bagian))
        if self.identitas.empty:
            return whole.assign(**dict.fromkeys(UNIT, pd.NA))
        return whole.merge(self.identitas[["_berkas", *UNIT]], on="_berkas", how="left")


def _show_keys(rows: pd.DataFrame, bagian: Bagian) -> list[str]:
    keys = (rows[name].astype("string").fillna("") for name in bagian.kunci)
    return [" / ".join(parts) for parts in zip(*keys, strict=True)]


def take_returns(
    frames: dict[str, pd.DataFrame], pieces: Sequence[Potongan]
) -> tuple[dict[str, pd.DataFrame], Kembalian]:
    """Return the tables without those of returned worksheets, and these."""
    own = {IDENTITAS, *(part.tabel for part in load_lembar().bagian.values())}
    letters = {
        (piece.tempat.berkas, piece.tempat.lembar): piece.tempat.huruf
        for piece in pieces
        if piece.tabel in own
    }
    taken = {name: frame for name, frame in frames.items() if name in own}
    return {name: frame for name, frame in frames.items() if name not in own}, Kembalian(
        taken, letters
    )


def list_answers(kembalian: Kembalian) -> pd.DataFrame:
    """Return one row per filled cell: columns JAWABAN; `nilai` is the cell itself.

    `baku` is the cell as text for comparison, `isian` as it is shown; `sah` is False where what
    was printed in the row is no longer what its mark says.
    """
    parts = [_melt_identitas(kembalian)]
    for bagian in load_lembar().bagian.values():
        rows = kembalian.rows_of(bagian)
        parts += [_melt(rows, bagian, kolom, kembalian) for kolom in bagian.isian if len(rows)]
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=JAWABAN)


def _melt(rows: pd.DataFrame, bagian: Bagian, kolom: str, kembalian: Kembalian) -> pd.DataFrame:
    filled = rows[rows[kolom].notna()]
    return _answers(filled, kolom, bagian.baku[kolom].jenis, kembalian)


def _melt_identitas(kembalian: Kembalian) -> pd.DataFrame:
    rows = kembalian.identitas
    if rows.empty:
        return pd.DataFrame(columns=JAWABAN)
    rows = rows.assign(bagian=_BAGIAN_IDENTITAS, kunci="", baris="", sah=True)
    kinds = {"isi_tanggal": "tanggal"}
    parts = [
        _answers(rows[rows[name].notna()], name, kinds.get(name, "teks"), kembalian)
        for name in _IDENTITAS_DICATAT
    ]
    return pd.concat(parts, ignore_index=True)


def _answers(rows: pd.DataFrame, kolom: str, jenis: str, kembalian: Kembalian) -> pd.DataFrame:
    values: list[Any] = list(rows[kolom])
    places = zip(rows["_berkas"], rows["_lembar"], rows["_baris"], strict=True)
    added = {
        "kolom": kolom,
        "nilai": pd.Series(values, rows.index, dtype="object"),
        "isian": [format_value(value, jenis) for value in values],
        "baku": [canonical(value) for value in values],
        "sel": [f"{_letter(kembalian, one, two, kolom)}{row}" for one, two, row in places],
    }
    return rows.assign(**added)[JAWABAN].reset_index(drop=True)


def _letter(kembalian: Kembalian, berkas: str, lembar: str, kolom: str) -> str:
    return kembalian.huruf.get((berkas, lembar), {}).get(kolom, "")
