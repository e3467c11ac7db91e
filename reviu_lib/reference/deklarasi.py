"""What is declared about regions: other spellings, old names, and codes that a law replaced.

The files are `definitions/wilayah/*.toml`; they are read strictly, so that a mistyped key is an
error and never a rule that is silently ignored.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from reviu_lib.catalog import Frozen, Model, Status, build, read_toml


class Meta(Frozen):
    """What a file declares, and where it comes from."""

    arti: str
    rujukan: str
    status: Status


class NamaProvinsi(Frozen):
    """Other names of one province."""

    kode: str
    alias: tuple[str, ...]


class NamaKabupaten(Frozen):
    """Other spellings, or the old name, of one kabupaten or kota."""

    kode: str
    jenis: Literal["ejaan", "nama lama"]
    alias: tuple[str, ...]
    rujukan: str = ""
    sampai: int | None = None
    status: Status = "terverifikasi"


class NamaDesa(Frozen):
    """The words that stand before the name of a desa or a kecamatan."""

    awalan: tuple[str, ...]


class EjaanWilayah(Frozen):
    """How region names are written: words and their full forms, other names."""

    meta: Meta
    kata: dict[str, str]
    desa: NamaDesa
    provinsi: tuple[NamaProvinsi, ...]
    kabupaten: tuple[NamaKabupaten, ...]


class PerubahanKode(Frozen):
    """One code of a province or kabupaten that a law replaced by another."""

    kode_lama: str
    kode_baru: str
    nama: str
    berlaku_sampai: int
    rujukan: str
    status: Status


class DaftarPerubahan(Frozen):
    """All declared changes of codes."""

    meta: Meta
    perubahan: tuple[PerubahanKode, ...]


@cache
def load_ejaan() -> EjaanWilayah:
    """Return the declared spellings; DefinisiError when the file is wrong."""
    return _load(EjaanWilayah, "nama.toml")


@cache
def load_perubahan() -> dict[str, PerubahanKode]:
    """Return the declared changes by old code; DefinisiError when the file is wrong."""
    listed = _load(DaftarPerubahan, "perubahan.toml").perubahan
    return {change.kode_lama: change for change in listed}


def _load(model: type[Model], filename: str) -> Model:
    return build(model, read_toml("wilayah", filename), f"wilayah/{filename}")
