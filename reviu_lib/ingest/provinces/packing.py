"""Findings, pieces, and opened files as JSON and tables, and back; nothing is left out.

File names are not written: they may name a person, and whoever reads a part knows its file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any

import pandas as pd

from reviu_lib.catalog import load_temuan, tabel_masukan
from reviu_lib.ingest.files import Kisi
from reviu_lib.ingest.findings import Tempat, Temuan
from reviu_lib.ingest.identity import SIDIK_ANAK, SIDIK_LAHIR
from reviu_lib.ingest.layouts import Kepala, TabelSumber, TataLetak
from reviu_lib.ingest.layouts.proposals import Usulan, UsulanKolom
from reviu_lib.ingest.places.padanan import TemuanUsulan
from reviu_lib.ingest.places.padanan import Usulan as UsulanWilayah
from reviu_lib.ingest.sources import Sumber
from reviu_lib.ingest.tables import Potongan

BARIS = "_baris"
_SIDIK = (SIDIK_ANAK, SIDIK_LAHIR)
Isi = dict[str, Any]


def pack_temuan(item: Temuan) -> Isi:
    """Return a finding; the rows of a catatan are counted already and asked for by nobody."""
    place = item.tempat
    counted = load_temuan()[item.kode].tingkat == "catatan"
    letters = {place.kolom: place.huruf[place.kolom]} if place.kolom in place.huruf else {}
    told = {name: getattr(place, name) for name in ("lembar", "tabel", "kolom")}
    proposals = item.usulan if isinstance(item, TemuanUsulan) else ()
    return {
        **{name: getattr(item, name) for name in ("kode", "sel", "nilai", "jumlah", "rincian")},
        "baris": [] if counted else list(item.baris),
        "tempat": {**told, "huruf": letters},
        "usulan": [list(one) for one in proposals],
    }


def unpack_temuan(isi: Isi, berkas: str) -> Temuan:
    """Return the finding of a file."""
    words = {name: isi[name] for name in ("sel", "nilai", "jumlah", "rincian")}
    place = Tempat(berkas, **isi["tempat"])
    rows = tuple(isi["baris"])
    if not isi["usulan"]:
        return Temuan(isi["kode"], place, baris=rows, **words)
    proposals = tuple(UsulanWilayah(*one) for one in isi["usulan"])
    return TemuanUsulan(isi["kode"], place, baris=rows, usulan=proposals, **words)


def pack_potongan(piece: Potongan) -> tuple[Isi, pd.DataFrame]:
    """Return a checked piece and its rows: canonical columns, fingerprints, and the file row."""
    place, baku = piece.tempat, piece.sumber.baku
    own = piece.frame[[name for name in baku.nama_kolom if name in piece.frame]]
    prints = piece.frame[[name for name in _SIDIK if name in piece.frame]]
    rows = pd.Series(piece.frame.index, dtype="int64", name=BARIS)
    frame = pd.concat([baku.conform(own), prints.reset_index(drop=True), rows], axis=1)
    isi = {
        "tabel": piece.tabel,
        "lembar": place.lembar,
        "huruf": dict(place.huruf),
        "rahasia": sorted(place.rahasia),
        "temuan": [pack_temuan(item) for item in piece.temuan],
        **{name: getattr(piece, name) for name in ("dibaca", "disisihkan", "blok", "turunan")},
    }
    return isi, frame


def unpack_potongan(isi: Isi, frame: pd.DataFrame, berkas: str) -> Potongan:
    """Return the piece of a file; its `frame` is as `pack_potongan` gave it."""
    baku = tabel_masukan()[isi["tabel"]]
    prints = [name for name in _SIDIK if name in frame]
    rows = pd.concat([baku.conform(frame[baku.nama_kolom]), frame[prints]], axis=1)
    place = Tempat(berkas, isi["lembar"], isi["tabel"], huruf=isi["huruf"])
    return Potongan(
        TabelSumber(nama=isi["tabel"], tabel=isi["tabel"], ciri=()),
        replace(place, rahasia=frozenset(isi["rahasia"])),
        rows.set_axis(pd.Index(frame[BARIS].to_numpy())),
        tuple(unpack_temuan(item, berkas) for item in isi["temuan"]),
        dibaca=isi["dibaca"],
        disisihkan=tuple((kode, rows) for kode, rows in isi["disisihkan"]),
        blok=isi["blok"],
        turunan=isi["turunan"],
    )


def pack_sumber(source: Sumber, usulan: tuple[Usulan, ...]) -> Isi:
    """Return an opened file without its cells, with the proposals for what is not recognised."""
    grids = {id(grid): grid for grid, _ in source.lembar}
    places = {key: place for place, key in enumerate(grids)}
    return {
        "temuan": [pack_temuan(item) for item in source.temuan],
        "contoh": source.contoh,
        "tak_dibaca": source.tak_dibaca,
        "lembar": [[grid.lembar, grid.sel.shape[1]] for grid in grids.values()],
        "kepala": [[places[id(grid)], _pack_kepala(kepala)] for grid, kepala in source.lembar],
        "usulan": [asdict(one) for one in usulan],
    }


def _pack_kepala(kepala: Kepala) -> Isi:
    plain = {one.name: getattr(kepala, one.name) for one in fields(kepala)}
    return {
        **plain,
        "tata_letak": kepala.tata_letak.kode,
        "sumber": kepala.sumber.model_dump_json(),
        "posisi": dict(kepala.posisi),
        "tak_dikenal": (),  # told in a finding; a heading may be a word of anybody's
        "judul_atas": "",
    }


def unpack_sumber(isi: Isi, berkas: str, tayangan: Mapping[int, pd.DataFrame]) -> Sumber:
    """Return the opened file; `tayangan` has the cells as shown of each sheet that needs them."""
    grids = [
        Kisi(name, tayangan.get(place, pd.DataFrame(columns=range(width))))
        for place, (name, width) in enumerate(isi["lembar"])
    ]
    return Sumber(
        berkas,
        tuple((grids[place], _unpack_kepala(kepala)) for place, kepala in isi["kepala"]),
        tuple(unpack_temuan(item, berkas) for item in isi["temuan"]),
        isi["contoh"],
        tuple((lembar, tabel, kode, rows) for lembar, tabel, kode, rows in isi["tak_dibaca"]),
        usulan=tuple(_unpack_usulan(one, berkas) for one in isi["usulan"]),
        tersimpan=True,
    )


def _unpack_kepala(isi: Isi) -> Kepala:
    values: Isi = {
        key: tuple(value) if isinstance(value, list) else value for key, value in isi.items()
    }
    layout = TataLetak.model_construct(kode=isi["tata_letak"])
    sumber = TabelSumber.model_validate_json(isi["sumber"])
    return Kepala(**{**values, "tata_letak": layout, "sumber": sumber})


def _unpack_usulan(isi: Isi, berkas: str) -> Usulan:
    columns = tuple(UsulanKolom(**one) for one in isi["kolom"])
    return Usulan(**{**isi, "berkas": berkas, "kolom": columns})
