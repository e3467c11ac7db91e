"""No room, no right to write: a clear word, nothing half, and all well once there is room."""

import os
import resource
import shutil
import subprocess

import pytest

from reviu_lib.store import Ruang

from .percobaan import Percobaan, copy_of, list_different, list_half, list_unreadable

# root may write anywhere; without this right, it is held back as everybody is.
TERIKAT = (
    ("setpriv", "--bounding-set", "-dac_override", "--inh-caps", "-dac_override")
    if os.geteuid() == 0
    else ()
)
# Parts of the room that a whole run needs, at which the disk is full.
PENUH = (0.2, 0.45, 0.6, 0.7, 0.8, 0.9, 0.97)
# Largest file that may be written, in bytes: tables, notebooks, pages, documents, annexes.
BATAS_BERKAS = (3_000, 9_000, 20_000, 30_000, 60_000)


@pytest.fixture
def cakram(tmp_path):
    """A function that makes a small disk of its own; the test is skipped where that is barred."""
    folder, mounted = tmp_path / "cakram", []

    def make(size):
        folder.mkdir(exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        if subprocess.run(command, capture_output=True).returncode:
            pytest.skip("tidak boleh membuat cakram kecil di sini (mount)")
        mounted.append(folder)
        return folder

    yield make
    for place in mounted:
        subprocess.run(["umount", "-l", str(place)], check=True)


def _weigh(folder):
    """Return the bytes that a folder takes on a disk with pages of 4,096 bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(-(-size // 4096) * 4096 for size in sizes)


@pytest.mark.gangguan("F36")
@pytest.mark.parametrize("part", PENUH)
def test_a_full_disk_leaves_nothing_half(asal, utuh, tmp_path, cakram, part, catat):
    disk = cakram(_weigh(asal.root) + int(part * (_weigh(utuh.ruang.root) - _weigh(asal.root))))
    trial = copy_of(asal, disk / "ruang")
    code, said = trial.laporan("--pekerja", "2")
    assert code == 1, said
    assert "Traceback" not in said
    lost = list_half(trial.read_results(), utuh.hasil) + list_unreadable(trial.ruang)
    assert trial.wait_until_alone() == {}
    lost += _finish_elsewhere(trial, tmp_path / "lega", utuh)
    catat(hilang=len(lost))
    assert lost == []


def _finish_elsewhere(trial, folder, utuh):
    """Return what differs after the same command on a disk with room."""
    shutil.copytree(trial.ruang.root, folder)
    again = Percobaan(Ruang(folder))
    code, said = again.laporan("--pekerja", "2")
    assert code == 0, said
    return list_different(again.read_results(), utuh.hasil)


@pytest.mark.gangguan("F36")
@pytest.mark.parametrize("size", BATAS_BERKAS)
def test_a_file_that_cannot_grow_leaves_nothing_half(percobaan, utuh, tmp_path, size, catat):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    code, said = percobaan.laporan("--pekerja", "2", preexec_fn=limit)
    assert code == 1, said
    assert "Traceback" not in said
    lost = list_half(percobaan.read_results(), utuh.hasil) + list_unreadable(percobaan.ruang)
    lost += _finish_elsewhere(percobaan, tmp_path / "lega", utuh)
    catat(hilang=len(lost))
    assert lost == []


def _bar(folder):
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o500)


@pytest.mark.gangguan("F37")
@pytest.mark.parametrize("place", ["reports", "data/processed", ".reviu"])
def test_a_folder_that_may_not_be_written_is_named_at_once(asal, tmp_path, place, catat):
    trial = copy_of(asal, tmp_path / "ruang")
    _bar(trial.ruang.root / place)
    code, said = trial.laporan("12.18", before=TERIKAT)
    (trial.ruang.root / place).chmod(0o700)
    assert code == 1, said
    assert "Traceback" not in said
    assert "tak terduga" not in said
    assert place in said
    assert "Lakukan" in said or "→" in said or "hak tulis" in said
    catat()


@pytest.mark.gangguan("F37")
def test_a_home_that_may_not_be_written_does_no_harm(percobaan, utuh, tmp_path, catat):
    home = tmp_path / "rumah"
    _bar(home)
    names = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "MPLCONFIGDIR")
    code, said = percobaan.laporan(env=dict.fromkeys(names, str(home)), before=TERIKAT)
    assert code == 0, said
    assert list(home.iterdir()) == []
    assert list_different(percobaan.read_results(), utuh.hasil) == []
    catat()
