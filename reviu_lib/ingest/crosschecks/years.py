"""Published figures of several years against each other, and files against those of other years."""

from __future__ import annotations

from itertools import combinations, pairwise

import pandas as pd

from reviu_lib.catalog import load_ambang
from reviu_lib.formatting import format_number, list_first
from reviu_lib.ingest.findings import Tempat, Temuan, note

_DERET = ["_berkas", "indikator", "kelompok"]
_TEMPAT = ["tingkat", "wilayah"]


def check_years(published: pd.DataFrame) -> list[Temuan]:
    """Return K26 for years of a file with the same figures everywhere, K29 for jumps."""
    rows = published.loc[published["tahun"].notna()]
    if rows["tahun"].nunique() < 2:
        return []
    found: list[Temuan] = []
    for (berkas, indikator, kelompok), series in rows.groupby(_DERET, sort=False, dropna=False):
        table = _by_year(series)
        label = f"{indikator} {kelompok}".strip()
        place = Tempat(str(berkas), "", "capaian_terbit")
        found += _same_years(table, label, place) + _jumps(series, label, place)
    return found


def _by_year(series: pd.DataFrame) -> pd.DataFrame:
    """Return one column a year: the percentage, else the count, by place."""
    value = series["persen"].fillna(series["pembilang"].astype("float64"))
    rows = series.assign(nilai=value).drop_duplicates([*_TEMPAT, "tahun"])
    return rows.pivot(index=_TEMPAT, columns="tahun", values="nilai").sort_index(axis="columns")


def _same_years(table: pd.DataFrame, label: str, place: Tempat) -> list[Temuan]:
    least = int(load_ambang()["identik_minimum"])
    found = []
    for one, other in combinations(table.columns, 2):
        both = table[[one, other]].dropna()
        if len(both) >= least and both[one].nunique() > 1 and (both[one] == both[other]).all():
            words = f"{label} tahun {int(one)} dan {int(other)}, {len(both)} wilayah"
            found.append(note("K26", place, rincian=words))
    return found


def _jumps(series: pd.DataFrame, label: str, place: Tempat) -> list[Temuan]:
    """Return one K29 with the places whose percentage moves too far in one year."""
    limit = load_ambang()["lonjakan_poin"]
    table = _by_year(series.loc[series["persen"].notna()])
    texts = []
    for before, after in pairwise(table.columns):
        gap = (table[after] - table[before]).abs()
        if int(after) - int(before) == 1:
            texts += [
                f"{name} {format_number(table.at[key, before], 1)} ({int(before)}) menjadi "
                f"{format_number(table.at[key, after], 1)} ({int(after)})"
                for key in gap.index[gap > limit]
                for name in [key[1]]
            ]
    if not texts:
        return []
    return [note("K29", place, baris=[], rincian=f"{label}: {list_first(texts)}")]
