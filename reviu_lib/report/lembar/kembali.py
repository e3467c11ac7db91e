"""Who has answered and who has not: the worksheets that went out against those that came back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import load_lembar
from reviu_lib.catalog.lembar import IDENTITAS

Keadaan = Literal["belum", "lama", "kosong", "dilihat", "kembali"]
# What becomes of an answer that the coordinator must look at; the others are used or noted.
PERLU_DILIHAT = (
    "berbeda", "bertentangan", "berbeda dari LRA", "tidak terbagi", "tidak dikenal",
    "isi terkunci diubah", "tanpa identitas",
)  # fmt: skip
_IDENTITAS = "identitas"
_KOLOM_ISIAN = re.compile(r"\bisi_\w+")


@dataclass(frozen=True)
class Terkirim:
    """A worksheet that went out: the unit, its file, and the version printed in it."""

    jenis: str
    kode: str
    nama: str
    berkas: str
    versi: str


@dataclass(frozen=True)
class Satuan:
    """One unit and what came back from it."""

    terkirim: Terkirim
    keadaan: Keadaan
    berkas: tuple[str, ...] = ()
    jabatan: str = ""
    tanggal: str = ""
    isian: tuple[tuple[str, int], ...] = ()
    masalah: tuple[tuple[str, str], ...] = ()

    @property
    def jenis(self) -> str:
        """The kind of unit as it is called."""
        return load_lembar().jenis[self.terkirim.jenis].nama

    @property
    def nama(self) -> str:
        """The name with its kind, unless it is an OPD."""
        name = self.terkirim.nama
        return name if self.terkirim.jenis == "opd" else f"{self.jenis} {name}"


@dataclass(frozen=True)
class Kemajuan:
    """The units in the order in which they went out, answers to look at, files of no unit.

    `asing` holds (file, reason): worksheets that came back and belong to none of them.
    """

    unit: tuple[Satuan, ...]
    dilihat: pd.DataFrame
    asing: tuple[tuple[str, str], ...]

    def count(self, *keadaan: str) -> int:
        """Return how many units are in one of these states."""
        return sum(satu.keadaan in keadaan for satu in self.unit)


def judge_units(terkirim: Sequence[Terkirim], bahan: BahanReviu) -> Kemajuan:
    """Return how far the worksheets have come back, from the answers and findings of a check."""
    rows = bahan.isian_lembar
    units = tuple(_judge(item, rows, bahan.temuan) for item in terkirim)
    dilihat = rows[rows["keadaan"].isin(PERLU_DILIHAT)].reset_index(drop=True)
    known = {berkas for satu in units for berkas in satu.berkas}
    return Kemajuan(units, dilihat, _strangers(bahan, known))


def _judge(item: Terkirim, rows: pd.DataFrame, temuan: pd.DataFrame) -> Satuan:
    own = rows[(rows["jenis_unit"] == item.jenis) & (rows["kode_unit"] == item.kode)]
    if own.empty:
        return Satuan(item, "belum")
    files = tuple(dict.fromkeys(own["berkas"]))
    told = own[own["bagian"] == _IDENTITAS]
    answers = own[own["bagian"] != _IDENTITAS]
    faults = _faults(temuan, files)
    counts = tuple((str(state), int(n)) for state, n in answers["keadaan"].value_counts().items())
    state = _state(item, told, faults, answered=bool(counts))
    return Satuan(
        item, state, files, _last(told, "isi_jabatan"), _last(told, "isi_tanggal"), counts, faults
    )


def _state(
    item: Terkirim, told: pd.DataFrame, faults: Sequence[object], *, answered: bool
) -> Keadaan:
    versions = told.loc[told["kolom"] == "versi", "isian"]
    if len(versions) and item.versi not in set(versions):
        return "lama"
    if faults:
        return "dilihat"
    return "kembali" if answered else "kosong"


def _last(told: pd.DataFrame, kolom: str) -> str:
    values = told.loc[told["kolom"] == kolom, "isian"]
    return str(values.iloc[-1]) if len(values) else ""


def _faults(temuan: pd.DataFrame, files: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return what is wrong with files and what to do, gravest first; plain notes are left out."""
    grave = temuan[temuan["tingkat"] != "catatan"].fillna("")
    named = [not {*files}.isdisjoint(names.split(", ")) for names in grave["berkas"]]
    rows = grave[named]
    pairs = zip(rows["uraian"], rows["lembar"], rows["saran"], strict=True)
    return tuple(dict.fromkeys((_name_columns(what, sheet), todo) for what, sheet, todo in pairs))


def _name_columns(text: str, lembar: str) -> str:
    """Return a text in which the columns to fill in are called as the worksheet calls them."""
    parts = [part for part in load_lembar().bagian.values() if part.lembar == lembar]
    titles = {kolom.nama: f"“{kolom.judul}”" for part in parts for kolom in part.kolom}
    return _KOLOM_ISIAN.sub(lambda found: titles.get(found[0], found[0]), text)


def _strangers(bahan: BahanReviu, known: set[str]) -> tuple[tuple[str, str], ...]:
    """Return worksheets that no unit on the list has sent, and files that cannot be read.

    Each with the first reason there is.
    """
    tables = {IDENTITAS, *(part.tabel for part in load_lembar().bagian.values())}
    read = bahan.neraca_baris.loc[bahan.neraca_baris["tabel"].isin(tables), "berkas"]
    kinds, weights = bahan.temuan["kode"], bahan.temuan["tingkat"]
    unread = bahan.temuan.loc[kinds.str.startswith("B") & (weights == "galat"), "berkas"].dropna()
    files = [berkas for berkas in dict.fromkeys([*read, *unread]) if berkas not in known]
    return tuple((berkas, _reason(bahan.temuan, berkas)) for berkas in files)


def _reason(temuan: pd.DataFrame, berkas: str) -> str:
    faults = _faults(temuan, [berkas])
    return " ".join(faults[0]) if faults else "Unitnya tidak ada pada daftar lembar yang dikirim."
