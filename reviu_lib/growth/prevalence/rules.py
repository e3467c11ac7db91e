"""What `definitions/prevalensi.toml` declares: indices, indicators, age groups, WHO's names."""

from __future__ import annotations

from functools import cache
from typing import Literal

from reviu_lib.catalog import Frozen, Status, build, read_toml

_BERKAS = "prevalensi.toml"


class Meta(Frozen):
    """What the file declares, and where it comes from."""

    arti: str
    rujukan: str
    status: Status


class Indeks(Frozen):
    """One index of growth; with `edema` a child with oedema counts as severely below."""

    nama: str
    edema: bool
    who: str


class IndikatorGizi(Frozen):
    """Children on one side of one limit of z."""

    nama: str
    indeks: str
    arah: Literal["di bawah", "di atas"]
    batas: float
    resmi: bool
    who: str


class Gabungan(Frozen):
    """Children with two conditions at once, of those measured for both."""

    nama: str
    dari: tuple[str, ...]
    resmi: bool
    who: str


class KelompokUsia(Frozen):
    """Unrounded months from `mulai` up to, not including, `sebelum`."""

    nama: str
    mulai: int
    sebelum: int
    who: str


class NamaWho(Frozen):
    """WHO's words for groups and for the values of a group."""

    kelompok: dict[str, str]
    nilai: dict[str, dict[str, str]]


class AturanPrevalensi(Frozen):
    """All that is declared about prevalence."""

    meta: Meta
    indeks: dict[str, Indeks]
    indikator: dict[str, IndikatorGizi]
    gabungan: dict[str, Gabungan]
    usia: tuple[KelompokUsia, ...]
    who: NamaWho


@cache
def load_aturan_prevalensi() -> AturanPrevalensi:
    """Return the declared indicators; DefinisiError when the file is wrong."""
    return build(AturanPrevalensi, read_toml(_BERKAS), _BERKAS)
