"""HasilReviu: what a review concludes, the content of the Dokumen Hasil Reviu.

HasilBanding is what a comparison of several reviews concludes. In both, every cell of every table
has an address `table/baris/column`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property, partial
from typing import Any, ClassVar

import pandas as pd

from reviu_lib.catalog import Tabel, tabel_banding, tabel_hasil
from reviu_lib.errors import DefinisiError
from reviu_lib.formatting import (
    PENANDA_CONTOH,
    TERTUTUP,
    format_number,
    format_tanggal,
    is_missing,
)
from reviu_lib.kartu import Daftar, render_kartu

# The card of a result: the numbers it opens with, and the table of each of the six outputs.
_ANGKA_KARTU = {
    "survei_terakhir_persen": "Prevalensi stunting, survei terakhir (persen)",
    "register_persen": "Prevalensi stunting, register terakhir (persen)",
    "indikator_tercapai_persen": "Indikator mencapai target (persen)",
    "serapan_persen": "Serapan anggaran (persen)",
    "tepat_waktu_persen": "Kegiatan tepat waktu (persen)",
}
_TABEL_KARTU = (
    "capaian_cakupan",
    "realisasi_kegiatan",
    "realisasi_anggaran",
    "faktor_penghambat",
    "perkembangan_prevalensi",
    "rekomendasi",
)


class _Bertabel(ABC):
    """What both results share: declared tables whose first column `baris` is a unique key."""

    @property
    @abstractmethod
    def katalog(self) -> Mapping[str, Tabel]:
        """The declared tables by field name."""

    def __post_init__(self) -> None:
        for name, tabel in self.katalog.items():
            frame = tabel.conform(getattr(self, name))
            if frame["baris"].nunique() < len(frame):  # a missing cell counts as none
                raise DefinisiError(f"Tabel {name}: kolom baris kosong atau tidak unik.")
            object.__setattr__(self, name, frame)

    def value(self, asal: str) -> Any:
        """Return the cell named `table/baris/column`; DefinisiError when there is none."""
        table, _, rest = asal.partition("/")
        baris, _, column = rest.rpartition("/")
        if table not in self.katalog or column not in self.katalog[table].nama_kolom:
            raise DefinisiError(f"Rujukan angka tidak dikenal: {asal}.")
        frame: pd.DataFrame = getattr(self, table)
        cell = frame.loc[frame["baris"] == baris, column]
        if len(cell) != 1:
            raise DefinisiError(f"Rujukan angka tidak menunjuk tepat satu baris: {asal}.")
        return cell.iloc[0]


def _table(tabel: str, katalog: Callable[[], Mapping[str, Tabel]] = tabel_hasil) -> Any:
    return field(default_factory=lambda: katalog()[tabel].empty())


@dataclass(frozen=True)
class HasilReviu(_Bertabel):
    """Results of one kabupaten and year.

    Field order is the order of the six outputs, then of the document's parts. Every table has
    the columns of `definitions/tabel_hasil.toml`; its first column `baris` is a unique key, so
    that `table/baris/column` names any number of the report. In the public edition (`publik`) the
    closed numbers are missing values, and `tertutup` holds their addresses.

    A notebook shows it as a card; its tables are plain DataFrames:

        hasil = load_hasil("73.12", 2024)
        hasil
        hasil.capaian_cakupan.query("tingkat == 'kabupaten'")
        hasil.value("ringkasan/serapan_persen/nilai")
    """

    kode_kabupaten: str
    nama: str
    tahun: int
    tanggal_cutoff: date
    tanggal_reviu: date
    edisi: str = "rapat"
    contoh: bool = False
    capaian_cakupan: pd.DataFrame = _table("capaian_cakupan")
    pemerataan_cakupan: pd.DataFrame = _table("pemerataan_cakupan")
    pasokan: pd.DataFrame = _table("pasokan")
    cakupan_semester: pd.DataFrame = _table("cakupan_semester")
    penyebut_indikator: pd.DataFrame = _table("penyebut_indikator")
    konvergensi_sasaran: pd.DataFrame = _table("konvergensi_sasaran")
    konvergensi_layanan: pd.DataFrame = _table("konvergensi_layanan")
    keterpaduan_layanan: pd.DataFrame = _table("keterpaduan_layanan")
    konvergensi_desa: pd.DataFrame = _table("konvergensi_desa")
    realisasi_kegiatan: pd.DataFrame = _table("realisasi_kegiatan")
    kaskade: pd.DataFrame = _table("kaskade")
    kesinambungan_rencana: pd.DataFrame = _table("kesinambungan_rencana")
    realisasi_anggaran: pd.DataFrame = _table("realisasi_anggaran")
    faktor_penghambat: pd.DataFrame = _table("faktor_penghambat")
    petunjuk_hambatan: pd.DataFrame = _table("petunjuk_hambatan")
    pareto_hambatan: pd.DataFrame = _table("pareto_hambatan")
    silang_hambatan: pd.DataFrame = _table("silang_hambatan")
    perkembangan_prevalensi: pd.DataFrame = _table("perkembangan_prevalensi")
    triangulasi: pd.DataFrame = _table("triangulasi")
    laju_prevalensi: pd.DataFrame = _table("laju_prevalensi")
    periksa_target: pd.DataFrame = _table("periksa_target")
    prevalensi_kelompok: pd.DataFrame = _table("prevalensi_kelompok")
    sebaran_z: pd.DataFrame = _table("sebaran_z")
    kohort: pd.DataFrame = _table("kohort")
    efektivitas_kegiatan: pd.DataFrame = _table("efektivitas_kegiatan")
    biaya_satuan: pd.DataFrame = _table("biaya_satuan")
    kaitan_desa: pd.DataFrame = _table("kaitan_desa")
    rekomendasi: pd.DataFrame = _table("rekomendasi")
    usulan_kegiatan: pd.DataFrame = _table("usulan_kegiatan")
    kesenjangan_cakupan: pd.DataFrame = _table("kesenjangan_cakupan")
    rancangan_kegiatan: pd.DataFrame = _table("rancangan_kegiatan")
    penilaian_aksi: pd.DataFrame = _table("penilaian_aksi")
    aksi_kecamatan: pd.DataFrame = _table("aksi_kecamatan")
    sasaran_kecamatan: pd.DataFrame = _table("sasaran_kecamatan")
    periksa_bukti: pd.DataFrame = _table("periksa_bukti")
    hasil_penilaian: pd.DataFrame = _table("hasil_penilaian")
    usulan_lokus: pd.DataFrame = _table("usulan_lokus")
    tindak_lanjut: pd.DataFrame = _table("tindak_lanjut")
    mutu_data: pd.DataFrame = _table("mutu_data")
    penilaian_ukur: pd.DataFrame = _table("penilaian_ukur")
    pola_ukur: pd.DataFrame = _table("pola_ukur")
    pemeriksaan_ukur: pd.DataFrame = _table("pemeriksaan_ukur")
    pengembalian: pd.DataFrame = _table("pengembalian")
    ringkasan: pd.DataFrame = _table("ringkasan")
    rekap_indikator: pd.DataFrame = _table("rekap_indikator")
    angka_terbit: pd.DataFrame = _table("angka_terbit")
    bahan_reviu: pd.DataFrame = _table("bahan_reviu")
    pertanyaan_terbuka: pd.DataFrame = _table("pertanyaan_terbuka")
    pokok_putusan: pd.DataFrame = _table("pokok_putusan")
    putusan_rapat: pd.DataFrame = _table("putusan_rapat")
    perubahan_edisi: pd.DataFrame = _table("perubahan_edisi")
    perubahan_berkas: pd.DataFrame = _table("perubahan_berkas")
    terbit_kemudian: pd.DataFrame = _table("terbit_kemudian")
    # Of the public edition, which is made anew each time and never kept beside the inputs.
    publik: bool = field(default=False, metadata={"disimpan": False})
    tertutup: frozenset[str] = field(default=frozenset(), metadata={"disimpan": False})

    @property
    def katalog(self) -> Mapping[str, Tabel]:
        """The declared tables by field name."""
        return tabel_hasil()

    @property
    def kode_rujukan(self) -> str:
        """What `data-kode` calls it."""
        return self.kode_kabupaten

    def shown(self, tabel: str) -> pd.DataFrame:
        """Return a table as it is put on paper: closed cells hold `TERTUTUP`, not nothing."""
        frame: pd.DataFrame = getattr(self, tabel)
        for kolom, barises in self.closed.get(tabel, {}).items():
            cells = frame[kolom].astype("object")
            frame = frame.assign(**{kolom: cells.mask(frame["baris"].isin(barises), TERTUTUP)})
        return frame

    @cached_property
    def closed(self) -> dict[str, dict[str, list[str]]]:
        """The rows (`baris`) of the closed cells, by table and column."""
        found: dict[str, dict[str, list[str]]] = {}
        for asal in self.tertutup:
            tabel, _, rest = asal.partition("/")
            baris, _, kolom = rest.rpartition("/")
            found.setdefault(tabel, {}).setdefault(kolom, []).append(baris)
        return found

    def __repr__(self) -> str:
        rows = ", ".join(f"{name} {len(getattr(self, name))}" for name in table_names())
        return f"HasilReviu({self.kode_kabupaten} {self.nama}, {self.tahun}: {rows})"

    def _repr_html_(self) -> str:
        """Return the card: the main numbers, and what to type for the table of each output."""
        rest = len(self.katalog) - len(_TABEL_KARTU)
        mark = f" {PENANDA_CONTOH}." if self.contoh else ""
        return render_kartu(
            f"Hasil reviu {self.nama} {self.tahun} ({self.kode_kabupaten})",
            f"Edisi {self.edisi}, batas data {format_tanggal(self.tanggal_cutoff)}.{mark}",
            Daftar(("Angka pokok", "Nilai"), self._list_angka()),
            Daftar(("Keluaran", "Baris", "Ketik"), self._list_tabel(), frozenset({2})),
            f"Ada {format_number(rest)} tabel lain; semua namanya: list(hasil.katalog).",
        )

    def _list_angka(self) -> list[tuple[str, str]]:
        values = dict(zip(self.ringkasan["baris"], self.ringkasan["nilai"], strict=True))
        return [
            (judul, format_number(values[kunci], 1))
            for kunci, judul in _ANGKA_KARTU.items()
            if not is_missing(values.get(kunci))
        ]

    def _list_tabel(self) -> list[tuple[str, str, str]]:
        return [
            (self.katalog[name].judul, format_number(len(getattr(self, name))), f"hasil.{name}")
            for name in _TABEL_KARTU
        ]


@dataclass(frozen=True)
class EdisiTersimpan:
    """The result of an earlier edition, and what it was made from that is different now.

    `berkas` are the raw files by name: baru, berubah, or tidak ada lagi. `aturan` is True when the
    declarations or the program changed, `tahun_lain` when the data of an earlier year did.
    """

    hasil: HasilReviu
    berkas: Mapping[str, str] = field(default_factory=dict)
    aturan: bool = False
    tahun_lain: bool = False


def table_names() -> list[str]:
    """Return the table fields of HasilReviu in declared order."""
    return [item.name for item in fields(HasilReviu) if item.type == "pd.DataFrame"]


_compared = partial(_table, katalog=tabel_banding)


@dataclass(frozen=True)
class HasilBanding(_Bertabel):
    """Several kabupaten beside each other: `tahun` is the main year, the last of those compared.

    Every table has the columns of `definitions/tabel_banding.toml`. Nothing in it is a decision,
    and no place has a rank that the intervals do not carry.
    """

    # A comparison closes nothing: it is not published.
    tertutup: ClassVar[frozenset[str]] = frozenset()
    tahun: int
    contoh: bool = False
    peserta: pd.DataFrame = _compared("peserta")
    perhatian: pd.DataFrame = _compared("perhatian")
    peringkat: pd.DataFrame = _compared("peringkat")
    deret: pd.DataFrame = _compared("deret")
    pelajaran: pd.DataFrame = _compared("pelajaran")
    pasangan: pd.DataFrame = _compared("pasangan")
    peta_mutu: pd.DataFrame = _compared("peta_mutu")

    @property
    def katalog(self) -> Mapping[str, Tabel]:
        """The declared tables by field name."""
        return tabel_banding()

    @property
    def kode_rujukan(self) -> str:
        """What `data-kode` calls it."""
        return "banding"

    def __repr__(self) -> str:
        rows = ", ".join(f"{name} {len(getattr(self, name))}" for name in self.katalog)
        return f"HasilBanding({self.tahun}: {rows})"


def distinct_names(daftar: Sequence[HasilReviu]) -> list[str]:
    """Return the names, with the code where a kabupaten and a kota share one."""
    names = [hasil.nama for hasil in daftar]
    return [
        name if names.count(name) == 1 else f"{name} ({hasil.kode_kabupaten})"
        for name, hasil in zip(names, daftar, strict=True)
    ]
