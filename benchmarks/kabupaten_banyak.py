"""A workspace with the smallest workbook of every kabupaten/kota of the country, made in seconds.

Usage: python benchmarks/kabupaten_banyak.py FOLDER [--banyak N] [--tahun T] [--ringan]

The places are real; every number is invented, and each workbook says who, when, and three
activities. `--ringan` gives the workspace two notebooks that finish at once, to measure what the
batch itself takes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd

from reviu_lib.reference import kabupaten_names
from reviu_lib.store import Ruang, make_ruang
from reviu_lib.workbook import write_templat

BANYAK, TAHUN = 514, 2024
_OPD = ("Dinas Kesehatan", "Dinas KB", "Dinas PUPR")
_PARAMETER = 'kode_kabupaten = ""\ntahun = 0\nedisi = "rapat"\nruang = ""'
_MEMBACA = "from reviu_lib import load_bahan\nload_bahan(kode_kabupaten, tahun, edisi=edisi).nama"
_MENGHITUNG = (
    "from reviu_lib import load_bahan, save_hasil\n"
    "from reviu_lib.review import review\n"
    "save_hasil(review(load_bahan(kode_kabupaten, tahun, edisi=edisi)))"
)


def make_many(folder: Path, *, banyak: int = BANYAK, tahun: int = TAHUN) -> Ruang:
    """Return a workspace in `folder` with raw files of the first `banyak` kabupaten by code."""
    ruang = make_ruang(folder)
    first, *others = sorted(kabupaten_names())[:banyak]
    pattern = _unpack(write_workbook(ruang, first, tahun))
    for kode in others:
        path = ruang.raw_of(kode, tahun) / "buku.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as book:
            for name, content in pattern.items():
                book.writestr(name, content.replace(first.encode(), kode.encode()))
    return ruang


def _unpack(path: Path) -> dict[str, bytes]:
    """Return the parts of a workbook by name."""
    with ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def write_workbook(ruang: Ruang, kode: str, tahun: int = TAHUN, *, realisasi: int = 5) -> Path:
    """Return the workbook of one kabupaten after writing it; `realisasi` of 10 planned."""
    path = ruang.raw_of(kode, tahun) / "buku.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    who = {
        "kode_kabupaten": [kode],
        "tahun": [tahun],
        "tanggal_cutoff": [pd.Timestamp(tahun, 11, 30)],
        "tanggal_reviu": [pd.Timestamp(tahun, 12, 10)],
    }
    what = {
        "id_kegiatan": [f"K{n}" for n, _ in enumerate(_OPD, 1)],
        "sub_kegiatan": [f"Kegiatan buatan {n}" for n, _ in enumerate(_OPD, 1)],
        "opd": list(_OPD),
        "target_output": [10] * len(_OPD),
        "realisasi_output": [realisasi] * len(_OPD),
    }
    isi = {
        "identitas": pd.DataFrame(who, dtype=object),
        "kegiatan": pd.DataFrame(what, dtype=object),
    }
    write_templat(path, isi=isi)
    return path


def lighten(ruang: Ruang) -> None:
    """Put two notebooks into the workspace that read, compute, and draw nothing."""
    for name, source in (("01_periksa_data", _MEMBACA), ("02_reviu_kinerja", _MENGHITUNG)):
        path = ruang.notebooks / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(_notebook(source)), encoding="utf-8")


def _notebook(source: str) -> dict[str, object]:
    cells = [_cell("parameter", _PARAMETER, ["parameters"]), _cell("isi", source, [])]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel},
        "cells": cells,
    }


def _cell(id: str, source: str, tags: list[str]) -> dict[str, object]:
    fixed = {"cell_type": "code", "outputs": [], "execution_count": None}
    return {"id": id, "source": source, "metadata": {"tags": tags}, **fixed}


def main() -> None:
    """Write the workspace that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--banyak", type=int, default=BANYAK)
    parser.add_argument("--tahun", type=int, default=TAHUN)
    parser.add_argument("--ringan", action="store_true")
    asked = parser.parse_args()
    ruang = make_many(asked.folder, banyak=asked.banyak, tahun=asked.tahun)
    if asked.ringan:
        lighten(ruang)
    print(f"{asked.banyak} kabupaten/kota di {ruang.raw}")


if __name__ == "__main__":
    main()
