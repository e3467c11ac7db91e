"""What the public edition may show, and which of its numbers are closed (`penyamaran.toml`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from reviu_lib.catalog.aturan import Angka
from reviu_lib.catalog.definisi import cached, locate, read_toml
from reviu_lib.catalog.model import Frozen, build
from reviu_lib.errors import DefinisiError


class Cacah(Frozen):
    """Where people are counted in a table, along what the counts add up, and what closes with one.

    `pembilang` is a column or "a % b" (a percent of b).
    """

    saring: Mapping[str, tuple[str, ...]] = {}
    pembilang: str
    penyebut: str
    penyebut_terbit: bool = False
    kelompok: tuple[str, ...] = ()
    keluarga: tuple[str, ...] = ()
    kode: str = ""
    induk: Mapping[str, str] = {}
    tutup: tuple[str, ...]


class TabelPublik(Frozen):
    """The rows (`saring`) and columns of a result table that the public edition holds.

    `kolom_bawah` are the columns below the kabupaten, where `tahun_bawah` names the column that
    must hold the year of the review.
    """

    saring: Mapping[str, tuple[str, ...]] = {}
    kolom: tuple[str, ...]
    kolom_bawah: tuple[str, ...] = ()
    tahun_bawah: str = ""
    cacah: tuple[Cacah, ...] = ()


class Ikut(Frozen):
    """Columns of a table that close with an indicator, or with an activity, of the same code."""

    dari: Literal["indikator", "kegiatan"]
    tabel: str
    kunci: str
    tutup: tuple[str, ...]


class KegiatanOrang(Frozen):
    """Where activities count people: the table, its key, its unit, its count and target."""

    tabel: str
    kunci: str
    satuan: str
    cacah: str
    target: str


class TeksOrang(Frozen):
    """Words that make a number in free text a count of people."""

    satuan_orang: tuple[str, ...]
    bilangan: tuple[str, ...]


class RingkasanPublik(Frozen):
    """Which aggregate numbers are public: always, or while nothing they rest on is closed."""

    bagian: tuple[str, ...]
    kunci: tuple[str, ...]
    kunci_register: tuple[str, ...]
    kunci_status: tuple[str, ...]
    kunci_tren: tuple[str, ...]
    kunci_kegiatan: tuple[str, ...]


class Penyamaran(Frozen):
    """The rules of the public edition."""

    angka: Mapping[str, Angka]
    teks: TeksOrang
    tabel: Mapping[str, TabelPublik]
    kegiatan: KegiatanOrang
    ikut: tuple[Ikut, ...]
    ringkasan: RingkasanPublik

    def __getitem__(self, kunci: str) -> float:
        """Return a threshold by name; KeyError when there is none."""
        return self.angka[kunci].nilai


@cached
def load_penyamaran() -> Penyamaran:
    """Return the rules of the public edition; DefinisiError for a limit that closes nothing."""
    rules = build(Penyamaran, read_toml("penyamaran.toml"), "penyamaran.toml")
    for kunci, angka in rules.angka.items():
        if angka.nilai < 1:
            raise DefinisiError(
                f"Batas {kunci} pada edisi publik harus 1 atau lebih, tertulis {angka.nilai:g}.",
                di=locate("penyamaran.toml [angka]"),
                lakukan="Perbaiki nilainya; tanpa batas tidak ada cacah yang ditutup.",
            )
    return rules
