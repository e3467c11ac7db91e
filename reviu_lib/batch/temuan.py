"""`temuan.xlsx` and the coloured copies beside the reports, and whether they still hold.

A note beside the processed tables says from which tables they were written and with which
content, so that a workbook somebody filled in is kept aside and never overwritten.
"""

from __future__ import annotations

import json
import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from reviu_lib.bahan import BahanReviu
from reviu_lib.batch.manifest import TEMUAN, publish, remove_gone
from reviu_lib.batch.provinces import list_openers
from reviu_lib.files import open_staging, write_atomic
from reviu_lib.store import Ruang, digest_bahan

if TYPE_CHECKING:
    from reviu_lib.ingest.identity import NamaOrang

SALINAN = "salinan"
_CATATAN = "temuan.json"


def write_temuan(bahan: BahanReviu, ruang: Ruang, *, names: NamaOrang) -> list[Path]:
    """Return the paths of `temuan.xlsx` and its copies after putting them beside the reports.

    What somebody edited since the last check is renamed. The processed tables must be kept
    already. Raises a ReviuError when the place cannot be written.
    """
    from reviu_lib.ingest.marking import Tautan, write_marked

    kode, tahun = bahan.kode_kabupaten, bahan.tahun
    folder = ruang.reports_of(kode, tahun)
    tautan = Tautan(ruang.raw, PurePath(os.path.relpath(ruang.raw, folder)).as_posix())
    with open_staging(folder) as staging:
        (staging / SALINAN).mkdir()
        files = list_openers(ruang, kode, tahun)
        write_marked(bahan, files, staging, tautan=tautan, names=names)
        written = _publish(staging, folder, _load_note(ruang, kode, tahun).get("keluaran", {}))
    _save_note(ruang, kode, tahun, written)
    return [folder / name for name in written]


def _publish(staging: Path, folder: Path, before: dict[str, str]) -> dict[str, str]:
    """Return name → hash of what now stands in `folder`; copies of files now gone are removed."""
    copies = staging / SALINAN
    known = {name: {digest} for name, digest in before.items()}
    inner = {name.removeprefix(f"{SALINAN}/"): digests for name, digests in known.items()}
    there, _ = publish(copies, folder / SALINAN, inner)
    copies.rmdir()
    top, _ = publish(staging, folder, known)
    written = {**top, **{f"{SALINAN}/{name}": digest for name, digest in there.items()}}
    remove_gone(folder, before, written)
    return written


def list_temuan(kode: str, tahun: int, *, ruang: Ruang) -> list[Path]:
    """Return the paths that the last check wrote beside the reports and that are still there."""
    folder = ruang.reports_of(kode, tahun)
    names = _load_note(ruang, kode, tahun).get("keluaran", {})
    return [folder / name for name in sorted(names, key=_order) if (folder / name).is_file()]


def _order(name: str) -> tuple[bool, str]:
    return name != TEMUAN, name


def explain_temuan(kode: str, tahun: int, *, ruang: Ruang) -> str:
    """Return why `temuan.xlsx` must be written anew, in Indonesian; "" when it holds.

    Without raw files it stands as it is.
    """
    if not ruang.folders_of(kode, tahun):
        return ""
    note = _load_note(ruang, kode, tahun)
    if note.get("bahan") != digest_bahan(kode, tahun, ruang=ruang):
        return f"{TEMUAN} belum sesuai dengan data olahan"
    folder = ruang.reports_of(kode, tahun)
    absent = [name for name in note["keluaran"] if not (folder / name).is_file()]
    return f"{absent[0]} tidak ada" if absent else ""


def _load_note(ruang: Ruang, kode: str, tahun: int) -> dict[str, Any]:
    """Return the note of the last check; an empty one when absent or damaged."""
    try:
        note = json.loads((ruang.processed_of(kode, tahun) / _CATATAN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(note, dict) and isinstance(note.get("keluaran"), dict)
    return note if whole else {}


def _save_note(ruang: Ruang, kode: str, tahun: int, written: dict[str, str]) -> None:
    note = {"bahan": digest_bahan(kode, tahun, ruang=ruang), "keluaran": written}
    text = json.dumps(note, ensure_ascii=False, indent=1, sort_keys=True)
    write_atomic(ruang.processed_of(kode, tahun) / _CATATAN, f"{text}\n".encode(), private=True)
