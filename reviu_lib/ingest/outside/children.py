"""The cells of a table from outside as children to score, and which cells could not be used."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.growth import (
    classify_all,
    compute_zscores,
    compute_zscores_who,
    to_nama_baku,
)
from reviu_lib.growth.children import HARI_PER_BULAN, SANDI_BAKU, whole_days
from reviu_lib.growth.who import SANDI_BULAN, SANDI_WHO
from reviu_lib.ingest.measures import age_in_words
from reviu_lib.ingest.outside.table import TabelLuar, load_luar
from reviu_lib.ingest.parse import parse_dates
from reviu_lib.ingest.parse.empty import mark_codes
from reviu_lib.ingest.parse.texts import cell_text, map_unique, missing_reason

_BUKAN_ANGKA, _TAK_POSITIF, _NEGATIF = "bukan bilangan", "nol atau kurang", "kurang dari nol"
_TAK_DIKENAL, _BUKAN_TANGGAL = "isi tidak dikenal", "bukan tanggal"
_USIA_TEKS = "tidak terbaca sebagai tahun, bulan, dan hari"
_UKURAN = {
    "who": ("weight", "lenhei", "headc", "armc"),
    "eppgbm": ("berat_kg", "tinggi_cm", "lingkar_kepala_cm", "lila_cm"),
}
_SANDI_WHO = {
    "sex": SANDI_WHO.jenis_kelamin, "measure": SANDI_WHO.cara_ukur, "oedema": SANDI_WHO.edema,
    "is_age_in_month": SANDI_BULAN,
}  # fmt: skip
_SANDI_KITA = {
    "jenis_kelamin": SANDI_BAKU.jenis_kelamin, "cara_ukur": SANDI_BAKU.cara_ukur,
    "edema": {"ya": 1, "tidak": 0, "y": 1, "t": 0, "n": 0, "1": 1, "0": 0, "2": 0},
}  # fmt: skip


_KURANG_SEDIKIT = 1e-9  # float noise of a difference of two decimals


@dataclass(frozen=True)
class Rusak:
    """Cells of one column that could not be used, for one reason: their file rows."""

    kolom: str
    sebab: str
    baris: tuple[int, ...]


@dataclass(frozen=True)
class Anakan:
    """The columns to score, under the names of `compute_zscores` or of WHO, and unusable cells."""

    frame: pd.DataFrame
    rusak: tuple[Rusak, ...]
    who: bool

    def score(self) -> pd.DataFrame:
        """Return z, flags, and (under our names) classes and age in days, row by row."""
        if self.who:
            return compute_zscores_who(self.frame)
        z = compute_zscores(self.frame)
        days = whole_days(self.frame["usia_hari"].to_numpy(float))
        age = pd.Series(pd.arrays.IntegerArray(days, days < 0), z.index, name="usia_hari")
        return pd.concat([age, z, classify_all(z)], axis=1)

    def baku(self) -> pd.DataFrame:
        """Return the columns under the names and codes of `compute_zscores`."""
        return to_nama_baku(self.frame) if self.who else self.frame


def read_anak(tabel: TabelLuar) -> Anakan:
    """Return the children of a table; a cell that cannot be read is missing and told."""
    reader = _Pembaca(tabel)
    who = tabel.susunan == "who"
    codes = _SANDI_WHO if who else _SANDI_KITA
    columns = {name: reader.codes(name, known) for name, known in codes.items()}
    columns |= {name: reader.numbers(name, positive=True) for name in _UKURAN[tabel.susunan]}
    if who:
        columns["age"] = reader.numbers("age")
    else:
        columns |= {"usia_hari": _age_in_days(reader)}
    present = {name: column for name, column in columns.items() if column is not None}
    frame = pd.DataFrame(present, index=tabel.sel.index)
    needed = () if who else ("berat_kg", "tinggi_cm", "cara_ukur")
    absent = {name: np.nan for name in needed if name not in frame}
    return Anakan(frame.assign(**absent), tuple(reader.faults), who)


@dataclass(frozen=True)
class Banding:
    """How many z of one column of the table could be compared, and how many differ from ours."""

    kolom: str
    dibandingkan: int
    berbeda: int


def compare_stored(tabel: TabelLuar, scored: pd.DataFrame) -> list[Banding]:
    """Return how the z that a register stored beside its measures agree with ours."""
    reader, margin = _Pembaca(tabel), load_luar().selisih_z.nilai
    compared = []
    for name in ("z_tbu", "z_bbu", "z_bbtb"):
        stored = reader.numbers(name)
        if stored is not None:
            gap = (stored - scored[name]).abs().dropna()
            counts = len(gap), int((gap > margin + _KURANG_SEDIKIT).sum())
            compared.append(Banding(tabel.heading(name), *counts))
    return compared


class _Pembaca:
    """Reads the columns of one table and remembers what could not be read."""

    def __init__(self, tabel: TabelLuar) -> None:
        self.tabel = tabel
        self.faults: list[Rusak] = []

    def codes(self, name: str, known: Mapping[str, int]) -> pd.Series | None:
        """Return the texts of a column of codes, spelled as the code is known."""
        cells = self._filled(name)
        if cells is None:
            return None
        source = self.tabel.nama_susunan.sumber
        equal = source.padanan.get(name, {}) if source else {}
        spelled = {code.lower(): code for code in known} | {word: equal[word] for word in equal}
        read = map_unique(cells, lambda text: spelled.get(text.lower()) if text else None)
        self._tell(name, _TAK_DIKENAL, (cells != "") & read.isna())
        return read

    def numbers(self, name: str, *, positive: bool = False) -> pd.Series | None:
        """Return a column of numbers; the decimal mark is a dot or a comma."""
        cells = self._filled(name)
        if cells is None:
            return None
        read = map_unique(cells, to_number).astype("float64")
        self._tell(name, _BUKAN_ANGKA, (cells != "") & read.isna())
        self._tell(
            name, _TAK_POSITIF if positive else _NEGATIF, read <= 0 if positive else read < 0
        )
        return read

    def dates(self, name: str) -> pd.Series | None:
        """Return a column of dates, the day before the month."""
        raw = self.tabel.cells(name)
        if raw is None:
            return None
        read = parse_dates(raw).nilai
        self._tell(name, _BUKAN_TANGGAL, (self._texts(raw) != "") & read.isna())
        return read

    def words(self, name: str, convert: Callable[[pd.Series], pd.Series]) -> pd.Series | None:
        """Return a column of ages written out."""
        cells = self._filled(name)
        if cells is None:
            return None
        read = convert(cells)
        self._tell(name, _USIA_TEKS, (cells != "") & read.isna())
        return read

    def unborn(self, days: pd.Series) -> None:
        """Tell the rows measured before birth."""
        self._tell("tanggal_lahir", "sesudah tanggal ukur", days < 0)

    def _filled(self, name: str) -> pd.Series | None:
        """Return a column as text, "" where a cell says that there is nothing."""
        raw = self.tabel.cells(name)
        if raw is None:
            return None
        source = self.tabel.nama_susunan.sumber
        stands = mark_codes(raw, source.own(name).hilang) if source else ""
        return self._texts(raw).mask(stands != "", "") if source else self._texts(raw)

    @staticmethod
    def _texts(raw: pd.Series) -> pd.Series:
        return map_unique(raw, _text)

    def _tell(self, name: str, why: str, rows: pd.Series) -> None:
        if rows.any():
            found = tuple(int(label) for label in rows.index[rows])
            self.faults.append(Rusak(self.tabel.heading(name), why, found))


def _age_in_days(reader: _Pembaca) -> pd.Series:
    """Return days between birth and measuring, else as written in days, months, or words."""
    days = pd.Series(np.nan, index=reader.tabel.sel.index)
    born, measured = reader.dates("tanggal_lahir"), reader.dates("tanggal_ukur")
    if born is not None and measured is not None:
        days = (measured - born).dt.days.astype("float64")
        reader.unborn(days)
    written = reader.numbers("usia_hari")
    if (months := reader.numbers("usia_bulan")) is not None:
        in_days = months * HARI_PER_BULAN
        written = in_days if written is None else written.fillna(in_days)
    for given in (written, reader.words("usia_teks", age_in_words)):
        days = days if given is None else days.fillna(given)
    return days


def _text(cell: Any) -> str:
    text = cell_text(cell)
    return "" if missing_reason(text) else text


def to_number(text: str) -> float:
    """Return a measure or an age: they are small, so that a mark is always the decimal one."""
    plain = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    try:
        number = float(plain)
    except ValueError:
        return math.nan
    return number if math.isfinite(number) and "_" not in plain else math.nan
