"""Names of people that no text may show: as written while their file is open, else as numbers.

A kept name is a keyed number of eight bytes. Whoever has the key can ask whether a name is among
them; without it they say nothing, and with it none can be read back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

import numpy as np
import numpy.typing as npt

_GUNA = b"reviu-nama"  # personalisation of the hash: the same key gives nothing elsewhere
_PANJANG_KUNCI = 64  # longest key BLAKE2b takes
_PANJANG_SIDIK = 8


class NamaOrang(Protocol):
    """Comparable names of people: one can ask for a name, and how many there are."""

    def __contains__(self, nama: object, /) -> bool:
        """Return whether this comparable name is one of them."""

    def __len__(self) -> int:
        """Return how many names there are."""


@dataclass(frozen=True)
class SidikNama:
    """Names known by their keyed numbers alone, sorted and distinct."""

    angka: npt.NDArray[np.uint64]
    kunci: bytes

    def __contains__(self, nama: object, /) -> bool:
        number = np.uint64(_number(str(nama), self.kunci))
        place = int(np.searchsorted(self.angka, number))
        return place < len(self.angka) and bool(self.angka[place] == number)

    def __len__(self) -> int:
        return len(self.angka)


def _number(nama: str, kunci: bytes) -> int:
    key = kunci[:_PANJANG_KUNCI]
    digest = blake2b(nama.encode(), key=key, person=_GUNA, digest_size=_PANJANG_SIDIK).digest()
    return int.from_bytes(digest, "big")


def number_names(names: Iterable[str], kunci: bytes) -> SidikNama:
    """Return comparable names as numbers that only this key makes."""
    numbers = np.array([_number(name, kunci) for name in names], dtype=np.uint64)
    return SidikNama(np.unique(numbers), kunci)


def combine_names(parts: Iterable[NamaOrang], kunci: bytes) -> NamaOrang:
    """Return all names of the parts: as written where every part is, else as numbers."""
    given = list(parts)
    written = frozenset[str]().union(*(part for part in given if isinstance(part, frozenset)))
    kept = [part.angka for part in given if isinstance(part, SidikNama) and len(part)]
    if not kept:
        return written
    numbers = np.concatenate([*kept, number_names(written, kunci).angka])
    return SidikNama(np.unique(numbers), kunci)
