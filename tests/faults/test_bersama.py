"""Two at once, again, later: locks, resumption, books of other versions, changed files."""

import importlib
import json
import os
import shutil
from pathlib import Path

import pytest
from batch.ruang_kecil import BACA, write_notebook

from .conftest import UNITS, change_raw
from .percobaan import Percobaan, copy_of, list_different
from .test_mati import REVIU, wait_for

KODE = UNITS[0][0]
# Waits in the middle of the review until the test lets it go on.
TUNGGU = (
    "import time\nfrom pathlib import Path\nPath('sampai').touch()\n"
    "while not Path('lanjut').exists():\n    time.sleep(0.02)\n"
)


def _lock_of(trial):
    return trial.ruang.rahasia / "kerja.kunci"


@pytest.mark.gangguan("F42", ringan=True)
def test_a_second_run_makes_only_what_changed(percobaan_jadi, baru, catat):
    assert "dimulai" not in percobaan_jadi.laporan()[1]
    change_raw(percobaan_jadi.ruang)
    code, said = percobaan_jadi.laporan()
    assert code == 0
    assert {
        line for line in said.splitlines() if "dimulai" in line and UNITS[1][0] in line
    } == set()
    lost = list_different(percobaan_jadi.read_results(), baru.hasil)
    catat(2, len(lost))
    assert lost == []


def _older(book):
    book["skema"] = 1


def _unknown(book):
    book["skema"] = 0


def _foreign(book):
    book["laporan"] = ["bukan", "buku"]


@pytest.mark.gangguan("F49")
@pytest.mark.parametrize("change", [_older, _unknown, _foreign, None])
def test_books_of_an_older_version_or_damaged_are_written_anew(percobaan_jadi, utuh, change, catat):
    path = percobaan_jadi.ruang.reports_of(*UNITS[0]) / "manifest.json"
    content = json.loads(path.read_text("utf-8"))
    if change:
        change(content)
    path.write_text(json.dumps(content)[: None if change else 200], "utf-8")
    assert percobaan_jadi.run("status")[0] == 0
    code, said = percobaan_jadi.laporan("--ulang")
    assert code == 0, said
    lost = list_different(percobaan_jadi.read_results(), utuh.hasil)
    catat(hilang=len(lost))
    assert lost == []


@pytest.mark.gangguan("F49", ringan=True)
def test_books_of_a_newer_version_stop_the_run_and_stay_as_they_are(percobaan_jadi, catat):
    path = percobaan_jadi.ruang.reports_of(*UNITS[0]) / "manifest.json"
    path.write_text(json.dumps({"skema": 99, "laporan": {"rapat": "kata"}}), "utf-8")
    before = percobaan_jadi.read_results()
    for command in ("status", "laporan", "periksa"):
        code, said = percobaan_jadi.run(command)
        assert (code, "Pasang reviu yang lebih baru" in " ".join(said.split())) == (1, True), said
    lost = list_different(percobaan_jadi.read_results(), before)
    catat(hilang=len(lost))
    assert lost == []


@pytest.mark.gangguan("F50")
def test_the_second_batch_is_told_who_works_there(percobaan, utuh, catat):
    first = percobaan.start("laporan")
    wait_for(lambda: _lock_of(percobaan).is_file() and _lock_of(percobaan).read_text())
    code, said = percobaan.laporan()
    assert code == 1
    assert f"sedang dipakai oleh proses {first.pid} di komputer" in " ".join(said.split())
    first.communicate()
    lost = list_different(percobaan.read_results(), utuh.hasil)
    catat(hilang=len(lost))
    assert (first.returncode, lost) == (0, [])


@pytest.mark.gangguan("F51")
def test_a_lock_left_by_the_dead_is_taken_over_with_a_note(percobaan_jadi, catat):
    holder = percobaan_jadi.start("laporan", "--ulang")
    wait_for(lambda: f"proses {holder.pid} " in _lock_of(percobaan_jadi).read_text())
    holder.kill()
    holder.communicate()
    code, said = percobaan_jadi.laporan("--format", "html")
    assert code == 0
    told = " ".join(said.split())
    assert f"Pekerjaan proses {holder.pid} di komputer" in told
    assert "kuncinya diambil alih" in told
    catat()


@pytest.mark.gangguan("F52")
def test_two_batches_in_two_workspaces_do_not_meet(asal, utuh, tmp_path, catat):
    trials = [copy_of(asal, tmp_path / name) for name in ("satu", "dua")]
    running = [trial.start("laporan", "--pekerja", "2") for trial in trials]
    assert [process.wait(300) for process in running] == [0, 0]
    lost = [name for t in trials for name in list_different(t.read_results(), utuh.hasil)]
    catat(2, len(lost))
    assert lost == []


@pytest.mark.gangguan("F53")
def test_a_raw_file_replaced_during_the_run_is_not_taken_for_reported(percobaan, catat):
    write_notebook(percobaan.ruang.notebooks / REVIU, "# Reviu", TUNGGU, BACA)
    process = percobaan.start("laporan", KODE, "--format", "html")
    wait_for((percobaan.ruang.root / "sampai").exists)
    change_raw(percobaan.ruang)
    (percobaan.ruang.root / "lanjut").touch()
    process.communicate()
    plan = percobaan.laporan(KODE, "--coba", "--format", "html")[1]
    assert f"{KODE}" in plan
    assert "berubah" in plan
    code, said = percobaan.laporan(KODE, "--format", "html")
    assert code == 0, said
    assert "dimulai" in said
    assert "dimulai" not in percobaan.laporan(KODE, "--format", "html")[1]
    catat()


@pytest.fixture
def soak(monkeypatch):
    """The soak of benchmarks/, which `make faults` runs small."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    return importlib.import_module("soak")


@pytest.mark.gangguan("F46")
def test_fifty_kabupaten_leave_memory_flat_and_no_dead_process(soak, tmp_path, catat):
    ruang = soak.make_many(tmp_path / "ruang", banyak=50)
    soak.lighten(ruang)
    result = soak.soak(ruang, "--format", "html", "--pekerja", "2")
    catat(50, 50 - result.banyak_laporan, memori_pengawas=f"{result.drift_pengawas:+.1%}")
    assert soak.list_faults(result, 50) == []


@pytest.fixture(scope="module")
def contoh(tmp_path_factory, contoh_raw):
    """The example with one worker and with four; read only."""
    trials = {}
    for workers in ("1", "4"):
        root = tmp_path_factory.mktemp(f"pekerja-{workers}") / "ruang"
        trial = trials[workers] = Percobaan(_make_example(root, contoh_raw))
        code, said = trial.laporan("--pekerja", workers, "--tahun", "2021", "--tahun", "2024")
        assert code == 0, said
    return trials


def _make_example(root, raw):
    from reviu_lib.store import Ruang

    shutil.copytree(raw, root / "data" / "raw")
    (root / ".reviu").mkdir()
    (root / ".reviu" / "kunci").write_text("5a" * 32)
    os.chmod(root / ".reviu" / "kunci", 0o600)
    return Ruang(root)


@pytest.mark.gangguan("F54")
@pytest.mark.parametrize("kind", ["parquet", "html", "xlsx", "pdf", "docx", "ipynb", "json"])
def test_four_workers_write_the_bytes_of_one(contoh, kind, catat):
    one, four = (
        {name: value for name, value in contoh[workers].read_results().items()
         if name.endswith(kind)}
        for workers in ("1", "4")
    )  # fmt: skip
    assert one
    lost = list_different(four, one)
    catat(len(one), len(lost))
    assert lost == []
