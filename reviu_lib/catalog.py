"""What an official can change, loaded from `definitions/` as frozen, strict objects.

Every loader refuses unknown and missing keys, so that a mistyped key is an error and never a
silently ignored rule. Nothing here knows a year: `load_aturan(tahun)` chooses the era.
"""

from __future__ import annotations

import operator
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar

import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError

from reviu_lib.errors import DefinisiError, KodeError

Model = TypeVar("Model", bound=BaseModel)
Status = Literal["terverifikasi", "asumsi"]
_DTYPES = {
    **dict.fromkeys(("kode", "teks", "pilihan"), "string"),
    **dict.fromkeys(("jumlah", "rupiah", "tahun", "hari"), "Int64"),
    **dict.fromkeys(("desimal", "persen", "poin", "zskor", "peluang"), "float64"),
    "tanggal": "datetime64[ns]",
    "ya_tidak": "boolean",
}


_KELIRU = {"extra_forbidden": "kunci ini tidak dikenal", "missing": "kunci ini wajib ada"}


class Frozen(BaseModel):
    """A declaration: never changed, unknown keys refused, nothing converted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Kolom(Frozen):
    """One column of a canonical table: kind, report heading, meaning, and limits."""

    nama: str
    jenis: Literal[
        "kode", "teks", "pilihan", "jumlah", "rupiah", "tahun", "hari",
        "desimal", "persen", "poin", "zskor", "peluang", "tanggal", "ya_tidak",
    ]  # fmt: skip
    judul: str
    arti: str
    wajib: bool = False
    lembar: str = ""
    pilihan: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None

    @property
    def judul_lembar(self) -> str:
        """The heading of this column in the kabupaten workbook."""
        return self.lembar or self.nama

    @property
    def dtype(self) -> str:
        """The pandas dtype of this column."""
        return _DTYPES[self.jenis]


class Tabel(Frozen):
    """A canonical table: columns in order, key, and source."""

    nama: str
    judul: str
    arti: str
    kunci: tuple[str, ...]
    rujukan: str
    kolom: tuple[Kolom, ...]
    lembar: str = ""

    @property
    def nama_kolom(self) -> list[str]:
        """Column names in declared order."""
        return [kolom.nama for kolom in self.kolom]

    def __getitem__(self, nama: str) -> Kolom:
        for kolom in self.kolom:
            if kolom.nama == nama:
                return kolom
        raise DefinisiError(f"Tabel {self.nama} tidak mempunyai kolom {nama}.")

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` with exactly the declared columns, order, and dtypes, RangeIndex.

        Absent columns become missing values. Undeclared columns raise DefinisiError: they are a
        fault in our code, not in the data.
        """
        if self._fits(frame):
            return frame.copy()
        unknown = sorted(set(frame.columns) - set(self.nama_kolom))
        if unknown:
            raise DefinisiError(f"Tabel {self.nama}: kolom tak dideklarasikan {unknown}.")
        columns = {kolom.nama: _column(frame, kolom) for kolom in self.kolom}
        return pd.DataFrame(columns, index=frame.index).reset_index(drop=True)

    def _fits(self, frame: pd.DataFrame) -> bool:
        """Return True when there is nothing to convert."""
        return (
            isinstance(frame.index, pd.RangeIndex)
            and frame.index.equals(pd.RangeIndex(len(frame)))
            and list(frame.columns) == self.nama_kolom
            and list(frame.dtypes) == [kolom.dtype for kolom in self.kolom]
        )

    def empty(self) -> pd.DataFrame:
        """Return the table with its columns and dtypes and no rows."""
        return _empty(self).copy()


@cache
def _empty(tabel: Tabel) -> pd.DataFrame:
    return tabel.conform(pd.DataFrame())


def _column(frame: pd.DataFrame, kolom: Kolom) -> pd.Series:
    """Return a column in its dtype; all missing when the frame does not have it."""
    if kolom.nama in frame:
        return frame[kolom.nama].astype(kolom.dtype)
    return pd.Series(None, index=frame.index, dtype=kolom.dtype)


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


class PeriodeTakSebanding(Frozen):
    """A month whose figures stand beside no other month, with the reason a reader is given."""

    tahun: int
    bulan: int
    nama: str
    alasan: str
    rujukan: str
    status: Status


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


class KategoriHambatan(Frozen):
    """A barrier category with words to recognise it and a general direction of solution."""

    kode: str
    nama: str
    arti: str
    arahan_solusi: str
    pertanyaan: str


class JenisTemuan(Frozen):
    """A kind of finding: severity and the words for what is wrong, what was done, what to do."""

    kode: str
    nama: str
    tingkat: Literal["galat", "peringatan", "catatan"]
    uraian: str
    tindakan: str
    saran: str


class AngkaRingkasan(Frozen):
    """One aggregate number a narrative may quote."""

    kunci: str
    bab: str
    format: str
    uraian: str


def read_toml(*path: str) -> dict[str, Any]:
    """Return a TOML file under `definitions/` as a dict; DefinisiError names the file."""
    resource = files("reviu_lib").joinpath("definitions", *path)
    try:
        return tomllib.loads(resource.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DefinisiError(
            f"Berkas definisi tidak dapat dibaca: {error}", di="/".join(path)
        ) from error


def _with_tuples(value: Any) -> Any:
    """Return parsed TOML with its arrays as tuples, as the frozen models hold them."""
    if isinstance(value, Mapping):
        return {key: _with_tuples(item) for key, item in value.items()}
    return tuple(map(_with_tuples, value)) if isinstance(value, list) else value


def build(model: type[Model], data: Mapping[str, Any], where: str) -> Model:
    """Return `model` from `data`, refusing unknown and missing keys with an Indonesian message."""
    try:
        return model.model_validate(_with_tuples(data))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise DefinisiError(
            f"Definisi tidak sah pada kunci '{key}': {_say_fault(first)}",
            di=where,
            lakukan="Perbaiki kunci itu; kunci yang boleh ada tercantum di docs/kamus-data.md.",
        ) from error


def _say_fault(fault: Mapping[str, Any]) -> str:
    """Return in Indonesian what is wrong with a key."""
    if fault["type"] == "literal_error":
        expected = fault["ctx"]["expected"].replace(" or ", " atau ")
        return f"isinya harus salah satu dari {expected}"
    return _KELIRU.get(fault["type"], "isinya bukan jenis yang diminta")


def _load_tables(filename: str) -> dict[str, Tabel]:
    tables = {}
    for nama, data in read_toml(filename).items():
        columns = [{"nama": key, **spec} for key, spec in data["kolom"].items()]
        tables[nama] = build(
            Tabel, {**data, "nama": nama, "kolom": columns}, f"{filename} [{nama}]"
        )
    return tables


@cache
def tabel_masukan() -> Mapping[str, Tabel]:
    """Return the canonical input tables by name, in declared order."""
    return _load_tables("tabel_masukan.toml")


@cache
def tabel_hasil() -> Mapping[str, Tabel]:
    """Return the result tables by name, in the order of the six outputs and the document."""
    return _load_tables("tabel_hasil.toml")


@cache
def load_ambang() -> Ambang:
    """Return all thresholds and scales."""
    return build(Ambang, read_toml("ambang.toml"), "ambang.toml")


@cache
def _all_aturan() -> tuple[Aturan, ...]:
    folder = files("reviu_lib").joinpath("definitions", "aturan")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(build(Aturan, read_toml("aturan", name), f"aturan/{name}") for name in names)


def load_aturan(tahun: int) -> Aturan:
    """Return the rules of the era that holds in `tahun`; KodeError when none does."""
    for aturan in _all_aturan():
        if aturan.tahun_mulai <= tahun <= aturan.tahun_akhir:
            return aturan
    raise KodeError(
        f"Belum ada aturan untuk tahun reviu {tahun}.",
        lakukan="Periksa tahunnya, atau tambahkan berkas era di reviu_lib/definitions/aturan/.",
    )


@cache
def load_indikator(set_indikator: str) -> Mapping[str, Indikator]:
    """Return the cards of an indicator set by code, in code order; DefinisiError if none."""
    folder = files("reviu_lib").joinpath("definitions", "indikator", set_indikator)
    if not folder.is_dir():
        raise DefinisiError(
            f"Set indikator '{set_indikator}' tidak ada.",
            di="definitions/indikator",
            lakukan="Perbaiki set_indikator pada berkas era, atau tambahkan folder kartunya.",
        )
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    cards = [
        build(
            Indikator,
            read_toml("indikator", set_indikator, name),
            f"indikator/{set_indikator}/{name}",
        )
        for name in names
    ]
    return {card.kode: card for card in cards}


def load_named(model: type[Model], filename: str) -> dict[str, Model]:
    """Return the sections of a definition file by their name, which is the key `kode`."""
    return {
        kode: build(model, {"kode": kode, **entry}, f"{filename} [{kode}]")
        for kode, entry in read_toml(filename).items()
    }


@cache
def load_hambatan() -> Mapping[str, KategoriHambatan]:
    """Return the barrier categories by code."""
    return load_named(KategoriHambatan, "hambatan.toml")


@cache
def load_temuan() -> Mapping[str, JenisTemuan]:
    """Return the kinds of findings by code."""
    return load_named(JenisTemuan, "temuan.toml")


@cache
def load_ringkasan() -> Mapping[str, AngkaRingkasan]:
    """Return the aggregate numbers by key, in declared order."""
    return {
        kunci: build(
            AngkaRingkasan, {"kunci": kunci, "bab": bab, **entry}, f"ringkasan.toml [{bab}]"
        )
        for bab, entries in read_toml("ringkasan.toml").items()
        for kunci, entry in entries.items()
    }
