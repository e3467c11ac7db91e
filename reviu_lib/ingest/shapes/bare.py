"""Columns whose heading does not say whether they hold counts or percentages."""

from __future__ import annotations

import pandas as pd

from reviu_lib.catalog import load_ambang
from reviu_lib.ingest.layouts.wide import load_kosakata
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import normalize_nama

_SERATUS = 100


def settle_bare(potongan: Potongan, judul: str) -> tuple[Potongan, frozenset[str]]:
    """Return the sheet and the columns, without their year, that hold percentages.

    All such columns of a table are alike: percentages where the title says so or fractions stand,
    counts where the title says so or more than 100 stands. Otherwise K35 asks, and they are not
    read; nor are percentages that may be fractions (N28).
    """
    sumber, frame = potongan.sumber, potongan.frame
    names = [name for name in frame if sumber.own(name).peran and sumber.jenis(name) == "desimal"]
    if not names:
        return potongan, frozenset()
    is_percent = _is_percent(frame[names], judul)
    if is_percent is None:
        return _ask(potongan, "K35", names), frozenset()
    if is_percent and _looks_like_fractions(frame[names]):
        return _ask(potongan, "N28", names), frozenset()
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


def _looks_like_fractions(figures: pd.DataFrame) -> bool:
    """Return True where hardly a figure is above 1: 0.8 may be 0,8 percent or 80."""
    filled = figures.stack()
    filled = filled[filled != 0].abs()
    most = load_ambang()["pecahan_maks"]
    return len(filled) > 1 and bool((filled <= most).all() and filled.median() <= 1)


def _ask(potongan: Potongan, kode: str, names: list[str]) -> Potongan:
    """Return the sheet without these columns; its rows are set aside when nothing else is left."""
    rest = potongan.frame.drop(columns=names)
    shown = potongan.frame[names].stack().unique()
    rows = potongan.frame[names].notna().any(axis=1)
    told = potongan.tell(kode, rows, kolom=names[0], nilai=shown)
    if any(potongan.sumber.own(name).peran in {"pembilang", "persen"} for name in rest):
        return told.keep(rest)
    return told.book(kode, len(rest)).keep(rest.iloc[:0])
