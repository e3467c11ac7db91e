"""The children of a table from outside as prevalence counts them: once each, with their groups."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from reviu_lib.errors import TataLetakError
from reviu_lib.formatting import list_first
from reviu_lib.growth import (
    Rancangan,
    compute_zscores,
    compute_zscores_as_who,
    select_kunjungan_terakhir,
)
from reviu_lib.growth.prevalence.rules import load_aturan_prevalensi
from reviu_lib.ingest.findings import Tempat
from reviu_lib.ingest.identity import pseudonymise
from reviu_lib.ingest.layouts.model import normalize_heading
from reviu_lib.ingest.outside.children import Anakan, to_number
from reviu_lib.ingest.outside.identity import Bersih
from reviu_lib.ingest.outside.table import TabelLuar
from reviu_lib.ingest.parse import parse_dates
from reviu_lib.ingest.parse.texts import cell_text, map_unique
from reviu_lib.ingest.tables import Potongan

# WHO's names of the columns that carry a survey's design: strata, clusters, weights.
RANCANGAN_WHO = ("strata", "cluster", "sw")
_DISEBUT = 40  # headings told to choose from
_TANPA_TANGGAL = pd.Timestamp(1900, 1, 1)  # before every visit
_PENGENAL = ("nik", "nama", "tanggal_lahir", "kode_desa", "desa")


@dataclass(frozen=True)
class Pilihan:
    """What is asked for: headings of the design and of further groups, and the period.

    With `format_who` z are those of WHO's package, its one slip included.
    """

    strata: str | None = None
    klaster: str | None = None
    bobot: str | None = None
    oleh: tuple[str, ...] = ()
    mulai: datetime | None = None
    selesai: datetime | None = None
    format_who: bool = False

    @property
    def rancangan(self) -> tuple[str | None, str | None, str | None]:
        """The headings of the design asked for."""
        return self.strata, self.klaster, self.bobot


@dataclass(frozen=True)
class Terhitung:
    """Children with z, their groups and design, and which rows stand for no child.

    `dikenali`: children are known by NIK or name, so that further visits (`ulangan`) are.
    """

    frame: pd.DataFrame
    dikenali: bool
    luar_periode: int = 0
    ulangan: int = 0
    oleh: tuple[str, ...] = ()
    rancangan: Rancangan | None = None


def read_terhitung(
    tabel: TabelLuar, anakan: Anakan, bersih: Bersih, *, pilihan: Pilihan
) -> Terhitung:
    """Return the children to count, z computed anew.

    With dates of measuring and NIK or name, the latest visit of each child in the period; NIK and
    name serve in memory only. Design and groups are found by heading among the columns that carry
    no identity; WHO's own names are found unasked. Raises TataLetakError for an absent heading,
    and for a period without dates.
    """
    baku = anakan.baku()
    score = compute_zscores_as_who if pilihan.format_who else compute_zscores
    frame = pd.concat([baku, score(baku)], axis=1)
    places = {normalize_heading(title): place for place, title in enumerate(bersih.judul)}
    _need(places, bersih.judul, [*filter(None, pilihan.rancangan), *pilihan.oleh])
    design, groups = _find_design(places, pilihan), _find_groups(places, pilihan.oleh)
    for title in (*design, *groups, "sumber"):
        if title and title not in frame and normalize_heading(title) in places:
            frame[title] = _column(bersih, places[normalize_heading(title)])
    if weight := design[2]:
        frame[weight] = map_unique(frame[weight].fillna(""), to_number).astype("float64")
    rancangan = Rancangan(*design) if any(design) else None
    return replace(_keep_latest(frame, tabel, pilihan), oleh=tuple(groups), rancangan=rancangan)


def _find_design(places: dict[str, int], pilihan: Pilihan) -> list[str | None]:
    """Return the headings of strata, clusters, and weights: as asked for, else WHO's own."""
    return [
        title or (own if own in places else None)
        for title, own in zip(pilihan.rancangan, RANCANGAN_WHO, strict=True)
    ]


def _find_groups(places: dict[str, int], oleh: Sequence[str]) -> list[str]:
    """Return the headings of WHO's own groups that the table has, then those asked for."""
    own = [name for name in load_aturan_prevalensi().who.kelompok if name in places]
    return list(dict.fromkeys([*own, *oleh]))


def _need(places: dict[str, int], judul: Sequence[str], titles: Sequence[str]) -> None:
    absent = [title for title in titles if normalize_heading(title) not in places]
    if absent:
        there = list_first([title for title in judul if title], _DISEBUT, pemisah=", ")
        raise TataLetakError(
            f"Kolom tidak ada, atau memuat identitas: {list_first(absent)}.",
            lakukan=f"Pilih dari kolom ini: {there}.",
        )


def _column(bersih: Bersih, place: int) -> pd.Series:
    """Return a column as text, blank cells as missing."""
    text = bersih.sel.iloc[:, place].astype("string").str.strip()
    return text.mask(text == "")


def _keep_latest(frame: pd.DataFrame, tabel: TabelLuar, pilihan: Pilihan) -> Terhitung:
    """Return the latest visit of each child in the period; without period undated ones are old."""
    day = _read_days(tabel, pilihan)
    if day is None:
        return Terhitung(frame, dikenali=False)
    child = _identify(tabel)
    first, last = pilihan.mulai or pd.Timestamp.min, pilihan.selesai or pd.Timestamp.max
    inside = (day >= first) & (day <= last)
    visits = frame.assign(tanggal_ukur=day, id_anak=pd.NA if child is None else child)[inside]
    latest = select_kunjungan_terakhir(visits)
    return Terhitung(
        latest.drop(columns=["tanggal_ukur", "id_anak"]),
        dikenali=child is not None,
        luar_periode=int((~inside).sum()),
        ulangan=len(visits) - len(latest),
    )


def _read_days(tabel: TabelLuar, pilihan: Pilihan) -> pd.Series | None:
    """Return the day of each visit, None for a table that has no such column."""
    cells, asked = tabel.cells("tanggal_ukur"), bool(pilihan.mulai or pilihan.selesai)
    if cells is None and asked:
        raise TataLetakError(
            "Periode diminta, tetapi tabel tidak mempunyai kolom tanggal ukur.",
            lakukan="Tambahkan kolom tanggal ukur, atau hilangkan --mulai dan --selesai.",
        )
    if cells is None:
        return None
    days = parse_dates(cells).nilai
    return days if asked else days.fillna(_TANPA_TANGGAL)


def _identify(tabel: TabelLuar) -> pd.Series | None:
    """Return a pseudonym of each child, for this call only; None without NIK and name."""
    source = tabel.nama_susunan.sumber
    if source is None:
        return None
    titles = [normalize_heading(title) for title in tabel.judul]
    places = {
        name: titles.index(normalize_heading(title))
        for name in _PENGENAL
        for title in reversed(source.own(name).judul)
        if normalize_heading(title) in titles
    }
    if not {"nik", "nama"} & set(places):
        return None
    cells = {name: tabel.sel.iloc[:, place] for name, place in places.items()}
    texts = {name: map_unique(cells[name], cell_text) for name in {"nama", "desa"} & set(cells)}
    if "tanggal_lahir" in cells:
        cells["tanggal_lahir"] = parse_dates(cells["tanggal_lahir"]).nilai
    if (sex := tabel.cells("jenis_kelamin")) is not None:
        texts["jenis_kelamin"] = map_unique(sex, cell_text)
    piece = Potongan(source, Tempat(tabel.berkas, tabel.lembar), pd.DataFrame(cells | texts))
    return pseudonymise(piece, secrets.token_bytes(32)).frame["id_anak"]
