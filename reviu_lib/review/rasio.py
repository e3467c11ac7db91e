"""Quotients, scores, and classes. A quotient of sums, never a mean of percentages.

`persen` multiplies before it divides, so that 58 of 100 is 58 and not 57.99999999999999: a
comparison with a target must not depend on the order of two operations.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.typing import SeriesGroupBy

from reviu_lib.catalog import Skala

TERCAPAI = "tercapai"
BELUM = "belum tercapai"
TAK_DINILAI = "belum dapat dinilai"


def compute_persen(pembilang: pd.Series, penyebut: pd.Series) -> pd.Series:
    """Return pembilang / penyebut x 100, unrounded; missing where the denominator is 0."""
    top, bottom = (part.to_numpy("float64", na_value=np.nan) for part in (pembilang, penyebut))
    return pd.Series(top * 100 / np.where(bottom == 0, np.nan, bottom), pembilang.index)


def persen(pembilang: float, penyebut: float) -> float:
    """Return pembilang / penyebut x 100 of two numbers; NaN when missing or divided by 0."""
    if pd.isna(pembilang) or pd.isna(penyebut) or penyebut == 0:
        return float("nan")
    return float(pembilang) * 100 / float(penyebut)


def compute_skor(capaian: pd.Series, target: pd.Series, arah: pd.Series) -> pd.Series:
    """Return attainment against target in percent, not clamped.

    naik: capaian / target x 100. turun: (1 + (1 - capaian / target)) x 100 (PermenPANRB 8/2021).
    A target of 0 or none gives missing.
    """
    naik = compute_persen(capaian, target)
    return naik.where(arah != "turun", 200 - naik)


def clamp_skor(skor: pd.Series) -> pd.Series:
    """Return scores limited to 0-100, as used for classes and averages only."""
    return skor.clip(lower=0, upper=100)


def compute_gap_closed(awal: float, capaian: float, target: float) -> float:
    """Return the share (percent) of the way from a baseline to the target; NaN without a gap."""
    if pd.isna(awal) or pd.isna(capaian) or pd.isna(target):
        return float("nan")
    return persen(awal - capaian, awal - target)


def classify(nilai: pd.Series, skala: Skala) -> pd.Series:
    """Return the class names of unrounded values; missing stays missing."""
    values = nilai.to_numpy("float64", na_value=np.nan)
    bounds = np.array([kelas.batas_bawah for kelas in skala.kelas[:-1]])
    above = np.greater if skala.batas_masuk_bawah else np.greater_equal
    passed = above.outer(values, bounds).sum(axis=1)
    place = np.where(np.isnan(values), -1, len(bounds) - passed)
    names = pd.array([kelas.nama for kelas in skala.kelas], dtype="string")
    return pd.Series(names.take(place, allow_fill=True), index=nilai.index)


def compare_target(capaian: pd.Series, target: pd.Series, arah: pd.Series) -> pd.Series:
    """Return tercapai, belum tercapai, or belum dapat dinilai, from unrounded values."""
    met = (capaian >= target).where(arah != "turun", capaian <= target)
    known = capaian.notna() & target.notna()
    return choose({TAK_DINILAI: ~known, TERCAPAI: met, BELUM: known})


def choose(conditions: Mapping[str, pd.Series]) -> pd.Series:
    """Return the text of the first condition that holds for each row, missing where none does."""
    masks = list(conditions.values())
    found = [mask.fillna(False).to_numpy(bool) for mask in masks]
    texts = pd.array(list(conditions), dtype="string")
    place = np.select(found, range(len(found)), default=-1)
    return pd.Series(texts.take(place, allow_fill=True), masks[0].index)


def sum_known(frame: pd.DataFrame, by: list[str], columns: list[str]) -> pd.DataFrame:
    """Return sums per group in which a group of only missing values stays missing."""
    return frame.groupby(by, sort=False, dropna=False)[columns].sum(min_count=1)


def one_or_mixed(values: pd.Series, mixed: str = "campuran") -> Any:
    """Return the only distinct value, `mixed` when there are several, None when none."""
    distinct = values.dropna().unique()
    if len(distinct) == 0:
        return None
    return distinct[0] if len(distinct) == 1 else mixed


def group_mixed(grouped: SeriesGroupBy) -> pd.Series:
    """Return `one_or_mixed` of each group, without looping over groups."""
    return grouped.first().astype("string").mask(grouped.nunique() > 1, "campuran")


def gather(keys: pd.Series, texts: pd.Series) -> dict[str, list[str]]:
    """Return the texts of each key in order, missing ones left out; a missing key has none."""
    known = keys.notna().to_numpy(bool)
    found: dict[str, list[str]] = {key: [] for key in keys[known].unique()}
    both = known & texts.notna().to_numpy(bool)
    for key, text in zip(keys[both].tolist(), texts[both].tolist(), strict=True):
        found[key].append(text)
    return found


def cells(tabel: str, baris: str, *kolom: str) -> str:
    """Return references `tabel/baris/kolom` joined by semicolons, as `dasar` holds them."""
    return ";".join(f"{tabel}/{baris}/{name}" for name in kolom)


def join_key(*parts: pd.Series) -> pd.Series:
    """Return the parts joined by colons, fit for the column `baris`; a missing part is empty.

    Blanks, semicolons, and slashes, which part addresses, become one underscore.
    """
    first, *rest = (part.astype("string").fillna("") for part in parts)
    key = first.str.cat(rest, sep=":") if rest else first
    return key.str.replace(r"[\s;/]+", "_", regex=True)


def parent_code(kode: pd.Series, mark: str = ".") -> pd.Series:
    """Return each code without its last part: 12.18.02.2001 gives 12.18.02."""
    code, distinct = pd.factorize(kode)
    parents = [text.rpartition(mark)[0] or text for text in distinct.tolist()]
    texts = pd.array(parents, dtype=kode.dtype).take(code, allow_fill=True)
    return pd.Series(texts, kode.index, name=kode.name)
