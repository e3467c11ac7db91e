"""Plain arrays of a frame of visits or children, one bad cell giving one missing value."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from reviu_lib.errors import DefinisiError
from reviu_lib.growth.children import (
    HARI_PER_BULAN,
    SANDI_BAKU,
    read_codes,
    read_floats,
    read_positive,
)
from reviu_lib.growth.quality.groups import Bools, Floats, Groups
from reviu_lib.growth.quality.plausibility import INDEKS, Children, measure_plausibility
from reviu_lib.growth.zscore import compute_zscores


def read_column(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return a column; all missing when it is absent."""
    if column in frame:
        return frame[column]
    return pd.Series(np.nan, index=frame.index)


def read_months(frame: pd.DataFrame) -> Floats:
    """Return the age in unrounded months, from usia_hari where known, else usia_bulan."""
    days = read_floats(read_column(frame, "usia_hari")) / HARI_PER_BULAN
    months = np.where(np.isnan(days), read_floats(read_column(frame, "usia_bulan")), days)
    return np.where(np.isfinite(months) & (months >= 0), months, np.nan)


def read_children(frame: pd.DataFrame, zskor: pd.DataFrame | None = None) -> Children:
    """Return the arrays of `frame`; z and flags are computed when `zskor` does not give them."""
    scores = compute_zscores(frame) if zskor is None else zskor
    if not scores.index.equals(frame.index):
        raise DefinisiError("z-skor dan pengukuran tidak sebaris: indeksnya berbeda.")
    return Children(
        months=read_months(frame),
        sex=read_codes(read_column(frame, "jenis_kelamin"), SANDI_BAKU.jenis_kelamin),
        weight=read_positive(read_column(frame, "berat_kg")),
        height=read_positive(read_column(frame, "tinggi_cm")),
        z={name: read_floats(scores[f"z_{name}"]) for name in INDEKS},
        extreme={name: _true(scores[f"ekstrem_{name}"]) for name in INDEKS},
    )


def _true(values: pd.Series) -> Bools:
    return values.astype("boolean").fillna(False).to_numpy(bool)


def compute_plausibility(
    frame: pd.DataFrame,
    by: str | Sequence[str] | None = None,
    *,
    zskor: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return plausibility statistics, one row a group of `by` (default: the whole frame), sorted.

    `frame` has one row a child: usia_hari (or usia_bulan), jenis_kelamin (L|P), berat_kg,
    tinggi_cm, cara_ukur; `zskor` is what `compute_zscores` returns for it. A missing group is a
    group. Columns after those of `by`: n (children), n_6_59 (6-59 months);
    angka_akhir_berat and angka_akhir_tinggi (digit preference score, two decimals, with _n, _p),
    berat_ and tinggi_akhir_0_persen and _5_persen; rasio_kelamin (percent boys; _x2, _p with
    Yates); rasio_usia (6-29 over 30-59 months against 0.85, with Yates), porsi_24_59_p (share of
    24-59 against 0.66, without); penumpukan_usia (chi-square of months modulo 12, 11 degrees);
    sebaran_usia (chi-square of year groups, 4 degrees); for tbu, bbu, bbtb: flag_…_kasus and sb_…
    by WHO flags, flag_smart_…_kasus, sb_…_smart, kemencengan_… and keruncingan_… (excess) by SMART
    flags (z outside the mean of the group ± 3), both over their standard error in _z;
    flag_smart_bbtb in percent of n. Missing where a group has nothing to count.
    Formulas: nipnTK, mwana, ENA for SMART; docs/metodologi.md. Raises DefinisiError when `zskor`
    has another index.
    """
    keys = [] if by is None else [by] if isinstance(by, str) else list(by)
    children = read_children(frame, zskor)
    if not keys:
        whole = Groups(np.zeros(len(frame), dtype=np.int64), 1)
        return measure_plausibility(children, whole)
    grouped = frame.groupby(keys, dropna=False, sort=True, observed=True)
    names = grouped.size().reset_index()[keys]
    groups = Groups(grouped.ngroup().to_numpy(np.int64), len(names))
    return pd.concat([names, measure_plausibility(children, groups)], axis=1)
