"""Columns whose heading does not say whether they hold counts or percentages."""

from __future__ import annotations

import pandas as pd

from reviu_lib.ingest.layouts.wide import load_kosakata
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import normalize_nama

_SERATUS = 100


def settle_bare(potongan: Potongan, judul: str) -> tuple[Potongan, frozenset[str]]:
    """Return the sheet and the columns, without their year, that hold percentages.

    All such columns of a table are alike: percentages where the title says so or fractions stand,
    counts where the title says so or more than 100 stands. Otherwise K35 asks, and they are not
    read.
    """
    sumber, frame = potongan.sumber, potongan.frame
    names = [name for name in frame if sumber.own(name).peran and sumber.jenis(name) == "desimal"]
    if not names:
        return potongan, frozenset()
    is_percent = _is_percent(frame[names], judul)
    if is_percent is None:
        return _ask(potongan, names), frozenset()
    bases = frozenset(name.partition("@")[0] for name in names)
    return potongan, bases if is_percent else frozenset()


def _is_percent(figures: pd.DataFrame, judul: str) -> bool | None:
    words = set(normalize_nama(judul).split())
    answers = load_kosakata().katalog
    if (figures % 1 > 0).to_numpy().any() or words & answers.kata_persen:
        return True
    if words & answers.kata_cacah or (figures > _SERATUS).to_numpy().any():
        return False
    return None


def _ask(potongan: Potongan, names: list[str]) -> Potongan:
    """Return the sheet without these columns; its rows are set aside when nothing else is left."""
    rest = potongan.frame.drop(columns=names)
    told = potongan.tell("K35", potongan.frame[names].notna().any(axis=1), kolom=names[0])
    if any(potongan.sumber.own(name).peran in {"pembilang", "persen"} for name in rest):
        return told.keep(rest)
    return told.book("K35", len(rest)).keep(rest.iloc[:0])
