"""The public edition: pieces that say the same whatever the closed numbers are.

Everything is described from the public result, which does not hold them. Whether a paragraph may
stand is found by describing it again from results in which the closed cells hold other values, and
from the whole result: one that is not the same everywhere rests on a closed number, or would say
that something is missing which is only not shown. It is left out, and the chapter says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import takewhile
from typing import Any

import pandas as pd

from reviu_lib.catalog import Kolom, load_penyamaran, tabel_hasil
from reviu_lib.hasil import HasilReviu
from reviu_lib.reference import Batas
from reviu_lib.report import narasi
from reviu_lib.report.grafik import GAMBAR_SATU, MENANDAI_TERTUTUP
from reviu_lib.report.laporan.satu import Laporan
from reviu_lib.report.narasi.penyamaran import describe_penyamaran
from reviu_lib.report.susunan import SusunanTabel, load_susunan_tabel, select_rows
from reviu_lib.report.tabel import KolomTampil
from reviu_lib.report.tampilan import Gambar, Potongan, render_png, sentence

_URAIAN_DITAHAN = (
    "Sebagian uraian bagian ini tidak dimuat pada edisi publik karena bertumpu pada angka yang "
    "ditutup atau hanya ada pada edisi internal."
)
_GAMBAR_DITAHAN = (
    "Gambar tidak dimuat pada edisi publik karena bertumpu pada angka yang ditutup; lihat tabelnya."
)
_BARIS_DITAHAN = (
    "Baris yang masuk tidaknya ke dalam tabel ini bergantung pada angka yang ditutup tidak dimuat."
)
_KALIMAT = re.compile(r"(?<=[.?!]) (?=[A-Z<“(])")
# Begin of an element ("") or end ("/").
_TAG = re.compile(r"<(/?)\w")
# Stand-ins for closed cells, by kind of column: unlike each other, and possible.
_PENGGANTI: dict[str, tuple[Any, Any]] = {
    "persen": (12.5, 87.5), "poin": (-4.5, 4.5), "rupiah": (2 * 10**9, 7 * 10**9),
}  # fmt: skip
_CACAH, _TEKS = (3, 97), ("pengganti pertama", "pengganti kedua")


class LaporanPublik(Laporan):
    """Pieces of the public edition; `utuh` is the whole result that `publik` was made from."""

    def __init__(self, publik: HasilReviu, utuh: HasilReviu) -> None:
        super().__init__(publik)
        self._utuh = utuh

    @cached_property
    def _lain(self) -> list[HasilReviu]:
        return [fill_closed(self.hasil, place) for place in (0, 1)]

    def narasi(self, bab: str) -> Potongan:
        """Return the paragraphs of a chapter that rest on nothing closed, and say if others do."""
        if bab not in self.daftar_narasi():
            return super().narasi(bab)
        describe = getattr(narasi, f"describe_{bab}")
        told = list(describe(self.hasil))
        elsewhere = [describe(hasil) for hasil in (*self._lain, self._utuh)]
        kept = [keep_common(text, elsewhere) for text in told]
        html = "".join(self._paragraph(text) for text in kept if text)
        withheld = kept != list(elsewhere[-1])
        said = sentence(_URAIAN_DITAHAN).html if withheld else ""
        return Potongan(html + said, f"narasi/{bab}")

    def penyamaran(self) -> Potongan:
        """Return what this edition closes and leaves out, and by which rule."""
        texts = describe_penyamaran(self.hasil)
        return Potongan("".join(map(self._paragraph, texts)), "penyamaran")

    def gambar(self, nama: str, *, batas: Batas | None = None) -> Gambar | Potongan:
        """Return a declared figure; one sentence when it rests on closed numbers unmarked."""
        shown = super().gambar(nama, batas=batas)
        if not isinstance(shown, Gambar) or nama in MENANDAI_TERTUTUP:
            return shown
        drawn = [GAMBAR_SATU[nama](hasil) for hasil in self._lain]
        if all(render_png(bagan) == shown.png and bagan.alt == shown.alt for bagan in drawn):
            return shown
        self._urutan["Gambar"].remove(nama)
        return replace(sentence(_GAMBAR_DITAHAN), nama=f"gambar/{nama}")

    def tabel(self, nama: str) -> Potongan:
        """Return a declared table, with a sentence when closed numbers decide on its rows."""
        shown = super().tabel(nama)
        susunan = load_susunan_tabel().get(nama)
        if susunan is None or all(self._same_rows(susunan, hasil) for hasil in self._lain):
            return shown
        return replace(shown, html=shown.html + sentence(_BARIS_DITAHAN).html)

    def _same_rows(self, susunan: SusunanTabel, hasil: HasilReviu) -> bool:
        ours, theirs = (select_rows(satu, susunan)["baris"] for satu in (self.hasil, hasil))
        return set(ours) == set(theirs)

    def _columns(self, susunan: SusunanTabel) -> list[KolomTampil]:
        public = load_penyamaran().tabel[susunan.tabel].kolom
        return [kolom for kolom in super()._columns(susunan) if kolom.nama in public]


def keep_common(text: str, elsewhere: Iterable[Sequence[str]]) -> str:
    """Return the first sentences of a paragraph, as many as open some paragraph everywhere.

    A sentence may lean on the one before it, so that nothing after the first other one is kept,
    and no element is cut in two.
    """
    ours = _KALIMAT.split(text)
    count = min(
        max((_count_common(ours, _KALIMAT.split(other)) for other in texts), default=0)
        for texts in elsewhere
    )
    while count and not _is_whole(" ".join(ours[:count])):
        count -= 1
    return " ".join(ours[:count])


def _count_common(ours: Sequence[str], theirs: Sequence[str]) -> int:
    same = (mine == other for mine, other in zip(ours, theirs, strict=False))
    return sum(takewhile(bool, same))


def _is_whole(html: str) -> bool:
    tags = _TAG.findall(html)
    return tags.count("") * 2 == len(tags) and not html.endswith((":", "sebagai berikut."))


def fill_closed(hasil: HasilReviu, place: int) -> HasilReviu:
    """Return a public result as if nothing were closed: the first or second stand-in in each."""
    frames: dict[str, pd.DataFrame] = {}
    for tabel, columns in hasil.closed.items():
        frame: pd.DataFrame = getattr(hasil, tabel)
        filled = {
            kolom: frame[kolom].mask(
                frame["baris"].isin(barises), _stand_in(tabel_hasil()[tabel][kolom], place)
            )
            for kolom, barises in columns.items()
        }
        frames[tabel] = frame.assign(**filled)
    return replace(hasil, publik=False, tertutup=frozenset(), **frames)


def _stand_in(kolom: Kolom, place: int) -> Any:
    if kolom.pilihan:
        return kolom.pilihan[place % len(kolom.pilihan)]
    if kolom.jenis in {"teks", "kode"}:
        return _TEKS[place]
    return _PENGGANTI.get(kolom.jenis, _CACAH)[place]
