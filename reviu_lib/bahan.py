"""BahanReviu: what a review reads. Ingest makes it, the store keeps it, the review reads it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

import pandas as pd

from reviu_lib.catalog import tabel_masukan
from reviu_lib.formatting import PENANDA_CONTOH as PENANDA_CONTOH
from reviu_lib.formatting import format_number, format_tanggal, format_teks, join_list
from reviu_lib.kartu import Daftar, render_kartu

# Field of BahanReviu → canonical table, where the two names differ.
_TABLE_OF_FIELD = {"tindak_lanjut_lalu": "tindak_lanjut"}
# Tables about the reading itself; the card does not count them among the contents.
_CATATAN_BACA = frozenset({"asal", "temuan", "neraca_baris", "sel_ragu", "usulan_padanan"})
_TINGKAT = ("galat", "peringatan", "catatan")
_TEMUAN_DITAMPILKAN = 5


def _empty(tabel: str) -> pd.DataFrame:
    return tabel_masukan()[tabel].empty()


def _table(tabel: str) -> Any:
    return field(default_factory=lambda: _empty(tabel))


@dataclass(frozen=True)
class BahanReviu:
    """Validated inputs of one kabupaten and year.

    Every table has the columns and dtypes of `definitions/tabel_masukan.toml`; a missing source
    is an empty table, never None. `asal` says from which file, sheet, and row each row came;
    `neraca_baris` accounts for every row of every sheet; `temuan` holds what was wrong with the
    files and `sel_ragu` where exactly; `usulan_padanan` proposes regions for names that stayed
    open. `contoh` is True for synthetic example data,
    and then every page made from it says so.

    A notebook shows it as a card; its tables are plain DataFrames:

        bahan = load_bahan("73.12", 2024)
        bahan
        bahan.kegiatan.query("opd == 'Dinas Kesehatan'")
        bahan.temuan.query("tingkat == 'galat'")
    """

    kode_kabupaten: str
    nama: str
    tahun: int
    tanggal_cutoff: date
    tanggal_reviu: date
    edisi: str = "rapat"
    contoh: bool = False
    kegiatan: pd.DataFrame = _table("kegiatan")
    jadwal: pd.DataFrame = _table("jadwal")
    anggaran: pd.DataFrame = _table("anggaran")
    cakupan: pd.DataFrame = _table("cakupan")
    konvergensi: pd.DataFrame = _table("konvergensi")
    layanan_sasaran: pd.DataFrame = _table("layanan_sasaran")
    target: pd.DataFrame = _table("target")
    prevalensi: pd.DataFrame = _table("prevalensi")
    pengukuran: pd.DataFrame = _table("pengukuran")
    kasus: pd.DataFrame = _table("kasus")
    hambatan: pd.DataFrame = _table("hambatan")
    aksi: pd.DataFrame = _table("aksi")
    sasaran_kecamatan: pd.DataFrame = _table("sasaran_kecamatan")
    penilaian_kinerja: pd.DataFrame = _table("penilaian_kinerja")
    pasokan: pd.DataFrame = _table("pasokan")
    lokus: pd.DataFrame = _table("lokus")
    tindak_lanjut_lalu: pd.DataFrame = _table("tindak_lanjut")
    rekap: pd.DataFrame = _table("rekap")
    putusan: pd.DataFrame = _table("putusan")
    capaian_terbit: pd.DataFrame = _table("capaian_terbit")
    realisasi_anggaran: pd.DataFrame = _table("realisasi_anggaran")
    isian_lembar: pd.DataFrame = _table("isian_lembar")
    neraca_baris: pd.DataFrame = _table("neraca_baris")
    sel_ragu: pd.DataFrame = _table("sel_ragu")
    usulan_padanan: pd.DataFrame = _table("usulan_padanan")
    asal: pd.DataFrame = _table("asal")
    temuan: pd.DataFrame = _table("temuan")

    def __post_init__(self) -> None:
        for name, tabel in table_fields().items():
            object.__setattr__(self, name, tabel_masukan()[tabel].conform(getattr(self, name)))

    def __repr__(self) -> str:
        rows = ", ".join(f"{name} {len(getattr(self, name))}" for name in table_fields())
        return f"BahanReviu({self.kode_kabupaten} {self.nama}, {self.tahun}: {rows})"

    def _repr_html_(self) -> str:
        """Return the card: what there is, what is missing, and the gravest findings."""
        return render_kartu(
            f"Bahan reviu {self.nama} {self.tahun} ({self.kode_kabupaten})",
            _describe_asal(self),
            _describe_temuan(self),
            _list_temuan(self.temuan),
            Daftar(("Tabel", "Baris", "Ketik"), _list_isi(self), frozenset({2})),
            _describe_kosong(self),
        )


def table_fields() -> dict[str, str]:
    """Return the table fields of BahanReviu and the canonical table each holds."""
    names = [item.name for item in fields(BahanReviu) if item.type == "pd.DataFrame"]
    return {name: _TABLE_OF_FIELD.get(name, name) for name in names}


def _describe_asal(bahan: BahanReviu) -> str:
    """Return the sentence on edition, cut-off date, and kind of data."""
    mark = f" {PENANDA_CONTOH}." if bahan.contoh else ""
    return f"Edisi {bahan.edisi}, batas data {format_tanggal(bahan.tanggal_cutoff)}.{mark}"


def _list_isi(bahan: BahanReviu) -> list[tuple[str, str, str]]:
    """Return title, number of rows, and what to type for each table that is filled."""
    return [
        (tabel_masukan()[tabel].judul, format_number(rows), f"bahan.{name}")
        for name, tabel in table_fields().items()
        if name not in _CATATAN_BACA and (rows := len(getattr(bahan, name)))
    ]


def _describe_kosong(bahan: BahanReviu) -> str:
    empty = [
        tabel_masukan()[tabel].judul
        for name, tabel in table_fields().items()
        if name not in _CATATAN_BACA and getattr(bahan, name).empty
    ]
    return f"Tidak ada isinya: {'; '.join(empty)}." if empty else ""


def _describe_temuan(bahan: BahanReviu) -> str:
    if bahan.temuan.empty:
        return "Tidak ada temuan pada berkas yang dibaca."
    counts = bahan.temuan["tingkat"].value_counts()
    parts = [f"{format_number(counts.get(word, 0))} {word}" for word in _TINGKAT]
    gravest = next(word for word in _TINGKAT if word in counts)
    return f'Temuan: {join_list(parts)}. Seluruhnya: LaporanPeriksa(bahan).tabel("{gravest}").'


def _list_temuan(temuan: pd.DataFrame) -> Daftar:
    """Return the gravest findings: severity, place, what is wrong, what to do."""
    order = temuan["tingkat"].map(_TINGKAT.index)
    gravest = temuan.loc[order.sort_values(kind="stable").index[:_TEMUAN_DITAMPILKAN]]
    rows = [
        (row["tingkat"], _place(row), format_teks(row["uraian"]), format_teks(row["saran"]))
        for row in gravest.to_dict("records")
    ]
    return Daftar(("Temuan", "Di", "Apa", "Yang perlu dilakukan"), rows)


def _place(row: dict[Any, Any]) -> str:
    parts = (row["berkas"], row["lembar"], row["sel"])
    return ", ".join(str(part) for part in parts if not pd.isna(part) and part)
