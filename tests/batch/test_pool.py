"""Workers: every task has one result, news come in order, and a fault stays with its task."""

import os
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from reviu_lib.batch import pool
from reviu_lib.batch.pool import _MATI, Crew, Kabar, Tugas, default_workers, ignore
from reviu_lib.store import make_ruang

BAIK = {"pesanan": {}}


def _check(kode):
    return Tugas("periksa", kode, 2024, {"kode": kode, "tahun": 2024})


@pytest.fixture(scope="module")
def hasil(tmp_path_factory):
    """What four tasks on two workers told: one succeeds, three cannot; read only."""
    ruang = make_ruang(tmp_path_factory.mktemp("pekerja"))
    tasks = [_check("12.18"), Tugas("KENARI", "1", 1), _check("99.99"), Tugas("buat", "2", 2, BAIK)]
    results, news = {}, []
    with Crew(ruang, 2) as crew:
        crew.run(tasks, dengar=news.append, finish=lambda t, r: results.update({t.kode: r}))
        pids = [worker.process.pid for worker in crew.workers.values()]
    return ruang, results, news, pids


def test_each_task_ends_with_one_result(hasil):
    _, results, _, _ = hasil
    assert sorted(results) == ["1", "12.18", "2", "99.99"]
    assert all(len({"galat", "selesai"} & set(result)) == 1 for result in results.values())
    assert "selesai" in results["12.18"]


def test_our_own_error_comes_with_what_to_do(hasil):
    assert hasil[1]["99.99"]["lakukan"]


@pytest.mark.parametrize("kode", ["1", "2"])
def test_a_foreign_error_comes_with_kind_and_place_and_never_its_message(hasil, kode):
    result = hasil[1][kode]
    assert result["galat"].startswith("Galat tak terduga (")
    assert ".reviu/log/galat.log" in result["lakukan"]
    assert "KENARI" not in str(result)


def test_the_log_of_faults_holds_no_value(hasil):
    text = (hasil[0].rahasia / "log" / "galat.log").read_text()
    assert "KeyError" in text
    assert "KENARI" not in text


def test_every_task_is_announced_before_its_stages(hasil):
    news = hasil[2]
    assert sorted(k.kode for k in news if k.jenis == "mulai") == ["1", "12.18", "2", "99.99"]
    stages = [kabar for kabar in news if kabar.jenis == "tahap"]
    for kabar in stages:
        assert news.index(
            Kabar("mulai", kabar.kode, kabar.tahun, "", kabar.pekerjaan)
        ) < news.index(kabar)
    assert {kabar.teks for kabar in stages} == {"membaca berkas mentah"}


def test_no_worker_outlives_the_crew(hasil):
    for pid in hasil[3]:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_no_task_starts_no_process(tmp_path):
    with Crew(make_ruang(tmp_path), 4) as crew:
        crew.run([], dengar=ignore, finish=lambda t, r: pytest.fail("tidak ada tugas"))
        assert crew.workers == {}


@pytest.mark.parametrize(("asked", "size"), [(-1, 1), (0, 1), (1, 1), (8, 8)])
def test_a_crew_has_at_least_one_worker(tmp_path, asked, size):
    assert Crew(make_ruang(tmp_path), asked).size == size


@pytest.mark.parametrize(
    ("cores", "free", "workers"),
    [(1, 9000, 1), (2, 9000, 2), (8, 64_000, 8), (8, 2500, 3), (8, 100, 1), (4, None, 4)],
)
def test_without_a_wish_each_core_works_that_memory_carries(monkeypatch, cores, free, workers):
    monkeypatch.setattr(pool, "_count_cores", lambda: cores)
    monkeypatch.setattr(pool, "_free_memory_mb", lambda: free)
    assert default_workers() == workers


def test_a_worker_that_closed_its_output_never_gets_another_task(tmp_path):
    with Crew(make_ruang(tmp_path), 1) as crew:
        worker = crew._worker(0)
        worker.process.kill()
        assert "galat" in worker.run(_check("12.18"), ignore)
        assert worker.process.poll() is not None
        assert crew._worker(0) is not worker


class _Ticking:
    """A worker as the pool sees it: each try ends as the next of `endings` says."""

    def __init__(self, *endings):
        self.endings = list(endings)

    def __call__(self, number, tugas, hear):
        return self.endings.pop(0)


MATI = {"galat": "Proses pekerja berhenti mendadak.", "mati": True}
BERES, SALAH = {"selesai": {}}, {"galat": "Salah."}


@pytest.mark.parametrize(
    ("endings", "last", "tries"),
    [
        ([MATI, BERES], BERES, 2),
        ([MATI, MATI, BERES], MATI, 2),
        ([SALAH, BERES], SALAH, 1),
        ([{**MATI, "batas": True}, BERES], {**MATI, "batas": True}, 1),
    ],
    ids=["died once", "died twice", "an error of the notebook", "took too long"],
)
def test_only_a_fault_of_the_machine_is_tried_once_more(
    tmp_path, monkeypatch, endings, last, tries
):
    results, news = [], []
    crew = Crew(make_ruang(tmp_path), 1)
    monkeypatch.setattr(crew, "_try", _Ticking(*endings))
    crew.run([_check("12.18")], dengar=news.append, finish=lambda t, r: results.append(r))
    assert results[0].pop("detik") >= 0
    assert (results, [k.jenis for k in news].count("ulang") + 1) == ([last], tries)


def test_a_task_that_takes_longer_than_it_may_is_ended_and_said_so(tmp_path):
    with Crew(make_ruang(tmp_path), 1) as crew:
        worker = crew._worker(0)
        result = worker.run(replace(_check("12.18"), batas_detik=0.01), ignore)
        assert "lebih dari 0 detik" in result["galat"]
        assert "batas_laporan_detik" in result["lakukan"]
        assert worker.process.poll() is not None


def test_nothing_of_a_killed_worker_runs_on(tmp_path):
    with Crew(make_ruang(tmp_path), 1) as crew:
        worker = crew._worker(0, hangat=True)
        leader = worker.process.pid
        _wait_for(lambda: len(_session(leader)) == 2)  # the worker and the warm process
        worker.process.kill()
        assert worker.run(_check("12.18"), ignore) == {**_MATI}
        _wait_for(lambda: _session(leader) == [])


def _wait_for(true, seconds=60):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _session(leader):
    """Return the living processes of a session."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            _, _, rest = path.read_text().rpartition(")")
            state, _, _, session = rest.split()[:4]
            if int(session) == leader and state != "Z":
                found.append(int(path.parent.name))
    return found
