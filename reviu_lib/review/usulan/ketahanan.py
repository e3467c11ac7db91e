"""How much the proposed focus desa depend on the weights, which are an assumption of this tool.

Each weight is lowered, raised, and left out in turn, and the desa are ranked anew each time. The
score divides by the sum of the weights, so that they need no scaling back to one.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from reviu_lib.catalog import Ambang

KUKUH = "kukuh"
BERGANTUNG = "bergantung bobot"


def compute_ketahanan(
    frame: pd.DataFrame, ranks: pd.DataFrame, *, ambang: Ambang, jumlah: int
) -> pd.DataFrame:
    """Return how the place of each ranked desa holds under other weights, by the index of `frame`.

    Needs urutan, stunting, kode_desa; `ranks` has a normalised rank per component (missing where
    unknown), `jumlah` is how many desa are proposed. Columns: ketahanan_persen (share of the
    variants of `list_variasi` in which the desa is among them), urutan_teratas, urutan_terbawah,
    ketahanan (kukuh from `ketahanan_lokus_minimum_persen` on, else bergantung bobot; proposed desa
    only). Missing for unranked desa, and for all where fewer than two components are known.
    """
    ranked = frame[frame["urutan"].notna()]
    places = _rank_by_variant(ranked, ranks.loc[ranked.index], list_variasi(ranks, ambang))
    inside = (places <= jumlah).sum(axis=1) * 100 / places.notna().sum(axis=1).replace(0, np.nan)
    sturdy = inside >= ambang["ketahanan_lokus_minimum_persen"]
    words = pd.Series(np.where(sturdy, KUKUH, BERGANTUNG), ranked.index, dtype="string")
    proposed = inside.notna() & (ranked["urutan"] <= jumlah)
    return pd.DataFrame(
        {
            "ketahanan_persen": inside,
            "urutan_teratas": places.min(axis=1),
            "urutan_terbawah": places.max(axis=1),
            "ketahanan": words.where(proposed),
        }
    ).reindex(frame.index)


def list_variasi(ranks: pd.DataFrame, ambang: Ambang) -> pd.DataFrame:
    """Return one row of weights per variant: each known component lowered, raised, left out.

    By `variasi_bobot_lokus_persen`. A component that no desa has is not varied, and with fewer
    than two there is nothing to weigh: no rows.
    """
    weights: Mapping[str, float] = {name: ambang[f"bobot_lokus_{name}"] for name in ranks}
    known = [name for name in ranks if ranks[name].notna().any() and weights[name] > 0]
    share = ambang["variasi_bobot_lokus_persen"] / 100
    rows = [
        {**weights, name: weights[name] * factor}
        for name in known
        for factor in (1 - share, 1 + share, 0.0)
    ]
    return pd.DataFrame(rows if len(known) > 1 else [], columns=list(ranks), dtype="float64")


def _rank_by_variant(
    desa: pd.DataFrame, ranks: pd.DataFrame, variants: pd.DataFrame
) -> pd.DataFrame:
    """Return the place of each desa under each variant; equals go by stunted children, then code.

    Missing where a variant leaves a desa without any component.
    """
    order = desa.sort_values(["stunting", "kode_desa"], ascending=[False, True]).index
    known, weights = ranks.loc[order].notna().to_numpy(), variants.to_numpy()
    points = (ranks.loc[order].fillna(0).to_numpy()[:, None, :] * weights).sum(axis=2)
    total = (known[:, None, :] * weights).sum(axis=2)
    score = np.divide(points, total, out=np.full(points.shape, np.nan), where=total > 0)
    places = pd.DataFrame(score, index=order).rank(method="first", ascending=False)
    return places.reindex(desa.index)
