"""Names of kecamatan of one kabupaten, and which kecamatan a puskesmas lies in.

The second is only what `puskesmas.csv` beside the raw files says: a puskesmas is no kecamatan,
however alike the names are (Mengkubang lies in Damar). The file has the columns puskesmas and
kecamatan; several puskesmas may share a kecamatan. Without a line a puskesmas stays a puskesmas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from reviu_lib.ingest.findings import Tempat, Temuan, note
from reviu_lib.ingest.places.guess import Tebakan
from reviu_lib.ingest.places.lists import PUSKESMAS, Baris, find_lists, read_list
from reviu_lib.ingest.places.padanan import TANPA_PADANAN, Padanan
from reviu_lib.ingest.places.register import list_keys
from reviu_lib.reference import Calon, load_wilayah, nama_wilayah, normalize_nama, score_all

_CALON = 3
_SKOR_TERENDAH = 0.6
_KOLOM = ("puskesmas", "kecamatan")
_AWALAN = frozenset({"uptd", "upt", "blud", "puskesmas", "pukesmas", "pusk", "pkm", "kesehatan"})


def resolve_kecamatan(
    nama: str, kode_kabupaten: str, *, padanan: Padanan = TANPA_PADANAN
) -> Tebakan:
    """Return the kecamatan of a kabupaten that a name means, W25 with the nearest otherwise."""
    known = _kecamatan(kode_kabupaten)
    found = {known[key] for key in list_keys(nama) if key in known}
    if len(found) == 1:
        return Tebakan(min(found))
    accepted = padanan.find(nama)
    if accepted in known.values():
        return Tebakan(accepted, "W18", f"{nama.strip()} → {nama_wilayah(accepted)} ({accepted})")
    codes = sorted(set(known.values()))
    names = [normalize_nama(nama_wilayah(kode)) for kode in codes]
    values = score_all(normalize_nama(nama), names, lowest=_SKOR_TERENDAH)
    near = [Calon(k, nama_wilayah(k), v) for k, v in zip(codes, values, strict=True) if v]
    near = sorted(near, key=lambda item: (-item.skor, item.kode))[:_CALON]
    hint = f"{nama.strip()}: mungkin {near[0].nama} ({near[0].kode})" if near else nama.strip()
    return Tebakan(temuan="W25", rincian=hint, calon=tuple(near))


@dataclass(frozen=True)
class PetaPuskesmas:
    """The kecamatan of each listed puskesmas by comparable name, and what was wrong."""

    kecamatan: Mapping[str, str] = field(default_factory=dict)
    temuan: tuple[Temuan, ...] = ()

    def resolve(self, nama: str) -> Tebakan:
        """Return the code of the kecamatan of a puskesmas, W21 when the list does not say it.

        Without a list nothing is asked: then every puskesmas stays a puskesmas.
        """
        kode = self.kecamatan.get(normalize_puskesmas(nama), "")
        if kode or not self.kecamatan:
            return Tebakan(kode)
        return Tebakan(temuan="W21", rincian=nama.strip())


TANPA_PUSKESMAS = PetaPuskesmas()


def normalize_puskesmas(nama: str) -> str:
    """Return the name of a puskesmas for comparison: without UPTD, Puskesmas, PKM, spaces."""
    words = normalize_nama(nama).split()
    while len(words) > 1 and words[0] in _AWALAN:
        words = words[1:]
    return "".join(words)


def load_puskesmas(*folder: Path, kode_kabupaten: str) -> PetaPuskesmas:
    """Return the mapping for the folders data/raw/<kode>/<tahun>, the last winning.

    A row without a kecamatan of this kabupaten, or a second kecamatan for a puskesmas, is W22.
    """
    known: dict[str, str] = {}
    found: list[Temuan] = []
    for path in (path for place in folder for path in find_lists(place, PUSKESMAS)):
        rows, wrong = read_list(path, _KOLOM, "W22")
        own, doubts = _map(rows, _kecamatan(kode_kabupaten))
        known |= own
        found += wrong
        if doubts:
            words = "; ".join(list(doubts.values())[:5])
            found.append(note("W22", Tempat(path.name), baris=doubts, rincian=words))
    return PetaPuskesmas(known, tuple(found))


def _map(
    rows: Sequence[Baris], kecamatan: Mapping[str, str]
) -> tuple[dict[str, str], dict[int, str]]:
    """Return puskesmas → code of its kecamatan, and what is wrong by row."""
    codes: dict[str, set[str]] = {}
    doubts: dict[int, str] = {}
    for row in rows:
        own = normalize_puskesmas(row.isi["puskesmas"])
        found = {kecamatan[key] for key in list_keys(row.isi["kecamatan"]) if key in kecamatan}
        codes[own] = codes.get(own, set()) | found
        if not (own and found):
            doubts[row.nomor] = f"{row.isi['puskesmas']}: kecamatan tidak dikenal"
        elif len(codes[own]) > 1:
            doubts[row.nomor] = f"{row.isi['puskesmas']}: lebih dari satu kecamatan"
    return {name: min(found) for name, found in codes.items() if len(found) == 1}, doubts


@cache
def _kecamatan(kode_kabupaten: str) -> dict[str, str]:
    frame = load_wilayah()
    own = frame["kode_induk"].eq(kode_kabupaten) & frame["tingkat"].eq("kecamatan")
    pairs = zip(frame.loc[own, "kode"], frame.loc[own, "nama"], strict=True)
    return {key: kode for kode, nama in pairs for key in list_keys(nama)}
