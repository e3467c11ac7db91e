"""A folder of raw files for one kabupaten and year, read as BahanReviu."""

import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import Kolom
from reviu_lib.ingest import build_bahan
from reviu_lib.workbook import Lembar, write_tables, write_templat

KUNCI = b"kunci uji yang bukan rahasia"
JUDUL_EPPGBM = [
    "NIK", "Nama", "JK", "Tgl Lahir", "BB Lahir", "TB Lahir", "Nama Ortu", "Prov", "Kab/Kota",
    "Kec", "Pukesmas", "Desa/Kel", "Posyandu", "RT", "RW", "Alamat", "Usia Saat Ukur",
    "Tanggal Pengukuran", "Bulan Pengukuran", "Status Bulan", "status tahun", "Berat", "Tinggi",
    "Cara Ukur", "LiLA", "BB/U", "ZS BB/U", "TB/U", "ZS TB/U", "BB/TB", "ZS BB/TB",
    "Naik Berat Badan", "PMT Diterima (kg)", "Jml Vit A", "KPSP", "KIA", "Detail", "status desa",
]  # fmt: skip
ANAK = {
    "NIK": "1218000101200001",
    "Nama": "CONTOH ANAK SATU",
    "JK": "L",
    "Tgl Lahir": "2020-01-15",
    "Nama Ortu": "CONTOH AYAH / CONTOH IBU",
    "Prov": "SUMATERA UTARA",
    "Kab/Kota": "SERDANG BEDAGAI",
    "Kec": "PERBAUNGAN",
    "Pukesmas": "MELATI",
    "Desa/Kel": "SEI BULUH",
    "Posyandu": "Mawar",
    "Alamat": "Dusun Contoh Satu",
    "Tanggal Pengukuran": "2021-08-10",
    "Berat": 9.8,
    "Tinggi": 80.5,
    "Cara Ukur": "Terlentang",
    "LiLA": 14.2,
    "ZS BB/U": -1.1,
    "TB/U": "Normal",
    "ZS TB/U": -1.5,
    "ZS BB/TB": -0.4,
    "Naik Berat Badan": "N",
}
IDENTITAS = {
    "kode_kabupaten": "12.18",
    "nama": "Kabupaten Serdang Bedagai",
    "tahun": 2021,
    "tanggal_cutoff": date(2021, 11, 30),
    "tanggal_reviu": date(2021, 12, 21),
}


def rows(*records: dict) -> pd.DataFrame:
    """Return raw rows as they stand in a file: every column of kind object."""
    return pd.DataFrame(list(records), dtype=object)


def age(path: Path) -> Path:
    """Return a file after dating it back: one just written would be watched for a moment."""
    before = time.time() - 60
    os.utime(path, (before, before))
    return path


def temuan(bahan: BahanReviu, kode: str) -> pd.Series:
    """Return the one finding of a kind."""
    found = bahan.temuan[bahan.temuan["kode"] == kode]
    assert len(found) == 1, list(bahan.temuan["kode"])
    return found.iloc[0]


class Folder:
    """The raw folder of Serdang Bedagai 2021 in a workspace; its files are not just written."""

    def __init__(self, root: Path) -> None:
        self.path = root / "data" / "raw" / "12.18" / "2021"
        self.path.mkdir(parents=True)

    def workbook(self, nama: str = "buku.xlsx", *, contoh: bool = False, **isi: object) -> Path:
        """Write a kabupaten workbook; a table is one record or a list of records."""
        tables = {"identitas": [IDENTITAS], **isi}
        frames = {
            name: rows(*([value] if isinstance(value, dict) else value))
            for name, value in tables.items()
        }
        write_templat(self.path / nama, isi=frames, contoh=contoh)
        return age(self.path / nama)

    def sheet(self, nama: str, frame: pd.DataFrame, lembar: str = "Sheet1") -> Path:
        """Write one sheet with the frame's own headings."""
        columns = tuple(Kolom(nama=str(name), jenis="teks", judul="", arti="") for name in frame)
        write_tables(self.path / nama, [Lembar(lembar, frame, columns)])
        return age(self.path / nama)

    def eppgbm(self, *anak: dict, nama: str = "ekspor.xlsx") -> Path:
        """Write an e-PPGBM export: each child is ANAK with some cells changed."""
        frame = rows(*({**ANAK, **changes} for changes in anak)).reindex(columns=JUDUL_EPPGBM)
        return self.sheet(nama, frame)

    def text(self, nama: str, content: str | bytes) -> Path:
        """Write a file byte for byte."""
        data = content.encode() if isinstance(content, str) else content
        (self.path / nama).write_bytes(data)
        return age(self.path / nama)

    def read(self) -> BahanReviu:
        """Return what the folder holds."""
        return build_bahan(self.path, kode_kabupaten="12.18", tahun=2021, kunci=KUNCI)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty raw folder of 12.18/2021."""
    return Folder(tmp_path)


@pytest.fixture
def read_one(folder: Folder) -> Callable[..., BahanReviu]:
    """Return a function that reads a workbook with these tables."""

    def read(**isi: object) -> BahanReviu:
        folder.workbook(**isi)
        return folder.read()

    return read
