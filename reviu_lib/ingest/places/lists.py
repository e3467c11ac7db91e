"""A small list beside the raw files, such as the reviewed mapping: rows of text by heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from reviu_lib.ingest.files import BerkasDitolak, read_grids
from reviu_lib.ingest.findings import Tempat, Temuan, note
from reviu_lib.ingest.parse.texts import cell_text
from reviu_lib.reference import normalize_nama

PADANAN = "padanan_wilayah"
PUSKESMAS = "puskesmas"
_AKHIRAN = (".csv", ".xlsx")


class Baris(NamedTuple):
    """One filled row: its number in the file, and its cells as text by heading."""

    nomor: int
    isi: dict[str, str]


def is_mapping(path: Path) -> bool:
    """Return True for the lists that map places: they are no data."""
    return path.stem.lower() in {PADANAN, PUSKESMAS} and path.suffix.lower() in _AKHIRAN


def find_lists(folder: Path, stem: str) -> Iterator[Path]:
    """Yield the files of this name that apply to a folder of a year, the nearest last."""
    for place in (folder.parent, folder):
        yield from (path for end in _AKHIRAN if (path := place / f"{stem}{end}").is_file())


def read_list(path: Path, kolom: Sequence[str], kode: str) -> tuple[list[Baris], list[Temuan]]:
    """Return the rows below the heading, or a finding of kind `kode` when there is no such list."""
    place = Tempat(path.name, tabel="padanan")
    try:
        grids = read_grids(path)
    except BerkasDitolak as refused:
        return [], [note(kode, place, rincian=refused.rincian or "tidak dapat dibaca")]
    for grid in grids:
        cells = [[cell_text(cell) for cell in row] for row in grid.sel.to_numpy(dtype=object)]
        heading = [normalize_nama(cell).replace(" ", "_") for cell in cells[0]] if cells else []
        if set(kolom) <= set(heading):
            return _rows(heading, cells[1:], list(grid.sel.index[1:])), []
    return [], [note(kode, place, rincian=f"kolom {', '.join(kolom)} tidak lengkap")]


def _rows(heading: list[str], cells: list[list[str]], numbers: list[int]) -> list[Baris]:
    return [
        Baris(int(number), dict(zip(heading, row, strict=True)))
        for number, row in zip(numbers, cells, strict=True)
        if any(row)
    ]
