"""A long batch watched from outside: memory, open files, and dead processes, from start to end.

Usage: python benchmarks/soak.py [--banyak N] [--pekerja N] [--format DAFTAR] [--ringan]

Makes a workspace of N small kabupaten (kabupaten_banyak.py) and runs `reviu laporan` on it. Twice
a second the processes are read from /proc (Linux only): the supervisor, the workers it started,
and whatever works below them. Exits with 1 when a report is missing, the memory of the supervisor
or of the workers moves by more than a tenth between the second and the last tenth of the time in
which reports are made, open files grow, or a process ends and nobody takes note of it.

Then the same command is run again, with nothing changed and with one raw file changed: printed are
the median seconds and how many reports were made anew, which must be none and one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench_provinsi import read_memory
from kabupaten_banyak import BANYAK, TAHUN, lighten, make_many, write_workbook

from reviu_lib.store import Ruang

JEDA = 0.5  # seconds between two looks
RENTANG = 0.1  # share by which memory may move
# A process may be found dead for the moment until its parent has taken note of it.
SESAAT = 4  # looks in a row
_BAGIAN = 10
ULANGAN = 5  # runs with nothing changed
_REVIU = (sys.executable, "-c", "from reviu_lib.cli import main; main()")


@dataclass(frozen=True)
class Pandangan:
    """One look: memory in MB and open files of supervisor and workers, those below, the dead.

    `membuat` says whether reports were being made; before that, raw files are checked.
    """

    detik: float
    membuat: bool
    pengawas_mb: float
    pengawas_berkas: int
    pekerja_mb: float
    pekerja_berkas: int
    banyak_proses: int
    semua_mb: float
    mati: frozenset[int]


@dataclass(frozen=True)
class Rendaman:
    """What a run left, and every look at it."""

    kode_keluar: int
    banyak_laporan: int
    detik: float
    pandangan: tuple[Pandangan, ...]

    @property
    def mati(self) -> int:
        """How many processes ended of which nobody took note for a while."""
        rows = [look.mati for look in self.pandangan]
        windows = zip(*(rows[start:] for start in range(SESAAT)), strict=False)
        return len({number for window in windows for number in frozenset.intersection(*window)})

    def parts(self) -> list[Sequence[Pandangan]]:
        """Return the looks while reports were made, in ten equal parts, a short run in fewer."""
        looks = [one for one in self.pandangan if one.membuat]
        size = max(1, len(looks) // _BAGIAN)
        parts = (looks[n * size : (n + 1) * size] for n in range(_BAGIAN))
        return [part for part in parts if part]

    @property
    def drift_pengawas(self) -> float:
        """By which share the memory of the supervisor moved."""
        return self.drift(lambda one: one.pengawas_mb)

    def drift(self, of: Callable[[Pandangan], float]) -> float:
        """Return by which share a number of the last tenth differs from that of the second."""
        second, last = (median(map(of, part)) for part in (self.parts()[1], self.parts()[-1]))
        return last / second - 1


def soak(ruang: Ruang, *options: str) -> Rendaman:
    """Run `reviu laporan` in a workspace and look at it until it ends."""
    command = _command(ruang, options)
    with (ruang.root / "keluaran.txt").open("w") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
    start, looks, begun = time.monotonic(), [], False
    while process.poll() is None:
        begun = begun or any(ruang.reports.glob("*/*/manifest.json"))
        looks.append(look(process.pid, time.monotonic() - start, membuat=begun))
        time.sleep(JEDA)
    took = time.monotonic() - start
    return Rendaman(process.returncode, count_finished(ruang), took, tuple(looks))


def _command(ruang: Ruang, options: Sequence[str]) -> list[str]:
    return [*_REVIU, "laporan", *options, "--ruang", str(ruang.root)]


def repeat(ruang: Ruang, *options: str) -> tuple[float, int]:
    """Return the seconds of the same command once more, and how many reports it made anew."""
    before, start = _read_books(ruang), time.monotonic()
    subprocess.run(_command(ruang, options), check=True, stdout=subprocess.DEVNULL)
    took, after = time.monotonic() - start, _read_books(ruang)
    return took, sum(after[path] != before.get(path) for path in after)


def _read_books(ruang: Ruang) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in ruang.reports.glob("*/*/manifest.json")}


def look(pid: int, detik: float, *, membuat: bool) -> Pandangan:
    """Return what the processes of a run hold at this moment."""
    workers = list_children(pid)
    below = [one for worker in workers for one in list_below(worker)]
    memory = {number: read_memory(number) / 1024 for number in (pid, *workers, *below)}
    return Pandangan(
        detik,
        membuat,
        memory[pid],
        count_files(pid),
        sum(memory[number] for number in workers),
        sum(map(count_files, workers)),
        len(memory),
        sum(memory.values()),
        frozenset(number for number in (*workers, *below) if is_dead(number)),
    )


def list_children(number: int) -> list[int]:
    """Return the processes that a process started and that still stand in the table."""
    try:
        tasks = list(Path(f"/proc/{number}/task").iterdir())
        return [int(text) for one in tasks for text in (one / "children").read_text().split()]
    except OSError:
        return []


def list_below(number: int) -> list[int]:
    """Return the children of a process, and theirs."""
    children = list_children(number)
    return [*children, *(one for child in children for one in list_below(child))]


def count_files(number: int) -> int:
    """Return how many files, pipes, and sockets a process holds open."""
    try:
        return len(list(Path(f"/proc/{number}/fd").iterdir()))
    except OSError:
        return 0


def is_dead(number: int) -> bool:
    """Return whether a process has ended and its parent has not asked how."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (OSError, IndexError):
        return False


def count_finished(ruang: Ruang) -> int:
    """Return how many reports their manifests vouch for."""
    books = [json.loads(path.read_text()) for path in ruang.reports.glob("*/*/manifest.json")]
    return sum(e["status"] == "selesai" for book in books for e in book["laporan"].values())


def list_faults(result: Rendaman, banyak: int) -> list[str]:
    """Return what is not as it should be."""
    checks = {
        f"kode keluar {result.kode_keluar}": result.kode_keluar == 0,
        f"{result.banyak_laporan} dari {banyak} laporan": result.banyak_laporan == banyak,
        "memori pengawas": abs(result.drift_pengawas) <= RENTANG,
        "memori pekerja": abs(result.drift(lambda one: one.pekerja_mb)) <= RENTANG,
        "berkas terbuka pengawas": result.drift(lambda one: one.pengawas_berkas) <= RENTANG,
        "berkas terbuka pekerja": result.drift(lambda one: one.pekerja_berkas) <= RENTANG,
        f"{result.mati} proses mati tidak dibereskan": result.mati == 0,
    }
    return [what for what, good in checks.items() if not good]


def print_table(result: Rendaman) -> None:
    """Print the medians of each tenth of the time."""
    print(
        "| bagian | sampai detik | pengawas MB | berkas | pekerja MB | berkas | proses | semua MB |"
    )
    print("|---|---|---|---|---|---|---|---|")
    checks = [one for one in result.pandangan if not one.membuat]
    parts = [("periksa", checks), *((str(n), part) for n, part in enumerate(result.parts(), 1))]
    for name_of_part, part in parts:
        names = ("pengawas_mb", "pengawas_berkas", "pekerja_mb", "pekerja_berkas",
                 "banyak_proses", "semua_mb")  # fmt: skip
        cells = [f"{median(getattr(one, name) for one in part):.0f}" for name in names]
        print(f"| {name_of_part} | {part[-1].detik:.0f} | " + " | ".join(cells) + " |")
    per = result.detik / max(1, result.banyak_laporan)
    print(
        f"\n{result.banyak_laporan} laporan, {result.detik:.0f} detik, {per:.2f} detik tiap laporan"
    )
    print(f"memori pengawas {result.drift_pengawas:+.1%}, ", end="")
    print(f"pekerja {result.drift(lambda one: one.pekerja_mb):+.1%}; mati {result.mati}")


def print_repeats(ruang: Ruang, *options: str) -> bool:
    """Print what it costs to run again; return whether only what changed was made anew."""
    same = [repeat(ruang, *options) for _ in range(ULANGAN)]
    write_workbook(ruang, ruang.list_raw()[0][0], TAHUN, realisasi=6)
    took, made = repeat(ruang, *options)
    again, middle = sum(one for _, one in same), median(one for one, _ in same)
    seconds = ", ".join(f"{one:.2f}" for one, _ in same)
    print(f"tanpa perubahan: median {middle:.2f} detik ({seconds}), {again} laporan dibuat lagi")
    print(f"satu berkas berubah: {took:.2f} detik, {made} laporan dibuat lagi")
    return (again, made) == (0, 1)


def main() -> None:
    """Soak the workspace that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--banyak", type=int, default=BANYAK)
    parser.add_argument("--pekerja", default="2")
    parser.add_argument("--format", default="html")
    parser.add_argument("--ringan", action="store_true", help="notebook yang selesai seketika")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        ruang = make_many(Path(folder) / "ruang", banyak=asked.banyak)
        if asked.ringan:
            lighten(ruang)
        options = ("--pekerja", asked.pekerja, "--format", asked.format)
        result = soak(ruang, *options)
        print_table(result)
        faults = list_faults(result, asked.banyak)
        if not print_repeats(ruang, *options):
            faults.append("yang dibuat lagi bukan yang berubah")
        if faults:
            print("TIDAK BAIK: " + "; ".join(faults))
            print((ruang.root / "keluaran.txt").read_text()[-2000:])
            sys.exit(1)


if __name__ == "__main__":
    main()
