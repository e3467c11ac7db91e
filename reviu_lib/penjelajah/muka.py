"""`jelajah()`: the one line that opens the explorer, and that reproduces what it shows."""

from __future__ import annotations

from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviu_lib.errors import ReviuError
from reviu_lib.formatting import mask_identity
from reviu_lib.kartu import PEMBUKA, tag
from reviu_lib.penjelajah.gudang import Pilihan, carry_over, look, settle
from reviu_lib.report.tampilan import Gambar, Potongan, sentence
from reviu_lib.store import Ruang, find_ruang

if TYPE_CHECKING:
    from reviu_lib.report.tinjauan import Tinjauan

_IMPOR = "from reviu_lib import jelajah"
_GAYA = (
    "<style>.rv pre.baris{background:#f3f5f7;border-left:3px solid #0072B2;padding:.4em .7em;"
    "font-size:.8em;white-space:pre-wrap;color:#1f2933}.rv img{max-width:100%;height:auto}"
    ".rv h4{margin:1.1em 0 .3em}.rv .kosong{max-width:46em}</style>"
)
# The parts of the explorer in order: the attribute that gives it, and its heading.
BAGIAN = {
    "kalimat": "Yang dikatakan angkanya",
    "gambar": "Gambar",
    "tabel": "Tabel",
    "asal": "Dari mana angkanya: berkas, lembar, dan baris",
}


def jelajah(
    kode_kabupaten: str = "",
    tahun: int = 0,
    *,
    indikator: str = "",
    tempat: str = "",
    ruang: str | Path | None = None,
) -> Penjelajah:
    """Return the explorer; what is left out is the newest kabupaten and year, and the whole of it.

    `tempat` is the code of a kabupaten, kecamatan, or desa. The last line of a cell shows it:

        jelajah()
        jelajah("73.12", 2024, indikator="E10", tempat="73.12.01.2003")
        jelajah("73.12", 2024, indikator="E10", tempat="73.12.01.2003").gambar

    The pieces are `kalimat`, `gambar`, `tabel`, and `asal`, also of what was chosen by hand.
    An empty workspace gives a sentence; a kabupaten, indicator, or place that is not there is a
    RuangError or LaporanError that says what there is.
    """
    chosen = Pilihan(kode_kabupaten, tahun, indikator, tempat)
    named = "" if ruang is None else str(ruang)
    return Penjelajah(find_ruang(ruang or None), chosen, ruang=named)


class Penjelajah:
    """What `jelajah()` returns: the explorer, and the four pieces of what is chosen in it."""

    def __init__(self, place: Ruang, pilihan: Pilihan, *, ruang: str = "") -> None:
        self._place = place
        self._ruang = ruang
        self._masalah = ""
        self._tinjauan: Tinjauan | None = None
        self._pilihan = pilihan
        if pilihan == Pilihan():
            self._choose(pilihan)
        else:
            self._tinjauan = self._look(settle(pilihan, place))

    def _look(self, pilihan: Pilihan) -> Tinjauan:
        """Return the pieces of a settled choice, which is then the present one."""
        tinjauan = look(pilihan, self._place)
        self._pilihan, self._masalah = pilihan, ""
        return tinjauan

    def _choose(self, pilihan: Pilihan) -> None:
        """Take another choice, as far as it can be had; what cannot be shown is a sentence."""
        try:
            self._tinjauan = self._look(carry_over(pilihan, self._place))
        except ReviuError as error:
            self._pilihan, self._tinjauan = pilihan, None
            self._masalah = " ".join(part for part in (error.apa, error.lakukan) if part)

    @property
    def kalimat(self) -> Potongan:
        """The paragraph on the number chosen."""
        return self._tinjauan.kalimat if self._tinjauan else sentence(self._masalah)

    @property
    def gambar(self) -> Gambar | Potongan:
        """The chart of the number chosen among those beside it."""
        return self._tinjauan.gambar if self._tinjauan else sentence(self._masalah)

    @property
    def tabel(self) -> Potongan:
        """The table of the number chosen and of the places around it."""
        return self._tinjauan.tabel if self._tinjauan else sentence(self._masalah)

    @property
    def asal(self) -> Potongan:
        """The file, sheet, and rows that the number chosen comes from."""
        return self._tinjauan.asal if self._tinjauan else sentence(self._masalah)

    def baris(self, bagian: str = "") -> str:
        """Return the one line of code that shows this again, or one part of it (`gambar`).

        >>> jelajah("73.12", 2024).baris("gambar")  # doctest: +SKIP
        'from reviu_lib import jelajah; jelajah("73.12", 2024, indikator="E01", …).gambar'
        """
        chosen = self._pilihan
        words = [f'"{chosen.kode_kabupaten}"', str(chosen.tahun)]
        words += [f'indikator="{chosen.indikator}"', f'tempat="{chosen.tempat}"']
        words += [f"ruang={self._ruang!r}"] if self._ruang else []
        return f"{_IMPOR}; jelajah({', '.join(words)}){f'.{bagian}' if bagian else ''}"

    def _isi(self) -> str:
        """Return all parts as HTML, each figure and table with the line that reproduces it."""
        if not self._tinjauan:
            return sentence(mask_identity(self._masalah))._repr_html_()
        return f"{PEMBUKA}{_GAYA}{''.join(self._bagian(nama) for nama in BAGIAN)}</div>"

    def _bagian(self, nama: str) -> str:
        piece = getattr(self, nama)
        shown = piece.html if isinstance(piece, Potongan) else render_gambar(piece)
        code = tag("pre", tag("code", escape(self.baris(nama))), class_="baris")
        return tag("section", tag("h4", BAGIAN[nama]) + shown + code, class_=f"bagian-{nama}")

    @cached_property
    def _papan(self) -> Any:
        from reviu_lib.penjelajah.papan import make_papan

        return make_papan(self)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Return the controls for JupyterLab, and the same parts without controls elsewhere."""
        shown = dict(self._papan._repr_mimebundle_() or {})
        return {**shown, "text/html": self._isi(), "text/plain": repr(self)}

    def __repr__(self) -> str:
        return self._masalah or self.baris().removeprefix(f"{_IMPOR}; ")


def render_gambar(gambar: Gambar) -> str:
    """Return a picture as HTML with its description and source."""
    bundle, words = gambar._repr_mimebundle_()
    picture, width = bundle["image/png"], words["image/png"]["width"]
    image = tag("img", src=f"data:image/png;base64,{picture}", alt=gambar.alt, width=str(width))
    return tag("figure", image, style="margin:0")
