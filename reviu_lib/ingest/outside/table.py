"""One table of a file, found by its headings, every row and column kept as it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pandas as pd

from reviu_lib.catalog import Angka, Frozen, build, read_toml
from reviu_lib.errors import BerkasError, TataLetakError
from reviu_lib.formatting import join_list, list_first, mask_identity
from reviu_lib.ingest.files import BerkasDitolak, Kisi, read_grids
from reviu_lib.ingest.findings import Tempat, note
from reviu_lib.ingest.layouts import TabelSumber, load_layouts
from reviu_lib.ingest.layouts.model import normalize_heading
from reviu_lib.ingest.parse.texts import cell_text

_BERKAS = "tabel_luar.toml"
_BARIS_DICARI = 15  # titles and blank rows above a header
_JUDUL_DITAMPILKAN = 12


Kepala = tuple[int, str, Mapping[str, int]]  # file row, way of naming, place of each column


class Susunan(Frozen):
    """One way to name the columns: the headings of each, and those that mark it.

    With `tata_letak` the headings, equal words, and stand-ins for missing of that layout count too.
    """

    nama: str
    rujukan: str
    penanda: tuple[str, ...]
    tata_letak: str = ""
    kolom: Mapping[str, tuple[str, ...]]

    @property
    def sumber(self) -> TabelSumber | None:
        """What the layout declares about measurements, None without a layout."""
        return load_layouts()[self.tata_letak].tabel["pengukuran"] if self.tata_letak else None

    def find(self, headings: Sequence[str]) -> dict[str, int]:
        """Return where each known column stands; of equal headings the first."""
        known = _titles(self)
        places: dict[str, int] = {}
        for place, heading in enumerate(headings):
            if heading in known:
                places.setdefault(known[heading], place)
        return places


class Identitas(Frozen):
    """Words in a heading that point at a person, and words beside which they do not."""

    rujukan: str
    kata: tuple[str, ...]
    bukan: tuple[str, ...]


class Luar(Frozen):
    """All that is declared about tables from outside."""

    susunan: Mapping[str, Susunan]
    selisih_z: Angka
    identitas: Identitas


@cache
def load_luar() -> Luar:
    """Return the known ways to name columns, and the headings of identity."""
    return build(Luar, read_toml(_BERKAS), _BERKAS)


def _titles(susunan: Susunan) -> Mapping[str, str]:
    """Return the column of each normalised heading."""
    source = susunan.sumber
    return {
        normalize_heading(title): name
        for name, titles in susunan.kolom.items()
        for title in (*(source.own(name).judul if source else ()), *titles)
    }


@dataclass(frozen=True)
class TabelLuar:
    """A table as it stands in its file: raw cells by file row and column place, and headings.

    `susunan` is the code of the way its columns are named, `posisi` where each known one stands.
    """

    berkas: str
    lembar: str
    susunan: str
    judul: tuple[str, ...]
    sel: pd.DataFrame
    posisi: Mapping[str, int]
    baris_judul: int
    lembar_lain: tuple[str, ...] = ()

    @property
    def nama_susunan(self) -> Susunan:
        """The declaration of the way its columns are named."""
        return load_luar().susunan[self.susunan]

    @property
    def tempat(self) -> str:
        """The file, sheet, and header row in words."""
        sheet = f", lembar {self.lembar}" if self.lembar else ""
        return mask_identity(f"{self.berkas}{sheet}, baris judul {self.baris_judul}")

    def cells(self, name: str) -> pd.Series | None:
        """Return the raw cells of a known column, None where the table has none."""
        if name not in self.posisi:
            return None
        return self.sel.iloc[:, self.posisi[name]]

    def heading(self, name: str) -> str:
        """Return how the table calls a known column."""
        return self.judul[self.posisi[name]]


def open_table(path: Path) -> TabelLuar:
    """Return the first table of a file whose headings are known, whatever its format.

    Raises BerkasError when the file cannot be read, TataLetakError when no sheet has such headings.
    """
    grids = [grid for grid in _read(path) if not grid.sel.empty]
    for grid in grids:
        if found := _find_header(grid):
            others = tuple(other.lembar for other in grids if other is not grid)
            return replace(_cut(path.name, grid, found), lembar_lain=others)
    raise _unknown(path.name, grids)


def _read(path: Path) -> list[Kisi]:
    try:
        return read_grids(path)
    except BerkasDitolak as refused:
        words = note(refused.kode, Tempat(path.name), rincian=refused.rincian).row()
        raise BerkasError(
            words["uraian"], di=mask_identity(path.name), lakukan=words["saran"]
        ) from None


def _cut(berkas: str, grid: Kisi, found: Kepala) -> TabelLuar:
    """Return the rows below the header up to the last filled one."""
    row, code, places = found
    body = grid.sel.loc[row + 1 :]
    filled = ((body != "") & body.notna()).any(axis=1).to_numpy().nonzero()[0]
    headings = tuple(cell_text(cell) for cell in grid.sel.loc[row])
    kept = body.iloc[: filled[-1] + 1 if len(filled) else 0]
    return TabelLuar(berkas, grid.lembar, code, headings, kept, places, row)


def _find_header(grid: Kisi) -> Kepala | None:
    """Return row, way of naming, and places of the first row with all marks of a way."""
    for row, cells in grid.sel.head(_BARIS_DICARI).iterrows():
        headings = [normalize_heading(cell) for cell in cells]
        for code, susunan in load_luar().susunan.items():
            places = susunan.find(headings)
            if len(places) > 1 and places.keys() >= set(susunan.penanda):
                return int(str(row)), code, places
    return None


def _unknown(berkas: str, grids: Sequence[Kisi]) -> TataLetakError:
    seen = [cell_text(cell) for grid in grids[:1] for cell in grid.sel.iloc[0]]
    shown = list_first(
        [mask_identity(text) for text in seen if text], _JUDUL_DITAMPILKAN, pemisah=", "
    )
    marks = " atau ".join(
        f"{join_list(item.penanda)} ({item.nama})" for item in load_luar().susunan.values()
    )
    return TataLetakError(
        f"Judul kolom tidak dikenali; yang dicari {marks}. Yang ada: {shown or '(kosong)'}.",
        di=mask_identity(berkas),
        lakukan="Beri judul kolom seperti pada panduan zskor, lalu ulangi.",
    )
