"""A proposed mapping for a sheet that no layout fits: the likeliest table and columns.

A proposal holds headings and kinds of values, never values. It is written for a person to fill
in: as rows of the sheet `Pemetaan`, and as `pemetaan-usulan.toml`, which is never read back.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from reviu_lib.files import write_atomic
from reviu_lib.formatting import format_number, mask_identity
from reviu_lib.ingest.files import Kisi, column_letter
from reviu_lib.ingest.layouts.folder import KOLOM_PEMETAAN
from reviu_lib.ingest.layouts.likeness import (
    describe_values,
    is_number,
    list_tables,
    score_column,
)
from reviu_lib.ingest.layouts.mapping import BELUM_DIISI, NAMA_PEMETAAN, TANPA_JUDUL
from reviu_lib.ingest.layouts.model import TabelSumber, normalize_heading
from reviu_lib.ingest.parse.texts import cell_text, clean_text

_BARIS_ATAS = 15
_SKOR_MINIMUM = 0.35  # below this no table is proposed
_TABEL_LEBAR = "capaian_terbit"
_PENGANTAR = f"""\
# Usulan pemetaan untuk lembar yang tidak dikenali. Berkas ini tidak pernah dibaca alat.
# Caranya: salin entri yang perlu ke {NAMA_PEMETAAN} di folder berkas mentahnya, ganti semua yang
# berawalan {BELUM_DIISI.strip()}, hapus yang salah, lalu jalankan reviu periksa lagi.
# Petunjuk dan semua kunci: docs/panduan/menambah-tata-letak.md.
"""


@dataclass(frozen=True)
class UsulanKolom:
    """One column of the sheet: letter, heading, kind of values, and the column it may be."""

    huruf: str
    judul: str
    jenis: str
    kolom: str = ""
    skor: float = 0.0


@dataclass(frozen=True)
class Usulan:
    """A proposed mapping of one sheet; `baris_judul` 0 means that it has no header."""

    berkas: str
    lembar: str
    baris_judul: int
    kolom: tuple[UsulanKolom, ...]
    tabel: str = ""
    tata_letak: str = ""
    skor: float = 0.0

    @property
    def lebar(self) -> bool:
        """True for one row a place and one column a figure, by an entry of its own."""
        return self.tabel == _TABEL_LEBAR and not self.tata_letak


def propose_mapping(kisi: Kisi, *, berkas: str = "") -> Usulan:
    """Return the likeliest table and columns of a sheet; no table where nothing is like it."""
    row = find_heading_row(kisi)
    titles = _titles(kisi, row)
    body = kisi.sel.loc[kisi.sel.index > row]
    columns = tuple(
        UsulanKolom(column_letter(at + 1), titles[at], describe_values(body.iloc[:, at]))
        for at in range(kisi.sel.shape[1])
    )
    kept = tuple(item for item in columns if item.judul or item.jenis != "kosong")
    blank = Usulan(berkas, kisi.lembar, row, kept)
    likely = [_score(blank, kode, sumber) for kode, sumber in list_tables()] if row else []
    best = max(likely, key=lambda item: item.skor, default=blank)
    return best if best.skor >= _SKOR_MINIMUM else _as_published(blank)


def find_heading_row(kisi: Kisi) -> int:
    """Return the file row of words right above a row with figures below them; 0 for none.

    No word of it may come again below: then it is a row of data, and could name somebody.
    """
    head = kisi.sel.head(_BARIS_ATAS)
    rows = [[cell_text(cell) for cell in row] for row in head.to_numpy(dtype=object)]
    wide = [place for place, row in enumerate(rows) if sum(map(bool, row)) > 1]
    if len(wide) < 2:
        return 0
    titles, below = rows[wide[0]], rows[wide[1]]
    above_figures = any(
        title and _is_figure(cell) for title, cell in zip(titles, below, strict=True)
    )
    again = any(title and title in row for title in titles for row in rows[wide[1] :])
    if again or not above_figures or any(map(_is_figure, titles)):
        return 0
    return int(head.index[wide[0]])


def _is_figure(cell: str) -> bool:
    return cell[:1].isdigit() and not any(char.isalpha() for char in cell)


def _titles(kisi: Kisi, row: int) -> list[str]:
    if not row:
        return [""] * kisi.sel.shape[1]
    return [clean_text(mask_identity(cell_text(cell))) for cell in kisi.sel.loc[row]]


def _score(blank: Usulan, kode: str, sumber: TabelSumber) -> Usulan:
    """Return the proposal with the columns of one table, each used once, the likest first."""
    pairs = [
        (score, place, name)
        for place, item in enumerate(blank.kolom)
        for score, name in score_column(normalize_heading(item.judul), item.jenis, sumber)
    ]
    columns, used = list(blank.kolom), set()
    for score, place, name in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if name not in used and not columns[place].kolom:
            columns[place] = replace(columns[place], kolom=name, skor=score)
            used.add(name)
    needed = set(sumber.perlu or sumber.ciri[: max(sumber.ciri_minimum, 1)])
    share = sum(item.skor for item in columns) / (len(columns) + len(needed - used))
    known = sumber.bentuk == "baris" and kode != "putusan"
    tata_letak = "" if known else kode
    return replace(
        blank, kolom=tuple(columns), tabel=sumber.nama, tata_letak=tata_letak, skor=share
    )


def _as_published(blank: Usulan) -> Usulan:
    """Return the sheet as one row a place with figures beside it, where it looks like that."""
    names = [item for item in blank.kolom if item.jenis == "teks"]
    figures = [item for item in blank.kolom if is_number(item.jenis)]
    if len(names) != 1 or not figures or blank.kolom[0] not in names:
        return blank
    place = replace(blank.kolom[0], kolom="wilayah")
    rest = [_as_measure(item) if item in figures else item for item in blank.kolom[1:]]
    return replace(blank, tabel=_TABEL_LEBAR, kolom=(place, *rest))


def _as_measure(item: UsulanKolom) -> UsulanKolom:
    about = item.judul or f"kolom {item.huruf}"
    return replace(item, kolom=f"persen: {BELUM_DIISI}NAMA INDIKATOR ({about})")


def list_rows(proposals: Sequence[Usulan]) -> pd.DataFrame:
    """Return the rows of the sheet Pemetaan: one per column of each unrecognised sheet."""
    rows = [
        (
            mask_identity(item.berkas),
            mask_identity(item.lembar),
            str(item.baris_judul) if item.baris_judul else TANPA_JUDUL,
            kolom.huruf,
            kolom.judul,
            kolom.jenis,
            item.tabel if not item.tata_letak else "",
            kolom.kolom if not item.tata_letak else "",
        )
        for item in proposals
        for kolom in item.kolom
    ]
    return pd.DataFrame(rows, columns=list(KOLOM_PEMETAAN), dtype="string")


def write_usulan_pemetaan(path: Path, proposals: Sequence[Usulan]) -> Path:
    """Return `path` after writing the proposals there as entries to fill in."""
    entries = [_spell_entry(item) for item in proposals]
    write_atomic(path, "\n".join([_PENGANTAR, *entries]).encode())
    return path


def _spell_entry(item: Usulan) -> str:
    lines = ["[[berkas]]", f"nama = {_quote(item.berkas.split('/')[-1])}"]
    if item.lembar:
        lines.append(f"lembar = {_quote(item.lembar)}")
    if item.lebar:
        return "\n".join([*lines, *_spell_wide(item), ""])
    lines.append(f"baris_judul = {item.baris_judul or _quote(TANPA_JUDUL)}")
    if not item.baris_judul:
        lines.append(f"judul_kolom = {_given(item)}")
    if item.tata_letak:
        lines.append(f"tata_letak = {_quote(item.tata_letak)}")
    lines.append(f"tabel = {_quote(item.tabel or BELUM_DIISI + 'NAMA TABEL')}")
    lines.append("[berkas.kolom]")
    return "\n".join([*lines, *map(_spell_column, item.kolom), ""])


def _given(item: Usulan) -> str:
    return json.dumps([f"{BELUM_DIISI}JUDUL {kolom.huruf}" for kolom in item.kolom])


def _spell_column(kolom: UsulanKolom) -> str:
    about = f"kolom {kolom.huruf}, isinya {kolom.jenis}"
    if kolom.kolom:
        score = format_number(kolom.skor, 2)
        return f"{_quote(kolom.kolom)} = {_quote(kolom.judul)}  # {about}; kemiripan {score}"
    return f"# {about}, judul {_quote(kolom.judul)}: tidak ada padanannya"


def _spell_wide(item: Usulan) -> list[str]:
    """Return the lines of a table with one row a place; figures are measures to be named."""
    figures = [kolom for kolom in item.kolom if kolom.kolom.startswith("persen: ")]
    given = {kolom.huruf: _heading_of(kolom) for kolom in (item.kolom[0], *figures)}
    pairs = ", ".join(f"{letter} = {_quote(title)}" for letter, title in given.items())
    head = [
        'bentuk = "lebar"',
        f"baris_judul = {item.baris_judul or _quote(TANPA_JUDUL)}",
        f"judul_kolom = {{ {pairs} }}",
        "# kolom A: ganti Wilayah dengan Kecamatan, Puskesmas, atau Desa/Kelurahan",
        "# ganti kata persen di bawah ini dengan judul bila kolomnya cacahan",
    ]
    return [*head, *(_spell_measure(kolom) for kolom in figures)]


def _heading_of(kolom: UsulanKolom) -> str:
    return "Wilayah" if kolom.kolom == "wilayah" else f"Kolom {kolom.huruf}"


def _spell_measure(kolom: UsulanKolom) -> str:
    title = _quote(kolom.kolom.removeprefix("persen: "))
    return (
        f"[berkas.ukuran.kolom_{kolom.huruf.lower()}]\n"
        f"persen = [{_quote(_heading_of(kolom))}]\nindikator = {title}"
    )


def _quote(text: str) -> str:
    """Return a TOML string; a number of an identity is masked."""
    return json.dumps(clean_text(mask_identity(text)), ensure_ascii=False)
