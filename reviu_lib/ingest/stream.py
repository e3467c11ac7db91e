"""Many large files with little memory: one grid at a time, finished rows written and forgotten.

A sheet of 100,000 rows and 38 columns takes about 300 MB as raw cells and 40 MB as canonical
rows. The files of a folder are therefore opened one after the other; once their cells together
pass a limit, the large sheets are let go and opened again when their rows are read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from reviu_lib.files import make_private
from reviu_lib.ingest.checks import Konteks
from reviu_lib.ingest.files import Kisi
from reviu_lib.ingest.findings import Tempat
from reviu_lib.ingest.identity import mask_frame
from reviu_lib.ingest.layouts import Kepala
from reviu_lib.ingest.sources import Sumber, judge_source, open_source
from reviu_lib.ingest.tables import Potongan
from reviu_lib.ingest.unite import unite


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


@dataclass(frozen=True)
class Bagian:
    """What one file holds of one kabupaten: pieces without identity, and the names to mask."""

    kode_kabupaten: str
    tahun: int | None
    potongan: tuple[Potongan, ...]
    nama: frozenset[str]


def open_folder(
    paths: Iterable[Path], konteks: Konteks, *, batas: Batas | None = None
) -> list[Terbuka]:
    """Return every file opened and judged, with at most about `batas` raw cells in memory."""
    limit = batas or BATAS
    opened: list[Terbuka] = []
    for path in paths:
        opened.append(Terbuka(path, judge_source(open_source(path), konteks)))
        if sum(item.sel for item in opened) > limit.semua:
            opened = [item.release(limit.satu) for item in opened]
    return opened


def _grids(source: Sumber) -> list[Kisi]:
    return list({id(grid): grid for grid, _ in source.lembar}.values())


def _may_go(grid: Kisi, kepala: Kepala, satu: int) -> bool:
    return grid.sel.size > satu and kepala.sumber.tabel != _DIBUTUHKAN_AWAL


def write_parts(parts: Iterable[Bagian], folder: Path) -> dict[str, int]:
    """Write the rows of each part as parquet and forget them; return the rows of each table.

    One file a part: `folder/<tabel>/<kode_kabupaten>/<tahun>/<nomor>.parquet`, with the canonical
    columns, then file, sheet, and row of origin. Text is masked with the names of its own file.
    Rows of one child and day in two files are both written: whoever counts them unites them.
    """
    counts: dict[str, int] = {}
    for number, part in enumerate(parts):
        for tabel, frame in _masked_tables(part).items():
            place = folder / tabel / part.kode_kabupaten / str(part.tahun or 0)
            path = make_private(place) / f"{number:05d}.parquet"
            frame.to_parquet(path, index=False, compression="zstd")
            counts[tabel] = counts.get(tabel, 0) + len(frame)
    return counts


def _masked_tables(part: Bagian) -> dict[str, pd.DataFrame]:
    frames = unite(part.potongan)
    frames.pop(_DIBUTUHKAN_AWAL, None)
    return {
        tabel: mask_frame(tabel, frame, part.nama, Tempat(tabel=tabel))[0]
        for tabel, frame in frames.items()
    }
