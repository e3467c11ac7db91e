"""Declarations as they are read: the packaged TOML, and before it, by key, a workspace's own.

A workspace may hold a folder `definisi/` laid out as `reviu_lib/definitions/`. What it says goes
before the packaged file of the same name: tables are united by key; entries of a list are united
by `kode`, targets by level, region, year, and source; any other value or list takes the place of
the packaged one. Nothing here knows what a file means: `catalog` builds it, as strictly as ever.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from inspect import signature
from pathlib import Path
from typing import Any, TypeVar

from reviu_lib.errors import DefinisiError
from reviu_lib.files import hash_folder

NAMA_FOLDER = "definisi"
_BERKAS = (
    "ambang.toml", "hambatan.toml", "keuangan.toml", "konvergensi.toml", "mutu.toml",
    "penyamaran.toml", "periksa_bukti.toml", "periksa_target.toml", "petunjuk_hambatan.toml",
    "rapat.toml", "sumber_prevalensi.toml", "usulan.toml",
)  # fmt: skip
_DALAM_FOLDER = re.compile(r"(aturan|indikator/[a-z0-9_]+)/[A-Za-z0-9_]+\.toml")
_BOLEH = f"aturan/<era>.toml, indikator/<set>/<kode>.toml, {', '.join(_BERKAS)}"
# By what two entries of a list are the same, the first that the entry has.
_IDENTITAS = (("kode",), ("tingkat", "tahun", "sumber"))

Pemuat = TypeVar("Pemuat", bound=Callable[..., Any])
_pemuat: list[Any] = []
# The active declarations of a workspace: path → hash, path → parsed content.
_sidik: dict[str, str] = {}
_isi: dict[str, dict[str, Any]] = {}


def cached(pemuat: Pemuat) -> Pemuat:
    """Return a loader that remembers what it loaded until the declarations change.

    One that remembers already, by a rule of its own, is only made to forget.
    """
    remembering = pemuat if hasattr(pemuat, "cache_clear") else cache(pemuat)
    _pemuat.append(remembering)
    return remembering  # type: ignore[return-value]


def load_all() -> None:
    """Load every declaration that is asked for without an argument.

    Raises DefinisiError on the first that is not as it must be.
    """
    for pemuat in _pemuat:
        if not signature(pemuat).parameters:
            pemuat()


def use_definisi(folder: Path) -> None:
    """Let the declarations in `folder` go before the packaged ones from now on, in this process.

    A folder that is absent or empty means the packaged ones alone. Raises DefinisiError, and
    changes nothing, when the folder holds a file that is none of the declarations or no TOML.
    """
    found = hash_definisi(folder)
    if found == _sidik:
        return
    content = {name: _parse(folder / name, f"{NAMA_FOLDER}/{name}") for name in found}
    _sidik.clear()
    _sidik.update(found)
    _isi.clear()
    _isi.update(content)
    for pemuat in _pemuat:
        pemuat.cache_clear()


def hash_definisi(folder: Path) -> dict[str, str]:
    """Return the hash of each declaration in `folder` by its path; notes (.md) are left out.

    Raises DefinisiError on a file that would otherwise be ignored in silence.
    """
    found = {name: sidik for name, sidik in hash_folder(folder).items() if name[-3:] != ".md"}
    for name in found:
        if name not in _BERKAS and not _DALAM_FOLDER.fullmatch(name):
            raise DefinisiError(
                "Berkas ini bukan definisi yang dapat ditimpa.",
                di=f"{NAMA_FOLDER}/{name}",
                lakukan=f"Perbaiki namanya atau pindahkan. Yang boleh ada: {_BOLEH}.",
            )
    return found


def list_own() -> dict[str, str]:
    """Return the hash of each active declaration of the workspace by its path."""
    return dict(_sidik)


def locate(where: str) -> str:
    """Return where a fault is to be mended: in the workspace when its file is active."""
    return f"{NAMA_FOLDER}/{where}" if where.split(" [")[0] in _isi else where


def read_toml(*path: str) -> dict[str, Any]:
    """Return a declaration file as a dict, the workspace's keys before the packaged ones.

    Raises DefinisiError that names the file when neither is there or one is no TOML.
    """
    name = "/".join(path)
    packaged = files("reviu_lib").joinpath("definitions", *path)
    if name in _isi and not packaged.is_file():
        return unite({}, _isi[name])
    return unite(_parse(packaged, name), _isi.get(name, {}))


def list_toml(*path: str) -> list[str]:
    """Return the names of the TOML files in a folder of declarations, sorted; [] without it.

    Files whose name begins with `_` speak about the folder and are left out.
    """
    folder = files("reviu_lib").joinpath("definitions", *path)
    packaged = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    place = "/".join(path)
    own = [name.rpartition("/")[2] for name in _isi if name.rpartition("/")[0] == place]
    return sorted({n for n in (*packaged, *own) if n.endswith(".toml") and n[0] != "_"})


def has_toml(*path: str) -> bool:
    """Return whether there is a declaration file of this name."""
    packaged = files("reviu_lib").joinpath("definitions", *path)
    return "/".join(path) in _isi or packaged.is_file()


def unite(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return `base` with the keys of `own` before its own, table by table."""
    return {**base, **{key: _unite_value(base.get(key), value) for key, value in own.items()}}


def _unite_value(base: Any, own: Any) -> Any:
    if isinstance(base, Mapping) and isinstance(own, Mapping):
        return unite(base, own)
    if isinstance(base, list) and isinstance(own, list):
        return _unite_entries(base, own)
    return own


def _unite_entries(base: list[Any], own: list[Any]) -> list[Any]:
    """Return the entries of both lists by their identity; `own` alone where one has none."""
    keys = [_identity(entry) for entry in (*base, *own)]
    if not all(keys):
        return own
    entries: dict[Any, Any] = dict(zip(keys, base, strict=False))
    for key, entry in zip(keys[len(base) :], own, strict=True):
        entries[key] = unite(entries.get(key, {}), entry)
    return list(entries.values())


def _identity(entry: Any) -> tuple[Any, ...]:
    """Return what tells an entry of a list from the others, () when nothing does."""
    if isinstance(entry, Mapping):
        for names in _IDENTITAS:
            if all(name in entry for name in names):
                return (entry.get("kode_wilayah", "00"), *(entry[name] for name in names))
    return ()


def _parse(path: Any, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8").removeprefix("\ufeff"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DefinisiError(
            f"Berkas definisi tidak dapat dibaca: {error}",
            di=name,
            lakukan="Perbaiki baris itu; teks ditulis di antara tanda kutip, daftar dalam [ ].",
        ) from error
