"""The scenario of the example: what the TOML files beside this module declare."""

from __future__ import annotations

import tomllib
import zlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from reviu_lib import reference
from reviu_lib.catalog import load_aturan

BULAN_EKSPOR = {"Februari": 2, "Agustus": 8}
# Spread of the size of villages (log scale) and of their effects on children and services.
_SEBARAN_UKURAN, _SEBARAN_DESA = 0.45, 0.18
_HAZ_TERTINGGAL = -2.0  # the kecamatan left behind comes first among the lokus


@dataclass(frozen=True)
class Skenario:
    """One kabupaten and year of the example; `ke` is 0 in its first year and 1 in its second."""

    kode: str
    tahun: int
    ke: int
    kabupaten: dict[str, Any]
    ketentuan: dict[str, Any]

    @property
    def set_indikator(self) -> str:
        """The indicator set of the year's era."""
        return load_aturan(self.tahun).set_indikator

    @property
    def cutoff(self) -> date:
        """The last day the data cover."""
        day: date = self.ketentuan["tanggal_cutoff"]
        return day

    @property
    def folder(self) -> str:
        """The folder under data/raw."""
        return f"{self.kode}/{self.tahun}"

    def nama_berkas(self, jenis: str) -> str:
        """The file name of one kind: buku_kerja, februari, agustus, rekap."""
        names = {
            "buku_kerja": f"buku-kerja-{self.kode}-{self.tahun}.xlsx",
            "februari": f"eppgbm-februari-{self.tahun}.xlsx",
            "agustus": f"eppgbm-agustus-{self.tahun}.csv",
            "rekap": f"rekap_indikator_{self.tahun}.csv",
        }
        return names[jenis]

    def rng(self, untuk: str) -> np.random.Generator:
        """Return the random numbers for one purpose, the same in every run."""
        return make_rng(f"{self.kode}/{self.tahun}/{untuk}")


def make_rng(untuk: str) -> np.random.Generator:
    """Return the random numbers of the example for one purpose, the same in every run."""
    return np.random.default_rng([read_data("kabupaten")["benih"], zlib.crc32(untuk.encode())])


@cache
def read_data(nama: str) -> dict[str, Any]:
    """Return one of the TOML files beside this module."""
    path = files("reviu_lib.example").joinpath("data", f"{nama}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def list_skenario() -> tuple[Skenario, ...]:
    """Return every kabupaten and year of the example in order."""
    return tuple(
        Skenario(kode, int(tahun), ke, kabupaten, ketentuan)
        for kode, kabupaten in read_data("kabupaten").items()
        if isinstance(kabupaten, dict)
        for ke, (tahun, ketentuan) in enumerate(sorted(kabupaten["tahun"].items()))
    )


@cache
def load_desa(kode: str) -> pd.DataFrame:
    """Return the villages with synthetic size: list_desa plus balita, efek, tertinggal."""
    kabupaten, rng = read_data("kabupaten")[kode], make_rng(f"{kode}/desa")
    desa = reference.list_desa(kode).sort_values("kode_desa", ignore_index=True)
    size = rng.lognormal(0, _SEBARAN_UKURAN, len(desa))
    return desa.assign(
        balita=size / size.sum() * kabupaten["balita"],
        efek=rng.normal(0, _SEBARAN_DESA, len(desa)),
        tertinggal=(desa["kode_kecamatan"] == kabupaten["kecamatan_tertinggal"]).to_numpy(bool),
    )


def choose_lokus(skenario: Skenario) -> list[str]:
    """Return the codes of the lokus of the year in order."""
    desa = load_desa(skenario.kode)
    rank = desa["efek"] + _HAZ_TERTINGGAL * desa["tertinggal"]
    chosen = rank.nsmallest(skenario.kabupaten["jumlah_lokus"]).index
    return sorted(desa.loc[chosen, "kode_desa"])


def planted(skenario: Skenario, berkas: str) -> dict[str, int]:
    """Return kode → number of cells or rows planted in one file."""
    return {
        item["kode"]: _count(item, skenario)
        for item in read_data("tanam")["kotoran"]
        if berkas in item["berkas"] and _applies(item, skenario)
    }


def stories(skenario: Skenario, tabel: str) -> dict[str, dict[str, Any]]:
    """Return key → what a story sets, for one table of one year."""
    return {
        place[2]: story["atur"]
        for story in read_data("cerita")["cerita"]
        if story["tabel"] == tabel
        for place in story["di"]
        if place[:2] == [skenario.kode, skenario.tahun]
    }


def daftar_tanam() -> pd.DataFrame:
    """Return everything planted in the example, dirt and stories.

    Columns: jenis (kotoran|cerita), kode, kode_kabupaten, tahun, berkas (under data/raw), lembar,
    kolom, jumlah (cells or rows), tabel and kunci (of a story), nilai (what must come out, where a
    number says it), uraian, harapan.
    """
    rows = [
        *(row for skenario in list_skenario() for row in _dirt_rows(skenario)),
        *(row for story in read_data("cerita")["cerita"] for row in _story_rows(story)),
    ]
    kinds = {"tahun": "Int64", "jumlah": "Int64", "nilai": "float64"}
    columns = [
        *("jenis", "kode", "kode_kabupaten", "tahun", "berkas", "lembar", "kolom"),
        *("jumlah", "tabel", "kunci", "nilai", "uraian", "harapan"),
    ]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({name: kinds.get(name, "string") for name in columns})


def _applies(item: dict[str, Any], skenario: Skenario) -> bool:
    return "hanya" not in item or [skenario.kode, skenario.tahun] in item["hanya"]


def _count(item: dict[str, Any], skenario: Skenario) -> int:
    count = item["jumlah"]
    return int(count[skenario.kode] if isinstance(count, dict) else count)


def _dirt_rows(skenario: Skenario) -> list[dict[str, Any]]:
    return [
        {
            "jenis": "kotoran",
            "kode": item["kode"],
            "kode_kabupaten": skenario.kode,
            "tahun": skenario.tahun,
            "berkas": f"{skenario.folder}/{skenario.nama_berkas(berkas)}",
            "lembar": item.get("lembar"),
            "kolom": item["kolom"],
            "jumlah": _count(item, skenario),
            "uraian": item["uraian"],
        }
        for item in read_data("tanam")["kotoran"]
        if _applies(item, skenario)
        for berkas in item["berkas"]
    ]


def _story_rows(story: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "jenis": "cerita",
            "kode": story["kode"],
            "kode_kabupaten": place[0],
            "tahun": place[1],
            "tabel": story["tabel"],
            "kunci": place[2],
            "nilai": place[3] if len(place) > 3 else None,
            "jumlah": 1,
            "uraian": story["uraian"],
            "harapan": story["harapan"],
        }
        for place in story["di"]
    ]
