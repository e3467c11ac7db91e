"""Which rows of the exports belong to which kegiatan: by code, and by OPD where a code repeats.

One sub kegiatan that several kegiatan share is never divided among them, and one that several
SKPD carry is never given to a kegiatan whose OPD is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from reviu_lib.ingest.budget.rules import load_keuangan
from reviu_lib.ingest.parse.texts import map_texts
from reviu_lib.reference import normalize_nama

_WILAYAH = re.compile(r"\s(?:kabupaten|kab|kota|pemerintah)\b.*$")
KOSONG = float("nan")


@dataclass(frozen=True)
class Pasangan:
    """One kegiatan with the rows of the exports that are its own."""

    id_kegiatan: str
    kode: str
    pagu: pd.DataFrame
    realisasi: pd.DataFrame

    @property
    def jumlah_pagu(self) -> float:
        """The budget ceiling of the first source that tells it; missing where none does."""
        return _sum(self.pagu, "pagu_rp")

    @property
    def jumlah_realisasi(self) -> float:
        """The spending of the first source that tells it; missing where none does."""
        return _sum(self.realisasi, "realisasi_rp")

    @property
    def sumber(self) -> str:
        """The names of the sources used."""
        names = [*self.pagu["sumber"].unique(), *self.realisasi["sumber"].unique()]
        return " dan ".join(dict.fromkeys(names))

    @property
    def baris(self) -> list[int]:
        """The rows of `realisasi_anggaran` used."""
        return sorted({*self.pagu.index, *self.realisasi.index})


@dataclass(frozen=True)
class Hasil:
    """What was matched, and what was not."""

    pasangan: tuple[Pasangan, ...] = ()
    berbagi: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tanpa_uang: tuple[str, ...] = ()
    tanpa_kegiatan: tuple[int, ...] = ()


def _sum(rows: pd.DataFrame, kolom: str) -> float:
    total = rows[kolom].sum(min_count=1)
    return KOSONG if pd.isna(total) else float(total)


def match_kegiatan(kegiatan: pd.DataFrame, uang: pd.DataFrame) -> Hasil:
    """Return which rows of `realisasi_anggaran` belong to which kegiatan, and why not others."""
    plan = kegiatan.loc[kegiatan["kode_sub_kegiatan"].notna()]
    plan = plan.assign(_opd=comparable_opd(plan["opd"]).fillna(""))
    money = uang.loc[uang["kode_sub_kegiatan"].notna()]
    money = money.assign(_opd=fill_opd(money))
    pairs: dict[str, pd.DataFrame] = {}
    shared: dict[str, tuple[str, ...]] = {}
    for kode, rows in plan.groupby("kode_sub_kegiatan", sort=False):
        carried = money[money["kode_sub_kegiatan"] == kode]
        own = _match_one(rows, carried) if len(carried) else {}
        pairs |= own
        left = tuple(name for name in rows["id_kegiatan"] if name not in own)
        shared |= {str(kode): left} if left and len(carried) else {}
    return _conclude(plan, money, pairs, shared)


def _match_one(rows: pd.DataFrame, carried: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the rows of each kegiatan of one code: the only one, or the only one of its OPD."""
    if len(rows) == 1 and carried["_opd"].nunique() == 1:
        return {rows["id_kegiatan"].iloc[0]: carried}
    alone = rows[(rows["_opd"] != "") & ~rows["_opd"].duplicated(keep=False)]
    by_opd = {name: carried[carried["_opd"] == opd]
              for name, opd in zip(alone["id_kegiatan"], alone["_opd"], strict=True)}  # fmt: skip
    return {name: part for name, part in by_opd.items() if len(part)}


def _conclude(
    plan: pd.DataFrame,
    money: pd.DataFrame,
    pairs: Mapping[str, pd.DataFrame],
    shared: Mapping[str, tuple[str, ...]],
) -> Hasil:
    codes = plan.drop_duplicates("id_kegiatan").set_index("id_kegiatan")["kode_sub_kegiatan"]
    used = {label for part in pairs.values() for label in part.index}
    rest = money[~money.index.isin(list(used)) & ~money["kode_sub_kegiatan"].isin(list(shared))]
    absent = plan[~plan["kode_sub_kegiatan"].isin(money["kode_sub_kegiatan"])]
    made = (_pair(name, str(codes[name]), part) for name, part in pairs.items())
    return Hasil(
        pasangan=tuple(made),
        berbagi=shared,
        tanpa_uang=tuple(absent["id_kegiatan"]) if len(money) else (),
        tanpa_kegiatan=tuple(rest.index),
    )


def _pair(name: str, kode: str, rows: pd.DataFrame) -> Pasangan:
    order = load_keuangan().banding
    return Pasangan(
        name,
        kode,
        pagu=_first_source(rows, "pagu_rp", order.urutan_pagu),
        realisasi=_first_source(rows, "realisasi_rp", order.urutan_realisasi),
    )


def _first_source(rows: pd.DataFrame, kolom: str, order: tuple[str, ...]) -> pd.DataFrame:
    """Return the rows of the first source that has the amount: sources are never added up."""
    for sumber in order:
        told = rows[(rows["sumber"] == sumber) & rows[kolom].notna()]
        if len(told):
            return told
    return rows.iloc[:0]


def fill_opd(money: pd.DataFrame) -> pd.Series:
    """Return the comparable SKPD; where a row names none, the only one its code has."""
    own = comparable_opd(money["nama_skpd"]).fillna(money["kode_skpd"].astype("string"))
    by_code = own.groupby(money["kode_sub_kegiatan"])
    only = by_code.transform("first").where(by_code.transform("nunique") == 1)
    return own.fillna(only).fillna("")


def comparable_opd(names: pd.Series) -> pd.Series:
    """Return OPD for comparison: no marks, and not the kabupaten they belong to."""
    return map_texts(names, lambda name: _WILAYAH.sub("", normalize_nama(name)).strip()).astype(
        "string"
    )
