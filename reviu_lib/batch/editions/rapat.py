"""The meeting kit of a kabupaten and year, in `reports/<tahun>/<kode>/rapat/`.

It is made from the stored result of the review where that still holds, else the review is computed
and stored first; raw files that changed are checked before. A file of the kit that somebody edited
is kept aside under another name and never overwritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reviu_lib.batch import manifest
from reviu_lib.batch.books import TERHENTI
from reviu_lib.batch.planning import Unit, with_earlier_years
from reviu_lib.batch.pool import Dengar, Kabar, ignore
from reviu_lib.batch.run import Luaran, run_periksa
from reviu_lib.errors import ReviuError, RuangError
from reviu_lib.files import hold_lock, open_staging, read_clock
from reviu_lib.hasil import HasilReviu
from reviu_lib.settings import IsianRapat, Pengaturan
from reviu_lib.store import Ruang, load_bahan, load_hasil, load_lalu, save_hasil
from reviu_lib.store.trail import Langkah, record_step

FOLDER = "rapat"


def run_rapat(
    units: Sequence[Unit], *, ruang: Ruang, pengaturan: Pengaturan, dengar: Dengar = ignore
) -> list[Luaran]:
    """Return how the kit of each unit ended; one that fails stops no other.

    Raises RuangError when another process works in the workspace.
    """
    checks = run_periksa(with_earlier_years(units, ruang=ruang), ruang=ruang)
    if any(item.status == TERHENTI for item in checks):
        return [item for item in checks if item.status == TERHENTI]
    failed = {(item.kode, item.tahun): item for item in checks if item.status == manifest.GAGAL}
    outcomes = []
    with hold_lock(ruang.gembok):
        for unit in units:
            dengar(Kabar("mulai", *unit))
            outcome = failed.get(unit) or _make(unit, ruang, pengaturan.rapat_of(*unit))
            record_step(Langkah(FOLDER, unit[:1], unit[1], outcome.status), ruang)
            dengar(Kabar(outcome.status, *unit, outcome.pesan))
            outcomes.append(outcome)
    return outcomes


def _make(unit: Unit, ruang: Ruang, isian: IsianRapat) -> Luaran:
    try:
        hasil = load_or_review(unit, ruang)
        folder = ruang.reports_of(*unit) / FOLDER
        kept = _publish(hasil, isian, folder, ruang)
    except ReviuError as error:
        return Luaran("rapat", *unit, manifest.GAGAL, error.apa, error.di, error.lakukan)
    notes = tuple(f"Berkas yang disunting disimpan sebagai {name}." for name in kept)
    files = tuple(sorted(folder / name for name in manifest.list_written(folder)))
    return Luaran("rapat", *unit, manifest.SELESAI, berkas=files, catatan=notes)


def load_or_review(unit: Unit, ruang: Ruang) -> HasilReviu:
    """Return the stored result, or a new one where none holds."""
    try:
        return load_hasil(*unit, ruang=ruang)
    except RuangError:
        from reviu_lib.review import review

        hasil = review(load_bahan(*unit, ruang=ruang), load_lalu(*unit, ruang=ruang))
        save_hasil(hasil, ruang)
        return hasil


def _publish(hasil: HasilReviu, isian: IsianRapat, folder: Path, ruang: Ruang) -> list[str]:
    """Write the kit beside `folder`, move it in, and note the hashes; return names kept aside."""
    with open_staging(folder.parent, apa="Folder rapat") as staging:
        write_kit(hasil, isian, staging, ruang)
        hashes, kept = manifest.publish(staging, folder, manifest.list_written(folder))
    entry = {
        "status": manifest.SELESAI,
        "jenis": FOLDER,
        "kode": [hasil.kode_kabupaten],
        "tahun": hasil.tahun,
        "nama": hasil.nama,
        "contoh": hasil.contoh,
        "dibuat": read_clock().isoformat(timespec="seconds"),
        "keluaran": hashes,
    }
    manifest.save_entry(folder, FOLDER, entry)
    return kept


def write_kit(hasil: HasilReviu, isian: IsianRapat, folder: Path, ruang: Ruang) -> None:
    """Write every file of the kit into a folder: documents, slides, sheets."""
    from reviu_lib.report.dokumen.word import write_docx
    from reviu_lib.report.rapat import list_naskah, susun_paparan, write_pptx

    unit = f"{hasil.kode_kabupaten}-{hasil.tahun}"
    for nama, naskah in list_naskah(hasil, isian).items():
        docx = write_docx(naskah, ruang.templat_dokumen)
        (folder / f"{nama}-{unit}.docx").write_bytes(docx)
    paparan = write_pptx(susun_paparan(hasil, isian))
    (folder / f"paparan-{unit}.pptx").write_bytes(paparan)
    _write_sheets(hasil, isian, folder, ruang)


def _write_sheets(hasil: HasilReviu, isian: IsianRapat, folder: Path, ruang: Ruang) -> None:
    from reviu_lib.report.rapat import susun_lembar, write_lembar
    from reviu_lib.review.konteks import build_konteks
    from reviu_lib.review.lokasi import list_jangkauan

    kode, tahun = hasil.kode_kabupaten, hasil.tahun
    jangkauan = list_jangkauan(build_konteks(load_bahan(kode, tahun, ruang=ruang)))
    for nama, berkas in susun_lembar(hasil, isian, jangkauan).items():
        path = folder / f"lembar-ringkas-{nama}-{kode}-{tahun}.pdf"
        path.write_bytes(write_lembar(berkas))
