"""What a report can show, as declared in `definitions/laporan.toml`: tables, matrices, figures.

The declarations name columns; headings, kinds, and meanings come from `tabel_hasil.toml`, so that
report and data dictionary cannot drift.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict

from reviu_lib.catalog import Aturan, build, load_aturan, load_ringkasan, read_toml
from reviu_lib.errors import DefinisiError
from reviu_lib.hasil import HasilBanding, HasilReviu

_BERKAS = "laporan.toml"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TandaStatus(_Frozen):
    """Symbol and tone that accompany a status word."""

    simbol: str
    nada: Literal["baik", "sedang", "buruk", "netral"]


class SusunanTabel(_Frozen):
    """One table of the report: rows by `saring`, columns in order, what to say when empty.

    `edisi` are the editions that show it; none means all of them.
    """

    nama: str
    judul: str
    tabel: str
    kolom: tuple[str, ...]
    sumber: str
    saring: Mapping[str, tuple[str, ...]] = {}
    urut: tuple[str, ...] = ()
    kelompok: str = ""
    kepala: str = ""
    total: str = ""
    kosong: str = ""
    lampiran: bool = False
    lanskap: bool = False
    edisi: tuple[str, ...] = ()


class SusunanTabelBanding(SusunanTabel):
    """One table of a comparison: also by the first letters of `ukuran`, cut after `maks` rows."""

    awalan: str = ""
    maks: int = 0


class SusunanMatriks(_Frozen):
    """One wide table: places by indicators or indicators by places."""

    nama: str
    judul: str
    tabel: str
    baris: str
    nama_baris: str
    kolom: str
    nilai: str
    sumber: str
    kosong: str
    nama_kolom: str = ""
    saring: Mapping[str, tuple[str, ...]] = {}
    kecamatan: bool = False
    lanskap: bool = True


class SusunanGambar(_Frozen):
    """One figure of the report: caption and source; `grafik.plot_<nama>` draws it."""

    nama: str
    judul: str
    tabel: str
    sumber: str
    diam: bool = False


class SusunanBanding(_Frozen):
    """One table that puts aggregate numbers of several kabupaten side by side."""

    nama: str
    judul: str
    baris: Mapping[str, str]


@cache
def load_susunan_tabel() -> Mapping[str, SusunanTabel]:
    """Return the declared tables by name."""
    return _load("tabel", SusunanTabel)


@cache
def load_susunan_tabel_banding() -> Mapping[str, SusunanTabelBanding]:
    """Return the declared tables of a comparison by name."""
    return _load("tabel_banding", SusunanTabelBanding)


@cache
def load_susunan_matriks() -> Mapping[str, SusunanMatriks]:
    """Return the declared matrices by name."""
    return _load("matriks", SusunanMatriks)


@cache
def load_susunan_gambar() -> Mapping[str, SusunanGambar]:
    """Return the declared figures by name."""
    return _load("gambar", SusunanGambar)


@cache
def load_susunan_banding() -> Mapping[str, SusunanBanding]:
    """Return the declared comparison tables by name: key of `ringkasan` → row heading."""
    return _load("banding", SusunanBanding)


@cache
def load_peta_dokumen() -> Mapping[str, tuple[str, ...]]:
    """Return the chapter of each output (`keluaran`) and each part of the document (`bagian`)."""
    peta = _declared()["peta_dokumen"]
    return {"keluaran": tuple(peta["keluaran"]), "bagian": tuple(peta["bagian"])}


@cache
def load_rujuk_ringkasan(kunci: str) -> str:
    """Return the name of the table behind a number of `ringkasan`: by prefix, else by part."""
    rujuk = _declared()["rujuk_ringkasan"]
    fits = [awalan for awalan in rujuk["awalan"] if kunci.startswith(awalan)]
    if fits:
        return str(rujuk["awalan"][max(fits, key=len)])
    return str(rujuk["bagian"][load_ringkasan()[kunci].bab])


@cache
def load_status() -> Mapping[str, TandaStatus]:
    """Return symbol and tone by status word."""
    words = _declared()["status"]
    return {word: build(TandaStatus, entry, f"{_BERKAS} [status]") for word, entry in words.items()}


@cache
def load_kolom_status() -> frozenset[str]:
    """Return the columns whose cells are status words."""
    return frozenset(_declared()["kolom_status"]["nama"])


@cache
def _declared() -> Mapping[str, Any]:
    return read_toml(_BERKAS)


def _load(bagian: str, model: type) -> dict:
    entries = _declared()[bagian]
    return {
        nama: build(model, {**entry, "nama": nama}, f"{_BERKAS} [{bagian}.{nama}]")
        for nama, entry in entries.items()
    }


def fill_words(text: str, tahun: int) -> str:
    """Return a declared text with the words of the era put in: `{analisis}`, `{tahun}`, …"""
    return text.format_map(_words(tahun, load_aturan(tahun)))


def _words(tahun: int, aturan: Aturan) -> dict[str, object]:
    return {
        "tahun": tahun,
        "tahun_lalu": tahun - 1,
        "tahun_berikut": tahun + 1,
        "analisis": aturan.masukan_analisis,
        "rencana": aturan.masukan_rencana,
    }


def select_rows(
    hasil: HasilReviu | HasilBanding, susunan: SusunanTabel | SusunanMatriks
) -> pd.DataFrame:
    """Return the rows of a declared table of one result, RangeIndex; all its columns are kept."""
    frame: pd.DataFrame = getattr(hasil, susunan.tabel)
    for kolom, values in susunan.saring.items():
        if kolom not in frame:
            raise DefinisiError(f"{_BERKAS}: kolom {kolom} tidak ada pada {susunan.tabel}.")
        wanted = [fill_words(value, hasil.tahun) for value in values]
        frame = frame[_as_words(frame[kolom]).isin(wanted)]
    urut = list(getattr(susunan, "urut", ()))
    return (frame.sort_values(urut, kind="stable") if urut else frame).reset_index(drop=True)


def select_shown(hasil: HasilReviu, susunan: SusunanTabel | SusunanMatriks) -> pd.DataFrame:
    """Return the same rows as they are put on paper: closed cells hold `TERTUTUP`."""
    rows = select_rows(hasil, susunan)
    if not hasil.tertutup:
        return rows
    return hasil.shown(susunan.tabel).set_index("baris").loc[rows["baris"]].reset_index()


def _as_words(column: pd.Series) -> pd.Series:
    if column.dtype == "boolean":
        return column.map({True: "ya", False: "tidak"}).astype("string").fillna("")
    return column.astype("string").fillna("")
