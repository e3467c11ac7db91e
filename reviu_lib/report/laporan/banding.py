"""Several kabupaten of one year side by side; nobody is ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from reviu_lib.catalog import load_aturan, load_ringkasan
from reviu_lib.errors import LaporanError
from reviu_lib.formatting import format_value, is_missing
from reviu_lib.hasil import HasilReviu
from reviu_lib.report import narasi
from reviu_lib.report.grafik import GAMBAR_BANDING
from reviu_lib.report.grafik.gaya import distinct_names, pick
from reviu_lib.report.laporan.dasar import LaporanDasar, mark, unknown_name
from reviu_lib.report.laporan.sampul import list_kotak, render_kotak
from reviu_lib.report.susunan import load_susunan_banding
from reviu_lib.report.tabel import BentukTabel, KolomTampil
from reviu_lib.report.tampilan import Gambar, Potongan, tag

_JUDUL = {
    "banding_cakupan": "Capaian cakupan layanan (persen)",
    "banding_tanggal": "Batas data dan tanggal reviu",
}
_SUMBER = "hasil reviu tiap kabupaten; batas data masing-masing tercantum pada tabel pertama"


class LaporanBanding(LaporanDasar):
    """Reviews of one year side by side: `sampul()`, `narasi()`, `tabel(nama)`, `gambar(nama)`."""

    def __init__(self, daftar_hasil: Sequence[HasilReviu]) -> None:
        daftar = list(daftar_hasil)
        years = {hasil.tahun for hasil in daftar}
        if len(years) != 1:
            raise LaporanError(
                "Laporan banding memerlukan hasil reviu dari satu tahun yang sama.",
                di=", ".join(f"{hasil.nama} {hasil.tahun}" for hasil in daftar),
                lakukan="Pilih satu tahun, dan sedikitnya satu kabupaten.",
            )
        codes = [hasil.kode_kabupaten for hasil in daftar]
        if twice := sorted({kode for kode in codes if codes.count(kode) > 1}):
            raise LaporanError(
                "Laporan banding memuat kabupaten yang sama lebih dari sekali.",
                di=", ".join(twice),
                lakukan="Sebut setiap kode satu kali saja.",
            )
        contoh = any(hasil.contoh for hasil in daftar)
        super().__init__(nama="", tahun=years.pop(), batas=None, contoh=contoh)
        self.daftar = daftar
        self.nama_kolom = dict(zip(codes, distinct_names(daftar), strict=True))

    def sampul(self) -> Potongan:
        """Return the heading with the tiles of each kabupaten."""
        title = tag("p", "EDISI INTERNAL", class_="edisi-internal")
        title += tag(
            "h1", escape(f"Perbandingan {load_aturan(self.tahun).judul_reviu} {self.tahun}")
        ) + mark(self.contoh)
        parts = (
            tag("p", escape(self.nama_kolom[hasil.kode_kabupaten]), class_="atas-judul")
            + render_kotak(list_kotak(hasil))
            for hasil in self.daftar
        )
        return Potongan(tag("div", title + "".join(parts), class_="sampul"))

    def narasi(self, bab: str = "banding") -> Potongan:
        """Return the paragraphs that compare; LaporanError for another chapter."""
        if bab != "banding":
            raise unknown_name("Narasi", bab, ["banding"])
        texts = narasi.describe_banding(self.daftar)
        return Potongan("".join(tag("p", text) for text in texts))

    def tabel(self, nama: str) -> Potongan:
        """Return a table with one column per kabupaten; LaporanError for an unknown name."""
        if nama == "banding_cakupan":
            return self._cakupan()
        if nama == "banding_tanggal":
            return self._lines(nama, self._dates())
        if nama not in load_susunan_banding():
            raise unknown_name("Tabel", nama, self.daftar_tabel())
        return self._lines(nama, self._numbers(load_susunan_banding()[nama].baris))

    def daftar_tabel(self) -> list[str]:
        """Return the names that `tabel` knows."""
        return [*_JUDUL, *load_susunan_banding()]

    def gambar(self, nama: str) -> Gambar | Potongan:
        """Return a figure with all kabupaten; LaporanError for an unknown name."""
        if nama not in GAMBAR_BANDING:
            raise unknown_name("Gambar", nama, list(GAMBAR_BANDING))
        return self.show_gambar(nama, GAMBAR_BANDING[nama], self.daftar)

    def _numbers(self, baris: Mapping[str, str]) -> pd.DataFrame:
        """Return one row per aggregate number, formatted: `hal`, then a column per kabupaten."""
        catalogue = load_ringkasan()
        rows: dict[str, list[str]] = {"hal": list(baris.values())}
        for hasil in self.daftar:
            rows[hasil.kode_kabupaten] = [
                _shown(pick(hasil, kunci), catalogue[kunci].format) for kunci in baris
            ]
        return pd.DataFrame(rows)

    def _dates(self) -> pd.DataFrame:
        rows: dict[str, list[str]] = {"hal": ["Batas data", "Tanggal reviu", "Edisi"]}
        for hasil in self.daftar:
            days = (hasil.tanggal_cutoff, hasil.tanggal_reviu)
            rows[hasil.kode_kabupaten] = [
                *(format_value(day, "tanggal") for day in days),
                hasil.edisi,
            ]
        return pd.DataFrame(rows)

    def _lines(self, nama: str, frame: pd.DataFrame) -> Potongan:
        kolom = [KolomTampil("hal", "Hal"), *self._columns("teks")]
        judul = _JUDUL.get(nama) or load_susunan_banding()[nama].judul
        return self.show_tabel(nama, frame, kolom=kolom, judul=(judul, _SUMBER))

    def _columns(self, jenis: str) -> list[KolomTampil]:
        return [KolomTampil(kode, nama, jenis) for kode, nama in self.nama_kolom.items()]

    def _cakupan(self) -> Potongan:
        """Return coverage by indicator, matched by code within one set of indicators."""
        frames = [
            hasil.capaian_cakupan[hasil.capaian_cakupan["tingkat"].eq("kabupaten")]
            for hasil in self.daftar
        ]
        rows = pd.concat(frames, ignore_index=True)
        if rows["capaian_persen"].isna().all():
            return Potongan("")
        wide = rows.pivot(index="kode_indikator", columns="kode_wilayah", values="capaian_persen")
        names = rows.drop_duplicates("kode_indikator").set_index("kode_indikator")["indikator"]
        wide = wide.reindex(columns=[hasil.kode_kabupaten for hasil in self.daftar])
        wide.insert(0, "nama", names.reindex(wide.index))
        wide.insert(0, "kode", wide.index)
        kolom = [KolomTampil("kode", "Kode"), KolomTampil("nama", "Indikator")]
        return self.show_tabel(
            "banding_cakupan", wide, kolom=[*kolom, *self._columns("persen")],
            judul=(_JUDUL["banding_cakupan"], _SUMBER), bentuk=BentukTabel(kepala="nama"),
        )  # fmt: skip


def _shown(value: object, format: str) -> str:
    """Return a number of the summary with its unit in words."""
    unit = {"persen": " persen", "poin": " poin"}.get(format, "")
    return format_value(value, format) + ("" if is_missing(value) else unit)
