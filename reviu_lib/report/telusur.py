"""From a number of the report back to the file, sheet, and row it came from."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviu_lib.bahan import BahanReviu, table_fields
from reviu_lib.catalog import tabel_masukan
from reviu_lib.errors import DefinisiError

# Result table → input tables it was made from, with the input column and the part of `baris`
# (split at the sign given) that must agree. A place code covers everything below it.
_JEJAK: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "capaian_cakupan": {"cakupan": ("kode_indikator", "kode_desa")},
    "konvergensi_sasaran": {"konvergensi": ("kode_desa",), "layanan_sasaran": ("kode_desa",)},
    "konvergensi_desa": {"cakupan": ("kode_desa",), "pengukuran": ("kode_desa",)},
    "realisasi_kegiatan": {"kegiatan": ("id_kegiatan",), "jadwal": ("id_kegiatan",)},
    "realisasi_anggaran": {"anggaran": ("id_kegiatan", "sumber_dana")},
    "faktor_penghambat": {"hambatan": ("id_hambatan",)},
    "penilaian_aksi": {"aksi": ("aksi",)},
    "aksi_kecamatan": {"aksi": ("kode_kecamatan",)},
    "tindak_lanjut": {"tindak_lanjut_lalu": ("id",)},
    "rekap_indikator": {"rekap": ("berkas", "no")},
    "angka_terbit": {"capaian_terbit": ("_nomor",)},
    "usulan_kegiatan": {"kegiatan": ("id_kegiatan",), "anggaran": ("id_kegiatan",),
                        "jadwal": ("id_kegiatan",)},
    "usulan_lokus": {"cakupan": ("kode_desa",), "pengukuran": ("kode_desa",)},
    "perkembangan_prevalensi": {"prevalensi": ("wilayah", "tahun", "periode", "sumber")},
}  # fmt: skip
_WILAYAH = {"kode_desa"}
_KOLOM_ASAL = ["berkas", "lembar", "baris_berkas"]


def telusuri(bahan: BahanReviu, asal: str) -> pd.DataFrame:
    """Return the raw rows behind one number, named as in a report: `table/baris/column`.

    Columns: tabel, berkas, lembar, baris_berkas (row in the file, from 1), then the row itself.
    A table computed from many rows (kabupaten totals) gives all of them. Raises DefinisiError
    when the address does not name a table that can be followed.
    """
    table, _, rest = asal.partition("/")
    baris = rest.rpartition("/")[0] or rest
    if table not in _JEJAK:
        raise DefinisiError(
            f"Rujukan '{asal}' tidak dapat ditelusuri.",
            lakukan=f"Pakai rujukan tabel/baris/kolom dari salah satu tabel: {', '.join(_JEJAK)}.",
        )
    parts = _split(table, baris)
    found = [_rows(bahan, name, dict(zip(keys, parts, strict=False)))
             for name, keys in _JEJAK[table].items()]  # fmt: skip
    return pd.concat([frame for frame in found if len(frame)] or found[:1], ignore_index=True)


def _split(table: str, baris: str) -> list[str]:
    """Return the parts of a row key in the order of the columns in `_JEJAK`."""
    if table == "capaian_cakupan":
        return baris.split("@", 1)
    if table == "realisasi_anggaran":
        return baris.removeprefix("kegiatan:").split("|", 1)
    if table == "konvergensi_sasaran":
        return [baris.partition(":")[0]]
    if table == "rekap_indikator":
        return list(baris.rpartition("#")[::2])
    if table == "perkembangan_prevalensi":
        return [part.replace("_", " ") for part in baris.split(":")[1:]]
    for prefix in ("UK-", "UL-", "TB-", "T-", "aksi-"):
        baris = baris.removeprefix(prefix)
    return [baris]


def _rows(bahan: BahanReviu, nama: str, kunci: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows of one input table that agree with `kunci`, with their origin in front."""
    frame: pd.DataFrame = getattr(bahan, nama)
    for column, value in kunci.items():
        frame = _select(frame, column, value)
    canonical = table_fields()[nama]
    origin = bahan.asal[bahan.asal["tabel"].isin([nama, canonical])].set_index("baris")
    placed = frame.join(origin[_KOLOM_ASAL].rename(columns={"berkas": "_berkas"}))
    placed = placed.drop(columns=[c for c in ("berkas",) if c in placed]).rename(
        columns={"_berkas": "berkas"}
    )
    placed.insert(0, "tabel", tabel_masukan()[canonical].judul)
    rest = [name for name in placed if name not in {"tabel", *_KOLOM_ASAL}]
    return placed[["tabel", *_KOLOM_ASAL, *rest]]


def _select(frame: pd.DataFrame, column: str, value: str) -> pd.DataFrame:
    """Return the rows with that value; of a place also those below it.

    A kabupaten without rows of its desa is that of a recap, whose rows have no code.
    """
    cells = _cells(frame, column)
    if column not in _WILAYAH:
        return frame[cells.eq(value)]
    found = frame[cells.eq(value) | cells.str.startswith(f"{value}.")]
    recap = found.empty and value.count(".") == 1
    return frame[cells.eq("")] if recap else found


def _cells(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return a column as text; `_nomor` is the number of the row, from 1."""
    if column == "_nomor":
        return pd.Series(frame.index + 1, index=frame.index).astype("string")
    return frame[column].astype("string").fillna("")
