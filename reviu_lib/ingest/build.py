"""From a folder of raw files to BahanReviu, and from one file to what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from reviu_lib.bahan import BahanReviu, table_fields
from reviu_lib.catalog import load_aturan, tabel_masukan
from reviu_lib.files import is_dokumen
from reviu_lib.formatting import format_tanggal
from reviu_lib.ingest import unite
from reviu_lib.ingest.budget import BARIS_UANG, meet_budget, settle
from reviu_lib.ingest.checks import Konteks
from reviu_lib.ingest.crosschecks import check_denominators, check_years, find_reused
from reviu_lib.ingest.files import list_entries
from reviu_lib.ingest.findings import Tempat, Temuan, list_doubtful, note, to_frame
from reviu_lib.ingest.identity import (
    NamaOrang,
    combine_names,
    compare_children,
    mask_frame,
    mask_text,
)
from reviu_lib.ingest.layouts import load_layouts
from reviu_lib.ingest.ledger import Neraca, keep_books
from reviu_lib.ingest.places import is_mapping, list_usulan, load_padanan, load_puskesmas
from reviu_lib.ingest.returns import meet_returns, take_returns
from reviu_lib.ingest.shapes import published_to_cakupan
from reviu_lib.ingest.sources import Sumber, judge_source, open_source
from reviu_lib.ingest.stream import Terbuka, open_file, open_folder
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import nama_wilayah, validate_kode_kabupaten

_SENDIRI = frozenset(
    {"rekap", "kasus", BARIS_UANG}
)  # tables with rules of their own for repeated keys
# Tables whose absence leaves a chapter without data; recaps and decisions are extras.
_TAMBAHAN = frozenset(
    {"identitas", "rekap", "putusan", "kasus", "capaian_terbit", "realisasi_anggaran", "asal",
     "temuan", "neraca_baris", "sel_ragu", "usulan_padanan", "layanan_sasaran"}
)  # fmt: skip
_PENGGANTI = {"layanan_sasaran": "konvergensi"}  # a table that stands for another one


@dataclass(frozen=True)
class Bacaan:
    """What one file alone holds: recognised layouts, canonical tables, and findings."""

    berkas: str
    tata_letak: tuple[str, ...]
    tabel: Mapping[str, pd.DataFrame]
    temuan: pd.DataFrame
    neraca: pd.DataFrame
    sel_ragu: pd.DataFrame
    contoh: bool = False


@dataclass(frozen=True)
class _Tanggal:
    cutoff: date
    reviu: date
    temuan: tuple[Temuan, ...] = ()


@dataclass(frozen=True)
class _Isi:
    """All tables with their origins, everything found, and the names to mask."""

    frames: Mapping[str, pd.DataFrame]
    asal: Mapping[str, pd.DataFrame]
    temuan: tuple[Temuan, ...]
    neraca: Neraca
    nama: NamaOrang = frozenset()
    disamarkan: frozenset[str] = frozenset()


def build_bahan(*folder: Path, kode_kabupaten: str, tahun: int, kunci: bytes) -> BahanReviu:
    """Return the validated inputs of one kabupaten and year from all files of each `folder`.

    What is wrong with the files is in `temuan`, never an exception. Raises KodeError for a
    kabupaten or a year that does not exist.
    """
    return read_folders(*folder, kode_kabupaten=kode_kabupaten, tahun=tahun, kunci=kunci)[0]


def read_folders(
    *folder: Path,
    kode_kabupaten: str,
    tahun: int,
    kunci: bytes,
    buka: Callable[[Path, Konteks], Terbuka] = open_file,
) -> tuple[BahanReviu, NamaOrang]:
    """Return what `build_bahan` returns, and the names to mask in what is written from the files.

    `buka` opens each file, or gives what is kept of it. The names are for this process alone:
    they must not be kept or shown.
    """
    konteks = make_konteks(*folder, kode_kabupaten=kode_kabupaten, tahun=tahun, kunci=kunci)
    kode, lists = konteks.kode_kabupaten, (*konteks.padanan.temuan, *konteks.puskesmas.temuan)
    files = open_folder(list_data(folder), konteks, buka=buka)
    opened = [item.sumber for item in files]
    days = _find_dates(opened, tahun)
    read = _read_all(files, replace(konteks, tanggal_reviu=days.reviu, tanggal_cutoff=days.cutoff))
    more = (*find_reused(folder), *_list_absent(read, opened))
    isi = replace(read, temuan=(*lists, *days.temuan, *read.temuan, *more))
    bahan = BahanReviu(
        kode_kabupaten=kode,
        nama=nama_wilayah(kode),
        tahun=tahun,
        tanggal_cutoff=days.cutoff,
        tanggal_reviu=days.reviu,
        contoh=any(source.contoh for source in opened),
        **_masked_tables(isi),
    )
    return bahan, isi.nama


def make_konteks(*folder: Path, kode_kabupaten: str, tahun: int, kunci: bytes) -> Konteks:
    """Return what rows of a kabupaten are compared with, but for the dates of its review.

    Raises KodeError for a kabupaten or a year that does not exist.
    """
    kode = validate_kode_kabupaten(kode_kabupaten)
    load_aturan(tahun)
    peta = load_puskesmas(*folder, kode_kabupaten=kode)
    return Konteks(kode, tahun, kunci=kunci, padanan=load_padanan(*folder), puskesmas=peta)


def find_dates(paths: Iterable[Path], konteks: Konteks) -> Konteks:
    """Return the context with the dates of the review as these files tell them, or as assumed."""
    assert konteks.tahun is not None, "the dates of a review are of a year"
    opened = [item.sumber for item in open_folder(paths, konteks)]
    days = _find_dates(opened, konteks.tahun)
    return replace(konteks, tanggal_reviu=days.reviu, tanggal_cutoff=days.cutoff)


def list_data(folders: Iterable[Path]) -> list[Path]:
    """Return the entries of raw folders but for lists that map places and the team's document."""
    paths = [path for folder in folders for path in list_entries(folder)]
    return [path for path in paths if not is_mapping(path) and not is_dokumen(path)]


def read_berkas(
    path: Path,
    *,
    kunci: bytes,
    kode_kabupaten: str = "",
    tahun: int | None = None,
    sumber: str = "",
) -> Bacaan:
    """Return what one file holds, without a workspace.

    Kabupaten and year come from the file's identitas sheet unless they are given; without a
    kabupaten, places stay as written. `sumber` is the code of a declared layout: then the file is
    read as that one, whatever it looks like.
    """
    source = open_source(path, tata_letak=sumber)
    konteks = _with_cutoff(_own_context(source, Konteks(kode_kabupaten, tahun, kunci=kunci)))
    source = judge_source(source, konteks)
    isi = _read_all([Terbuka(path, source)], konteks)
    tables = _masked_tables(isi)
    names = {tabel: field for field, tabel in table_fields().items()}
    layouts = dict.fromkeys(kepala.tata_letak.nama for _, kepala in source.lembar)
    found = {tabel: tables[names[tabel]] for tabel in isi.frames}
    return Bacaan(
        mask_text(source.berkas, isi.nama),
        tuple(layouts),
        found,
        tables["temuan"],
        neraca=tables["neraca_baris"],
        sel_ragu=tables["sel_ragu"],
        contoh=source.contoh,
    )


def _own_context(source: Sumber, given: Konteks) -> Konteks:
    """Return the context with what the identitas sheet tells, where nothing else was given."""
    identity = source.identitas
    if identity is None or identity.frame.empty:
        return given
    first = identity.frame.iloc[0]
    kode = given.kode_kabupaten or (
        "" if pd.isna(first["kode_kabupaten"]) else first["kode_kabupaten"]
    )
    tahun = (
        given.tahun if given.tahun is not None or pd.isna(first["tahun"]) else int(first["tahun"])
    )
    return replace(given, kode_kabupaten=str(kode), tahun=tahun)


def _with_cutoff(konteks: Konteks) -> Konteks:
    """Return the context with the cut-off assumed for a file alone, where its year is known."""
    if konteks.tahun is None or konteks.tanggal_cutoff is not None:
        return konteks
    return replace(konteks, tanggal_cutoff=_assume_dates(konteks.tahun).cutoff)


def _find_dates(opened: Sequence[Sumber], tahun: int) -> _Tanggal:
    """Return cut-off and review date from identitas, else the declared assumption with B11."""
    pieces = [piece for source in opened if (piece := source.identitas) is not None]
    rows = [(piece.tempat, row) for piece in pieces for row in _date_pairs(piece)]
    if not rows:
        return _assume_dates(tahun)
    distinct = list(dict.fromkeys(row for _, row in rows))
    cutoff, review = distinct[0]
    if len(distinct) == 1:
        return _Tanggal(cutoff, review)
    shown = "; ".join(f"{format_tanggal(one)} dan {format_tanggal(two)}" for one, two in distinct)
    return _Tanggal(cutoff, review, (note("B12", rows[0][0], rincian=shown),))


def _date_pairs(piece: Potongan) -> list[tuple[date, date]]:
    names = ["tanggal_cutoff", "tanggal_reviu"]
    if not set(names) <= set(piece.frame.columns):
        return []
    whole = piece.frame[names].dropna()
    return [(cutoff.date(), review.date()) for cutoff, review in whole.itertuples(index=False)]


def _assume_dates(tahun: int) -> _Tanggal:
    rule = load_layouts()["kabupaten"].tanggal_bawaan
    assert rule is not None, "kabupaten.toml declares tanggal_bawaan"
    cutoff = date(tahun, rule.cutoff_bulan, rule.cutoff_hari)
    review = date(tahun + rule.reviu_selisih_tahun, rule.reviu_bulan, rule.reviu_hari)
    text = f"batas data {format_tanggal(cutoff)}, tanggal reviu {format_tanggal(review)}"
    return _Tanggal(cutoff, review, (note("B11", Tempat(tabel="identitas"), rincian=text),))


def _read_all(files: Sequence[Terbuka], konteks: Konteks) -> _Isi:
    pieces, names, masked = _read_pieces(files, konteks)
    opened = [item.sumber for item in files]
    found = [item for source in opened for item in source.temuan]
    found += [item for piece in pieces for item in piece.temuan]
    found += compare_children(pieces)
    neraca = Neraca()
    for source in opened:
        for lembar, tabel, kode, rows in source.tak_dibaca:
            neraca.add_unread(source.berkas, lembar, kode, rows, tabel)
    united, returned = take_returns(unite.unite(pieces), pieces)
    frames, more = _finish(united, konteks, neraca)
    frames, origins, met = meet_budget(frames)
    frames, origins, told = meet_returns(frames, origins, returned)
    keep_books(pieces, {**origins, **returned.frames}, neraca)
    return _Isi(frames, origins, (*found, *more, *met, *told), neraca, names, masked)


def _read_pieces(
    files: Sequence[Terbuka], konteks: Konteks
) -> tuple[list[Potongan], NamaOrang, frozenset[str]]:
    """Return the pieces of all files, the names to mask, and the texts masked already."""
    parts = [item.read(konteks) for item in files]
    pieces = [piece for part in parts for piece in part.potongan]
    names = combine_names((part.nama for part in parts), konteks.kunci)
    masked = frozenset(text for part in parts for text in part.disamarkan)
    return settle(pieces), names, masked


def _finish(
    frames: dict[str, pd.DataFrame], konteks: Konteks, neraca: Neraca
) -> tuple[dict[str, pd.DataFrame], list[Temuan]]:
    """Return the tables after the rules that look across sheets and files."""
    found: list[Temuan] = []
    frames.pop("identitas", None)
    if "rekap" in frames and konteks.tahun is not None:
        frames["rekap"], more = unite.finish_rekap(frames["rekap"], konteks.tahun)
        own, doubts = unite.rekap_to_cakupan(frames["rekap"])
        found += more + doubts
        _add_cakupan(frames, own)
    found += _use_published(frames, konteks)
    if "putusan" in frames:
        frames["putusan"] = unite.join_decisions(frames["putusan"], konteks.tahun)
    for tabel in list(frames):
        if tabel not in _SENDIRI:
            frames[tabel], more, aside = unite.drop_duplicates(tabel, frames[tabel])
            neraca.add_aside(tabel, aside, frames[tabel])
            found += more
    return frames, found + unite.find_orphans(frames)


def _use_published(frames: dict[str, pd.DataFrame], konteks: Konteks) -> list[Temuan]:
    """Add published figures of the kabupaten to `cakupan`; compare all with years and files."""
    published = frames.get("capaian_terbit")
    if published is None:
        return []
    found = [*check_years(published), *check_denominators(published)]
    if konteks.kode_kabupaten and konteks.tahun is not None:
        own, doubts = published_to_cakupan(
            published, frames.get("cakupan"),
            kode_kabupaten=konteks.kode_kabupaten, tahun=konteks.tahun,
        )  # fmt: skip
        _add_cakupan(frames, own)
        found += doubts
    return found


def _add_cakupan(frames: dict[str, pd.DataFrame], own: pd.DataFrame) -> None:
    """Add figures that another table holds to `cakupan`, if there are any."""
    if len(own):
        parts = [part for part in (frames.get("cakupan"), own) if part is not None]
        frames["cakupan"] = pd.concat(parts, ignore_index=True)


def _list_absent(isi: _Isi, opened: Iterable[Sumber]) -> list[Temuan]:
    """Return B10 for every table without a source; one for all when no workbook exists."""
    told = {item.tempat.tabel for item in isi.temuan if item.kode in {"T01", "T10", "T11"}}
    told |= {_PENGGANTI.get(name, "") for name in isi.frames}
    absent = [
        tabel
        for tabel in tabel_masukan().values()
        if tabel.nama not in {*_TAMBAHAN, *told, *isi.frames} and not tabel.opsional
    ]
    if not absent:
        return []
    codes = {kepala.tata_letak.kode for source in opened for _, kepala in source.lembar}
    if "kabupaten" in codes:
        return [note("B10", Tempat(tabel=tabel.nama), rincian=tabel.judul) for tabel in absent]
    return [note("B10", Tempat(), rincian=", ".join(tabel.judul for tabel in absent))]


def _masked_tables(isi: _Isi) -> dict[str, pd.DataFrame]:
    """Return the fields of BahanReviu, no identity left in any text, with asal and temuan."""
    found = list(isi.temuan)
    tables: dict[str, pd.DataFrame] = {}
    fields = {tabel: field for field, tabel in table_fields().items()}
    for tabel, frame in isi.frames.items():
        masked, more = mask_frame(
            tabel, frame, isi.nama, Tempat(tabel=tabel), disamarkan=isi.disamarkan
        )
        found += more
        tables[fields[tabel]] = tabel_masukan()[tabel].conform(masked.drop(columns=unite.ASAL))
    origins = unite.list_origins(isi.asal)
    tables["asal"], _ = mask_frame("asal", origins, isi.nama, Tempat())
    tables["temuan"], _ = mask_frame("temuan", to_frame(found), isi.nama, Tempat())
    for name, frame in (
        ("usulan_padanan", tabel_masukan()["usulan_padanan"].conform(list_usulan(found))),
        ("neraca_baris", isi.neraca.to_frame()),
        ("sel_ragu", list_doubtful(found)),
    ):
        tables[name], _ = mask_frame(name, frame, isi.nama, Tempat())
    return tables
