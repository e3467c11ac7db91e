"""Several kabupaten side by side; nobody is ranked where the intervals do not carry it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from reviu_lib.catalog import load_aturan, load_ringkasan
from reviu_lib.errors import LaporanError
from reviu_lib.formatting import format_number, format_value, is_missing
from reviu_lib.hasil import HasilBanding, HasilReviu, distinct_names
from reviu_lib.report.grafik import GAMBAR_BANDING
from reviu_lib.report.grafik.gaya import pick
from reviu_lib.report.laporan.dasar import LaporanDasar, mark, unknown_name
from reviu_lib.report.laporan.sampul import list_kotak, render_kotak
from reviu_lib.report.narasi.banding import BAB_BANDING
from reviu_lib.report.susunan import (
    SusunanTabelBanding,
    load_susunan_banding,
    load_susunan_tabel_banding,
    select_rows,
)
from reviu_lib.report.tabel import BentukTabel, KolomTampil, columns_of
from reviu_lib.report.tampilan import Gambar, Potongan, sentence, tag

_JUDUL = {
    "banding_cakupan": "Capaian cakupan layanan (persen)",
    "banding_tanggal": "Batas data dan tanggal reviu",
}
_SUMBER = "hasil reviu tiap kabupaten; batas data masing-masing tercantum pada tabel pertama"
# More kabupaten than these stand in rows instead of columns, and have no tiles on the cover.
_KOLOM_MAKS, _KOTAK_MAKS = 10, 4


class LaporanBanding(LaporanDasar):
    """Reviews of one year side by side: `sampul()`, `narasi(bab)`, `tabel(nama)`, `gambar(nama)`.

    `banding` is what `review.banding.compare_kabupaten` made of the same results. Without it the
    numbers stand beside each other, and the pieces that compare say that there is nothing.
    """

    def __init__(
        self, daftar_hasil: Sequence[HasilReviu], banding: HasilBanding | None = None
    ) -> None:
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
        self.banding = banding or HasilBanding(self.tahun, contoh=contoh)
        self.nama_kolom = dict(zip(codes, distinct_names(daftar), strict=True))

    def sampul(self) -> Potongan:
        """Return the heading; for a few kabupaten with the tiles of each."""
        title = tag("p", "EDISI INTERNAL", class_="edisi-internal")
        title += tag(
            "h1", escape(f"Perbandingan {load_aturan(self.tahun).judul_reviu} {self.tahun}")
        ) + mark(self.contoh)
        few = self.daftar if len(self.daftar) <= _KOTAK_MAKS else []
        parts = (
            tag("p", escape(self.nama_kolom[hasil.kode_kabupaten]), class_="atas-judul")
            + render_kotak(list_kotak(hasil, tandai=True))
            for hasil in few
        )
        return Potongan(tag("div", title + "".join(parts), class_="sampul"))

    def narasi(self, bab: str = "banding") -> Potongan:
        """Return the paragraphs of a chapter; LaporanError for one that does not exist."""
        if bab not in BAB_BANDING:
            raise unknown_name("Narasi", bab, self.daftar_narasi())
        texts = BAB_BANDING[bab](self.banding, self.daftar)
        return Potongan("".join(tag("p", text) for text in texts))

    def daftar_narasi(self) -> list[str]:
        """Return the chapters that `narasi` knows."""
        return list(BAB_BANDING)

    def tabel(self, nama: str) -> Potongan:
        """Return a table of the comparison; LaporanError for an unknown name."""
        if nama == "banding_cakupan":
            return self._cakupan()
        if nama == "banding_tanggal":
            return self._lines(nama, self._dates())
        if nama in load_susunan_tabel_banding():
            return self._compared(load_susunan_tabel_banding()[nama])
        if nama not in load_susunan_banding():
            raise unknown_name("Tabel", nama, self.daftar_tabel())
        return self._lines(nama, self._numbers(load_susunan_banding()[nama].baris))

    def daftar_tabel(self) -> list[str]:
        """Return the names that `tabel` knows."""
        return [*_JUDUL, *load_susunan_banding(), *load_susunan_tabel_banding()]

    def gambar(self, nama: str) -> Gambar | Potongan:
        """Return a figure with all kabupaten; LaporanError for an unknown name."""
        if nama not in GAMBAR_BANDING:
            raise unknown_name("Gambar", nama, list(GAMBAR_BANDING))
        return self.show_gambar(nama, GAMBAR_BANDING[nama], self.banding)

    def _compared(self, susunan: SusunanTabelBanding) -> Potongan:
        """Return a table of HasilBanding, cut where a page could not hold it, which it says."""
        rows = select_rows(self.banding, susunan)
        if susunan.awalan:
            rows = rows[rows["ukuran"].str.startswith(susunan.awalan)]
        if rows.empty:
            return sentence(susunan.kosong)
        rest = len(rows) - susunan.maks if susunan.maks else 0
        more = f"; {format_number(rest)} baris lain pada lampiran Excel" if rest > 0 else ""
        return self.show_tabel(
            susunan.nama,
            (rows.head(susunan.maks) if rest > 0 else rows).reset_index(drop=True),
            kolom=columns_of(susunan, self.banding.katalog),
            judul=(susunan.judul, susunan.sumber + more),
            bentuk=BentukTabel(
                kepala=susunan.kepala, kelompok=susunan.kelompok, lanskap=susunan.lanskap
            ),
        )

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
        judul = _JUDUL.get(nama) or load_susunan_banding()[nama].judul
        kolom = [KolomTampil("hal", "Hal"), *self._columns("teks")]
        if len(self.daftar) > _KOLOM_MAKS:
            frame, kolom = self._turn(frame)
        return self.show_tabel(nama, frame, kolom=kolom, judul=(judul, _SUMBER))

    def _turn(self, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[KolomTampil]]:
        """Return the table with a kabupaten in each row, for more than columns can hold."""
        heads = [KolomTampil(f"k{place}", str(hal)) for place, hal in enumerate(frame["hal"])]
        turned = frame.set_index("hal").T.set_axis([head.nama for head in heads], axis=1)
        turned.insert(0, "nama", [self.nama_kolom[kode] for kode in turned.index])
        return turned.reset_index(drop=True), [KolomTampil("nama", "Kabupaten/kota"), *heads]

    def _columns(self, jenis: str) -> list[KolomTampil]:
        return [KolomTampil(kode, nama, jenis) for kode, nama in self.nama_kolom.items()]

    def _cakupan(self) -> Potongan:
        """Return coverage by indicator, matched by code within one set of indicators."""
        frames = [
            hasil.capaian_cakupan[hasil.capaian_cakupan["tingkat"].eq("kabupaten")].assign(
                kode_wilayah=hasil.kode_kabupaten
            )
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
        many = len(self.daftar) > _KOLOM_MAKS
        return self.show_tabel(
            "banding_cakupan", wide, kolom=[*kolom, *self._columns("persen")],
            judul=(_JUDUL["banding_cakupan"], _SUMBER),
            bentuk=BentukTabel(kepala="nama", lanskap=many, tegak=many),
        )  # fmt: skip


def _shown(value: object, format: str) -> str:
    """Return a number of the summary with its unit in words."""
    unit = {"persen": " persen", "poin": " poin"}.get(format, "")
    return format_value(value, format) + ("" if is_missing(value) else unit)
