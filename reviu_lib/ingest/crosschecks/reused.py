"""Files that stand in the folder of another year as well: the same bytes or the same figures."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import pandas as pd

from reviu_lib.files import hash_bytes, hash_file
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
    told = hash_file(path) if os.access(path, os.R_OK) else ""
    copy = next((other for other in same if hash_file(other) == told), None)
    return copy if copy or size > _UKURAN_ISI else _find_alike(path, near)


def _find_alike(path: Path, near: list[Path]) -> Path | None:
    """Return the file with the same figures in the same order."""
    own = _figures(path, hash_file(path)) if near else ""
    return next((one for one in near if own and _figures(one, hash_file(one)) == own), None)


@lru_cache(maxsize=4096)
def _figures(path: Path, isi: str) -> str:
    """Return one hash over the cells with figures but no year; "" when too few or unreadable.

    Each content (`isi`) is opened once a process: the files of a province are asked for by every
    kabupaten.
    """
    try:
        grids = read_grids(path)
    except (BerkasDitolak, OSError):
        return ""
    cells = [cell for grid in grids for cell in _cells(grid)]
    return hash_bytes("\n".join(cells).encode()) if len(cells) >= _ANGKA_MINIMUM else ""


def _cells(grid: Kisi) -> Iterator[str]:
    frame: pd.DataFrame = grid.sel
    for row in frame.to_numpy(dtype=object):
        for value in row:
            text = cell_text(value)
            if _BERANGKA.search(text) and not _TAHUN.search(text):
                yield text
