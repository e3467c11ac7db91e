"""What is declared about regions: other spellings, old names, and codes that a law replaced.

The files are `definitions/wilayah/*.toml`; they are read strictly, so that a mistyped key is an
error and never a rule that is silently ignored.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from reviu_lib.errors import DefinisiError

Status = Literal["terverifikasi", "asumsi"]
Model = TypeVar("Model", bound=BaseModel)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Meta(_Frozen):
    """What a file declares, and where it comes from."""

    arti: str
    rujukan: str
    status: Status


class NamaProvinsi(_Frozen):
    """Other names of one province."""

    kode: str
    alias: tuple[str, ...]


class NamaKabupaten(_Frozen):
    """Other spellings, or the old name, of one kabupaten or kota."""

    kode: str
    jenis: Literal["ejaan", "nama lama"]
    alias: tuple[str, ...]
    rujukan: str = ""
    sampai: int | None = None
    status: Status = "terverifikasi"


class NamaDesa(_Frozen):
    """The words that stand before the name of a desa or a kecamatan."""

    awalan: tuple[str, ...]


class EjaanWilayah(_Frozen):
    """How region names are written: words and their full forms, other names."""

    meta: Meta
    kata: dict[str, str]
    desa: NamaDesa
    provinsi: tuple[NamaProvinsi, ...]
    kabupaten: tuple[NamaKabupaten, ...]


class PerubahanKode(_Frozen):
    """One code of a province or kabupaten that a law replaced by another."""

    kode_lama: str
    kode_baru: str
    nama: str
    berlaku_sampai: int
    rujukan: str
    status: Status


class DaftarPerubahan(_Frozen):
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
    path = files("reviu_lib").joinpath("definitions", "wilayah", filename)
    return build(model, tomllib.loads(path.read_text(encoding="utf-8")), filename)


def build(model: type[Model], data: dict[str, Any], filename: str) -> Model:
    """Return the declaration held by parsed TOML; DefinisiError names the wrong key."""
    try:
        return model.model_validate(_with_tuples(data))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise DefinisiError(
            f"Definisi tidak sah pada kunci '{key}': {first['msg']}", di=f"wilayah/{filename}"
        ) from error


def _with_tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_tuples(item) for key, item in value.items()}
    return tuple(_with_tuples(item) for item in value) if isinstance(value, list) else value
