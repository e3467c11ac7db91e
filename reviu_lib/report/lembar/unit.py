"""Who gets a worksheet: every OPD with a kegiatan or a recommendation, kecamatan, and puskesmas."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.reference import list_desa, normalize_nama

_BUKAN_SLUG = re.compile(r"[^a-z0-9]+")
_PANJANG_SLUG = 40


@dataclass(frozen=True)
class Unit:
    """One that answers: its kind, a code that no other of that kind has, its name, its desa.

    `kecamatan` names the kecamatan its desa lie in; an OPD has none.
    """

    jenis: str
    kode: str
    nama: str
    desa: frozenset[str] = frozenset()
    kecamatan: tuple[str, ...] = ()

    @property
    def kunci(self) -> tuple[str, str]:
        """What identifies it among all units."""
        return self.jenis, self.kode

    @property
    def slug(self) -> str:
        """Its kind, code, and name as part of a file name that no other unit has."""
        name = f"-{_slug(self.nama)}" if self.jenis == "kecamatan" else ""
        return f"{self.jenis}-{self.kode}{name}"

    def is_named(self, teks: object) -> bool:
        """Return True where a text names this unit, in whatever letters."""
        return isinstance(teks, str) and normalize_nama(teks) in self._names

    @property
    def _names(self) -> set[str]:
        plain = normalize_nama(self.nama)
        return {
            plain,
            normalize_nama(f"{self.jenis} {plain}"),
            plain.removeprefix(self.jenis + " "),
        }


def list_units(bahan: BahanReviu, rekomendasi: pd.DataFrame) -> list[Unit]:
    """Return the units of a review: OPD, then kecamatan, then puskesmas, by name.

    `rekomendasi` has `opd_pj`: who is named there and nowhere else is an OPD.
    """
    places = [*_list_kecamatan(bahan), *_list_puskesmas(bahan)]
    named = [*bahan.kegiatan["opd"].dropna(), *rekomendasi["opd_pj"].dropna()]
    others = (name for name in named if not any(place.is_named(name) for place in places))
    return [*_list_opd(others), *places]


def _list_opd(names: Iterable[str]) -> list[Unit]:
    distinct: dict[str, str] = {}
    for name in names:
        distinct.setdefault(_squeeze(name), name.strip())
    ordered = sorted(distinct.values(), key=str.casefold)
    return [Unit("opd", kode, nama) for kode, nama in zip(slugs(ordered), ordered, strict=True)]


def _squeeze(text: str) -> str:
    return " ".join(text.casefold().split())


def slugs(names: Sequence[str]) -> list[str]:
    """Return names as safe parts of file names; those that would be equal carry a mark.

    The mark comes from the name itself: it stays when other units come and go.
    """
    plain = [_slug(name) for name in names]
    return [
        slug if plain.count(slug) == 1 else f"{slug}-{_mark(name)}"
        for slug, name in zip(plain, names, strict=True)
    ]


def _slug(name: str) -> str:
    text = _BUKAN_SLUG.sub("-", normalize_nama(name)).strip("-")
    if len(text) > _PANJANG_SLUG:
        text = f"{text[:_PANJANG_SLUG].rstrip('-')}-{_mark(name)}"
    return text or _mark(name)


def _mark(name: str) -> str:
    return hashlib.sha256(_squeeze(name).encode()).hexdigest()[:6]


def _list_kecamatan(bahan: BahanReviu) -> list[Unit]:
    desa = list_desa(bahan.kode_kabupaten)
    groups = desa.groupby(["kode_kecamatan", "kecamatan"], sort=True)["kode_desa"]
    return [
        Unit("kecamatan", str(kode), str(nama), frozenset(codes), (str(nama),))
        for (kode, nama), codes in groups
    ]


def _list_puskesmas(bahan: BahanReviu) -> list[Unit]:
    """Return the puskesmas of the measurements; a desa belongs to the one that measured most."""
    seen = bahan.pengukuran[["kode_desa", "kecamatan", "puskesmas"]].dropna()
    if seen.empty:
        return []
    seen = seen.assign(puskesmas=seen["puskesmas"].map(_title))
    counts = seen.groupby(["kode_desa", "kecamatan", "puskesmas"]).size().reset_index(name="banyak")
    ordered = counts.sort_values(["banyak", "puskesmas"], ascending=[False, True], kind="stable")
    main = ordered.drop_duplicates("kode_desa")
    names = sorted(main["puskesmas"].unique())
    groups = dict(list(main.groupby("puskesmas")))
    return [
        Unit("puskesmas", kode, nama, frozenset(groups[nama]["kode_desa"]), _places(groups[nama]))
        for kode, nama in zip(slugs(names), names, strict=True)
    ]


def _places(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(rows["kecamatan"].unique()))


def _title(name: str) -> str:
    text = " ".join(name.split())
    return text.title() if text.isupper() else text
