"""A published table, one row a place, becomes rows of `capaian_terbit`: place x measure x group.

Figures stay as printed. The rows of other places are compared with the whole first, and then set
aside when the files are read for one kabupaten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pandas as pd

from reviu_lib.ingest.checks import Konteks, known_indikator
from reviu_lib.ingest.layouts import Kepala, TabelSumber
from reviu_lib.ingest.places import resolve_desa
from reviu_lib.ingest.shapes.bare import settle_bare
from reviu_lib.ingest.shapes.regions import Letak, locate_rows
from reviu_lib.ingest.tables import Potongan

_TAHUN = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_LEMBAR_BAWAAN = re.compile(r"(?:sheet|lembar|tabel|worksheet)\s*\d*", re.I)
_KELOMPOK_SEMUA = frozenset({"", "L+P"})


@dataclass(frozen=True)
class Angka:
    """One measure of one group and year, and the columns that hold it."""

    indikator: str
    kelompok: str
    tahun: int | None
    pembilang: str = ""
    persen: str = ""
    penyebut: str = ""
    penyebut_nama: str = ""
    kode: tuple[str, ...] = ()


def shape_wide(potongan: Potongan, kepala: Kepala, konteks: Konteks) -> Potongan:
    """Return the sheet with one row per place, measure, and group; `_letak` columns beside them.

    Helper columns, dropped when tables are united: _jumlah (a total), _tebakan (what became of
    its name), _kolom_pembilang, _kolom_penyebut, _kolom_persen (where the figure stands). T01 when
    no column names places.
    """
    if potongan.frame.empty:
        return potongan
    potongan = _with_desa(potongan, konteks)
    places = locate_rows(potongan.frame, konteks)
    if places is None:
        everything = pd.Series(True, index=potongan.frame.index)
        return potongan.drop("T01", everything, kolom="wilayah")
    years = _years(potongan, kepala, konteks)
    title = _title_of(potongan, kepala)
    potongan, percent = settle_bare(potongan, f"{potongan.tempat.lembar} {kepala.judul_atas}")
    figures = list_figures(potongan.sumber, list(potongan.frame), percent)
    figures = [replace(item, indikator=item.indikator.format(lembar=title)) for item in figures]
    parts = [_melt(potongan, figure, years, konteks) for figure in figures]
    long = pd.concat(parts) if parts else potongan.frame.iloc[:0]
    filled = potongan.frame.index.isin(long.index)
    potongan = potongan.drop("T06", pd.Series(~filled, index=potongan.frame.index))
    return potongan.keep(_with_places(long, places, potongan.tempat.berkas))


def _title_of(potongan: Potongan, kepala: Kepala) -> str:
    """Return what the table is called: its sheet, unless that is only numbered, else its title."""
    sheet, above = potongan.tempat.lembar, kepala.judul_atas
    named = "" if _LEMBAR_BAWAAN.fullmatch(sheet) and above else sheet
    return named or above or potongan.tempat.berkas


def _with_desa(potongan: Potongan, konteks: Konteks) -> Potongan:
    """Return the sheet with the code of each desa; rows of unknown ones are told and dropped."""
    frame, kode = potongan.frame, konteks.kode_kabupaten
    places = locate_rows(frame, konteks) if kode else None
    if places is None or "desa" not in {place.tingkat for place in places}:
        return potongan
    whole = places.map(lambda place: place.jumlah).astype(bool)
    rows = potongan.keep(frame.loc[~whole])
    resolved = resolve_desa(rows, kode, padanan=konteks.padanan)
    return resolved.keep(pd.concat([resolved.frame, frame.loc[whole]]).sort_index())


def list_figures(
    sumber: TabelSumber, columns: list[str], pecahan: frozenset[str] = frozenset()
) -> list[Angka]:
    """Return the measures that these columns hold, in the order of the table.

    A column of counts named in `pecahan` holds percentages.
    """
    found: dict[tuple[str, str, int | None], Angka] = {}
    for column in columns:
        own = sumber.own(column)
        if own.peran in {"pembilang", "persen"}:
            base, _, mark = column.partition("@")
            role = "persen" if base in pecahan else own.peran
            key = (own.indikator, own.kelompok, int(mark) if mark else None)
            figure = found.get(key) or _describe(sumber, column, columns)
            if not getattr(figure, role):
                found[key] = Angka(**{**figure.__dict__, role: column})
    return list(found.values())


def _describe(sumber: TabelSumber, column: str, columns: list[str]) -> Angka:
    """Return the measure of a column, not yet with the columns of its count and percentage."""
    own = sumber.own(column)
    mark = column.partition("@")[2]
    divisor = f"{own.penyebut}@{mark}" if mark else own.penyebut
    return Angka(
        own.indikator,
        own.kelompok,
        int(mark) if mark else None,
        penyebut=divisor if divisor in columns else "",
        penyebut_nama=sumber.own(own.penyebut).indikator if own.penyebut else "",
        kode=own.kode_indikator,
    )


def _melt(potongan: Potongan, figure: Angka, years: pd.Series, konteks: Konteks) -> pd.DataFrame:
    """Return the rows of one measure that hold a count or a percentage."""
    frame = potongan.frame
    parts = {
        "pembilang": _column(frame, figure.pembilang, "Int64"),
        "penyebut": _column(frame, figure.penyebut, "Int64"),
        "persen": _column(frame, figure.persen, "float64"),
    }
    rows = pd.DataFrame(parts, index=frame.index).assign(
        indikator=figure.indikator,
        kelompok=figure.kelompok,
        penyebut_nama=figure.penyebut_nama or None,
        tahun=years if figure.tahun is None else figure.tahun,
        kode_indikator=_code(figure, konteks.tahun),
        _kolom_pembilang=figure.pembilang,
        _kolom_penyebut=figure.penyebut,
        _kolom_persen=figure.persen,
    )
    return rows.loc[rows["pembilang"].notna() | rows["persen"].notna()]


def _column(frame: pd.DataFrame, name: str, dtype: str) -> pd.Series:
    if not name:
        return pd.Series(pd.NA, index=frame.index, dtype="Int64").astype(dtype)
    return frame[name].astype(dtype)


def _code(figure: Angka, tahun: int | None) -> str | None:
    """Return the indicator of this era that a measure of all groups is, None for none."""
    if figure.kelompok not in _KELOMPOK_SEMUA:
        return None
    return next((kode for kode in figure.kode if kode in known_indikator(tahun)), None)


def _years(potongan: Potongan, kepala: Kepala, konteks: Konteks) -> pd.Series:
    """Return the year of each row: its column, else the sheet's name or title, else the folder."""
    told = _year_of(potongan.tempat.lembar) or _year_of(kepala.judul_atas) or konteks.tahun
    years = pd.Series(told, index=potongan.frame.index, dtype="Int64")
    if "tahun" in potongan.frame:
        return potongan.frame["tahun"].astype("Int64").fillna(years)
    return years


def _year_of(text: str) -> int | None:
    """Return the one year that a text names, None for none or several."""
    years = set(_TAHUN.findall(text))
    return int(years.pop()) if len(years) == 1 else None


def _with_places(long: pd.DataFrame, places: pd.Series, berkas: str) -> pd.DataFrame:
    """Return the rows with the place of their line in the file."""
    at: list[Letak] = [places[label] for label in long.index]
    return long.assign(
        berkas=berkas,
        tingkat=[place.tingkat for place in at],
        wilayah=[place.wilayah for place in at],
        kode_wilayah=[place.kode or None for place in at],
        _jumlah=[place.jumlah for place in at],
        _tebakan=[place.tebakan for place in at],
    )
