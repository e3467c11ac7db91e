"""What became of a written place: its code, or the question and the nearest candidates."""

from __future__ import annotations

from typing import NamedTuple

from reviu_lib.reference import Calon


class Tebakan(NamedTuple):
    """What became of one spelling: the code, or the kind of finding and its particulars.

    `calon` are the nearest places with a score, for the user to accept; they never decide.
    """

    kode: str = ""
    temuan: str = ""
    rincian: str = ""
    calon: tuple[Calon, ...] = ()


def list_choices(calon: tuple[Calon, ...]) -> str:
    """Return `Kabupaten Bandung (32.04) atau Kota Bandung (32.73)`, "" without candidates."""
    return " atau ".join(f"{item.nama} ({item.kode})" for item in calon)
