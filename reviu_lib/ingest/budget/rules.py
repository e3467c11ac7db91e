"""The declared rules of money: definitions/keuangan.toml."""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict

from reviu_lib.catalog import Status, build, cached, read_toml
from reviu_lib.reference import normalize_nama

_KODE_BARU = re.compile(r"(?:\d|X)\.(?:\d{2}|XX)\.\d{2}\.[12]\.\d{2}\.\d{4}")


class _Dasar(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    arti: str
    rujukan: str
    status: Status


class Nomenklatur(_Dasar):
    """Since which budget year sub-kegiatan codes have their present form."""

    tahun_mulai: int


class Transaksi(_Dasar):
    """Which documents are LS, and which need SPD and DPT to be told apart."""

    tanda_ls: tuple[str, ...]
    tanda_spd: tuple[str, ...]


class Banding(_Dasar):
    """What still counts as equal, and which source goes first."""

    selisih_rp: int
    selisih_persen: float
    sumber_luar_apbd: tuple[str, ...]
    urutan_pagu: tuple[str, ...]
    urutan_realisasi: tuple[str, ...]


class SumberDana(_Dasar):
    """Words in the name of a fund, in order, and the choice they mean."""

    tidak_dirinci: str
    kata: tuple[tuple[str, str], ...]

    def choose(self, nama: str) -> str:
        """Return the choice a fund's name means; `tidak_dirinci` when no word fits."""
        words = f" {normalize_nama(nama)} "
        hits = (pilihan for kata, pilihan in self.kata if f" {kata} " in words)
        return next(hits, self.tidak_dirinci)


class AturanKeuangan(BaseModel):
    """All rules of money."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nomenklatur: Nomenklatur
    transaksi: Transaksi
    banding: Banding
    sumber_dana: SumberDana


@cached
def load_keuangan() -> AturanKeuangan:
    """Return the rules of money."""
    return build(AturanKeuangan, read_toml("keuangan.toml"), "keuangan.toml")


def is_own_nomenclature(kode: str, tahun: int | None) -> bool:
    """Return whether a sub-kegiatan code has the form in use in `tahun`; True when unknown.

    Codes of the present form exist since APBD 2021; older ones are never joined with them.
    """
    if tahun is None:
        return True
    present = _KODE_BARU.fullmatch(kode) is not None
    return present == (tahun >= load_keuangan().nomenklatur.tahun_mulai)
