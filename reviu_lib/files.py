"""Files written whole or not at all, and the hashes that tell whether they changed."""

from __future__ import annotations

import hashlib
import os
import platform
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import IO

from reviu_lib.errors import RuangError
from reviu_lib.formatting import mask_identity

# Suffix of a file that is still being written; readers and packers ignore it.
SEMENTARA = ".sementara"
_BLOCK = 1 << 20
# A file changed less than this long ago may change again within one tick of its clock.
_BARU = 2 * 10**9
# Windows refuses to replace a file that a virus scanner holds for a moment: waits in seconds.
_REPLACE_WAITS = (0.05, 0.2, 0.5, 1.0)
_UNREADABLE = "tidak-terbaca"
_NOT_CODE = {"__pycache__"}


def read_clock() -> datetime:
    """Return the present time with its offset; that of SOURCE_DATE_EPOCH where it is set.

    Two runs told the same time so write the same bytes (reproducible-builds.org/specs).
    """
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(told)) if told.isdecimal() else datetime.now()
    return moment.astimezone()


def make_private(folder: Path) -> Path:
    """Return `folder`, made when absent and readable by its owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def replace_file(temporary: Path, final: Path) -> None:
    """Put `temporary` in the place of `final` in one step; RuangError when the place is barred."""
    for wait in _REPLACE_WAITS:
        try:
            os.replace(temporary, final)
            return
        except PermissionError:
            time.sleep(wait)
    try:
        os.replace(temporary, final)
    except PermissionError as error:
        raise RuangError(
            "Berkas tidak dapat diganti.",
            di=final.name,
            lakukan="Tutup berkas itu bila sedang dibuka, periksa hak tulisnya, lalu ulangi.",
        ) from error


def write_atomic(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write `data` under `path` so that nobody ever sees half a file.

    `private` makes the file readable by its owner alone. Raises RuangError when the folder cannot
    be written or the disk is full; what stood under `path` before is then unharmed.
    """
    temporary = path.with_name(f".{path.name}-{secrets.token_hex(4)}{SEMENTARA}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(temporary, flags, 0o600 if private else 0o666)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        replace_file(temporary, path)
    except OSError as error:
        raise _unwritable("Berkas", path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def new_staging(folder: Path, *, apa: str = "Folder laporan") -> Path:
    """Return a fresh hidden folder in `folder`; RuangError, about `apa`, where none can be made."""
    staging = folder / f".{secrets.token_hex(4)}{SEMENTARA}"
    try:
        staging.mkdir(parents=True)
    except OSError as error:
        raise _unwritable(apa, folder, error) from error
    return staging


@contextmanager
def open_staging(folder: Path, *, apa: str = "Folder laporan") -> Iterator[Path]:
    """Yield a fresh hidden folder in `folder`, gone afterwards.

    Raises RuangError, which calls the place `apa`, where something cannot be written.
    """
    staging = new_staging(folder, apa=apa)
    try:
        yield staging
    except OSError as error:
        raise _unwritable(apa, folder, error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _unwritable(apa: str, place: Path, error: OSError) -> RuangError:
    return RuangError(
        f"{apa} tidak dapat ditulis ({error.strerror}).",
        di=str(place),
        lakukan="Periksa sisa ruang cakram dan hak tulis folder itu, lalu ulangi.",
    )


def hash_bytes(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's content; a fixed word when it may not be read.

    A large file that is not new is read once a process, as long as its size and time of change
    stay: each kabupaten of a province asks for the same files.
    """
    try:
        status = path.stat()
        if status.st_size < _BLOCK or time.time_ns() - status.st_mtime_ns < _BARU:
            return _hash_content(path)
        return _hash_known(path, (status.st_ino, status.st_size, status.st_mtime_ns))
    except PermissionError:
        return _UNREADABLE


@lru_cache(maxsize=4096)
def _hash_known(path: Path, status: tuple[int, int, int]) -> str:
    return _hash_content(path)


def _hash_content(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def list_files(folder: Path) -> list[Path]:
    """Return the regular files under `folder`, sorted.

    Links, pipes, and devices are never followed; hidden files and the lock files of office
    programs (`~$…`, `.~lock…`) are not data.
    """
    return sorted(_walk(folder)) if folder.is_dir() else []


def is_dokumen(path: Path) -> bool:
    """Return True for `dokumen….docx`, the team's own copy of the Word edition among raw files."""
    name = path.name.lower()
    return name.startswith("dokumen") and name.endswith(".docx")


def _walk(folder: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        elif stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
            yield Path(entry.path)


def hash_folder(folder: Path) -> dict[str, str]:
    """Return the content hash of each file under `folder` by its path relative to it.

    A path that holds a NIK or a telephone number is masked; two that then look alike are numbered.
    """
    pairs = ((path.relative_to(folder).as_posix(), hash_file(path)) for path in list_files(folder))
    return mask_keys(pairs, mask_identity)


def mask_keys(pairs: Iterable[tuple[str, str]], samarkan: Callable[[str], str]) -> dict[str, str]:
    """Return name → value with each name as `samarkan` makes it; those then alike are numbered."""
    masked: dict[str, str] = {}
    for known, value in pairs:
        name = samarkan(known)
        alike = sum(key == name or key.startswith(f"{name} (") for key in masked)
        masked[f"{name} ({alike + 1})" if alike else name] = value
    return masked


@cache
def hash_library(parts: tuple[str, ...] = ()) -> str:
    """Return one hash over the files of `reviu_lib`, or over the named modules and folders of it.

    The notebooks that the wheel carries are left out: their own hash stands in each manifest.
    """
    root = Path(str(files("reviu_lib")))
    tops = [root / part for part in parts] or [top for top in root.iterdir() if _is_code(top)]
    return hash_bytes("\n".join(_hash_lines(root, tops)).encode())


def _is_code(top: Path) -> bool:
    return top.name not in {*_NOT_CODE, "notebooks"}


def _hash_lines(root: Path, tops: Iterable[Path]) -> list[str]:
    paths = [path for top in tops for path in ([top] if top.is_file() else list_files(top))]
    return sorted(
        f"{path.relative_to(root).as_posix()} {hash_file(path)}"
        for path in paths
        if not _NOT_CODE.intersection(path.parts)
    )


@contextmanager
def hold_lock(path: Path) -> Iterator[str]:
    """Hold the lock file `path`, and yield who left it behind without releasing it (else "").

    The operating system releases the lock when its holder dies. Raises RuangError that names the
    holder (pid, computer, time) when another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as stream:
        if not _try_lock(stream.fileno()):
            raise RuangError(
                f"Ruang kerja sedang dipakai oleh {_read_holder(path)}.",
                di=str(path.parent.parent),
                lakukan="Tunggu sampai selesai, atau hentikan proses itu, lalu ulangi.",
            )
        left_behind = _read_holder(path)
        _write_holder(stream, _holder())
        try:
            yield left_behind
        finally:
            _write_holder(stream, "")


def _holder() -> str:
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    return f"proses {os.getpid()} di komputer {platform.node()} sejak {now}"


def _read_holder(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").strip()


def _write_holder(stream: IO[bytes], holder: str) -> None:
    stream.truncate(0)
    stream.write(holder.encode())
    stream.flush()


def _try_lock(handle: int) -> bool:
    """Return True when this process now holds the lock; never waits."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # A byte far behind the text, so that others can still read who holds the lock.
            os.lseek(handle, _BLOCK, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
