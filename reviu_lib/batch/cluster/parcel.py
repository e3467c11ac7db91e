"""What a report needs of its workspace, and what it leaves there, each as one zip in memory.

Never in it: raw files, the key of the pseudonyms, and the tables of another kabupaten.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from reviu_lib.batch.planning import Pesanan
from reviu_lib.batch.sources import find_notebook
from reviu_lib.files import SEMENTARA, list_files, make_private, write_atomic
from reviu_lib.store import Ruang, list_lalu, list_peta

HASIL = "hasil-laporan"  # folder of the finished files, in the borrowed workspace and in the zip
_LOG = "log"
# What a report leaves among the processed tables: its name in the zip → its folder there.
_TABEL = {"tabel": "hasil", "edisi-rapat": "edisi/rapat"}
_CATATAN = "hasil.json"  # vouches for the tables beside it, and so is written last


def pack_inputs(order: Pesanan, ruang: Ruang) -> bytes:
    """Return the part of a workspace that the report of one kabupaten is made from."""
    pairs = [(path.relative_to(ruang.root).as_posix(), path) for path in _list_inputs(order, ruang)]
    books = [find_notebook(name, ruang=ruang) for name in order.stems]
    return _zip([*pairs, *((f"notebooks/{path.name}", path) for path in books)])


def _list_inputs(order: Pesanan, ruang: Ruang) -> Iterator[Path]:
    (kode,) = order.kode
    for tahun in (order.tahun, *list_lalu(kode, order.tahun, ruang=ruang)):
        yield from list_files(ruang.processed_of(kode, tahun))
    yield from list_peta(kode, ruang=ruang)
    yield from list_files(ruang.definisi)
    yield from (path for path in (ruang.root / "reviu.toml", ruang.templat_dokumen)
                if path and path.is_file())  # fmt: skip


def unpack_inputs(data: bytes, ruang: Ruang) -> None:
    """Make the workspace anew from what `pack_inputs` returned."""
    ruang.raw.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(ruang.root)


def pack_outputs(order: Pesanan, ruang: Ruang) -> bytes:
    """Return the finished files, the tables of the result, and the log of faults."""
    processed = ruang.processed_of(order.kode[0], order.tahun)
    folders = {
        HASIL: ruang.root / HASIL,
        **{name: processed / place for name, place in _TABEL.items()},
        _LOG: ruang.rahasia / "log",
    }
    return _zip([(f"{name}/{path.relative_to(folder).as_posix()}", path)
                 for name, folder in folders.items() for path in list_files(folder)])  # fmt: skip


def unpack_outputs(data: bytes, order: Pesanan, ruang: Ruang, *, staging: Path) -> None:
    """Put what `pack_outputs` returned in its place: finished files into `staging`.

    Without data there is nothing to do. Raises RuangError when the disk is full or a folder may
    not be written.
    """
    if not data:
        return
    processed = ruang.processed_of(order.kode[0], order.tahun)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in _below(HASIL, parts).items():
        write_atomic(staging / name, content)
    for name, place in _TABEL.items():
        if tables := _below(name, parts):
            _save_tables(make_private(processed / place), tables)
    for name, content in _below(_LOG, parts).items():
        _append(make_private(ruang.rahasia / "log") / name, content)


def _below(name: str, parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return file name → content of one folder of the zip; deeper folders have no place in it."""
    paths = {PurePosixPath(path): content for path, content in parts.items()}
    return {path.name: content for path, content in paths.items() if path.parent.name == name}


def _save_tables(folder: Path, tables: dict[str, bytes]) -> None:
    (folder / _CATATAN).unlink(missing_ok=True)
    for name in sorted(tables, key=lambda name: name == _CATATAN):
        write_atomic(folder / name, tables[name], private=True)


def _append(path: Path, content: bytes) -> None:
    with path.open("ab") as stream:
        stream.write(content)
    path.chmod(0o600)


def _zip(pairs: list[tuple[str, Path]]) -> bytes:
    """Return a zip of these files under these names; parquet and pages need no compression."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, path in pairs:
            if not name.endswith(SEMENTARA):
                archive.write(path, name)
    return buffer.getvalue()
