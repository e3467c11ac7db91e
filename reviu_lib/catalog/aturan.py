"""Thresholds, indicator cards, and the rules of each era.

Nothing here knows a year: `load_aturan(tahun)` chooses the era.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from reviu_lib.catalog.definisi import cached, has_toml, list_toml, locate, read_toml, unite
from reviu_lib.catalog.model import Frozen, Status, build
from reviu_lib.errors import DefinisiError, KodeError


class Angka(Frozen):
    """A threshold or weight with its source and status."""

    nilai: float
    arti: str
    rujukan: str
    status: Status


class Kelas(Frozen):
    """One class of a scale: values from `batas_bawah` up (until the next class) are `nama`."""

    nama: str
    batas_bawah: float
    warna: str
    simbol: str


class Skala(Frozen):
    """An ordered scale of classes, highest lower bound first.

    A value equal to a bound belongs to the class above it, or to the one below it where
    `batas_masuk_bawah` is true (prevalence: 20.0 is still green).
    """

    arti: str
    rujukan: str
    status: Status
    kelas: tuple[Kelas, ...]
    batas_masuk_bawah: bool = False

    def classify(self, nilai: float) -> str:
        """Return the class of the unrounded `nilai`; the lowest class has no lower bound."""
        above = operator.gt if self.batas_masuk_bawah else operator.ge
        for kelas in self.kelas[:-1]:
            if above(nilai, kelas.batas_bawah):
                return kelas.nama
        return self.kelas[-1].nama


class Ambang(Frozen):
    """All thresholds, weights, and scales."""

    angka: Mapping[str, Angka]
    skala: Mapping[str, Skala]

    def __getitem__(self, nama: str) -> float:
        return self.angka[nama].nilai


class Target(Frozen):
    """A target of one level and year, in percent; a review earlier than `diketahui_sejak` may not
    use it, because nobody could know it then."""

    tingkat: Literal["kabupaten", "provinsi", "nasional"]
    tahun: int
    nilai: float
    sumber: str
    status: Status
    kode_wilayah: str = "00"
    diketahui_sejak: date | None = None

    def is_known(self, tanggal: date) -> bool:
        """Return whether a review held on `tanggal` could know this target."""
        return self.diketahui_sejak is None or self.diketahui_sejak <= tanggal


class Indikator(Frozen):
    """An indicator card: a declared quotient with direction, owner, and targets."""

    kode: str
    nama: str
    alias: tuple[str, ...] = ()
    kelompok_sasaran: str
    jenis: Literal["spesifik", "sensitif"]
    arah: Literal["naik", "turun"]
    pembilang: str
    penyebut: str
    populasi_penyebut: str
    satuan: str
    waktu: Literal["titik", "kumulatif"]
    opd: str
    sumber_data: str
    target: tuple[Target, ...] = ()
    rujukan: str
    status: Status
    diperiksa: date


class SetIndikator(Frozen):
    """An indicator set told as a change of another: its cards, less some, and the new ones."""

    seperti: str
    tanpa: tuple[str, ...] = ()
    rujukan: str


class Aksi(Frozen):
    """One aksi of an era with the evidence it should leave."""

    kode: str
    nama: str
    kelompok: Literal["utama", "pendukung"]
    bukti: str
    waktu_lazim: str
    bobot: float
    rujukan: str
    status: Status
    batas_lazim_bulan: int | None = None


class PeriodeTakSebanding(Frozen):
    """A month whose figures stand beside no other month, with the reason a reader is given."""

    tahun: int
    bulan: int
    nama: str
    alasan: str
    rujukan: str
    status: Status


class KelompokPasokan(Frozen):
    """The supply indicators of an era: how many there officially are, and who enters them."""

    jumlah_resmi: int
    daftar_terbuka: bool
    pengisi: tuple[str, ...]
    rujukan: str
    status: Status


class PelakuKecamatan(Frozen):
    """Kecamatan as actors: the aksi they carry out, and what their sasaran are compared with.

    `sasaran` names per group the populations of indicator cards that are the same people.
    """

    aksi: tuple[str, ...]
    sasaran: Mapping[str, tuple[str, ...]]
    rujukan: str
    status: Status


class KelasHasil(Frozen):
    """The classes a year's performance is given, best first; no class without cut-offs.

    `batas_bawah` holds the lowest score of every class but the last, and is empty while nobody
    knows them.
    """

    kelas: tuple[str, ...]
    batas_bawah: tuple[float, ...] = ()
    rujukan: str
    status: Status

    def classify(self, nilai: float) -> str:
        """Return the class of a score, "" while the cut-offs are not filled in."""
        if not self.batas_bawah:
            return ""
        bounds = zip(self.kelas, self.batas_bawah, strict=False)
        return next((kelas for kelas, bound in bounds if nilai >= bound), self.kelas[-1])


class Aturan(Frozen):
    """The rules of one era: names, outputs, indicator set, targets, dates."""

    kode: str
    nama: str
    tahun_mulai: int
    tahun_akhir: int
    rujukan: str
    status: Status
    judul_reviu: str
    judul_dokumen: str
    set_indikator: str
    sasaran: str
    keluaran: tuple[str, ...]
    bagian_dokumen: tuple[str, ...]
    dasar_hukum: tuple[str, ...]
    bulan_penimbangan: tuple[int, ...]
    periode_tak_sebanding: tuple[PeriodeTakSebanding, ...] = ()
    indikator_sasaran_balita: str
    indikator_krs: str
    masukan_analisis: str
    masukan_rencana: str
    aksi_reviu: str
    aksi: tuple[Aksi, ...]
    target_prevalensi: tuple[Target, ...]
    asumsi: tuple[str, ...]
    jumlah_indikator_resmi: int
    penandaan_anggaran: str = ""
    pasokan: KelompokPasokan | None = None
    pelaku_kecamatan: PelakuKecamatan | None = None
    kelas_hasil: KelasHasil | None = None


@cached
def load_ambang() -> Ambang:
    """Return all thresholds and scales."""
    return build(Ambang, read_toml("ambang.toml"), "ambang.toml")


@cached
def _all_aturan() -> tuple[Aturan, ...]:
    """Return every era, the one that begins last first."""
    eras = [_load_era(name) for name in list_toml("aturan")]
    return tuple(sorted(eras, key=lambda era: era.tahun_mulai, reverse=True))


def _load_era(name: str) -> Aturan:
    where = f"aturan/{name}"
    aturan = build(Aturan, _read_era(name), where)
    _check_aksi(aturan, where)
    _check_kelas(aturan.kelas_hasil, where)
    return aturan


def _check_aksi(aturan: Aturan, where: str) -> None:
    """Raise DefinisiError where an era names an aksi that it does not have."""
    codes = {aksi.kode for aksi in aturan.aksi}
    acting = aturan.pelaku_kecamatan.aksi if aturan.pelaku_kecamatan else ()
    if unknown := sorted({aturan.aksi_reviu, *acting} - codes):
        raise DefinisiError(
            f"Aksi '{', '.join(unknown)}' tidak ada di antara aksi era {aturan.kode}.",
            di=locate(where),
            lakukan=f"Pada aksi_reviu dan pelaku_kecamatan, tulis dari {', '.join(sorted(codes))}.",
        )


def _check_kelas(kelas: KelasHasil | None, where: str) -> None:
    """Raise DefinisiError where cut-offs are neither absent nor one for each class but the last."""
    bounds = kelas.batas_bawah if kelas else ()
    falling = list(bounds) == sorted(set(bounds), reverse=True)
    if kelas and bounds and (len(bounds) != len(kelas.kelas) - 1 or not falling):
        raise DefinisiError(
            "batas_bawah pada kelas_hasil tidak sesuai dengan kelasnya.",
            di=locate(where),
            lakukan="Tulis satu batas untuk setiap kelas kecuali yang terakhir, dari yang tinggi.",
        )


def _read_era(name: str, before: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return an era file; with the key `seperti`, what it does not say is as in that era."""
    era = read_toml("aturan", name)
    base = era.pop("seperti", "")
    if not base:
        return era
    if name in before:
        raise DefinisiError("Dua era saling merujuk pada kunci 'seperti'.", di=f"aturan/{name}")
    return unite(_read_era(f"{base}.toml", (*before, name)), era)


def load_aturan(tahun: int) -> Aturan:
    """Return the rules of the era that holds in `tahun`; KodeError when none does.

    Where two eras reach over the same year, the one that begins later holds.
    """
    for aturan in _all_aturan():
        if aturan.tahun_mulai <= tahun <= aturan.tahun_akhir:
            return aturan
    raise KodeError(
        f"Belum ada aturan untuk tahun reviu {tahun}.",
        lakukan="Periksa tahunnya, atau tambahkan berkas era di definisi/aturan/ ruang kerja.",
    )


def list_set_indikator() -> list[str]:
    """Return the indicator sets of all eras, of the newest era first."""
    return list(dict.fromkeys(aturan.set_indikator for aturan in _all_aturan()))


@cached
def load_indikator(set_indikator: str) -> Mapping[str, Indikator]:
    """Return the cards of an indicator set by code, in code order; DefinisiError if none.

    A file `_set.toml` beside the cards makes the set a change of another (`SetIndikator`).
    """
    names = list_toml("indikator", set_indikator)
    base = _base_cards(set_indikator)
    if not names and not base:
        raise DefinisiError(
            f"Set indikator '{set_indikator}' tidak ada.",
            di="definisi/indikator",
            lakukan="Perbaiki set_indikator pada berkas era, atau tambahkan folder kartunya.",
        )
    own = [_load_card(set_indikator, name) for name in names]
    cards = base | {card.kode: card for card in own}
    return dict(sorted(cards.items()))


def _base_cards(set_indikator: str) -> dict[str, Indikator]:
    """Return the cards a set takes over from another, {} when it stands alone."""
    path = ("indikator", set_indikator, "_set.toml")
    if not has_toml(*path):
        return {}
    change = build(SetIndikator, read_toml(*path), "/".join(path))
    cards = load_indikator(change.seperti)
    if unknown := sorted(set(change.tanpa) - set(cards)):
        raise DefinisiError(
            f"Set {change.seperti} tidak memuat {', '.join(unknown)}.", di=locate("/".join(path))
        )
    return {kode: card for kode, card in cards.items() if kode not in change.tanpa}


def _load_card(set_indikator: str, name: str) -> Indikator:
    where = f"indikator/{set_indikator}/{name}"
    card = build(Indikator, read_toml("indikator", set_indikator, name), where)
    if name != f"{card.kode}.toml":
        raise DefinisiError(
            f"Kode {card.kode} tidak sama dengan nama berkasnya.",
            di=locate(where),
            lakukan=f"Namai berkas itu {card.kode}.toml.",
        )
    return card
