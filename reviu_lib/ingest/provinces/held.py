"""Which kabupaten the files of a province hold, so that each gets its own report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reviu_lib.ingest.files import Kisi, list_entries
from reviu_lib.ingest.layouts import Kepala
from reviu_lib.ingest.parse.texts import cell_text
from reviu_lib.ingest.places import load_padanan, resolve_daftar_kabupaten
from reviu_lib.ingest.provinces.kept import Simpanan
from reviu_lib.ingest.sources import Sumber, open_source
from reviu_lib.reference import load_wilayah, nama_wilayah

# Canonical columns that name the kabupaten of a row, by code or by name.
_KOLOM = ("kode_kabupaten", "kabupaten", "wilayah")


def list_kabupaten(
    folder: Path, *, kode_provinsi: str, simpanan: Simpanan | None = None
) -> tuple[str, ...]:
    """Return the codes of the kabupaten of a province that the files of `folder` have rows of.

    A name that fits a kabupaten and a kota alike counts for neither, unless the other names or the
    reviewed mapping tell; unreadable files count for none, and say so when a report is made. What
    is kept in `simpanan` is not opened again.
    """
    names = {name for path in list_entries(folder) for name in _names_of(path, simpanan)}
    guesses = resolve_daftar_kabupaten(
        sorted(names), provinsi=nama_wilayah(kode_provinsi), padanan=load_padanan(folder)
    )
    held = names | {guess.kode for guess in guesses}
    return tuple(kode for kode in list_codes(kode_provinsi) if kode in held)


def _names_of(path: Path, simpanan: Simpanan | None) -> list[str]:
    kept = simpanan.open(path).isi if simpanan else {}
    return kept["wilayah"] if "wilayah" in kept else list_names(open_source(path))


def list_names(source: Sumber) -> list[str]:
    """Return the distinct codes and names of kabupaten, as written, in an opened file."""
    names = {name for grid, kepala in source.lembar for name in _names(grid, kepala)}
    return sorted(names)


def _names(grid: Kisi, kepala: Kepala) -> Iterator[str]:
    body = kepala.body(grid.sel)
    for name in _KOLOM:
        if name in kepala.posisi:
            yield from map(cell_text, body.iloc[:, kepala.posisi[name]].unique())


def list_codes(kode_provinsi: str) -> list[str]:
    """Return the codes of all kabupaten and kota of a province."""
    frame = load_wilayah()
    own = frame["kode_induk"].eq(kode_provinsi) & frame["tingkat"].eq("kabupaten")
    return list(frame.loc[own, "kode"])
