"""What was made from the raw files of a kabupaten and year, and its removal: all of it, or nothing.

Every folder first gets a hidden name where it stands, and only when all have one do they go. A note
in `.reviu` says from before the first step what is on its way, so that a removal that was killed
can be finished by the next run.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from reviu_lib.errors import KodeError, RuangError
from reviu_lib.files import SEMENTARA, write_atomic
from reviu_lib.store.ruang import Ruang, load_isi

_CATATAN = "hapus.json"
Unit = tuple[str, int]


def list_derived(kode_kabupaten: str, tahun: int, *, ruang: Ruang) -> list[Path]:
    """Return the folders there are of what was made from a kabupaten and year.

    Public copies, reports, tables; and what is kept of the files of its province where they hold
    it, which other kabupaten share and which is made again when needed.
    """
    places = _places(kode_kabupaten, tahun, ruang)
    isi = load_isi(ruang, kode_kabupaten[:2], tahun)
    if isi and kode_kabupaten not in isi:
        places = places[:-1]
    return [path for path in places if os.path.lexists(path)]


def _places(kode: str, tahun: int, ruang: Ruang) -> list[Path]:
    public = ruang.portal_of(publik=True)
    return [
        public / ruang.reports_of(kode, tahun).relative_to(ruang.reports),
        ruang.reports_of(kode, tahun),
        ruang.processed_of(kode, tahun),
        ruang.bagian_provinsi(kode[:2], tahun),
    ]


def list_noted(kode_kabupaten: str, tahun: int, *, ruang: Ruang) -> set[str]:
    """Return the hashes of the files beside the reports that notes among the tables vouch for."""
    digests: set[str] = set()
    for path in ruang.processed_of(kode_kabupaten, tahun).glob("*.json"):
        with suppress(OSError, ValueError, AttributeError, KeyError, TypeError):
            digests |= set(json.loads(path.read_text(encoding="utf-8"))["keluaran"].values())
    return digests


def begin_removal(units: Sequence[Unit], *, ruang: Ruang) -> None:
    """Note which units are to be removed, so that the next run finishes what this one began."""
    note = json.dumps({"unit": [list(unit) for unit in units]})
    write_atomic(ruang.rahasia / _CATATAN, note.encode(), private=True)


def list_pending(ruang: Ruang) -> list[Unit]:
    """Return the units of a removal that has begun and not ended; none when the note is damaged."""
    try:
        note = json.loads((ruang.rahasia / _CATATAN).read_text(encoding="utf-8"))
        units = [(str(kode), int(tahun)) for kode, tahun in note["unit"]]
        _ = [ruang.processed_of(*unit) for unit in units]
    except (OSError, ValueError, KeyError, TypeError, KodeError):
        return []
    return units


def end_removal(ruang: Ruang) -> None:
    """Note that nothing of the last removal is left to do."""
    (ruang.rahasia / _CATATAN).unlink(missing_ok=True)


def hide_derived(units: Sequence[Unit], *, ruang: Ruang) -> None:
    """Give each folder of these units a hidden name beside its own.

    Raises RuangError when one cannot be moved, as where a file in it is open; all then have their
    names again.
    """
    paths = [path for unit in units for path in list_derived(*unit, ruang=ruang)]
    moved: list[tuple[Path, Path]] = []
    for path in dict.fromkeys(paths):
        hidden = path.with_name(f".{path.name}-{secrets.token_hex(4)}{SEMENTARA}")
        try:
            if path.is_symlink():
                raise OSError("tautan ke folder lain")
            os.replace(path, hidden)
        except OSError as error:
            for before, after in moved:
                os.replace(after, before)
            raise _barred(path, error) from error
        moved.append((path, hidden))


def discard_hidden(units: Sequence[Unit], *, ruang: Ruang) -> None:
    """Remove what has a hidden name, and folders that nothing is left in.

    Raises RuangError when something cannot be removed.
    """
    for hidden in _list_hidden(units, ruang):
        try:
            shutil.rmtree(hidden) if hidden.is_dir() else hidden.unlink()
        except OSError as error:
            raise _barred(hidden, error) from error
    for path in (place for unit in units for place in _places(*unit, ruang)):
        _remove_empty(path.parent, ruang)


def _list_hidden(units: Sequence[Unit], ruang: Ruang) -> Iterator[Path]:
    """Yield what has a hidden name now, and what runs that were killed left beside it."""
    for parent in {place.parent for unit in units for place in _places(*unit, ruang)}:
        yield from parent.glob(f".*{SEMENTARA}")


def _remove_empty(folder: Path, ruang: Ruang) -> None:
    """Remove a folder that nothing is left in, and those above it, below data and reports."""
    stay = {ruang.processed, ruang.reports, ruang.portal_of(publik=True), ruang.root}
    with suppress(OSError):
        while folder not in stay:
            folder.rmdir()
            folder = folder.parent


def _barred(path: Path, error: OSError) -> RuangError:
    return RuangError(
        f"Folder ini tidak dapat dihapus ({error.strerror or error}).",
        di=str(path),
        lakukan="Tutup berkas di dalamnya bila sedang dibuka, periksa hak tulisnya, lalu ulangi.",
    )
