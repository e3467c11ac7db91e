"""What the check of the raw files found, for notebook 01: files, contents, findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

import pandas as pd

from reviu_lib.bahan import BahanReviu, table_fields
from reviu_lib.catalog import tabel_masukan
from reviu_lib.formatting import format_number, join_list
from reviu_lib.pemeriksaan import (
    count_berkas,
    count_jenis,
    count_reasons,
    explain_reasons,
    list_kelengkapan,
    list_lines,
    sum_kelengkapan,
    sum_neraca,
    sum_tingkat,
)
from reviu_lib.report.angka import tanggal
from reviu_lib.report.grafik import GAMBAR_PERIKSA
from reviu_lib.report.laporan.asal_usul import list_berkas, list_sifat
from reviu_lib.report.laporan.dasar import LaporanDasar, mark, unknown_name
from reviu_lib.report.laporan.sampul import Kotak, render_kotak
from reviu_lib.report.tabel import BentukTabel, KolomTampil
from reviu_lib.report.tampilan import Gambar, Potongan, sentence, tag

_TINGKAT = ("galat", "peringatan", "catatan")
_NERACA_ANGKA = ("dibaca", "dipakai", "disisihkan")
_BUKAN_ISI = {"asal", "temuan", "neraca_baris", "sel_ragu"}
# Not expected of every kabupaten: a meeting comes later, a published recap is a bonus.
_BOLEH_KOSONG = {
    "kasus", "putusan", "rekap", "capaian_terbit", "realisasi_anggaran", "usulan_padanan",
}  # fmt: skip
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
    """Pieces of the check report: `sampul()`, `narasi(bab)`, `tabel(nama)`, `gambar(nama)`.

    Chapters: `ringkas`, `temuan`, `neraca`, `kelengkapan`. Tables: `berkas`, `isi`, `neraca`,
    `ringkasan_temuan`, `galat`, `peringatan`, `catatan`, `parameter`. Figures: the names of
    `GAMBAR_PERIKSA`. `data(nama)` gives what they show as DataFrame. `sidik` maps file path to
    SHA-256.
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
        """Return a short paragraph of a chapter."""
        texts = {
            "ringkas": self._describe_isi,
            "temuan": self._describe_temuan,
            "neraca": self._describe_neraca,
            "kelengkapan": self._describe_kelengkapan,
        }
        if bab not in texts:
            raise unknown_name("Narasi", bab, list(texts))
        return Potongan(tag("p", texts[bab]()))

    def tabel(self, nama: str) -> Potongan:
        """Return a table of the check; an empty severity gives one sentence."""
        tables = {
            "berkas": self._berkas,
            "isi": self._isi,
            "neraca": self._neraca,
            "ringkasan_temuan": self._ringkasan,
            "parameter": self._parameter,
        }
        if nama in tables:
            return tables[nama]()
        if nama in _TINGKAT:
            return self._temuan(nama)
        raise unknown_name("Tabel", nama, [*tables, *_TINGKAT])

    def gambar(self, nama: str) -> Gambar | Potongan:
        """Return a numbered chart of the check, or its sentence when there is nothing to draw."""
        if nama not in GAMBAR_PERIKSA:
            raise unknown_name("Gambar", nama, list(GAMBAR_PERIKSA))
        return self.show_gambar(nama, GAMBAR_PERIKSA[nama], self.bahan)

    def data(self, nama: str) -> pd.DataFrame:
        """Return what tables and figures show, as a frame to work on.

        `temuan` (one row per finding, file, and sheet), `tingkat`, `jenis`, `temuan_berkas`,
        `neraca` (by sheet and table), `neraca_berkas`, `sel_ragu`, `kelengkapan` (desa by
        indicator), `kelengkapan_desa`, `kelengkapan_indikator`; columns as in `pemeriksaan`.
        """
        frames: dict[str, Callable[[], pd.DataFrame]] = {
            "temuan": self._lines,
            "tingkat": lambda: sum_tingkat(self.bahan.temuan),
            "jenis": lambda: count_jenis(self.bahan.temuan),
            "temuan_berkas": lambda: count_berkas(self._lines()),
            "neraca": self.bahan.neraca_baris.copy,
            "neraca_berkas": lambda: sum_neraca(self.bahan.neraca_baris),
            "sel_ragu": self.bahan.sel_ragu.copy,
            "kelengkapan": self._kelengkapan,
            "kelengkapan_desa": lambda: sum_kelengkapan(
                self._kelengkapan(), ["kode_desa", "kecamatan", "desa"]
            ),
            "kelengkapan_indikator": lambda: sum_kelengkapan(
                self._kelengkapan(), ["kode_indikator"]
            ),
        }
        if nama not in frames:
            raise unknown_name("Data", nama, list(frames))
        return frames[nama]()

    def _lines(self) -> pd.DataFrame:
        bahan = self.bahan
        return list_lines(bahan.temuan, bahan.sel_ragu, bahan.neraca_baris)

    def _kelengkapan(self) -> pd.DataFrame:
        bahan = self.bahan
        return list_kelengkapan(bahan.cakupan, bahan.kode_kabupaten, bahan.tahun)

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
        return text + self._describe_kasus()

    def _describe_kasus(self) -> str:
        kasus = self.bahan.kasus
        if kasus.empty:
            return ""
        children = set(kasus["id_anak"])
        known = len(children & set(self.bahan.pengukuran["id_anak"]))
        return (
            f" Daftar kasus memuat {_data(len(kasus))} baris atas {_data(len(children))} anak, "
            f"{_data(known)} di antaranya ada pada data pengukuran; daftar itu tidak dihitung "
            "dalam prevalensi."
        )

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

    def _describe_neraca(self) -> str:
        neraca = self.bahan.neraca_baris
        if neraca.empty:
            return "Tidak ada baris yang dibaca dari berkas masukan."
        read, used, aside = (_data(int(neraca[name].sum())) for name in _NERACA_ANGKA)
        reasons = count_reasons(neraca)
        told = explain_reasons("; ".join(f"{kode}: {rows}" for kode, rows in reasons.items()))
        why = f" Alasannya: {escape(told)}." if told else ""
        return (
            f"Dari {read} baris berisi pada lembar masukan, {used} dipakai dan {aside} "
            f"disisihkan.{why} Baris yang sama dan salinan berwarnanya ada pada "
            f"{tag('code', 'temuan.xlsx')} di samping laporan ini."
        )

    def _describe_kelengkapan(self) -> str:
        whole = self._kelengkapan()
        if not whole["ada"].any():
            return "Belum ada desa yang melaporkan cakupan, sehingga kelengkapannya belum dinilai."
        rows = self.data("kelengkapan_desa")
        blank = int((rows["lengkap"] == 0).sum())
        text = (
            f"Dari {_data(len(rows))} desa menurut daftar resmi, "
            f"{_data(int((rows['lengkap'] == rows['seharusnya']).sum()))} melaporkan semua "
            f"indikator dan {_data(blank)} tidak melaporkan satu pun."
        )
        return f"{text} Sel kosong tidak pernah dihitung sebagai nol."

    def _neraca(self) -> Potongan:
        neraca = self.bahan.neraca_baris
        if neraca.empty:
            return sentence("Tidak ada baris yang dibaca.")
        told = neraca.assign(alasan=neraca["alasan"].map(explain_reasons, na_action="ignore"))
        declared = tabel_masukan()["neraca_baris"]
        kolom = [KolomTampil(one.nama, one.judul, one.jenis) for one in declared.kolom[1:]]
        judul = ("Neraca baris tiap lembar: dibaca, dipakai, dan disisihkan", _SUMBER)
        bentuk = BentukTabel(kelompok="berkas")
        return self.show_tabel("neraca", told, kolom=kolom, judul=judul, bentuk=bentuk)

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
    return tag("data", format_number(count), value=str(count))
