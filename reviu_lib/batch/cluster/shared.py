"""Copies of the finished reports in shared storage: a folder, or any address that fsspec knows."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reviu_lib.errors import RuangError
from reviu_lib.files import SEMENTARA, hash_file, list_files, write_atomic
from reviu_lib.store import Ruang

# What was copied, by name and hash; written last.
CATATAN = "salinan-reviu.json"
# Written after the files they vouch for, in this order.
_TERAKHIR = ("manifest.json", "index.html")


def copy_out(ruang: Ruang, tujuan: str) -> int:
    """Return how many files of reports/ were copied to `tujuan`, a folder or fsspec address.

    Only what is not there yet or changed; copies of reports that are gone are removed, other
    files there stay. Raises RuangError when it cannot be reached or written.
    """
    try:
        fs, root = importlib.import_module("fsspec").core.url_to_fs(tujuan)
        return _bring_up_to_date(fs, root.rstrip("/"), ruang.reports)
    except ModuleNotFoundError as error:
        raise _refusal(f"pustaka {error.name} tidak ada", tujuan) from None
    except RuangError:
        raise
    except Exception as error:  # every kind of storage has errors of its own
        raise _refusal(type(error).__name__, tujuan) from error


def _refusal(why: str, tujuan: str) -> RuangError:
    return RuangError(
        f"Laporan tidak dapat disalin ke penyimpanan bersama ({why}).",
        di=hide_secret(tujuan),
        lakukan="Periksa alamat, hak tulis, dan pustakanya (pip install fsspec, dan untuk awan "
        "misalnya s3fs), lalu ulangi; laporan di reports/ tetap utuh.",
    )


def hide_secret(tujuan: str) -> str:
    """Return an address without the name and password in it."""
    parts = urlsplit(tujuan)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()


def _bring_up_to_date(fs: Any, root: str, reports: Path) -> int:
    there = _read_note(fs, f"{root}/{CATATAN}")
    here = {path.relative_to(reports).as_posix(): hash_file(path) for path in list_files(reports)
            if not path.name.endswith(SEMENTARA)}  # fmt: skip
    due = sorted((name for name in here if here[name] != there.get(name)), key=_turn)
    for name in due:
        _put(fs, f"{root}/{name}", (reports / name).read_bytes())
    for name in there.keys() - here.keys():
        if fs.exists(f"{root}/{name}"):
            fs.rm_file(f"{root}/{name}")
    if here != there:
        _put(fs, f"{root}/{CATATAN}", json.dumps(here, indent=1, sort_keys=True).encode())
    return len(due)


def _turn(name: str) -> tuple[int, str]:
    last = name.rpartition("/")[2]
    return (_TERAKHIR.index(last) + 1 if last in _TERAKHIR else 0), name


def _read_note(fs: Any, path: str) -> dict[str, str]:
    if not fs.exists(path):
        return {}
    note = json.loads(fs.cat_file(path))
    return {str(name): str(digest) for name, digest in note.items()}


def _put(fs: Any, path: str, data: bytes) -> None:
    """Write a file so that nobody sees half of it: stores do so themselves, a disk does not."""
    fs.makedirs(path.rpartition("/")[0], exist_ok=True)
    if "file" in fs.protocol:
        write_atomic(Path(path), data)
    else:
        fs.pipe_file(path, data)
