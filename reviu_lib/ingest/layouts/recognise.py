"""Which declared tables a sheet holds, where each has its header, and how far it reaches.

The header is searched in the first rows by the declared headings; the name of the file plays no
part, the name of a sheet only in the kabupaten workbook. Below it and beside it further tables
may stand. Where two layouts fit equally well, nobody guesses: the header says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

import pandas as pd

from reviu_lib.catalog import cached
from reviu_lib.ingest.files.grid import Kisi
from reviu_lib.ingest.layouts.headers import Calon, list_below, list_top, row_words
from reviu_lib.ingest.layouts.model import (
    Folder,
    TabelSumber,
    TataLetak,
    list_forms,
    load_layouts,
    normalize_heading,
)
from reviu_lib.ingest.layouts.wide import load_kosakata
from reviu_lib.ingest.parse.texts import cell_text
from reviu_lib.reference import normalize_nama

_JUDUL_DIINGAT = 10_000  # cells of rows that may be headers; most of them come again and again
_SEDIKITNYA = 2  # known columns that do where the table is named already


@dataclass(frozen=True)
class Kepala:
    """A recognised header: where it is, which column stands where, and the rows it is for.

    `baris_awal` and `baris_akhir` are the first and last file row below it that may be its data
    (None: until the end); `kolom_awal` and `kolom_akhir` the places it spans. `sela` are rows in
    between that hold titles or a header again. `setara` names other tables that fit as well,
    `dipetakan` says that a user's mapping
    put it there and `tahun` which year that declares.
    """

    tata_letak: TataLetak
    sumber: TabelSumber
    baris_awal: int
    posisi: Mapping[str, int]
    tak_dikenal: tuple[str, ...] = ()
    ganda: tuple[str, ...] = ()
    judul_atas: str = ""
    baris_judul: int = 0
    baris_akhir: int | None = None
    kolom_awal: int = 0
    kolom_akhir: int | None = None
    sela: tuple[int, ...] = ()
    setara: tuple[str, ...] = ()
    tahun: int | None = None
    dipetakan: bool = False

    @property
    def kurang(self) -> tuple[str, ...]:
        """The obligatory columns that are absent; a yearly column counts for its name."""
        present = {name.partition("@")[0] for name in self.posisi}
        return tuple(
            name
            for name in self.sumber.perlu
            if name not in present and name not in self.sumber.bawaan
        )

    def body(self, sel: pd.DataFrame) -> pd.DataFrame:
        """Return the rows below the header, all columns of the sheet."""
        return sel.loc[self.baris_awal : self.baris_akhir]

    def span(self, sel: pd.DataFrame) -> pd.DataFrame:
        """Return the rows below the header, only the columns the table spans."""
        last = self.kolom_akhir if self.kolom_akhir is not None else sel.shape[1]
        return self.body(sel).iloc[:, self.kolom_awal : last]

    def covers(self, other: Kepala) -> bool:
        """Return True where the two tables share a column."""
        last = self.kolom_akhir
        end = other.kolom_akhir
        return (last is None or other.kolom_awal < last) and (end is None or self.kolom_awal < end)


Pasangan = tuple[TataLetak, TabelSumber]


def recognise(kisi: Kisi, *, folder: Folder = "", tata_letak: str = "") -> tuple[Kepala, ...]:
    """Return the tables of a sheet from top to bottom; none when no layout fits.

    `folder` says whose folder the file lies in; layouts of the other kind are not tried. With
    `tata_letak` only that layout is, and two known columns are enough to be it. The same holds
    for a sheet called as in the workbook, unless it lacks what that table needs and fits another.
    """
    if tata_letak:
        own = [pair for pair in _all_tables() if pair[0].kode == tata_letak]
        return _recognise_among(kisi, own, _SEDIKITNYA, _words(""))
    meant = _recognise_named(kisi, folder)
    if _is_complete(meant):
        return meant
    found = _recognise_among(kisi, _all_tables(folder), 0, _words(folder))
    titled = tuple(item for item in found if has_title(item, kisi.lembar))
    return titled if not meant or _is_complete(titled) else meant


def _recognise_named(kisi: Kisi, folder: Folder) -> tuple[Kepala, ...]:
    """Return the workbook's table that the sheet is called after, () when it is none."""
    named = _table_of_sheet(kisi.lembar)
    return _recognise_among(kisi, [named], _SEDIKITNYA, _words(folder)) if named else ()


def _is_complete(tables: Sequence[Kepala]) -> bool:
    """Return True where tables were found and none lacks a column that it needs."""
    return bool(tables) and not any(kepala.kurang for kepala in tables)


def _recognise_among(
    kisi: Kisi, tables: Sequence[Pasangan], least: int, known: frozenset[str]
) -> tuple[Kepala, ...]:
    """Return the tables of a sheet among these; `least` known columns do instead of the marks."""
    top = _find_top(kisi, tables, least, known)
    if not top:
        return ()
    main = _main(top)
    before = [fit for fit in top if fit[0].baris_awal <= main[0].baris_judul and _is_whole(fit)]
    chosen = _without_overlap([main, *before, *_find_below(kisi, main[0], tables, known)])
    laid = _lay_out(kisi, list(chain.from_iterable(chosen)))
    return tuple(fill_from_title(item) for item in laid)


def _find_top(
    kisi: Kisi, tables: Sequence[Pasangan], least: int, known: frozenset[str]
) -> list[tuple[Kepala, ...]]:
    likely = (calon for calon in list_top(kisi) if calon.count_known(known) > 1)
    return [fit for calon in likely if (fit := _fit(calon, tables, least))]


def _find_below(
    kisi: Kisi, first: Kepala, tables: Sequence[Pasangan], known: frozenset[str]
) -> list[tuple[Kepala, ...]]:
    """Return the further headers below the main one, also where that one comes again."""
    words = known | row_words(kisi.sel.loc[first.baris_awal - 1])
    marks = sorted(first.posisi.values())
    below = list_below(kisi, first.baris_awal - 1, marks, words)
    return [fit for calon in below if (fit := _fit(calon, tables, 0))]


def _main(top: Sequence[tuple[Kepala, ...]]) -> tuple[Kepala, ...]:
    """Return the first of the best headers; where its lower rows belong to it, with them."""
    best = max(map(_rank, top))
    same = [fit for fit in top if _rank(fit) == best]
    first = min(same, key=lambda fit: fit[0].baris_awal)
    return max((fit for fit in same if not _apart(fit[0], first[0])), key=_depth)


def has_title(kepala: Kepala, lembar: str) -> bool:
    """Return True where the title or the sheet's name has a word the table must be called by."""
    words = f" {normalize_nama(f'{kepala.judul_atas} {lembar}')} "
    needed = kepala.sumber.ciri_judul
    return not needed or any(f" {word} " in words for word in needed)


def fill_from_title(kepala: Kepala) -> Kepala:
    """Return the table with the columns that only its title tells."""
    sumber, told = kepala.sumber, {}
    for name, pattern in sumber.dari_judul.items():
        found = re.search(pattern, kepala.judul_atas, re.I)
        if found and name not in kepala.posisi:
            told[name] = int(found[1]) if sumber.jenis(name) == "tahun" else found[1].strip()
    added = {**sumber.bawaan, **told}
    return replace(kepala, sumber=sumber.model_copy(update={"bawaan": added})) if told else kepala


def table_of_sheet(lembar: str) -> str:
    """Return the canonical table whose workbook sheet has this name, "" when none has."""
    named = _table_of_sheet(lembar)
    return named[1].tabel if named else ""


def is_ignored(lembar: str) -> bool:
    """Return True for sheets that hold instructions only."""
    name = normalize_heading(lembar)
    return any(name in layout.lembar_abaikan for layout in load_layouts().values())


@cached
def _all_tables(folder: Folder = "") -> tuple[Pasangan, ...]:
    return tuple(
        (layout, sumber)
        for layout in load_layouts().values()
        if folder in {"", layout.folder} or not layout.folder
        for sumber in layout.tabel.values()
    )


@cached
def _words(folder: Folder) -> frozenset[str]:
    """Return every heading that any table knows, as declared and as compared."""
    tables = [table for _, table in _all_tables(folder)]
    normal = chain.from_iterable(table.judul_dikenal for table in tables)
    declared = chain.from_iterable(
        kolom.judul for table in tables for kolom in table.kolom.values()
    )
    return row_words(chain(normal, declared))


def _table_of_sheet(lembar: str) -> Pasangan | None:
    name = normalize_heading(lembar)
    for layout, sumber in _all_tables():
        if name and sumber.baku.lembar and name == normalize_nama(sumber.baku.lembar):
            return layout, sumber
    return None


def _fit(calon: Calon, tables: Sequence[Pasangan], least: int) -> tuple[Kepala, ...]:
    """Return the table this header is of, or the tables side by side; () when none fits.

    `least` known columns replace the recognition marks when it is not 0.
    """
    whole = _best(calon, tables, least)
    runs = calon.ruas
    if len(runs) < 2:
        return (whole,) if whole else ()
    parts = [_best(calon.cut(*run), tables, 0) for run in runs]
    if sum(part is not None for part in parts) < 2:
        return (whole,) if whole else ()
    return tuple(_side_by_side(parts, runs))


def _side_by_side(
    parts: Sequence[Kepala | None], runs: Sequence[tuple[int, int]]
) -> Iterator[Kepala]:
    """Yield the recognised runs, each reaching to where the next run begins."""
    starts = [start for start, _ in runs]
    for part, start, after in zip(parts, starts, [*starts[1:], None], strict=True):
        if part is not None:
            yield replace(part, kolom_awal=start, kolom_akhir=after)


def _best(calon: Calon, tables: Sequence[Pasangan], least: int) -> Kepala | None:
    """Return the fitting table with the most known columns; equally good ones are named.

    A table declared `utama` wins over any other that fits, however many columns those know.
    """
    likely = _likely(calon, tables, least)
    fits = [kepala for pair in likely if _fits(kepala := _match(*pair, calon), least)]
    if not fits:
        return None
    best = max(fits, key=_weight)
    same = tuple(
        f"{one.tata_letak.nama} ({one.sumber.nama})"
        for one in fits
        if _weight(one) == _weight(best) and not _means_same(one, best)
    )
    own = f"{best.tata_letak.nama} ({best.sumber.nama})"
    return replace(best, setara=(own, *same)) if same else best


def _likely(calon: Calon, tables: Sequence[Pasangan], least: int) -> list[Pasangan]:
    """Return the tables that know enough of these headings: the others cannot fit."""
    known = Counter(chain.from_iterable(map(tables_knowing, calon.judul)))
    return [pair for pair in tables if known[name_of(*pair)] >= (least or _marks_needed(pair[1]))]


@cached
@lru_cache(maxsize=_JUDUL_DIINGAT)
def tables_knowing(readings: tuple[str, ...]) -> frozenset[str]:
    """Return the tables that know a heading in one of its readings."""
    forms = {form for title in readings for form in list_forms(title)}
    return frozenset(chain.from_iterable(_knowing().get(form, ()) for form in forms))


@cached
def _knowing() -> Mapping[str, tuple[str, ...]]:
    """Return the tables that know each form of a heading."""
    found: dict[str, tuple[str, ...]] = {}
    for layout, sumber in _all_tables():
        for form in sumber.kosakata:
            found[form] = (*found.get(form, ()), name_of(layout, sumber))
    return found


def name_of(layout: TataLetak, sumber: TabelSumber) -> str:
    """Return what tells a table of a layout from every other."""
    return f"{layout.kode}/{sumber.nama}"


def _marks_needed(sumber: TabelSumber) -> int:
    return sumber.ciri_minimum or len(sumber.ciri)


def _means_same(one: Kepala, other: Kepala) -> bool:
    """Return True for the same columns of the same canonical table: nothing to choose."""
    return one.sumber.tabel == other.sumber.tabel and one.posisi == other.posisi


def _weight(kepala: Kepala) -> tuple[bool, int, int]:
    return kepala.sumber.utama, len(kepala.posisi), -len(kepala.tak_dikenal)


def _rank(fit: Sequence[Kepala]) -> tuple[bool, int, int]:
    known = sum(len(part.posisi) for part in fit)
    unknown = sum(len(part.tak_dikenal) for part in fit)
    return any(part.sumber.utama for part in fit), known, -unknown


def _depth(fit: Sequence[Kepala]) -> tuple[int, int]:
    """Order headers that share rows: all lower rows, but no title above."""
    return fit[0].baris_awal, fit[0].baris_judul


def _fits(kepala: Kepala, least: int) -> bool:
    if least:
        return len(kepala.posisi) >= least
    sumber = kepala.sumber
    present = [name.partition("@")[0] for name in kepala.posisi]  # a year's column each time
    if sumber.bentuk == "lebar" and load_kosakata().wilayah.keys().isdisjoint(present):
        return False  # figures without a place
    seen = sum(name in sumber.ciri for name in present)
    return seen >= _marks_needed(sumber)


def _is_whole(fit: Sequence[Kepala]) -> bool:
    """Return True where every part has its recognition marks, whatever the sheet is called."""
    return all(_fits(part, 0) for part in fit)


def _match(layout: TataLetak, sumber: TabelSumber, calon: Calon) -> Kepala:
    bound = sumber.bind(calon.judul)
    return Kepala(
        layout,
        sumber,
        calon.akhir + 1,
        bound.posisi,
        bound.tak_dikenal,
        bound.ganda,
        baris_judul=calon.awal,
    )


def _without_overlap(fits: Sequence[tuple[Kepala, ...]]) -> list[tuple[Kepala, ...]]:
    """Return the headers from top to bottom; of those that share rows the best, `fits[0]` first.

    The data rows right under a header that are read as its lower row lose against it.
    """
    chosen = [fits[0]]
    for fit in sorted(fits[1:], key=lambda one: (_rank(one), _depth(one)), reverse=True):
        if all(_apart(fit[0], other[0]) for other in chosen):
            chosen.append(fit)
    return sorted(chosen, key=lambda fit: fit[0].baris_judul)


def _apart(one: Kepala, other: Kepala) -> bool:
    return one.baris_awal <= other.baris_judul or other.baris_awal <= one.baris_judul


def _lay_out(kisi: Kisi, found: list[Kepala]) -> tuple[Kepala, ...]:
    """Return the tables with their last rows, titles, and the headers that merely come again."""
    tables: list[Kepala] = []
    for place, kepala in enumerate(found):
        kepala = _within(kepala, tables)
        titles = _title_rows(kisi, kepala, above=found[:place])
        earlier = next((item for item in reversed(tables) if item.covers(kepala)), None)
        kepala = replace(kepala, judul_atas=_words_of(kisi, titles, kepala))
        again = earlier is not None and _is_same(earlier, kepala)
        if earlier is not None:
            between = (*titles, *range(kepala.baris_judul, kepala.baris_awal))
            until = None if again else kepala.baris_awal - 1
            at = tables.index(earlier)
            tables[at] = replace(earlier, sela=(*earlier.sela, *between), baris_akhir=until)
        if not again:
            tables.append(kepala)
    return tuple(tables)


def _within(kepala: Kepala, tables: Sequence[Kepala]) -> Kepala:
    """Return a header below tables that stand side by side with the span of the one above it."""
    if kepala.kolom_awal or kepala.kolom_akhir is not None:
        return kepala
    first, last = min(kepala.posisi.values()), max(kepala.posisi.values())
    for item in reversed(tables):
        if item.kolom_awal <= first and (item.kolom_akhir is None or last < item.kolom_akhir):
            return replace(kepala, kolom_awal=item.kolom_awal, kolom_akhir=item.kolom_akhir)
    return kepala


def _is_same(one: Kepala, other: Kepala) -> bool:
    """Return True for the same table with the same columns in the same places."""
    return one.sumber is other.sumber and one.posisi == other.posisi


def _title_rows(kisi: Kisi, kepala: Kepala, above: Sequence[Kepala]) -> list[int]:
    """Return the rows above a header that hold its titles: all, below a table the sparse ones."""
    rows = [int(label) for label in kisi.sel.loc[: kepala.baris_judul - 1].index]
    start = max((item.baris_awal for item in above if item.covers(kepala)), default=None)
    if start is None:
        return rows
    titles: list[int] = []
    for row in reversed(rows):
        if row < start or _count_filled(kisi, row, kepala) > 1:
            break
        titles.append(row)
    return titles[::-1]


def _count_filled(kisi: Kisi, row: int, kepala: Kepala) -> int:
    cells = kisi.sel.loc[row].iloc[kepala.kolom_awal : kepala.kolom_akhir]
    return len({text for text in map(cell_text, cells) if text})


def _words_of(kisi: Kisi, rows: Sequence[int], kepala: Kepala) -> str:
    """Return the words of the rows above a table, where a year or the sample marker may stand."""
    above = kisi.sel.loc[list(rows)].iloc[:, kepala.kolom_awal : kepala.kolom_akhir]
    words = [cell_text(value) for value in above.to_numpy(dtype=object).ravel()]
    return " ".join(word for word in words if word)
