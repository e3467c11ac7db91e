"""Fuzz every reader in turn, guided by coverage, and print what was run and what was found.

Usage: python scripts/fuzz_readers.py SECONDS [READER…]; the time is shared evenly. The corpus of
each reader is kept in tests/fuzz/korpus/<reader>.zip and grows by the inputs that reached new
code; an input that broke a promise is kept in .fuzz/, and the exit code is 1.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fuzz.benih import PEMBUAT, write_seeds  # noqa: E402  tests/ is no package

KORPUS = ROOT / "tests" / "fuzz" / "korpus"
TEMUAN = ROOT / ".fuzz"
# Seconds of one input, and megabytes of the process, above which it is a fault.
DETIK_MASUKAN, MEMORI_MB = 20, 2_048
TERBESAR = 120_000  # bytes of one input
SISA = 5  # seconds too few for another round
# Bytes of a corpus kept; a date that is the same on every day, so that equal corpora are equal.
KORPUS_TERBESAR, TANGGAL = 60_000, (1980, 1, 1, 0, 0, 0)
_TAMBAH = re.compile(r"#\d+\s+\w+\s+cov: (\d+) ft: (\d+)")
_AKHIR = re.compile(r"stat::(\w+):\s+(\d+)")


@dataclass
class Catatan:
    """What a reader went through: seconds, executions, edges, features, peak MB, faults."""

    pembaca: str
    detik: float = 0.0
    eksekusi: int = 0
    awal: int = 0
    tepi: int = 0
    ciri: int = 0
    puncak_mb: int = 0
    gangguan: list[str] = field(default_factory=list)


def fuzz_reader(pembaca: str, seconds: float) -> Catatan:
    """Return the record of one reader, fuzzed for `seconds`; its corpus is brought up to date."""
    note = Catatan(pembaca)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as home:
        work = Path(home)
        write_seeds(pembaca, work / "benih", work / "kerja")
        corpus = _unpack(pembaca, work / "korpus")
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > SISA:
            _run_round(note, work, int(left))
            if len(note.gangguan) > 2:
                break
        _keep(pembaca, corpus)
    return note


def _run_round(note: Catatan, work: Path, seconds: int) -> None:
    """Let libFuzzer run until the time is over or a fault is found, and read what it says."""
    TEMUAN.mkdir(exist_ok=True)
    begun = time.monotonic()
    command = [
        sys.executable, str(ROOT / "tests/fuzz/putaran.py"), note.pembaca, str(work / "ruang"),
        f"-max_total_time={seconds}", f"-timeout={DETIK_MASUKAN}", f"-rss_limit_mb={MEMORI_MB}",
        f"-max_len={TERBESAR}", "-len_control=0", "-print_final_stats=1",
        f"-artifact_prefix={TEMUAN}/{note.pembaca}-", str(work / "korpus"), str(work / "benih"),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", cwd=work)
    read_words(note, done.stderr + done.stdout)
    note.detik += time.monotonic() - begun
    if done.returncode:
        note.gangguan.append((done.stderr + done.stdout)[-6_000:])
        keep_input(note, work)


def keep_input(note: Catatan, work: Path) -> None:
    """Keep the input read last: libFuzzer does not write it where a process ends on its own."""
    for path in (work / "ruang").rglob("masukan.*"):
        shutil.copy2(path, TEMUAN / f"{note.pembaca}-masukan-{len(note.gangguan)}{path.suffix}")


def read_words(note: Catatan, words: str) -> None:
    """Add to the record what libFuzzer said of one round."""
    grown = [(int(cov), int(ft)) for cov, ft in _TAMBAH.findall(words)]
    if grown:
        inited = re.search(r"INITED cov: (\d+)", words)
        note.awal = note.awal or int(inited[1] if inited else grown[0][0])
        note.tepi, note.ciri = max(note.tepi, grown[-1][0]), max(note.ciri, grown[-1][1])
    told = {name: int(value) for name, value in _AKHIR.findall(words)}
    counted = [int(number) for number in re.findall(r"^#(\d+)", words, re.M)]
    note.eksekusi += told.get("number_of_executed_units", max(counted, default=0))
    note.puncak_mb = max(note.puncak_mb, told.get("peak_rss_mb", 0))


def _unpack(pembaca: str, folder: Path) -> Path:
    folder.mkdir()
    if (kept := KORPUS / f"{pembaca}.zip").is_file():
        shutil.unpack_archive(kept, folder)
    return folder


def _keep(pembaca: str, folder: Path) -> None:
    """Keep the smallest inputs of a corpus, as many as there is room for, always in one order."""
    KORPUS.mkdir(exist_ok=True)
    room = KORPUS_TERBESAR
    with zipfile.ZipFile(KORPUS / f"{pembaca}.zip", "w", zipfile.ZIP_LZMA) as archive:
        for path in sorted(folder.iterdir(), key=lambda path: (path.stat().st_size, path.name)):
            room -= path.stat().st_size
            if room >= 0:
                archive.writestr(zipfile.ZipInfo(path.name, TANGGAL), path.read_bytes())


def print_table(notes: list[Catatan]) -> None:
    """Print one line for each reader."""
    print(
        f"{'pembaca':8} {'detik':>6} {'masukan':>8} {'cabang':>15} {'ciri':>6} {'MB':>5} gangguan"
    )
    for note in notes:
        grown = f"{note.awal} -> {note.tepi}"
        print(
            f"{note.pembaca:8} {note.detik:6.0f} {note.eksekusi:8} {grown:>15} {note.ciri:6} "
            f"{note.puncak_mb:5} {len(note.gangguan)}"
        )
    for note in notes:
        for words in note.gangguan:
            print(f"\n--- {note.pembaca}\n{words}")


def main(seconds: str, *readers: str) -> int:
    """Fuzz the named readers, or all; return 1 when a promise was broken."""
    chosen = readers or tuple(PEMBUAT)
    notes = [fuzz_reader(reader, int(seconds) / len(chosen)) for reader in chosen]
    print_table(notes)
    return int(any(note.gangguan for note in notes))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
