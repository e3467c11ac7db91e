"""One pair of numerator and denominator per desa, indicator, and year.

`titik` indicators take their latest period; `kumulatif` indicators add up disjoint periods, and a
coarser period (tahunan, semester) takes the place of the finer ones it contains.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviu_lib.catalog import Indikator

KUNCI = ["kode_desa", "kode_indikator"]
# Last month of each period; equal months: the coarser period comes later and wins.
_URUTAN = {
    "Februari": 2.0,
    "triwulan 1": 3.0,
    "triwulan 2": 6.0,
    "semester 1": 6.1,
    "Agustus": 8.0,
    "triwulan 3": 9.0,
    "triwulan 4": 12.0,
    "semester 2": 12.1,
    "tahunan": 12.2,
}
_TRIWULAN = ["tw1", "tw2", "tw3", "tw4"]
# Quarters covered. Februari and Agustus are the two service months of the year (vitamin A,
# weighing): each stands for its half year.
_CAKUPAN_TRIWULAN = {
    "tahunan": (1, 1, 1, 1),
    "semester 1": (1, 1, 0, 0),
    "semester 2": (0, 0, 1, 1),
    "Februari": (1, 1, 0, 0),
    "Agustus": (0, 0, 1, 1),
    "triwulan 1": (1, 0, 0, 0),
    "triwulan 2": (0, 1, 0, 0),
    "triwulan 3": (0, 0, 1, 0),
    "triwulan 4": (0, 0, 0, 1),
}
_LEBIH_KASAR = pd.DataFrame(
    [
        (fine, coarse)
        for coarse, fines in {
            "tahunan": [name for name in _CAKUPAN_TRIWULAN if name != "tahunan"],
            "semester 1": ["triwulan 1", "triwulan 2", "Februari"],
            "semester 2": ["triwulan 3", "triwulan 4", "Agustus"],
            "triwulan 1": ["Februari"],
            "triwulan 2": ["Februari"],
            "triwulan 3": ["Agustus"],
            "triwulan 4": ["Agustus"],
        }.items()
        for fine in fines
    ],
    columns=["periode", "kasar"],
    dtype="string",
)

# The columns of `compute_pasangan`, for a sheet or a year that is not there.
_KOSONG = pd.DataFrame(
    {
        **{name: pd.Series(dtype="string") for name in (*KUNCI, "jenis_penyebut")},
        **{name: pd.Series(dtype="float64") for name in ("pembilang", "penyebut")},
        "tersurat_kumulatif": pd.Series(dtype=bool),
    }
)


def is_pasangan(frame: pd.DataFrame) -> pd.Series:
    """Return True where both counts are known and a numerator has a denominator to stand on."""
    known = frame["pembilang"].notna() & frame["penyebut"].notna()
    no_base = (frame["penyebut"] == 0) & (frame["pembilang"] > 0)
    return known & ~no_base.fillna(False).astype(bool)


def compute_pasangan(cakupan: pd.DataFrame, indikator: Mapping[str, Indikator]) -> pd.DataFrame:
    """Return one row per desa and indicator of the catalogue: the pair of the year.

    Columns: kode_desa (missing for a kabupaten recap), kode_indikator, pembilang, penyebut
    (float, missing stays missing), jenis_penyebut, tersurat_kumulatif (True where the periods were
    written as running totals and the last one was therefore taken). Rows of unknown indicators
    are left out.
    """
    if cakupan.empty:
        return _KOSONG.copy()
    waktu = {kode: card.waktu for kode, card in indikator.items()}
    rows = cakupan.assign(
        waktu=cakupan["kode_indikator"].map(waktu).astype("string"),
        urutan=cakupan["periode"].map(_URUTAN).astype("float64"),
        pembilang=cakupan["pembilang"].astype("float64"),
        penyebut=cakupan["penyebut"].astype("float64"),
    )
    rows = rows.sort_values("urutan", kind="stable")
    titik = _latest_period(rows[rows["waktu"] == "titik"])
    kumulatif = _sum_periods(rows[rows["waktu"] == "kumulatif"])
    return pd.concat([titik, kumulatif], ignore_index=True)


def _latest_period(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the pair of the latest month that any desa reported completely."""
    month = rows["urutan"].floordiv(1)
    rekap = rows["kode_desa"].isna()
    group = [rows["kode_indikator"], rekap]
    reported = month.where(is_pasangan(rows)).groupby(group).transform("max")
    wanted = reported.fillna(month.groupby(group).transform("max"))
    kept = rows[month == wanted].drop_duplicates(KUNCI, keep="last")
    return kept[[*KUNCI, "pembilang", "penyebut", "jenis_penyebut"]].assign(
        tersurat_kumulatif=False
    )


def _sum_periods(rows: pd.DataFrame) -> pd.DataFrame:
    """Return numerators added over disjoint periods, with the denominator of the last period."""
    several = _has_several_periods(rows)
    if several.all():
        return _add_periods(_drop_superseded(rows))
    shown = [*KUNCI, "pembilang", "penyebut", "jenis_penyebut"]
    single = rows.loc[~several, shown].assign(tersurat_kumulatif=False)
    if not several.any():
        return single
    return pd.concat([single, _add_periods(_drop_superseded(rows[several]))])


def _has_several_periods(rows: pd.DataFrame) -> pd.Series:
    """Return True for rows of indicators reported for more than one period, or twice for one."""
    kinds = rows.groupby("kode_indikator")["periode"].nunique()
    twice = rows.loc[rows.duplicated(KUNCI), "kode_indikator"]
    return rows["kode_indikator"].isin({*kinds.index[kinds > 1], *twice})


def _add_periods(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the sums over disjoint periods per desa and indicator."""
    grouped = rows.groupby(KUNCI, dropna=False, sort=False)
    result = pd.DataFrame(
        {
            "pembilang": grouped["pembilang"].sum(min_count=1),
            "terakhir": grouped["pembilang"].last(),
            "penyebut": grouped["penyebut"].last(),
            "jenis_penyebut": grouped["jenis_penyebut"].last(),
            "menurun": rows["pembilang"]
            .lt(grouped["pembilang"].shift())
            .groupby([rows[name] for name in KUNCI], dropna=False, sort=False)
            .any(),
        }
    )
    result = result.join(_covered_quarters(rows)).reset_index()
    running = _is_running_total(result)
    total = result["pembilang"].mask(running, result["terakhir"])
    result["pembilang"] = total.where(_covers_what_others_cover(result))
    result["tersurat_kumulatif"] = running
    return result[[*KUNCI, "pembilang", "penyebut", "jenis_penyebut", "tersurat_kumulatif"]]


def _drop_superseded(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows without those that a reported coarser period already contains."""
    present = rows.loc[rows["pembilang"].notna(), [*KUNCI, "periode"]]
    finer = present.rename(columns={"periode": "kasar"}).merge(_LEBIH_KASAR, on="kasar")
    covered = pd.MultiIndex.from_frame(finer[[*KUNCI, "periode"]])
    return rows[~pd.MultiIndex.from_frame(rows[[*KUNCI, "periode"]]).isin(covered)]


def _covered_quarters(rows: pd.DataFrame) -> pd.DataFrame:
    """Return tw1..tw4 (0 or 1) per key: the quarters whose numerator is known."""
    table = pd.DataFrame(
        [_CAKUPAN_TRIWULAN[name] for name in rows["periode"]], index=rows.index, columns=_TRIWULAN
    ).astype("float64")
    known = table.mul(rows["pembilang"].notna().astype("float64"), axis=0)
    return known.groupby([rows[name] for name in KUNCI], dropna=False, sort=False).max()


def _covers_what_others_cover(result: pd.DataFrame) -> pd.Series:
    """Return True where a desa reported every quarter that any desa reported."""
    group = [result["kode_indikator"], result["kode_desa"].isna()]
    needed = result.groupby(group)[_TRIWULAN].transform("max")
    return (result[_TRIWULAN] >= needed).all(axis=1)


def _is_running_total(result: pd.DataFrame) -> pd.Series:
    """Return True for indicators whose periods were written as running totals.

    Only when no desa falls from one period to the next, the sum exceeds the denominator, and the
    last period alone does not: 300 and 720 of 1.000 are 720, not 1.020.
    """
    known = result[result["pembilang"].notna() & result["penyebut"].notna()]
    totals = known.groupby(["kode_indikator", known["kode_desa"].isna()])[
        ["pembilang", "terakhir", "penyebut"]
    ].transform("sum")
    falls = known.groupby(["kode_indikator", known["kode_desa"].isna()])["menurun"].transform("any")
    over = totals["pembilang"].gt(totals["penyebut"])
    running = over & totals["terakhir"].le(totals["penyebut"]) & ~falls.astype(bool)
    return running.reindex(result.index, fill_value=False).astype(bool)
