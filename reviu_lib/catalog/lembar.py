"""The declared worksheets of the meeting: which unit gets which parts, and what a part holds.

Writer and reader share them, and the two marks by which a worksheet that comes back is known: a
mark for each row over what was printed there, and one for the whole worksheet.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from reviu_lib.catalog.definisi import cached, read_toml
from reviu_lib.catalog.model import Frozen, Status, build
from reviu_lib.catalog.tabel import Kolom, Tabel, tabel_masukan
from reviu_lib.formatting import is_missing

IDENTITAS = "lembar_identitas"
TANDA = "tanda"
_PANJANG_TANDA, _PANJANG_VERSI = 10, 16
_BUKAN_KATA = re.compile(r"[\W_]+")
_HURUF = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


class JenisUnit(Frozen):
    """A kind of unit and the parts of its worksheet, in order."""

    nama: str
    bagian: tuple[str, ...]


class Bagian(Frozen):
    """One sheet: what is printed and locked, what is filled in, and where that goes.

    `kunci` and `rencana` are locked and marked; `tercatat` is locked and may change with every
    return. `masuk` maps a filled column to `table.column`, which it fills where nothing stands;
    with `tambah` also rows that are not there yet. `hambatan` maps columns of that table to filled
    ones. `acuan` is the table that holds `kunci` now; with `sendiri` several units may answer the
    same row, each for itself.
    """

    kode: str
    lembar: str
    tabel: str
    kunci: tuple[str, ...]
    rencana: tuple[str, ...]
    isian: tuple[str, ...]
    tercatat: tuple[str, ...] = ()
    berversi: bool = False
    sendiri: bool = False
    tambah: bool = False
    acuan: str = ""
    masuk: Mapping[str, str] = {}
    hambatan: Mapping[str, str] = {}

    @property
    def baku(self) -> Tabel:
        """The canonical table of the sheet."""
        return tabel_masukan()[self.tabel]

    @property
    def terkunci(self) -> tuple[str, ...]:
        """The printed columns that the mark of a row covers."""
        return (*self.kunci, *self.rencana)

    @property
    def kolom(self) -> tuple[Kolom, ...]:
        """All columns as they stand on the sheet."""
        names = (*self.terkunci, *self.tercatat, *self.isian, TANDA)
        return tuple(self.baku[name] for name in names)

    def goal(self, kolom: str) -> tuple[str, str]:
        """Return the table and column that a filled column enters."""
        tabel, _, name = self.masuk[kolom].partition(".")
        return tabel, name


class LembarKerja(Frozen):
    """The worksheets of the meeting: words, kinds of units, parts.

    `keadaan` are the words of a reminder by state: belum, lama, dilihat, kembali.
    """

    arti: str
    rujukan: str
    status: Status
    judul: str
    petunjuk: tuple[str, ...]
    pengingat: str
    keadaan: Mapping[str, str]
    jenis: Mapping[str, JenisUnit]
    bagian: Mapping[str, Bagian]


@cached
def load_lembar() -> LembarKerja:
    """Return the declared worksheets."""
    data = read_toml("lembar.toml")
    parts = {kode: {"kode": kode, **part} for kode, part in data["bagian"].items()}
    return build(LembarKerja, {**data, "bagian": parts}, "lembar.toml")


def canonical(value: Any) -> str:
    """Return a cell as one text for comparison, however a spreadsheet program keeps it.

    Words without case, punctuation, and extra spaces; dates as ISO; numbers with at most four
    decimals; "" when missing.
    """
    if is_missing(value):
        return ""
    if isinstance(value, bool) or type(value).__name__ in {"bool", "bool_"}:
        return "ya" if value else "tidak"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, str):
        return _BUKAN_KATA.sub(" ", value.casefold()).strip()
    number = round(float(value), 4)
    return str(int(number)) if math.isclose(number, int(number)) else str(number)


def sign_rows(frame: pd.DataFrame, kolom: Sequence[str]) -> pd.Series:
    """Return the mark of each row over these columns: letters only, so that it stays a text."""
    texts = (frame[name].map(canonical, na_action=None) for name in kolom)
    rows = list(zip(*texts, strict=True)) if len(frame) else []
    return pd.Series([_sign(row, _PANJANG_TANDA) for row in rows], frame.index, dtype="string")


def sign_lembar(tanda: Iterable[str]) -> str:
    """Return the version of a worksheet: the mark over the marks of its rows."""
    return _sign(sorted(tanda), _PANJANG_VERSI)


def join_keys(frame: pd.DataFrame, kolom: Sequence[str]) -> pd.Series:
    """Return the key columns of each row as one text for comparison."""
    texts = (frame[name].map(canonical, na_action=None) for name in kolom)
    rows = list(zip(*texts, strict=True)) if len(frame) else []
    return pd.Series([" / ".join(row) for row in rows], frame.index, dtype="string")


def _sign(parts: Iterable[str], length: int) -> str:
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return digest[:length].translate(_HURUF)
