"""What a removal takes away, what still shows numbers of it, and the run that does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviu_lib.batch import manifest
from reviu_lib.batch.books.index import write_index
from reviu_lib.batch.books.keeping import Books
from reviu_lib.batch.pool import Kabar
from reviu_lib.errors import RuangError
from reviu_lib.files import hash_file, list_files
from reviu_lib.store import Ruang
from reviu_lib.store.removal import (
    Unit,
    begin_removal,
    discard_hidden,
    end_removal,
    hide_derived,
    list_derived,
    list_noted,
    list_pending,
)
from reviu_lib.store.trail import Langkah


@dataclass(frozen=True)
class Hapusan:
    """What goes with these kabupaten and years, and what stays.

    `folder` are the folders that go with their files; `asing` those of the files that no run wrote
    or that somebody edited; `mentah` raw files, which stay; `bergantung` entries of manifests of
    other reports that were made with numbers of them.
    """

    unit: tuple[Unit, ...]
    folder: Mapping[Path, Sequence[Path]]
    asing: tuple[Path, ...]
    mentah: tuple[Path, ...]
    bergantung: tuple[Mapping[str, Any], ...]


def plan_removal(units: Sequence[Unit], *, ruang: Ruang) -> Hapusan:
    """Return what a removal of these kabupaten and years would take away."""
    folders = {
        path: [file for file in sorted(path.rglob("*")) if not file.is_dir()]
        for unit in units
        for path in list_derived(*unit, ruang=ruang)
    }
    raw = [path for unit in units for folder in ruang.folders_of(*unit)
           for path in list_files(folder)]  # fmt: skip
    entries = [entry for entry in manifest.list_entries(ruang) if _depends(entry, units, ruang)]
    foreign = [path for unit in units for path in _list_foreign(unit, ruang)]
    return Hapusan(tuple(units), folders, tuple(foreign), tuple(raw), tuple(entries))


def _list_foreign(unit: Unit, ruang: Ruang) -> list[Path]:
    """Return the files beside the reports of a unit that are not as a run wrote them."""
    folder = ruang.reports_of(*unit)
    digests = list_noted(*unit, ruang=ruang)
    for place in (folder, *(path for path in folder.glob("*") if path.is_dir())):
        digests |= {one for known in manifest.list_written(place).values() for one in known}
    return [
        path
        for path in list_files(folder)
        if path.name != "manifest.json"
        and not path.stem.endswith(manifest.USANG)
        and hash_file(path) not in digests
    ]


def _depends(entry: Mapping[str, Any], units: Sequence[Unit], ruang: Ruang) -> bool:
    """Return whether a report that stays was made with numbers of a unit.

    A review reads the earlier years of its kabupaten, a comparison those of each, and a notebook
    of one's own the files that it names.
    """
    codes, year = set(entry["kode"]), entry["tahun"]
    if entry.get("jenis") != "banding" and any((kode, year) in units for kode in codes):
        return False
    read = entry.get("kunci", {}).get("masukan", {})
    gone = [path.relative_to(ruang.root).as_posix() for unit in units
            for path in list_derived(*unit, ruang=ruang)]  # fmt: skip
    return any(kode in codes and tahun <= year for kode, tahun in units) or any(
        name.startswith(f"{place}/") for name in read for place in gone
    )


def remove_units(units: Sequence[Unit], books: Books) -> None:
    """Remove what was made from these units, and bring the pages that list it up to date.

    Raises RuangError when a folder is barred; then nothing is removed.
    """
    begin_removal(units, ruang=books.ruang)
    try:
        hide_derived(units, ruang=books.ruang)
    except RuangError:
        end_removal(books.ruang)
        raise
    _finish(units, books)


def finish_pending(books: Books) -> None:
    """Finish a removal that an earlier run began, before anything else is made."""
    if units := list_pending(books.ruang):
        hide_derived(units, ruang=books.ruang)
        _finish(units, books)
        named = ", ".join(f"{kode} tahun {tahun}" for kode, tahun in units)
        note = f"Penghapusan {named} yang terputus telah diselesaikan."
        books.cara.dengar(Kabar("catatan", "", 0, note))


def _finish(units: Sequence[Unit], books: Books) -> None:
    from reviu_lib.batch.plan.durations import drop_durations

    discard_hidden(units, ruang=books.ruang)
    drop_durations(books.ruang, units)
    write_index(books)
    books.ruang.beranda.unlink(missing_ok=True)  # it lists them too; `reviu lab` writes it anew
    for kode, tahun in units:
        books.note(Langkah("hapus", (kode,), tahun))
    end_removal(books.ruang)
