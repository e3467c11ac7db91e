"""The wheel alone, in an empty environment outside the clone, does mulai → contoh → laporan."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def _run(*command, cwd, **environment):
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "REVIU_RUANG")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def _borrow_packages(python):
    """Let an environment see the packages of this one; its links to the clone are not followed."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = python.parent.parent / "lib" / version / "site-packages"
    (site / "paket.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    shared = python.parent.parent / "share"
    shared.mkdir(exist_ok=True)
    (shared / "jupyter").symlink_to(Path(sys.prefix) / "share" / "jupyter")


@pytest.fixture(scope="module")
def reviu(tmp_path_factory):
    """The command `reviu` of an environment that holds the wheel and nothing of the clone."""
    folder = tmp_path_factory.mktemp("roda")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    _run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python]
    install = [*pip, "install", "--quiet", "--no-deps", "--no-index", wheel]
    _run(*install, cwd=folder, PIP_DISABLE_PIP_VERSION_CHECK="1")
    _borrow_packages(python)
    return python.with_name("reviu")


@pytest.mark.skipif(os.name == "nt", reason="letak program lingkungan berbeda di Windows")
def test_the_wheel_makes_a_report_outside_the_clone(reviu, tmp_path):
    python = reviu.with_name("python")
    where = _run(python, "-c", "import reviu_lib; print(reviu_lib.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(python.parent.parent)
    _run(reviu, "mulai", "ruang kerja", cwd=tmp_path)
    ruang = tmp_path / "ruang kerja"
    assert (ruang / "notebooks" / "jelajah" / "mulai_di_sini.ipynb").is_file()
    _run(reviu, "contoh", cwd=ruang)
    output = _run(reviu, "laporan", "73.12", "--tahun", "2023", cwd=ruang)
    index = Path(output.splitlines()[-1])
    assert index == ruang / "reports" / "index.html"
    assert "reviu-73.12-2023-rapat.html" in index.read_text(encoding="utf-8")
    made = {path.name for path in (ruang / "reports" / "2023" / "73.12").iterdir()}
    assert {f"reviu-73.12-2023-rapat.{kind}" for kind in ("html", "ipynb", "xlsx")} <= made
