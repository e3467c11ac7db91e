"""Time and peak memory of `reviu periksa 35` over by-name exports of a whole province.

Usage: python benchmarks/bench_provinsi.py [--berkas N] [--baris N] [--kode KODE…]
The exports are made up (see ekspor_contoh.py). Memory is that of all processes together, read
from /proc five times a second: Linux only.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ekspor_contoh import TAHUN, write_ekspor

from reviu_lib.ingest import list_codes

PROVINSI = "35"
MB = 1024  # /proc counts kilobytes
JEDA = 0.2  # seconds between two looks at the memory


def main() -> None:
    """Write the province, check it, and print what that took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--berkas", type=int, default=6)
    parser.add_argument("--baris", type=int, default=20_000)
    parser.add_argument("--kode", nargs="*", default=[PROVINSI], help="yang diperiksa")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data" / "raw" / PROVINSI / str(TAHUN)
        folder.mkdir(parents=True)
        for number in range(options.berkas):
            path = folder / f"ekspor_{number:02d}.xlsx"
            write_ekspor(path, options.baris, benih=number + 1, kode=list_codes(PROVINSI))
        wall, cpu, peak = measure(["periksa", *options.kode, "--ruang", name])
    print(f"{options.berkas} berkas × {options.baris} baris, {' '.join(options.kode)}: ", end="")
    print(f"{wall:.0f} d, {cpu:.0f} d CPU, memori puncak {peak / MB:.0f} MB")


def measure(command: list[str]) -> tuple[float, float, int]:
    """Return wall and CPU seconds of a reviu command, and the peak memory of all its processes."""
    start, peak = time.perf_counter(), 0
    call = "from reviu_lib.cli import main; main()"
    process = subprocess.Popen([sys.executable, "-c", call, *command], stdout=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, sum(map(read_memory, list_processes(process.pid))))
        time.sleep(JEDA)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, peak


def list_processes(number: int) -> list[int]:
    """Return a process and all below it; those that just ended are left out."""
    try:
        threads = list(Path(f"/proc/{number}/task").iterdir())
        below = [int(text) for one in threads for text in (one / "children").read_text().split()]
    except OSError:
        return []
    return [number, *(one for child in below for one in list_processes(child))]


def read_memory(number: int) -> int:
    """Return the resident kilobytes of a process, 0 once it has ended."""
    try:
        lines = Path(f"/proc/{number}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


if __name__ == "__main__":
    main()
