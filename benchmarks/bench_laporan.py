"""Time of our batch against a shell loop of papermill and nbconvert, and against a plain script.

Usage: python benchmarks/bench_laporan.py [--notebook 02|acuan] [--laporan N] [--pasangan N]
       [--pekerja N] [--cara NAMA ...] [--ruang FOLDER]

The same notebook is run for the same kabupaten and years in each way: by our batch, by a shell
loop two at a time and one at a time, and as a plain script in warm processes, which is the floor.
`--cara` names others: a kernel provisioner (penyedia.py), and our other two engines. A pair is
all ways once, one after another; who goes first changes. Printed are seconds and CPU
seconds (of all processes) per report, and the medians of the ratios within the pairs. Checks of
raw files are not timed; loading the libraries is, once per way that does it once.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

from reviu_lib.batch import Cara, Pesanan, run_laporan, run_periksa
from reviu_lib.batch.engines import VARIABEL
from reviu_lib.batch.sources import REVIU, find_notebook
from reviu_lib.example import write_contoh
from reviu_lib.store import Ruang, make_ruang

ACUAN = "acuan"
NOTEBOOK = {"02": REVIU, ACUAN: ACUAN}
Ukuran = tuple[float, float]


def prepare(folder: Path) -> Ruang:
    """Return a workspace with the example, checked, and the reference notebook."""
    ruang = make_ruang(folder)
    write_contoh(ruang.raw)
    run_periksa(ruang.list_raw(), ruang=ruang)
    ruang.notebooks.mkdir(exist_ok=True)
    shutil.copy(Path(__file__).with_name(f"{ACUAN}.ipynb"), ruang.notebooks)
    return ruang


def list_orders(ruang: Ruang, notebook: str, count: int) -> list[Pesanan]:
    """Return so many orders of one notebook, going round the kabupaten and years there are."""
    edisi = (("edisi", "rapat"), ("ruang", "")) if notebook == REVIU else ()
    units = islice(cycle(ruang.list_raw()), count)
    return [
        Pesanan((kode,), tahun, format=("html",), jenis="notebook", buku=notebook,
                sebutan=f"uji{number:02}", isian=edisi)
        for number, (kode, tahun) in enumerate(units)
    ]  # fmt: skip


def run_ours(
    ruang: Ruang, orders: Sequence[Pesanan], workers: int, *, mesin: str = "cangkang"
) -> None:
    """Make every report with the batch of reviu, the cells run by one of its engines."""
    os.environ[VARIABEL] = mesin
    outcomes = run_laporan(orders, ruang=ruang, ulang=True, cara=Cara(workers))
    del os.environ[VARIABEL]
    assert {item.status for item in outcomes} == {"selesai"}, outcomes


def run_script(ruang: Ruang, orders: Sequence[Pesanan], workers: int, *, name: str) -> None:
    """Run the same notebooks by a script of this folder that takes workspace, jobs, and workers."""
    jobs = [
        [str(find_notebook(order.buku, ruang=ruang)), str(_output(ruang, order, "skrip")),
         order.parameters]
        for order in orders
    ]  # fmt: skip
    script = str(Path(__file__).with_name(name))
    command = [sys.executable, script, str(ruang.root), json.dumps(jobs), str(workers)]
    subprocess.run(command, check=True, capture_output=True)


def run_loop(ruang: Ruang, orders: Sequence[Pesanan], workers: int) -> None:
    """Make every notebook and page as a shell loop does, so many at a time."""
    environment = {**os.environ, "REVIU_RUANG": str(ruang.root)}
    environment.pop("MPLBACKEND", None)

    def make(order: Pesanan) -> None:
        output = _output(ruang, order, "putaran").with_suffix(".ipynb")
        for command in _commands(find_notebook(order.buku, ruang=ruang), output, order):
            subprocess.run(command, env=environment, check=True, capture_output=True)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(make, orders))


def _output(ruang: Ruang, order: Pesanan, way: str) -> Path:
    return ruang.root / f"{way}-{order.sebutan}-{order.kode[0]}-{order.tahun}.html"


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


def measure(task: Callable[[], None]) -> Ukuran:
    """Return the wall-clock and the CPU seconds of a task and its processes."""
    start, before = time.perf_counter(), _cpu()
    task()
    return time.perf_counter() - start, _cpu() - before


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(item.ru_utime + item.ru_stime for item in used)


def run_pairs(
    ways: dict[str, Callable[[], None]], pairs: int, reports: int
) -> list[dict[str, Ukuran]]:
    """Return the measures of every pair; each way goes first in turn."""
    names, measured = list(ways), []
    for number in range(pairs):
        turn = names[number % len(names) :] + names[: number % len(names)]
        measured.append({name: measure(ways[name]) for name in turn})
        for name in names:
            wall, cpu = measured[-1][name]
            told = f"{wall / reports:7.2f} detik, {cpu / reports:6.2f} detik CPU tiap laporan"
            print(f"pasangan {number + 1}  {name:<16}{told}", flush=True)
    return measured


def main() -> None:
    """Run the pairs and print the medians of the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notebook", choices=NOTEBOOK, default="02")
    parser.add_argument("--laporan", type=int, default=20)
    parser.add_argument("--pasangan", type=int, default=3)
    parser.add_argument("--pekerja", type=int, default=2)
    parser.add_argument("--cara", nargs="*", default=["putaran berdua", "putaran satu", "skrip"])
    parser.add_argument("--ruang", type=Path, help="ruang kerja contoh yang dipakai lagi")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ruang, workers = prepare(options.ruang or Path(folder)), options.pekerja
        orders = list_orders(ruang, NOTEBOOK[options.notebook], options.laporan)
        all_ways: dict[str, Callable[[], None]] = {
            "reviu": lambda: run_ours(ruang, orders, workers),
            "putaran berdua": lambda: run_loop(ruang, orders, workers),
            "putaran satu": lambda: run_loop(ruang, orders, 1),
            "skrip": lambda: run_script(ruang, orders, workers, name="skrip_biasa.py"),
            "penyedia": lambda: run_script(ruang, orders, workers, name="penyedia.py"),
            "mesin kernel": lambda: run_ours(ruang, orders, workers, mesin="kernel"),
            "mesin papermill": lambda: run_ours(ruang, orders, workers, mesin="papermill"),
        }
        ways = {name: all_ways[name] for name in ("reviu", *options.cara)}
        measured = run_pairs(ways, options.pasangan, len(orders))
    for name in options.cara:
        for kind, title in enumerate(("jam dinding", "waktu CPU")):
            ratio = statistics.median(pair[name][kind] / pair["reviu"][kind] for pair in measured)
            print(f"{name} / reviu, {title}: {ratio:.2f} (median {len(measured)} pasangan)")


if __name__ == "__main__":
    main()
