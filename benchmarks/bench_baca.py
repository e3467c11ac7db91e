"""CPU time and peak memory of reading by-name exports, beside two bare readers.

Usage: python benchmarks/bench_baca.py [--baris N] [--putaran N] [--openpyxl N] [--berkas N]
Each run is a process of its own; imports are not timed. Prints medians and ratios, then the peak
memory of preparing few and many such files (3 and 30; --berkas 0 leaves that out).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ekspor_contoh import KODE, TAHUN, write_ekspor

MB = 1024  # ru_maxrss counts kilobytes
KUNCI = b"kunci pengukuran yang bukan rahasia"


def read_openpyxl(folder: Path) -> Callable[[], object]:
    """Return the task of the usual reader: cells as they are, nothing cleaned."""
    import pandas as pd

    return lambda: pd.read_excel(next(folder.iterdir()), engine="openpyxl")


def read_calamine(folder: Path) -> Callable[[], object]:
    """Return the task of handing over the bare cells as Python lists."""
    from python_calamine import CalamineWorkbook

    def task() -> object:
        with CalamineWorkbook.from_path(next(folder.iterdir())) as book:
            return book.get_sheet_by_index(0).to_python()

    return task


def read_reviu(folder: Path) -> Callable[[], object]:
    """Return our task: guard, read, clean, check, match, pseudonymise, unite, list findings."""
    from reviu_lib.ingest import build_bahan

    return lambda: build_bahan(folder, kode_kabupaten=KODE, tahun=TAHUN, kunci=KUNCI)


def read_in_turn(folder: Path) -> Callable[[], object]:
    """Return the task of splitting many files: cleaned rows are kept, one file in memory."""
    from reviu_lib.ingest import Simpanan, find_dates, make_konteks, split_file

    konteks = make_konteks(folder, kode_kabupaten=KODE, tahun=TAHUN, kunci=KUNCI)
    simpanan = Simpanan(folder.parents[3] / f"bagian_{folder.name}", KUNCI, "")
    dated = [find_dates((), konteks)]
    return lambda: [split_file(path, dated, simpanan) for path in sorted(folder.iterdir())]


PEMBACA = {"openpyxl": read_openpyxl, "calamine": read_calamine, "reviu": read_reviu}
TUGAS = {**PEMBACA, "bertahap": read_in_turn}
FEW = 3
MOST_GROWTH = 1.2  # peak memory of many files over that of few


def run_one(nama: str, folder: Path) -> None:
    """Run one task in this process and print its CPU seconds, wall seconds, and peak memory."""
    import resource

    task = TUGAS[nama](folder)
    cpu, wall = time.process_time(), time.perf_counter()
    result = task()
    spent = (time.process_time() - cpu, time.perf_counter() - wall)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB
    assert result is not None
    print(json.dumps([*spent, peak]))


def measure(nama: str, folder: Path) -> list[float]:
    """Return what `run_one` prints in a process of its own."""
    command = [sys.executable, __file__, "--tugas", nama, "--folder", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: list[float] = json.loads(done.stdout.splitlines()[-1])
    print(f"{nama}: {figures[0]:.1f} d CPU, {figures[1]:.1f} d, {figures[2]:.0f} MB", flush=True)
    return figures


def run_all(folder: Path, *, putaran: int, openpyxl: int) -> None:
    """Run the readers in turn and print medians and ratios of CPU time."""
    figures: dict[str, list[list[float]]] = {nama: [] for nama in PEMBACA}
    for number in range(max(putaran, openpyxl)):
        for nama in PEMBACA:
            if number < (openpyxl if nama == "openpyxl" else putaran):
                figures[nama].append(measure(nama, folder))
    cpu = {
        nama: statistics.median(row[0] for row in rows) for nama, rows in figures.items() if rows
    }
    peak = {nama: max(row[2] for row in rows) for nama, rows in figures.items() if rows}
    for nama, seconds in cpu.items():
        print(f"median {nama}: {seconds:.1f} d CPU, memori puncak {peak[nama]:.0f} MB")
    if "openpyxl" in cpu:
        print(f"openpyxl / reviu: {cpu['openpyxl'] / cpu['reviu']:.1f} kali (sasaran >= 10)")
    print(f"reviu / calamine: {cpu['reviu'] / cpu['calamine']:.2f} kali (sasaran <= 2,5)")


def run_many(export: Path, root: Path, *, berkas: int, baris: int) -> None:
    """Print the peak memory of few and of many files like this one."""
    peaks = []
    for count in (FEW, berkas):
        folder = root / "data" / "raw" / KODE / f"{count}"
        folder.mkdir(parents=True)
        for number in range(count):
            os.link(export, folder / f"ekspor_{number:02d}.xlsx")
        print(f"{count} berkas, {count * baris} baris; ", end="")
        peaks.append(measure("bertahap", folder)[2])
    growth = peaks[1] / peaks[0]
    print(f"memori {berkas} berkas / {FEW} berkas: {growth:.2f} (sasaran <= {MOST_GROWTH})")


def main() -> None:
    """Write the export once, then measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--baris", type=int, default=100_000)
    parser.add_argument("--putaran", type=int, default=3)
    parser.add_argument("--openpyxl", type=int, default=1, help="putaran openpyxl (menit)")
    parser.add_argument("--berkas", type=int, default=30)
    parser.add_argument("--tugas", choices=TUGAS)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.tugas:
        run_one(options.tugas, options.folder)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data" / "raw" / KODE / str(TAHUN)
        folder.mkdir(parents=True)
        write_ekspor(folder / "ekspor.xlsx", options.baris)
        print(f"{options.baris} baris, {(folder / 'ekspor.xlsx').stat().st_size / 1e6:.1f} MB")
        run_all(folder, putaran=options.putaran, openpyxl=options.openpyxl)
        if options.berkas:
            export = folder / "ekspor.xlsx"
            run_many(export, Path(name), berkas=options.berkas, baris=options.baris)


if __name__ == "__main__":
    main()
