"""The average annual rate of reduction (AARR) and percentage points per year, never one for other.

AARR reads a prevalence as falling by the same share every year (UNICEF/WHO technical note on
AARR; positive is a reduction). Officials quote points per year. Every result carries its years
and its source.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from reviu_lib.catalog import load_ambang
from reviu_lib.errors import DataError
from reviu_lib.formatting import join_list
from reviu_lib.growth.change.sources import (
    find_sumber,
    require_columns,
    require_one_series,
)
from reviu_lib.growth.interval import Floats, to_floats

_DERET = ["kode_wilayah", "sumber", "tahun", "prevalensi_persen"]
_SELANG = ["bawah_persen", "atas_persen"]


def compute_aarr(awal: ArrayLike, akhir: ArrayLike, tahun: ArrayLike) -> Floats:
    """Return the two-point AARR in percent per year: (1 - (akhir/awal)^(1/tahun)) x 100.

    `tahun` is the number of years between both prevalences. NaN where it is not above 0, where
    awal is 0, or where anything is missing. With a target as `akhir` it is the AARR needed.
    """
    first, last, years = _valid(awal, akhir, tahun)
    return (1 - (last / first) ** (1 / years)) * 100


def compute_poin_per_tahun(awal: ArrayLike, akhir: ArrayLike, tahun: ArrayLike) -> Floats:
    """Return the reduction in percentage points per year, (awal - akhir) / tahun; NaN as AARR."""
    first, last, years = _valid(awal, akhir, tahun)
    return (first - last) / years


def compute_aarr_log_linear(tahun: ArrayLike, prevalensi: ArrayLike) -> float:
    """Return the AARR over all points in percent per year: (1 - e^b) x 100.

    b is the least-squares slope of ln(prevalence) on the year. Points with a missing value are
    left out; NaN with fewer than two different years or with a prevalence of 0.
    """
    years, values = to_floats(tahun), to_floats(prevalensi)
    known = ~np.isnan(years) & ~np.isnan(values)
    years, values = years[known], values[known]
    if len(np.unique(years)) < 2 or (values <= 0).any():
        return float("nan")
    away = years - years.mean()
    slope = (away * np.log(values)).sum() / (away**2).sum()
    return float(-np.expm1(slope) * 100)


def summarize_deret(deret: pd.DataFrame, *, rangkai: bool = False) -> pd.DataFrame:
    """Return one row per kode_wilayah: what its series of prevalences did over the years.

    Needs kode_wilayah, sumber, tahun, prevalensi_persen; optional periode (register month).
    Columns: kode_wilayah, sumber, tahun_awal, tahun_akhir, jumlah_titik, prevalensi_awal_persen,
    prevalensi_akhir_persen, aarr_dua_titik_persen, aarr_log_linear_persen,
    penurunan_poin_per_tahun, pergantian_sumber (`SSGI 2022 ke SKI 2023`, missing without).
    DataError when a series holds two sources (two surveys pass with `rangkai`), two register
    months, or one year twice.
    """
    require_columns(deret, _DERET, "AARR")
    known = deret.dropna(subset=_DERET).sort_values(["kode_wilayah", "tahun"], kind="stable")
    rows = [
        {"kode_wilayah": kode, **_summarize_one(points, rangkai=rangkai)}
        for kode, points in known.groupby("kode_wilayah", sort=True)
    ]
    frame = pd.DataFrame(rows, columns=_RINGKASAN)
    years = frame["tahun_akhir"] - frame["tahun_awal"]
    ends = (frame["prevalensi_awal_persen"], frame["prevalensi_akhir_persen"], years)
    frame["aarr_dua_titik_persen"] = compute_aarr(*ends)
    frame["penurunan_poin_per_tahun"] = compute_poin_per_tahun(*ends)
    return frame


_RINGKASAN = [
    "kode_wilayah", "sumber", "tahun_awal", "tahun_akhir", "jumlah_titik",
    "prevalensi_awal_persen", "prevalensi_akhir_persen", "aarr_dua_titik_persen",
    "aarr_log_linear_persen", "penurunan_poin_per_tahun", "pergantian_sumber",
]  # fmt: skip


def compute_kebutuhan(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what a target asks for, with `rows` in front and their index.

    Needs sumber, tahun, prevalensi_persen, tahun_target, target_persen, sumber_target.
    Adds sisa_tahun (missing once the year of the target is reached), aarr_perlu_persen, and
    penurunan_perlu_poin_per_tahun; both are negative where the target is already met.
    """
    needed = ["sumber", "tahun", "prevalensi_persen", "tahun_target", "target_persen"]
    require_columns(rows, [*needed, "sumber_target"], "AARR yang diperlukan")
    left = pd.Series(to_floats(rows["tahun_target"]) - to_floats(rows["tahun"]), rows.index)
    ends = (rows["prevalensi_persen"], rows["target_persen"], left)
    return rows.assign(
        sisa_tahun=left.where(left > 0).astype("Int64"),
        aarr_perlu_persen=compute_aarr(*ends),
        penurunan_perlu_poin_per_tahun=compute_poin_per_tahun(*ends),
    )


def check_aarr(deret: pd.DataFrame) -> pd.DataFrame:
    """Return per kode_wilayah whether an AARR of its series may be printed, and why not.

    Needs the columns of `summarize_deret` and, where published, bawah_persen and
    atas_persen. Columns: kode_wilayah, boleh_dicetak, alasan. Below the province a series
    needs `aarr_titik_minimum` points (ambang.toml) of one survey family, each with its interval;
    a nation or province needs two points.
    """
    require_columns(deret, _DERET, "pemeriksaan AARR")
    full = deret.reindex(columns=list(dict.fromkeys([*deret.columns, *_SELANG])))
    rows = [(kode, _fault_of(str(kode), points)) for kode, points in full.groupby("kode_wilayah")]
    frame = pd.DataFrame(rows, columns=["kode_wilayah", "alasan"]).astype("string")
    return frame.assign(boleh_dicetak=frame["alasan"].isna())[
        ["kode_wilayah", "boleh_dicetak", "alasan"]
    ]


def _fault_of(kode: str, points: pd.DataFrame) -> str | None:
    """Return why the AARR of this region stays unprinted; None when it may be printed."""
    known = points.dropna(subset=["tahun", "prevalensi_persen"])
    if "." not in kode:
        return None if known["tahun"].nunique() > 1 else "hanya ada satu titik"
    sources = [find_sumber(name) for name in known["sumber"].unique()]
    if any(source.jenis == "register" for source in sources):
        return "register bukan survei dan tidak mempunyai selang kepercayaan"
    if len({source.rumpun for source in sources}) > 1:
        return f"deretnya merangkai {join_list([source.kode for source in sources])}"
    least = int(load_ambang()["aarr_titik_minimum"])
    sure = known.dropna(subset=_SELANG)["tahun"].nunique()
    return None if sure >= least else f"hanya {sure} titik berselang kepercayaan, perlu {least}"


def _valid(awal: ArrayLike, akhir: ArrayLike, tahun: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return the three as floats, all NaN where no rate can be made of them."""
    first, last, years = np.broadcast_arrays(*map(to_floats, (awal, akhir, tahun)))
    valid = (first > 0) & (last >= 0) & (years > 0)
    first, last, years = (np.where(valid, part, np.nan) for part in (first, last, years))
    return first, last, years


def _summarize_one(points: pd.DataFrame, *, rangkai: bool) -> dict[str, object]:
    require_one_series(list(points["sumber"]), rangkai=rangkai)
    _require_one_point_a_year(points)
    first, last = points.iloc[0], points.iloc[-1]
    return {
        "sumber": "; ".join(points["sumber"].unique()),
        "tahun_awal": int(first["tahun"]),
        "tahun_akhir": int(last["tahun"]),
        "jumlah_titik": len(points),
        "prevalensi_awal_persen": float(first["prevalensi_persen"]),
        "prevalensi_akhir_persen": float(last["prevalensi_persen"]),
        "aarr_log_linear_persen": compute_aarr_log_linear(
            points["tahun"], points["prevalensi_persen"]
        ),
        "pergantian_sumber": _describe_switches(points),
    }


def _require_one_point_a_year(points: pd.DataFrame) -> None:
    months = points["periode"].dropna().unique() if "periode" in points else []
    kode = points["kode_wilayah"].iloc[0]
    if len(months) > 1:
        raise DataError(
            f"Deret {kode} mencampur bulan {join_list([str(month) for month in months])}.",
            lakukan="Hitung tiap bulan sebagai deret tersendiri.",
        )
    if points["tahun"].duplicated().any():
        year = points.loc[points["tahun"].duplicated(), "tahun"].iloc[0]
        raise DataError(
            f"Deret {kode} mempunyai dua angka untuk tahun {year}.",
            lakukan="Sisakan satu angka per tahun dan sumber.",
        )


def _describe_switches(points: pd.DataFrame) -> str | None:
    """Return each place where the survey changes within the series, None where it does not."""
    names = [f"{s} {int(t)}" for s, t in zip(points["sumber"], points["tahun"], strict=True)]
    changed = (points["sumber"] != points["sumber"].shift()).to_numpy()[1:]
    pairs = zip(names[:-1], names[1:], changed, strict=True)
    return "; ".join(f"{a} ke {b}" for a, b, new in pairs if new) or None
