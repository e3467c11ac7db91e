"""What a workspace has to explore; loaded once, and again as soon as its tables change."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.errors import RuangError
from reviu_lib.files import list_files
from reviu_lib.hasil import HasilReviu
from reviu_lib.reference import nama_atau_kode
from reviu_lib.report.tinjauan import Tinjauan
from reviu_lib.review import review
from reviu_lib.store import Ruang, find_newest, load_bahan, load_hasil, load_lalu

# Kabupaten and years kept at once: one to look at, one to compare it with, and what was before.
_DIINGAT = 4
# How much of the name of an indicator a list shows.
_LEBAR_NAMA = 90
Butir = tuple[str, str]


@dataclass(frozen=True)
class Pilihan:
    """What the explorer shows; "" and 0 are still open."""

    kode_kabupaten: str = ""
    tahun: int = 0
    indikator: str = ""
    tempat: str = ""


@dataclass(frozen=True)
class Isi:
    """Inputs and results of one kabupaten and year, and the choices they offer."""

    bahan: BahanReviu
    hasil: HasilReviu

    @cached_property
    def indikator(self) -> list[Butir]:
        """Label and code of each indicator, in the order of the report."""
        rows = self.hasil.capaian_cakupan.drop_duplicates("kode_indikator")
        pairs = zip(rows["kode_indikator"], rows["indikator"], strict=True)
        return [(f"{kode} · {str(nama)[:_LEBAR_NAMA]}", str(kode)) for kode, nama in pairs]

    @cached_property
    def utama(self) -> str:
        """The code of the first indicator with a number for the whole area, else of the first."""
        rows = self.hasil.capaian_cakupan
        known = rows[rows["tingkat"].eq("kabupaten") & rows["capaian_persen"].notna()]
        return str([*known["kode_indikator"], *rows["kode_indikator"], ""][0])

    def list_tempat(self, tingkat: str, induk: str) -> list[Butir]:
        """Return name and code of each kecamatan or desa below the place `induk`, by name."""
        rows = self._tempat[self._tempat["tingkat"].eq(tingkat)]
        rows = rows[rows["kode_wilayah"].str.startswith(f"{induk}.")].sort_values("wilayah")
        return [(str(nama), str(kode)) for nama, kode in zip(rows["wilayah"], rows["kode_wilayah"],
                                                             strict=True)]  # fmt: skip

    @cached_property
    def _tempat(self) -> pd.DataFrame:
        kolom = ["kode_wilayah", "wilayah", "tingkat"]
        return self.hasil.capaian_cakupan[kolom].drop_duplicates("kode_wilayah")

    def has_tempat(self, kode: str) -> bool:
        """Return whether there are rows of this kabupaten, kecamatan, or desa."""
        return bool(self._tempat["kode_wilayah"].eq(kode).any())


def list_unit(ruang: Ruang) -> dict[str, list[int]]:
    """Return the years of each kabupaten that was checked, newest first."""
    units: dict[str, list[int]] = {}
    for kode, tahun in ruang.list_processed():
        units.setdefault(kode, []).insert(0, tahun)
    return units


def name_kabupaten(kode: str) -> str:
    """Return name and code of a kabupaten, as a list shows it."""
    return f"{nama_atau_kode(kode)} ({kode})"


def load_isi(kode_kabupaten: str, tahun: int, ruang: Ruang) -> Isi:
    """Return inputs and results; the result of the last report, or a new one where it is stale.

    RuangError when the tables are absent or stale, with the command that mends it.
    """
    return _load(kode_kabupaten, tahun, ruang, _stamp(kode_kabupaten, ruang))


@lru_cache(maxsize=_DIINGAT)
def _load(kode: str, tahun: int, ruang: Ruang, stamp: tuple[int, ...]) -> Isi:
    bahan = load_bahan(kode, tahun, ruang=ruang)
    with suppress(RuangError):
        return Isi(bahan, load_hasil(kode, tahun, ruang=ruang))
    return Isi(bahan, review(bahan, load_lalu(kode, tahun, ruang=ruang)))


def _stamp(kode: str, ruang: Ruang) -> tuple[int, ...]:
    """Return when raw files and tables of each year were written: another stamp, other content."""
    years = ruang.years_processed(kode)
    made = [ruang.processed_of(kode, year) / "asal.json" for year in years]
    raw = [path for year in years for folder in ruang.folders_of(kode, year)
           for path in list_files(folder)]  # fmt: skip
    return tuple(path.stat().st_mtime_ns for path in [*made, *raw])


def settle(pilihan: Pilihan, ruang: Ruang) -> Pilihan:
    """Return the choice with what is open filled in: newest year, first indicator, whole area.

    RuangError when nothing that fits was checked yet.
    """
    kode, tahun = find_newest(pilihan.kode_kabupaten, pilihan.tahun, ruang=ruang)
    indikator = pilihan.indikator or load_isi(kode, tahun, ruang).utama
    return Pilihan(kode, tahun, indikator, pilihan.tempat or kode)


def carry_over(pilihan: Pilihan, ruang: Ruang) -> Pilihan:
    """Return the choice settled, less an indicator or place that its kabupaten and year lacks."""
    kode, tahun = find_newest(pilihan.kode_kabupaten, pilihan.tahun, ruang=ruang)
    isi = load_isi(kode, tahun, ruang)
    known = {kode for _, kode in isi.indikator}
    indikator = pilihan.indikator if pilihan.indikator in known else ""
    tempat = pilihan.tempat if isi.has_tempat(pilihan.tempat) else ""
    return settle(Pilihan(kode, tahun, indikator, tempat), ruang)


def look(pilihan: Pilihan, ruang: Ruang) -> Tinjauan:
    """Return the pieces of a settled choice; LaporanError when it names what is not there."""
    isi = load_isi(pilihan.kode_kabupaten, pilihan.tahun, ruang)
    return Tinjauan(
        isi.bahan, isi.hasil, kode_indikator=pilihan.indikator, kode_wilayah=pilihan.tempat
    )
