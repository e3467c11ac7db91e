"""Counts of the village scorecard: a service of its group, and counts that agree."""

from __future__ import annotations

import pandas as pd

from reviu_lib.catalog import cached, read_toml
from reviu_lib.ingest.tables import Potongan

_SELURUH = "seluruh layanan"


def check_scorecard(potongan: Potongan) -> Potongan:
    """Return the sheet with `tidak_seharusnya` filled from `seharusnya`, contradictions set aside.

    K61: a service that the group does not have; K63: sasaran, TS, and seharusnya do not fit; both
    are dropped, because choosing one of the figures would be guessing. K62: more received than
    should; kept as it is.
    """
    strange = ~_belongs(potongan.frame)
    named = _named(potongan.frame[strange])
    potongan = potongan.drop("K61", strange, kolom="layanan", nilai=named)
    sasaran, ts, due = (_counts(potongan.frame, name) for name in _CACAH)
    apart = (sasaran - ts != due) | (ts > sasaran) | (due > sasaran)
    potongan = potongan.drop("K63", apart.fillna(False), kolom="seharusnya")
    sasaran, ts, due = (_counts(potongan.frame, name) for name in _CACAH)
    ts = ts.fillna(sasaran - due)
    above = (potongan.frame["diterima"] > (sasaran - ts).fillna(sasaran)).fillna(False)
    potongan = potongan.tell("K62", above, kolom="diterima", nilai=_named(potongan.frame[above]))
    return potongan.keep(potongan.frame.assign(tidak_seharusnya=ts, seharusnya=sasaran - ts))


_CACAH = ("sasaran", "tidak_seharusnya", "seharusnya")


def _counts(frame: pd.DataFrame, name: str) -> pd.Series:
    blank = pd.Series(pd.NA, index=frame.index, dtype="Int64")
    return frame[name].astype("Int64") if name in frame else blank


def _belongs(frame: pd.DataFrame) -> pd.Series:
    """Return whether each service is one of its group; an unknown word of either is neither."""
    pairs = pd.MultiIndex.from_frame(frame[["kelompok", "layanan"]])
    return pd.Series(pairs.isin(_pairs()), index=frame.index)


@cached
def _pairs() -> list[tuple[str, str]]:
    declared = read_toml("konvergensi.toml")["layanan"]
    services = [(item["kelompok"], item["nama"]) for item in declared]
    return services + [(group, _SELURUH) for group in dict.fromkeys(name for name, _ in services)]


def _named(frame: pd.DataFrame) -> list[str]:
    shown = frame["layanan"].astype("string") + " (" + frame["kelompok"].astype("string") + ")"
    return shown.dropna().drop_duplicates().tolist()
