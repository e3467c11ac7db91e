"""Wherever and whenever it runs: the same bytes."""

import json
import os
import shutil
import subprocess

import pytest

from .conftest import UNITS
from .percobaan import copy_of, list_different

# Name → case, and what is set in the environment. The last one sets everything at once.
LINGKUNGAN = {
    "kernelspec yang lain": ("F38", {"JUPYTER_PATH": "/nonexistent", "JUPYTER_PREFER_ENV_PATH": "0",
                                     "JUPYTER_DATA_DIR": "/nonexistent"}),
    "Jayapura": ("F43", {"TZ": "Asia/Jayapura"}),
    "waktu musim panas": ("F43", {"TZ": "America/New_York"}),
    "hari ini sudah besok": ("F43", {"TZ": "Pacific/Kiritimati"}),
    "hari ini masih kemarin": ("F43", {"TZ": "Pacific/Pago_Pago"}),
    "LANG=C": ("F44", {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "LC_ALL=id_ID": ("F44", {"LC_ALL": "id_ID.UTF-8"}),
    "benih 0": ("F45", {"PYTHONHASHSEED": "0"}),
    "benih 4242": ("F45", {"PYTHONHASHSEED": "4242"}),
    "tanpa layar": ("F47", {"DISPLAY": "", "WAYLAND_DISPLAY": "", "MPLBACKEND": "TkAgg"}),
}  # fmt: skip
SEMUA = {key: value for _, env in LINGKUNGAN.values() for key, value in env.items()}
_KERNEL_LAIN = {"name": "kernel-lain", "display_name": "Kernel lain", "language": "python"}


def _only_first(results):
    """Return the results of the kabupaten that was asked for."""
    return {name: value for name, value in results.items() if UNITS[0][0] in name}


def _run_elsewhere(trial, utuh, **options):
    """Return what differs when one kabupaten is made in another environment."""
    code, said = trial.laporan(UNITS[0][0], **options)
    assert code == 0, said
    return list_different(_only_first(trial.read_results()), _only_first(utuh.hasil))


@pytest.mark.parametrize(
    "env",
    [pytest.param(env, id=name, marks=pytest.mark.gangguan(case))
     for name, (case, env) in LINGKUNGAN.items()],
)  # fmt: skip
def test_the_environment_changes_no_byte(percobaan, utuh, env, catat):
    lost = _run_elsewhere(percobaan, utuh, env=env)
    catat(hilang=len(lost))
    assert lost == []


@pytest.mark.gangguan("F45", ringan=True)
def test_all_of_it_at_once_in_a_folder_with_blanks_seen_from_elsewhere(asal, utuh, tmp_path, catat):
    trial = copy_of(asal, tmp_path / "ruang kerja é (ñ) 'x'")
    lost = _run_elsewhere(trial, utuh, env=SEMUA, cwd="/")
    catat(hilang=len(lost))
    assert lost == []


@pytest.mark.gangguan("F38")
def test_the_kernel_that_a_notebook_names_does_not_matter(percobaan, catat):
    for path in percobaan.ruang.notebooks.glob("*.ipynb"):
        book = json.loads(path.read_text("utf-8"))
        book["metadata"]["kernelspec"] = _KERNEL_LAIN
        path.write_text(json.dumps(book), "utf-8")
    code, said = percobaan.laporan(UNITS[0][0], "--format", "html")
    assert code == 0, said
    catat()


@pytest.mark.gangguan("F39")
@pytest.mark.parametrize(
    ("name", "version", "told"), [("pandas", "1.5.3", "pandas 1.5.3 tidak sesuai")]
)
def test_the_doctor_tells_of_a_wrong_version(percobaan, tmp_path, name, version, told, catat):
    folder = tmp_path / "palsu" / f"{name}-{version}.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    code, said = percobaan.run("dokter", env={"PYTHONPATH": str(folder.parent)})
    assert code == 1
    assert told in " ".join(said.split())
    catat()


@pytest.mark.gangguan("F43")
def test_files_from_the_future_do_no_harm(percobaan, utuh, catat):
    for path in percobaan.ruang.raw.rglob("*.xlsx"):
        os.utime(path, (4e9, 4e9))
    lost = _run_elsewhere(percobaan, utuh)
    code, said = percobaan.laporan(UNITS[0][0])
    assert (code, "dimulai" in said) == (0, False), said
    catat(hilang=len(lost))
    assert lost == []


@pytest.mark.gangguan("F43")
def test_only_the_books_tell_the_time_of_making(percobaan, utuh, catat):
    lost = _run_elsewhere(percobaan, utuh, env={"SOURCE_DATE_EPOCH": "1000000000"})
    assert [name for name in lost if not name.endswith("manifest.json")] == []
    (book,) = percobaan.ruang.reports.rglob("manifest.json")
    assert '"dibuat": "2001-09-09T' in book.read_text("utf-8")
    catat()


@pytest.mark.gangguan("F48")
def test_no_network_is_needed(percobaan, utuh, catat):
    alone = ("unshare", "-n") if os.geteuid() == 0 else ("unshare", "-rn")
    if not shutil.which("unshare") or subprocess.run([*alone, "true"]).returncode:
        pytest.skip("tidak boleh memutus jaringan di sini (unshare)")
    lost = _run_elsewhere(percobaan, utuh, before=alone)
    catat(hilang=len(lost))
    assert lost == []
