"""A recognised sheet becomes a frame of one canonical table, cell by declared kind.

The frame keeps the file's row numbers as its index until the very end, so that every later
finding can name its cells. Steps never change a frame: each returns a new `Potongan`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.formatting import format_number
from reviu_lib.ingest.files.grid import Kisi
from reviu_lib.ingest.files.opening import column_letter
from reviu_lib.ingest.findings import Tempat, Temuan, note
from reviu_lib.ingest.layouts import Kepala, TabelSumber
from reviu_lib.ingest.parse import Terbaca, parse_dates, parse_numbers, parse_texts, texts
from reviu_lib.ingest.parse.numbers import list_mixed
from reviu_lib.ingest.parse.texts import cell_text, map_texts, map_unique
from reviu_lib.reference import normalize_nama

_BULAT = frozenset({"jumlah", "rupiah", "tahun", "hari"})
_BILANGAN = _BULAT | {"desimal", "persen", "poin", "zskor"}
_YA = frozenset({"ya", "y", "v", "✓", "√", "x", "1", "true", "benar", "sudah"})
_TIDAK = frozenset({"tidak", "t", "0", "false", "salah", "belum", "bukan"})
_KATA_JUMLAH = frozenset(
    {
        "total", "jumlah", "jumlah total", "grand total", "rata-rata", "rata rata", "rerata",
        "kabupaten", "kota", "jumlah kabupaten", "jumlah kota", "total kabupaten",
        "kabupaten/kota", "nasional",
    }
)  # fmt: skip
_PANJANG_KATA_JUMLAH = 30
_SEL_SEDIKIT = 2  # rows with fewer filled cells are looked at closely: they may be only spaces
_KATA_CATATAN = ("keterangan", "sumber", "catatan", "ket ", "note", "mengetahui")
# Reason of a cell → kind of finding; second entry for exports, where nobody types the cells.
_KODE_ALASAN = {
    texts.PENANDA: ("N04", "N04"),
    texts.GALAT_RUMUS: ("N05", "N05"),
    texts.TANPA_HASIL: ("N06", "N06"),
    texts.BUKAN_BILANGAN: ("N01", "N21"),
    texts.RUSAK: ("N02", "N21"),
    texts.GANDA: ("N03", "N21"),
    texts.PECAHAN: ("N07", "N21"),
    texts.DIBACA_RIBUAN: ("N20", "N20"),
    texts.BUKAN_TANGGAL: ("N10", "N22"),
    texts.URUTAN_GANDA: ("N11", "N22"),
    texts.NOMOR_SERI: ("N18", "N18"),
}


@dataclass(frozen=True)
class Potongan:
    """The rows of one canonical table from one sheet, with what was found so far."""

    sumber: TabelSumber
    tempat: Tempat
    frame: pd.DataFrame
    temuan: tuple[Temuan, ...] = ()
    dibaca: int = 0
    disisihkan: tuple[tuple[str, int], ...] = ()

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


def read_table(kisi: Kisi, kepala: Kepala, berkas: str, *, tahun: int | None) -> Potongan:
    """Return the converted rows of a recognised sheet; no rows when a needed column is absent."""
    potongan = _start(kisi, kepala, berkas)
    if kepala.kurang:
        absent = ", ".join(kepala.kurang)
        empty = potongan.frame.iloc[:0]
        told = potongan.book("T01", potongan.dibaca)
        return told.keep(empty, note("T01", potongan.tempat.at(absent)))
    if potongan.frame.empty:
        return potongan.keep(potongan.frame, note("T10", potongan.tempat))
    full = _drop_overflow(potongan, kisi, kepala)
    potongan, totals = _drop_notes(_drop_strays(full, kisi))
    if potongan.frame.empty:
        return potongan.keep(potongan.frame, note("T10", potongan.tempat))
    potongan = _convert(potongan, tahun)
    return _drop_unfilled(_compare_total(potongan, full.frame.loc[totals]))


def _start(kisi: Kisi, kepala: Kepala, berkas: str) -> Potongan:
    letters = {name: column_letter(place + 1) for name, place in kepala.posisi.items()}
    sumber = kepala.sumber
    place = Tempat(berkas, kisi.lembar, sumber.tabel, huruf=letters, rahasia=sumber.rahasia)
    body = kisi.sel.loc[kisi.sel.index >= kepala.baris_awal]
    frame = pd.DataFrame({name: body.iloc[:, at] for name, at in kepala.posisi.items()})
    found = tuple(_header_notes(kepala, place))
    return Potongan(sumber, place, frame, found, dibaca=count_rows(body))


def count_body(kisi: Kisi, kepala: Kepala) -> int:
    """Return how many filled rows a sheet has below its header."""
    return count_rows(kisi.sel.loc[kisi.sel.index >= kepala.baris_awal])


def count_rows(cells: pd.DataFrame) -> int:
    """Return how many rows hold more than spaces in any cell."""
    return int(_filled(cells).any(axis=1).sum())


def _drop_strays(potongan: Potongan, kisi: Kisi) -> Potongan:
    """Set aside rows that are blank in every known column but not in the others."""
    blank = ~_filled(potongan.frame).any(axis=1)
    rest = _filled(kisi.sel.loc[blank.index[blank]]).any(axis=1)
    return potongan.drop("T12", rest.reindex(blank.index, fill_value=False))


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


def _drop_notes(potongan: Potongan) -> tuple[Potongan, pd.Index]:
    """Drop blank rows, column numbers, footnotes, and totals; also return the total rows."""
    filled = _filled(potongan.frame)
    potongan = potongan.keep(potongan.frame.loc[filled.any(axis=1)])
    frame, filled = potongan.frame, filled.loc[filled.any(axis=1)]
    total = _is_total(potongan, filled)
    other = _is_legend(frame) | _is_footnote(frame, filled) | total
    shown = [] if potongan.sumber.rahasia else _first_words(frame.loc[other])
    return potongan.drop("T04", other, nilai=shown), frame.index[total]


def _filled(frame: pd.DataFrame) -> pd.DataFrame:
    """Return where cells hold more than spaces."""
    filled = frame.notna() & (frame != "")
    sparse = filled.sum(axis=1) <= _SEL_SEDIKIT
    if sparse.any():
        words = frame.loc[sparse].apply(lambda column: map_unique(column, cell_text))
        filled.loc[sparse] = words != ""
    return filled


def _is_legend(frame: pd.DataFrame) -> pd.Series:
    """Return where the row (1) (2) (3) below a header is: every cell the number of its column."""
    place = pd.Series(False, index=frame.index)
    if frame.shape[1] > 2 and len(frame):
        first = frame.iloc[0].map(lambda value: cell_text(value).strip("() "))
        numbers = pd.to_numeric(first, errors="coerce")
        place.iloc[0] = bool((numbers.diff().iloc[1:] == 1).all())
    return place


def _is_footnote(frame: pd.DataFrame, filled: pd.DataFrame) -> pd.Series:
    """Return where a row has one filled cell that starts like a note."""
    nothing = pd.Series(False, index=frame.index)
    alone = filled.sum(axis=1) == 1
    if frame.shape[1] < 2 or not alone.any():
        return nothing
    only = pd.Series(_first_words(frame.loc[alone]), index=frame.index[alone])
    notes = only.map(lambda text: normalize_nama(text).startswith(_KATA_CATATAN))
    return (notes | only.str.startswith("*")).reindex(frame.index, fill_value=False)


def _first_words(frame: pd.DataFrame) -> list[str]:
    """Return the first filled cell of each row as text."""
    rows = ([cell_text(value) for value in row] for row in frame.to_numpy(dtype=object))
    return [next((text for text in row if text), "") for row in rows]


def _is_total(potongan: Potongan, filled: pd.DataFrame) -> pd.Series:
    """Return where a row's name is a total and its key is blank or that very word."""
    frame, sumber = potongan.frame, potongan.sumber
    names = [name for name in frame if sumber.jenis(str(name)) in {"teks", "kode"}]
    hits = frame[names].apply(lambda column: column.map(_is_total_word))
    if frame.empty or not hits.to_numpy().any():
        return pd.Series(False, index=frame.index)
    keys = [name for name in sumber.baku.kunci if name in frame]
    blank = ~filled[keys] | hits.reindex(columns=keys, fill_value=False)
    return hits.any(axis=1) & blank.any(axis=1)


def _is_total_word(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > _PANJANG_KATA_JUMLAH:
        return False
    return value.strip(" *:.\u00a0").lower() in _KATA_JUMLAH


def _compare_total(potongan: Potongan, totals: pd.DataFrame) -> Potongan:
    """Say where the one total row differs from the sum of its rows; the sum is what counts."""
    if len(totals) != 1:
        return potongan
    for name in totals:
        kind = potongan.sumber.jenis(str(name))
        if kind not in {"jumlah", "rupiah"}:
            continue
        printed = parse_numbers(totals[name], "ribuan").nilai.iloc[0]
        summed = potongan.frame[name].sum()
        if pd.notna(printed) and printed != summed:
            words = f"tercetak {format_number(printed)}, dijumlahkan {format_number(summed)}"
            place = potongan.tempat.at(str(name))
            told = note("T05", place, baris=totals.index, rincian=words)
            potongan = potongan.keep(potongan.frame, told)
    return potongan


def _convert(potongan: Potongan, tahun: int | None) -> Potongan:
    sumber = potongan.sumber
    columns: dict[str, pd.Series] = {}
    for name in potongan.frame:
        values, found = _convert_column(potongan, str(name), tahun)
        columns[str(name)] = values
        potongan = potongan.keep(potongan.frame, *found)
    frame = pd.DataFrame(columns, index=potongan.frame.index)
    added = {name: text for name, text in sumber.bawaan.items() if name not in frame}
    return potongan.keep(frame.assign(**added))


def _convert_column(
    potongan: Potongan, name: str, tahun: int | None
) -> tuple[pd.Series, list[Temuan]]:
    """Return one column in its kind, with what was wrong in it."""
    raw, kind = potongan.frame[name], potongan.sumber.jenis(name)
    place = potongan.tempat.at(name)
    if kind == "mentah":
        return raw, []
    if kind in _BILANGAN:
        read = _read_number(raw, kind, potongan.sumber.titik(name))
        extra = _number_notes(raw, read, place)
    elif kind == "tanggal":
        read, extra = parse_dates(raw, tahun=tahun, ujung=_end_of(name)), []
    elif kind in {"pilihan", "ya_tidak"}:
        read, extra = _read_choice(potongan, name)
    else:
        read, extra = parse_texts(raw), []
    return read.nilai, [*_reason_notes(raw, read, place, potongan.sumber.longgar), *extra]


def _end_of(name: str) -> Any:
    """A column of a schedule may hold `Triwulan II`: its first or its last day."""
    for end in ("mulai", "selesai"):
        if name.endswith(f"_{end}"):
            return end
    return None


def _read_number(raw: pd.Series, kind: str, titik: Any) -> Terbaca:
    read = parse_numbers(raw, titik)
    if kind not in _BULAT:
        return read
    fraction = read.nilai.notna() & (read.nilai % 1 != 0)
    hundredth = read.nilai * 100
    exact = np.isclose(hundredth, hundredth.round(), rtol=0, atol=1e-4)
    cents = fraction & (kind == "rupiah") & exact
    bad = fraction & ~cents
    whole = read.nilai.mask(bad).mask(cents, read.nilai[cents].map(_round_rupiah))
    reasons = read.alasan.mask(bad, texts.PECAHAN).mask(cents, texts.SEN)
    return Terbaca(whole.astype("Int64"), reasons)


def _round_rupiah(value: float) -> float:
    return float(Decimal(str(value)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _number_notes(raw: pd.Series, read: Terbaca, place: Tempat) -> list[Temuan]:
    """Say which numbers were text, which decimal marks are mixed, and where cents were rounded."""
    found = []
    mixed = list_mixed(raw)
    if mixed:
        found.append(note("N14", place, baris=mixed, nilai=raw.loc[mixed]))
    typed = raw.map(lambda value: isinstance(value, str)) & read.nilai.notna()
    if place.lembar and typed.any():
        found.append(note("N13", place, baris=raw.index[typed], nilai=raw[typed]))
    cents = read.alasan == texts.SEN
    if cents.any():
        found.append(note("N19", place, baris=raw.index[cents], nilai=raw[cents]))
    return found


def _reason_notes(raw: pd.Series, read: Terbaca, place: Tempat, lenient: bool) -> list[Temuan]:
    seen = set(read.alasan)
    if read.nilai.dtype == "string":
        seen.discard(texts.PENANDA)  # a dash among words is ordinary
    found = []
    for reason, codes in _KODE_ALASAN.items():
        if reason in seen:
            rows = read.alasan == reason
            shown = raw[rows].unique()
            found.append(note(codes[lenient], place, baris=raw.index[rows], nilai=shown))
    return found


def _read_choice(potongan: Potongan, name: str) -> tuple[Terbaca, list[Temuan]]:
    """Return a choice in its declared spelling; unknown ones stay only in obligatory columns."""
    words = parse_texts(potongan.frame[name])
    if potongan.sumber.jenis(name) == "ya_tidak":
        table, options = {**dict.fromkeys(_YA, True), **dict.fromkeys(_TIDAK, False)}, "ya, tidak"
        known = map_texts(words.nilai, lambda text: table.get(text.lower())).astype("boolean")
    else:
        spelling, options = _spellings(potongan.sumber, name)
        known = map_texts(words.nilai, lambda text: spelling.get(normalize_nama(text)))
        known = known.astype("string")
    unknown = words.nilai.notna() & known.isna()
    if name in potongan.sumber.perlu and known.dtype == "string":
        known = known.mask(unknown, words.nilai)
    if not unknown.any():
        return Terbaca(known, words.alasan), []
    shown = words.nilai[unknown].unique()
    place = potongan.tempat.at(name)
    rows = unknown.index[unknown]
    return Terbaca(known, words.alasan), [
        note("N12", place, baris=rows, nilai=shown, rincian=options)
    ]


def _spellings(sumber: TabelSumber, name: str) -> tuple[dict[str, str], str]:
    choices = sumber.baku[name].pilihan
    table = {normalize_nama(choice): choice for choice in choices}
    others = {normalize_nama(text): to for text, to in sumber.padanan.get(name, {}).items()}
    return {**others, **table}, ", ".join(choices)


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
