"""Canonical tables: their columns, kinds, keys, and limits, as declared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray, ExtensionDtype

from reviu_lib.catalog.definisi import cached, read_toml
from reviu_lib.catalog.model import Frozen, build
from reviu_lib.errors import DefinisiError

# Text is held as Python objects: an Arrow array costs each step on a table of a few hundred rows
# more than it saves.
_TEKS = pd.StringDtype("python")
_NAMA = pd.StringDtype("python", na_value=np.nan)  # the same for the names of columns
_DTYPES: dict[str, str | ExtensionDtype] = {
    **dict.fromkeys(("kode", "teks", "pilihan"), _TEKS),
    **dict.fromkeys(("jumlah", "rupiah", "tahun", "hari"), "Int64"),
    **dict.fromkeys(("desimal", "persen", "poin", "zskor", "peluang"), "float64"),
    "tanggal": "datetime64[ns]",
    "ya_tidak": "boolean",
}
# Made once: pandas looks a name up anew for every column.
_JENIS_PANDAS = {jenis: pd.api.types.pandas_dtype(name) for jenis, name in _DTYPES.items()}
# One missing cell of each kind, from which an absent column is made.
_HAMPA = {jenis: pd.array([None], dtype=dtype) for jenis, dtype in _JENIS_PANDAS.items()}


class Kolom(Frozen):
    """One column of a canonical table: kind, report heading, meaning, and limits."""

    nama: str
    jenis: Literal[
        "kode", "teks", "pilihan", "jumlah", "rupiah", "tahun", "hari",
        "desimal", "persen", "poin", "zskor", "peluang", "tanggal", "ya_tidak",
    ]  # fmt: skip
    judul: str
    arti: str
    wajib: bool = False
    lembar: str = ""
    pilihan: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None

    @property
    def judul_lembar(self) -> str:
        """The heading of this column in the kabupaten workbook."""
        return self.lembar or self.nama

    @property
    def dtype(self) -> str | ExtensionDtype:
        """The pandas dtype of this column."""
        return _DTYPES[self.jenis]


class Tabel(Frozen):
    """A canonical table: columns in order, key, and source."""

    nama: str
    judul: str
    arti: str
    kunci: tuple[str, ...]
    rujukan: str
    kolom: tuple[Kolom, ...]
    lembar: str = ""
    opsional: bool = False

    @property
    def nama_kolom(self) -> list[str]:
        """Column names in declared order."""
        return [kolom.nama for kolom in self.kolom]

    def __getitem__(self, nama: str) -> Kolom:
        for kolom in self.kolom:
            if kolom.nama == nama:
                return kolom
        raise DefinisiError(f"Tabel {self.nama} tidak mempunyai kolom {nama}.")

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` with exactly the declared columns, order, and dtypes, RangeIndex.

        Absent columns become missing values. Undeclared columns raise DefinisiError: they are a
        fault in our code, not in the data.
        """
        if self._fits(frame):
            return frame.copy().set_axis(_names(self), axis=1)
        found = set(frame.columns)
        unknown = sorted(found - set(self.nama_kolom))
        if unknown:
            raise DefinisiError(f"Tabel {self.nama}: kolom tak dideklarasikan {unknown}.")
        columns = {
            kolom.nama: _convert(frame[kolom.nama], _JENIS_PANDAS[kolom.jenis])
            if kolom.nama in found
            else _HAMPA[kolom.jenis].take(np.zeros(len(frame), dtype=np.int64))
            for kolom in self.kolom
        }
        rows = pd.DataFrame(columns, index=pd.RangeIndex(len(frame)))
        return rows.set_axis(_names(self), axis=1)

    def _fits(self, frame: pd.DataFrame) -> bool:
        """Return True when there is nothing to convert."""
        return (
            isinstance(frame.index, pd.RangeIndex)
            and frame.index.equals(pd.RangeIndex(len(frame)))
            and list(frame.columns) == self.nama_kolom
            and list(frame.dtypes) == [_JENIS_PANDAS[kolom.jenis] for kolom in self.kolom]
        )

    def empty(self) -> pd.DataFrame:
        """Return the table with its columns and dtypes and no rows."""
        return _empty(self).copy()


@cached
def _names(tabel: Tabel) -> pd.Index:
    return pd.Index(tabel.nama_kolom, dtype=_NAMA)


@cached
def _empty(tabel: Tabel) -> pd.DataFrame:
    return tabel.conform(pd.DataFrame())


def _convert(column: pd.Series, dtype: np.dtype | ExtensionDtype) -> ExtensionArray:
    if column.dtype == dtype:
        return column.array
    if isinstance(column.dtype, pd.StringDtype) and isinstance(dtype, pd.StringDtype):
        return column.array.astype(dtype)  # a series takes many times as long for a short column
    return column.astype(dtype).array


def _load_tables(filename: str) -> dict[str, Tabel]:
    tables = {}
    for nama, data in read_toml(filename).items():
        columns = [{"nama": key, **spec} for key, spec in data["kolom"].items()]
        tables[nama] = build(
            Tabel, {**data, "nama": nama, "kolom": columns}, f"{filename} [{nama}]"
        )
    return tables


@cached
def tabel_masukan() -> Mapping[str, Tabel]:
    """Return the canonical input tables by name, in declared order."""
    return _load_tables("tabel_masukan.toml")


@cached
def tabel_hasil() -> Mapping[str, Tabel]:
    """Return the result tables by name, in the order of the six outputs and the document."""
    return _load_tables("tabel_hasil.toml")


@cached
def tabel_banding() -> Mapping[str, Tabel]:
    """Return the tables of a comparison by name, in the order in which they are read."""
    return _load_tables("tabel_banding.toml")
