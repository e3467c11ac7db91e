"""Who made or deleted what, when, with which version, and from which files.

`.reviu/jejak.jsonl` holds one step a line and is only ever added to. A line has names and hashes of
files, in which identity is masked; no values, no messages, nothing of a child.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from reviu_lib import __version__
from reviu_lib.errors import RuangError
from reviu_lib.files import make_private, read_clock
from reviu_lib.formatting import mask_identity
from reviu_lib.store.ruang import Ruang
from reviu_lib.store.tables import load_berkas

BERKAS_JEJAK = "jejak.jsonl"
TANPA_NAMA = "tidak diketahui"


@dataclass(frozen=True)
class Langkah:
    """A step: what was done (`apa`) for which kabupaten and year, and how it ended.

    `nama` is the edition or notebook, `keluaran` file name → hash of what was put out.
    """

    apa: str
    kode: Sequence[str]
    tahun: int | None
    hasil: str = "selesai"
    nama: str = ""
    keluaran: Mapping[str, str] = field(default_factory=dict)


def record_step(step: Langkah, ruang: Ruang) -> None:
    """Add a step to the trail, with who, when, the version, and the raw files behind it.

    Raises RuangError when the line cannot be written.
    """
    line = {
        "waktu": read_clock().isoformat(timespec="seconds"),
        "siapa": name_user(),
        "versi": __version__,
        **asdict(step),
        "berkas": _list_sources(step, ruang),
    }
    try:
        _append((json.dumps(line, ensure_ascii=False) + "\n").encode(), ruang)
    except OSError as error:
        raise RuangError(
            f"Jejak pekerjaan tidak dapat ditulis ({error.strerror}).",
            di=f"{ruang.rahasia.name}/{BERKAS_JEJAK}",
            lakukan="Periksa sisa ruang cakram dan hak tulis folder itu.",
        ) from error


def name_user() -> str:
    """Return the name under which the system knows who runs this."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return TANPA_NAMA


def _list_sources(step: Langkah, ruang: Ruang) -> dict[str, dict[str, str]]:
    """Return the hashes of the raw files of each kabupaten by name; none where none were read."""
    found = {}
    for kode in step.kode:
        try:
            berkas = load_berkas(kode, step.tahun or 0, ruang=ruang)
        except RuangError:
            continue
        found[kode] = {mask_identity(name): digest for name, digest in berkas.items()}
    return found


def _append(line: bytes, ruang: Ruang) -> None:
    """Add the line in one write; the end of one that was cut off stays apart from it."""
    path = make_private(ruang.rahasia) / BERKAS_JEJAK
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "r+b", buffering=0) as stream:
        if (size := stream.seek(0, os.SEEK_END)) and _byte_at(stream, size - 1) != b"\n":
            line = b"\n" + line
        stream.write(line)
        os.fsync(stream.fileno())


def _byte_at(stream: Any, place: int) -> bytes:
    stream.seek(place)
    byte: bytes = stream.read(1)
    return byte


def load_trail(ruang: Ruang) -> tuple[list[dict[str, Any]], int]:
    """Return the steps, oldest first, and how many lines cannot be read."""
    path = ruang.rahasia / BERKAS_JEJAK
    if not path.is_file():
        return [], 0
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    steps = [step for line in lines if (step := _read_line(line))]
    return steps, sum(bool(line.strip()) for line in lines) - len(steps)


def _read_line(line: str) -> dict[str, Any] | None:
    try:
        step = json.loads(line)
    except ValueError:
        return None
    known = isinstance(step, dict) and {"waktu", "siapa", "apa", "kode", "hasil"} <= set(step)
    return step if known else None
