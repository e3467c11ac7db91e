"""Many large files with little memory: the cells of one large sheet at a time.

A sheet of 100,000 rows and 38 columns takes about 300 MB as raw cells and 40 MB as canonical
rows. The files of a folder are therefore opened one after the other; once their cells together
pass a limit, the large sheets are let go and opened again when their rows are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from reviu_lib.ingest.checks import Konteks
from reviu_lib.ingest.files import Kisi
from reviu_lib.ingest.layouts import Kepala
from reviu_lib.ingest.parts import Bagian, convert_source
from reviu_lib.ingest.sources import Sumber, judge_source, open_source


class Batas(NamedTuple):
    """How many raw cells stay open: of all files together, and of one sheet in any case.

    A small sheet costs less memory than opening it again costs time.
    """

    semua: int = 5_000_000  # about 400 MB
    satu: int = 200_000


BATAS = Batas()
_DIBUTUHKAN_AWAL = "identitas"  # its dates are needed before any row is read


@dataclass(frozen=True)
class Terbuka:
    """A file that was opened and judged; `dilepas` says that its large sheets were let go."""

    path: Path
    sumber: Sumber
    dilepas: bool = False

    @property
    def sel(self) -> int:
        """Raw cells that the file holds in memory."""
        return sum(grid.sel.size for grid in _grids(self.sumber))

    def release(self, satu: int) -> Terbuka:
        """Return the file without the cells of sheets larger than `satu`; identitas stays."""
        large = {id(grid) for grid, kepala in self.sumber.lembar if _may_go(grid, kepala, satu)}
        pairs = tuple(
            (replace(grid, sel=grid.sel.iloc[:0].copy()) if id(grid) in large else grid, kepala)
            for grid, kepala in self.sumber.lembar
        )
        source = replace(self.sumber, lembar=pairs)
        return replace(self, sumber=source, dilepas=True) if large else self

    def load(self, konteks: Konteks) -> Sumber:
        """Return the file with all its cells."""
        return judge_source(open_source(self.path), konteks) if self.dilepas else self.sumber

    def read(self, konteks: Konteks) -> Bagian:
        """Return what the file holds of the kabupaten; its raw cells are let go on the way."""
        return convert_source(self.load(konteks), konteks.tahun).check(konteks)


def open_file(path: Path, konteks: Konteks) -> Terbuka:
    """Return one file opened and judged."""
    return Terbuka(path, judge_source(open_source(path), konteks))


def open_folder(
    paths: Iterable[Path],
    konteks: Konteks,
    *,
    batas: Batas | None = None,
    buka: Callable[[Path, Konteks], Terbuka] = open_file,
) -> list[Terbuka]:
    """Return every file opened by `buka`, with at most about `batas` raw cells in memory."""
    limit = batas or BATAS
    opened: list[Terbuka] = []
    for path in paths:
        opened.append(buka(path, konteks))
        if sum(item.sel for item in opened) > limit.semua:
            opened = [item.release(limit.satu) for item in opened]
    return opened


def _grids(source: Sumber) -> list[Kisi]:
    return list({id(grid): grid for grid, _ in source.lembar}.values())


def _may_go(grid: Kisi, kepala: Kepala, satu: int) -> bool:
    return grid.sel.size > satu and kepala.sumber.tabel != _DIBUTUHKAN_AWAL
