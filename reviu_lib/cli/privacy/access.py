"""Who else on this computer can read the raw files and the key of the pseudonyms."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

from reviu_lib.cli.doctor import Hasil
from reviu_lib.files import list_files
from reviu_lib.store import Ruang

_WINDOWS = (
    "di Windows hak baca mengikuti folder induk: simpan ruang kerja di folder pengguna Anda, "
    "bukan di folder bersama atau di akar cakram"
)
_CAKRAM = (
    "Bila haknya tidak berubah (cakram USB FAT atau exFAT), pindahkan ruang kerja ke folder "
    "pengguna Anda."
)


def check_raw(place: Ruang) -> Hasil:
    """Return whether nobody but owner and group can read the raw files of real children.

    Without a file, or with those of the example alone, there is nothing to protect.
    """
    name = "Berkas mentah"
    if os.name == "nt":
        return Hasil(name, True, _WINDOWS)
    if not _list_real(place.raw):
        return Hasil(name, True, "belum ada data selain contoh")
    if others_reach(place.raw):
        remedy = f"Jalankan `chmod 700 {place.raw}`. {_CAKRAM}"
        return Hasil(name, False, "data/raw dapat dibaca pengguna lain komputer ini", remedy)
    group = place.raw.stat().st_mode & stat.S_IRWXG
    found = "data/raw hanya dapat dibaca pemiliknya" + (" dan grupnya" if group else "")
    return Hasil(name, True, found)


def _list_real(raw: Path) -> list[Path]:
    """Return the raw files that the example did not write."""
    try:
        known = set(json.loads((raw / ".contoh.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        known = set()
    return [path for path in list_files(raw) if path.relative_to(raw).as_posix() not in known]


def others_reach(path: Path) -> bool:
    """Return whether users outside the group can list or enter a folder, or read a file.

    A folder above that they cannot enter closes everything below it.
    """
    real = path.resolve()
    wanted = stat.S_IROTH | (stat.S_IXOTH if real.is_dir() else 0)
    closed = any(not parent.stat().st_mode & stat.S_IXOTH for parent in real.parents)
    return bool(real.stat().st_mode & wanted) and not closed


def check_kunci(place: Ruang) -> Hasil:
    """Return where the key lies, and whether its owner alone can read it."""
    name, path = "Kunci nama samaran", place.kunci
    if not path.is_file():
        return Hasil(name, True, "belum ada; dibuat saat pemeriksaan pertama")
    if os.name == "nt":
        return Hasil(name, True, f"{path}; {_WINDOWS}")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        remedy = (
            f"Jalankan `chmod 600 {path}`; bila sudah terbaca orang lain: `reviu kunci --ganti`."
        )
        return Hasil(name, False, f"{path} dapat dibaca bukan pemiliknya", remedy)
    return Hasil(name, True, f"{path}, hanya dapat dibaca pemiliknya")
