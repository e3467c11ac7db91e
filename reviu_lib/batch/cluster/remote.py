"""What runs on a worker of the cluster: one report, in a process and a workspace of its own.

A worker of Dask runs its tasks in threads; notebooks need a process that nothing else shares.
So each thread keeps a desk: a private folder as workspace, and one of our own workers, warm from
the second report on. When the worker of Dask dies, the pipe closes and ours ends itself.
"""

from __future__ import annotations

import importlib
import os
import platform
import shutil
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reviu_lib.batch.cluster.parcel import HASIL, pack_outputs, unpack_inputs
from reviu_lib.batch.planning import Pesanan, environment
from reviu_lib.batch.pool import Crew, Kabar, Tugas
from reviu_lib.files import hash_library
from reviu_lib.store import Ruang

# Longest a desk is kept without work, in seconds: its client may have gone without a word.
BATAS_MENGANGGUR = 300
# What to do about a worker that has another reviu, or none.
SAMAKAN = "Pasang reviu dan requirements.lock yang sama di semua komputer klaster."
_desks: dict[int, _Desk] = {}
_guard = threading.Lock()


def describe_worker() -> dict[str, str]:
    """Return the versions that must be the same on all machines of a run."""
    return {"reviu": hash_library()[:12], **environment()}


def explain_versions(here: dict[str, str], there: dict[str, str]) -> str:
    """Return in which versions a worker differs from the machine that asks, else ""."""
    names = sorted(name for name in {*here, *there} if here.get(name) != there.get(name))
    return "; ".join(f"{n} {there.get(n, 'tidak ada')}, di sini {here.get(n)}" for n in names)


@dataclass
class _Desk:
    """A borrowed workspace and the process that works in it, for one run of one client."""

    sesi: str
    crew: Crew
    idle: threading.Timer | None = field(default=None)

    @property
    def root(self) -> Path:
        return self.crew.ruang.root

    def prepare(self, data: bytes) -> Path:
        """Return the empty folder for the finished files, beside the inputs in `data`."""
        for path in self.root.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        unpack_inputs(data, self.crew.ruang)
        staging = self.root / HASIL
        staging.mkdir()
        return staging

    def close(self) -> None:
        """End the process and remove the folder."""
        self.crew.__exit__()
        shutil.rmtree(self.root, ignore_errors=True)

    def wait(self) -> None:
        """Close after a long time without work."""
        self.idle = threading.Timer(BATAS_MENGANGGUR, close_desks, (self.sesi,))
        self.idle.daemon = True
        self.idle.start()


def make_report(paket: dict[str, Any]) -> dict[str, Any]:
    """Return the result of one task, with the finished files as a zip in `berkas`.

    `paket` holds the task as a dict (`tugas`), the zip of its inputs (`berkas`), the versions of
    the client (`versi`), and the word of its run (`sesi`). Another version is an error.
    """
    if why := explain_versions(paket["versi"], describe_worker()):
        return _refusal(why)
    desk = _take_desk(paket["sesi"])
    try:
        staging = desk.prepare(paket["berkas"])
        tugas = Tugas(**paket["tugas"])
        tugas.isi["staging"] = str(staging)
        order = Pesanan.from_dict(tugas.isi["pesanan"])
        result = _run(desk.crew, tugas, _make_teller(paket["sesi"]))
        return {**result, "berkas": pack_outputs(order, desk.crew.ruang)}
    finally:
        desk.wait()


def _refusal(why: str) -> dict[str, Any]:
    return {
        "galat": f"Pekerja klaster memakai versi lain: {why}.",
        "di": f"komputer {platform.node()}",
        "lakukan": SAMAKAN,
    }


def _run(crew: Crew, tugas: Tugas, tell: Callable[[Kabar], None]) -> dict[str, Any]:
    results: list[dict[str, Any]] = []
    crew.run([tugas], dengar=tell, finish=lambda _, result: results.append(result))
    return results[0]


def _make_teller(sesi: str) -> Callable[[Kabar], None]:
    """Return the function that sends news to the client of a run."""
    worker = importlib.import_module("distributed").get_worker()
    return lambda kabar: worker.log_event(sesi, {"kabar": vars(kabar)})


def _take_desk(sesi: str) -> _Desk:
    """Return the desk of this thread; that of an earlier run is cleared away first."""
    number = threading.get_ident()
    with _guard:
        desk = _desks.pop(number, None)
        if desk and desk.idle:
            desk.idle.cancel()
        if desk and (desk.sesi != sesi or desk.crew.stopped.is_set()):
            desk.close()
            desk = None
        _desks[number] = desk = desk or _open_desk(sesi)
        return desk


def _open_desk(sesi: str) -> _Desk:
    worker = importlib.import_module("distributed").get_worker()
    root = tempfile.mkdtemp(prefix="reviu-", dir=worker.local_directory)
    os.chmod(root, 0o700)
    return _Desk(sesi, Crew(Ruang(Path(root)), worker.state.nthreads))


def close_desks(sesi: str) -> None:
    """End what this worker still does for a run, and forget its files."""
    with _guard:
        mine = [number for number, desk in _desks.items() if desk.sesi == sesi]
        desks = [_desks.pop(number) for number in mine]
    for desk in desks:
        desk.close()
