"""Which columns of a table point at a person; those are left behind, the rest is masked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from reviu_lib.formatting import mask_identity
from reviu_lib.ingest.identity.masking import collect_names, mask_text
from reviu_lib.ingest.layouts import load_layouts
from reviu_lib.ingest.layouts.model import normalize_heading
from reviu_lib.ingest.outside.output import is_number
from reviu_lib.ingest.outside.table import TabelLuar, load_luar
from reviu_lib.ingest.parse.texts import cell_text, map_unique


@dataclass(frozen=True)
class Bersih:
    """The cells that may be shown, as text by place; what was left behind and what masked."""

    sel: pd.DataFrame
    judul: list[str]
    dibuang: tuple[str, ...]
    disamarkan: tuple[tuple[str, int], ...]


def drop_identity(tabel: TabelLuar) -> Bersih:
    """Return all columns but those of identity, as text, row by row as they were.

    A column is identity when its heading says so (`tabel_luar.toml`, headings of the raw layouts)
    or when most of its filled cells hold a NIK, KK, or telephone number. In the other columns
    such numbers, birth dates, and the names of the columns left behind are masked.
    """
    texts = [map_unique(tabel.sel[place], cell_text) for place in tabel.sel]
    secret = _find_identity(tabel, texts)
    words = [texts[place] for place in secret]
    names = collect_names(pd.DataFrame({"nama": pd.concat(words)})) if words else frozenset()
    kept = [place for place in range(len(texts)) if place not in secret]
    clean = {place: map_unique(texts[place], lambda text: _mask(text, names)) for place in kept}
    changed = [(tabel.judul[place], int((clean[place] != texts[place]).sum())) for place in kept]
    return Bersih(
        pd.DataFrame(clean, index=tabel.sel.index),
        [tabel.judul[place] for place in kept],
        tuple(tabel.judul[place] or f"kolom {place + 1}" for place in secret),
        tuple((title, count) for title, count in changed if count),
    )


def _find_identity(tabel: TabelLuar, texts: Sequence[pd.Series]) -> list[int]:
    """Return the places of the columns of identity; a known column is one only by declaration."""
    known = {place for name, place in tabel.posisi.items() if name != "tanggal_lahir"}
    return [
        place
        for place, column in enumerate(texts)
        if place not in known and (is_identity(tabel.judul[place]) or _holds_identity(column))
    ]


def _mask(text: str, names: frozenset[str]) -> str:
    return text if is_number(text) else mask_text(text, names)


def is_identity(heading: str) -> bool:
    """Return True where a heading names a person, a number of a person, or where one lives."""
    title = normalize_heading(heading)
    if title in _declared():
        return True
    words = load_luar().identitas
    return _has_any(title, words.kata) and not _has_any(title, words.bukan)


@cache
def _declared() -> frozenset[str]:
    """Return the headings of identity that the raw layouts declare."""
    return frozenset(
        normalize_heading(title)
        for layout in load_layouts().values()
        for table in layout.tabel.values()
        for column in table.kolom.values()
        if column.identitas
        for title in column.judul
    )


def _has_any(title: str, words: Iterable[str]) -> bool:
    return any(f" {word} " in f" {title} " for word in words)


def _holds_identity(texts: pd.Series) -> bool:
    """Return True where most filled cells hold a NIK, KK, or telephone number."""
    filled = texts[texts != ""]
    found = map_unique(filled, lambda text: mask_identity(text) != text)
    return bool(len(filled)) and float(found.astype(float).mean()) > 0.5
