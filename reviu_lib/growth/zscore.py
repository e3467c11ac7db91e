"""z-scores of height for age, weight for age, and weight for height, row by row and vectorised.

Written from the rules of the WHO Child Growth Standards 2006. One bad row gives missing values in
that row and never stops the rest.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from reviu_lib.catalog import load_ambang
from reviu_lib.errors import DefinisiError
from reviu_lib.growth.lms import Floats, Ints, Lms, TabelLms, compute_measure, compute_z, load_lms

Bools = NDArray[np.bool_]
Indeks = Literal["tbu", "bbu", "bbtb"]
# Days in a mean month (WHO: 365.25 / 12).
HARI_PER_BULAN = 30.4375
# From this day on WHO tables hold standing height; before it, recumbent length.
HARI_BERDIRI = 731
# Recumbent length exceeds standing height by this much (WHO 2006).
SELISIH_BERDIRI_CM = 0.7
# A child younger than this cannot stand: "Berdiri" is an error of entry and is ignored (WHO).
BULAN_MULAI_BERDIRI = 9
# Stunting is defined for children of 0 to 59 completed months.
BULAN_BALITA = 60
# Without an age, a body shorter than this is taken as recumbent (WHO).
PANJANG_TANPA_USIA_CM = 87
_SEX = {"L": 0, "P": 1}
_METHOD = {"Terlentang": 1, "Berdiri": 2}
_LYING, _STANDING = 1, 2
_COLUMNS = ("jenis_kelamin", "berat_kg", "tinggi_cm", "cara_ukur")


class _Children(NamedTuple):
    """Plain arrays of one frame; day -1 where the age is missing or outside the tables."""

    day: Ints
    age_known: Bools
    under_five: Bools
    sex: Ints
    weight: Floats
    length: Floats
    method: Ints
    oedema: Bools


def compute_zscores(frame: pd.DataFrame) -> pd.DataFrame:
    """Return z-scores and plausibility flags, with the index of `frame`.

    Needs usia_hari (or usia_bulan; days come first), jenis_kelamin (L|P), berat_kg, tinggi_cm,
    cara_ukur (Terlentang|Berdiri, may be missing); edema (boolean) is optional.
    Columns: z_tbu, z_bbu, z_bbtb rounded to 2 decimals, NaN when not computable; ekstrem_tbu,
    ekstrem_bbu, ekstrem_bbtb are True outside the WHO limits in `ambang.toml`, NA without z;
    tinggi_standar_cm is the height after the 0.7 cm correction (WHO Child Growth Standards 2006).
    With edema, indices with weight are missing. Raises DefinisiError when a column is absent.
    """
    children = _read_children(frame)
    z = {
        "z_tbu": _z_by_day("lhfa", children.length, children, linear_tails=False),
        "z_bbu": _z_by_day("wfa", children.weight, children),
        "z_bbtb": _z_weight_for_length(children),
    }
    for name in ("z_bbu", "z_bbtb"):
        z[name][children.oedema] = np.nan
    result = pd.DataFrame({name: np.round(value, 2) for name, value in z.items()}, frame.index)
    return result.assign(**_flag(result), tinggi_standar_cm=children.length)


def compute_measure_from_z(
    indeks: Indeks,
    z: ArrayLike,
    *,
    jenis_kelamin: ArrayLike,
    usia_hari: ArrayLike,
    tinggi_cm: ArrayLike = np.nan,
) -> Floats:
    """Return the unrounded measure with this z: cm for tbu, kg for bbu and bbtb.

    The height is as the table of that age has it (lying under 731 days, standing from there on);
    bbtb needs `tinggi_cm` measured the same way. NaN outside the tables.
    """
    target, sexes, days, heights = np.broadcast_arrays(
        np.atleast_1d(np.asarray(z, float)), jenis_kelamin, np.asarray(usia_hari, float), tinggi_cm
    )
    sex, day = _codes(pd.Series(sexes), _SEX), _whole_days(days)
    if indeks == "bbtb":
        lms = _lms_for_length(sex, heights.astype(float), _lying(day))
        return compute_measure(target.astype(float), lms)
    table = load_lms()["lhfa" if indeks == "tbu" else "wfa"]
    lms = table.take(table.rows(sex, day))
    return compute_measure(target.astype(float), lms, linear_tails=indeks == "bbu")


def _read_children(frame: pd.DataFrame) -> _Children:
    missing = [name for name in _COLUMNS if name not in frame]
    if missing or not {"usia_hari", "usia_bulan"} & set(frame):
        raise DefinisiError(f"Kolom untuk z-skor tidak lengkap: {missing or ['usia_hari']}.")
    day, months = _read_age(frame)
    length, method = _positive(frame["tinggi_cm"]), _codes(frame["cara_ukur"], _METHOD)
    method[(method == _STANDING) & (months < BULAN_MULAI_BERDIRI)] = -1
    return _Children(
        day=day,
        age_known=~np.isnan(months),
        under_five=~(months >= BULAN_BALITA),
        sex=_codes(frame["jenis_kelamin"], _SEX),
        weight=_positive(frame["berat_kg"]),
        length=length + _correction(day, method),
        method=method,
        oedema=_oedema(frame),
    )


def _read_age(frame: pd.DataFrame) -> tuple[Ints, Floats]:
    """Return whole days (-1 when missing) and unrounded months (NaN when missing)."""
    days = np.full(len(frame), np.nan)
    months = np.full(len(frame), np.nan)
    if "usia_bulan" in frame:
        months = _floats(frame["usia_bulan"])
        days = months * HARI_PER_BULAN
    if "usia_hari" in frame:
        given = _floats(frame["usia_hari"])
        days = np.where(np.isnan(given), days, given)
        months = np.where(np.isnan(given), months, given / HARI_PER_BULAN)
    return _whole_days(days), months


def _whole_days(days: Floats) -> Ints:
    """Return days rounded half up; -1 when missing, negative, or not finite."""
    usable = np.isfinite(days) & (days >= 0) & (days < 1e6)
    return np.where(usable, np.floor(np.where(usable, days, 0) + 0.5), -1).astype(np.int64)


def _correction(day: Ints, method: Ints) -> Floats:
    down = (day >= HARI_BERDIRI) & (method == _LYING)
    up = (day >= 0) & (day < HARI_BERDIRI) & (method == _STANDING)
    return SELISIH_BERDIRI_CM * (up.astype(float) - down.astype(float))


def _z_by_day(
    table: str, measure: Floats, children: _Children, *, linear_tails: bool = True
) -> Floats:
    lms_table = load_lms()[table]
    day = np.where(children.under_five, children.day, -1)
    lms = lms_table.take(lms_table.rows(children.sex, day))
    return compute_z(measure, lms, linear_tails=linear_tails)


def _z_weight_for_length(children: _Children) -> Floats:
    """Return z of weight for length or height; without an age the way of measuring decides."""
    lying = np.where(children.age_known, _lying(children.day), _lying_without_age(children))
    lms = _lms_for_length(children.sex, children.length, lying)
    z = compute_z(children.weight, lms)
    z[~children.under_five | (children.age_known & (children.day < 0))] = np.nan
    return z


def _lying(day: Ints) -> Bools:
    return day < HARI_BERDIRI


def _lying_without_age(children: _Children) -> Bools:
    short = children.length < PANJANG_TANPA_USIA_CM
    return np.where(children.method > 0, children.method == _LYING, short)


def _lms_for_length(sex: Ints, length: Floats, lying: Bools) -> Lms:
    tables = load_lms()
    by_length = _interpolate(tables["wfl"], sex, np.where(lying, length, np.nan))
    by_height = _interpolate(tables["wfh"], sex, np.where(lying, np.nan, length))
    return Lms(*(np.where(lying, a, b) for a, b in zip(by_length, by_height, strict=True)))


def _interpolate(table: TabelLms, sex: Ints, length: Floats) -> Lms:
    """Return LMS linearly interpolated between the rows on both sides of `length`."""
    # Rounding removes the float noise of the 0.7 cm correction: 103.1 - 0.7 is row 102.4, while
    # R's `anthro` 1.1.0 jumps to 102.5 there (102.4 and 51.2 only; 0.02 z).
    steps = np.round((length - table.awal) / table.langkah, 6)
    low = np.where(np.isfinite(steps), np.floor(np.where(np.isfinite(steps), steps, 0)), -1)
    share = steps - low
    low = low.astype(np.int64)
    below = table.take(table.rows(sex, low))
    # On the last row nothing lies above, and nothing of it is needed.
    above = table.take(table.rows(sex, np.where(share > 0, low + 1, low)))
    return Lms(*(a + share * (b - a) for a, b in zip(below, above, strict=True)))


def _flag(z: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the WHO plausibility flags on rounded z (limits from `ambang.toml`)."""
    ambang = load_ambang()
    tbu, bbtb = ambang["z_tbu_mutlak_maks"], ambang["z_bbtb_mutlak_maks"]
    limits = {
        "tbu": (-tbu, tbu),
        "bbu": (ambang["z_bbu_min"], ambang["z_bbu_maks"]),
        "bbtb": (-bbtb, bbtb),
    }
    return {
        f"ekstrem_{name}": (
            ((z[f"z_{name}"] < low) | (z[f"z_{name}"] > high))
            .astype("boolean")
            .mask(z[f"z_{name}"].isna())
        )
        for name, (low, high) in limits.items()
    }


def _floats(values: pd.Series) -> Floats:
    return np.array(
        pd.to_numeric(values, errors="coerce").astype("Float64").to_numpy(float, np.nan)
    )


def _positive(values: pd.Series) -> Floats:
    """Return the values with zero, negative, and infinite ones as missing."""
    numbers = _floats(values)
    return np.where(np.isfinite(numbers) & (numbers > 0), numbers, np.nan)


def _codes(values: pd.Series, known: dict[str, int]) -> Ints:
    """Return the code of each text, -1 for anything unknown."""
    which, texts = pd.factorize(np.asarray(values, dtype=object))
    code = np.array([known.get(str(text), -1) for text in texts] + [-1], dtype=np.int64)
    return code[which]


def _oedema(frame: pd.DataFrame) -> Bools:
    if "edema" not in frame:
        return np.zeros(len(frame), dtype=bool)
    return frame["edema"].astype("boolean").fillna(False).to_numpy(bool)
