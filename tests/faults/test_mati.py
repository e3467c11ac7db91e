"""Killed, stopped, dying from within: either the old report or the new one, never half of one."""

import random
import signal
import time

import pytest
from batch.ruang_kecil import BACA, make_small, write_notebook

from reviu_lib.files import SEMENTARA

from .conftest import change_raw
from .percobaan import Percobaan, copy_of, list_different, list_half

REVIU = "02_reviu_kinerja.ipynb"
# What a notebook does to itself, by the kabupaten it is run for; the last one lets it live.
MATI = {
    "12.07": "os.kill(os.getpid(), 9)",
    "12.10": "os._exit(3)",
    "19.06": "ctypes.string_at(0)",
    "73.12": "use_up_memory()",
    "35.15": "os.kill(os.getppid(), 9)",
    "12.18": "None",
}
_MEMORI = (
    "def use_up_memory():\n"
    "    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))\n"
    "    return bytearray(1 << 40)\n"
)


@pytest.mark.gangguan("F31", ringan=True)
def test_kill_9_of_the_batch_at_random_moments(asal, utuh, baru, tmp_path, banyak, catat):
    rng, lost, late = random.Random(31), [], 0
    for number in range(banyak):
        changed = number % 2 == 1
        trial = copy_of(utuh.ruang if changed else asal, tmp_path / f"ruang {number}")
        if changed:
            change_raw(trial.ruang)
        good = baru.hasil if changed else utuh.hasil
        late += _kill_after(trial, rng.uniform(0.2, utuh.detik))
        assert trial.wait_until_alone() == {}
        lost += list_half(trial.read_results(), good, utuh.hasil)
        code, said = trial.laporan("--pekerja", "2")
        assert code == 0, said
        lost += list_different(trial.read_results(), good)
    catat(banyak, len(lost), sudah_selesai=late)
    assert lost == []


def _kill_after(trial, seconds):
    """Return whether the run had ended by itself when it was to be killed."""
    process = trial.start("laporan", "--pekerja", "2")
    time.sleep(seconds)
    ended = process.poll() is not None
    process.kill()
    process.communicate()
    return ended


@pytest.fixture(scope="module")
def gugur(tmp_path_factory):
    """A run in which five of six notebooks die, each in its own way; read only."""
    ruang = make_small(tmp_path_factory.mktemp("gugur"), *((kode, 2024) for kode in MATI))
    choice = ", ".join(f'"{kode}": lambda: {how}' for kode, how in MATI.items())
    die = f"import ctypes, os, resource\n{_MEMORI}{{{choice}}}[kode_kabupaten]()\n{BACA}"
    write_notebook(ruang.notebooks / REVIU, "# Anggaran", die)
    trial = Percobaan(ruang)
    ending = trial.laporan("--format", "html", "--pekerja", "2")
    yield trial, *ending
    trial.end()


@pytest.mark.gangguan("F32", ringan=True)
def test_a_notebook_or_worker_killed_costs_its_own_report_only(gugur, catat):
    trial, code, said = gugur
    assert code == 1
    assert trial.statuses()["12.18"] == "selesai"
    assert trial.statuses()["12.07"] == trial.statuses()["35.15"] == "gagal"
    assert "12.07/2024" in said
    for kode in ("12.07", "35.15"):
        assert "berhenti mendadak" in trial.entries()[kode]["pesan"]
    catat(2)


@pytest.mark.gangguan("F33", ringan=True)
@pytest.mark.parametrize("kode", ["12.10", "19.06", "73.12"])
def test_exit_segfault_and_lack_of_memory_are_failures(gugur, kode, catat):
    trial, _, said = gugur
    assert trial.statuses()[f"{kode}"] == "gagal"
    assert not list(trial.ruang.reports_of(kode, 2024).glob("reviu-*-rapat.html"))
    assert f"{kode}/2024" in said
    assert trial.wait_until_alone() == {}
    catat()


# What never ends, and the limit that ends it.
TANPA_AKHIR = {
    "12.07": ("import time\nwhile True: time.sleep(1)", "detik"),
    "12.10": ("while True: print('x' * 10_000)", "MB"),
}


@pytest.fixture(scope="module")
def lama(tmp_path_factory):
    """A run of two notebooks that would go on for ever; read only."""
    ruang = make_small(tmp_path_factory.mktemp("lama"), *((kode, 2024) for kode in TANPA_AKHIR))
    (ruang.root / "reviu.toml").write_text("batas_sel_detik = 15\nbatas_keluaran_mb = 1\n")
    choice = ", ".join(f"{kode!r}: {how!r}" for kode, (how, _) in TANPA_AKHIR.items())
    write_notebook(ruang.notebooks / REVIU, "# Tanpa akhir", f"exec({{{choice}}}[kode_kabupaten])")
    trial = Percobaan(ruang)
    ending = trial.laporan("--format", "html", "--pekerja", "2")
    yield trial, *ending
    trial.end()


@pytest.mark.parametrize(
    "kode",
    [
        pytest.param("12.07", marks=pytest.mark.gangguan("F34")),
        pytest.param("12.10", marks=pytest.mark.gangguan("F35")),
    ],
)
def test_what_never_ends_is_ended_by_its_limit(lama, kode, catat):
    trial, code, said = lama
    assert code == 1
    assert trial.statuses()[f"{kode}"] == "gagal"
    assert TANPA_AKHIR[kode][1] in trial.entries()[kode]["pesan"]
    assert "Tanpa akhir" in said
    assert trial.wait_until_alone() == {}
    catat()


def _interrupt(trial, number):
    """Return exit code and words of a run that got a signal while it made a report."""
    process = trial.start("laporan", "--pekerja", "2")
    wait_for(lambda: any(trial.ruang.reports.glob(f"*/*/.*{SEMENTARA}")))
    process.send_signal(number)
    said, _ = process.communicate(timeout=60)
    return process.returncode, said


def wait_for(condition, seconds=90):
    """Wait until something is true; fail when that takes too long."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "tidak terjadi"
        time.sleep(0.02)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("SIGINT", marks=pytest.mark.gangguan("F40")),
        pytest.param("SIGTERM", marks=pytest.mark.gangguan("F41", ringan=True)),
    ],
)
def test_a_signal_ends_the_batch_cleanly_and_the_next_run_goes_on(percobaan, utuh, name, catat):
    code, said = _interrupt(percobaan, getattr(signal, name))
    assert code == 130
    assert "henti" in said  # dihentikan, terhenti: in a table it may be broken
    assert "Traceback" not in said
    assert percobaan.wait_until_alone(2) == {}
    assert list_half(percobaan.read_results(), utuh.hasil) == []
    assert percobaan.laporan()[0] == 0
    lost = list_different(percobaan.read_results(), utuh.hasil)
    catat(hilang=len(lost))
    assert lost == []
