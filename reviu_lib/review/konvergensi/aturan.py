"""The declared rules of convergence (definitions/konvergensi.toml)."""

from __future__ import annotations

from typing import Literal

from reviu_lib.catalog import Frozen, Status, build, cached, read_toml

IBU, ANAK, GABUNGAN = "ibu hamil", "anak 0-23 bulan", "gabungan"
SELURUH = "seluruh layanan"
_BERKAS = "konvergensi.toml"


class Layanan(Frozen):
    """One service of the village scorecard: for whom, how often, in which window, and when due.

    `minimum` has one number per age class of a child, one for a mother; 0 is not due (TS).
    """

    kode: str
    kelompok: Literal["ibu hamil", "anak 0-23 bulan"]
    nama: str
    jendela: Literal["triwulan", "tahun", "sejak awal", "bulan ukur"]
    minimum: tuple[int, ...]
    syarat: Literal["", "berisiko", "hamil", "melahirkan"] = ""
    pelengkap: str = ""
    pelengkap_sejak_bulan: int = 0


class Paket(Frozen):
    """A bundle of indicators of one set, asked whether all of them reach their target in a desa."""

    kode: str
    nama: str
    set_indikator: str
    indikator: tuple[str, ...]
    rujukan: str
    status: Status


class AturanKonvergensi(Frozen):
    """What mothers and children should receive, and the bundles of services."""

    rujukan: str
    status: Status
    kelas_umur_bulan: tuple[int, ...]
    umur_maks_bulan: int
    layanan: tuple[Layanan, ...]
    paket: tuple[Paket, ...]

    def count_layanan(self, kelompok: str) -> int:
        """Return how many services a group has."""
        return sum(item.kelompok == kelompok for item in self.layanan)


@cached
def load_konvergensi() -> AturanKonvergensi:
    """Return the declared rules; DefinisiError on an unknown or missing key."""
    return build(AturanKonvergensi, read_toml(_BERKAS), _BERKAS)
