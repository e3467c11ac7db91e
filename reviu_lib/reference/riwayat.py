"""Which codes an older list held, and what a code that is gone has probably become.

Two lists are shipped: Permendagri 72/2019 (years 2020 and 2021) and the one in force. Of other
years no free list is known, so that nothing is said about them. A successor found by its name is a
proposal; only `definitions/wilayah/perubahan.toml` and a reviewed mapping file decide.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import Any, NamedTuple

import pandas as pd

from reviu_lib.reference.deklarasi import load_perubahan
from reviu_lib.reference.kabupaten import Calon, score_all
from reviu_lib.reference.nama import normalize_nama
from reviu_lib.reference.wilayah import describe_list, list_desa, load_wilayah

_SKOR_NAMA = 0.9  # same name in another kecamatan: likely, yet less than name and kecamatan
_SKOR_TERENDAH = 0.75
_CALON = 3


@cache
def load_terdahulu() -> dict[str, str]:
    """Return the names of the older list by code, as it spelled them."""
    with as_file(files("reviu_lib").joinpath("reference", "wilayah_2019.csv.gz")) as path:
        frame = pd.read_csv(path, dtype="string", keep_default_na=False)
    current = load_wilayah()
    names = dict(zip(current["kode"], current["nama"], strict=True))
    names |= dict(zip(frame["kode"], frame["nama"], strict=True))
    return {kode: nama for kode, nama in names.items() if nama}


def describe_terdahulu() -> dict[str, Any]:
    """Return decree, years, counts, and source of the older list."""
    return describe_list("wilayah_2019")


@cache
def _current() -> frozenset[str]:
    return frozenset(load_wilayah()["kode"])


def is_former(kode: str) -> bool:
    """Return True for a code that the older list held and the list in force does not."""
    return kode not in _current() and kode in load_terdahulu()


def was_valid(kode: str, tahun: int) -> bool | None:
    """Return whether a code was valid in a year; None where no list of that year is shipped."""
    former = describe_terdahulu()
    if former["tahun_mulai"] <= tahun <= former["tahun_akhir"]:
        return kode in load_terdahulu()
    return kode in _current() if tahun >= _since() else None


def _since() -> int:
    """Return the year of the decree of the list in force."""
    return int(str(describe_list("wilayah")["keputusan"])[-4:])


def current_kabupaten(kode: str) -> str:
    """Return the present code of the kabupaten of any region code, "" when there is none."""
    own = kode[:5]
    if own in _current():
        return own
    change = load_perubahan().get(own)
    return change.kode_baru if change else ""


def list_successors(kode: str) -> tuple[Calon, ...]:
    """Return what a desa code of the older list has probably become, the likeliest first.

    The score is 1 for the same name in a kecamatan of the same name, less otherwise. No result
    when nothing in the kabupaten resembles it.
    """
    former = load_terdahulu()
    kabupaten = current_kabupaten(kode)
    if not kabupaten or kode not in former:
        return ()
    desa, kecamatan = _key(former[kode]), _key(former.get(kode[:8], ""))
    listed = _present(kabupaten)
    same = [item for item in listed if item.desa == desa] or listed
    values = score_all(desa, [item.desa for item in same], lowest=_SKOR_TERENDAH)
    found = [
        Calon(item.kode, item.nama, _weigh(value, is_near=item.kecamatan == kecamatan))
        for item, value in zip(same, values, strict=True)
        if value
    ]
    return tuple(sorted(found, key=lambda item: (-item.skor, item.kode))[:_CALON])


class _Desa(NamedTuple):
    """A desa of today with its comparable names."""

    kode: str
    nama: str
    desa: str
    kecamatan: str


@cache
def _present(kode_kabupaten: str) -> tuple[_Desa, ...]:
    frame = list_desa(kode_kabupaten)
    rows = zip(frame["kode_desa"], frame["desa"], frame["kecamatan"], strict=True)
    return tuple(_Desa(kode, nama, _key(nama), _key(district)) for kode, nama, district in rows)


def _weigh(value: float, *, is_near: bool) -> float:
    return value if is_near else round(value * _SKOR_NAMA, 2)


def _key(nama: str) -> str:
    return normalize_nama(nama).replace(" ", "")
