"""Where a figure comes from, and the refusal to compare figures of two sources.

A survey and a register answer two questions (a sample of all children; those who came), so that
their difference is never a change. The sources are data: `definitions/sumber_prevalensi.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import pandas as pd

from reviu_lib.catalog import Frozen, Status, cached, load_named
from reviu_lib.errors import DataError, TataLetakError
from reviu_lib.formatting import join_list, list_first


class SumberPrevalensi(Frozen):
    """One source of prevalence: a survey or a register, and the family it may be chained in."""

    kode: str
    jenis: Literal["survei", "register"]
    rumpun: str
    arti: str
    rujukan: str
    status: Status


@cached
def load_sumber_prevalensi() -> Mapping[str, SumberPrevalensi]:
    """Return the declared sources by name."""
    return load_named(SumberPrevalensi, "sumber_prevalensi.toml")


def list_survei() -> list[str]:
    """Return the names of the declared surveys; every other source is a register."""
    return [nama for nama, sumber in load_sumber_prevalensi().items() if sumber.jenis == "survei"]


def find_sumber(nama: str) -> SumberPrevalensi:
    """Return the source called `nama`; DataError when it is not declared."""
    known = load_sumber_prevalensi()
    if nama in known:
        return known[nama]
    raise DataError(
        f"Sumber prevalensi '{nama}' tidak dikenal.",
        lakukan=f"Pakai salah satu: {', '.join(known)}.",
    )


def require_columns(frame: pd.DataFrame, names: Iterable[str], purpose: str) -> None:
    """Raise TataLetakError that lists the columns `frame` lacks for `purpose`."""
    missing = [name for name in names if name not in frame]
    if missing:
        raise TataLetakError(
            f"Kolom untuk {purpose} tidak lengkap: {', '.join(missing)}.",
            lakukan="Ganti nama kolomnya; nama yang diminta ada pada help() fungsi itu.",
        )


def require_one_source(pairs: pd.DataFrame) -> None:
    """Raise DataError when a row of `sumber_awal` and `sumber_akhir` names two sources."""
    known = pairs.dropna(subset=["sumber_awal", "sumber_akhir"])
    mixed = known[known["sumber_awal"] != known["sumber_akhir"]]
    if len(mixed):
        both = mixed["sumber_awal"].astype(str) + " dan " + mixed["sumber_akhir"].astype(str)
        raise DataError(
            f"Perubahan antara dua sumber tidak dihitung: {list_first(list(both.unique()))}.",
            lakukan="Pasangkan angka dari sumber yang sama; jarak dua sumber dihitung dengan "
            "compare_sumber.",
        )


def require_one_series(sumber: Sequence[str], *, rangkai: bool) -> None:
    """Raise DataError when the points of a series may not stand in one line.

    Several surveys are let through only with `rangkai`; registers and surveys together never.
    """
    names = list(dict.fromkeys(sumber))
    kinds = {find_sumber(name).jenis for name in names}
    if len(names) > 1 and ("register" in kinds or not rangkai):
        raise DataError(
            f"Satu deret memuat beberapa sumber: {join_list(names)}.",
            lakukan="Pisahkan per sumber; hanya deret survei nasional yang boleh dirangkai "
            "(rangkai=True), dan pergantian sumbernya disebut.",
        )
