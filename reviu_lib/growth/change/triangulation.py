"""Survey and register side by side: their distance, and what the unmeasured could hide.

Two answers to two questions. They are never averaged, chained, or subtracted as a change; the
bounds say how far the children who did not come could move the register, and nothing more.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from reviu_lib.errors import DataError
from reviu_lib.growth.change.sources import find_sumber, require_columns
from reviu_lib.growth.interval import Selang, to_floats

_KUNCI = ["kode_wilayah", "tahun"]
_HASIL = [
    *_KUNCI, "sumber_survei", "survei_persen", "sumber_register", "periode", "register_persen",
    "d_per_s_persen", "tahun_d_per_s", "selisih_poin", "bawah_persen", "atas_persen",
    "survei_dalam_batas", "catatan",
]  # fmt: skip


def compute_bounds(prevalensi_persen: ArrayLike, d_per_s_persen: ArrayLike) -> Selang:
    """Return the least and greatest prevalence (percent) of all children, measured or not.

    With c = D/S: p c if no unmeasured child is stunted, p c + (1 - c) if every one is (worst-case
    bounds, Manski 1990). NaN where either is missing, or D/S is not within 0 to 100 percent: a
    target population smaller than those who came bounds nothing.
    """
    p, c = to_floats(prevalensi_persen), to_floats(d_per_s_persen)
    c = np.where((c >= 0) & (c <= 100), c, np.nan)
    low = p * c / 100
    return Selang(low, low + (100 - c))


def compare_sumber(survei: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Return the survey and the register of the same place and year side by side.

    survei: kode_wilayah, tahun, sumber, prevalensi_persen. register: the same, d_per_s_persen,
    and optionally periode and tahun_d_per_s (when D/S is of another year). A place known to one
    of them only keeps its row.
    Columns: kode_wilayah, tahun, sumber_survei, survei_persen, sumber_register, periode,
    register_persen, d_per_s_persen, tahun_d_per_s, selisih_poin (survei - register, a distance
    and no change), bawah_persen, atas_persen (`compute_bounds`), survei_dalam_batas
    (False: the unmeasured alone cannot explain the distance), catatan.
    DataError when a register stands among the surveys or a survey among the registers.
    """
    columns = [*_KUNCI, "sumber", "prevalensi_persen"]
    require_columns(survei, columns, "triangulasi (survei)")
    require_columns(register, [*columns, "d_per_s_persen"], "triangulasi (register)")
    _require_kind(survei, "survei")
    _require_kind(register, "register")
    left = survei[columns].rename(
        columns={"sumber": "sumber_survei", "prevalensi_persen": "survei_persen"}
    )
    right = register.rename(
        columns={"sumber": "sumber_register", "prevalensi_persen": "register_persen"}
    )
    both = left.merge(right, on=_KUNCI, how="outer").reset_index(drop=True)
    return _measure(both.reindex(columns=_HASIL))


def _measure(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with distance, bounds, and what a reader must know beside them."""
    survey = pd.Series(to_floats(frame["survei_persen"]))
    low, high = compute_bounds(frame["register_persen"], frame["d_per_s_persen"])
    inside = pd.Series((survey >= low) & (survey <= high)).astype("boolean")
    over = pd.Series(to_floats(frame["d_per_s_persen"])) > 100
    of_year = frame["tahun_d_per_s"].astype("Int64").fillna(frame["tahun"].astype("Int64"))
    of_year = of_year.mask(frame["d_per_s_persen"].isna())
    other = (of_year != frame["tahun"].astype("Int64")).fillna(False).astype(bool)
    note = pd.Series(pd.NA, index=frame.index, dtype="string")
    note = note.mask(other, "D/S tahun " + of_year.astype("string"))
    return frame.assign(
        tahun_d_per_s=of_year,
        selisih_poin=survey - to_floats(frame["register_persen"]),
        bawah_persen=low,
        atas_persen=high,
        survei_dalam_batas=inside.mask(survey.isna() | np.isnan(low)),
        catatan=note.mask(over, "D/S di atas 100 persen: periksa sasaran; batas tidak dihitung"),
    )


def _require_kind(frame: pd.DataFrame, jenis: Literal["survei", "register"]) -> None:
    names = frame["sumber"].dropna().unique()
    wrong = [name for name in names if find_sumber(name).jenis != jenis]
    if wrong:
        raise DataError(
            f"{', '.join(wrong)} bukan {jenis}.",
            lakukan="Tabel pertama berisi survei, tabel kedua berisi register.",
        )
