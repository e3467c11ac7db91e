"""The three editions of a review: their words, what the part that differs is made from, and the
workbook of next year's plan beside the final one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from reviu_lib.catalog.definisi import cached, read_toml
from reviu_lib.catalog.model import Frozen, Status, build
from reviu_lib.catalog.tabel import Kolom

FINAL = "final"


class Edisi(Frozen):
    """The words of one edition: its name, what it is for, and the heading of its part."""

    nama: str
    tujuan: str
    judul: str


class BahanRapat(Frozen):
    """A table of the inputs: the chapter that rests on it, and who gives it."""

    tabel: str
    bab: str
    dari: str


class PertanyaanRapat(Frozen):
    """Rows of a result table that hold an open question, or ask `bunyi`.

    `perihal` are the columns that may name its subject, `kepada` the one that names who answers.
    """

    tabel: str
    perihal: tuple[str, ...]
    kepada: str
    kolom: str = ""
    bunyi: str = ""
    saring: Mapping[str, tuple[str, ...]] = {}


class PokokPutusan(Frozen):
    """A table of proposals: what the meeting decides there, and which columns tell it.

    `setara` are words of a decision that mean the same as a word of the proposal.
    """

    tabel: str
    nama: str
    bab: str
    uraian: tuple[str, ...]
    penanggung_jawab: str
    usulan: str = ""
    setara: Mapping[str, str] = {}


class PerubahanEdisi(Frozen):
    """What is compared between two editions, and the words for why something changed."""

    lewati_tabel: tuple[str, ...]
    lewati_kolom: tuple[str, ...]
    butir: tuple[str, ...]
    pokok: tuple[str, ...]
    sebab: Mapping[Literal["putusan", "edisi", "berkas", "aturan", "keduanya", "tahun_lain"], str]


class AturanEdisi(Frozen):
    """Everything declared about editions."""

    rujukan: str
    status: Status
    edisi: Mapping[str, Edisi]
    bahan: tuple[BahanRapat, ...]
    pertanyaan: tuple[PertanyaanRapat, ...]
    pokok: tuple[PokokPutusan, ...]
    perubahan: PerubahanEdisi


@cached
def load_aturan_edisi() -> AturanEdisi:
    """Return what `edisi.toml` declares."""
    return build(AturanEdisi, read_toml("edisi.toml"), "edisi.toml")


def find_edisi(kode: str) -> Edisi:
    """Return the words of an edition; one that is not declared is called by its own name."""
    return load_aturan_edisi().edisi.get(kode) or Edisi(nama=kode, tujuan="bahan reviu", judul=kode)


class KolomRencana(Frozen):
    """The heading and kind of one column."""

    judul: str
    jenis: str


class LembarRencana(Frozen):
    """One sheet: its name, the title above, and its columns by the name of their values."""

    lembar: str
    judul: str
    kolom: Mapping[str, KolomRencana]

    def headings(self) -> tuple[Kolom, ...]:
        """Return the columns as the workbook writes them."""
        return tuple(
            Kolom.model_validate({"nama": nama, "arti": "", **spec.model_dump()})
            for nama, spec in self.kolom.items()
        )


class LembarLokus(LembarRencana):
    """The sheet of focus desa, and the words of a decision that make a desa one."""

    disepakati: tuple[str, ...]


class LembarKesenjangan(Frozen):
    """The sheet of gaps: columns of the result table."""

    lembar: str
    judul: str
    kolom: tuple[str, ...]


class LembarBelum(Frozen):
    """The sheet of what is not ready: the columns of the plan, and why."""

    lembar: str
    judul: str
    sebab: KolomRencana


class AturanRencana(Frozen):
    """Everything declared about next year's plan."""

    rujukan: str
    status: Status
    belum_diputuskan: str
    tanpa_sub_kegiatan: str
    dasar_lokus: str
    petunjuk: tuple[str, ...]
    kegiatan: LembarRencana
    belum: LembarBelum
    kesenjangan: LembarKesenjangan
    lokus: LembarLokus


@cached
def load_aturan_rencana() -> AturanRencana:
    """Return what `rencana.toml` declares."""
    return build(AturanRencana, read_toml("rencana.toml"), "rencana.toml")
