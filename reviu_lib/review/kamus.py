"""The declared rules of proposing (definitions/usulan.toml), and of checking recaps and targets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from string import Formatter
from typing import Literal

from pydantic import BaseModel, ConfigDict

from reviu_lib.catalog import JenisTemuan, build, cached, load_named, read_toml

_Status = Literal["terverifikasi", "asumsi"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AturanKegiatan(_Frozen):
    """Words and signs by which the fate of an activity is proposed."""

    rujukan: str
    status: _Status
    putusan: tuple[str, ...]
    putusan_lokus: tuple[str, ...]
    satuan_sekali_jadi: tuple[str, ...]
    tanda_berulang: tuple[str, ...]
    satuan_fisik_sekali_jadi: tuple[str, ...]
    kategori_tak_dapat_diperbaiki: str
    tanda_tak_dapat_diperbaiki: tuple[str, ...]
    kata_sasaran: tuple[str, ...]
    alasan: Mapping[str, str]
    tahun_depan: Mapping[str, str]


class AturanEfektivitas(_Frozen):
    """How effectiveness is worded, and how often the changes of desa are shuffled."""

    rujukan: str
    status: _Status
    permutasi: int
    benih: int
    alasan: Mapping[str, str]
    alasan_kaitan: Mapping[str, str]


class AturanKesenjangan(_Frozen):
    """How the gaps for next year's analysis are told apart, and what is asked of the meeting."""

    rujukan: str
    status: _Status
    pertanyaan_tanpa_kegiatan: str
    pertanyaan_tidak_diteruskan: str
    alasan: Mapping[str, str]


class AturanBiaya(_Frozen):
    """How a cost per unit that stands out is put as a question."""

    rujukan: str
    status: _Status
    sejenis: str
    tahun_lalu: str
    batas_beda: str
    pertanyaan: str


class AturanRancangan(_Frozen):
    """How next year's plan is drafted: units that follow coverage, and grounds in words."""

    rujukan: str
    status: _Status
    satuan_sasaran: tuple[str, ...]
    kata_pelaksana: tuple[str, ...]
    kanal: str
    sumber_dana_desa: str
    dokumen_desa: str
    alasan_kesenjangan: str
    dasar_target: Mapping[str, str]
    dasar_pagu: Mapping[str, str]


class AturanKesinambungan(_Frozen):
    """How last year's agreed draft is found again in this year's plan, in words."""

    rujukan: str
    status: _Status
    alasan: Mapping[str, str]


class AturanHambatan(_Frozen):
    """The questions put where a shortfall has no recorded barrier."""

    rujukan: str
    status: _Status
    pertanyaan_kegiatan: str
    pertanyaan_indikator: str


class AturanRekomendasi(_Frozen):
    """Deadlines (month, day of the year after the review year) and documents by channel."""

    rujukan: str
    status: _Status
    tenggat: Mapping[str, tuple[int, int]]
    dokumen: Mapping[str, str]
    pj: Mapping[str, str]
    alasan_tanpa_opd: str
    kalimat: Mapping[str, str]
    alasan: Mapping[str, str]

    def deadline(self, kanal: str, tahun: int) -> date:
        """Return the deadline of a channel in the year after `tahun`."""
        month, day = self.tenggat[kanal]
        return date(tahun + 1, month, day)


class AturanUsulan(_Frozen):
    """All rules of proposing."""

    kegiatan: AturanKegiatan
    efektivitas: AturanEfektivitas
    biaya: AturanBiaya
    kesenjangan: AturanKesenjangan
    rancangan: AturanRancangan
    kesinambungan: AturanKesinambungan
    hambatan: AturanHambatan
    rekomendasi: AturanRekomendasi


class AturanBukti(_Frozen):
    """One item of the scoring form: its letters by lowest share, and what it is about."""

    kode: str
    aksi: tuple[str, ...]
    butir: str
    nama: str
    huruf: Mapping[str, float]
    arti_tinggi: str
    rujukan: str
    status: _Status

    def grade(self, nilai: float) -> str:
        """Return the best letter whose lowest share `nilai` reaches, "" below all of them."""
        letters = sorted(self.huruf.items(), key=lambda item: -item[1])
        return next((letter for letter, least in letters if nilai >= least), "")


class AturanTarget(_Frozen):
    """What is asked of the prevalence targets, and in which words it is answered."""

    rujukan: str
    status: _Status
    dokumen: tuple[str, ...]
    pembanding: tuple[Literal["provinsi", "nasional"], ...]
    pertanyaan: Mapping[str, str]
    alasan: Mapping[str, str]


class PetunjukHambatan(_Frozen):
    """One kind of signal in the data: its thresholds, its sentence, its question to the meeting."""

    kode: str
    nama: str
    kategori: tuple[str, ...]
    indikator: tuple[str, ...] = ()
    uraian: str
    pertanyaan: str
    ambang: Mapping[str, float]
    rujukan: str
    status: _Status

    @property
    def kolom(self) -> list[str]:
        """The columns of petunjuk_hambatan that `uraian` asks for, in order."""
        return [name for _, name, _, _ in Formatter().parse(self.uraian) if name]


class Populasi(_Frozen):
    """A population as recaps name it, and the larger one it is part of."""

    kenali: tuple[str, ...]
    bagian_dari: str = ""


class PrevalensiRekap(_Frozen):
    """How a recap row that prints the prevalence of stunting is recognised by its name."""

    frasa: str
    populasi: str


class AturanRekap(_Frozen):
    """How printed recaps are recomputed and compared with each other."""

    rujukan: str
    status: _Status
    pengali: Mapping[str, float]
    minimum_pembanding: int
    populasi: Mapping[str, Populasi]
    konsep_pembilang: Mapping[str, Populasi]
    prevalensi_stunting: PrevalensiRekap


@cached
def load_aturan_usulan() -> AturanUsulan:
    """Return the rules of proposing."""
    return build(AturanUsulan, read_toml("usulan.toml"), "usulan.toml")


@cached
def load_periksa_target() -> AturanTarget:
    """Return the questions on the prevalence targets."""
    return build(AturanTarget, read_toml("periksa_target.toml"), "periksa_target.toml")


@cached
def load_petunjuk() -> Mapping[str, PetunjukHambatan]:
    """Return the kinds of signals of what hindered the year, in the order of the file."""
    return load_named(PetunjukHambatan, "petunjuk_hambatan.toml")


@cached
def load_aturan_rekap() -> AturanRekap:
    """Return the rules of checking recaps."""
    return build(AturanRekap, read_toml("rekap.toml"), "rekap.toml")


@cached
def load_temuan_reviu() -> Mapping[str, JenisTemuan]:
    """Return the kinds of findings that only the review can make."""
    return load_named(JenisTemuan, "temuan_reviu.toml")


@cached
def load_bukti() -> Mapping[str, AturanBukti]:
    """Return the items of the scoring form that the data can answer, by name."""
    return load_named(AturanBukti, "periksa_bukti.toml")
