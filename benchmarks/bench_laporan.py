"""Time of `reviu laporan` against a shell loop of papermill and nbconvert, in paired runs.

Usage: python benchmarks/bench_laporan.py [--pasangan N] [--kabupaten N] [--pekerja N]
Prints the seconds of each pair and the median ratio. Checks of raw files are not timed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reviu_lib.batch import Cara, Pesanan, periksa, run_laporan
from reviu_lib.batch.sources import PERIKSA, REVIU, find_notebook
from reviu_lib.example import write_contoh
from reviu_lib.store import Ruang, make_ruang


def prepare(folder: Path) -> Ruang:
    """Return a workspace with the example, checked."""
    ruang = make_ruang(folder)
    write_contoh(ruang.raw)
    for kode, tahun in ruang.list_raw():
        periksa(kode, tahun, ruang=ruang)
    return ruang


def run_ours(ruang: Ruang, orders: list[Pesanan], workers: int) -> None:
    """Make every report with the batch of reviu."""
    outcomes = run_laporan(orders, ruang=ruang, ulang=True, cara=Cara(workers))
    assert {item.status for item in outcomes} == {"selesai"}, outcomes


def run_loop(ruang: Ruang, orders: list[Pesanan]) -> None:
    """Make every notebook and page as a shell loop does, one after another."""
    environment = {**os.environ, "REVIU_RUANG": str(ruang.root), "MPLBACKEND": "agg"}
    for order in orders:
        for nama in (PERIKSA, REVIU):
            output = ruang.root / f"loop-{nama}-{order.kode[0]}-{order.tahun}.ipynb"
            for command in _commands(find_notebook(nama, ruang=ruang), output, order):
                subprocess.run(command, env=environment, check=True, capture_output=True)


def _commands(source: Path, output: Path, order: Pesanan) -> tuple[list[str], list[str]]:
    parameters = [
        part
        for name, value in order.parameters.items()
        for part in ("-r" if isinstance(value, str) else "-p", name, str(value))
    ]
    python = [sys.executable, "-m"]
    return (
        [*python, "papermill", "--no-progress-bar", str(source), str(output), *parameters],
        [*python, "nbconvert", "--to", "html", str(output)],
    )


def measure(task: Callable[[], None]) -> float:
    """Return the wall-clock seconds of a task."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def main() -> None:
    """Run the pairs, alternating who goes first, and print the median ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pasangan", type=int, default=3)
    parser.add_argument("--kabupaten", type=int, default=2)
    parser.add_argument("--pekerja", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ruang = prepare(Path(folder))
        latest = dict(ruang.list_raw())
        orders = [
            Pesanan((kode,), tahun, format=("html", "xlsx")) for kode, tahun in latest.items()
        ][: options.kabupaten]
        ratios = []
        for number in range(options.pasangan):
            ours, loop = _pair(ruang, orders, workers=options.pekerja, ours_first=number % 2 == 0)
            ratios.append(loop / ours)
            print(f"pasangan {number + 1}: reviu {ours:.1f} d, putaran {loop:.1f} d", flush=True)
    print(f"putaran / reviu: {statistics.median(ratios):.2f} (median {len(ratios)} pasangan)")


def _pair(
    ruang: Ruang, orders: list[Pesanan], *, workers: int, ours_first: bool
) -> tuple[float, float]:
    def ours() -> None:
        run_ours(ruang, orders, workers)

    def loop() -> None:
        run_loop(ruang, orders)

    if ours_first:
        first = measure(ours)
        return first, measure(loop)
    second = measure(loop)
    return measure(ours), second


if __name__ == "__main__":
    main()
