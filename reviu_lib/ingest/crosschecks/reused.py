"""Files that stand in the folder of another year as well: the same bytes or the same figures."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from reviu_lib.ingest.files import BerkasDitolak, Kisi, list_entries, read_grids
from reviu_lib.ingest.findings import Tempat, Temuan, note
from reviu_lib.ingest.parse.texts import cell_text
from reviu_lib.ingest.sources import name_source

_TAHUN = re.compile(r"20\d\d")
_UKURAN_ISI = 2_000_000  # bytes; larger files are compared byte for byte only
_BEDA_UKURAN = 0.2  # files with the same figures differ little in size
_ANGKA_MINIMUM = 20  # cells with figures; fewer may be equal by chance
_BERANGKA = re.compile(r"\d")


def find_reused(folders: Iterable[Path]) -> list[Temuan]:
    """Return K26 for each file whose bytes or figures are those of a file of another year.

    The other years are the folders beside each folder. Cells that name a year do not matter.
    """
    found = []
    for folder in folders:
        others = [path for other in _other_years(folder) for path in _files(other)]
        for path in _files(folder) if others else []:
            twin = _find_twin(path, others)
            if twin is not None:
                words = f"{path.name} dan {twin.parent.name}/{twin.name}"
                found.append(note("K26", Tempat(name_source(path)), rincian=words))
    return found


def _other_years(folder: Path) -> list[Path]:
    if not (_TAHUN.fullmatch(folder.name) and folder.parent.is_dir()):
        return []
    beside = sorted(folder.parent.iterdir())
    return [path for path in beside if _TAHUN.fullmatch(path.name) and path.name != folder.name]


def _files(folder: Path) -> list[Path]:
    return [path for path in list_entries(folder) if path.is_file()] if folder.is_dir() else []


def _find_twin(path: Path, others: Iterable[Path]) -> Path | None:
    size = path.stat().st_size
    near = [other for other in others if abs(other.stat().st_size - size) <= size * _BEDA_UKURAN]
    same = (other for other in near if other.stat().st_size == size)
    copy = next((other for other in same if _digest(other) == _digest(path)), None)
    return copy if copy or size > _UKURAN_ISI else _find_alike(path, near)


def _find_alike(path: Path, near: list[Path]) -> Path | None:
    """Return the file with the same figures in the same order."""
    own = _figures(path) if near else ()
    return next((other for other in near if own and _figures(other) == own), None)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _figures(path: Path) -> tuple[str, ...]:
    """Return the cells with figures but no year, in order; () when too few or unreadable."""
    try:
        grids = read_grids(path)
    except (BerkasDitolak, OSError):
        return ()
    cells = tuple(cell for grid in grids for cell in _cells(grid))
    return cells if len(cells) >= _ANGKA_MINIMUM else ()


def _cells(grid: Kisi) -> Iterator[str]:
    frame: pd.DataFrame = grid.sel
    for row in frame.to_numpy(dtype=object):
        for value in row:
            text = cell_text(value)
            if _BERANGKA.search(text) and not _TAHUN.search(text):
                yield text
