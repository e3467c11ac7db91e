"""Columns that are called by an indicator of the catalogue: its code, its name, or an alias.

The same words may name indicators of several eras; the year that is read decides which it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from reviu_lib.catalog import list_set_indikator, load_indikator
from reviu_lib.reference import normalize_nama


class Katalog(BaseModel):
    """Headings of a measure of the catalogue by role; `nilai`: its name alone."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    pembilang: tuple[str, ...]
    penyebut: tuple[str, ...]
    persen: tuple[str, ...]
    nilai: tuple[str, ...]
    kata_persen: frozenset[str]
    kata_cacah: frozenset[str]


def catalogue_columns(words: Katalog) -> dict[str, Any]:
    """Return four columns for every code, name, and alias: count, population, percentage, bare."""
    columns: dict[str, Any] = {}
    for key, (label, population, codes) in _titles().items():
        shared = {"indikator": label, "kode_indikator": list(codes), "penyebut": f"{key}.penyebut"}
        heads = {
            role: [pattern.format(judul=key) for pattern in getattr(words, role)]
            for role in ("pembilang", "penyebut", "persen", "nilai")
        }
        columns |= {
            f"{key}.pembilang": {
                **shared, "judul": heads["pembilang"], "jenis": "jumlah", "peran": "pembilang",
            },
            f"{key}.penyebut": {
                "judul": heads["penyebut"], "jenis": "jumlah", "peran": "penyebut",
                "indikator": population,
            },
            f"{key}.persen": {
                **shared, "judul": heads["persen"], "jenis": "persen", "peran": "persen",
            },
            f"{key}.nilai": {
                **shared, "judul": heads["nilai"], "jenis": "desimal", "peran": "pembilang",
            },
        }  # fmt: skip
    return columns


def _titles() -> Mapping[str, tuple[str, str, tuple[str, ...]]]:
    """Return by code, name, and alias: the official name, the population, and the codes."""
    found: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    for era in list_set_indikator():
        for card in load_indikator(era).values():
            for title in (card.kode, card.nama, *card.alias):
                key = normalize_nama(title)
                label, population, codes = found.get(key, (card.nama, card.populasi_penyebut, ()))
                found[key] = (label, population, tuple(dict.fromkeys([*codes, card.kode])))
    return found
