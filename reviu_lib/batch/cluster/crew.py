"""The workers of a Dask cluster beside those of this machine: one plan, the same books."""

from __future__ import annotations

import importlib
import queue
import secrets
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from reviu_lib.batch.books.keeping import as_result
from reviu_lib.batch.cluster.parcel import pack_inputs, unpack_outputs
from reviu_lib.batch.cluster.remote import (
    SAMAKAN,
    close_desks,
    describe_worker,
    explain_versions,
    make_report,
)
from reviu_lib.batch.planning import Pesanan
from reviu_lib.batch.pool import Crew, Dengar, Kabar, Selesai, Tugas
from reviu_lib.errors import ReviuError, RuangError
from reviu_lib.store import Ruang

# Longest the scheduler may take to answer, and a cluster may be without any worker, in seconds.
BATAS_SAMBUNG, BATAS_TANPA_PEKERJA = 10, 60
# How many tasks each thread of the cluster has beside the one it works on: enough never to wait,
# few enough that not all parcels lie in memory at once.
_SEDIA = 2
_JEDA = 1.0  # seconds between two looks at the cluster when there is no news
_HILANG = {
    "galat": "Laporan ini tidak dapat dikerjakan di klaster.",
    "lakukan": "Periksa memori dan catatan pekerja klaster, lalu jalankan perintah yang sama.",
}
_PUTUS = {
    "galat": "Hubungan dengan klaster terputus, atau tidak ada lagi pekerjanya.",
    "lakukan": "Periksa penjadwal dan pekerjanya, lalu jalankan perintah yang sama; "
    "yang sudah jadi dilewati.",
}


@contextmanager
def open_cluster(alamat: str, near: Crew) -> Iterator[ClusterCrew]:
    """Yield the crew of the cluster whose scheduler is at `alamat` (tcp://komputer:8786).

    What must stay here goes to `near`. Raises RuangError when Dask is not installed, the scheduler
    does not answer, no worker comes, or one has another version of reviu.
    """
    client = _connect(alamat)
    crew = ClusterCrew(near, client)
    try:
        _require_workers(client, alamat)
        yield crew
    finally:
        crew.close()


def _connect(alamat: str) -> Any:
    try:
        distributed = importlib.import_module("distributed")
    except ModuleNotFoundError:
        raise _refusal(
            "pustaka Dask tidak ada", alamat, "Pasang: pip install distributed fsspec"
        ) from None
    try:
        return distributed.Client(alamat, timeout=BATAS_SAMBUNG, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        remedy = "Periksa alamatnya (misalnya tcp://10.0.0.5:8786) dan penjadwalnya berjalan."
        raise _refusal(type(error).__name__, alamat, remedy) from None


def _refusal(why: str, alamat: str, lakukan: str) -> RuangError:
    return RuangError(f"Klaster Dask tidak dapat dipakai: {why}.", di=alamat, lakukan=lakukan)


def _require_workers(client: Any, alamat: str) -> None:
    """Raise RuangError unless there is a worker, and all have our version of everything."""
    distributed = importlib.import_module("distributed")
    try:
        client.wait_for_workers(1, timeout=BATAS_TANPA_PEKERJA)
    except distributed.TimeoutError:
        raise _refusal("tidak ada pekerja", alamat, "Jalankan `dask worker ALAMAT`.") from None
    try:
        found = client.run(describe_worker)
    except (ImportError, AttributeError) as error:
        raise _refusal(f"reviu tidak ada di pekerja ({error})", alamat, SAMAKAN) from None
    for worker, versions in found.items():
        if why := explain_versions(describe_worker(), versions):
            raise _refusal(f"versi pekerja {worker} lain: {why}", alamat, SAMAKAN)


@dataclass
class ClusterCrew:
    """Sends reports to the cluster and all other tasks to the workers of this machine.

    A worker that is lost costs nothing: Dask gives its task to another one. What an interruption
    leaves undone is cancelled, also where it runs.
    """

    near: Crew
    client: Any
    sesi: str = field(default_factory=lambda: f"reviu-{secrets.token_hex(4)}")
    running: dict[Any, Tugas] = field(default_factory=dict)
    news: queue.SimpleQueue[Any] = field(default_factory=queue.SimpleQueue)
    alone_since: float | None = None

    @property
    def ruang(self) -> Ruang:
        """The workspace of the run."""
        return self.near.ruang

    def run(self, tasks: Sequence[Tugas], *, dengar: Dengar, finish: Selesai) -> None:
        """Run `tasks`; `finish` takes each result as it comes, `dengar` the news before it.

        Both are called by the calling thread, one at a time.
        """
        far: list[Tugas] = []
        here: list[Tugas] = []
        for tugas in tasks:
            (far if _may_leave(tugas, self.ruang) else here).append(tugas)
        self.near.run(here, dengar=dengar, finish=finish)
        if far:
            self._run_far(far, dengar, finish)

    def _run_far(self, tasks: list[Tugas], dengar: Dengar, finish: Selesai) -> None:
        self.client.subscribe_topic(self.sesi, self._hear)
        waiting = list(reversed(tasks))
        while waiting or self.running:
            while waiting and len(self.running) < self._room():
                self._send(waiting.pop())
            item = self._next_news()
            if isinstance(item, Kabar):
                dengar(item)
            elif item in self.running:
                tugas = self.running.pop(item)
                finish(tugas, self._take(item, tugas))

    def _hear(self, event: tuple[float, dict[str, Any]]) -> None:
        self.news.put(Kabar(**event[1]["kabar"]))

    def _room(self) -> int:
        """Return how many tasks may be on their way: some for each thread, at least one."""
        return _SEDIA * max(1, sum(self.client.nthreads().values()))

    def _send(self, tugas: Tugas) -> None:
        order = Pesanan.from_dict(tugas.isi["pesanan"])
        paket = {
            "sesi": self.sesi,
            "versi": describe_worker(),
            "tugas": asdict(tugas),
            "berkas": pack_inputs(order, self.ruang),
        }
        with warnings.catch_warnings():  # a parcel of some MB in a task is what we mean
            warnings.simplefilter("ignore", UserWarning)
            key = f"{self.sesi}-{secrets.token_hex(6)}"
            future = self.client.submit(make_report, paket, key=key, pure=False)
        self.running[future] = tugas
        future.add_done_callback(self.news.put)

    def _next_news(self) -> Any:
        """Return a piece of news or a finished future; None when neither came for a while."""
        while True:
            with suppress(queue.Empty):
                return self.news.get(timeout=_JEDA)
            if self._is_deserted():
                self.client.cancel(list(self.running))

    def _is_deserted(self) -> bool:
        """Return whether the cluster has had no worker for so long that none will come."""
        if self.client.status == "running" and self.client.nthreads():
            self.alone_since = None
            return False
        self.alone_since = self.alone_since or time.monotonic()
        return time.monotonic() - self.alone_since > BATAS_TANPA_PEKERJA

    def _take(self, future: Any, tugas: Tugas) -> dict[str, Any]:
        """Return the result of a task after putting its files in place."""
        if future.status == "error":
            kind = type(future.exception()).__name__
            return {**_HILANG, "di": f"klaster Dask ({kind})"}
        if future.status != "finished":
            return dict(_PUTUS)
        result: dict[str, Any] = future.result()
        order = Pesanan.from_dict(tugas.isi["pesanan"])
        staging = Path(tugas.isi["staging"])
        try:
            unpack_outputs(result.pop("berkas", b""), order, self.ruang, staging=staging)
        except ReviuError as error:
            return as_result(error)
        return result

    def close(self) -> None:
        """Cancel what is still under way, let the workers forget this run, and hang up."""
        with suppress(Exception):  # the cluster may be gone; nothing of ours is lost with it
            self.client.cancel(list(self.running))
            self.client.run(close_desks, self.sesi, on_error="ignore")
        self.client.close(timeout=BATAS_SAMBUNG)


def _may_leave(tugas: Tugas, ruang: Ruang) -> bool:
    """Return whether a task may be done elsewhere: a report of one kabupaten, made from tables.

    Checks read identity; a comparison needs every kabupaten; a document that the team edited lies
    in data/raw.
    """
    if tugas.nama != "buat":
        return False
    order = Pesanan.from_dict(tugas.isi["pesanan"])
    return order.jenis == "laporan" and not ruang.dokumen_of(order.kode[0], order.tahun)
