"""The workbook of one unit: instructions, its identity, and the parts declared for its kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from reviu_lib.bahan import PENANDA_CONTOH, BahanReviu
from reviu_lib.catalog import Bagian, Kolom, load_hambatan, load_lembar, tabel_masukan
from reviu_lib.catalog.lembar import IDENTITAS, TANDA, sign_lembar, sign_rows
from reviu_lib.formatting import format_tanggal
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.lembar.isi import Sumber, list_rows
from reviu_lib.report.lembar.unit import Unit, list_units
from reviu_lib.workbook import Lembar, write_tables

LEMBAR_IDENTITAS = "Identitas lembar"
_ISI_IDENTITAS = ("isi_jabatan", "isi_tanggal")
_KATEGORI = "isi_kategori"
_LEBAR = {"teks": 30, "pilihan": 14, "kode": 12, "rupiah": 15}  # characters; the others:
_LEBAR_LAIN = 12
_LEBAR_KHUSUS = {
    "kode_sub_kegiatan": 18, "kode_desa": 14, "satuan": 12, "catat_sel": 18, "catat_status": 12,
    "tujuan": 12, "opd_pj": 22, "opd": 22, "kecamatan": 16, "desa": 18, "lembar_berkas": 14,
    "versi": 20, "kode_unit": 24, "kode_kabupaten": 15,
}  # fmt: skip
_LEBAR_PETUNJUK = {"lembar": 24, "banyak": 8, "isi": 90}
_KOSONG = "Tidak ada baris bagi unit ini."


@dataclass(frozen=True)
class LembarUnit:
    """The worksheet of one unit: the rows of each part, and the version over what was printed."""

    unit: Unit
    isi: dict[str, pd.DataFrame]
    versi: str
    nama_berkas: str


def build_lembar(bahan: BahanReviu, hasil: HasilReviu) -> list[LembarUnit]:
    """Return the worksheets of all units of a review, OPD first."""
    sumber = Sumber(bahan, hasil)
    return [_build(sumber, unit) for unit in list_units(bahan, hasil.tindak_lanjut)]


def _build(sumber: Sumber, unit: Unit) -> LembarUnit:
    bahan = sumber.bahan
    parts = [load_lembar().bagian[kode] for kode in load_lembar().jenis[unit.jenis].bagian]
    isi = {part.kode: _rows(part, sumber, unit) for part in parts}
    marks = [mark for part in parts if part.berversi for mark in isi[part.kode][TANDA]]
    name = f"lembar-{bahan.kode_kabupaten}-{bahan.tahun}-{unit.slug}.xlsx"
    return LembarUnit(unit, isi, sign_lembar([*unit.kunci, *marks]), name)


def _rows(part: Bagian, sumber: Sumber, unit: Unit) -> pd.DataFrame:
    """Return the rows of a part as its table declares them, each with its mark."""
    rows = list_rows(part.kode, sumber, unit)
    printed = [name for name in (*part.terkunci, *part.tercatat) if name in rows]
    frame = part.baku.conform(rows[printed])
    return frame.assign(**{TANDA: sign_rows(frame, part.terkunci)})


def write_lembar(lembar: LembarUnit, bahan: BahanReviu, folder: Path) -> Path:
    """Return the path of the worksheet written to `folder`; BerkasError when it cannot be."""
    path = folder / lembar.nama_berkas
    parts = [load_lembar().bagian[kode] for kode in lembar.isi]
    above = _above(lembar, bahan)
    sheets = [
        _petunjuk(lembar, parts, above),
        _identitas(lembar, bahan, above),
        *(_sheet(part, lembar.isi[part.kode], above) for part in parts),
    ]
    write_tables(path, sheets)
    return path


def _above(lembar: LembarUnit, bahan: BahanReviu) -> tuple[str, ...]:
    unit = lembar.unit
    mark = (PENANDA_CONTOH,) if bahan.contoh else ()
    place = (
        f"{bahan.nama} ({bahan.kode_kabupaten}), batas data {format_tanggal(bahan.tanggal_cutoff)}"
    )
    kind = load_lembar().jenis[unit.jenis].nama
    who = unit.nama if unit.jenis == "opd" else f"{kind} {unit.nama}"
    return (*mark, f"{load_lembar().judul} {bahan.tahun}: {who}", place)


def _petunjuk(lembar: LembarUnit, parts: Iterable[Bagian], above: tuple[str, ...]) -> Lembar:
    """Return the first sheet: what to do, and what every other sheet holds."""
    kolom = (
        Kolom(nama="lembar", jenis="teks", judul="Lembar", arti=""),
        Kolom(nama="banyak", jenis="jumlah", judul="Baris", arti=""),
        Kolom(nama="isi", jenis="teks", judul="Isi", arti=""),
    )
    rows = [(LEMBAR_IDENTITAS, 1, "Jabatan pengisi dan tanggal pengisian; wajib diisi.")]
    rows += [(part.lembar, len(lembar.isi[part.kode]), part.baku.arti) for part in parts]
    frame = pd.DataFrame(rows, columns=[satu.nama for satu in kolom])
    lines = (*above, *load_lembar().petunjuk)
    return Lembar("Petunjuk", frame, kolom, lines, "judul", tautan="lembar", lebar=_LEBAR_PETUNJUK)


def _identitas(lembar: LembarUnit, bahan: BahanReviu, above: tuple[str, ...]) -> Lembar:
    tabel = tabel_masukan()[IDENTITAS]
    row = {
        "kode_kabupaten": bahan.kode_kabupaten,
        "tahun": bahan.tahun,
        "jenis_unit": lembar.unit.jenis,
        "kode_unit": lembar.unit.kode,
        "unit": lembar.unit.nama,
        "versi": lembar.versi,
    }
    frame = tabel.conform(pd.DataFrame([row]))
    return _form(LEMBAR_IDENTITAS, frame, tabel.kolom, above=above, isian=_ISI_IDENTITAS)


def _form(
    nama: str,
    frame: pd.DataFrame,
    kolom: tuple[Kolom, ...],
    *,
    above: tuple[str, ...],
    isian: tuple[str, ...],
) -> Lembar:
    widths = {
        satu.nama: _LEBAR_KHUSUS.get(satu.nama, _LEBAR.get(satu.jenis, _LEBAR_LAIN))
        for satu in kolom
    }
    return Lembar(nama, frame, kolom, above, "judul", isian=isian, lebar=widths)


def _sheet(part: Bagian, rows: pd.DataFrame, above: tuple[str, ...]) -> Lembar:
    kolom = tuple(_with_choices(satu) for satu in part.kolom)
    frame = rows[[satu.nama for satu in kolom]]
    words = part.baku.arti if len(rows) else _KOSONG
    return _form(part.lembar, frame, kolom, above=(*above, words), isian=part.isian)


def _with_choices(kolom: Kolom) -> Kolom:
    """Return the column of barrier categories with those that are declared now."""
    if kolom.nama != _KATEGORI:
        return kolom
    return kolom.model_copy(update={"pilihan": tuple(load_hambatan())})
