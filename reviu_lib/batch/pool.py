"""Several workers side by side: a worker that dies costs its own task and is replaced."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reviu_lib.files import hold_lock
from reviu_lib.store import Ruang

# Longest a worker is waited for when it is told to stop, in seconds.
_BATAS_BERHENTI = 10
_MATI = {
    "galat": "Proses pekerja berhenti mendadak.",
    "lakukan": "Tutup program lain bila memori habis, lalu jalankan perintah yang sama.",
}


@dataclass(frozen=True)
class Kabar:
    """News of a run: `jenis` is mulai, tahap, selesai, dilewati, gagal, or catatan."""

    jenis: str
    kode: str
    tahun: int
    teks: str = ""


Dengar = Callable[[Kabar], None]


def ignore(kabar: Kabar) -> None:
    """Hear news and do nothing."""


@dataclass(frozen=True)
class Tugas:
    """A task for a worker: its name in `tasks.TUGAS`, the unit it is for, and its arguments."""

    nama: str
    kode: str
    tahun: int
    isi: dict[str, Any] = field(default_factory=dict)


@dataclass
class _Worker:
    """One process and the pipe to it."""

    process: subprocess.Popen[str]

    @classmethod
    def start(cls, ruang: Ruang, threads: int) -> _Worker:
        flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "reviu_lib.batch.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            start_new_session=True,
            creationflags=flags,
        )
        worker = cls(process)
        worker.send({"root": str(ruang.root), "benang": threads})
        return worker

    def send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(message) + "\n")
            self.process.stdin.flush()
        except (OSError, ValueError):  # it died or was stopped; reading from it will tell
            return

    def run(self, tugas: Tugas, dengar: Dengar) -> dict[str, Any]:
        """Return the last message of the task: `selesai` or `galat`."""
        assert self.process.stdout is not None
        self.send({"tugas": tugas.nama, "isi": tugas.isi})
        for line in self.process.stdout:
            message: dict[str, Any] = json.loads(line)
            if "tahap" not in message:
                return message
            dengar(Kabar("tahap", tugas.kode, tugas.tahun, message["tahap"]))
        # It closed its output: dead or dying. Reaped here, so that no later task is sent to it.
        self.process.kill()
        self.process.wait()
        return dict(_MATI)

    def stop(self) -> None:
        """End the process; it ends its kernels first."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.close()
            self.process.wait(_BATAS_BERHENTI)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()


def default_workers() -> int:
    """Return how many reports are made at once when nobody says: two, or one on a single core."""
    return min(2, os.cpu_count() or 1)


@contextmanager
def open_crew(ruang: Ruang, workers: int | None, dengar: Dengar) -> Iterator[Crew]:
    """Yield the workers of a run that has the workspace to itself.

    Raises RuangError when another process works in it.
    """
    with hold_lock(ruang.rahasia / "kerja.kunci") as left_behind:
        if left_behind:
            note = f"Pekerjaan {left_behind} tidak selesai; kuncinya diambil alih."
            dengar(Kabar("catatan", "", 0, note))
        with Crew(ruang, workers or default_workers()) as crew:
            yield crew


Selesai = Callable[[Tugas, dict[str, Any]], None]


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
            hear(Kabar("mulai", tugas.kode, tugas.tahun))
            try:
                result = self._worker(number).run(tugas, hear)
            except OSError as error:  # no process could be started
                result = {**_MATI, "di": str(error.strerror)}
            results.put((tugas, result))

    def _worker(self, number: int) -> _Worker:
        """Return the living worker of a thread, replaced when it has died."""
        worker = self.workers.get(number)
        if worker is None or worker.process.poll() is not None:
            threads = max(1, (os.cpu_count() or 1) // self.size)
            worker = self.workers[number] = _Worker.start(self.ruang, threads)
        return worker
