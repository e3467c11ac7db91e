"""Build the offline bundle: wheels, lock, guide, and instructions for a laptop without a network.

    python scripts/build_bundle.py build/bundel --untuk windows --python 3.12
    python scripts/build_bundle.py --uji build/bundel/reviu-0.1.0-linux-py311

The lock of the bundle is the part of requirements.lock that one system and one Python need, without
the tools of developers; every wheel is named there with its hash. `--uji` installs a bundle into a
fresh environment with the network cut off, and runs it.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from string import Template

from uv import find_uv_bin

ROOT = Path(__file__).resolve().parents[1]
EKSTRA = ("peta", "dask")
SISTEM = {"linux": "linux", "darwin": "macos", "win32": "windows"}


@dataclass(frozen=True)
class Tujuan:
    """The system a bundle is for: its name for uv, the tags of its wheels, how Python is called."""

    uv: str
    tag: tuple[str, ...]
    python: str
    bin: str


MACOS = tuple(
    f"macosx_{version}_{cpu}"
    for version in ("14_0", "13_0", "12_0", "11_0", "10_13", "10_9")
    for cpu in ("arm64", "universal2")
)
TUJUAN = {
    "linux": Tujuan(
        "x86_64-manylinux_2_28",
        ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64",
         "manylinux_2_12_x86_64", "manylinux2010_x86_64", "manylinux_2_5_x86_64",
         "manylinux1_x86_64"),
        "python3", ".venv/bin/"),
    "windows": Tujuan("x86_64-pc-windows-msvc", ("win_amd64",), "py", ".venv\\Scripts\\"),
    "macos": Tujuan("aarch64-apple-darwin", MACOS, "python3", ".venv/bin/"),
}  # fmt: skip

PETUNJUK = Template("""\
MEMASANG reviu $versi TANPA INTERNET ($untuk, Python $python)

Salin seluruh folder ini ke laptop. Perlu Python $python yang sudah terpasang; versi lain
memerlukan bundel lain. Buka terminal (Windows: PowerShell) di folder ini, lalu ketik baris demi
baris:

    $panggil -m venv .venv
    ${bin}python -m pip install --no-index --find-links roda --require-hashes -r kunci.txt
    ${bin}reviu dokter

Baris kedua hanya mengambil pustaka dari folder roda dan mencocokkan sidiknya dengan kunci.txt.
Baris ketiga memeriksa hasilnya; yang kurang disebut beserta cara memperbaikinya.

Mulai bekerja:

    ${bin}reviu mulai ruang-reviu
    ${bin}reviu contoh --ruang ruang-reviu
    ${bin}reviu laporan --ruang ruang-reviu

Panduan lengkap: buka panduan/index.html dengan peramban apa saja, tanpa internet.

Memeriksa keutuhan salinan:

    Linux dan macOS:  sha256sum -c SIDIK.txt   (macOS: shasum -a 256 -c SIDIK.txt)
    Windows:          Get-FileHash NAMA-BERKAS   lalu cocokkan dengan barisnya di SIDIK.txt
""")


def build_bundle(keluar: Path, untuk: str, python: str) -> Path:
    """Return the folder of a new bundle for one system and one Python, below `keluar`."""
    folder = keluar / f"reviu-{version('reviu')}-{untuk}-py{python.replace('.', '')}"
    shutil.rmtree(folder, ignore_errors=True)
    roda = folder / "roda"
    roda.mkdir(parents=True)
    kunci = folder / "kunci.txt"
    _run(*lock_command(kunci, untuk, python))
    _run(*download_command(kunci, roda, untuk, python))
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(roda))
    with kunci.open("a", encoding="utf-8") as lock:
        lock.write(pin_own(roda))
    (folder / "BACA-SAYA.txt").write_text(describe(untuk, python), encoding="utf-8")
    if (guide := ROOT / "build" / "panduan").is_dir():
        shutil.copytree(guide, folder / "panduan")
    (folder / "SIDIK.txt").write_text(list_hashes(folder), encoding="utf-8")
    return folder


def lock_command(kunci: Path, untuk: str, python: str) -> list[str]:
    """Return the command that writes the lock of one system, held to requirements.lock."""
    extras = [word for name in EKSTRA for word in ("--extra", name)]
    return [
        find_uv_bin(), "pip", "compile", "--quiet", "pyproject.toml", *extras,
        "--constraint", "requirements.lock", "--python-platform", TUJUAN[untuk].uv,
        "--python-version", python, "--generate-hashes", "--no-annotate", "--no-header",
        "--no-emit-index-url", "-o", str(kunci),
    ]  # fmt: skip


def download_command(kunci: Path, roda: Path, untuk: str, python: str) -> list[str]:
    """Return the command that fetches the wheels of a lock, checked by their hashes."""
    tags = [word for tag in TUJUAN[untuk].tag for word in ("--platform", tag)]
    abi = [word for tag in (f"cp{python.replace('.', '')}", "abi3", "none")
           for word in ("--abi", tag)]  # fmt: skip
    return [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes",
        "--only-binary", ":all:", "--implementation", "cp", "--python-version", python,
        *tags, *abi, "-r", str(kunci), "-d", str(roda),
    ]  # fmt: skip


def pin_own(roda: Path) -> str:
    """Return the line of the lock for the wheel of reviu itself."""
    (own,) = roda.glob("reviu-*.whl")
    return f"reviu=={version('reviu')} --hash=sha256:{_hash(own)}\n"


def describe(untuk: str, python: str) -> str:
    """Return the instructions of a bundle, in Indonesian."""
    goal = TUJUAN[untuk]
    return PETUNJUK.substitute(
        versi=version("reviu"), untuk=untuk, python=python, panggil=goal.python, bin=goal.bin
    )


def list_hashes(folder: Path) -> str:
    """Return the hash and name of every file of a folder, as `sha256sum -c` reads them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "".join(f"{_hash(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)


def try_bundle(folder: Path) -> None:
    """Install a bundle of this system into a fresh environment without a network, and run it."""
    with tempfile.TemporaryDirectory() as place:
        python = Path(place) / "bin" / "python"
        _run(sys.executable, "-m", "venv", place)
        lock = ("--no-index", "--find-links", "roda", "--require-hashes", "-r", "kunci.txt")
        _cut_off(folder, str(python), "-m", "pip", "install", "--quiet", *lock)
        ruang = f"{place}/ruang"
        for words in (("--version",), ("mulai", ruang), ("dokter", "--ruang", ruang)):
            _cut_off(Path(place), str(python.with_name("reviu")), *words)


def _cut_off(folder: Path, *command: str) -> None:
    """Run a command in a namespace without a network, with no settings of pip."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_"))}
    clean["PIP_CONFIG_FILE"] = os.devnull
    print("$", *command)
    subprocess.run(["unshare", "-rn", *command], cwd=folder, env=clean, check=True)


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Read the words of the command line, then build a bundle or try one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--untuk", choices=sorted(TUJUAN), default=SISTEM.get(sys.platform))
    parser.add_argument("--python", default="{}.{}".format(*sys.version_info))
    parser.add_argument("--uji", action="store_true")
    words = parser.parse_args()
    if words.uji:
        try_bundle(words.folder)
    else:
        print(build_bundle(words.folder.resolve(), words.untuk, words.python))


if __name__ == "__main__":
    main()
