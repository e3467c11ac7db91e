"""What the check of the raw files found, for notebook 01: files, contents, findings."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd

from reviu_lib.bahan import BahanReviu, table_fields
from reviu_lib.catalog import tabel_masukan
from reviu_lib.formatting import join_list
from reviu_lib.report.angka import tanggal
from reviu_lib.report.laporan.asal_usul import list_berkas, list_sifat
from reviu_lib.report.laporan.dasar import LaporanDasar, mark, unknown_name
from reviu_lib.report.laporan.sampul import Kotak, render_kotak
from reviu_lib.report.tabel import BentukTabel, KolomTampil
from reviu_lib.report.tampilan import Potongan, sentence, tag

_TINGKAT = ("galat", "peringatan", "catatan")
_BUKAN_ISI = {"asal", "temuan"}
# Not expected of every kabupaten: a meeting comes later, a published recap is a bonus.
_BOLEH_KOSONG = {"putusan", "rekap"}
# More lines of one kind than this are counted, not listed; the workbook holds them all.
_PALING_BANYAK = 300
_SUMBER = "pemeriksaan berkas pada data/raw"
_BERKAS = (
    KolomTampil("berkas", "Berkas"),
    KolomTampil("tabel", "Menjadi tabel"),
    KolomTampil("jumlah_baris", "Baris", "jumlah"),
    KolomTampil("sidik", "SHA-256"),
)
_ISI = (
    KolomTampil("judul", "Tabel baku"),
    KolomTampil("jumlah_baris", "Baris", "jumlah"),
    KolomTampil("galat", "Galat", "jumlah"),
    KolomTampil("peringatan", "Peringatan", "jumlah"),
    KolomTampil("catatan", "Catatan", "jumlah"),
)
_SIFAT = (KolomTampil("nama", "Hal"), KolomTampil("nilai", "Isi"))


class LaporanPeriksa(LaporanDasar):
    """Pieces of the check report: `sampul()`, `narasi(bab)`, `tabel(nama)`.

    Chapters: `ringkas`, `temuan`. Tables: `berkas`, `isi`, `ringkasan_temuan`, `galat`,
    `peringatan`, `catatan`, `parameter`. `sidik` maps file path to SHA-256.
    """

    def __init__(self, bahan: BahanReviu, sidik: Mapping[str, str] | None = None) -> None:
        super().__init__(
            nama=bahan.nama, tahun=bahan.tahun, batas=bahan.tanggal_cutoff, contoh=bahan.contoh
        )
        self.bahan = bahan
        self.sidik = sidik or {}

    def sampul(self) -> Potongan:
        """Return the heading with one tile per severity."""
        title = tag("p", "EDISI INTERNAL", class_="edisi-internal")
        name = f"Pemeriksaan Data {self.nama} Tahun {self.tahun}"
        title += tag("h1", escape(name)) + mark(self.contoh)
        notes = {
            "galat": "nilai tidak dipakai; perlu diperbaiki",
            "peringatan": "dipakai, tetapi perlu diperiksa",
            "catatan": "untuk diketahui",
        }
        tiles = [Kotak(word.capitalize(), str(self._count(word)), notes[word]) for word in _TINGKAT]
        return Potongan(tag("div", title + render_kotak(tiles), class_="sampul"))

    def narasi(self, bab: str) -> Potongan:
        """Return short paragraphs for `ringkas` or `temuan`."""
        texts = {"ringkas": self._describe_isi, "temuan": self._describe_temuan}
        if bab not in texts:
            raise unknown_name("Narasi", bab, list(texts))
        return Potongan(tag("p", texts[bab]()))

    def tabel(self, nama: str) -> Potongan:
        """Return a table of the check; an empty severity gives one sentence."""
        tables = {
            "berkas": self._berkas,
            "isi": self._isi,
            "ringkasan_temuan": self._ringkasan,
            "parameter": self._parameter,
        }
        if nama in tables:
            return tables[nama]()
        if nama in _TINGKAT:
            return self._temuan(nama)
        raise unknown_name("Tabel", nama, [*tables, *_TINGKAT])

    def _count(self, tingkat: str) -> int:
        return int(self.bahan.temuan["tingkat"].eq(tingkat).sum())

    def _describe_isi(self) -> str:
        files = self.bahan.asal["berkas"].nunique()
        empty = [
            tabel_masukan()[tabel].judul.lower()
            for name, tabel in table_fields().items()
            if name not in _BUKAN_ISI | _BOLEH_KOSONG and getattr(self.bahan, name).empty
        ]
        text = (
            f"Berkas yang terbaca berjumlah {_data(files)}, dengan batas data "
            f"{tanggal(self.bahan.tanggal_cutoff)} dan tanggal reviu "
            f"{tanggal(self.bahan.tanggal_reviu)}."
        )
        if empty:
            text += (
                f" Belum ada isi untuk {escape(join_list(empty))}; bab yang memerlukannya akan "
                "menyatakan bahwa datanya tidak tersedia."
            )
        return text

    def _describe_temuan(self) -> str:
        counts = [f"{_data(self._count(word))} {word}" for word in _TINGKAT if self._count(word)]
        if not counts:
            return "Pemeriksaan tidak menemukan masalah pada berkas masukan."
        advice = (
            "Perbaiki yang berstatus galat pada berkas aslinya, lalu jalankan pemeriksaan lagi."
            if self._count("galat")
            else "Tidak ada galat, sehingga seluruh tabel dapat dipakai."
        )
        return f"Pemeriksaan mencatat {join_list(counts)}. {advice}"

    def _berkas(self) -> Potongan:
        frame = list_berkas(self.bahan, self.sidik)
        return self.show_tabel(
            "berkas", frame, kolom=_BERKAS, judul=("Berkas masukan dan sidiknya", _SUMBER)
        )

    def _isi(self) -> Potongan:
        temuan = self.bahan.temuan
        rows = [
            {"judul": tabel_masukan()[tabel].judul, "jumlah_baris": len(getattr(self.bahan, name))}
            | {
                word: int((temuan["tabel"].eq(tabel) & temuan["tingkat"].eq(word)).sum())
                for word in _TINGKAT
            }
            for name, tabel in table_fields().items()
            if name not in _BUKAN_ISI
        ]
        return self.show_tabel(
            "isi", pd.DataFrame(rows), kolom=_ISI, judul=("Isi tabel baku dan temuannya", _SUMBER)
        )

    def _ringkasan(self) -> Potongan:
        temuan = self.bahan.temuan
        if temuan.empty:
            return sentence("Tidak ada temuan.")
        groups = temuan.groupby(["tingkat", "kode"], dropna=False, sort=False)
        frame = groups.agg(uraian=("uraian", "first"), jumlah=("kode", "size")).reset_index()
        order = frame["tingkat"].map({word: place for place, word in enumerate(_TINGKAT)})
        frame = frame.loc[order.sort_values(kind="stable").index]
        kolom = (
            KolomTampil("tingkat", "Tingkat", "pilihan"), KolomTampil("kode", "Kode"),
            KolomTampil("uraian", "Contoh uraian"), KolomTampil("jumlah", "Temuan", "jumlah"),
        )  # fmt: skip
        judul = ("Temuan menurut jenis", _SUMBER)
        return self.show_tabel("ringkasan_temuan", frame, kolom=kolom, judul=judul)

    def _temuan(self, tingkat: str) -> Potongan:
        rows = self.bahan.temuan[self.bahan.temuan["tingkat"].eq(tingkat)]
        if rows.empty:
            return sentence(f"Tidak ada temuan berstatus {tingkat}.")
        declared = tabel_masukan()["temuan"]
        names = ["kode", "berkas", "lembar", "sel", "nilai", "uraian", "tindakan", "saran"]
        kolom = [KolomTampil(name, declared[name].judul, declared[name].jenis) for name in names]
        judul = (f"Rincian temuan berstatus {tingkat}", self._part(len(rows)))
        return self.show_tabel(
            tingkat, rows.head(_PALING_BANYAK), kolom=kolom, judul=judul,
            bentuk=BentukTabel(kepala="kode", lanskap=True),
        )  # fmt: skip

    def _part(self, total: int) -> str:
        return _SUMBER if total <= _PALING_BANYAK else f"{_SUMBER}; hanya sebagian yang ditampilkan"

    def _parameter(self) -> Potongan:
        judul = ("Parameter dan versi perangkat lunak", "catatan otomatis")
        return self.show_tabel("parameter", list_sifat(self.bahan), kolom=_SIFAT, judul=judul)


def _data(count: int) -> str:
    return tag("data", str(count), value=str(count))
