"""The Excel annex: a list of sheets, the proposals to be decided, then every result table.

The team fills the columns of `PUTUSAN`, the only ones that are not protected, puts the file into
data/raw as `putusan….xlsx`, and runs the report again; rows are found by `id_usulan`. The other
sheets are never read back:
`definitions/sumber/putusan.toml` declares the decisions as the only input of such a file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from reviu_lib.bahan import PENANDA_CONTOH
from reviu_lib.catalog import Kolom, Tabel, load_penyamaran, tabel_hasil
from reviu_lib.formatting import format_tanggal
from reviu_lib.hasil import HasilBanding, HasilReviu, table_names
from reviu_lib.workbook import Lembar, write_tables

USULAN = ("usulan_kegiatan", "rekomendasi", "usulan_lokus", "rancangan_kegiatan")
_TIDAK_TAMPAK = {"baris"}
DAFTAR = "daftar_lembar"
# What the meeting fills in, in the order of the columns; a table has the first and the last.
PUTUSAN = (
    "putusan", "target_disepakati", "pagu_disepakati_rp", "opd_disepakati",
    "tenggat_disepakati", "sumber_dana_disepakati", "sub_kegiatan_disepakati", "catatan_putusan",
)  # fmt: skip


def write_lampiran(hasil: HasilReviu, path: Path) -> None:
    """Write the annex of one review to `path` (.xlsx); BerkasError when it cannot be written.

    That of the public edition has its tables alone, and nothing to fill in.
    """
    sheets = _list_public(hasil) if hasil.publik else _list_sheets(hasil)
    write_tables(path, [_contents(hasil, sheets), *sheets])


def _contents(hasil: HasilReviu, sheets: Sequence[Lembar]) -> Lembar:
    """Return the first sheet: what every other one holds, with a link to it."""
    kolom = (
        Kolom(nama="lembar", jenis="teks", judul="Lembar", arti=""),
        Kolom(nama="isi", jenis="teks", judul="Isi", arti=""),
        Kolom(nama="banyak", jenis="jumlah", judul="Baris", arti=""),
        Kolom(nama="guna", jenis="teks", judul="Guna", arti=""),
    )
    rows = [
        (
            sheet.nama,
            tabel_hasil()[sheet.nama].judul,
            len(sheet.frame),
            "diisi rapat" if sheet.isian else "dibaca",
        )
        for sheet in sheets
    ]
    frame = pd.DataFrame(rows, columns=[satu.nama for satu in kolom])
    above = (*_above(hasil, "Daftar lembar"), "Klik nama lembar untuk membukanya.")
    return Lembar(DAFTAR, frame, kolom, above, "judul", tautan="lembar")


def _list_sheets(hasil: HasilReviu) -> list[Lembar]:
    others = [name for name in table_names() if name not in USULAN]
    sheets = [_proposals(hasil, name) for name in USULAN]
    return sheets + [_sheet(hasil, name) for name in others if len(getattr(hasil, name))]


def _list_public(hasil: HasilReviu) -> list[Lembar]:
    """Return the tables of the public edition; the numbers of its summary stand in the text."""
    public = [name for name in table_names() if name in load_penyamaran().tabel]
    return [_sheet(hasil, name) for name in public if len(getattr(hasil, name))]


def write_pengembalian(hasil: HasilReviu, path: Path) -> None:
    """Write the visits to look at again, one sheet per puskesmas, to `path` (.xlsx).

    Each sheet can be sent alone: it names rows of files, and no child.
    """
    tabel = tabel_hasil()["pengembalian"]
    kolom = tuple(item for item in tabel.kolom if item.nama not in {*_TIDAK_TAMPAK, "puskesmas"})
    rows = hasil.pengembalian.assign(
        puskesmas=hasil.pengembalian["puskesmas"].fillna("Tanpa puskesmas")
    )
    names: list[str] = []
    sheets = []
    for puskesmas, part in rows.groupby("puskesmas", sort=True):
        names.append(_sheet_name(str(puskesmas), names))
        above = (*_above(hasil, tabel.judul), f"Puskesmas {puskesmas}", _CARA_MENCARI)
        frame = part[[item.nama for item in kolom]].reset_index(drop=True)
        sheets.append(Lembar(names[-1], frame, kolom, above, "judul"))
    write_tables(path, sheets)


def write_banding(banding: HasilBanding, path: Path) -> None:
    """Write every table of a comparison to `path` (.xlsx), one sheet each."""
    sheets = []
    for nama, tabel in banding.katalog.items():
        kolom = tuple(item for item in tabel.kolom if item.nama not in _TIDAK_TAMPAK)
        frame: pd.DataFrame = getattr(banding, nama)
        shown = frame[[item.nama for item in kolom]]
        mark = (PENANDA_CONTOH,) if banding.contoh else ()
        above = (*mark, tabel.judul, f"Tahun {banding.tahun}. {tabel.arti}", tabel.rujukan)
        sheets.append(Lembar(nama, shown, kolom, above, "judul"))
    write_tables(path, sheets)


_CARA_MENCARI = (
    "Cari anaknya pada berkas dan baris yang disebut, periksa bersama buku KIA, lalu perbaiki di "
    "e-PPGBM. Ditandai bukan berarti salah."
)
_PANJANG_LEMBAR = 31  # what Excel allows


def _sheet_name(text: str, taken: Sequence[str]) -> str:
    """Return the text as the name of a sheet that no other one has."""
    name = re.sub(r"[\[\]:*?/\\']", " ", text).strip()[:_PANJANG_LEMBAR] or "Puskesmas"
    lower = {other.lower() for other in taken}
    number = 2
    unique = name
    while unique.lower() in lower:
        unique = f"{name[: _PANJANG_LEMBAR - 3]} {number}"
        number += 1
    return unique


def _proposals(hasil: HasilReviu, nama: str) -> Lembar:
    """Return a sheet of proposals: its header row holds the plain names `id_usulan`, `putusan`."""
    tabel = tabel_hasil()[nama]
    kolom = tuple(_with_choices(tabel, kolom) for kolom in _order(tabel))
    note = (
        "Isi kolom berwarna (putusan sampai catatan_putusan), simpan sebagai putusan.xlsx di "
        "data/raw, lalu jalankan reviu laporan. Jangan mengubah id_usulan."
    )
    above = (*_above(hasil, tabel.judul), note)
    frame = _frame(hasil, nama, kolom)
    return Lembar(nama, frame, kolom, above, "lembar", isian=PUTUSAN)


def _order(tabel: Tabel) -> list[Kolom]:
    """Return id first, what the meeting needs to decide next, the decision last."""
    shown = [kolom for kolom in tabel.kolom if kolom.nama not in {*_TIDAK_TAMPAK, *PUTUSAN}]
    first = [kolom for kolom in shown if kolom.nama == "id_usulan"]
    rest = [kolom for kolom in shown if kolom.nama not in {"id_usulan", "alasan", "dasar"}]
    last = ["alasan", "dasar", *(nama for nama in PUTUSAN if nama in tabel.nama_kolom)]
    return [*first, *rest, *(tabel[nama] for nama in last)]


def _with_choices(tabel: Tabel, kolom: Kolom) -> Kolom:
    if kolom.nama != "putusan":
        return kolom
    return kolom.model_copy(update={"jenis": "pilihan", "pilihan": decision_words(tabel.nama)})


def decision_words(nama: str) -> tuple[str, ...]:
    """Return the words a decision on this table may use: those that a proposal may use.

    Recommendations have no proposal of their own and take the words of activities.
    """
    tabel = tabel_hasil()[nama]
    source = tabel if "usulan" in tabel.nama_kolom else tabel_hasil()["usulan_kegiatan"]
    return source["usulan"].pilihan


def _sheet(hasil: HasilReviu, nama: str) -> Lembar:
    tabel = tabel_hasil()[nama]
    kolom = tuple(kolom for kolom in tabel.kolom if kolom.nama not in _TIDAK_TAMPAK)
    if nama == "ringkasan":
        kolom = tabel.kolom
    if hasil.publik:
        kolom = tuple(tabel[satu] for satu in load_penyamaran().tabel[nama].kolom)
    return Lembar(nama, _frame(hasil, nama, kolom), kolom, _above(hasil, tabel.judul), "judul")


def _frame(hasil: HasilReviu, nama: str, kolom: tuple[Kolom, ...]) -> pd.DataFrame:
    frame = hasil.shown(nama)
    return frame[[satu.nama for satu in kolom]]


def _above(hasil: HasilReviu, judul: str) -> tuple[str, ...]:
    """Return the lines above the header: title, place and dates, mark of example data."""
    place = (
        f"{hasil.nama} ({hasil.kode_kabupaten}), tahun {hasil.tahun}, edisi {hasil.edisi}"
        f"{' (EDISI PUBLIK)' if hasil.publik else ''}; "
        f"batas data {format_tanggal(hasil.tanggal_cutoff)}"
    )
    mark = (PENANDA_CONTOH,) if hasil.contoh else ()
    return (*mark, judul, place)
