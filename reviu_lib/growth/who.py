"""z-scores under the names and codes of WHO's own package: sex, age, weight in, zlen, flen out.

What bears WHO's names is what WHO's package answers, to the last digit and with its slips.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.errors import DefinisiError
from reviu_lib.growth.children import (
    BERDIRI,
    SANDI_BAKU,
    TERLENTANG,
    Anak,
    Sandi,
    read_children,
    read_codes,
    read_floats,
)
from reviu_lib.growth.indices import Nilai, compute_imt, score_children
from reviu_lib.growth.lms import Ints
from reviu_lib.growth.zscore import tabulate_zscores

# "l" means boys (laki-laki) in the column of sex, and lying in the column of the way of measuring:
# each column has codes of its own.
SANDI_WHO = Sandi(
    {"1": 0, "m": 0, "l": 0, "2": 1, "f": 1, "p": 1},
    {"l": TERLENTANG, "h": BERDIRI},
    {"y": 1, "1": 1, "n": 0, "2": 0},
    lipat=True,
)
SANDI_BULAN = {"1": 1, "true": 1, "y": 1, "0": 0, "false": 0, "n": 0}
_NAMA = {
    "sex": "jenis_kelamin", "weight": "berat_kg", "lenhei": "tinggi_cm", "measure": "cara_ukur",
    "oedema": "edema", "headc": "lingkar_kepala_cm", "armc": "lila_cm",
}  # fmt: skip
_PERLU = ("sex", "age")
_INDEKS = {"len": "tbu", "wei": "bbu", "wfl": "bbtb", "bmi": "imtu", "hc": "lk", "ac": "lila"}
_BARIS_PER_CM = 10  # rows of the tables of weight for length


def compute_zscores_who(frame: pd.DataFrame) -> pd.DataFrame:
    """Return what WHO's R package `anthro` returns, with the index of `frame`.

    Needs sex (1|m|L boys, 2|f|P girls) and age; optional: is_age_in_month (1 where age is in
    months, else days), weight (kg), lenhei (cm), measure (l lying, h standing), oedema (y|1),
    headc and armc (cm). Names and codes in capitals or small letters. Columns: clenhei (cm after
    the 0.7 cm correction), cmeasure, c9mo_flag (1: standing under nine months, ignored), cbmi
    (kg/m2), csex (1|2), then z and flag of len, wei, wfl, bmi, hc, ac: z with 2 decimals, the flag
    1 outside the limits of WHO, both missing where not computable. Formulas: `compute_zscores`.
    zwfl has the one slip of R, which `compute_zscores` has not: between rows 0.1 cm apart R takes
    trunc(10 cm + 1) for the upper one, and where floating point lifts that by two rows the child
    gets the z of 0.1 cm more (of measures in 0.1 cm only 103.1 lying from 731 days: 103.1 - 0.7
    falls short of 102.4; 0.02 z). clenhei and cbmi stay. Measures of zero or less are missing (R
    computes with them). Raises DefinisiError without sex or age.
    """
    anak = read_children(_with_our_names(frame), SANDI_WHO)
    scored = _score_as_who(anak)
    columns = _describe(anak)
    for theirs, ours in _INDEKS.items():
        z = scored[0].get(ours, np.full(len(frame), np.nan))
        beyond = scored[1].get(ours, np.zeros(len(frame), dtype=bool))
        columns[f"z{theirs}"] = z
        columns[f"f{theirs}"] = pd.arrays.IntegerArray(beyond.view(np.int8), np.isnan(z))
    return pd.DataFrame(columns, index=frame.index, copy=False)


def compute_zscores_as_who(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `compute_zscores` of a table under our names, z_bbtb with the slip of WHO's package.

    For prevalence that is to equal WHO's (`to_who_columns`). Columns, units, missing values, and
    errors: `compute_zscores`; the slip: `compute_zscores_who`.
    """
    anak = read_children(frame)
    return tabulate_zscores(anak, _score_as_who(anak), frame.index)


def to_nama_baku(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table under WHO's names as `compute_zscores` and `compute_prevalence` read it.

    Columns: jenis_kelamin (L|P), usia_hari, usia_bulan where some ages are in months, berat_kg,
    tinggi_cm, cara_ukur (Terlentang|Berdiri), edema (boolean), lingkar_kepala_cm, lila_cm where
    present. Unknown codes are missing. Raises DefinisiError without sex or age.
    """
    ours = _with_our_names(frame)
    for name in ("jenis_kelamin", "cara_ukur"):
        words = {code: word for word, code in getattr(SANDI_BAKU, name).items()}
        codes = read_codes(ours[name], getattr(SANDI_WHO, name), lipat=True)
        ours[name] = pd.Series(codes, ours.index).map(words)
    if "edema" in ours:
        ours["edema"] = read_codes(ours["edema"], SANDI_WHO.edema, lipat=True) == 1
    return ours


def _score_as_who(anak: Anak) -> Nilai:
    """Return the scores, those of weight for length anew where R skips a row of the table."""
    z, beyond = score_children(anak)
    rows = anak.panjang * _BARIS_PER_CM
    upper = np.trunc(rows + 1)
    skipping = np.flatnonzero(upper - np.trunc(rows) == 2)
    if len(skipping):
        taller = anak.part(skipping)._replace(panjang=upper[skipping] / _BARIS_PER_CM)
        lifted, lifted_beyond = score_children(taller)
        z["bbtb"][skipping], beyond["bbtb"][skipping] = lifted["bbtb"], lifted_beyond["bbtb"]
    return z, beyond


def _with_our_names(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the columns under our names, the age parted into days and months."""
    named = frame.rename(columns=lambda name: str(name).strip().lower())
    missing = [name for name in _PERLU if name not in named]
    if missing:
        raise DefinisiError(f"Kolom untuk z-skor tidak lengkap: {missing}.")
    columns = {ours: named[name] for name, ours in _NAMA.items() if name in named}
    nothing = pd.Series(np.nan, index=named.index)
    for name in ("weight", "lenhei", "measure"):
        columns.setdefault(_NAMA[name], nothing)
    columns["usia_hari"] = named["age"]
    if "is_age_in_month" in named:
        months = read_codes(named["is_age_in_month"], SANDI_BULAN, lipat=True) == 1
        age = pd.Series(read_floats(named["age"]), index=named.index)
        columns.update(usia_hari=age.mask(months), usia_bulan=age.where(months))
    return pd.DataFrame(columns, copy=False)


def _describe(anak: Anak) -> dict[str, object]:
    sex: Ints = anak.jenis_kelamin + 1
    return {
        "clenhei": anak.panjang,
        "cmeasure": pd.Categorical.from_codes(
            np.where(anak.cara > 0, anak.cara - 1, -1), categories=["l", "h"]
        ),
        "c9mo_flag": anak.dini.view(np.int8),
        "cbmi": compute_imt(anak.berat, anak.panjang),
        "csex": pd.arrays.IntegerArray(sex.astype(np.int8), sex == 0),
    }
