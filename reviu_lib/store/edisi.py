"""The edition of the meeting, kept as it was, so that the final one can tell what changed since.

It is kept while no decision is read: the edition that the meeting had before it. Later runs of
the same edition, which hold decisions, leave it alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import FINAL, hash_definisi
from reviu_lib.errors import RuangError
from reviu_lib.files import hash_file, hash_library, is_dokumen, make_private
from reviu_lib.hasil import EdisiTersimpan, HasilReviu, table_names
from reviu_lib.store.ruang import Ruang, find_ruang
from reviu_lib.store.skema import explain_skema, is_newer
from reviu_lib.store.tables import (
    digest_masukan,
    load_berkas,
    load_tables,
    read_scalars,
    save_hasil_tables,
)

RAPAT = "rapat"
_NAMA = "hasil.json"
Berkas = dict[str, str]


def keep_rapat(hasil: HasilReviu, ruang: Ruang) -> None:
    """Keep a copy of the edition of the meeting, unless it has decisions and one is there."""
    folder = _folder(hasil.kode_kabupaten, hasil.tahun, ruang)
    if hasil.edisi != RAPAT or (len(hasil.putusan_rapat) and (folder / _NAMA).is_file()):
        return
    berkas = load_berkas(hasil.kode_kabupaten, hasil.tahun, ruang=ruang)
    make_private(folder.parent)
    save_hasil_tables(hasil, folder, ruang, berkas=berkas)


def _folder(kode_kabupaten: str, tahun: int, ruang: Ruang) -> Path:
    return ruang.processed_of(kode_kabupaten, tahun) / "edisi" / RAPAT


def digest_rapat(kode_kabupaten: str, tahun: int, *, ruang: Ruang) -> str:
    """Return a hash of the kept edition of the meeting, "" where there is none."""
    path = _folder(kode_kabupaten, tahun, ruang) / _NAMA
    return hash_file(path) if path.is_file() else ""


def load_rapat(
    bahan: BahanReviu, *, ruang: str | Path | Ruang | None = None
) -> EdisiTersimpan | None:
    """Return the kept edition of the meeting and what it was made from that differs now.

    None for another edition than the final one, and where no whole copy is there. Raises
    RuangError for a copy that a newer version wrote.
    """
    place = find_ruang(ruang)
    folder = _folder(bahan.kode_kabupaten, bahan.tahun, place)
    if bahan.edisi != FINAL or not (folder / _NAMA).is_file():
        return None
    try:
        content = json.loads((folder / _NAMA).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if is_newer(content):
        raise RuangError(
            f"Edisi rapat yang tersimpan tidak dapat dipakai: {explain_skema(content)}.",
            di="/".join(folder.parts[-6:]),
            lakukan="Pasang reviu yang lebih baru; edisi itu tidak dapat dibuat lagi.",
        )
    try:
        tables = load_tables(folder, content, {name: name for name in table_names()})
        hasil = HasilReviu(**read_scalars(content["hasil"]), **tables)
        return EdisiTersimpan(hasil, *_list_changes(content, bahan, place))
    except (OSError, ValueError, KeyError, TypeError, RuangError):
        return None


def _list_changes(
    content: dict[str, Any], bahan: BahanReviu, ruang: Ruang
) -> tuple[Berkas, bool, bool]:
    """Return the changed raw files, and whether rules and earlier years changed."""
    now = load_berkas(bahan.kode_kabupaten, bahan.tahun, ruang=ruang)
    before: Berkas = content["berkas"]
    changed = {
        name: "baru" if name not in before else "berubah" if name in now else "tidak ada lagi"
        for name in sorted({*before, *now})
        if before.get(name) != now.get(name) and not is_dokumen(Path(name))
    }
    rules = (content["pustaka"], content["definisi"])
    made = content["masukan"]
    earlier = digest_masukan(bahan.kode_kabupaten, bahan.tahun, ruang=ruang)
    own = str(bahan.tahun)
    years = {year for year in {*made, *earlier} - {own} if made.get(year) != earlier.get(year)}
    return changed, rules != (hash_library(), hash_definisi(ruang.definisi)), bool(years)
