"""The figures of one row of a recap against each other, before any indicator is known."""

from __future__ import annotations

import pandas as pd

from reviu_lib.catalog import load_ambang
from reviu_lib.formatting import format_number, list_first
from reviu_lib.ingest.crosschecks.rounding import count_decimals, tolerance
from reviu_lib.ingest.layouts import load_layouts
from reviu_lib.ingest.tables import Potongan

_PERSEN = 100
_DESIMAL_TAMPIL = 2


def check_recap(potongan: Potongan) -> Potongan:
    """Return the sheet with K20 where a printed percentage is far from pembilang / penyebut x 100.

    Rows in other units than percent are not compared; nothing is changed.
    """
    frame = potongan.frame
    if frame.empty:
        return potongan
    units = frame["satuan"].astype("string").fillna("").str.strip().str.lower()
    counts, whole = (frame[name].astype("float64") for name in ("pembilang", "penyebut"))
    own = counts * _PERSEN / whole.where(whole != 0)
    margin = load_ambang()["beda_persen_jauh_poin"] + tolerance(count_decimals(frame["capaian"]))
    gap = (frame["capaian"].astype("float64") - own).abs()
    far = (gap > margin) & units.isin(load_layouts()["rekap"].satuan_persen)
    return potongan.tell(
        "K20", far, kolom="capaian", rincian=list_first(_describe(frame, own, far))
    )


def _describe(frame: pd.DataFrame, own: pd.Series, far: pd.Series) -> list[str]:
    rows = frame.loc[far, ["indikator", "capaian"]].assign(own=own[far])
    return [
        f"{name}: tercetak {format_number(printed, _DESIMAL_TAMPIL)}, "
        f"dihitung ulang {format_number(value, _DESIMAL_TAMPIL)}"
        for name, printed, value in rows.itertuples(index=False, name=None)
    ]
