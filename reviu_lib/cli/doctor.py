"""The checks of `reviu dokter`: each says what it found and, when not good, what to do."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.version import Version

from reviu_lib.errors import DefinisiError, ReviuError

# Free space below which a run may not finish, in bytes (a large workspace needs some 200 MB).
_CAKRAM_MINIMAL = 1 << 30
_HURUF = ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSansMono")
_PASANG = "Pasang ulang lingkungan dengan `make` atau `pip install -r requirements.lock`."


@dataclass(frozen=True)
class Hasil:
    """One check: its name, whether it is good, what was found, and the remedy."""

    nama: str
    baik: bool
    temuan: str
    lakukan: str = ""


def check_python() -> Hasil:
    """Return whether this Python is new enough."""
    good = sys.version_info >= (3, 11)
    found = f"Python {platform.python_version()} ({platform.system()} {platform.machine()})"
    return Hasil("Python", good, found, "Pakai Python 3.11 atau yang lebih baru.")


def check_packages() -> Hasil:
    """Return whether every package that reviu needs is there in a version it accepts."""
    needed = [Requirement(line) for line in requires("reviu") or ()]
    wrong = [_fault(item) for item in needed if not item.marker or item.marker.evaluate()]
    wrong = [item for item in wrong if item]
    found = "; ".join(wrong) or f"{len(needed)} syarat diperiksa, semua terpenuhi"
    return Hasil("Pustaka", not wrong, found, _PASANG)


def _fault(item: Requirement) -> str:
    try:
        there = version(item.name)
    except PackageNotFoundError:
        return f"{item.name} tidak terpasang"
    if item.specifier.contains(there, prereleases=True):
        return ""
    return f"{item.name} {there} tidak sesuai ({item.specifier})"


def check_security() -> Hasil:
    """Return whether an installed package is of a version with a fault known to be dangerous."""
    wrong = [item for item in load_versi_aman() if _is_unsafe(item["nama"], item["minimal"])]
    found = "; ".join(
        f"{item['nama']} {version(item['nama'])} di bawah {item['minimal']} "
        f"({item['rujukan'][0]}: {item['akibat']})"
        for item in wrong
    )
    return Hasil("Celah keamanan", not wrong, found or "tidak ada yang terdaftar", _PASANG)


def load_versi_aman() -> list[dict[str, Any]]:
    """Return the packages with the lowest version free of known faults: nama, minimal, rujukan."""
    path = files("reviu_lib").joinpath("cli", "versi_aman.toml")
    listed: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["pustaka"]
    return listed


def _is_unsafe(name: str, least: str) -> bool:
    try:
        return Version(version(name)) < Version(least)
    except PackageNotFoundError:
        return False


def check_kernel() -> Hasil:
    """Return whether notebooks can be run by this Python."""
    good = importlib.util.find_spec("ipykernel_launcher") is not None
    found = "ipykernel tersedia untuk Python ini" if good else "ipykernel tidak ditemukan"
    return Hasil("Kernel notebook", good, found, _PASANG)


def check_mesin() -> Hasil:
    """Return how notebooks are run here, or that a setting asks for what is not possible."""
    from reviu_lib.batch.engines import choose_mesin

    try:
        return Hasil("Mesin notebook", True, choose_mesin())
    except DefinisiError as error:
        return Hasil("Mesin notebook", False, error.apa, error.lakukan)


def check_font() -> Hasil:
    """Return whether the typefaces of figures and PDF are there; both use those of matplotlib."""
    import matplotlib as mpl

    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    missing = [name for name in _HURUF if not (folder / f"{name}.ttf").is_file()]
    found = f"tidak ada: {', '.join(missing)}" if missing else f"{len(_HURUF)} huruf DejaVu"
    return Hasil("Huruf gambar dan PDF", not missing, found, _PASANG)


def check_definitions() -> Hasil:
    """Return whether the declarations and the region codes can be read."""
    from reviu_lib.catalog import load_ambang, tabel_hasil, tabel_masukan
    from reviu_lib.reference import load_wilayah

    try:
        load_ambang()
        tables = len(tabel_masukan()) + len(tabel_hasil())
        regions = len(load_wilayah())
    except ReviuError as error:
        return Hasil("Definisi", False, error.pesan, _PASANG)
    return Hasil("Definisi", True, f"{tables} tabel baku, {regions} wilayah")


def check_locale() -> Hasil:
    """Return whether text is written as UTF-8."""
    encoding = (sys.stdout.encoding or "tidak diketahui").lower()
    good = encoding.replace("-", "") == "utf8"
    remedy = "Set PYTHONUTF8=1 bila huruf di layar rusak; laporan tidak terpengaruh."
    return Hasil("Huruf di layar", good, encoding, remedy)


def check_file_names() -> Hasil:
    """Return whether files may have any name, whatever the language of the system."""
    encoding = sys.getfilesystemencoding()
    good = encoding.replace("-", "").lower() == "utf8"
    remedy = "Set PYTHONUTF8=1, atau pilih bahasa sistem yang memakai UTF-8 (misalnya id_ID.UTF-8)."
    return Hasil("Nama berkas", good, encoding, remedy)


def check_temporary() -> Hasil:
    """Return whether the temporary folder can be written and has space to spare."""
    folder = tempfile.gettempdir()
    good = os.access(folder, os.W_OK)
    free = shutil.disk_usage(folder).free if good else 0
    found = f"{folder}, sisa {free // (1 << 20)} MB" if good else folder
    remedy = "Arahkan TMPDIR (Windows: TEMP) ke folder yang boleh ditulis, dengan sisa 1 GB."
    return Hasil("Folder sementara", free >= _CAKRAM_MINIMAL, found, remedy)


def _load_own_definitions() -> int:
    """Return how many declarations the workspace has of its own, after building each kind."""
    from reviu_lib.catalog import (
        list_own,
        list_set_indikator,
        load_ambang,
        load_hambatan,
        load_indikator,
        load_rapat,
    )
    from reviu_lib.growth.change.sources import load_sumber_prevalensi
    from reviu_lib.growth.quality import load_mutu
    from reviu_lib.ingest.budget.rules import load_keuangan
    from reviu_lib.review import kamus

    if not list_own():
        return 0
    for name in list_set_indikator():
        load_indikator(name)
    for load in (
        load_ambang, load_hambatan, load_sumber_prevalensi, load_mutu, load_keuangan,
        kamus.load_aturan_usulan, kamus.load_periksa_target, kamus.load_petunjuk,
        load_rapat,
    ):  # fmt: skip
        load()
    return len(list_own())


def check_ruang(ruang: str | None) -> list[Hasil]:
    """Return whether there is a workspace whose folders can be written, with space to spare."""
    from reviu_lib.cli.privacy.access import check_kunci, check_raw
    from reviu_lib.store import find_ruang

    try:
        place = find_ruang(ruang)
        own = _load_own_definitions()
    except DefinisiError as error:
        return [Hasil("Definisi ruang kerja", False, error.pesan, error.lakukan)]
    except ReviuError as error:
        return [Hasil("Ruang kerja", False, error.apa, error.lakukan)]
    folders = [f for f in (place.processed, place.reports, place.rahasia, place.root) if f.exists()]
    barred = [str(folder) for folder in folders if not os.access(folder, os.W_OK)]
    free = shutil.disk_usage(place.root).free
    return [
        Hasil(
            "Ruang kerja",
            not barred,
            f"tidak boleh ditulis: {', '.join(barred)}" if barred else str(place.root),
            "Ubah hak tulis folder itu, atau pindahkan ruang kerja.",
        ),
        Hasil(
            "Sisa cakram",
            free >= _CAKRAM_MINIMAL,
            f"{free // (1 << 20)} MB",
            "Kosongkan sedikitnya 1 GB.",
        ),
        Hasil("Definisi ruang kerja", True, f"{own} berkas" if own else "tidak ada"),
        check_raw(place),
        check_kunci(place),
    ]


CHECKS: tuple[Callable[[], Hasil], ...] = (
    check_python,
    check_packages,
    check_security,
    check_kernel,
    check_mesin,
    check_font,
    check_definitions,
    check_locale,
    check_file_names,
    check_temporary,
)
