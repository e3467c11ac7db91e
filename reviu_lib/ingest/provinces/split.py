"""One file of a province, opened once, becomes the parts of its kabupaten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from reviu_lib.ingest.checks import Konteks
from reviu_lib.ingest.findings import Tempat
from reviu_lib.ingest.identity import NamaOrang, mask_text, number_names
from reviu_lib.ingest.layouts.folder import list_mappings
from reviu_lib.ingest.layouts.proposals import propose_mapping
from reviu_lib.ingest.marking.shown import show_sheet
from reviu_lib.ingest.parts import Bagian, Terkonversi, convert_source
from reviu_lib.ingest.provinces.held import list_names
from reviu_lib.ingest.provinces.kept import Simpanan, Tersimpan, mask_words
from reviu_lib.ingest.provinces.packing import pack_sumber
from reviu_lib.ingest.sources import Sumber, judge_source, name_source, open_source
from reviu_lib.ingest.stream import Terbuka, open_file

# Rows of a document are known by numbers that may look like a NIK: masked they would be alike.
_TAK_TERBAGI = frozenset({"transaksi"})


def split_file(path: Path, konteks: Sequence[Konteks], simpanan: Simpanan) -> bool:
    """Keep the parts of these kabupaten from one opening of a file; return whether that is done.

    Not done where the file changed meanwhile. A workbook of one kabupaten (with identitas), an
    export of documents, and a mapping are noted as whole: every kabupaten reads them itself.
    """
    place = simpanan.open(path)
    source = open_source(path)
    if _is_whole(source, path):
        isi = {"utuh": True, "wilayah": _list_safe(source, frozenset())}
        place.save_isi(isi, {}, number_names((), simpanan.kunci))
    else:
        source = judge_source(source, konteks[0])
        tables = convert_source(source, konteks[0].tahun)
        _keep_source(place, source, tables)
        del source  # its raw cells are the largest thing in memory
        for one in konteks:
            place.save_part(tables.check(one), one)
    return simpanan.open(path).folder == place.folder


def _is_whole(source: Sumber, path: Path) -> bool:
    kinds = [kepala.sumber for _, kepala in source.lembar]
    single = any(one.tabel == "identitas" or one.bentuk in _TAK_TERBAGI for one in kinds)
    return single or path in list_mappings(path.parent)


def _keep_source(place: Tersimpan, source: Sumber, tables: Terkonversi) -> None:
    """Keep what opening the file found, and its sheets as shown, masked with its own names."""
    proposals = tuple(propose_mapping(grid) for grid in source.asing)
    isi = mask_words(pack_sumber(source, proposals), tables.nama)
    isi["wilayah"] = _list_safe(source, tables.nama)
    grids = list({id(grid): grid for grid, _ in source.lembar}.values())
    shown: dict[int, pd.DataFrame] = {}
    for number, grid in enumerate(grids):
        heads = [kepala for other, kepala in source.lembar if other is grid]
        shown[number] = show_sheet(grid, heads, tables.nama)
    place.save_isi(isi, shown, number_names(tables.nama, place.kunci))


def _list_safe(source: Sumber, nama: NamaOrang) -> list[str]:
    """Return the names of kabupaten in a file but for those that may be a person's."""
    return [name for name in list_names(source) if mask_text(name, nama) == name]


@dataclass(frozen=True)
class _Terbuka(Terbuka):
    """A file that is kept: its rows come from the part of the kabupaten where there is one."""

    simpanan: Tersimpan | None = None

    def read(self, konteks: Konteks) -> Bagian:
        """Return the part of the kabupaten, read from the file itself where it is not kept."""
        part = self.simpanan.load_part(konteks) if self.simpanan else None
        return part or super().read(konteks)


def open_kept(path: Path, konteks: Konteks, simpanan: Simpanan) -> Terbuka:
    """Return a file of a province from what is kept of it; any other file opened and judged."""
    kept = _find(path, simpanan)
    source = kept.load_sumber() if kept else None
    if source is None:
        return open_file(path, konteks)
    return _Terbuka(path, source, dilepas=True, simpanan=kept)


def open_shown(path: Path, simpanan: Simpanan) -> Sumber:
    """Return a file with its cells as copies show them: kept ones, or opened again."""
    kept = _find(path, simpanan)
    return (kept.load_sumber(tayangan=True) if kept else None) or open_source(path)


def _find(path: Path, simpanan: Simpanan) -> Tersimpan | None:
    """Return the place of a file of the province; None for a file of a kabupaten's own."""
    return simpanan.open(path) if Tempat(name_source(path)).bersama else None
