"""What a worker does for the files of a province, and how a check finds what is kept of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviu_lib.store import Ruang, hash_pembaca, load_kunci

if TYPE_CHECKING:
    from reviu_lib.ingest.checks import Konteks
    from reviu_lib.ingest.provinces.kept import Simpanan
    from reviu_lib.ingest.sources import Sumber

Tanggal = dict[str, str]  # reviu and cutoff, as ISO dates
Tell = Callable[[str], None]


def make_simpanan(ruang: Ruang, kode_provinsi: str, tahun: int) -> Simpanan:
    """Return what is kept of the files of a province, good for the present key and rules."""
    from reviu_lib.ingest import Simpanan

    folder = ruang.bagian_provinsi(kode_provinsi, tahun)
    return Simpanan(folder, load_kunci(ruang), hash_pembaca(ruang))


def load_konteks(ruang: Ruang, kode: str, tahun: int, tanggal: Tanggal | None) -> Konteks:
    """Return what the rows of a kabupaten are compared with; without `tanggal` as assumed."""
    from reviu_lib.ingest import find_dates, make_konteks

    folders = ruang.folders_of(kode, tahun)
    konteks = make_konteks(*folders, kode_kabupaten=kode, tahun=tahun, kunci=load_kunci(ruang))
    if tanggal is None:
        return find_dates((), konteks)
    days = {f"tanggal_{name}": date.fromisoformat(day) for name, day in tanggal.items()}
    return replace(konteks, **days)  # type: ignore[arg-type]


def list_openers(ruang: Ruang, kode: str, tahun: int) -> dict[Path, Callable[[], Sumber]]:
    """Return each raw file of a kabupaten and year, with what opens it for a coloured copy."""
    from reviu_lib.ingest import open_shown
    from reviu_lib.ingest.files import list_entries

    kept = make_simpanan(ruang, kode[:2], tahun)
    paths = [path for folder in ruang.folders_of(kode, tahun) for path in list_entries(folder)]
    return {path: partial(open_shown, path, kept) for path in paths}


def _find_tanggal(
    root: Path, *, kode: str, tahun: int, utuh: Sequence[str], tell: Tell
) -> dict[str, Any]:
    """Return the dates of a review as its own files tell them, and the named ones of its province.

    Those are workbooks of one kabupaten.
    """
    from reviu_lib.ingest import find_dates, list_data

    ruang = Ruang(root)
    shared = [ruang.raw_provinsi(kode[:2], tahun) / name for name in utuh]
    paths = [*shared, *list_data([ruang.raw_of(kode, tahun)])]
    dated = find_dates(paths, load_konteks(ruang, kode, tahun, None))
    return {"reviu": str(dated.tanggal_reviu), "cutoff": str(dated.tanggal_cutoff)}


def _split(root: Path, *, provinsi: str, tahun: int, tell: Tell, **isi: Any) -> dict[str, Any]:
    """Open a file of a province once and keep the parts of these kabupaten."""
    from reviu_lib.ingest import split_file

    ruang = Ruang(root)
    days: dict[str, Tanggal] = isi["tanggal"]
    contexts = [load_konteks(ruang, kode, tahun, one) for kode, one in days.items()]
    path = ruang.raw_provinsi(provinsi, tahun) / isi["berkas"]
    split_file(path, contexts, make_simpanan(ruang, provinsi, tahun))
    return {}


def _seal(root: Path, *, provinsi: str, tahun: int, tell: Tell, **isi: Any) -> dict[str, Any]:
    """Mask what is kept of one file with the names of all files of its province."""
    simpanan = make_simpanan(Ruang(root), provinsi, tahun)
    simpanan.at(isi["folder"]).seal([simpanan.at(name) for name in isi["lainnya"]])
    return {}


TUGAS_PROVINSI: dict[str, Callable[..., dict[str, Any]]] = {
    "tanggal": _find_tanggal,
    "bagi": _split,
    "segel": _seal,
}
