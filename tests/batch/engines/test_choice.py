"""One setting chooses the engine; where no process can be forked, kernels do the same work."""

import sys

import pytest

from reviu_lib.batch import Pesanan, run_laporan
from reviu_lib.batch.engines import NAMA_PAPERMILL, VARIABEL, can_fork, choose_mesin
from reviu_lib.batch.pool import Cara
from reviu_lib.errors import DefinisiError, LaporanError
from reviu_lib.settings import Batas

from ..ruang_kecil import make_small


@pytest.fixture(autouse=True)
def no_wish(monkeypatch):
    """No engine is asked for by the environment of the tests."""
    monkeypatch.delenv(VARIABEL, raising=False)


@pytest.mark.parametrize(
    ("system", "best"), [("linux", "cangkang"), ("darwin", "kernel"), ("win32", "kernel")]
)
def test_the_best_engine_depends_on_the_system(monkeypatch, system, best):
    monkeypatch.setattr(sys, "platform", system)
    assert choose_mesin() == best


def test_without_fork_there_is_no_shell_to_fork(monkeypatch):
    monkeypatch.delattr("os.fork")
    assert (can_fork(), choose_mesin()) == (False, "kernel")
    with pytest.raises(DefinisiError, match="tidak dapat dipakai pada sistem ini"):
        choose_mesin("cangkang")


@pytest.mark.parametrize("mesin", NAMA_PAPERMILL)
def test_the_environment_outweighs_the_setting(monkeypatch, mesin):
    assert choose_mesin(mesin) == mesin
    monkeypatch.setenv(VARIABEL, mesin)
    assert choose_mesin("papermill") == mesin


def test_an_engine_that_does_not_exist_is_named(monkeypatch):
    monkeypatch.setenv(VARIABEL, "cepat")
    with pytest.raises(DefinisiError, match="'cepat' tidak dikenal"):
        choose_mesin()


@pytest.mark.parametrize("mesin", ["kernel", "papermill"])
def test_a_batch_where_nothing_can_be_forked_makes_the_same_report(tmp_path, monkeypatch, mesin):
    pages = {}
    for name in (mesin, "cangkang"):
        ruang = make_small(tmp_path / name, ("12.18", 2024))
        monkeypatch.setenv(VARIABEL, name)
        order = Pesanan(("12.18",), 2024, format=("html",))
        (outcome,) = run_laporan([order], ruang=ruang, cara=Cara(1))
        assert outcome.status == "selesai"
        pages[name] = [path.read_bytes() for path in outcome.berkas]
    assert pages[mesin] == pages["cangkang"]


@pytest.mark.parametrize(
    ("mesin", "cell", "told"),
    [
        ("kernel", "import os; os._exit(3)", "berhenti mendadak"),
        ("kernel", "while True: pass", "sel berjalan lebih dari 3 detik"),
        ("papermill", "import os; os._exit(3)", "berhenti mendadak"),
        ("papermill", "while True: pass", "sel berjalan lebih dari 3 detik"),
    ],
)
def test_kernels_fail_in_their_section_too(run, mesin, cell, told):
    batas = Batas(batas_sel_detik=3, batas_keluaran_mb=2)
    with pytest.raises(LaporanError, match=told) as caught:
        run("# Anggaran", cell, "1", mesin=mesin, batas=batas)
    assert caught.value.di == "bagian “Anggaran”"


def test_two_notebooks_never_share_a_kernel(run):
    run("bekas = 1", mesin="kernel")
    (output,) = run("'bekas' in globals(), len(In)", mesin="kernel").cells[-1].outputs
    assert output.data["text/plain"] == "(False, 4)"


def test_a_kernel_that_never_stops_talking_is_ended(run):
    batas = Batas(batas_sel_detik=300, batas_keluaran_mb=2)
    with pytest.raises(LaporanError, match="keluaran notebook lebih dari 2 MB"):
        run("while True: print('x' * 1000)", "1", mesin="kernel", batas=batas)
