"""Where a header may stand on a sheet, and what its headings are when it takes several rows.

The upper cell of a two-row header counts for all columns of its merged range; where the file
does not tell merged ranges (CSV), it counts until the next filled upper cell. A heading then has
several readings, the most complete first: `Lahir hidup L`, `L`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reviu_lib.ingest.files.grid import Kisi, number_columns
from reviu_lib.ingest.layouts.model import normalize_heading
from reviu_lib.ingest.parse.distinct import Ragam
from reviu_lib.ingest.parse.texts import cell_text

BARIS_DICARI = 15  # titles and blank rows above a first header; more than this was never seen
_TINGGI = 3  # rows a header may take
_SEL_DIPERIKSA = 200_000  # on larger sheets only rows after a gap are looked at again
_KOLOM_PENANDA = 3
_JUDUL_MINIMUM = 2
_TAHUN_JUDUL = range(1900, 2101)
_ANGKA_TAHUN = 4
_TAHUN = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TANDA_BILANGAN = str.maketrans("", "", ".,%+-")

Judul = tuple[tuple[str, ...], ...]  # by place: the readings of one heading
Kata = frozenset[str]


@dataclass(frozen=True)
class Calon:
    """A possible header: its file rows from `awal` to `akhir`, and its headings by place."""

    awal: int
    akhir: int
    judul: Judul

    def cut(self, kiri: int, kanan: int) -> Calon:
        """Return the same header with the headings of places `kiri` until `kanan` only."""
        kept = tuple(
            names if kiri <= place < kanan else () for place, names in enumerate(self.judul)
        )
        return Calon(self.awal, self.akhir, kept)

    def count_known(self, dikenal: Kata) -> int:
        """Return how many headings are among these words, or name a year."""
        return sum(
            any(name.removesuffix(" %") in dikenal or _TAHUN.search(name) for name in names)
            or not dikenal.isdisjoint(names)
            for names in self.judul
        )

    @property
    def ruas(self) -> list[tuple[int, int]]:
        """The runs of filled headings, as first place and the place after the last."""
        filled = [place for place, names in enumerate(self.judul) if names]
        runs: list[tuple[int, int]] = []
        for place in filled:
            if runs and runs[-1][1] == place:
                runs[-1] = (runs[-1][0], place + 1)
            else:
                runs.append((place, place + 1))
        return [part for run in runs for part in self._split_repeated(run)]

    def _split_repeated(self, run: tuple[int, int]) -> list[tuple[int, int]]:
        """Return a run cut wherever its first heading comes again (tables side by side)."""
        first = self.judul[run[0]]
        starts = [place for place in range(*run) if self.judul[place] == first]
        return list(zip(starts, [*starts[1:], run[1]], strict=True))


def list_top(kisi: Kisi) -> list[Calon]:
    """Return the possible headers in the first rows, from top to bottom, single rows first."""
    first = kisi.sel.head(BARIS_DICARI)
    return list(_list_at(kisi, first, range(len(first))))


def list_below(kisi: Kisi, sesudah: int, penanda: Sequence[int], dikenal: Kata) -> list[Calon]:
    """Return the possible headers below file row `sesudah` with two or more known headings.

    `penanda` are the first columns of the table above: on a very large sheet only rows that
    follow a gap in them, or hold a known heading there, are looked at.
    """
    body = kisi.sel.loc[sesudah + 1 :]
    places: Collection[int] = range(len(body))
    if body.size > _SEL_DIPERIKSA:
        marks = number_columns(body.iloc[:, list(penanda[:_KOLOM_PENANDA])])
        places = _after_gaps(marks, dikenal)
    rows = body.iloc[list(places)].to_numpy(dtype=object)
    known = [place for place, row in zip(places, rows, strict=True) if _knows(row, dikenal)]
    return list(_list_at(kisi, body, known))


def read_at(kisi: Kisi, awal: int, akhir: int) -> Calon:
    """Return the header that stands in these file rows, whatever they hold."""
    stack = kisi.sel.loc[awal:akhir]
    return _read(kisi, [int(label) for label in stack.index], list(stack.to_numpy(dtype=object)))


def row_words(row: Iterable[object]) -> Kata:
    """Return the cells of a row as they are compared in a quick look: lower case, trimmed."""
    return frozenset(cell.strip().lower() for cell in row if isinstance(cell, str) and cell)


def _knows(row: Iterable[object], dikenal: Kata) -> bool:
    words = (cell.strip().lower() for cell in row if isinstance(cell, str) and cell)
    return sum(word in dikenal for word in words) >= _JUDUL_MINIMUM


def _after_gaps(marks: Sequence[Ragam], dikenal: Kata) -> list[int]:
    """Return the places of rows right after a gap, or with a known heading in a marking column."""
    blank = np.logical_and.reduce([column.is_true(_is_blank) for column in marks])
    known = [column.is_true(lambda cell: _is_known(cell, dikenal)) for column in marks]
    heads = np.logical_or.reduce(known).nonzero()[0].tolist()
    gaps = blank.nonzero()[0].tolist()
    after = {place + step for place in gaps for step in range(1, _TINGGI + 1)}
    return sorted(place for place in after.union(heads) if place < len(blank))


def _is_blank(cell: object) -> bool:
    return cell == "" or bool(pd.isna(cell))


def _is_known(cell: object, dikenal: Kata) -> bool:
    return isinstance(cell, str) and cell.strip().lower() in dikenal


def _list_at(kisi: Kisi, body: pd.DataFrame, places: Iterable[int]) -> Iterator[Calon]:
    """Yield possible headers whose last row stands at one of these places of `body`."""
    for place in places:
        top = max(place - _TINGGI + 1, 0)
        stack = body.iloc[top : place + 1]
        rows = list(stack.to_numpy(dtype=object))
        labels = [int(label) for label in stack.index]
        if not rows or not _is_header_row(rows[-1]):
            continue
        for height in range(1, len(rows) + 1):
            if not _is_stack(labels[-height:], rows[-height:]):
                break
            yield _read(kisi, labels[-height:], rows[-height:])


def _is_header_row(row: Sequence[object]) -> bool:
    """Return True where words stand in two or more cells, or in as many as figures do."""
    figures = sum(_is_figure(cell) for cell in row)
    words = sum(
        isinstance(cell, str) and cell.strip() != "" and not _is_figure(cell) for cell in row
    )
    return words >= _JUDUL_MINIMUM and words >= figures


def _is_figure(cell: object) -> bool:
    """Return True for a number, also one written as text, that is no year: headings are words."""
    if isinstance(cell, str):
        digits = cell.strip().translate(_TANDA_BILANGAN)
        return digits.isdecimal() and (
            len(digits) != _ANGKA_TAHUN or int(digits) not in _TAHUN_JUDUL
        )
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return False
    return cell not in _TAHUN_JUDUL


def _is_stack(labels: Sequence[int], rows: Sequence[Sequence[object]]) -> bool:
    """Return True where the rows stand right below one another and hold no figures above."""
    if labels[-1] - labels[0] != len(labels) - 1:
        return False
    return not any(_is_figure(cell) for row in rows[:-1] for cell in row)


def _read(kisi: Kisi, labels: Sequence[int], rows: Sequence[Sequence[object]]) -> Calon:
    texts = [[cell_text(cell) for cell in row] for row in rows]
    filled = [
        _spread(kisi, label, upper, texts[place + 1])
        for place, (label, upper) in enumerate(zip(labels[:-1], texts[:-1], strict=True))
    ]
    columns = zip(*texts, *filled, strict=True)
    height = len(texts)
    judul = tuple(_readings(column[:height], column[height:]) for column in columns)
    return Calon(labels[0], labels[-1], judul)


def _spread(kisi: Kisi, label: int, upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return an upper header row with each cell repeated over the columns it stands above."""
    spread = list(upper)
    wide = _wide_cells(kisi, label)
    for left, right in wide:
        for place in range(left, min(right + 1, len(spread))):
            spread[place] = upper[left]
    for place in range(1, len(spread)):
        if not wide and not spread[place] and lower[place]:
            spread[place] = spread[place - 1]
    return spread


def _wide_cells(kisi: Kisi, label: int) -> list[tuple[int, int]]:
    """Return the first and last place of each range in a file row merged over several columns."""
    return [
        (left, right)
        for (top, left), (bottom, right) in kisi.gabung
        if top < label <= bottom + 1 and right > left
    ]


def _readings(own: Sequence[str], spread: Sequence[str]) -> tuple[str, ...]:
    """Return how the heading of one column may be read, the most complete reading first.

    `own` are the cells of the column from top to bottom, `spread` the same without the lowest
    but with what stands above through merging.
    """
    lowest = own[-1]
    if not lowest:
        return _distinct([next((text for text in reversed(own) if text), "")])
    above = [text for text in dict.fromkeys(spread) if text and text != lowest]
    whole = " ".join([*above, lowest])
    partly = [f"{text} {lowest}" for text in reversed(above)] if len(above) > 1 else []
    return _distinct([whole, *partly, lowest])


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    normal = (normalize_heading(text) for text in texts)
    return tuple(dict.fromkeys(text for text in normal if text))
