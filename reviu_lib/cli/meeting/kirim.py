"""Worksheets put beside the reports, and the note of what went out to whom."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reviu_lib.bahan import BahanReviu
from reviu_lib.batch.manifest import publish, remove_gone
from reviu_lib.errors import RuangError
from reviu_lib.files import open_staging, write_atomic
from reviu_lib.report.lembar import (
    Kemajuan,
    LembarUnit,
    Terkirim,
    build_lembar,
    write_himpunan,
    write_kemajuan,
    write_lembar,
    write_pengingat,
)
from reviu_lib.review import review
from reviu_lib.store import Ruang, load_lalu
from reviu_lib.store.trail import Langkah, record_step

FOLDER = "lembar"
_CATATAN, _HIMPUNAN = "lembar.json", "himpun.json"  # what went out, what was gathered


def send_lembar(bahan: BahanReviu, ruang: Ruang) -> tuple[list[Path], list[str]]:
    """Return the paths of the worksheets written for a review, and names of those kept aside.

    A worksheet that somebody filled in where it was written is renamed, never overwritten; that
    of a unit which no longer exists is removed unless it was filled in. Raises a ReviuError when
    the place cannot be written.
    """
    kode, tahun = bahan.kode_kabupaten, bahan.tahun
    sheets = build_lembar(bahan, review(bahan, load_lalu(kode, tahun, ruang=ruang)))
    folder = ruang.reports_of(kode, tahun) / FOLDER
    before = _load_note(kode, tahun, ruang).get("keluaran", {})

    def write(staging: Path) -> None:
        for sheet in sheets:
            write_lembar(sheet, bahan, staging)

    written, kept = _put(write, folder, before)
    remove_gone(folder, before, written)
    _save_note(sheets, written, ruang.processed_of(kode, tahun) / _CATATAN)
    record_step(Langkah(FOLDER, (kode,), tahun, keluaran=written), ruang)
    return [folder / name for name in written], kept


def gather(kemajuan: Kemajuan, bahan: BahanReviu, ruang: Ruang) -> tuple[list[Path], list[str]]:
    """Return the paths of page, workbook, and reminders, and names of those kept aside.

    What somebody edited since is renamed, never overwritten. Raises a ReviuError when the place
    cannot be written.
    """
    kode, tahun = bahan.kode_kabupaten, bahan.tahun
    folder, stem = ruang.reports_of(kode, tahun), f"{kode}-{tahun}"

    def write(staging: Path) -> None:
        write_kemajuan(kemajuan, bahan, staging / f"kemajuan-{stem}.html")
        write_himpunan(kemajuan, bahan, staging / f"himpunan-{stem}.xlsx")
        write_pengingat(kemajuan, bahan, staging / f"pengingat-{stem}.txt")

    before = _load_note(kode, tahun, ruang, nama=_HIMPUNAN).get("keluaran", {})
    written, kept = _put(write, folder, before)
    _write_note({"keluaran": written}, ruang.processed_of(kode, tahun) / _HIMPUNAN)
    record_step(Langkah("himpun", (kode,), tahun, keluaran=written), ruang)
    return [folder / name for name in written], kept


def _put(
    write: Callable[[Path], None], folder: Path, before: dict[str, str]
) -> tuple[dict[str, str], list[str]]:
    """Return hashes of the files that `write` makes, now in `folder`, and names kept aside."""
    with open_staging(folder.parent, apa="Folder lembar kerja") as staging:
        write(staging)
        return publish(staging, folder, {name: {known} for name, known in before.items()})


def _save_note(sheets: list[LembarUnit], written: dict[str, str], path: Path) -> None:
    sent = [
        Terkirim(one.unit.jenis, one.unit.kode, one.unit.nama, one.nama_berkas, one.versi)
        for one in sheets
    ]
    _write_note({"unit": [asdict(item) for item in sent], "keluaran": written}, path)


def _write_note(note: dict[str, Any], path: Path) -> None:
    text = json.dumps(note, ensure_ascii=False, indent=1)
    write_atomic(path, f"{text}\n".encode(), private=True)


def load_terkirim(kode: str, tahun: int, ruang: Ruang) -> list[Terkirim]:
    """Return the worksheets that went out last; none when none did or the note is damaged."""
    try:
        return [Terkirim(**item) for item in _load_note(kode, tahun, ruang).get("unit", [])]
    except TypeError:
        return []


def require_terkirim(kode: str, tahun: int, ruang: Ruang) -> list[Terkirim]:
    """Return the worksheets that went out last; RuangError when none did."""
    sent = load_terkirim(kode, tahun, ruang)
    if not sent:
        raise RuangError(
            f"Belum ada lembar kerja {kode} tahun {tahun} yang ditulis.",
            lakukan=f"Jalankan `reviu lembar {kode} --tahun {tahun}`, lalu kirim hasilnya.",
        )
    return sent


def _load_note(kode: str, tahun: int, ruang: Ruang, *, nama: str = _CATATAN) -> dict[str, Any]:
    try:
        note = json.loads((ruang.processed_of(kode, tahun) / nama).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}
