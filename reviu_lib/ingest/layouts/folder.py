"""The mappings that lie beside the files of a folder: pemetaan.toml and filled Pemetaan sheets.

The sheet `Pemetaan` of the findings workbook has one row per column of an unrecognised sheet;
whoever fills `tabel` and `kolom_baku` and puts the workbook back has answered the question.
"""

from __future__ import annotations

from collections.abc import Collection
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

from reviu_lib.ingest.files import BerkasDitolak, Kisi, read_grids
from reviu_lib.ingest.layouts.mapping import (
    NAMA_PEMETAAN,
    TANPA_JUDUL,
    Pemetaan,
    check_entries,
    read_mapping,
)
from reviu_lib.ingest.parse.texts import cell_text

LEMBAR_PEMETAAN = "pemetaan"
KOLOM_PEMETAAN = (
    "berkas", "lembar", "baris_judul", "kolom", "judul_terbaca", "contoh_jenis", "tabel",
    "kolom_baku",
)  # fmt: skip
_BUKU = ("temuan*.xlsx", "pemetaan*.xlsx")
_PERAN = {"pembilang": "judul", "persen": "persen"}  # `persen: nama indikator`
_TABEL_LEBAR = "capaian_terbit"


def load_folder(folder: Path) -> Pemetaan:
    """Return what the mapping files of a folder say; pemetaan.toml goes before the sheets."""
    status = ((path, path.stat()) for path in list_mappings(folder))
    return _load(tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in status))


def list_mappings(folder: Path) -> list[Path]:
    """Return the files of a folder that may hold a mapping, pemetaan.toml first."""
    books = (path for mask in _BUKU for path in sorted(folder.glob(mask)))
    return [path for path in (folder / NAMA_PEMETAAN, *books) if path.is_file()]


@lru_cache(maxsize=64)
def _load(signature: tuple[tuple[Path, int, int], ...]) -> Pemetaan:
    parts = [_read(path) for path, _, _ in signature]
    faults = {name: words for part in parts for name, words in (part.keliru or {}).items()}
    return Pemetaan(tuple(item for part in parts for item in part.peta), faults or None)


def _read(path: Path) -> Pemetaan:
    if path.name == NAMA_PEMETAAN:
        return read_mapping(path)
    try:
        grids = read_grids(path)
    except BerkasDitolak:
        return Pemetaan()  # told when the file itself is opened
    sheets = [grid for grid in grids if is_mapping_sheet(grid)]
    return check_entries([entry for grid in sheets for entry in _entries(grid)], path.name)


def is_mapping_sheet(kisi: Kisi) -> bool:
    """Return True for a sheet named Pemetaan that has its columns."""
    return kisi.lembar.strip().lower() == LEMBAR_PEMETAAN and _header_row(kisi) is not None


def _header_row(kisi: Kisi) -> int | None:
    for label, row in zip(kisi.sel.index[:15], kisi.sel.head(15).to_numpy(), strict=False):
        if set(KOLOM_PEMETAAN) <= {cell_text(cell).lower() for cell in row}:
            return int(label)
    return None


def _entries(kisi: Kisi) -> list[dict[str, Any]]:
    """Return the filled rows of a sheet as entries, one per file, sheet, header, and table."""
    start = _header_row(kisi)
    names = [cell_text(cell).lower() for cell in kisi.sel.loc[start]]
    groups: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for row in kisi.sel.loc[kisi.sel.index > start].to_numpy(dtype=object):
        cells = dict(zip(names, map(cell_text, row), strict=True))
        if cells["tabel"] and cells["kolom_baku"]:
            key = tuple(cells[name] for name in ("berkas", "lembar", "baris_judul", "tabel"))
            groups.setdefault(key, []).append((cells["kolom"], cells["kolom_baku"]))
    return [_entry(key, columns) for key, columns in groups.items()]


def _entry(key: tuple[str, ...], columns: list[tuple[str, str]]) -> dict[str, Any]:
    berkas, lembar, row, tabel = key
    entry: dict[str, Any] = {
        "nama": berkas.split("/")[-1],
        "lembar": lembar or "*",
        "baris_judul": int(row) if row.isdigit() else TANPA_JUDUL,
        "judul_kolom": dict(columns),
        "tabel": tabel,
    }
    return _with_measures(entry, columns) if tabel == _TABEL_LEBAR else entry


def _with_measures(entry: dict[str, Any], columns: list[tuple[str, str]]) -> dict[str, Any]:
    """Return an entry of a published table: `persen: nama indikator` becomes a measure."""
    headings: dict[str, str] = {}
    measures: dict[str, dict[str, Any]] = {}
    for letter, text in columns:
        role, mark, meaning = (part.strip() for part in text.partition(":"))
        is_measure = bool(mark) and role.lower() in _PERAN
        headings[letter] = f"kolom {letter}" if is_measure else text
        if is_measure:
            measures[f"kolom_{letter.lower()}"] = {
                _PERAN[role.lower()]: [headings[letter]],
                "indikator": meaning,
                "satuan": "persen",
            }
    return {**entry, "bentuk": "lebar", "judul_kolom": headings, "ukuran": measures}


def list_unused(pemetaan: Pemetaan, berkas: Collection[str]) -> list[str]:
    """Return the file names of entries that fit none of these files."""
    names = dict.fromkeys(item.entri.nama for item in pemetaan.peta)
    return [
        name
        for name in names
        if not any(fnmatchcase(file.lower(), name.lower()) for file in berkas)
    ]
