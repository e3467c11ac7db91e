"""From the rows of a table to counts that add up, and back to the rows that are to be closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reviu_lib.catalog import Cacah, Penyamaran
from reviu_lib.penyamaran.pohon import Keluarga, Tanda, close_tree, list_cara


def select(frame: pd.DataFrame, saring: dict[str, tuple[str, ...]]) -> pd.Series:
    """Return which rows meet every condition; `""` stands for a missing value."""
    keep = pd.Series(True, index=frame.index)
    for kolom, nilai in saring.items():
        keep &= frame[kolom].astype("string").fillna("").isin(nilai).astype(bool)
    return keep


def list_closed_rows(frame: pd.DataFrame, cacah: Cacah, rules: Penyamaran) -> pd.Index:
    """Return the index of the rows of `frame` whose count is to be closed."""
    rows = frame[select(frame, dict(cacah.saring))]
    counts = _count(rows, cacah)
    half = counts.isna().any(axis=1) & counts.notna().any(axis=1)
    whole = counts.dropna()
    parts = [_close_group(rows.loc[index], whole.loc[index], cacah, rules)
             for index in _groups(rows.loc[whole.index], cacah)]  # fmt: skip
    return pd.Index([*rows.index[half], *(label for part in parts for label in part)])


def _count(rows: pd.DataFrame, cacah: Cacah) -> pd.DataFrame:
    """Return numerator and denominator of each row, whole numbers or missing."""
    numerator, _, base = (part.strip() for part in cacah.pembilang.partition("%"))
    values = rows[numerator].astype("Float64")
    if base:
        values = (values * rows[base].astype("Float64") / 100).round()
    count = {"pembilang": values, "penyebut": rows[cacah.penyebut].astype("Float64")}
    return pd.DataFrame(count, index=rows.index).astype("float64")


def _groups(rows: pd.DataFrame, cacah: Cacah) -> Iterator[pd.Index]:
    if not cacah.kelompok:
        yield from (pd.Index([label]) for label in rows.index)
        return
    for _, part in rows.groupby(list(cacah.kelompok), dropna=False, sort=False):
        yield part.index


@dataclass
class _Sistem:
    """The nodes of one group: the rows, then what a sum holds beside its rows."""

    pembilang: list[float]
    penyebut: list[float]
    keluarga: list[Keluarga]


def _close_group(
    rows: pd.DataFrame, counts: pd.DataFrame, cacah: Cacah, rules: Penyamaran
) -> list[object]:
    size = len(rows)
    sistem = _Sistem(counts["pembilang"].tolist(), counts["penyebut"].tolist(), [])
    for satu in _families(rows, cacah):
        _add_family(sistem, satu)
    top, bottom = np.array(sistem.pembilang), np.array(sistem.penyebut)
    small = is_small(top, bottom, rules)
    if cacah.penyebut_terbit:
        small[:size] |= _with_small_base(rows, counts, cacah, rules)
    caras = list_cara(top, bottom, lebar=rules["lebar_minimum"], terbit=cacah.penyebut_terbit)
    closed = close_tree(caras, small, sistem.keluarga, boleh=np.arange(len(top)) < size)
    return list(rows.index[closed[:size]])


def is_small(pembilang: np.ndarray, penyebut: np.ndarray, rules: Penyamaran) -> Tanda:
    """Return where the count, what is left of the denominator, or the denominator is too small."""
    least = rules["cacah_minimum"]
    marks: Tanda = (
        (pembilang < least)
        | (penyebut - pembilang < least)
        | (penyebut < rules["penyebut_minimum"])
    )
    return marks


def _with_small_base(
    rows: pd.DataFrame, counts: pd.DataFrame, cacah: Cacah, rules: Penyamaran
) -> Tanda:
    """Return the rows of every family that has a denominator too small to be shown itself."""
    small = counts["penyebut"] < rules["penyebut_minimum"]
    keys = rows[list(cacah.keluarga)].astype("string").agg("|".join, axis=1)
    marks: Tanda = keys.isin(keys[small]).to_numpy()
    return marks


def _families(rows: pd.DataFrame, cacah: Cacah) -> list[Keluarga]:
    """Return the sums among the rows, by position, from the top down."""
    parents = _parents_by_code(rows, cacah.kode) if cacah.kode else _parents_by_value(rows, cacah)
    found: dict[tuple[int, tuple[str, ...]], list[int]] = {}
    for place, parent in enumerate(parents):
        if parent >= 0:
            found.setdefault((parent, _family_key(rows, place, cacah)), []).append(place)
    families = [Keluarga(parent, tuple(places)) for (parent, _), places in found.items()]
    return sorted(families, key=lambda satu: _depth(satu.induk, parents))


def _family_key(rows: pd.DataFrame, place: int, cacah: Cacah) -> tuple[str, ...]:
    return tuple(str(rows[kolom].iloc[place]) for kolom in cacah.keluarga)


def _parents_by_code(rows: pd.DataFrame, kolom: str) -> list[int]:
    codes = [str(kode) for kode in rows[kolom]]
    places = {kode: place for place, kode in enumerate(codes)}
    return [places.get(kode.rpartition(".")[0], -1) for kode in codes]


def _parents_by_value(rows: pd.DataFrame, cacah: Cacah) -> list[int]:
    whole = select(rows, {kolom: (nilai,) for kolom, nilai in cacah.induk.items()}).to_numpy()
    if not cacah.induk or whole.sum() != 1:
        return [-1] * len(rows)
    parent = int(whole.argmax())
    return [-1 if place == parent else parent for place in range(len(rows))]


def _depth(place: int, parents: Sequence[int]) -> int:
    depth = 0
    while parents[place] >= 0:
        place, depth = parents[place], depth + 1
    return depth


def _add_family(sistem: _Sistem, satu: Keluarga) -> None:
    """Add the sum, with a node for what it holds beside its rows (children without a place).

    A sum that is less than its rows is no sum: it comes from another source.
    """
    rest_top = _rest(sistem.pembilang, satu)
    rest_bottom = _rest(sistem.penyebut, satu)
    if rest_top < 0 or rest_bottom < rest_top:
        return
    anak = satu.anak
    if rest_bottom > 0:
        anak = (*anak, len(sistem.pembilang))
        sistem.pembilang.append(rest_top)
        sistem.penyebut.append(rest_bottom)
    sistem.keluarga.append(Keluarga(satu.induk, anak))


def _rest(values: Sequence[float], satu: Keluarga) -> float:
    return values[satu.induk] - sum(values[place] for place in satu.anak)
