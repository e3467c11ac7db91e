"""The reviewed mapping of written places, and the proposal that becomes one.

`padanan_wilayah.csv` lies beside the raw files (data/raw/<kode>/ or in the folder of the year). A
line decides only where a person wrote `ya` under `terima`; the tool proposes and never accepts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from reviu_lib.files import write_atomic
from reviu_lib.ingest.findings import Tempat, Temuan, note
from reviu_lib.ingest.places.guess import Tebakan
from reviu_lib.ingest.places.lists import PADANAN, Baris, find_lists, read_list
from reviu_lib.reference import load_wilayah, normalize_nama

KOLOM_PADANAN = (
    "nama_tertulis", "kecamatan_tertulis", "usulan_kode", "usulan_nama", "skor", "terima",
)  # fmt: skip
_YA = frozenset({"ya", "y", "v", "x", "1", "terima"})
_BELUM = frozenset({"", "tidak", "t", "0"})
_RUMUS = ("=", "+", "-", "@", "\t", "\r")


class Usulan(NamedTuple):
    """One proposal: a written place, and a region it may be."""

    nama_tertulis: str
    kecamatan_tertulis: str
    usulan_kode: str
    usulan_nama: str
    skor: float


@dataclass(frozen=True)
class TemuanUsulan(Temuan):
    """The finding that proposals exist, and the proposals."""

    usulan: tuple[Usulan, ...] = ()


@dataclass(frozen=True)
class Padanan:
    """The accepted mappings: (name, kecamatan) as compared → code; and what was wrong in files."""

    kode: Mapping[tuple[str, str], str] = field(default_factory=dict)
    temuan: tuple[Temuan, ...] = ()

    def find(self, nama: str, kecamatan: str = "") -> str:
        """Return the accepted code of a written place, "" when none was accepted."""
        return self.kode.get(_key(nama, kecamatan), "")


TANPA_PADANAN = Padanan()


def _key(nama: str, kecamatan: str) -> tuple[str, str]:
    return normalize_nama(nama), normalize_nama(kecamatan)


def load_padanan(*folder: Path) -> Padanan:
    """Return the accepted mappings for the folders data/raw/<kode>/<tahun>, the last winning.

    The file in the folder of the year wins over the one beside it. What cannot be used is W19 in
    `temuan`: an unknown code, two accepted codes of one name, a word under `terima` that is
    neither yes nor no.
    """
    accepted: dict[tuple[str, str], str] = {}
    found: list[Temuan] = []
    for path in (path for place in folder for path in find_lists(place, PADANAN)):
        rows, wrong = read_list(path, ("nama_tertulis", "usulan_kode", "terima"), "W19")
        codes, doubts = _accept(rows)
        accepted |= codes
        found += wrong
        if doubts:
            found.append(_refuse(path, doubts))
    return Padanan(accepted, tuple(found))


def _refuse(path: Path, doubts: Mapping[int, str]) -> Temuan:
    place = Tempat(path.name, tabel="padanan")
    return note("W19", place, baris=doubts, rincian="; ".join(list(doubts.values())[:5]))


def _accept(rows: Sequence[Baris]) -> tuple[dict[tuple[str, str], str], dict[int, str]]:
    """Return the codes that are accepted, and what is wrong by row."""
    codes: dict[tuple[str, str], set[str]] = {}
    doubts: dict[int, str] = {}
    for row in rows:
        name, code = row.isi["nama_tertulis"], row.isi["usulan_kode"]
        problem = _problem(normalize_nama(row.isi["terima"]), code)
        if problem:
            doubts[row.nomor] = f"{name} ({problem})"
        elif normalize_nama(row.isi["terima"]) in _YA:
            key = _key(name, row.isi.get("kecamatan_tertulis", ""))
            codes.setdefault(key, set()).add(code)
            if len(codes[key]) > 1:
                doubts[row.nomor] = f"{name} (lebih dari satu kode diterima)"
    return {key: min(several) for key, several in codes.items() if len(several) == 1}, doubts


def _problem(terima: str, kode: str) -> str:
    if terima not in _YA | _BELUM:
        return f"terima diisi {terima}"
    if terima in _YA and kode not in set(load_wilayah()["kode"]):
        return f"kode {kode} tidak berlaku" if kode else "usulan_kode kosong"
    return ""


def propose(answers: Mapping[tuple[str, str], Tebakan], place: Tempat) -> TemuanUsulan | None:
    """Return W24 with the proposals for places (name, kecamatan) that stayed without a code."""
    proposals = tuple(
        Usulan(name, kecamatan, item.kode, item.nama, item.skor)
        for (name, kecamatan), guess in answers.items()
        if not guess.kode
        for item in guess.calon
    )
    if not proposals:
        return None
    names = len({proposal[:2] for proposal in proposals})
    return TemuanUsulan("W24", place, jumlah=names, usulan=proposals)


def list_usulan(found: Iterable[Temuan]) -> pd.DataFrame:
    """Return the distinct proposals among findings: the columns of the file but `terima`, sorted.

    `skor` is a fraction, 1 for the same spelling.
    """
    rows = {row for item in found if isinstance(item, TemuanUsulan) for row in item.usulan}
    ranked = sorted(rows, key=lambda row: (*_key(*row[:2]), -row.skor, row.usulan_kode))
    frame = pd.DataFrame(ranked, columns=list(Usulan._fields))
    text = frame.drop(columns="skor").astype("string")
    return text.assign(skor=frame["skor"].astype("float64"))


def write_usulan_padanan(path: Path, usulan: pd.DataFrame) -> Path | None:
    """Return the written proposal file, None when there is nothing to propose.

    `usulan` has the columns of `list_usulan`. The file opens in Excel (semicolons, UTF-8 with
    BOM), `terima` is blank, and a cell never starts like a formula. Never write it over the
    reviewed file of data/raw.
    """
    if usulan.empty:
        return None
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(KOLOM_PADANAN)
    for row in usulan[list(Usulan._fields)].itertuples(index=False):
        words = [_safe(str(value)) for value in row[:-1]]
        writer.writerow([*words, f"{row.skor:.2f}".replace(".", ","), ""])
    write_atomic(path, text.getvalue().encode("utf-8-sig"))
    return path


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_RUMUS) else text
