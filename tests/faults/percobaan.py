"""A trial of a fault: `reviu` as a process of its own, and what it leaves behind.

Every process of a trial carries a word in its environment, so that also those that were moved to
a session of their own, or lost their parent, are found again (/proc: Linux only).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from reviu_lib.store import Ruang

TANDA = "REVIU_PERCOBAAN"
# Longest that processes without a parent may go on, and a command may take, in seconds.
BATAS_YATIM, BATAS_PERINTAH = 15, 300
# What time it is for all trials, so that also the manifests of two runs are equal.
WAKTU = "1764547200"
_DIBUAT = re.compile(rb'"dibuat": "([^"]+)"')
_REVIU = (sys.executable, "-P", "-c", "from reviu_lib.cli import main; main()")
# What is neither a table nor a report: the key, the lock, and the log.
_BUKAN_HASIL = {".reviu"}


@dataclass
class Percobaan:
    """One workspace to be ill-treated, and the word that its processes carry."""

    ruang: Ruang
    tanda: str = field(default_factory=lambda: secrets.token_hex(8))

    def start(self, *arguments: str, before: tuple[str, ...] = (), **options) -> subprocess.Popen:
        """Start `reviu` in the workspace; `before` is the command that it is started by."""
        given = options.pop("env", {})
        options["env"] = os.environ | {TANDA: self.tanda, "SOURCE_DATE_EPOCH": WAKTU} | given
        command = [*before, *_REVIU, *arguments, "--ruang", str(self.ruang.root)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
        with _heard(signal.SIGINT):
            return subprocess.Popen(command, **{**pipes, **options})

    def run(self, *arguments: str, **options) -> tuple[int, str]:
        """Return the exit code of `reviu` and all that it said."""
        process = self.start(*arguments, **options)
        said, _ = process.communicate(timeout=BATAS_PERINTAH)
        return process.returncode, said

    def laporan(self, *arguments: str, **options) -> tuple[int, str]:
        """Make the reports of the workspace."""
        return self.run("laporan", *arguments, **options)

    def list_processes(self) -> dict[int, str]:
        """Return number → command of each living process of this trial."""
        mark = f"{TANDA}={self.tanda}".encode()
        return {
            int(path.parent.name): _read_command(path.parent)
            for path in Path("/proc").glob("[0-9]*/environ")
            if mark in _read(path).split(b"\0")
        }

    def wait_until_alone(self, seconds: float = BATAS_YATIM) -> dict[int, str]:
        """Return the processes still there after `seconds`; normally there are none at once."""
        end = time.monotonic() + seconds
        while (left := self.list_processes()) and time.monotonic() < end:
            time.sleep(0.1)
        return left

    def end(self) -> None:
        """Kill what is left, so that no trial disturbs the next one."""
        for number in self.list_processes():
            os.kill(number, signal.SIGKILL)

    def read_results(self) -> dict[str, str]:
        """Return path → hash of each table, report, and manifest."""
        return read_results(self.ruang)

    def entries(self) -> dict[str, dict]:
        """Return kode → what the manifest says of its report."""
        books = sorted(self.ruang.reports.rglob("manifest.json"))
        return {
            path.parent.name: json.loads(path.read_text("utf-8"))["laporan"]["rapat"]
            for path in books
        }

    def statuses(self) -> dict[str, str]:
        """Return kode → status of each report in the manifests."""
        return {kode: entry["status"] for kode, entry in self.entries().items()}


@contextmanager
def _heard(number: signal.Signals) -> Iterator[None]:
    """Let a process be started that hears a signal, also where the tests run in the background."""
    before = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def read_results(ruang: Ruang) -> dict[str, str]:
    """Return path → hash of each table, report, and manifest of a workspace."""
    paths = (path for path in ruang.root.rglob("*") if path.is_file())
    names = ((path.relative_to(ruang.root), path) for path in paths)
    return {
        name.as_posix(): hashlib.sha256(_read_whole(path)).hexdigest()
        for name, path in names
        if name.parts[0] not in _BUKAN_HASIL
    }


def _read_whole(path: Path) -> bytes:
    """Return the bytes of a file; of a manifest with each time of making as an instant.

    The same instant is written with the offset of the place where it was made.
    """
    data = path.read_bytes()
    return _DIBUAT.sub(_as_instant, data) if path.name == "manifest.json" else data


def _as_instant(found: re.Match[bytes]) -> bytes:
    moment = datetime.fromisoformat(found[1].decode())
    assert moment.tzinfo is not None, "waktu tanpa selisih dari UTC"
    return str(moment.timestamp()).encode()


def copy_of(ruang: Ruang, folder: Path) -> Percobaan:
    """Return a trial on a copy of a workspace."""
    shutil.copytree(ruang.root, folder)
    return Percobaan(Ruang(folder))


def list_different(now: dict[str, str], good: dict[str, str]) -> list[str]:
    """Return the files that are missing, too many, or not as they should be."""
    return sorted(name for name in {*now, *good} if now.get(name) != good.get(name))


def list_unreadable(ruang: Ruang) -> list[str]:
    """Return the notebooks and books under their final name that end in the middle."""
    paths = [*ruang.reports.rglob("*.ipynb"), *ruang.reports.rglob("*.json")]
    return sorted(path.name for path in paths if not _is_json(path.read_bytes()))


def _is_json(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict)
    except ValueError:
        return False


def list_half(now: dict[str, str], *good: dict[str, str]) -> list[str]:
    """Return the reports under their final name that are neither the old nor the new one.

    The manifest and the index tell how far a run came, and may differ while it is not finished;
    what is still being written has another name.
    """
    reports = (name for name in now if name.startswith("reports/") and not _is_aside(name))
    made = (name for name in reports if name.rpartition("/")[2] not in _TELL_HOW_FAR)
    return sorted(name for name in made if now[name] not in [one.get(name) for one in good])


_TELL_HOW_FAR = {"manifest.json", "index.html"}


def _is_aside(name: str) -> bool:
    """Return whether a file is still being written, or says in its name that it failed."""
    return "-gagal." in name or any(
        part.startswith(".") and part.endswith(".sementara") for part in name.split("/")
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _read_command(folder: Path) -> str:
    return _read(folder / "cmdline").replace(b"\0", b" ").decode(errors="replace")
