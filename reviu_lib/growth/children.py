"""One frame of children as plain arrays: ages, codes, and measures cleaned by the rules of WHO.

Whatever a cell holds, only its own row suffers: what cannot be read is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from numbers import Number, Real
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from reviu_lib.errors import DefinisiError
from reviu_lib.growth.lms import Bools, Floats, Ints

# Days in a mean month (WHO: 365.25 / 12).
HARI_PER_BULAN = 30.4375
# From this day on WHO tables hold standing height; before it, recumbent length.
HARI_BERDIRI = 731
# Recumbent length exceeds standing height by this much (WHO 2006).
SELISIH_BERDIRI_CM = 0.7
# A child younger than this cannot stand: "Berdiri" is an error of entry and is ignored (WHO).
BULAN_MULAI_BERDIRI = 9
TERLENTANG, BERDIRI = 1, 2
_TERTUA_HARI = 1e6  # no child; keeps whole days within what an integer holds
_WAJIB = ("jenis_kelamin", "berat_kg", "tinggi_cm", "cara_ukur")

_ANGKA = ((0, "0"), (1, "1"), (2, "2"))  # numbers that are codes

Kode = Mapping[str, int]


class Sandi(NamedTuple):
    """The codes of sex (0 boys, 1 girls), way of measuring, and oedema (1 yes).

    With `lipat` capitals and small letters are one code.
    """

    jenis_kelamin: Kode
    cara_ukur: Kode
    edema: Kode
    lipat: bool = False


SANDI_BAKU = Sandi(
    {"L": 0, "P": 1},
    {"Terlentang": TERLENTANG, "Berdiri": BERDIRI},
    {"1": 1, "True": 1, "ya": 1},
)


class Anak(NamedTuple):
    """Plain arrays of one frame, missing as NaN, in codes as -1, and as None without a column.

    `hari` are whole days, -1 where the age is missing, negative, or no number; `bulan` the
    unrounded months; `panjang` the length or height after the 0.7 cm correction; `cara` the way
    of measuring after `dini`, standing under nine months, is discarded.
    """

    hari: Ints
    bulan: Floats
    jenis_kelamin: Ints
    berat: Floats
    panjang: Floats
    cara: Ints
    dini: Bools
    edema: Bools | None
    kepala: Floats | None
    lengan: Floats | None

    def part(self, rows: slice | Ints) -> Anak:
        """Return the same arrays for these rows only."""
        parts: Iterable[Any] = (None if array is None else array[rows] for array in self)
        return Anak(*parts)


def read_children(frame: pd.DataFrame, sandi: Sandi = SANDI_BAKU) -> Anak:
    """Return the arrays of a frame; DefinisiError names absent columns.

    Needs usia_hari (or usia_bulan; days come first), jenis_kelamin, berat_kg, tinggi_cm,
    cara_ukur; edema, lingkar_kepala_cm, and lila_cm are optional.
    """
    missing = [name for name in _WAJIB if name not in frame]
    if missing or not {"usia_hari", "usia_bulan"} & set(frame):
        raise DefinisiError(f"Kolom untuk z-skor tidak lengkap: {missing or ['usia_hari']}.")
    day, months = _read_age(frame)
    method = read_codes(frame["cara_ukur"], sandi.cara_ukur, lipat=sandi.lipat)
    early = (method == BERDIRI) & (months < BULAN_MULAI_BERDIRI)
    method[early] = -1
    optional = {
        name: read_positive(frame[name]) if name in frame else None
        for name in ("lingkar_kepala_cm", "lila_cm")
    }
    return Anak(
        hari=day,
        bulan=months,
        jenis_kelamin=read_codes(frame["jenis_kelamin"], sandi.jenis_kelamin, lipat=sandi.lipat),
        berat=read_positive(frame["berat_kg"]),
        panjang=_correct(read_positive(frame["tinggi_cm"]), day, method),
        cara=method,
        dini=early,
        edema=_read_oedema(frame, sandi),
        kepala=optional["lingkar_kepala_cm"],
        lengan=optional["lila_cm"],
    )


def _read_age(frame: pd.DataFrame) -> tuple[Ints, Floats]:
    """Return whole days (-1 when missing) and unrounded months (NaN when missing)."""
    days = months = np.full(len(frame), np.nan)
    if "usia_bulan" in frame:
        months = read_floats(frame["usia_bulan"])
        days = months * HARI_PER_BULAN
    if "usia_hari" in frame:
        given = read_floats(frame["usia_hari"])
        absent = np.isnan(given)
        days = np.where(absent, days, given)
        months = np.where(absent, months, given / HARI_PER_BULAN)
    return whole_days(days), months


def whole_days(days: Floats) -> Ints:
    """Return days rounded half up; -1 when missing, negative, or not finite."""
    usable = (days >= 0) & (days < _TERTUA_HARI)
    plain = np.where(usable, days, 0)
    whole = np.floor(plain)
    whole += plain - whole >= 0.5
    return np.where(usable, whole, -1).astype(np.int64)


def _correct(length: Floats, day: Ints, method: Ints) -> Floats:
    """Return length as the table of that age has it; what is not above zero then is missing."""
    young = day < HARI_BERDIRI
    up = (method == BERDIRI) & young & (day >= 0)
    down = (method == TERLENTANG) & ~young
    length += SELISIH_BERDIRI_CM * (up.astype(np.float64) - down)
    length[np.flatnonzero(length <= 0)] = np.nan
    return length


def read_floats(values: pd.Series) -> Floats:
    """Return numbers as a new array; what is no number is NaN."""
    if values.dtype.kind in "fiu" and isinstance(values.dtype, np.dtype):
        return values.to_numpy(dtype=np.float64, copy=True)
    try:
        numbers = pd.to_numeric(values, errors="coerce").astype("Float64")
    except TypeError:  # a cell that stops pandas, such as a complex number
        plain = [
            cell if isinstance(cell, str | bytes | Real | Decimal) else None for cell in values
        ]
        return read_floats(pd.Series(plain, dtype=object))
    return np.array(numbers.to_numpy(float, np.nan))


def read_positive(values: pd.Series) -> Floats:
    """Return the values with zero, negative, and infinite ones as missing."""
    numbers = read_floats(values)
    numbers[np.flatnonzero(~((numbers > 0) & (numbers < np.inf)))] = np.nan
    return numbers


def read_codes(values: pd.Series, known: Kode, *, lipat: bool = False) -> Ints:
    """Return the code of each cell, -1 for anything unknown; 1, 1.0, True, and "1" are one."""
    which, found = _factorize(values)
    keys = [_spell(value) for value in found]
    keys = [key.strip().lower() for key in keys] if lipat else keys
    return np.array([*(known.get(key, -1) for key in keys), -1], dtype=np.int64)[which]


def _factorize(values: pd.Series) -> tuple[Any, Any]:
    try:
        return pd.factorize(values)
    except TypeError:  # a cell that cannot be hashed, such as a list
        return pd.factorize(np.array([_spell(value) for value in values], dtype=object))


def _spell(value: object) -> str:
    """Return a cell as text; numbers that are equal are the same text, whatever their kind."""
    if isinstance(value, Number):
        return next((text for number, text in _ANGKA if value == number), str(value))
    return str(value)


def _read_oedema(frame: pd.DataFrame, sandi: Sandi) -> Bools | None:
    if "edema" not in frame:
        return None
    return read_codes(frame["edema"], sandi.edema, lipat=sandi.lipat) == 1
