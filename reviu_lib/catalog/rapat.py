"""The meeting kit, as declared in `definitions/rapat.toml`: texts, roles, agenda, slides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from reviu_lib.catalog.definisi import cached, read_toml
from reviu_lib.catalog.model import Frozen, Status, build

_BERKAS = "rapat.toml"
_TAHUN_AWAL, _TAHUN_AKHIR = 1900, 9999


class _Berlaku(Frozen):
    """What holds for some years reviewed only; without limits for all."""

    tahun_mulai: int = _TAHUN_AWAL
    tahun_akhir: int = _TAHUN_AKHIR

    def holds(self, tahun: int) -> bool:
        """Return whether the entry holds for the year reviewed."""
        return self.tahun_mulai <= tahun <= self.tahun_akhir


class KolomPutusan(Frozen):
    """Headings of the decision table of the berita acara, by which it is read again."""

    id_usulan: str
    usulan: str
    putusan: str
    penanggung_jawab: str
    tenggat: str
    sumber_dana: str
    catatan_putusan: str


class Saringan(Frozen):
    """Which rows: those whose column holds one of the values."""

    kolom: str
    nilai: tuple[str, ...]


class UsulanRapat(Frozen):
    """A table of proposals that the meeting decides on, and the columns that tell a proposal."""

    kode: str
    judul: str
    uraian: tuple[str, ...]
    penanggung_jawab: str = ""
    tenggat: str = ""
    sumber_dana: str = ""
    saring: Saringan | None = None


class Acara(Frozen):
    """One item of an agenda and its length in minutes."""

    nama: str
    pelaku: str
    menit: int


class Sesi(Frozen):
    """One meeting: the preparatory session or the plenary."""

    kode: str
    nama: str
    tujuan: str
    rujukan: str
    acara: tuple[Acara, ...]


class Unsur(_Berlaku):
    """A role that is invited; `sumber` makes one line per agency, place, or focus desa."""

    kode: str
    nama: str
    sesi: tuple[str, ...]
    rujukan: str
    sumber: Literal["", "opd", "kecamatan", "puskesmas", "lokus"] = ""


class BabNaskah(Frozen):
    """A section of a document: heading, paragraphs, list, then parts made from data (`isi`)."""

    judul: str = ""
    alinea: tuple[str, ...] = ()
    daftar: tuple[str, ...] = ()
    bernomor: bool = False
    isi: tuple[str, ...] = ()


class NaskahRapat(Frozen):
    """A document of the kit."""

    kode: str
    judul: str
    bab: tuple[BabNaskah, ...]


class SlaidRapat(Frozen):
    """A slide: title, list, chart and table made from data, words for the speaker.

    `judul_tanpa_angka` takes the place of a title whose numbers are missing.
    """

    kode: str
    judul: str
    judul_tanpa_angka: str = ""
    daftar: tuple[str, ...] = ()
    grafik: tuple[str, ...] = ()
    tabel: str = ""
    penyaji: tuple[str, ...] = ()


class TabelSlaid(Frozen):
    """A table that a slide may show: columns of a result table, their shares of the width."""

    kode: str
    sumber_tabel: str
    kolom: tuple[str, ...]
    lebar: tuple[int, ...]
    saring: Saringan | None = None


class AturanLembar(Frozen):
    """Limits and order of what a one-page sheet shows."""

    sasaran: tuple[str, ...]
    baris_cakupan: int
    nama_daftar: int
    banyak_pertanyaan: int
    sumber_dana_desa: str


class Tingkatan(Frozen):
    """A tier of desa by the order of the proposed list, up to a share of it."""

    kode: str
    nama: str
    sampai_persen: float


class Bila(Frozen):
    """When a question is asked: a measure of the place beyond a limit; missing never is."""

    ukuran: str
    di_bawah: float = float("-inf")
    di_atas: float = float("inf")

    def holds(self, nilai: float | None) -> bool:
        """Return whether the measure is below the one limit or above the other."""
        return nilai is not None and (nilai < self.di_bawah or nilai > self.di_atas)


class Pertanyaan(Frozen):
    """A question for those who read a sheet; without `bila` it may always be asked."""

    kode: str
    tingkat: tuple[Literal["kecamatan", "desa"], ...]
    teks: str
    bila: Bila | None = None


class AturanRapat(Frozen):
    """Everything that is written for a meeting."""

    rujukan: str
    status: Status
    kosong: str
    putusan: KolomPutusan
    usulan: tuple[UsulanRapat, ...]
    sesi: tuple[Sesi, ...]
    unsur: tuple[Unsur, ...]
    dokumen: tuple[NaskahRapat, ...]
    slaid: tuple[SlaidRapat, ...]
    tabel_slaid: tuple[TabelSlaid, ...]
    lembar_ringkas: AturanLembar
    tingkatan: tuple[Tingkatan, ...]
    pertanyaan: tuple[Pertanyaan, ...]
    penanda_tangan: Mapping[Literal["bawaan"], tuple[str, ...]]


@cached
def load_rapat() -> AturanRapat:
    """Return the declared kit; DefinisiError on an unknown or missing key."""
    return build(AturanRapat, read_toml(_BERKAS), _BERKAS)


def list_kata_putusan(*, lokus: bool = False) -> tuple[str, ...]:
    """Return the words of a decision, those on focus desa apart (`usulan.toml`)."""
    return tuple(read_toml("usulan.toml")["kegiatan"]["putusan_lokus" if lokus else "putusan"])
