"""Write the example into a workspace, and never over a file that someone else made."""

from __future__ import annotations

import json
import platform
import tempfile
import zlib
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

from reviu_lib.errors import KodeError, RuangError
from reviu_lib.example.cakupan import make_cakupan, make_konvergensi
from reviu_lib.example.ekspor import make_ekspor_csv, make_ekspor_xlsx
from reviu_lib.example.kegiatan import make_kegiatan
from reviu_lib.example.kotor_buku import make_rekap_csv, plant_workbook
from reviu_lib.example.pendukung import make_pendukung
from reviu_lib.example.skenario import Skenario, list_skenario, planted
from reviu_lib.files import hash_bytes, hash_library, write_atomic
from reviu_lib.workbook import write_templat

# Beside the example: path → SHA-256 as written; path → signature of its maker.
MANIFES, PEMBUAT = ".contoh.json", ".contoh-pembuat.json"
# The parts of reviu_lib that decide a single byte of the example.
BAGIAN_PEMBUAT = (
    "example", "growth", "reference", "definitions",
    "catalog.py", "errors.py", "files.py", "formatting.py", "workbook",
)  # fmt: skip
# Files that come back from a meeting and may lie beside the example's own.
_BOLEH_MENUMPANG = ("putusan*.xlsx", "dokumen*.docx", "lembar*.xlsx")


def write_contoh(ruang_raw: Path, *, hanya: Collection[str] = ()) -> list[Path]:
    """Write the example's raw files under `ruang_raw` (data/raw) and return their paths.

    `hanya` names the folders to write (`73.12/2024`); empty means all four. Always the same bytes;
    a file that this very generator wrote and nobody changed since is not made again.
    Raises RuangError, before anything is written, when a file in the way was not written by the
    example or was changed since, or when a folder already holds other data; KodeError when
    `hanya` names a folder that the example does not have.
    """
    makers = _list_files(hanya)
    known = _read_manifest(ruang_raw)
    _check_free(ruang_raw, sorted(makers), known)
    signed = _read_signed(ruang_raw)
    for relative in sorted(makers):
        if (ruang_raw / relative).exists() and signed.get(relative) == _sign(known[relative]):
            continue
        content = makers[relative]()
        path = ruang_raw / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        # The note comes first: after a crash between the two, the next run may go on.
        known[relative] = hash_bytes(content)
        _write_note(ruang_raw / MANIFES, known)
        write_atomic(path, content)
        signed[relative] = _sign(known[relative])
        _write_note(ruang_raw / PEMBUAT, signed)
    return [ruang_raw / relative for relative in sorted(makers)]


def make_tables(skenario: Skenario) -> dict[str, pd.DataFrame]:
    """Return the clean tables of the kabupaten workbook by canonical name."""
    return {
        **make_pendukung(skenario),
        **make_kegiatan(skenario),
        "cakupan": make_cakupan(skenario),
        "konvergensi": make_konvergensi(skenario),
    }


def _list_files(hanya: Collection[str]) -> dict[str, Callable[[], bytes]]:
    """Return relative path → maker of the content, for every file of the example."""
    unknown = set(hanya) - {skenario.folder for skenario in list_skenario()}
    if unknown:
        raise KodeError(f"Contoh tidak mempunyai folder {', '.join(sorted(unknown))}.")
    makers: dict[str, Callable[[], bytes]] = {}
    for skenario in list_skenario():
        if hanya and skenario.folder not in hanya:
            continue
        kinds: dict[str, Callable[[Skenario], bytes]] = {
            "buku_kerja": _workbook,
            "februari": lambda item: make_ekspor_xlsx(item, "Februari"),
            "agustus": lambda item: make_ekspor_csv(item, "Agustus"),
        }
        if planted(skenario, "rekap"):
            kinds["rekap"] = lambda item: make_rekap_csv(make_cakupan(item), item)
        for kind, make in kinds.items():
            relative = f"{skenario.folder}/{skenario.nama_berkas(kind)}"
            makers[relative] = _bind(make, skenario)
    return makers


def _bind(make: Callable[[Skenario], bytes], skenario: Skenario) -> Callable[[], bytes]:
    return lambda: make(skenario)


def _workbook(skenario: Skenario) -> bytes:
    frames = plant_workbook(make_tables(skenario), skenario)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "buku-kerja.xlsx"
        write_templat(
            path, kode_kabupaten=skenario.kode, tahun=skenario.tahun, isi=frames, contoh=True
        )
        return path.read_bytes()


def _check_free(ruang_raw: Path, relatives: list[str], known: dict[str, str]) -> None:
    for relative in relatives:
        path = ruang_raw / relative
        if path.exists() and not _is_own(path, known.get(relative)):
            raise RuangError(
                "Contoh tidak ditulis karena berkas ini bukan buatan contoh atau sudah diubah.",
                di=str(path),
                lakukan="Pindahkan berkas itu ke tempat lain, atau pakai ruang kerja yang kosong.",
            )
    for folder in sorted({Path(relative).parent for relative in relatives}):
        _check_folder(ruang_raw / folder, is_ours=any(Path(key).parent == folder for key in known))


def _is_own(path: Path, noted: str | None) -> bool:
    return path.is_file() and noted == hash_bytes(path.read_bytes())


def _check_folder(folder: Path, *, is_ours: bool) -> None:
    """Refuse a folder with data of others, unless the example already lives in it."""
    if is_ours or not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        welcome = any(path.match(pattern) for pattern in _BOLEH_MENUMPANG)
        if path.is_file() and not path.name.startswith(".") and not welcome:
            raise RuangError(
                "Contoh tidak ditulis karena folder ini sudah berisi data lain.",
                di=str(path),
                lakukan="Pakai ruang kerja yang kosong untuk contoh: reviu mulai DIR.",
            )


def _read_manifest(ruang_raw: Path) -> dict[str, str]:
    path = ruang_raw / MANIFES
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}
    except (ValueError, TypeError) as error:
        raise RuangError(
            "Catatan berkas contoh rusak.",
            di=str(path),
            lakukan="Hapus catatan itu bersama berkas contoh, lalu ulangi.",
        ) from error


def _read_signed(ruang_raw: Path) -> dict[str, str]:
    """Return path → signature; without a sound note nothing is signed, and all is made again."""
    try:
        content = json.loads((ruang_raw / PEMBUAT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write_note(path: Path, content: dict[str, str]) -> None:
    text = json.dumps(content, indent=1, sort_keys=True)
    write_atomic(path, f"{text}\n".encode())


def _sign(digest: str) -> str:
    """Return what says that this generator made the content of that hash."""
    return hash_bytes(f"{hash_generator()} {digest}".encode())


@cache
def hash_generator() -> str:
    """Return one hash over all that decides the bytes of the example: code, data, and packages."""
    packages = (np.__version__, pd.__version__, xlsxwriter.__version__)
    tools = (platform.python_version(), zlib.ZLIB_RUNTIME_VERSION, *packages)
    return hash_bytes(" ".join((hash_library(BAGIAN_PEMBUAT), *tools)).encode())
