"""Several workers side by side: a worker that dies costs its own task and is replaced."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

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
            [sys.executable, "-m", "reviu_lib.batch.worker"],
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


def run_tasks(
    tasks: Sequence[Tugas],
    *,
    ruang: Ruang,
    workers: int,
    dengar: Dengar = ignore,
    finish: Callable[[Tugas, dict[str, Any]], None],
) -> None:
    """Run `tasks` on at most `workers` processes; `finish` takes each result as it comes.

    `finish` and `dengar` are called by one thread at a time. An interruption ends all workers and
    their kernels before it goes on upwards.
    """
    waiting: queue.SimpleQueue[Tugas] = queue.SimpleQueue()
    results: queue.SimpleQueue[tuple[Tugas | Kabar, dict[str, Any]]] = queue.SimpleQueue()
    for tugas in tasks:
        waiting.put(tugas)
    crew = _Crew(ruang, min(workers, len(tasks)), waiting, results)
    try:
        crew.start()
        remaining = len(tasks)
        while remaining:
            item, result = results.get()
            if isinstance(item, Kabar):
                dengar(item)
            else:
                finish(item, result)
                remaining -= 1
    finally:
        crew.stop()


class _Crew:
    """The threads that each drive one worker."""

    def __init__(
        self, ruang: Ruang, size: int, waiting: queue.SimpleQueue, results: queue.SimpleQueue
    ) -> None:
        self.ruang, self.size = ruang, size
        self.waiting, self.results = waiting, results
        self.workers: dict[int, _Worker] = {}
        self.stopped = threading.Event()
        self.threads = [threading.Thread(target=self._drive, args=(n,)) for n in range(size)]

    def start(self) -> None:
        """Start all threads."""
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """End every worker and wait for its thread."""
        self.stopped.set()
        for worker in tuple(self.workers.values()):
            worker.stop()
        for thread in self.threads:
            thread.join()

    def _drive(self, number: int) -> None:
        while not self.stopped.is_set():
            try:
                tugas = self.waiting.get_nowait()
            except queue.Empty:
                return
            self._hear(Kabar("mulai", tugas.kode, tugas.tahun))
            try:
                result = self._worker(number).run(tugas, self._hear)
            except OSError as error:  # no process could be started
                result = {**_MATI, "di": str(error.strerror)}
            self.results.put((tugas, result))

    def _hear(self, kabar: Kabar) -> None:
        self.results.put((kabar, {}))

    def _worker(self, number: int) -> _Worker:
        """Return the living worker of a thread, replaced when it has died."""
        worker = self.workers.get(number)
        if worker is None or worker.process.poll() is not None:
            threads = max(1, (os.cpu_count() or 1) // self.size)
            worker = self.workers[number] = _Worker.start(self.ruang, threads)
        return worker
