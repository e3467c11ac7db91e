"""Which kabupaten the files of a province hold, so that each gets its own report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reviu_lib.ingest.files import Kisi, list_entries
from reviu_lib.ingest.layouts import Kepala
from reviu_lib.ingest.parse.texts import cell_text
from reviu_lib.ingest.places import load_padanan, resolve_daftar_kabupaten
from reviu_lib.ingest.sources import open_source
from reviu_lib.reference import load_wilayah, nama_wilayah

# Canonical columns that name the kabupaten of a row, by code or by name.
_KOLOM = ("kode_kabupaten", "kabupaten", "wilayah")


def list_kabupaten(folder: Path, *, kode_provinsi: str) -> tuple[str, ...]:
    """Return the codes of the kabupaten of a province that the files of `folder` have rows of.

    A name that fits a kabupaten and a kota alike counts for neither, unless the other names or the
    reviewed mapping tell; unreadable files count for none, and say so when a report is made.
    """
    names: set[str] = set()
    for path in list_entries(folder):
        for grid, kepala in open_source(path).lembar:
            names |= set(_names(grid, kepala))
    guesses = resolve_daftar_kabupaten(
        sorted(names), provinsi=nama_wilayah(kode_provinsi), padanan=load_padanan(folder)
    )
    held = names | {guess.kode for guess in guesses}
    return tuple(kode for kode in _codes(kode_provinsi) if kode in held)


def _names(grid: Kisi, kepala: Kepala) -> Iterator[str]:
    body = kepala.body(grid.sel)
    for name in _KOLOM:
        if name in kepala.posisi:
            yield from map(cell_text, body.iloc[:, kepala.posisi[name]].unique())


def _codes(kode_provinsi: str) -> list[str]:
    frame = load_wilayah()
    own = frame["kode_induk"].eq(kode_provinsi) & frame["tingkat"].eq("kabupaten")
    return list(frame.loc[own, "kode"])
