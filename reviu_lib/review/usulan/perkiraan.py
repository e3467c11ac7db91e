"""The figures proposed for next year: output target and budget range, each with its ground.

Target: what was done, times how far coverage still has to go; never below this year's target.
Budget: between this year's budget and cost per unit x proposed target. Both are proposals.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviu_lib.catalog import Ambang
from reviu_lib.reference import normalize_nama
from reviu_lib.review.kamus import AturanRancangan

_DESIMAL = 6


def propose_target_output(
    rows: pd.DataFrame, ratio: pd.Series, *, ambang: Ambang, rules: AturanRancangan
) -> pd.DataFrame:
    """Return target_usulan and dasar_target per row.

    Needs target_output, realisasi_output, satuan, indikator_output, jenis. `ratio` is next year's
    coverage target / coverage of the linked `naik` indicator that is furthest from it, missing
    where none can be judged. For outputs that count people, target = max(target,
    ceil(realisasi x min(ratio, `rancangan_pengali_maks`))); all others keep this year's target.
    """
    most = ambang["rancangan_pengali_maks"]
    needed = np.ceil((rows["realisasi_output"] * ratio.clip(upper=most)).round(_DESIMAL))
    none = rows["target_output"].isna() | (rows["target_output"] == 0)
    holds = {
        "kosong": none,
        "bukan_sasaran": ~_counts_people(rows, rules),
        "tanpa_cakupan": needed.isna(),
        "tetap": needed <= rows["target_output"],
        "dibatasi": ratio > most,
    }
    conditions = [item.fillna(False).to_numpy(dtype=bool) for item in holds.values()]
    kode = pd.Series(np.select(conditions, list(holds), default="cakupan"), index=rows.index)
    grown = kode.isin(["dibatasi", "cakupan"])
    return pd.DataFrame(
        {
            "target_usulan": needed.where(grown, rows["target_output"]).mask(none),
            "dasar_target": kode.map(rules.dasar_target),
        }
    )


def _counts_people(rows: pd.DataFrame, rules: AturanRancangan) -> pd.Series:
    """Return True where the output counts those to be reached, not who reaches them."""
    unit = rows["satuan"].fillna("").map(normalize_nama).isin(list(rules.satuan_sasaran))
    words = rows["indikator_output"].fillna("").map(normalize_nama).str.split()
    staff = words.map(lambda names: not set(rules.kata_pelaksana).isdisjoint(names)).astype(bool)
    return unit & ~staff & (rows["jenis"] != "dukungan").fillna(True)


def propose_pagu(rows: pd.DataFrame, *, ambang: Ambang, rules: AturanRancangan) -> pd.DataFrame:
    """Return pagu_bawah_rp, pagu_atas_rp, and dasar_pagu per row; missing without any ground.

    Needs pagu_rp, realisasi_rp (all sources reported), realisasi_output, target_output, and
    target_usulan. The limits are the lower and the higher of this year's budget and of spending /
    output x target_usulan; with only one of the two, or both equal, that one less and plus
    `rancangan_rentang_pagu_persen`. Cost per unit counts only where the output reached
    `rancangan_output_minimum_persen` of its target. Rounded outward to `rancangan_pembulatan_rp`.
    """
    share = ambang["rancangan_rentang_pagu_persen"] / 100
    output, target = rows["realisasi_output"], rows["target_output"]
    enough = output * 100 >= target * ambang["rancangan_output_minimum_persen"]
    spent = rows["realisasi_rp"].where(enough & (output > 0) & (rows["realisasi_rp"] > 0))
    both = pd.DataFrame(
        {
            "pagu": rows["pagu_rp"].where(rows["pagu_rp"] > 0),
            "biaya": spent * rows["target_usulan"] / output,
        }
    ).astype("float64")
    low, high = both.min(axis=1), both.max(axis=1)
    single = low == high
    step = ambang["rancangan_pembulatan_rp"]
    known = both.notna()
    kode = np.select(
        [known.all(axis=1), known["pagu"], known["biaya"]],
        ["keduanya", "pagu", "biaya"],
        default="kosong",
    )
    return pd.DataFrame(
        {
            "pagu_bawah_rp": _to_step(np.floor, low.mask(single, low * (1 - share)), step),
            "pagu_atas_rp": _to_step(np.ceil, high.mask(single, high * (1 + share)), step),
            "dasar_pagu": pd.Series(kode, rows.index).map(rules.dasar_pagu),
        }
    )


def _to_step(rounding: np.ufunc, amount: pd.Series, step: float) -> pd.Series:
    return pd.Series(rounding((amount / step).round(_DESIMAL)) * step, amount.index)
