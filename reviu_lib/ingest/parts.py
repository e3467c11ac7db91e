"""What one file holds of each kabupaten: converted once, checked for each, names known for all."""

from __future__ import annotations

from dataclasses import dataclass

from reviu_lib.ingest.checks import Konteks, check_rows
from reviu_lib.ingest.crosschecks import check_recap, check_scorecard
from reviu_lib.ingest.identity import NamaOrang, collect_names
from reviu_lib.ingest.identity.services import read_services
from reviu_lib.ingest.layouts import Kepala
from reviu_lib.ingest.measures import read_cases, read_measures
from reviu_lib.ingest.shapes import is_shaped, reshape
from reviu_lib.ingest.sources import Sumber
from reviu_lib.ingest.tables import Potongan, read_table

# Tables of people by name.
_ORANG = {
    "pengukuran": read_measures,
    "kasus": read_cases,
    "layanan_sasaran": read_services,
}

_BANDING = {"rekap": check_recap, "konvergensi": check_scorecard}  # counts against each other


@dataclass(frozen=True)
class Bagian:
    """What one file holds of one kabupaten: pieces without identity columns, and names to mask.

    `disamarkan` are texts of the pieces that were masked before they were kept.
    """

    potongan: tuple[Potongan, ...]
    nama: NamaOrang
    disamarkan: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Terkonversi:
    """The converted tables of a file, still with identity, and the names of people in them."""

    tabel: tuple[tuple[Potongan, Kepala], ...]
    nama: frozenset[str]

    def check(self, konteks: Konteks) -> Bagian:
        """Return what the file holds of one kabupaten, after the rules of each table."""
        pieces = (
            part
            for piece, kepala in self.tabel
            for part in ((piece,) if kepala.kurang else _check(piece, kepala, konteks))
        )
        return Bagian(tuple(pieces), self.nama)


def convert_source(source: Sumber, tahun: int | None) -> Terkonversi:
    """Return the tables of an opened file cell by cell; the raw cells are not needed after it."""
    names: set[str] = set()
    tables: list[tuple[Potongan, Kepala]] = []
    for grid, kepala in source.lembar:
        piece = read_table(grid, kepala, source.berkas, tahun=tahun)
        if piece.tabel in _ORANG and not kepala.kurang:
            names |= collect_names(piece.frame)
        tables.append((piece, kepala))
    return Terkonversi(tuple(tables), frozenset(names))


def _check(piece: Potongan, kepala: Kepala, konteks: Konteks) -> tuple[Potongan, ...]:
    """Return the canonical pieces of a converted sheet, after the rules of its table."""
    if is_shaped(kepala):
        return reshape(piece, kepala, konteks)
    if piece.tabel in _ORANG and not piece.frame.empty:
        return (_ORANG[piece.tabel](piece, konteks),)
    checked = check_rows(piece, konteks)
    more = _BANDING.get(piece.tabel)
    return (more(checked) if more else checked,)
