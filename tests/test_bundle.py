"""The offline bundle: held to the lock, checked by hashes, told in words that work."""

import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from skrip import load_script

ROOT = Path(__file__).resolve().parents[1]


BUNDEL = load_script("build_bundle")
SISTEM = sorted(BUNDEL.TUJUAN)


def _value(command, option):
    return command[command.index(option) + 1]


@pytest.mark.parametrize("untuk", SISTEM)
def test_a_bundle_is_held_to_the_lock_of_the_project(untuk, tmp_path):
    command = BUNDEL.lock_command(tmp_path / "kunci.txt", untuk, "3.12")
    assert _value(command, "--constraint") == "requirements.lock"
    assert "--generate-hashes" in command
    assert "dev" not in command


@pytest.mark.parametrize("untuk", SISTEM)
def test_wheels_are_fetched_ready_made_and_by_their_hashes(untuk, tmp_path):
    command = BUNDEL.download_command(tmp_path / "kunci.txt", tmp_path, untuk, "3.12")
    assert {"--require-hashes", "--no-deps"} <= set(command)
    assert _value(command, "--only-binary") == ":all:"
    assert "cp312" in command


def test_a_bundle_for_windows_asks_for_no_wheel_of_another_system(tmp_path):
    command = BUNDEL.download_command(tmp_path / "kunci.txt", tmp_path, "windows", "3.12")
    tags = [command[n + 1] for n, word in enumerate(command) if word == "--platform"]
    assert tags == ["win_amd64"]


@pytest.mark.parametrize("untuk", SISTEM)
def test_the_instructions_install_without_an_index_and_say_which_python(untuk):
    words = BUNDEL.describe(untuk, "3.12")
    assert "pip install --no-index --find-links roda --require-hashes -r kunci.txt" in words
    assert "Perlu Python 3.12" in words
    assert "$" not in words.replace("$ ", "")


def test_the_instructions_for_windows_use_its_folders():
    words = BUNDEL.describe("windows", "3.12")
    assert "py -m venv .venv" in words
    assert ".venv\\Scripts\\reviu dokter" in words


def test_every_file_of_a_bundle_stands_in_the_list_of_hashes(tmp_path):
    (tmp_path / "roda").mkdir()
    (tmp_path / "roda" / "a.whl").write_bytes(b"a")
    (tmp_path / "BACA-SAYA.txt").write_bytes(b"b")
    assert BUNDEL.list_hashes(tmp_path) == (
        f"{hashlib.sha256(b'b').hexdigest()}  BACA-SAYA.txt\n"
        f"{hashlib.sha256(b'a').hexdigest()}  roda/a.whl\n"
    )


def test_the_wheel_of_reviu_is_pinned_by_its_hash(tmp_path):
    (tmp_path / "reviu-0.1.0-py3-none-any.whl").write_bytes(b"roda")
    line = BUNDEL.pin_own(tmp_path)
    assert re.fullmatch(r"reviu==[\d.]+ --hash=sha256:[0-9a-f]{64}\n", line)
    assert hashlib.sha256(b"roda").hexdigest() in line


def test_pip_takes_nothing_that_the_lock_of_a_bundle_does_not_name(tmp_path):
    _wheel(tmp_path)
    lock = tmp_path / "kunci.txt"
    lock.write_text("contoh==1.0 --hash=sha256:" + "0" * 64 + "\n", encoding="utf-8")
    done = _install(tmp_path)
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr
    lock.write_text(f"contoh==1.0 --hash=sha256:{_sha(tmp_path)}\n", encoding="utf-8")
    assert _install(tmp_path).returncode == 0
    assert (tmp_path / "hasil" / "contoh.py").is_file()


def _wheel(folder):
    """Write a wheel of one module, as small as pip accepts."""
    with zipfile.ZipFile(folder / "contoh-1.0-py3-none-any.whl", "w") as wheel:
        info = "contoh-1.0.dist-info"
        wheel.writestr("contoh.py", "")
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: contoh\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


def _sha(folder):
    return hashlib.sha256((folder / "contoh-1.0-py3-none-any.whl").read_bytes()).hexdigest()


def _install(folder):
    words = ["--no-index", "--find-links", ".", "--require-hashes", "-r", "kunci.txt"]
    command = [sys.executable, "-m", "pip", "install", "--target", "hasil", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
