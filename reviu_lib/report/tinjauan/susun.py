"""The four pieces of a look at one indicator in one place, for a notebook and for the explorer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from html import escape

import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import Tabel, tabel_hasil, tabel_masukan
from reviu_lib.errors import LaporanError
from reviu_lib.formatting import format_number
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.laporan.dasar import LaporanDasar
from reviu_lib.report.tabel import BentukTabel, KolomTampil
from reviu_lib.report.tampilan import Gambar, Potongan, sentence, tag
from reviu_lib.report.telusur import telusuri
from reviu_lib.report.tinjauan.bagan import plot_tinjauan
from reviu_lib.report.tinjauan.kalimat import describe_tinjauan

_TABEL = "capaian_cakupan"
_KOLOM = (
    "wilayah", "tingkat", "pembilang", "penyebut", "capaian_persen", "target_persen",
    "selisih_target_poin", "status_capaian", "capaian_lalu_persen", "tren_poin",
)  # fmt: skip
# Where a row stands in its file, then what it says; never a column about a single child.
_KOLOM_ASAL = (
    KolomTampil("berkas", "Berkas"),
    KolomTampil("lembar", "Lembar"),
    KolomTampil("baris_berkas", "Baris", "tahun"),
)
_ISI_ASAL = ("desa", "periode", "pembilang", "penyebut", "jenis_penyebut")
_BARIS_ASAL = 12
_SUMBER = "lembar cakupan buku kerja kabupaten"


class Tinjauan(LaporanDasar):
    """One indicator in one place: `kalimat`, `gambar`, `tabel`, and `asal` of its number.

    `kode_wilayah` is a kabupaten, kecamatan, or desa. LaporanError when the result has no such
    row, with what there is.
    """

    def __init__(
        self, bahan: BahanReviu, hasil: HasilReviu, *, kode_indikator: str, kode_wilayah: str
    ) -> None:
        super().__init__(
            nama=hasil.nama, tahun=hasil.tahun, batas=hasil.tanggal_cutoff, contoh=hasil.contoh
        )
        self.bahan, self.hasil = bahan, hasil
        # A piece keeps its number, whichever of them is shown first or alone.
        self._urutan = {"Tabel": ["tinjauan", "asal"], "Gambar": ["tinjauan"]}
        frame = hasil.capaian_cakupan
        self._same = frame[frame["kode_indikator"].eq(kode_indikator).fillna(False)]
        if self._same.empty:
            known = ", ".join(frame["kode_indikator"].unique())
            raise LaporanError(
                f"Indikator '{kode_indikator}' tidak ada pada hasil {hasil.nama} {hasil.tahun}.",
                lakukan=f"Pilih salah satu: {known}." if known else "Isi lembar cakupan.",
            )
        found = self._same[self._same["kode_wilayah"].eq(kode_wilayah).fillna(False)]
        if found.empty:
            raise _no_place(hasil, kode_indikator, kode_wilayah)
        self._row = found.iloc[0]

    @property
    def alamat(self) -> str:
        """The address of the number: `capaian_cakupan/<baris>/capaian_persen`."""
        return f"{_TABEL}/{self._row['baris']}/capaian_persen"

    @cached_property
    def kalimat(self) -> Potongan:
        """The paragraph on level, target, and direction."""
        return Potongan(tag("p", describe_tinjauan(self.hasil, self._row)))

    @cached_property
    def gambar(self) -> Gambar | Potongan:
        """The chart: a desa among the desa of its kecamatan, else all kecamatan."""
        bagan = plot_tinjauan(self.hasil, self._row, self._beside())
        if bagan.kosong:
            return sentence(bagan.alt)
        title = f"{self._row['indikator']}, {self._row['wilayah']}"
        return Gambar(
            bagan, bagan.alt, self._number("Gambar", "tinjauan"), title, self._source(_SUMBER)
        )

    @cached_property
    def tabel(self) -> Potongan:
        """The table: the place, what it lies in, and numerator, denominator, target, status."""
        codes = _above(str(self._row["kode_wilayah"]))
        rows = self._same[self._same["kode_wilayah"].isin(codes)]
        rows = rows.sort_values("kode_wilayah", ascending=False, kind="stable")
        return self.show_tabel(
            "tinjauan", rows, kolom=_columns(tabel_hasil()[_TABEL], _KOLOM),
            judul=(f"{self._row['indikator']} ({self._row['kode_indikator']})", _SUMBER),
            bentuk=BentukTabel(kepala="wilayah"),
        )  # fmt: skip

    @cached_property
    def asal(self) -> Potongan:
        """The rows of the files that the number was made from, the first dozen and their count."""
        rows = telusuri(self.bahan, self.alamat)
        if rows.empty:
            return sentence("Tidak ada baris berkas yang tercatat sebagai asal angka ini.")
        count = f"{format_number(len(rows))} baris berkas menjadi dasar angka ini"
        kolom = [*_KOLOM_ASAL, *_columns(tabel_masukan()["cakupan"], _ISI_ASAL)]
        more = f"; ditampilkan {_BARIS_ASAL} yang pertama" if len(rows) > _BARIS_ASAL else ""
        return self.show_tabel(
            "asal", rows.head(_BARIS_ASAL), kolom=kolom,
            judul=(f"{count}{more}", "data/raw"), bentuk=BentukTabel(kepala="berkas"),
        )  # fmt: skip

    def _beside(self) -> pd.DataFrame:
        """Return the rows of the chart: the desa of the same kecamatan, else the kecamatan.

        Where none of them has a number, the place stands alone.
        """
        desa = self._row["tingkat"] == "desa"
        above = str(self._row["kode_wilayah"]).rpartition(".")[0] if desa else ""
        level = self._same["tingkat"].eq("desa" if desa else "kecamatan").fillna(False)
        within = self._same["kode_wilayah"].str.startswith(f"{above}." if desa else "")
        rows = self._same[level & within.fillna(False)]
        alone = self._same["baris"].eq(self._row["baris"])
        return rows if rows["capaian_persen"].notna().any() else self._same[alone]

    def __repr__(self) -> str:
        where = escape(str(self._row["wilayah"]))
        return f"Tinjauan({self._row['kode_indikator']} di {where}, {self.tahun})"


def _no_place(hasil: HasilReviu, kode_indikator: str, kode_wilayah: str) -> LaporanError:
    """Return the error for a place unknown, or unknown to this indicator alone."""
    if hasil.capaian_cakupan["kode_wilayah"].eq(kode_wilayah).any():
        return LaporanError(
            f"Indikator {kode_indikator} tidak dilaporkan per kecamatan atau desa di {hasil.nama}.",
            lakukan="Pilih seluruh kabupaten/kota, atau indikator lain.",
        )
    return LaporanError(
        f"Wilayah '{kode_wilayah}' tidak ada pada hasil {hasil.nama} {hasil.tahun}.",
        lakukan="Tulis kode kabupaten, kecamatan, atau desa, misalnya 73.12.01.2003.",
    )


def _above(kode: str) -> list[str]:
    """Return the code and those of the kecamatan and kabupaten around it."""
    parts = kode.split(".")
    return [".".join(parts[:size]) for size in range(2, len(parts) + 1)]


def _columns(tabel: Tabel, names: Sequence[str]) -> list[KolomTampil]:
    kolom = [tabel[name] for name in names]
    return [KolomTampil(satu.nama, satu.judul, satu.jenis, satu.arti) for satu in kolom]
