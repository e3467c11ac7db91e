"""z-scores of the WHO Child Growth Standards 2006, row by row and vectorised.

One bad row gives missing values in that row and never stops the rest.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from reviu_lib.growth.children import (
    HARI_BERDIRI,
    SANDI_BAKU,
    Anak,
    read_children,
    read_codes,
    whole_days,
)
from reviu_lib.growth.indices import Nilai, compute_imt, score_children
from reviu_lib.growth.lms import Floats, compute_measure, load_lms, load_panjang

Indeks = Literal["tbu", "bbu", "bbtb"]


def compute_zscores(frame: pd.DataFrame) -> pd.DataFrame:
    """Return z-scores and plausibility flags, with the index of `frame`.

    Needs usia_hari (or usia_bulan; days come first), jenis_kelamin (L|P), berat_kg, tinggi_cm,
    cara_ukur (Terlentang|Berdiri, may be missing). Optional: edema (boolean, or ya|tidak),
    lingkar_kepala_cm, lila_cm. Columns:

    - z_tbu, z_bbu, z_bbtb, z_imtu, and where their measure has a column z_lk and z_lila: rounded
      to 2 decimals, NaN when not computable. z = ((y/M)^L - 1) / (L S); indices with weight, and
      LiLA, beyond |z| 3 in distances between the SD lines at 2 and 3 (WHO 2006). Ages from 0
      days to 59 completed months (LiLA from 91 days), 45 to 120 cm for BB/TB.
    - ekstrem_tbu and so on: True outside the WHO limits in `ambang.toml`, NA without z.
    - tinggi_standar_cm: length under 731 days and height from there on, corrected by 0.7 cm
      where the way of measuring differs; imt: kg/m2 with it.
    - berdiri_dini: True where a child under nine months is said to stand, which is ignored.

    Measures of zero or less, and text, are missing. With oedema, indices with weight are missing.
    Raises DefinisiError when a column is absent.
    """
    anak = read_children(frame)
    return tabulate_zscores(anak, score_children(anak), frame.index)


def tabulate_zscores(anak: Anak, nilai: Nilai, index: pd.Index) -> pd.DataFrame:
    """Return the columns of `compute_zscores` for children scored already."""
    z, beyond = nilai
    columns: dict[str, object] = {f"z_{name}": values for name, values in z.items()}
    for name, values in beyond.items():
        columns[f"ekstrem_{name}"] = pd.arrays.BooleanArray(values, np.isnan(z[name]))
    columns["tinggi_standar_cm"] = anak.panjang
    columns["imt"] = compute_imt(anak.berat, anak.panjang)
    columns["berdiri_dini"] = anak.dini
    return pd.DataFrame(columns, index=index, copy=False)


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
    sex, day = read_codes(pd.Series(sexes), SANDI_BAKU.jenis_kelamin), whole_days(days)
    if indeks == "bbtb":
        lms = load_panjang().interpolate(sex, heights.astype(float), day < HARI_BERDIRI)
        return compute_measure(target.astype(float), lms)
    table = load_lms()["lhfa" if indeks == "tbu" else "wfa"]
    lms = table.take(table.rows(sex, day))
    return compute_measure(target.astype(float), lms, linear_tails=indeks == "bbu")
