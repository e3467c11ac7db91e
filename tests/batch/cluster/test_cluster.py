"""The same plan on a Dask cluster: same bytes, and a worker that is lost costs nothing."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from reviu_lib.batch import Cara, Pesanan, run_laporan
from reviu_lib.batch.cluster import crew as crew_module
from reviu_lib.batch.cluster.remote import explain_versions
from reviu_lib.errors import RuangError
from reviu_lib.store import Ruang, load_kunci, make_ruang

from ..ruang_kecil import make_small, write_raw

UNITS = tuple((kode, 2024) for kode in ("12.18", "73.12", "19.06"))
ORDERS = [Pesanan(unit[:1], unit[1], format=("html", "xlsx")) for unit in UNITS]
# `reviu`, telling at its end which modules of Dask were loaded.
SETEMPAT = """
import json, sys
from reviu_lib.cli import main
try:
    main()
finally:
    there = [name for name in ("dask", "distributed", "fsspec") if name in sys.modules]
    print(json.dumps(there), file=sys.stderr)
"""
SUNYI = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@dataclass
class Klaster:
    """A scheduler and its workers, processes of their own."""

    alamat: str
    pekerja: list[subprocess.Popen]


@pytest.fixture(scope="module")
def klaster(tmp_path_factory):
    folder = tmp_path_factory.mktemp("klaster")
    note = folder / "penjadwal.json"
    local = ["--host", "127.0.0.1", "--no-dashboard"]
    scheduler = _start("dask_scheduler", *local, "--port", "0", "--scheduler-file", str(note))
    _wait(note.is_file)
    once = ["--scheduler-file", str(note), "--nthreads", "1", "--no-nanny"]
    workers = [_start("dask_worker", *local, *once, "--local-directory", str(folder / name))
               for name in ("satu", "dua")]  # fmt: skip

    yield Klaster(json.loads(note.read_text())["address"], workers)
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def _start(module, *arguments, folder=None):
    """Start a process of Dask; it takes reviu_lib from `folder` when one is given."""
    command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments]
    place = {"cwd": folder, "env": os.environ | {"PYTHONPATH": str(folder)}} if folder else {}
    return subprocess.Popen(command, **SUNYI, **place)


def _wait(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "tidak terjadi"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def asal(tmp_path_factory):
    """A small workspace with its key; read only."""
    ruang = make_small(tmp_path_factory.mktemp("asal"), *UNITS)
    load_kunci(ruang)
    return ruang


@pytest.fixture(scope="module")
def setempat(tmp_path_factory, asal):
    """What this machine alone makes of it, and what of Dask it loaded to do so."""
    folder = tmp_path_factory.mktemp("setempat") / "ruang"
    shutil.copytree(asal.root, folder)
    said = subprocess.run([sys.executable, "-c", SETEMPAT, "laporan", "--format", "html,xlsx",
                           "--ruang", str(folder)], capture_output=True, text=True)  # fmt: skip
    assert said.returncode == 0, said.stdout + said.stderr
    return _read(folder), json.loads(said.stderr)


def _read(folder):
    """Return path → bytes of all tables and reports, the manifests aside."""
    paths = [*(folder / "data" / "processed").rglob("*"), *(folder / "reports").rglob("*")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths
            if path.is_file() and path.name != "manifest.json"}  # fmt: skip


def _list_below(number):
    """Return the processes that a process started."""
    try:
        with open(f"/proc/{number}/task/{number}/children") as stream:
            return [int(text) for text in stream.read().split()]
    except FileNotFoundError:
        return []


@pytest.mark.skipif(sys.platform != "linux", reason="mencari proses lewat /proc")
def test_a_worker_killed_in_the_middle_costs_nothing_and_bytes_are_those_of_one_machine(
    klaster, asal, setempat, tmp_path
):
    killed, news = [], []

    def kill_one(kabar):
        news.append(kabar)
        busy = next((w for w in klaster.pekerja if _list_below(w.pid)), None)
        if kabar.jenis == "tahap" and kabar.pekerjaan == "laporan" and busy and not killed:
            killed.extend([busy.pid, *_list_below(busy.pid)])
            busy.kill()

    shutil.copytree(asal.root, tmp_path / "ruang")
    cara = Cara(klaster=klaster.alamat, dengar=kill_one)
    outcomes = run_laporan(ORDERS, ruang=Ruang(tmp_path / "ruang"), cara=cara)
    files = _read(tmp_path / "ruang")
    assert killed
    assert {item.status for item in outcomes} == {"selesai"}
    assert sorted(name for name in files if files[name] != setempat[0].get(name)) == []
    assert files.keys() == setempat[0].keys()
    assert {k.kode for k in news if k.jenis == "selesai" and k.pekerjaan == "laporan"} == {
        kode for kode, _ in UNITS
    }
    _wait(lambda: not any(_is_alive(number) for number in killed[1:]), 20)
    _wait(lambda: not any(_list_below(worker.pid) for worker in klaster.pekerja), 20)


def _is_alive(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_scheduler_that_does_not_answer_is_named_before_anything_runs(
    asal, tmp_path, monkeypatch
):
    monkeypatch.setattr(crew_module, "BATAS_SAMBUNG", 1)
    shutil.copytree(asal.root, tmp_path / "ruang")
    ruang = Ruang(tmp_path / "ruang")
    with pytest.raises(RuangError, match="Klaster Dask tidak dapat dipakai") as caught:
        run_laporan(ORDERS, ruang=ruang, cara=Cara(klaster="tcp://localhost:9"))
    assert caught.value.di == "tcp://localhost:9"
    assert ruang.list_processed() == []


def test_dask_that_is_not_installed_is_named_with_the_command(asal, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RuangError, match="pustaka Dask tidak ada") as caught:
        run_laporan(ORDERS, ruang=asal, cara=Cara(klaster="tcp://localhost:9"))
    assert "pip install distributed" in caught.value.lakukan


def test_a_worker_with_another_version_is_refused(klaster, asal, tmp_path):
    shutil.copytree(Path(crew_module.__file__).parents[2], tmp_path / "reviu_lib")
    with (tmp_path / "reviu_lib" / "hasil.py").open("a") as stream:
        stream.write("# versi lain")
    worker = _start("dask_worker", klaster.alamat, "--no-nanny", "--no-dashboard",
                    "--local-directory", str(tmp_path / "lain"), folder=tmp_path)  # fmt: skip
    try:
        _wait(lambda: (tmp_path / "lain").is_dir())
        with pytest.raises(RuangError, match="versi pekerja tcp://.* lain: reviu") as caught:
            _run_nothing_again_and_again(asal, klaster.alamat)
        assert "requirements.lock" in caught.value.lakukan
    finally:
        worker.kill()
        worker.wait()


def _run_nothing_again_and_again(ruang, alamat):
    """Run without orders until all workers have arrived, which takes a while."""
    for _ in range(20):
        run_laporan([], ruang=ruang, cara=Cara(klaster=alamat))
        time.sleep(1)


@pytest.mark.parametrize(
    ("there", "told"),
    [
        ({"reviu": "ab", "pandas": "3"}, ""),
        ({"reviu": "cd", "pandas": "3"}, "reviu cd, di sini ab"),
        ({"reviu": "ab"}, "pandas tidak ada, di sini 3"),
    ],
)
def test_versions_that_differ_are_named(there, told):
    assert explain_versions({"reviu": "ab", "pandas": "3"}, there) == told


@pytest.mark.parametrize(
    ("order", "nama", "leaves"),
    [
        (Pesanan(("12.18",), 2024), "buat", True),
        (Pesanan(("12.18",), 2024), "periksa", False),
        (Pesanan(("12.18", "73.12"), 2024, jenis="banding"), "buat", False),
    ],
)
def test_only_reports_of_one_kabupaten_leave_this_machine(tmp_path, order, nama, leaves):
    tugas = crew_module.Tugas(nama, order.label, order.tahun, {"pesanan": order.as_dict()})
    assert crew_module._may_leave(tugas, make_ruang(tmp_path)) is leaves


def test_a_report_that_renews_the_document_of_the_team_stays_here(tmp_path):
    ruang = make_ruang(tmp_path)
    write_raw(ruang, "12.18", 2024).with_name("dokumen-tim.docx").write_bytes(b"PK")
    order = Pesanan(("12.18",), 2024)
    tugas = crew_module.Tugas("buat", order.label, order.tahun, {"pesanan": order.as_dict()})
    assert ruang.dokumen_of("12.18", 2024)
    assert not crew_module._may_leave(tugas, ruang)


def test_dask_is_not_loaded_when_no_cluster_is_named(setempat):
    assert setempat[1] == []
