"""The places visits belong to, from kabupaten down to posyandu."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from reviu_lib.errors import DefinisiError
from reviu_lib.growth.quality.groups import Groups, Ints, join_codes
from reviu_lib.growth.quality.visits import Visits

TINGKAT = ("kabupaten", "kecamatan", "puskesmas", "desa", "posyandu")
# Kemendagri gives these no code: they are told apart by their name inside that of the code.
TANPA_KODE = ("puskesmas", "posyandu")
TAK_TERCATAT = "tidak tercatat"
# Characters of kode_desa (12.18.02.2001) that name the place of each level.
_PANJANG = {"kabupaten": 5, "kecamatan": 8, "puskesmas": 5, "desa": 13, "posyandu": 13}
_NAMA = {"kecamatan": "kecamatan", "puskesmas": "puskesmas", "desa": "desa", "posyandu": "posyandu"}


def group_places(
    visits: Visits, tingkat: str, kode_kabupaten: str | None = None
) -> tuple[Groups, pd.DataFrame]:
    """Return the groups of one level and their keys: tingkat, kode, nama, sorted.

    kode is the Kemendagri code of the place; of a puskesmas that of its kabupaten, of a posyandu
    that of its desa, because these have none. Visits without a place form one called `tidak
    tercatat`. With `kode_kabupaten` all visits are of that kabupaten. Raises DefinisiError for an
    unknown level.
    """
    if tingkat not in TINGKAT:
        raise DefinisiError(f"Tingkat {tingkat} tidak dikenal; yang ada: {', '.join(TINGKAT)}.")
    kode = _cut(visits, "kode_desa", _PANJANG[tingkat])
    if kode_kabupaten is not None and tingkat in {"kabupaten", "puskesmas"}:
        kode = Labels(np.zeros(len(visits.child), dtype=np.int64), [kode_kabupaten])
    nama = _cut(visits, _NAMA.get(tingkat))
    if tingkat == "kecamatan":
        kode = _fill_codes(kode, nama)
    by_name = (kode.code < 0) | (tingkat in TANPA_KODE)
    key = join_codes(kode.code, np.where(by_name, nama.code, -1))
    code, keys = pd.factorize(key, sort=True)
    first = np.zeros(len(keys), dtype=np.int64)
    first[code[::-1]] = np.arange(len(code))[::-1]
    places = pd.DataFrame({"tingkat": tingkat, "kode": kode.of(first), "nama": nama.of(first)})
    places["nama"] = places["nama"].fillna(places["kode"]).fillna(TAK_TERCATAT)
    return Groups(code.astype(np.int64), len(keys)), places


class Labels(NamedTuple):
    """The code of each visit into sorted texts; -1 without text."""

    code: Ints
    texts: list[str]

    def of(self, rows: Ints) -> pd.Series:
        """Return the texts of some visits."""
        return pd.Series(self.texts, dtype="string").reindex(self.code[rows]).reset_index(drop=True)


def _fill_codes(kode: Labels, nama: Labels) -> Labels:
    """Return the codes, those missing taken from visits of the same name where these agree.

    A desa that was not recognised leaves its kecamatan without a code, not without a name.
    """
    folded = pd.factorize(np.array([text.casefold() for text in nama.texts]))[0]
    named = np.append(folded, [-1]).astype(np.int64)[nama.code]
    known = (kode.code >= 0) & (named >= 0)
    pairs = pd.unique(named[known] * (len(kode.texts) + 1) + kode.code[known])
    name, code = np.divmod(pairs, len(kode.texts) + 1)
    of_name = np.full(folded.max(initial=-1) + 2, -1, dtype=np.int64)
    of_name[name] = np.where(np.bincount(name, minlength=1)[name] == 1, code, -1)
    return Labels(np.where(kode.code < 0, of_name[named], kode.code), kode.texts)


def _cut(visits: Visits, column: str | None, length: int | None = None) -> Labels:
    """Return the labels of a column, cut to `length`; all without text when it is absent."""
    if column is None or column not in visits.columns:
        return Labels(np.full(len(visits.child), -1, dtype=np.int64), [])
    code, texts = pd.factorize(visits.frame[column])
    short, names = pd.factorize(np.array([str(text)[:length] for text in texts]), sort=True)
    shorter = np.append(short, [-1]).astype(np.int64)
    return Labels(shorter[code[visits.order]], [str(name) for name in names])
