"""What tests of several rooms share: the folder of real tables, and the example, made once.

The example is large, so that all processes of one test run share one copy; a test that changes
something works on a copy of its own.
"""

import gc
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lembar_kecil import Kota
from pembagian import find_turn, make_scheduler
from sekali import make_once

from reviu_lib.batch import Pesanan, run_laporan
from reviu_lib.example import write_contoh
from reviu_lib.store import make_ruang

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items):
    """Begin with what takes longest, so that no process waits for it at the end."""
    items.sort(key=lambda item: find_turn(item.nodeid))


def pytest_collection_finish():
    """Let the garbage collector leave alone what stays until the end: twelve thousand tests."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give a process whole files, whatever `--dist` says."""
    return make_scheduler(config, log)


@pytest.fixture(scope="session")
def shared():
    """The folder of real tables and reference data; the test is skipped where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip("folder ../shared (tabel nyata dan data acuan) tidak ada di sini")
    return SHARED


@pytest.fixture(scope="session")
def contoh_raw(tmp_path_factory):
    """data/raw with the files of `reviu contoh`; read only."""

    def make(folder):
        write_contoh(make_ruang(folder).raw)

    return make_once(tmp_path_factory, "ruang-mentah", make) / "data" / "raw"


@pytest.fixture(scope="session")
def ruang_contoh(tmp_path_factory, contoh_raw):
    """A workspace with the example's report of the last year of each kabupaten; read only."""
    ruang = make_ruang(tmp_path_factory.mktemp("contoh"))
    shutil.copytree(contoh_raw, ruang.raw, dirs_exist_ok=True)
    orders = [Pesanan((kode,), tahun) for kode, tahun in dict(sorted(ruang.list_raw())).items()]
    outcomes = run_laporan(orders, ruang=ruang)
    assert [item for item in outcomes if item.status != "selesai"] == []
    return ruang


@pytest.fixture(scope="session")
def situs(tmp_path_factory):
    """The guide as `make panduan` builds it: a warning, such as a broken link, is an error."""

    def build(folder):
        words = ["-q", "-W", "--keep-going", "-c", "docs/situs", "-d", folder / "pohon", "docs"]
        command = [sys.executable, "-m", "sphinx", *words, folder / "html"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    return make_once(tmp_path_factory, "situs", build) / "html"


@pytest.fixture(scope="session")
def kota_terkirim(tmp_path_factory):
    """A kota whose worksheets went out; nothing has come back. Read only."""
    kota = Kota(tmp_path_factory.mktemp("kota"))
    kota.send()
    return kota


@pytest.fixture
def kota(kota_terkirim, tmp_path):
    """A copy of it, to which worksheets may come back."""
    return kota_terkirim.copy(tmp_path / "ruang")
