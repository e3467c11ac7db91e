"""The controls of the explorer: lists that depend on each other, and what they choose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from reviu_lib.errors import ReviuError
from reviu_lib.penjelajah.gudang import Isi, Pilihan, list_unit, load_isi, name_kabupaten

if TYPE_CHECKING:
    from reviu_lib.penjelajah.muka import Penjelajah

Butir = tuple[str, str | int]
# The lists in order, with their width.
_DAFTAR = {
    "kabupaten": ("Kabupaten/kota", "17em"),
    "tahun": ("Tahun", "6em"),
    "indikator": ("Indikator", "34em"),
    "kecamatan": ("Kecamatan", "17em"),
    "desa": ("Desa/kelurahan", "17em"),
}
_MEMUAT = "<p>Memuat…</p>"


def make_papan(penjelajah: Penjelajah) -> widgets.VBox:
    """Return the controls above the parts they choose."""
    return _Papan(penjelajah).kotak


class _Papan:
    """Five lists, a button that reads the workspace again, and the parts below."""

    def __init__(self, penjelajah: Penjelajah) -> None:
        self._of = penjelajah
        self._diam = False
        self.daftar = {name: widgets.Dropdown() for name in _DAFTAR}
        self.isi = widgets.HTML()
        self.segarkan = widgets.Button(
            description="Baca ulang", tooltip="Baca ulang ruang kerja sesudah reviu periksa"
        )
        self.segarkan.on_click(lambda _: self._reread())
        for name, satu in self.daftar.items():
            satu.observe(self._chosen, "value")
            satu.add_class(f"reviu-{name}")
        controls = [_titled(satu, *_DAFTAR[name]) for name, satu in self.daftar.items()]
        row = widgets.Layout(flex_flow="row wrap", align_items="flex-end")
        self.kotak = widgets.VBox([widgets.HBox([*controls, self.segarkan], layout=row), self.isi])
        self.kotak.add_class("reviu-jelajah")
        self._show()

    def _chosen(self, change: dict[str, Any]) -> None:
        """Show what was chosen by hand; what depends on it is kept where it is there too."""
        if self._diam or change["new"] is None:
            return
        name = next(name for name, satu in self.daftar.items() if satu is change["owner"])
        now, value = self._of._pilihan, change["new"]
        if name == "kabupaten":
            self._go(Pilihan(value, indikator=now.indikator))
        elif name in ("tahun", "indikator"):
            self._go(replace(now, **{name: value}))
        else:
            self._go(replace(now, tempat=value))

    def _reread(self) -> None:
        """Read the workspace again: what was checked meanwhile is there, without a new kernel."""
        now = self._of._pilihan
        there = now.tahun in list_unit(self._of._place).get(now.kode_kabupaten, [])
        self._go(now if there else Pilihan())

    def _go(self, pilihan: Pilihan) -> None:
        self.isi.value = _MEMUAT
        self._of._choose(pilihan)
        self._show()

    def _show(self) -> None:
        """Put the present choice into the lists and the parts below them."""
        with self._quietly():
            for name, (options, value) in self._list_pilihan().items():
                known = [option for _, option in options]
                self.daftar[name].options = options
                self.daftar[name].value = value if value in known else None
                self.daftar[name].disabled = not options
        self.isi.value = self._of._isi()

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """Change lists without taking it for a choice."""
        self._diam = True
        try:
            yield
        finally:
            self._diam = False

    def _list_pilihan(self) -> dict[str, tuple[list[Butir], str | int]]:
        """Return what each list offers, and which of it is chosen."""
        now, place = self._of._pilihan, self._of._place
        units = list_unit(place)
        offered: dict[str, tuple[list[Butir], str | int]] = {
            "kabupaten": ([(name_kabupaten(kode), kode) for kode in units], now.kode_kabupaten),
            "tahun": ([(str(t), t) for t in units.get(now.kode_kabupaten, [])], now.tahun),
            "indikator": ([], ""),
            "kecamatan": ([], ""),
            "desa": ([], ""),
        }
        try:
            isi = load_isi(now.kode_kabupaten, now.tahun, place)
        except ReviuError:
            return offered
        return {**offered, **_list_isi(isi, now)}


def _list_isi(isi: Isi, now: Pilihan) -> dict[str, tuple[list[Butir], str | int]]:
    """Return the indicators, kecamatan, and desa that a kabupaten and year offers."""
    kecamatan = ".".join(now.tempat.split(".")[:3])
    desa: list[Butir] = []
    if kecamatan != now.kode_kabupaten:
        desa = [("Seluruh kecamatan", kecamatan), *isi.list_tempat("desa", kecamatan)]
    whole = ("Seluruh kabupaten/kota", now.kode_kabupaten)
    return {
        "indikator": ([*isi.indikator], now.indikator),
        "kecamatan": ([whole, *isi.list_tempat("kecamatan", now.kode_kabupaten)], kecamatan),
        "desa": (desa, now.tempat),
    }


def _titled(daftar: widgets.Dropdown, judul: str, lebar: str) -> widgets.VBox:
    """Return a list below its title; a title beside it would be cut."""
    daftar.layout = widgets.Layout(width=lebar, max_width="100%")
    return widgets.VBox([widgets.Label(judul), daftar], layout=widgets.Layout(max_width="100%"))
