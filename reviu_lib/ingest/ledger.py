"""The ledger of rows: every filled row of every sheet is either used or set aside for a reason.

What is read is counted when a sheet is cut out, what is used is counted in the finished tables,
and what is set aside is booked where it happens; the three are independent, so that they can
contradict one another. `list_unaccounted` names the sheets where they do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from reviu_lib.catalog import tabel_masukan
from reviu_lib.formatting import mask_identity
from reviu_lib.ingest.tables import Potongan

Tempat = tuple[str, str, str]  # file, sheet, canonical table
_BARIS = ["_berkas", "_lembar", "_blok", "_baris"]  # one row of one table in a file
_IDENTITAS = "identitas"  # read for dates and codes; it is no table of BahanReviu


@dataclass
class Neraca:
    """Counts by place while files are read; `to_frame` gives the canonical table."""

    dibaca: Counter[Tempat] = field(default_factory=Counter)
    dipakai: Counter[Tempat] = field(default_factory=Counter)
    disisihkan: dict[Tempat, Counter[str]] = field(default_factory=dict)

    def add_piece(self, piece: Potongan) -> None:
        """Book the rows of a sheet read and set aside; identitas rows count as used here.

        Rows derived from those of another piece are booked with that one.
        """
        if piece.turunan:
            return
        place = (piece.tempat.berkas, piece.tempat.lembar, piece.tabel)
        self.dibaca[place] += piece.dibaca
        for kode, count in piece.disisihkan:
            self._book(place, kode, count)
        if piece.tabel == _IDENTITAS:
            self.dipakai[place] += len(piece.frame)

    def add_unread(self, berkas: str, lembar: str, kode: str, rows: int, tabel: str = "") -> None:
        """Book a sheet of which no row is read."""
        place = (berkas, lembar, tabel)
        self.dibaca[place] += rows
        self._book(place, kode, rows)

    def add_aside(self, tabel: str, rows: pd.DataFrame, kept: pd.DataFrame | None = None) -> None:
        """Book united rows set aside: columns _berkas, _lembar, _blok, _baris, kode.

        A line of a wide table gives many rows; it is set aside when none of them is kept.
        """
        places = [name for name in _BARIS if name in rows]
        lines = rows.drop_duplicates(places)
        if len(lines) and kept is not None:
            used = pd.MultiIndex.from_frame(kept[places])
            lines = lines.loc[~pd.MultiIndex.from_frame(lines[places]).isin(used)]
        counts = lines.groupby(["_berkas", "_lembar", "kode"]).size()
        for (berkas, lembar, kode), count in counts.items():
            self._book((berkas, lembar, tabel), kode, int(count))

    def add_used(self, frames: Mapping[str, pd.DataFrame]) -> None:
        """Count the lines of files that stand behind the finished tables."""
        for tabel, frame in frames.items():
            lines = frame[_BARIS].drop_duplicates()
            for (berkas, lembar), count in lines.groupby(["_berkas", "_lembar"]).size().items():
                if (place := (berkas, lembar, tabel)) in self.dibaca:  # not what is derived
                    self.dipakai[place] += int(count)

    def _book(self, place: Tempat, kode: str, count: int) -> None:
        if count:
            self.disisihkan.setdefault(place, Counter())[kode] += count

    def to_frame(self) -> pd.DataFrame:
        """Return the canonical table `neraca_baris`, in reading order."""
        rows = [self._row(place) for place in self.dibaca]
        return tabel_masukan()["neraca_baris"].conform(pd.DataFrame(rows))

    def _row(self, place: Tempat) -> dict[str, object]:
        aside = self.disisihkan.get(place, Counter())
        return {
            "berkas": mask_identity(place[0]),
            "lembar": mask_identity(place[1]),
            "tabel": place[2],
            "dibaca": self.dibaca[place],
            "dipakai": self.dipakai[place],
            "disisihkan": aside.total(),
            "alasan": "; ".join(f"{kode}: {count}" for kode, count in sorted(aside.items())),
        }


def list_unaccounted(neraca: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `neraca_baris` whose rows read are not used plus set aside; none is."""
    return neraca.loc[neraca["dibaca"] != neraca["dipakai"] + neraca["disisihkan"]]


def keep_books(
    pieces: Sequence[Potongan], frames: Mapping[str, pd.DataFrame], neraca: Neraca
) -> None:
    """Book what was read from the sheets and what stands in the finished tables.

    `frames` holds, by table, the origins of its rows: the table itself, or all lines of files
    behind a table whose rows are sums.
    """
    for piece in pieces:
        neraca.add_piece(piece)
    neraca.add_used(frames)
