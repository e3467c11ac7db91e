"""A recognised sheet becomes a frame of one canonical table, cell by declared kind.

The frame keeps the file's row numbers as its index until the very end, so that every later
finding can name its cells. Steps never change a frame: each returns a new `Potongan`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.formatting import format_number
from reviu_lib.ingest.files.grid import Kamus, Kisi, number_cells
from reviu_lib.ingest.files.opening import column_letter
from reviu_lib.ingest.findings import Tempat, Temuan, note
from reviu_lib.ingest.layouts import Kepala, TabelSumber
from reviu_lib.ingest.layouts.wide import load_kosakata
from reviu_lib.ingest.parse.columns import Cara, read_column
from reviu_lib.ingest.parse.rupiah import parse_rupiah
from reviu_lib.ingest.parse.scale import Skala, decide_scale
from reviu_lib.ingest.parse.texts import cell_text, is_written
from reviu_lib.reference import normalize_nama

_KATA_JUMLAH = frozenset(
    {
        "total", "jumlah", "jumlah total", "grand total", "rata-rata", "rata rata", "rerata",
        "kabupaten", "kota", "jumlah kabupaten", "jumlah kota", "total kabupaten",
        "kabupaten/kota", "nasional", "subtotal", "sub total", "sub jumlah", "jumlah desa",
        "jumlah kecamatan", "jumlah puskesmas", "jumlah provinsi", "total provinsi",
    }
)  # fmt: skip
_PANJANG_KATA_JUMLAH = 60
_JUMLAH_DARI = re.compile(
    r"(?:sub ?)?(?:jumlah|total) (?:seluruh|keseluruhan|kab|kota|kec|desa|kel|puskesmas|prov)"
)
_ISI_CATATAN = 2  # a note below a table fills no more cells than this
_ISI_DATA = 4  # where rows of data fill at least this many
_KATA_KALIMAT = 3  # so many words in a cell are no figure
_KATA_CATATAN = ("keterangan", "sumber", "catatan", "ket ", "note", "mengetahui")
_JENIS_KATA = frozenset({"teks", "kode", "mentah"})  # columns where the word for a total may stand
_BARIS_KEPALA = 2  # a header may take two rows


@dataclass(frozen=True)
class Potongan:
    """The rows of one canonical table from one sheet, with what was found so far."""

    sumber: TabelSumber
    tempat: Tempat
    frame: pd.DataFrame
    temuan: tuple[Temuan, ...] = ()
    dibaca: int = 0
    disisihkan: tuple[tuple[str, int], ...] = ()
    blok: int = 0  # the place of its first column, for tables side by side
    turunan: bool = False  # rows that another piece of the same sheet already stands for

    @property
    def tabel(self) -> str:
        """The canonical table."""
        return self.sumber.tabel

    def keep(self, frame: pd.DataFrame, *found: Temuan) -> Potongan:
        """Return the same sheet with another frame and more findings."""
        return replace(self, frame=frame, temuan=(*self.temuan, *found))

    def tell(self, kode: str, rows: pd.Series, **words: Any) -> Potongan:
        """Return the same sheet with a finding about the rows where `rows` is True, if any."""
        labels = list(rows.index[rows.fillna(False).astype(bool)])
        if not labels:
            return self
        place = self.tempat.at(words.pop("kolom", ""))
        return self.keep(self.frame, note(kode, place, baris=labels, **words))

    def drop(self, kode: str, rows: pd.Series, **words: Any) -> Potongan:
        """Return the sheet without the rows where `rows` is True; say so and book them."""
        out = rows.fillna(False).astype(bool)
        told = self.tell(kode, out, **words)
        return told.book(kode, int(out.sum())).keep(told.frame.loc[~out]) if out.any() else told

    def book(self, kode: str, jumlah: int) -> Potongan:
        """Return the same sheet with rows set aside for the reason `kode` in its ledger."""
        return replace(self, disisihkan=(*self.disisihkan, (kode, jumlah))) if jumlah else self


def _tell_empty(potongan: Potongan, kamus: Kamus) -> Potongan:
    """Return the sheet without rows; a table that nobody has to fill stays silent."""
    told = () if potongan.sumber.baku.opsional else (note("T10", potongan.tempat),)
    return potongan.keep(kamus.cells(potongan.frame), *told)


def read_table(kisi: Kisi, kepala: Kepala, berkas: str, *, tahun: int | None) -> Potongan:
    """Return the converted rows of a recognised sheet; no rows when a needed column is absent."""
    potongan, kamus = _start(kisi, kepala, berkas)
    if kepala.kurang:
        absent = ", ".join(kepala.kurang)
        told = potongan.book("T01", potongan.dibaca)
        return told.keep(kamus.cells(told.frame.iloc[:0]), note("T01", told.tempat.at(absent)))
    if potongan.frame.empty:  # most sheets of a workbook: nothing to look through
        return _tell_empty(potongan, kamus)
    filled = kamus.is_filled(potongan.frame)
    potongan = potongan.drop("T13", _is_between(filled, kepala))
    full = _drop_overflow(potongan, kisi, kepala)
    potongan, totals = _drop_notes(_drop_strays(full, kisi, kepala, filled), filled, kamus)
    if potongan.frame.empty:
        return _tell_empty(potongan, kamus)
    skala = _read_scales(kisi, kepala)
    potongan = _convert(potongan, kamus, tahun=tahun, skala=skala)
    printed = kamus.cells(full.frame.loc[totals])
    return _drop_unfilled(_compare_total(potongan, printed, skala))


def _start(kisi: Kisi, kepala: Kepala, berkas: str) -> tuple[Potongan, Kamus]:
    """Return the rows below the header as numbers of distinct cells, and these cells."""
    letters = {name: column_letter(place + 1) for name, place in kepala.posisi.items()}
    sumber = kepala.sumber
    place = Tempat(berkas, kisi.lembar, sumber.tabel, huruf=letters, rahasia=sumber.rahasia)
    body = kepala.body(kisi.sel)
    raw = body.iloc[:, list(kepala.posisi.values())].set_axis(list(kepala.posisi), axis=1)
    frame, kamus = number_cells(_name_from_margin(raw, kepala, body))
    found = (*_header_notes(kepala, place), *_bare_notes(kisi, kepala, place))
    rows = count_body(kisi, kepala)
    potongan = Potongan(sumber, place, frame, found, dibaca=rows, blok=kepala.kolom_awal)
    return potongan, kamus


def _name_from_margin(frame: pd.DataFrame, kepala: Kepala, body: pd.DataFrame) -> pd.DataFrame:
    """Return a published table in which `JUMLAH` under No names its row: the cells were merged."""
    places = [name for name in frame if name in load_kosakata().wilayah]
    if kepala.sumber.bentuk != "lebar" or not places:
        return frame
    first = min(places, key=lambda name: kepala.posisi[name])
    left = body.iloc[:, kepala.kolom_awal : kepala.posisi[first]]
    nameless = ~has_content(frame[places]) & has_content(frame)
    if not nameless.any() or left.empty:
        return frame
    words = left.loc[nameless].map(cell_text).agg(" ".join, axis="columns").str.strip()
    words = words[words.str.contains("[A-Za-z]{2}", regex=True)]
    return frame.assign(**{first: words.reindex(frame.index).fillna(frame[first])})


def _bare_notes(kisi: Kisi, kepala: Kepala, place: Tempat) -> list[Temuan]:
    """Return T14 where a sheet has filled columns without a heading."""
    cells = kepala.span(kisi.sel)
    if cells.empty or not kisi.lembar:  # in a CSV file such rows are T07
        return []
    heads = kisi.sel.loc[kepala.baris_judul : kepala.baris_awal - 1, cells.columns]
    headed = {*kepala.posisi.values(), *_list_filled(heads)}
    used = _list_filled(cells.drop(columns=cells.columns.intersection(list(headed))))
    shown = ", ".join(column_letter(at + 1) for at in used)
    return [note("T14", place, rincian=shown)] if used else []


def _list_filled(cells: pd.DataFrame) -> list[int]:
    """Return the columns that hold more than spaces in any row; a sheet may have thousands."""
    columns = zip(cells, cells.to_numpy(dtype=object).T, strict=True)
    return [int(at) for at, column in columns if any(map(is_written, column[column != ""]))]


def _is_between(filled: pd.DataFrame, kepala: Kepala) -> pd.Series:
    """Return where a title or a repeated header stands between the rows."""
    return filled.any(axis=1) & filled.index.isin(kepala.sela)


def count_body(kisi: Kisi, kepala: Kepala) -> int:
    """Return how many filled rows a sheet has below its header."""
    return count_rows(kepala.span(kisi.sel))


def count_rows(cells: pd.DataFrame) -> int:
    """Return how many rows hold more than spaces in any cell."""
    return int(has_content(cells).sum())


def has_content(cells: pd.DataFrame) -> pd.Series:
    """Return which rows hold more than spaces in any cell; the first columns tell most of them."""
    found = np.zeros(len(cells), dtype=bool)
    left = np.arange(len(cells))
    for column in cells.to_numpy(dtype=object).T:
        some = left[column[left] != ""]
        found[some] = [is_written(cell) for cell in column[some]]
        left = left[~found[left]]
        if not len(left):
            break
    return pd.Series(found, index=cells.index)


def _drop_strays(potongan: Potongan, kisi: Kisi, kepala: Kepala, filled: pd.DataFrame) -> Potongan:
    """Set aside rows that are blank in every known column but not in the others."""
    blank = ~filled.any(axis=1).loc[potongan.frame.index]
    aside = kepala.span(kisi.sel).loc[blank.index[blank]]
    shown = {*aside.columns[:2], *_list_filled(aside)}  # a list of one column has no footnotes
    cells, other = number_cells(aside[sorted(shown)])
    beside = other.is_filled(cells)
    rest, notes = beside.any(axis=1), _is_footnote(cells, beside, other)
    words = _show_first(potongan, other.cells(cells.loc[notes]))
    potongan = potongan.drop("T04", notes.reindex(blank.index, fill_value=False), nilai=words)
    return potongan.drop("T12", (rest & ~notes).reindex(potongan.frame.index, fill_value=False))


def _header_notes(kepala: Kepala, place: Tempat) -> list[Temuan]:
    found = [note("T03", place.at(name)) for name in dict.fromkeys(kepala.ganda)]
    if kepala.tak_dikenal:
        found.append(note("T02", place, rincian=", ".join(kepala.tak_dikenal[:20])))
    return found


def _drop_overflow(potongan: Potongan, kisi: Kisi, kepala: Kepala) -> Potongan:
    """Drop CSV rows that have content where the header has no column (a stray separator)."""
    width = max(kepala.posisi.values(), default=0) + 1 + len(kepala.tak_dikenal)
    if kisi.lembar or kisi.sel.shape[1] <= width:
        return potongan
    header = kisi.sel.loc[kepala.baris_awal - 1] if kepala.baris_awal - 1 in kisi.sel.index else []
    bare = [place for place, title in enumerate(header) if cell_text(title) == ""]
    beyond = kisi.sel.loc[potongan.frame.index, bare]
    return potongan.drop("T07", (beyond.fillna("") != "").any(axis=1))


def _drop_notes(
    potongan: Potongan, filled: pd.DataFrame, kamus: Kamus
) -> tuple[Potongan, pd.Index]:
    """Drop blank rows, column numbers, footnotes, and totals; also return the total rows."""
    filled = filled.loc[potongan.frame.index]
    filled = filled.loc[filled.any(axis=1)]
    potongan = potongan.keep(potongan.frame.loc[filled.index])
    total = _is_total(potongan, filled, kamus)
    foot = _is_footnote(potongan.frame, filled, kamus)
    other = _is_legend(potongan.frame, kamus) | foot | total | _is_prose(potongan, filled, kamus)
    other |= _is_tail(potongan, filled, foot)
    shown = _show_first(potongan, kamus.cells(potongan.frame.loc[other]))
    return potongan.drop("T04", other, nilai=shown), filled.index[total]


def _is_legend(frame: pd.DataFrame, kamus: Kamus) -> pd.Series:
    """Return where a row (1) (2) (3) stands: every cell the number of its column."""
    numbers = _legend_numbers(frame, kamus, 0)
    rows = numbers[numbers.isin([1, 2]) & (frame.shape[1] >= _ISI_DATA - 1)]
    for place in range(1, frame.shape[1]):
        after = _legend_numbers(frame.loc[rows.index], kamus, place)
        rows = after[after - rows == 1]
    return pd.Series(frame.index.isin(rows.index), index=frame.index)


def _legend_numbers(frame: pd.DataFrame, kamus: Kamus, place: int) -> pd.Series:
    return kamus.column(frame.iloc[:, place]).map(_legend_number).astype("float64")


def _legend_number(value: Any) -> float:
    text = cell_text(value).partition("=")[0].strip("() ")
    return float(text) if text.isdecimal() and len(text) < _ISI_DATA else float("nan")


def _is_tail(potongan: Potongan, filled: pd.DataFrame, foot: pd.Series) -> pd.Series:
    """Return the sparse rows at the very end, below a gap or a note: legends and signatures.

    Rows with all obligatory columns are data, however little else they hold.
    """
    nothing = pd.Series(False, index=filled.index)
    counts = filled.sum(axis=1)
    if len(filled) < 2 or counts.max() < _ISI_DATA:
        return nothing
    needed = [name for name in potongan.sumber.perlu if name in filled]
    whole = filled[needed].all(axis=1) if needed else nothing
    sparse = (counts <= _ISI_CATATAN) & ~whole
    last = sparse[::-1].cummin()[::-1]  # sparse from here to the end
    gap = pd.Series(filled.index, index=filled.index).diff() > 1
    begun = (last & (gap | foot)).cummax()
    return last & begun


def _is_footnote(frame: pd.DataFrame, filled: pd.DataFrame, kamus: Kamus) -> pd.Series:
    """Return where a row has one filled cell that starts like a note."""
    nothing = pd.Series(False, index=frame.index)
    alone = filled.sum(axis=1) == 1
    if frame.shape[1] < 2 or not alone.any():
        return nothing
    only = pd.Series(_first_words(kamus.cells(frame.loc[alone])), index=frame.index[alone])
    notes = only.map(lambda text: normalize_nama(text).startswith(_KATA_CATATAN))
    return (notes | only.str.startswith("*")).reindex(frame.index, fill_value=False)


def _is_prose(potongan: Potongan, filled: pd.DataFrame, kamus: Kamus) -> pd.Series:
    """Return where the columns of figures of a published table hold a sentence and no figure."""
    frame, sumber = potongan.frame, potongan.sumber
    names = [name for name in frame if sumber.bentuk == "lebar" and sumber.own(str(name)).peran]
    if not names:
        return pd.Series(False, index=frame.index)
    words = kamus.is_true(frame[names], _is_sentence)
    return words.any(axis=1) & (words | ~filled[names]).all(axis=1)


def _is_sentence(value: Any) -> bool:
    return isinstance(value, str) and len(value.split()) >= _KATA_KALIMAT


def _show_first(potongan: Potongan, rows: pd.DataFrame) -> list[str]:
    """Return what rows begin with; in a table with identity columns only that they are no data."""
    return ["jumlah atau catatan"] if potongan.sumber.rahasia else _first_words(rows)


def _first_words(frame: pd.DataFrame) -> list[str]:
    """Return the first filled cell of each row as text."""
    rows = ([cell_text(value) for value in row] for row in frame.to_numpy(dtype=object))
    return [next((text for text in row if text), "") for row in rows]


def _is_total(potongan: Potongan, filled: pd.DataFrame, kamus: Kamus) -> pd.Series:
    """Return where a row's name is a total and its key is blank or that very word.

    Where the table makes its keys itself, a row is a total that begins with such a word and lacks
    another word or an obligatory column.
    """
    frame, sumber = potongan.frame, potongan.sumber
    nothing = pd.Series(False, index=frame.index)
    if sumber.bentuk in {"lebar", "berjenjang"}:  # such a total is a figure to compare with
        return nothing
    names = [name for name in frame if sumber.jenis(str(name)) in _JENIS_KATA]
    hits = kamus.is_true(frame[names], _is_total_word)
    keys = [name for name in sumber.baku.kunci if name in frame]
    if keys:
        blank = ~filled[keys] | hits.reindex(columns=keys, fill_value=False)
        return hits.any(axis=1) & blank.any(axis=1)
    needed = filled[[*names, *(name for name in sumber.perlu if name in frame)]]
    before = filled[names].cumsum(axis=1) > 1  # another word stands before it
    return (hits & ~before).any(axis=1) & ~needed.all(axis=1)


def _is_total_word(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > _PANJANG_KATA_JUMLAH:
        return False
    word = value.strip(" *:.\u00a0").lower()
    return word in _KATA_JUMLAH or _JUMLAH_DARI.match(word) is not None


def _compare_total(
    potongan: Potongan, totals: pd.DataFrame, skala: Mapping[str, Skala]
) -> Potongan:
    """Say where a total row fits neither its own block nor all rows; the sum is what counts."""
    for name in totals:
        if potongan.sumber.jenis(str(name)) not in {"jumlah", "rupiah"}:
            continue
        factor = skala.get(str(name), Skala()).kali
        printed = parse_rupiah(totals[name], kali=factor or 1).nilai.dropna()
        for label, value in printed.items():
            sums = _possible_sums(potongan.frame[name], totals.index, label)
            if value in sums:
                continue
            words = f"tercetak {format_number(value)}, dijumlahkan {format_number(sums[0])}"
            place = potongan.tempat.at(str(name))
            told = note("T05", place, baris=[label], rincian=words)
            potongan = potongan.keep(potongan.frame, told)
    return potongan


def _possible_sums(values: pd.Series, totals: pd.Index, label: Any) -> list[Any]:
    """Return what a total row may be the sum of: its block, all rows above, or all rows."""
    before, after = totals[totals < label], totals[totals > label]
    rows = values.index
    above = rows < label
    block = above & (rows > before.max()) if len(before) else above
    below = (rows > label) & (rows < after.min()) if len(after) else rows > label
    parts = (block, above, rows >= rows.min(), below) if len(rows) else (above,)
    return [values[part].sum() for part in parts if part.any()] or [0]


def _convert(
    potongan: Potongan, kamus: Kamus, *, tahun: int | None, skala: Mapping[str, Skala]
) -> Potongan:
    sumber = potongan.sumber
    columns: dict[str, pd.Series] = {}
    for name in map(str, potongan.frame):
        counted = sumber.has_counts(name, potongan.frame)
        way = Cara(sumber, tahun, skala.get(name, Skala()), counted)
        raw = kamus.column(potongan.frame[name])
        columns[name], found = read_column(raw, potongan.tempat.at(name), way)
        potongan = potongan.keep(potongan.frame, *found)
    frame = pd.DataFrame(columns, index=potongan.frame.index)
    added = {name: text for name, text in sumber.bawaan.items() if name not in frame}
    return potongan.keep(frame.assign(**added))


def _read_scales(kisi: Kisi, kepala: Kepala) -> dict[str, Skala]:
    """Return the scale of each rupiah column, declared or told by its heading or the title."""
    above = kisi.sel.loc[kisi.sel.index < kepala.baris_awal].tail(_BARIS_KEPALA)
    scales = {}
    for name, place in kepala.posisi.items():
        if kepala.sumber.jenis(name) == "rupiah":
            heading = " ".join(cell_text(value) for value in above.iloc[:, place])
            declared = kepala.sumber.own(name).skala
            scales[name] = decide_scale(declared, heading, kepala.judul_atas)
    return scales


def _drop_unfilled(potongan: Potongan) -> Potongan:
    """Drop prefilled rows in which nobody has entered anything yet."""
    columns = [name for name in potongan.sumber.isian if name in potongan.frame]
    if not columns:
        return potongan
    return potongan.drop("T06", potongan.frame[columns].isna().all(axis=1))


def require_keys(potongan: Potongan, kolom: Sequence[str]) -> Potongan:
    """Return the sheet without rows that lack one of these key columns, and say which."""
    for name in kolom:
        if name in potongan.frame:
            potongan = potongan.drop("D04", potongan.frame[name].isna(), kolom=name)
    return potongan
