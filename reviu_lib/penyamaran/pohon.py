"""Counts that add up to other counts: which to close, so that no closed one can be worked out.

A node is one row with two counts of people: those that have something (`pembilang`) and those
that have not (`sisa`). A family says that a node is the sum of others. A node may be the sum of
several families (children by sex, children by age) and is a part of at most one, so the bounds
found in one pass up and one pass down are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# More people than there can be: the upper bound of a count about which nothing is known.
TAK_HINGGA = 1e9
Bilangan = NDArray[np.float64]
Tanda = NDArray[np.bool_]


@dataclass(frozen=True)
class Keluarga:
    """Node `induk` is the sum of the nodes `anak`; a list of families goes from the top down."""

    induk: int
    anak: tuple[int, ...]


@dataclass(frozen=True)
class Cara:
    """One thing an attacker may know: bounds of each node's count, and how wide they must stay."""

    cacah: Bilangan
    batas: Bilangan
    lebar: Bilangan


def compute_bounds(
    cacah: Bilangan, tutup: Tanda, keluarga: Sequence[Keluarga], batas: Bilangan
) -> tuple[Bilangan, Bilangan]:
    """Return the least and the greatest value that each node can have.

    Known are the counts that are not closed, that none is negative or above its `batas`, and all
    sums. `keluarga` goes from the top down.
    """
    low = np.where(tutup, 0.0, cacah)
    high = np.where(tutup, batas, cacah)
    for satu in reversed(keluarga):
        anak = list(satu.anak)
        low[satu.induk] = max(low[satu.induk], low[anak].sum())
        high[satu.induk] = min(high[satu.induk], high[anak].sum())
    for satu in keluarga:
        anak = list(satu.anak)
        least, most = low[anak], high[anak]
        low[anak] = np.maximum(least, low[satu.induk] - (most.sum() - most))
        high[anak] = np.minimum(most, high[satu.induk] - (least.sum() - least))
    return low, high


def list_cara(pembilang: Bilangan, penyebut: Bilangan, *, lebar: float, terbit: bool) -> list[Cara]:
    """Return what to hold against: the denominators not known, and then all of them known.

    Not known: `pembilang` and `sisa` each stay `lebar` wide. Known: `pembilang` stays so wide, or
    as wide as its denominator lets it. `terbit` says that the denominators are published anyway.
    """
    free = np.full(len(pembilang), TAK_HINGGA)
    wide = np.full(len(pembilang), lebar)
    known = Cara(pembilang, penyebut, np.minimum(wide, penyebut))
    if terbit:
        return [known]
    return [Cara(pembilang, free, wide), Cara(penyebut - pembilang, free, wide), known]


def close_tree(
    caras: Sequence[Cara], tutup: Tanda, keluarga: Sequence[Keluarga], *, boleh: Tanda
) -> Tanda:
    """Return which nodes to close, `tutup` (the small ones) among them.

    As long as a closed node is too narrow, one more node beside it is closed. `boleh` marks nodes
    that can be closed (the others are no rows of a table). When nothing is left to close, all are.
    """
    closed = tutup.copy()
    while weak := _find_weak(caras, closed, keluarga):
        shut = closed | ~boleh
        more = {_choose(cara, family, shut) for family, cara in weak.items()} - {-1}
        if not more:
            return closed | boleh
        closed[list(more)] = True
    return closed


def _find_weak(
    caras: Sequence[Cara], closed: Tanda, keluarga: Sequence[Keluarga]
) -> dict[Keluarga, Cara]:
    """Return the families in which more is to be closed, each with the knowledge that needs it.

    A narrow node asks its own parts first, when none of them is closed, and else its sisters.
    """
    found: dict[Keluarga, Cara] = {}
    for cara in caras:
        low, high = compute_bounds(cara.cacah, closed, keluarga, cara.batas)
        narrow = closed & (high - low < cara.lebar)
        for satu in keluarga:
            given_away = narrow[satu.induk] and not closed[list(satu.anak)].any()
            if given_away or any(narrow[node] for node in satu.anak):
                found.setdefault(satu, cara)
    return found


def _choose(cara: Cara, family: Keluarga, shut: Tanda) -> int:
    """Return the smallest open part of a family that holds anybody, else its sum, -1 for none."""
    open_ones = [node for node in family.anak if not shut[node]]
    if not open_ones:
        return -1 if shut[family.induk] else family.induk
    return min(open_ones, key=lambda node: (cara.cacah[node] <= 0, cara.cacah[node], node))
