"""One raw file after the other: opened, recognised, and judged before any row is used.

A file that cannot be opened, is not recognised, or belongs to another kabupaten or year becomes
one finding; all other files go on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from reviu_lib.catalog.lembar import IDENTITAS
from reviu_lib.errors import KodeError
from reviu_lib.formatting import PENANDA_CONTOH
from reviu_lib.ingest.checks import Konteks
from reviu_lib.ingest.files import BerkasDitolak, Kisi, column_letter, read_grids
from reviu_lib.ingest.findings import Tempat, Temuan, note
from reviu_lib.ingest.layouts import Folder, Kepala, is_ignored, recognise, table_of_sheet
from reviu_lib.ingest.layouts.folder import is_mapping_sheet, list_unused, load_folder
from reviu_lib.ingest.layouts.mapped import PemetaanTidakCocok, read_mapped
from reviu_lib.ingest.layouts.mapping import NAMA_PEMETAAN, NAMA_USULAN
from reviu_lib.ingest.layouts.proposals import Usulan, find_heading_row
from reviu_lib.ingest.parse.texts import cell_text
from reviu_lib.ingest.tables import Potongan, count_body, count_rows, read_table
from reviu_lib.reference import nama_wilayah, validate_kode_kabupaten

_TAHUN = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_KODE_PROVINSI = re.compile(r"\d\d")
_KODE_KABUPATEN = re.compile(r"\d\d\.\d\d")
_IDENTITAS = {"identitas", IDENTITAS}  # of the kabupaten workbook, of a returned worksheet
_BARIS_ATAS = 15
_KOLOM_DITAMPILKAN = 12
_WORD_LAIN = "dokumen Word tanpa tabel putusan rapat (kolom ID usulan dan Putusan)"


Dikenali = tuple[Kisi, tuple[Kepala, ...]]
TakDibaca = tuple[str, str, str, int]  # sheet, canonical table, kind of finding, rows


@dataclass(frozen=True)
class Sumber:
    """One file: its recognised sheets, the others (`asing`), and what was found on opening it.

    `tersimpan`: kept from an earlier opening; the cells are as shown, and `usulan` are the
    proposals for the others.
    """

    berkas: str
    lembar: tuple[tuple[Kisi, Kepala], ...] = ()
    temuan: tuple[Temuan, ...] = ()
    contoh: bool = False
    tak_dibaca: tuple[TakDibaca, ...] = ()
    asing: tuple[Kisi, ...] = ()
    usulan: tuple[Usulan, ...] = ()
    tersimpan: bool = False

    @cached_property
    def identitas(self) -> Potongan | None:
        """The converted identitas rows, of a workbook or a worksheet; None without such a sheet."""
        for grid, kepala in self.lembar:
            if kepala.sumber.tabel in _IDENTITAS:
                return read_table(grid, kepala, self.berkas, tahun=None)
        return None

    def refuse(self, *found: Temuan) -> Sumber:
        """Return the file without any sheet, the reason added."""
        names = [grid.lembar for grid, _ in self.lembar]
        return self.leave(found[0], *names).add(*found[1:])

    def leave(self, found: Temuan, *names: str) -> Sumber:
        """Return the file without these sheets; their rows are set aside for that reason."""
        left = [pair for pair in self.lembar if pair[0].lembar in names]
        unread = [
            (grid.lembar, kepala.sumber.tabel, found.kode, count_body(grid, kepala))
            for grid, kepala in left
        ]
        kept = tuple(pair for pair in self.lembar if pair not in left)
        return replace(self.add(found), lembar=kept, tak_dibaca=(*self.tak_dibaca, *unread))

    def add(self, *found: Temuan) -> Sumber:
        """Return the file with more findings."""
        return replace(self, temuan=(*self.temuan, *found))


def name_source(path: Path) -> str:
    """Return the path below data/raw when there is one, else the file name."""
    parts = path.parts
    for place in range(len(parts) - 2, 0, -1):
        if parts[place - 1 : place + 1] == ("data", "raw"):
            return "/".join(parts[place + 1 :])
    return path.name


def open_source(path: Path, *, tata_letak: str = "") -> Sumber:
    """Return the file with its recognised sheets; never raises for a bad file.

    With `tata_letak` every sheet is tried as that layout alone, and no mapping is asked.
    """
    berkas = name_source(path)
    place = Tempat(berkas)
    if path.name in {NAMA_PEMETAAN, NAMA_USULAN}:
        return _open_mapping(path)
    try:
        grids = read_grids(path)
    except BerkasDitolak as refused:
        return Sumber(berkas, temuan=(note(refused.kode, place, rincian=refused.rincian),))
    if any(is_mapping_sheet(grid) for grid in grids):
        return _open_mapping(path)
    noticed = [item for grid in grids for item in _tell_notes(grid, berkas)]
    marked = any(_has_marker(grid) for grid in grids)
    read = [grid for grid in grids if not (grid.sel.empty or is_ignored(grid.lembar))]
    source = _read_sheets(read, path, tata_letak).add(*noticed)
    if any(grid.bentuk.jenis == "docx" for grid in grids) and not _holds_decisions(source):
        return Sumber(berkas, temuan=(note("B04", place, rincian=_WORD_LAIN),))
    return _ask_where_equal(_tell_mapped(replace(source, contoh=marked)))


def _holds_decisions(source: Sumber) -> bool:
    """Return True for a document with a table of decisions, or one that the user mapped.

    No other table of a Word document is input: lists of those present name persons.
    """
    return any(kepala.sumber.utama or kepala.dipetakan for _, kepala in source.lembar)


def _read_sheets(grids: Sequence[Kisi], path: Path, tata_letak: str) -> Sumber:
    """Return the file with the tables of its sheets, and why each other sheet is not read."""
    berkas = name_source(path)
    tried, faults = _recognise_all(grids, path, tata_letak)
    seen = _only_main(tried)
    known = tuple((grid, kepala) for grid, tables in seen for kepala in tables)
    strange = [grid for grid, tables in seen if not tables and grid.lembar not in faults]
    found = [item for grid, tables in seen if tables for item in _describe_grid(grid, berkas)]
    found += [item for grid in strange for item in _describe_hidden(grid, berkas)]
    if strange or not faults:
        found += _describe_strange(strange, Tempat(berkas), recognised=bool(known))
    unread = _count_strange(strange, recognised=bool(known))
    asing = tuple(strange) if not known else ()
    source = Sumber(berkas, known, tuple(found), tak_dibaca=unread, asing=asing)
    return _refuse_misfits(source, [grid for grid in grids if grid.lembar in faults], faults)


def _refuse_misfits(source: Sumber, grids: Sequence[Kisi], faults: Mapping[str, str]) -> Sumber:
    """Return the file with T20 for each sheet that its mapping does not fit."""
    found = [
        note("T20", Tempat(source.berkas, grid.lembar), rincian=faults[grid.lembar])
        for grid in grids
    ]
    unread = tuple((grid.lembar, "", "T20", count_rows(grid.sel)) for grid in grids)
    return replace(source.add(*found), tak_dibaca=(*source.tak_dibaca, *unread))


def _open_mapping(path: Path) -> Sumber:
    """Return a file that holds a mapping and no data, with what is wrong with it."""
    place = Tempat(name_source(path))
    if path.name == NAMA_USULAN:
        return Sumber(place.berkas)
    maps = load_folder(path.parent)
    found = [note("T17", place, rincian=words) for words in maps.faults(path.name)]
    if path.name == NAMA_PEMETAAN:
        names = [entry.name for entry in path.parent.iterdir()]
        found += [note("T18", place, rincian=name) for name in list_unused(maps, names)]
    return Sumber(place.berkas, temuan=tuple(found))


def _recognise_all(
    grids: Sequence[Kisi], path: Path, tata_letak: str
) -> tuple[list[Dikenali], dict[str, str]]:
    """Return the tables of each sheet, and by sheet which mapping does not fit."""
    if tata_letak:
        return [(grid, recognise(grid, tata_letak=tata_letak)) for grid in grids], {}
    maps, folder = load_folder(path.parent), _folder_of(name_source(path))
    seen: list[Dikenali] = []
    faults: dict[str, str] = {}
    for grid in grids:
        asked = maps.find(path.name, grid.lembar)
        try:
            tables = read_mapped(grid, asked) if asked else recognise(grid, folder=folder)
        except PemetaanTidakCocok as error:
            tables, faults[grid.lembar] = (), str(error)
        seen.append((grid, tables))
    return seen, faults


def _tell_mapped(source: Sumber) -> Sumber:
    """Return the file with T19 for each table that is read as the user's mapping says."""
    mapped = [(grid, kepala) for grid, kepala in source.lembar if kepala.dipetakan]
    found = [
        note("T19", Tempat(source.berkas, grid.lembar, kepala.sumber.tabel))
        for grid, kepala in mapped
    ]
    return source.add(*found)


def _folder_of(berkas: str) -> Folder:
    """Return whose folder a file below data/raw lies in, "" for a file elsewhere."""
    kode = berkas.split("/")[0]
    if _KODE_PROVINSI.fullmatch(kode):
        return "provinsi"
    return "kabupaten" if _KODE_KABUPATEN.fullmatch(kode) else ""


def _ask_where_equal(source: Sumber) -> Sumber:
    """Return the file without the sheets that fit two layouts equally well: T15 asks which."""
    for grid, kepala in source.lembar:
        if kepala.setara and grid.lembar in {kept.lembar for kept, _ in source.lembar}:
            place = Tempat(source.berkas, grid.lembar, kepala.sumber.tabel)
            choices = " atau ".join(kepala.setara)
            source = source.leave(note("T15", place, rincian=choices), grid.lembar)
    return source


def _only_main(seen: list[Dikenali]) -> list[Dikenali]:
    """Return the sheets that are input: beside a table declared `utama`, only such tables.

    The annex of a report carries result tables beside the decisions; read back as input they
    would stand against the workbook they were computed from.
    """
    main = [pair for pair in seen if any(kepala.sumber.utama for kepala in pair[1])]
    return main or seen


def _has_marker(grid: Kisi) -> bool:
    """Return True when the mark of synthetic data stands in the first rows."""
    cells = grid.sel.head(_BARIS_ATAS).to_numpy(dtype=object).ravel()
    return any(PENANDA_CONTOH in cell for cell in cells if isinstance(cell, str))


def _describe_grid(grid: Kisi, berkas: str) -> list[Temuan]:
    place = Tempat(berkas, grid.lembar)
    found = _describe_hidden(grid, berkas)
    if grid.baris_tersembunyi:
        rows = f"{grid.baris_tersembunyi} baris di lembar {grid.lembar}"
        found.append(note("T09", place, rincian=rows))
    if grid.kolom_tersembunyi:
        letters = ", ".join(map(column_letter, grid.kolom_tersembunyi[:_KOLOM_DITAMPILKAN]))
        found.append(note("T09", place, rincian=f"Kolom {letters} di lembar {grid.lembar}"))
    return found


def _tell_notes(grid: Kisi, berkas: str) -> list[Temuan]:
    """Return what was noticed on opening the sheet, before its layout was known."""
    place = Tempat(berkas, grid.lembar)
    return [
        note(item.kode, place, baris=item.baris, nilai=item.nilai, rincian=item.rincian)
        for item in grid.catatan
    ]


def _describe_hidden(grid: Kisi, berkas: str) -> list[Temuan]:
    """Return T09 for a hidden sheet, whether it is read or not: nobody sees it in Excel."""
    place = Tempat(berkas, grid.lembar)
    return [note("T09", place, rincian=f"Lembar {grid.lembar}")] if grid.tersembunyi else []


def _describe_strange(grids: Sequence[Kisi], place: Tempat, *, recognised: bool) -> list[Temuan]:
    """Return T11 for sheets named like a table, T08 for others, B07 when nothing is known."""
    if not recognised:
        seen = "; ".join(_describe_shape(grid) for grid in grids[:5]) or "tidak ada isi"
        return [note("B07", place, rincian=seen)]
    found = []
    for grid in grids:
        table = table_of_sheet(grid.lembar)
        at = replace(place, lembar=grid.lembar, tabel=table)
        found.append(note("T11" if table else "T08", at))
    return found


def _count_strange(grids: Sequence[Kisi], *, recognised: bool) -> tuple[TakDibaca, ...]:
    """Return the rows of sheets that are not read, by the finding that says so."""
    unread = []
    for grid in grids:
        table = table_of_sheet(grid.lembar)
        kode = ("T11" if table else "T08") if recognised else "B07"
        unread.append((grid.lembar, table, kode, count_rows(grid.sel)))
    return tuple(unread)


def _describe_shape(grid: Kisi) -> str:
    """Return what a sheet looks like without quoting data: its headings only if it has some."""
    sheet = f"lembar {grid.lembar} " if grid.lembar else ""
    size = f"{sheet}{len(grid.sel)} baris, {grid.sel.shape[1]} kolom"
    row = find_heading_row(grid)
    headings = [text for text in map(cell_text, grid.sel.loc[row]) if text] if row else []
    shown = ", ".join(headings[:_KOLOM_DITAMPILKAN])
    return f"{size}, judul kolom: {shown}" if headings else f"{size}, tanpa baris judul kolom"


def judge_source(source: Sumber, konteks: Konteks) -> Sumber:
    """Return the file, emptied with B08 or B09 when it is of another year or kabupaten."""
    identity = source.identitas
    wrong = [] if identity is None else [*_judge_identity(identity, konteks)]
    if wrong:
        return source.refuse(*wrong)
    for item in source.lembar:
        source = _judge_titles(source, item, konteks)
    return source


def _judge_identity(identity: Potongan, konteks: Konteks) -> list[Temuan]:
    if identity.frame.empty:
        return []
    found = []
    place = identity.tempat
    codes = [str(code) for code in identity.frame["kode_kabupaten"].dropna().unique()]
    wrong = [code for code in codes if _other_kabupaten(code, konteks.kode_kabupaten)]
    if wrong and konteks.kode_kabupaten:
        asked = f"{konteks.kode_kabupaten} {nama_wilayah(konteks.kode_kabupaten)}"
        reason = "; ".join([asked, *(_code_question(code) for code in wrong)]).rstrip("; ")
        found.append(note("B09", place.at("kode_kabupaten"), nilai=wrong, rincian=reason))
    years = [int(year) for year in identity.frame["tahun"].dropna().unique()]
    if konteks.tahun is not None and any(year != konteks.tahun for year in years):
        found.append(note("B08", place.at("tahun"), nilai=years, rincian=str(konteks.tahun)))
    return found


def _other_kabupaten(code: str, asked: str) -> bool:
    try:
        return validate_kode_kabupaten(code) != asked
    except KodeError:
        return True


def _code_question(code: str) -> str:
    """Return why a code is no code (12.1 may be 12.01 or 12.10), "" for a good one."""
    try:
        validate_kode_kabupaten(code)
    except KodeError as error:
        return f"{error.apa} {error.lakukan}".strip().rstrip(".")
    return ""


def _judge_titles(source: Sumber, item: tuple[Kisi, Kepala], konteks: Konteks) -> Sumber:
    """Compare the year that titles, sheet, file, or mapping name with the asked one."""
    grid, kepala = item
    years = _years_named(source, item)
    place = Tempat(source.berkas, grid.lembar, kepala.sumber.tabel)
    if konteks.tahun is None or not years or years == [konteks.tahun]:
        return source
    if konteks.tahun in years:
        return source.add(note("B16", place, nilai=years))
    return source.leave(note("B08", place, nilai=years, rincian=str(konteks.tahun)), grid.lembar)


def _years_named(source: Sumber, item: tuple[Kisi, Kepala]) -> list[int]:
    """Return the years of a table without a column for it, where the layout says they count."""
    grid, kepala = item
    if kepala.tahun is not None:
        return [kepala.tahun]
    if kepala.sumber.tahun != "judul" or "tahun" in kepala.posisi:
        return []
    words = f"{kepala.judul_atas} {grid.lembar} {Path(source.berkas).stem}"
    return sorted({int(year) for year in _TAHUN.findall(words)})
