"""What leaves ingest for people: findings to work through, and coloured copies of the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from reviu_lib.bahan import BahanReviu
from reviu_lib.ingest.identity import NamaOrang
from reviu_lib.ingest.layouts.mapping import NAMA_USULAN
from reviu_lib.ingest.layouts.proposals import (
    Usulan,
    list_rows,
    propose_mapping,
    write_usulan_pemetaan,
)
from reviu_lib.ingest.marking.book import FOLDER, NAMA, Tautan, write_temuan
from reviu_lib.ingest.marking.cells import mask_name
from reviu_lib.ingest.marking.copies import Salinan, name_copies, write_copy
from reviu_lib.ingest.places import write_usulan_padanan
from reviu_lib.ingest.sources import Sumber, name_source

# Not the name of the reviewed file: a proposal that is copied back unread decides nothing.
NAMA_PADANAN = "padanan_wilayah-usulan.csv"

__all__ = ["FOLDER", "NAMA", "Tautan", "write_marked"]


def write_marked(
    bahan: BahanReviu,
    berkas: Mapping[Path, Callable[[], Sumber]],
    keluaran: Path,
    *,
    tautan: Tautan,
    names: NamaOrang,
) -> list[Path]:
    """Return the paths of `temuan.xlsx` and of the copies in `salinan/`, written into `keluaran`.

    Where a sheet was not recognised there is `pemetaan-usulan.toml` too, and where a place was
    not, `padanan_wilayah-usulan.csv`. Each file of `berkas` is opened by its function, one after
    the other, so that memory stays that of the largest. `names` (of children and parents) are
    masked in every text. Raises BerkasError when the place cannot be written.
    """
    titles = name_copies([mask_name(name_source(path), names) for path in berkas])
    place = keluaran / FOLDER
    copies: list[Salinan] = []
    proposals: list[Usulan] = []
    for buka, title in zip(berkas.values(), titles, strict=True):
        source = buka()
        copies.append(write_copy(source, place / title, sel_ragu=bahan.sel_ragu, names=names))
        proposals += [_mask(usulan, source.berkas, names) for usulan in _propose(source)]
    rows = list_rows(proposals)
    written = [write_temuan(bahan, keluaran / NAMA, tautan=tautan, salinan=copies, pemetaan=rows)]
    if proposals:
        written.append(write_usulan_pemetaan(keluaran / NAMA_USULAN, proposals))
    if proposal := write_usulan_padanan(keluaran / NAMA_PADANAN, bahan.usulan_padanan):
        written.append(proposal)
    return [*written, *(place / copy.jalur for copy in copies if copy.jalur)]


def _propose(source: Sumber) -> list[Usulan]:
    """Return the proposed mapping of each sheet that is not recognised."""
    return [*source.usulan, *(propose_mapping(grid) for grid in source.asing)]


def _mask(usulan: Usulan, berkas: str, names: NamaOrang) -> Usulan:
    """Return a proposed mapping, no name of a person in file, sheet, or heading."""
    columns = tuple(replace(one, judul=mask_name(one.judul, names)) for one in usulan.kolom)
    named = replace(usulan, berkas=mask_name(berkas, names), kolom=columns)
    return replace(named, lembar=mask_name(usulan.lembar, names))
