"""The base of every declaration, and how parsed TOML becomes one: strictly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from reviu_lib.catalog.definisi import locate, read_toml
from reviu_lib.errors import DefinisiError

Model = TypeVar("Model", bound=BaseModel)
Status = Literal["terverifikasi", "asumsi"]
_KELIRU = {"extra_forbidden": "kunci ini tidak dikenal", "missing": "kunci ini wajib ada"}


class Frozen(BaseModel):
    """A declaration: never changed, unknown keys refused, nothing converted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _with_tuples(value: Any) -> Any:
    """Return parsed TOML with its arrays as tuples, as the frozen models hold them."""
    if isinstance(value, Mapping):
        return {key: _with_tuples(item) for key, item in value.items()}
    return tuple(map(_with_tuples, value)) if isinstance(value, list) else value


def build(model: type[Model], data: Mapping[str, Any], where: str) -> Model:
    """Return `model` from `data`, refusing unknown and missing keys with an Indonesian message."""
    try:
        return model.model_validate(_with_tuples(data))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise DefinisiError(
            f"Definisi tidak sah pada kunci '{key}': {_say_fault(first)}",
            di=locate(where),
            lakukan="Perbaiki kunci itu; kunci yang boleh ada tercantum di docs/kamus-data.md.",
        ) from error


def _say_fault(fault: Mapping[str, Any]) -> str:
    """Return in Indonesian what is wrong with a key."""
    if fault["type"] == "literal_error":
        expected = fault["ctx"]["expected"].replace(" or ", " atau ")
        return f"isinya harus salah satu dari {expected}"
    return _KELIRU.get(fault["type"], "isinya bukan jenis yang diminta")


def load_named(model: type[Model], filename: str) -> dict[str, Model]:
    """Return the sections of a definition file by their name, which is the key `kode`."""
    return {
        kode: build(model, {"kode": kode, **entry}, f"{filename} [{kode}]")
        for kode, entry in read_toml(filename).items()
    }
