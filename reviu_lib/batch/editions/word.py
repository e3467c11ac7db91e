"""The Word edition of a report: fresh from the result, and the team's own copy with new numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reviu_lib.batch.manifest import TIM
from reviu_lib.errors import BerkasError
from reviu_lib.files import write_atomic
from reviu_lib.formatting import format_number, join_list, list_first, mask_identity
from reviu_lib.hasil import HasilReviu
from reviu_lib.store import Ruang

if TYPE_CHECKING:
    from reviu_lib.report.dokumen import Dokumen
    from reviu_lib.report.dokumen.word import Segaran


def write_word(dokumen: Dokumen, path: Path, *, ruang: Ruang, hasil: HasilReviu) -> list[str]:
    """Return what the user is told after writing the Word file `path` and the team's copy beside.

    A team's copy or a template that cannot be used is told, and the fresh document is written all
    the same.
    """
    notes = _write_fresh(dokumen, path, ruang)
    team = path.with_stem(f"{path.stem}{TIM}")
    return notes + _write_team(dokumen, team, ruang, hasil)


def _write_fresh(dokumen: Dokumen, path: Path, ruang: Ruang) -> list[str]:
    from reviu_lib.report.dokumen.word import write_docx

    notes = []
    try:
        data = write_docx(dokumen, ruang.templat_dokumen)
    except BerkasError as error:
        notes.append(f"Dokumen Word disusun tanpa templat/{error.di}. {error.apa}")
        data = write_docx(dokumen)
    write_atomic(path, data)
    return notes


def _write_team(dokumen: Dokumen, path: Path, ruang: Ruang, hasil: HasilReviu) -> list[str]:
    """Write the team's copy with the numbers of this run, and return what became of it."""
    from reviu_lib.report.dokumen.word import refresh_docx

    copies = ruang.dokumen_of(hasil.kode_kabupaten, hasil.tahun)
    if not copies:
        return []
    edited = copies[-1]
    nama = mask_identity(edited.name)
    more = [mask_identity(copy.name) for copy in copies[:-1]]
    unread = [f"Hanya {nama} yang disegarkan, bukan {join_list(more)}."] if more else []
    try:
        segaran = refresh_docx(edited.read_bytes(), nama, dokumen, hasil)
    except (BerkasError, OSError) as error:
        why = error.pesan if isinstance(error, BerkasError) else str(error.strerror)
        return [*unread, f"{nama} tidak disegarkan. {why}"]
    write_atomic(path, segaran.data)
    return [*unread, *_describe(segaran, nama, path.name)]


def _describe(segaran: Segaran, nama: str, keluaran: str) -> list[str]:
    """Return in Indonesian how many numbers were renewed, and what could not be."""
    changed, found = len(segaran.berubah), segaran.ditemukan
    notes = [
        f"{nama} disegarkan menjadi {keluaran}: {format_number(changed)} dari "
        f"{format_number(found)} angka dan status berubah; kalimat dan gambar tetap."
    ]
    if segaran.lepas:
        notes.append(_told("tidak lagi ada pada hasil dan dibiarkan", segaran.lepas))
    if segaran.baru:
        notes.append(_told("baru pada hasil dan belum ada pada salinan tim", segaran.baru))
    return notes


def _told(what: str, places: list[str]) -> str:
    shown = list_first([mask_identity(place) for place in places])
    return f"{format_number(len(places))} isian {what}: {shown}."
