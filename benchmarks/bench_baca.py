"""CPU time and peak memory of reading a by-name export, beside two bare readers.

Usage: python benchmarks/bench_baca.py [--baris N] [--putaran N] [--openpyxl N]
Each run is a process of its own; imports are not timed. Prints medians and ratios.
"""

from __future__ import annotations

import argparse
import json
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


TUGAS = {"openpyxl": read_openpyxl, "calamine": read_calamine, "reviu": read_reviu}


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
    figures: dict[str, list[list[float]]] = {nama: [] for nama in TUGAS}
    for number in range(max(putaran, openpyxl)):
        for nama in TUGAS:
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


def main() -> None:
    """Write the export once, then measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--baris", type=int, default=100_000)
    parser.add_argument("--putaran", type=int, default=3)
    parser.add_argument("--openpyxl", type=int, default=1, help="putaran openpyxl (menit)")
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


if __name__ == "__main__":
    main()
