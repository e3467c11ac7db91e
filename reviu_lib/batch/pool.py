"""Several workers side by side: a worker that dies costs its own task and is replaced."""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from reviu_lib.files import hold_lock
from reviu_lib.settings import Batas
from reviu_lib.store import Ruang, require_writable

# Longest a worker is waited for when it is told to stop, in seconds.
_BATAS_BERHENTI = 10
# What one worker and the notebook it runs take together, in MB, measured (docs/kinerja.md).
MEMORI_PEKERJA_MB = 800
# How often a task is begun again whose worker died: a fault of the machine, not of the notebook.
ULANG_GANGGUAN = 1
# Tasks that run notebooks, and so begin in a worker that is warm.
HANGAT = ("buat",)
# `mati` marks results of a task whose process ended before it could tell: nothing it wrote counts.
_MATI = {
    "galat": "Proses pekerja berhenti mendadak.",
    "lakukan": "Tutup program lain bila memori habis, lalu jalankan perintah yang sama.",
    "mati": True,
}


# rencana: so much will be done; tahap: the stage that runs now; ulang: begun again after a fault of
# the machine; the others are beginnings, endings, and notes.
KABAR = (
    "rencana", "mulai", "tahap", "ulang", "selesai", "dilewati", "gagal", "terhenti", "catatan",
)  # fmt: skip


@dataclass(frozen=True)
class Kabar:
    """News of a run; `jenis` is one of the words of `KABAR`.

    `pekerjaan` is what is done for the kabupaten and year (periksa, laporan, banding, notebook),
    `nama` which edition or notebook, `detik` how long it took or will take, `jumlah` how many.
    """

    jenis: str
    kode: str
    tahun: int
    teks: str = ""
    pekerjaan: str = ""
    nama: str = ""
    detik: float = 0.0
    jumlah: int = 0
    di: str = ""
    lakukan: str = ""


Dengar = Callable[[Kabar], None]


def ignore(kabar: Kabar) -> None:
    """Hear news and do nothing."""


@dataclass(frozen=True)
class Tugas:
    """A task for a worker: its name in `tasks.TUGAS`, the unit it is for, and its arguments.

    It is ended after `batas_detik`; `pekerjaan` and `judul` are what news call it.
    """

    nama: str
    kode: str
    tahun: int
    isi: dict[str, Any] = field(default_factory=dict)
    batas_detik: float | None = None
    pekerjaan: str = ""
    judul: str = ""

    def tell(self, jenis: str, teks: str = "") -> Kabar:
        """Return a piece of news about this task."""
        kind = self.pekerjaan or self.nama
        return Kabar(jenis, self.kode, self.tahun, teks, kind, nama=self.judul)


@dataclass
class _Worker:
    """One process and the pipe to it."""

    process: subprocess.Popen[str]
    hangat: bool

    @classmethod
    def start(cls, ruang: Ruang, threads: int, *, hangat: bool) -> _Worker:
        flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        process = subprocess.Popen(
            # papermill writes in the encoding of the locale, which need not know our letters
            [sys.executable, "-P", "-X", "utf8", "-m", "reviu_lib.batch.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="surrogateescape",
            start_new_session=True,
            creationflags=flags,
        )
        worker = cls(process, hangat)
        worker.send({"root": str(ruang.root), "benang": threads, "hangat": hangat})
        return worker

    def send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        try:
            # as it is: a path that this locale cannot name arrives as the bytes it has on disk
            self.process.stdin.write(json.dumps(message, ensure_ascii=False) + "\n")
            self.process.stdin.flush()
        except (OSError, ValueError):  # it died or was stopped; reading from it will tell
            return

    def run(self, tugas: Tugas, dengar: Dengar) -> dict[str, Any]:
        """Return the last message of the task: `selesai` or `galat`."""
        limit = threading.Timer(tugas.batas_detik or threading.TIMEOUT_MAX, self.process.kill)
        limit.daemon = True
        limit.start()
        try:
            self.send({"tugas": tugas.nama, "isi": tugas.isi})
            return self._listen(tugas, dengar) or _explain_death(tugas, limit)
        finally:
            limit.cancel()

    def _listen(self, tugas: Tugas, dengar: Dengar) -> dict[str, Any]:
        """Return the last message of the task; an empty one when the process died before."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            message: dict[str, Any] = json.loads(line)
            if "tahap" not in message:
                return message
            dengar(tugas.tell("tahap", message["tahap"]))
        # It closed its output: dead or dying. Reaped here, so that no later task is sent to it.
        self.process.kill()
        self.process.wait()
        _end_session(self.process.pid)
        return {}

    def stop(self) -> None:
        """End the process; it ends its kernels first."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.close()
            self.process.wait(_BATAS_BERHENTI)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
            _end_session(self.process.pid)


def _end_session(leader: int) -> None:
    """End what the notebooks of a dead worker had started; it led a session of its own."""
    for number in (p.name for p in Path("/proc").glob("[0-9]*")):
        with suppress(OSError):
            if os.getsid(int(number)) == leader:
                os.kill(int(number), signal.SIGKILL)


def _explain_death(tugas: Tugas, limit: threading.Timer) -> dict[str, Any]:
    """Return why a task has no result: its time was up, or its process died."""
    if not limit.finished.is_set():
        return dict(_MATI)
    return {
        "galat": f"Dihentikan karena berjalan lebih dari {tugas.batas_detik:.0f} detik.",
        "lakukan": "Naikkan batas_laporan_detik di reviu.toml, atau ringankan notebooknya.",
        "mati": True,
        "batas": True,
    }


def default_workers() -> int:
    """Return how many reports are made at once when nobody says: one a core that memory carries."""
    free = _free_memory_mb()
    carried = _count_cores() if free is None else free // MEMORI_PEKERJA_MB
    return max(1, min(_count_cores(), carried))


def _count_cores() -> int:
    """Return the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _free_memory_mb() -> int | None:
    """Return the memory that may be taken without swapping, in MB; None where nobody tells."""
    try:
        told = Path("/proc/meminfo").read_text(encoding="ascii")
    except OSError:
        return None
    found = re.search(r"^MemAvailable:\s+(\d+) kB", told, flags=re.MULTILINE)
    return int(found[1]) // 1024 if found else None


@dataclass(frozen=True)
class Cara:
    """How a run works: how many at once (None: as the machine allows), who hears, what limits.

    `klaster` is the address of a Dask scheduler that reports are sent to ("": none), `tujuan` the
    folder or fsspec address that they are copied to ("": nowhere).
    """

    pekerja: int | None = None
    dengar: Dengar = ignore
    batas: Batas = field(default_factory=Batas)
    klaster: str = ""
    tujuan: str = ""


BIASA = Cara()


@contextmanager
def open_crew(ruang: Ruang, cara: Cara) -> Iterator[Crew]:
    """Yield the workers of a run that has the workspace to itself.

    Raises RuangError when another process works in it, or a folder may not be written.
    """
    require_writable(ruang)
    with hold_lock(ruang.gembok) as left_behind:
        if left_behind:
            note = f"Pekerjaan {left_behind} tidak selesai; kuncinya diambil alih."
            cara.dengar(Kabar("catatan", "", 0, note))
        with Crew(ruang, cara.pekerja or default_workers()) as crew:
            yield crew


Selesai = Callable[[Tugas, dict[str, Any]], None]


class Regu(Protocol):
    """Whoever does the tasks of a run: the workers of this machine, or those of a cluster."""

    def run(self, tasks: Sequence[Tugas], *, dengar: Dengar, finish: Selesai) -> None:
        """Run `tasks`; `finish` takes each result as it comes, `dengar` the news before it."""


class Crew:
    """The workers of a run; they start when first needed and end with the `with` block.

    An interruption ends all workers and their kernels before it goes on upwards.
    """

    def __init__(self, ruang: Ruang, size: int) -> None:
        self.ruang, self.size = ruang, max(1, size)
        self.workers: dict[int, _Worker] = {}
        self.stopped = threading.Event()

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        for worker in tuple(self.workers.values()):
            worker.stop()

    def run(self, tasks: Sequence[Tugas], *, dengar: Dengar, finish: Selesai) -> None:
        """Run `tasks`; `finish` takes each result as it comes, `dengar` the news before it.

        Both are called by the calling thread, one at a time.
        """
        waiting: queue.SimpleQueue[Tugas] = queue.SimpleQueue()
        results: queue.SimpleQueue[tuple[Tugas | Kabar, dict[str, Any]]] = queue.SimpleQueue()
        for tugas in tasks:
            waiting.put(tugas)
        for number in range(min(self.size, len(tasks))):
            threading.Thread(
                target=self._drive, args=(number, waiting, results), daemon=True
            ).start()
        remaining = len(tasks)
        while remaining:
            item, result = results.get()
            if isinstance(item, Kabar):
                dengar(item)
            else:
                finish(item, result)
                remaining -= 1

    def _drive(
        self, number: int, waiting: queue.SimpleQueue[Tugas], results: queue.SimpleQueue[Any]
    ) -> None:
        def hear(kabar: Kabar) -> None:
            results.put((kabar, {}))

        while not self.stopped.is_set():
            try:
                tugas = waiting.get_nowait()
            except queue.Empty:
                return
            hear(tugas.tell("mulai"))
            began = time.monotonic()
            result = self._try(number, tugas, hear)
            for _ in range(ULANG_GANGGUAN):
                if _is_disturbance(result) and not self.stopped.is_set():
                    hear(tugas.tell("ulang", result["galat"]))
                    result = self._try(number, tugas, hear)
            results.put((tugas, {**result, "detik": round(time.monotonic() - began, 2)}))

    def _try(self, number: int, tugas: Tugas, hear: Dengar) -> dict[str, Any]:
        try:
            return self._worker(number, hangat=tugas.nama in HANGAT).run(tugas, hear)
        except OSError as error:  # no process could be started
            return {**_MATI, "di": str(error.strerror)}

    def _worker(self, number: int, *, hangat: bool = False) -> _Worker:
        """Return the living worker of a thread, replaced when it has died.

        One that has worked cannot be warmed any more, and gives way to one that begins warm.
        """
        worker = self.workers.get(number)
        if worker and hangat and not worker.hangat:
            worker.stop()
        if worker is None or worker.process.poll() is not None:
            threads = max(1, (os.cpu_count() or 1) // self.size)
            worker = _Worker.start(self.ruang, threads, hangat=hangat)
            self.workers[number] = worker
        return worker


def _is_disturbance(result: dict[str, Any]) -> bool:
    """Return whether the machine failed, not the notebook: then one more try may succeed."""
    return bool(result.get("mati")) and not result.get("batas")
