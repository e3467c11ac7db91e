"""How kabupaten are compared, as declared in `definitions/banding.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from reviu_lib.catalog.aturan import Angka
from reviu_lib.catalog.definisi import cached, read_toml
from reviu_lib.catalog.model import Frozen, Status, build

_BERKAS = "banding.toml"
Nada = Literal["baik", "sedang", "buruk", "netral"]


class KelasDimensi(Frozen):
    """One class of a dimension of data quality: from which number on, its word, its tone."""

    batas: float
    kata: str
    nada: Nada


class PutusanDimensi(Frozen):
    """A verdict that is a word already: its tone, and the shorter word of a cell."""

    kata: str
    nada: Nada
    tampil: str


class DimensiMutu(Frozen):
    """One dimension of the map of data quality; classes are read from the first on."""

    kode: str
    nama: str
    arti: str
    satuan: str
    arah: Literal["naik", "turun"]
    kelas: tuple[KelasDimensi, ...]
    putusan: tuple[PutusanDimensi, ...] = ()

    def classify(self, nilai: float) -> KelasDimensi:
        """Return the first class whose limit `nilai` meets, the last one for the rest."""
        for kelas in self.kelas:
            if nilai >= kelas.batas if self.arah == "naik" else nilai <= kelas.batas:
                return kelas
        return self.kelas[-1]


class AturanBanding(Frozen):
    """Limits, weights of likeness, and dimensions of data quality of a comparison."""

    rujukan: str
    status: Status
    angka: Mapping[str, Angka]
    kemiripan: Mapping[Literal["provinsi", "bentuk", "sasaran", "lokus"], Angka]
    dimensi: tuple[DimensiMutu, ...]

    def __getitem__(self, nama: str) -> float:
        return self.angka[nama].nilai


@cached
def load_aturan_banding() -> AturanBanding:
    """Return the declared rules; DefinisiError on an unknown or missing key."""
    return build(AturanBanding, read_toml(_BERKAS), _BERKAS)
