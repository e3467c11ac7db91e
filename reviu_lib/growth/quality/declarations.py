"""What `definitions/mutu.toml` declares: limits, scales, and the checks of data quality."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from reviu_lib.catalog import Angka, Frozen, Status, build, cached, read_toml

Floats = NDArray[np.float64]
Ranah = Literal["representasi", "kelengkapan", "akurasi", "konsistensi eksternal"]
BELUM = "belum dapat dinilai"


class SkalaMutu(Frozen):
    """Classes of a value, best first: class k holds from `dari[k]` to `sampai[k]`, else the last.

    An absent bound is open; `tepi_masuk` says whether a value on a bound is inside; `mutlak`
    compares the absolute value (ENA); `poin` are penalty points (ENA), `angka` our 0 to 100.
    """

    arti: str
    kelas: tuple[str, ...]
    angka: tuple[int, ...]
    dari: tuple[float, ...] = ()
    sampai: tuple[float, ...] = ()
    poin: tuple[int, ...] = ()
    tepi_masuk: bool = False
    mutlak: bool = False
    rujukan: str
    status: Status

    @model_validator(mode="after")
    def _check_lengths(self) -> SkalaMutu:
        inner = {len(bounds) for bounds in (self.dari, self.sampai) if bounds}
        whole = {len(self.angka), len(self.poin or self.angka)}
        if inner != {len(self.kelas) - 1} or whole != {len(self.kelas)}:
            raise ValueError("banyaknya kelas, batas, angka, dan poin tidak cocok")
        return self

    def rank(self, nilai: Floats) -> NDArray[np.int64]:
        """Return the place of each unrounded value in `kelas`; -1 when the value is missing."""
        value = np.abs(nilai) if self.mutlak else np.asarray(nilai, float)
        place = np.full(value.shape, len(self.kelas) - 1, dtype=np.int64)
        for k in reversed(range(len(self.kelas) - 1)):
            place[self._inside(value, k)] = k
        place[np.isnan(value)] = -1
        return place

    def _inside(self, value: Floats, k: int) -> NDArray[np.bool_]:
        low = self.dari[k] if self.dari else -np.inf
        high = self.sampai[k] if self.sampai else np.inf
        if self.tepi_masuk:
            return (value >= low) & (value <= high)
        return (value > low) & (value < high)

    @property
    def ambang(self) -> str:
        """The values that are still accepted, in words: `< 20`, `0,8–1,2`, `> 0,001`."""
        low = _plain(self.dari[-1]) if self.dari else ""
        high = _plain(self.sampai[-1]) if self.sampai else ""
        equal = ("≥", "≤") if self.tepi_masuk else (">", "<")
        if low and high:
            return f"{low}–{high}"
        return f"{equal[0]} {low}" if low else f"{equal[1]} {high}"


def _plain(value: float) -> str:
    """Return a declared bound with all its decimals, decimal comma."""
    return f"{value:g}".replace(".", ",")


class Pola(Frozen):
    """When a place is named: n, value, and cases from here up, and p after Holm below `alfa`."""

    n_minimum: int
    nilai_minimum: float
    kasus_minimum: int


class Pemeriksaan(Frozen):
    """One check: what it counts, how it is judged, and what to say about it.

    `dinilai` says whether the scale reads the value or its p; `harapan_persen` is the share that
    a sound place may reach, against which p is computed. `dampak` is the weight in the verdict,
    `inti` the levels whose verdict must not be given unnoted without this check.
    """

    kode: str
    judul: str
    arti: str
    ranah: Ranah
    satuan: str
    dihitung: str
    skala: str
    dinilai: Literal["nilai", "p"] = "nilai"
    n_minimum: int
    inti: tuple[str, ...] = ()
    dampak: Literal["berat", "catatan", "keterangan"]
    harapan_persen: float | None = None
    pola: Pola | None = None
    sebab: tuple[str, ...]
    tindakan: str
    rujukan: str
    status: Status


class BatasTumbuh(Frozen):
    """The largest growth of a child up to this age, cm a month."""

    sampai_bulan: float
    cm_per_bulan: float


class Putusan(Frozen):
    """The words of the verdict and of its reasons."""

    dapat: str
    catatan: str
    jangan: str
    kurang_anak: str
    kurang_inti: str
    bagian: str
    tanpa_alasan: str
    pola: str
    rujukan: str
    status: Status


class Pertumbuhan(Frozen):
    """Declared limits of growth by age, youngest first."""

    arti: str
    rujukan: str
    status: Status
    batas: tuple[BatasTumbuh, ...]

    def limit(self, usia_bulan: Floats) -> Floats:
        """Return cm a month for each age; the last limit holds for every older child."""
        bounds = [item.sampai_bulan for item in self.batas[:-1]]
        values = np.array([item.cm_per_bulan for item in self.batas])
        return values[np.searchsorted(bounds, usia_bulan, side="right")]


class Pengembalian(Frozen):
    """The checks whose marked visits go back to the puskesmas to be looked at again."""

    arti: str
    pemeriksaan: tuple[str, ...]
    rujukan: str
    status: Status


class Mutu(Frozen):
    """All of mutu.toml."""

    batas: Mapping[str, Angka]
    pertumbuhan: Pertumbuhan
    putusan: Putusan
    skala: Mapping[str, SkalaMutu]
    pemeriksaan: Mapping[str, Pemeriksaan]
    pengembalian: Pengembalian

    @model_validator(mode="after")
    def _check_scales(self) -> Mutu:
        unknown = {item.skala for item in self.pemeriksaan.values()} - set(self.skala)
        if unknown:
            raise ValueError(f"skala tidak ada: {sorted(unknown)}")
        returned = set(self.pengembalian.pemeriksaan) - set(self.pemeriksaan)
        if returned:
            raise ValueError(f"pemeriksaan tidak ada: {sorted(returned)}")
        return self

    def __getitem__(self, nama: str) -> float:
        return self.batas[nama].nilai

    def scale_of(self, kode: str) -> SkalaMutu:
        """Return the scale of a check."""
        return self.skala[self.pemeriksaan[kode].skala]


def build_mutu(data: Mapping[str, Any]) -> Mutu:
    """Return the declarations of a parsed mutu.toml; DefinisiError names the faulty key."""
    checks = {kode: {"kode": kode, **entry} for kode, entry in data["pemeriksaan"].items()}
    return build(Mutu, {**data, "pemeriksaan": checks}, "mutu.toml")


@cached
def load_mutu() -> Mutu:
    """Return the declared limits, scales, and checks of data quality."""
    return build_mutu(read_toml("mutu.toml"))
