"""A small workspace whose notebooks run in a second: what the batch does is the same."""

import json
from pathlib import Path

import pandas as pd

from reviu_lib.store import Ruang, make_ruang
from reviu_lib.workbook import write_templat

PARAMETER = 'kode_kabupaten = ""\ntahun = 0\nedisi = "rapat"\nruang = ""'
BACA = (
    "from reviu_lib import load_bahan, load_lalu, save_hasil\n"
    "from reviu_lib.review import review\n"
    "bahan = load_bahan(kode_kabupaten, tahun, edisi=edisi)\n"
    "save_hasil(review(bahan, load_lalu(kode_kabupaten, tahun)))"
)


def write_notebook(path: Path, *cells: str, parameter: str = PARAMETER) -> Path:
    """Write a notebook: a cell that begins with # and a blank is a heading, others are code."""
    sources = [("code", parameter, ["parameters"]), *((_kind(c), c, []) for c in cells)]
    book = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "language": "python", "display_name": "P"}},
        "cells": [_cell(n, *item) for n, item in enumerate(sources)],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(book), encoding="utf-8")
    return path


def _kind(source: str) -> str:
    return "markdown" if source.startswith("# ") else "code"


def _cell(number: int, kind: str, source: str, tags: list[str]) -> dict:
    cell = {"cell_type": kind, "id": f"c{number}", "metadata": {"tags": tags}, "source": source}
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def write_raw(ruang: Ruang, kode: str, tahun: int, *, target_output: int = 10) -> Path:
    """Write the smallest workbook of a kabupaten and year: who, when, and one activity."""
    folder = ruang.raw_of(kode, tahun)
    folder.mkdir(parents=True, exist_ok=True)
    who = {
        "kode_kabupaten": [kode],
        "tahun": [tahun],
        "tanggal_cutoff": [pd.Timestamp(tahun, 11, 30)],
        "tanggal_reviu": [pd.Timestamp(tahun, 12, 10)],
    }
    what = {
        "id_kegiatan": ["K1"],
        "sub_kegiatan": ["Pengelolaan Pelayanan Kesehatan Balita"],
        "opd": ["Dinas Kesehatan"],
        "target_output": [target_output],
        "realisasi_output": [5],
    }
    isi = {
        "identitas": pd.DataFrame(who, dtype=object),
        "kegiatan": pd.DataFrame(what, dtype=object),
    }
    path = folder / "buku.xlsx"
    write_templat(path, kode_kabupaten=kode, tahun=tahun, isi=isi)
    return path


def make_small(folder: Path, *units: tuple[str, int]) -> Ruang:
    """Return a workspace with these units and two notebooks that finish at once."""
    ruang = make_ruang(folder)
    for kode, tahun in units:
        write_raw(ruang, kode, tahun)
    write_notebook(ruang.notebooks / "01_periksa_data.ipynb", "# Pemeriksaan", "tahun")
    write_notebook(ruang.notebooks / "02_reviu_kinerja.ipynb", "# Reviu", BACA, "# Penutup", "1")
    return ruang
