"""What every kind of report does alike: numbering, captions with source, tables, figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import Any

import pandas as pd

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.errors import LaporanError
from reviu_lib.report.angka import tanggal
from reviu_lib.report.grafik import Bagan
from reviu_lib.report.susunan import fill_words, load_susunan_gambar
from reviu_lib.report.tabel import BentukTabel, KolomTampil, TabelTampil
from reviu_lib.report.tampilan import Gambar, Potongan, sentence, tag


class LaporanDasar:
    """Numbers tables and figures in the order in which they are first shown.

    Showing the same one again keeps its number, so that a cell may be run twice.
    """

    def __init__(self, *, nama: str, tahun: int, batas: date | None, contoh: bool) -> None:
        self.nama = nama
        self.tahun = tahun
        self.batas = batas
        self.contoh = contoh
        self._urutan: dict[str, list[str]] = {"Tabel": [], "Gambar": []}

    def _number(self, jenis: str, nama: str) -> str:
        shown = self._urutan[jenis]
        if nama not in shown:
            shown.append(nama)
        return f"{jenis} {shown.index(nama) + 1}"

    def _source(self, sumber: str) -> str:
        """Return the source line as HTML: source, cut-off date, mark of example data."""
        parts = [f"Sumber: {tag('cite', escape(sumber))}."]
        if self.batas:
            parts.append(f"Batas data: {tanggal(self.batas, 'dokumen/tanggal_cutoff')}.")
        if self.contoh:
            parts.append(tag("strong", PENANDA_CONTOH) + ".")
        return tag("span", " ".join(parts), class_="sumber")

    def show_tabel(
        self,
        nama: str,
        frame: pd.DataFrame,
        *,
        kolom: Sequence[KolomTampil],
        judul: tuple[str, str],
        bentuk: BentukTabel | None = None,
    ) -> Potongan:
        """Return a numbered table; `judul` is (title, source)."""
        place = f", {self.nama}" if self.nama else ""
        isi = TabelTampil(
            nama=nama,
            nomor=self._number("Tabel", nama),
            judul=f"{judul[0]}{place}",
            sumber=self._source(judul[1]),
            frame=frame,
            kolom=tuple(kolom),
            bentuk=bentuk or BentukTabel(),
        )
        return Potongan(isi.html, isi=(isi,))

    def show_gambar(self, nama: str, plot: Callable[[Any], Bagan], data: Any) -> Gambar | Potongan:
        """Return a numbered figure drawn by `plot(data)`, or its sentence when it is empty."""
        bagan = plot(data)
        susunan = load_susunan_gambar()[nama]
        if bagan.kosong:
            return sentence("" if susunan.diam else bagan.alt)
        return Gambar(
            bagan=bagan,
            alt=bagan.alt,
            nomor=self._number("Gambar", nama),
            judul=fill_words(susunan.judul, self.tahun),
            sumber=self._source(fill_words(susunan.sumber, self.tahun)),
        )


def unknown_name(jenis: str, nama: str, known: Sequence[str]) -> LaporanError:
    """Return the error for a table, figure, or chapter that is not declared."""
    return LaporanError(
        f"{jenis} '{nama}' tidak dikenal.",
        lakukan=f"Pilih salah satu: {', '.join(sorted(known))}.",
    )


def mark(contoh: bool) -> str:
    """Return the mark of example data as an element, empty for real data."""
    return tag("p", PENANDA_CONTOH, class_="penanda") if contoh else ""
