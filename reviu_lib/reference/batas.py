"""Boundaries of desa and kecamatan: the type that maps draw, and how features become it.

A shape is matched by its Kemendagri code alone, with or without dots. A code that is not on the
lists of codes is never taken for another one: the shape is left out and said so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from reviu_lib.catalog import Frozen, build, load_ambang, read_toml
from reviu_lib.errors import BerkasError
from reviu_lib.formatting import join_list, mask_identity
from reviu_lib.reference.deklarasi import Meta
from reviu_lib.reference.riwayat import load_terdahulu
from reviu_lib.reference.wilayah import list_desa

Cincin = npt.NDArray[np.float64]

_TINGKAT = {6: "kecamatan", 10: "desa"}
_KODE = re.compile(r"(\d\d)\.?(\d\d)\.?(\d\d)(?:\.?(\d{4}))?(?:\.0)?")
_BIDANG = {"Polygon", "MultiPolygon"}
_LUAR = "Simpan batasnya sebagai GeoJSON dengan bujur dan lintang (WGS 84, EPSG:4326)."


@dataclass(frozen=True)
class Bidang:
    """The shape of one region: `kode` and its rings of (bujur, lintang).

    Outer rings turn counter-clockwise and holes clockwise, so that a hole stays empty when drawn.
    """

    kode: str
    cincin: tuple[Cincin, ...]


@dataclass(frozen=True)
class Batas:
    """Boundaries of one kabupaten by code; empty when the user supplied none.

    `berkas` are the files read, `catatan` what a reader must know of them, one sentence each.
    """

    kode_kabupaten: str
    desa: Mapping[str, Bidang] = field(default_factory=dict)
    kecamatan: Mapping[str, Bidang] = field(default_factory=dict)
    berkas: tuple[str, ...] = ()
    catatan: tuple[str, ...] = ()


class BerkasPeta(Frozen):
    """What a file of boundaries looks like: properties that hold the code, largest size in MB."""

    kolom: tuple[str, ...]
    maks_mb: int


class _Peta(Frozen):
    meta: Meta
    batas: BerkasPeta


@cache
def load_berkas_peta() -> BerkasPeta:
    """Return the declared form of boundary files; DefinisiError when the file is wrong."""
    return build(_Peta, read_toml("wilayah", "peta.toml"), "wilayah/peta.toml").batas


def parse_kode(value: object) -> str:
    """Return a code of a desa or kecamatan with dots (`73.12.01.1001`), "" when it is none."""
    match = _KODE.fullmatch(str(value).strip())
    return ".".join(part for part in match.groups() if part) if match else ""


def read_batas(
    kode_kabupaten: str, fitur: Iterable[Mapping[str, Any]], *, berkas: str = ""
) -> Batas:
    """Return the boundaries among GeoJSON features; shapes of other kabupaten are passed over.

    Several features of one code are one region. Raises BerkasError when no feature carries a
    known code of this kabupaten, or when coordinates are not degrees within Indonesia.
    """
    coded = [(_code_of(item), item) for item in fitur]
    own = [(kode, item) for kode, item in coded if kode.startswith(f"{kode_kabupaten}.")]
    known = _known_codes(kode_kabupaten)
    shapes = _gather((kode, item) for kode, item in own if kode in known)
    if not shapes:
        raise _without_code(kode_kabupaten, coded, berkas)
    _check_degrees(shapes.values(), berkas)
    strange = sorted({kode for kode, _ in own} - known)
    return Batas(
        kode_kabupaten,
        desa=_at_level(shapes, "desa"),
        kecamatan=_at_level(shapes, "kecamatan"),
        berkas=(berkas,) if berkas else (),
        catatan=_notes(strange, sum(not kode for kode, _ in coded), berkas),
    )


def _code_of(item: Mapping[str, Any]) -> str:
    properties = item.get("properties") or {}
    named = {str(name).lower(): value for name, value in properties.items()}
    codes = (parse_kode(named.get(name)) for name in load_berkas_peta().kolom)
    return next((kode for kode in codes if kode), "")


@cache
def _known_codes(kode_kabupaten: str) -> frozenset[str]:
    desa = list_desa(kode_kabupaten)
    former = (kode for kode in load_terdahulu() if kode.startswith(f"{kode_kabupaten}."))
    return frozenset([*desa["kode_desa"], *desa["kode_kecamatan"], *former])


def _gather(coded: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Bidang]:
    rings: dict[str, list[Cincin]] = {}
    for kode, item in coded:
        rings.setdefault(kode, []).extend(_rings(item.get("geometry") or {}))
    return {kode: Bidang(kode, tuple(found)) for kode, found in rings.items() if found}


def _rings(geometry: Mapping[str, Any]) -> Iterator[Cincin]:
    if geometry.get("type") not in _BIDANG:
        return
    parts = geometry.get("coordinates") or []
    for polygon in parts if geometry["type"] == "MultiPolygon" else [parts]:
        for place, ring in enumerate(polygon):
            points = np.asarray([point[:2] for point in ring], dtype=float).reshape(-1, 2)
            if len(points) > 2:
                yield _turned(points, left=place == 0)


def _turned(points: Cincin, *, left: bool) -> Cincin:
    """Return the ring turning left (counter-clockwise) or right, by the sign of its area."""
    x, y = points.T
    area = float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
    return points if (area > 0) == left else points[::-1]


def _at_level(shapes: Mapping[str, Bidang], tingkat: str) -> dict[str, Bidang]:
    return {
        kode: shape
        for kode, shape in shapes.items()
        if _TINGKAT[len(kode.replace(".", ""))] == tingkat
    }


def _check_degrees(shapes: Iterable[Bidang], berkas: str) -> None:
    points = np.vstack([ring for shape in shapes for ring in shape.cincin])
    if _inside(points):
        return
    swapped = " Bujur dan lintangnya tertukar." if _inside(points[:, ::-1]) else ""
    raise BerkasError(
        f"Koordinat berkas batas wilayah di luar Indonesia.{swapped}", di=berkas, lakukan=_LUAR
    )


def _inside(points: Cincin) -> bool:
    ambang = load_ambang()
    low = (ambang["bujur_min"], ambang["lintang_min"])
    high = (ambang["bujur_maks"], ambang["lintang_maks"])
    return bool(np.all((points >= low) & (points <= high)))


def _without_code(kode: str, coded: Sequence[tuple[str, Any]], berkas: str) -> BerkasError:
    other = next((found for found, _ in coded if found and not found.startswith(kode)), "")
    names = sorted({str(name) for _, item in coded for name in item.get("properties") or {}})
    present = join_list([mask_identity(name) for name in names[:8]]) or "tidak ada"
    why = f"isinya antara lain {other}" if other else f"kolom yang ada: {present}"
    return BerkasError(
        f"Berkas batas wilayah tidak memuat kode Kemendagri desa atau kecamatan {kode}; {why}.",
        di=berkas,
        lakukan=f"Beri setiap bidang kolom kode_desa, misalnya {kode}.01.2001. Kode BPS lain "
        "susunannya dan tidak dibaca.",
    )


def _notes(strange: list[str], without: int, berkas: str) -> tuple[str, ...]:
    notes = []
    if strange:
        notes.append(
            f"{len(strange)} bidang pada {berkas} tidak digambar karena kodenya tidak ada pada "
            f"daftar Kemendagri: {join_list(strange[:5])}"
        )
    if without:
        notes.append(f"{without} bidang pada {berkas} tidak berkode dan tidak digambar")
    return tuple(notes)
