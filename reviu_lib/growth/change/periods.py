"""May the figures of two months of a register be compared, and if not, why.

The months are data of the era (`bulan_penimbangan`, `periode_tak_sebanding`): a register is
compared within one month of mass weighing only, because other children come in other months.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from reviu_lib.catalog import PeriodeTakSebanding, load_aturan
from reviu_lib.formatting import BULAN

_KOLOM = ["tahun_awal", "periode_awal", "tahun_akhir", "periode_akhir"]


class Periode(NamedTuple):
    """A month of a year; `bulan` is its Indonesian name."""

    tahun: int
    bulan: str

    @property
    def nama(self) -> str:
        """The period as a reader knows it: Agustus 2024."""
        return f"{self.bulan} {self.tahun}"


def explain_not_comparable(awal: Periode, akhir: Periode) -> str | None:
    """Return in Indonesian why the two periods may not be compared; None when they may.

    Refused: a period that is no month; a month set apart by the rules of its era; a month that is
    not one of mass weighing; two different months. KodeError for a year without rules.
    """
    for periode in (awal, akhir):
        reason = _fault_of(periode)
        if reason:
            return reason
    if awal.bulan != akhir.bulan:
        return f"{awal.nama} dan {akhir.nama} berbeda bulan"
    return None


def explain_pairs(pairs: pd.DataFrame) -> pd.Series:
    """Return the reason of `explain_not_comparable` per row; missing where comparable.

    Needs tahun_awal, periode_awal, tahun_akhir, periode_akhir; rows without both periods (surveys)
    have nothing to compare and get none.
    """
    distinct = pairs[_KOLOM].drop_duplicates().dropna()
    reasons = {
        key: explain_not_comparable(Periode(int(key[0]), key[1]), Periode(int(key[2]), key[3]))
        for key in distinct.itertuples(index=False, name=None)
    }
    keys = pairs[_KOLOM].itertuples(index=False, name=None)
    found = [reasons.get(key) for key in keys]
    return pd.Series(found, index=pairs.index, dtype="string")


def _fault_of(periode: Periode) -> str | None:
    if periode.bulan not in BULAN:
        return f"{periode.bulan} bukan nama bulan"
    month = BULAN.index(periode.bulan) + 1
    special = _set_apart(periode.tahun, month)
    if special:
        return special.alasan
    if month not in load_aturan(periode.tahun).bulan_penimbangan:
        return f"{periode.nama} bukan bulan penimbangan serentak"
    return None


def _set_apart(tahun: int, month: int) -> PeriodeTakSebanding | None:
    entries = load_aturan(tahun).periode_tak_sebanding
    return next((item for item in entries if (item.tahun, item.bulan) == (tahun, month)), None)
