"""Whatever a cell does to its process, the failure names the section and nothing runs on."""

import os
import time
from pathlib import Path

import nbformat
import pytest

from reviu_lib.errors import LaporanError
from reviu_lib.settings import Batas

BATAS = Batas(batas_sel_detik=2, batas_memori_mb=300, batas_keluaran_mb=2)


def _fail(run, *cells, **options):
    with pytest.raises(LaporanError) as caught:
        run("# Pembuka", "1", "# Anggaran", *cells, "# Penutup", "1", batas=BATAS, **options)
    assert caught.value.di == "bagian “Anggaran”"
    return caught.value.apa


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("import os; os._exit(0)", "proses Python notebook berhenti mendadak (kode 0)"),
        ("import os; os._exit(3)", "proses Python notebook berhenti mendadak (kode 3)"),
        ("import ctypes; ctypes.string_at(0)", "berhenti mendadak (SIGSEGV)"),
        ("import os; os.kill(os.getpid(), 9)", "berhenti mendadak (SIGKILL)"),
        ("exit()\nprint(1)", "proses Python notebook berhenti mendadak (kode 0)"),
        ("x = b'x' * 10**9", "galat tak terduga (MemoryError)"),
        ("while True: pass", "sel berjalan lebih dari 2 detik"),
        ("while True: print('x' * 1000)", "keluaran notebook lebih dari 2 MB"),
        ("import os\nwhile True: os.write(2, b'x' * 1000)", "keluaran notebook lebih dari 2 MB"),
        ("!yes", "keluaran notebook lebih dari 2 MB"),
        ("input('?')", "galat tak terduga (StdinNotImplementedError)"),
        ("import sys; sys.exit(1)", "galat tak terduga (SystemExit)"),
    ],
)
def test_a_cell_that_takes_its_process_down_fails_in_its_section(run, cell, told):
    assert told in _fail(run, cell, "1")


def test_what_came_before_the_death_is_in_the_notebook_that_failed(run, tempat):
    _fail(run, "import os; print('sebelum'); os.write(1, b'langsung'); os.abort()")
    book = nbformat.read(tempat / "hasil-gagal.ipynb", as_version=4)
    failed = [cell for cell in book.cells if cell.get("outputs")][-1].outputs
    assert [item.output_type for item in failed] == ["stream", "error"]
    assert (failed[-1].ename, failed[-1].traceback) == ("NotebookTerhenti", [])
    assert "SIGABRT" in failed[-1].evalue


def test_a_notebook_after_a_death_runs_as_if_nothing_had_been(run):
    _fail(run, "import os; os._exit(1)")
    assert run("1 + 1").cells[-1].outputs[0].data["text/plain"] == "2"


def test_the_warm_process_may_be_killed_and_is_made_anew(run):
    _fail(run, "import os; os.kill(os.getppid(), 9)\nwhile True: pass")
    cell = "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    print(error.__context__)"
    assert run(cell).cells[-1].outputs[0].text == "None\n"


def test_nothing_that_a_cell_started_outlives_its_notebook(run):
    started = "import subprocess\nprint(subprocess.Popen(['sleep', '600']).pid)"
    pid = int(run(started).cells[-1].outputs[0].text)
    deadline = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists() or "Z" in _state(pid)


def _state(pid):
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_files_of_the_process_stay_the_same_number_over_many_notebooks(run):
    run("1")
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        run("1")
    assert len(os.listdir("/proc/self/fd")) == before
