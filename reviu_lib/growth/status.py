"""z-scores become the nutritional classes of Permenkes 2/2020, declared in `status_gizi.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd

from reviu_lib.catalog import Frozen, Status, build, read_toml
from reviu_lib.errors import DefinisiError
from reviu_lib.growth.children import read_floats
from reviu_lib.growth.lms import Floats, round_z

_BERKAS = "status_gizi.toml"
# z has two decimals: half a step beyond a limit lies between the last z inside and the first out.
_SETENGAH_LANGKAH = 0.005


class Kelas(Frozen):
    """One class: below a limit, up to and with a limit, or (neither) all the rest."""

    nama: str
    di_bawah: float | None = None
    sampai: float | None = None

    @property
    def batas(self) -> float:
        """The place between the last z of this class and the first of the next one."""
        if self.di_bawah is not None:
            return self.di_bawah - _SETENGAH_LANGKAH
        return np.inf if self.sampai is None else self.sampai + _SETENGAH_LANGKAH


class Pembagian(Frozen):
    """The classes of one index, from low to high."""

    nama: str
    arti: str
    rujukan: str
    status: Status
    kelas: tuple[Kelas, ...]


@cache
def load_status() -> Mapping[str, Pembagian]:
    """Return the classes by index: tbu, bbu, bbtb, imtu. DefinisiError when they overlap."""
    loaded = {
        name: build(Pembagian, data, f"{_BERKAS} [{name}]")
        for name, data in read_toml(_BERKAS).items()
    }
    for name, item in loaded.items():
        limits = [kelas.batas for kelas in item.kelas]
        if limits[-1] != np.inf or any(low >= high for low, high in pairwise(limits)):
            raise DefinisiError("Batas kelas tidak berurutan.", di=f"{_BERKAS} [{name}]")
    return loaded


def classify_status(z: pd.Series, indeks: str) -> pd.Series:
    """Return the class of each z as an ordered category; missing where z is.

    `indeks` is tbu, bbu, bbtb, or imtu (DefinisiError for another). z is rounded to 2 decimals
    first: -2.004 is -2.00 and normal, -2.01 is pendek (Permenkes 2/2020).
    """
    declared = load_status()
    if indeks not in declared:
        raise DefinisiError(f"Indeks '{indeks}' tidak mempunyai kelas; yang ada: {list(declared)}.")
    classes = declared[indeks].kelas
    numbers: Floats = round_z(read_floats(z))
    code = np.searchsorted([kelas.batas for kelas in classes], numbers)
    code[np.isnan(numbers)] = -1
    names = [kelas.nama for kelas in classes]
    made = pd.Categorical.from_codes(code, categories=names, ordered=True)
    return pd.Series(made, index=z.index, name=f"status_{indeks}")


def classify_all(z: pd.DataFrame) -> pd.DataFrame:
    """Return status_tbu and so on for each z_tbu and so on that has classes.

    Where ekstrem_tbu and so on is True the class is missing: an implausible z is no status.
    """
    found = {
        name: classify_status(z[f"z_{name}"], name) for name in load_status() if f"z_{name}" in z
    }
    for name, status in found.items():
        if f"ekstrem_{name}" in z:
            found[name] = status.mask(z[f"ekstrem_{name}"].fillna(False).astype(bool))
    return pd.DataFrame({f"status_{name}": status for name, status in found.items()}, index=z.index)
