"""The Dokumen Hasil Reviu of one kabupaten and year, piece by piece, for the notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from html import escape

import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import find_edisi, load_aturan
from reviu_lib.hasil import HasilReviu
from reviu_lib.reference import Batas
from reviu_lib.report import narasi
from reviu_lib.report.grafik import GAMBAR_PETA, GAMBAR_SATU
from reviu_lib.report.laporan.asal_usul import render_asal_usul, render_pengesahan
from reviu_lib.report.laporan.dasar import LaporanDasar, unknown_name
from reviu_lib.report.laporan.peta import list_peta
from reviu_lib.report.laporan.rujuk import Rujukan
from reviu_lib.report.laporan.sampul import render_sampul
from reviu_lib.report.susunan import (
    SusunanMatriks,
    SusunanTabel,
    fill_words,
    load_susunan_gambar,
    load_susunan_matriks,
    load_susunan_tabel,
    select_shown,
)
from reviu_lib.report.tabel import (
    Alamat,
    BentukTabel,
    KolomTampil,
    columns_of,
    locate_matriks,
    locate_rows,
    pivot_matriks,
)
from reviu_lib.report.tampilan import Gambar, Judul, Potongan, sentence, tag


class Laporan(LaporanDasar):
    """Pieces of one review: `sampul()`, `narasi(bab)`, `tabel(nama)`, `gambar(nama)`.

    Each returns an object that Jupyter shows. Tables and figures are numbered in the order of
    their first display; absent data give one sentence instead.
    """

    def __init__(self, hasil: HasilReviu) -> None:
        super().__init__(
            nama=hasil.nama, tahun=hasil.tahun, batas=hasil.tanggal_cutoff, contoh=hasil.contoh
        )
        self.hasil = hasil
        self._rujukan = Rujukan(hasil)

    def sampul(self) -> Potongan:
        """Return the cover with the tiles."""
        return Potongan(render_sampul(self.hasil), "sampul")

    def judul_edisi(self) -> Judul:
        """Return the heading of the part that is another one in each edition."""
        return Judul(find_edisi(self.hasil.edisi).judul)

    def narasi(self, bab: str) -> Potongan:
        """Return the paragraphs of a chapter; LaporanError for a chapter that does not exist."""
        describe = getattr(narasi, f"describe_{bab}", None)
        if describe is None:
            raise unknown_name("Narasi", bab, self.daftar_narasi())
        texts = "".join(self._paragraph(text) for text in describe(self.hasil))
        return Potongan(texts, f"narasi/{bab}")

    def _paragraph(self, text: str) -> str:
        """Return one paragraph that names the tables behind its numbers."""
        names = " ".join(self._rujukan.find(text))
        return tag("p", text, data_rujuk=names) if names else tag("p", text)

    def tabel(self, nama: str) -> Potongan:
        """Return a declared table or matrix; LaporanError names the tables that exist."""
        return replace(self._any_table(nama), nama=f"tabel/{nama}")

    def _any_table(self, nama: str) -> Potongan:
        if nama == "peta_dokumen":
            return self._peta_dokumen()
        if nama in load_susunan_tabel():
            susunan = load_susunan_tabel()[nama]
            other = susunan.edisi and self.hasil.edisi not in susunan.edisi
            return Potongan("") if other else self._tabel(susunan)
        if nama in load_susunan_matriks():
            return self._matriks(load_susunan_matriks()[nama])
        raise unknown_name("Tabel", nama, self.daftar_tabel())

    def gambar(self, nama: str, *, batas: Batas | None = None) -> Gambar | Potongan:
        """Return a declared figure; one sentence when there is nothing to draw.

        Nothing at all where the whole source is absent: the narrative of the chapter says so.
        `batas` are the boundaries (`load_peta`) that the maps draw; other figures need none.
        """
        if nama not in self.daftar_gambar():
            raise unknown_name("Gambar", nama, self.daftar_gambar())
        if getattr(self.hasil, load_susunan_gambar()[nama].tabel).empty:
            return Potongan("", f"gambar/{nama}")
        plot = GAMBAR_SATU.get(nama) or partial(GAMBAR_PETA[nama], batas=batas)
        return replace(self.show_gambar(nama, plot, self.hasil), nama=f"gambar/{nama}")

    def asal_usul(self, bahan: BahanReviu, sidik: Mapping[str, str] | None = None) -> Potongan:
        """Return files with their SHA-256 (`sidik`, by path), parameters, and versions."""
        return replace(render_asal_usul(self, bahan, sidik or {}), nama="asal_usul")

    def pengesahan(self) -> Potongan:
        """Return the signature block with blank lines."""
        return Potongan(render_pengesahan(self.hasil), "pengesahan")

    def daftar_tabel(self) -> list[str]:
        """Return the names that `tabel` knows."""
        return ["peta_dokumen", *load_susunan_tabel(), *load_susunan_matriks()]

    def daftar_gambar(self) -> list[str]:
        """Return the names that `gambar` knows."""
        return [*GAMBAR_SATU, *GAMBAR_PETA]

    def daftar_narasi(self) -> list[str]:
        """Return the chapters that `narasi` knows."""
        names = (name for name in dir(narasi) if name.startswith("describe_"))
        return [name.removeprefix("describe_") for name in names]

    def _tabel(self, susunan: SusunanTabel) -> Potongan:
        rows = select_shown(self.hasil, susunan)
        if rows.empty:
            return self._nothing(susunan)
        bentuk = BentukTabel(
            kepala=susunan.kepala,
            kelompok=susunan.kelompok,
            total=susunan.total,
            lanskap=susunan.lanskap,
        )
        if susunan.kelompok:
            rows = _gather(rows, susunan.kelompok)
        piece = self.show_tabel(
            susunan.nama, rows, kolom=self._columns(susunan), judul=self._title(susunan),
            bentuk=bentuk,
        )  # fmt: skip
        return _located(piece, locate_rows(rows, susunan))

    def _columns(self, susunan: SusunanTabel) -> list[KolomTampil]:
        return columns_of(susunan)

    def _nothing(self, susunan: SusunanTabel) -> Potongan:
        """Return the sentence for an empty table, nothing where the narrative speaks for it."""
        whole: pd.DataFrame = getattr(self.hasil, susunan.tabel)
        if whole.empty and not susunan.lampiran:
            return Potongan("")
        return sentence(fill_words(susunan.kosong, self.tahun))

    def _matriks(self, susunan: SusunanMatriks) -> Potongan:
        rows = select_shown(self.hasil, susunan)
        if rows[susunan.nilai].isna().all():
            return sentence(susunan.kosong)
        wide, kolom = pivot_matriks(rows, susunan)
        bentuk = BentukTabel(kepala="_nama", lanskap=True, tegak=True)
        if susunan.kecamatan:
            wide["_kecamatan"] = wide["_kode"].map(self._kecamatan_of())
            bentuk = BentukTabel(kepala="_nama", kelompok="_kecamatan", lanskap=True, tegak=True)
        piece = self.show_tabel(
            susunan.nama, wide, kolom=kolom, judul=self._title(susunan), bentuk=bentuk
        )
        return _located(piece, locate_matriks(rows, wide, susunan))

    def _kecamatan_of(self) -> dict[str, str]:
        """Return the name of the kecamatan by kode desa, read from the kecamatan rows."""
        frame = self.hasil.capaian_cakupan
        names = frame[frame["tingkat"].eq("kecamatan")].drop_duplicates("kode_wilayah")
        by_code = dict(zip(names["kode_wilayah"], names["wilayah"], strict=True))
        desa = frame.loc[frame["tingkat"].eq("desa"), "kode_wilayah"].unique()
        parents = {kode: str(kode).rpartition(".")[0] for kode in desa}
        return {kode: by_code.get(parent, parent) for kode, parent in parents.items()}

    def _peta_dokumen(self) -> Potongan:
        frame, kolom = list_peta(self.tahun)
        judul = "Enam keluaran reviu dan lima bagian dokumen, dengan tempatnya"
        return self.show_tabel(
            "peta_dokumen", frame, kolom=kolom, judul=(judul, load_aturan(self.tahun).rujukan),
            bentuk=BentukTabel(kepala="isi", kelompok="hal"),
        )  # fmt: skip

    def _title(self, susunan: SusunanTabel | SusunanMatriks) -> tuple[str, str]:
        return fill_words(susunan.judul, self.tahun), fill_words(susunan.sumber, self.tahun)

    def __repr__(self) -> str:
        return f"Laporan({escape(self.nama)}, {self.tahun})"


def _located(piece: Potongan, alamat: Alamat) -> Potongan:
    """Return the table with the addresses of its cells, for editions that renew them."""
    return replace(piece, isi=tuple(replace(tabel, alamat=alamat) for tabel in piece.isi))


def _gather(rows: pd.DataFrame, kelompok: str) -> pd.DataFrame:
    """Return the rows with equal `kelompok` together, groups in order of first appearance."""
    order = pd.Series(pd.factorize(rows[kelompok])[0], index=rows.index)
    return rows.loc[order.sort_values(kind="stable").index].reset_index(drop=True)
