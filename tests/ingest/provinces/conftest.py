"""A small Jawa Timur 2021: exports, published tables, a workbook, and what cannot be read."""

import shutil
from functools import partial
from pathlib import Path

import pytest

from reviu_lib.ingest import (
    Simpanan,
    find_dates,
    list_data,
    make_konteks,
    open_kept,
    read_folders,
    split_file,
)
from reviu_lib.workbook import write_templat

from ..conftest import ANAK, IDENTITAS, JUDUL_EPPGBM, KUNCI, rows

TAHUN = 2021
PACITAN, MALANG, KOTA_MALANG, TUBAN = "35.01", "35.07", "35.73", "35.23"
SEMUA = (PACITAN, MALANG, KOTA_MALANG, TUBAN)
LETAK = {
    PACITAN: {"Kab/Kota": "KAB. PACITAN", "Kec": "DONOROJO", "Desa/Kel": "WIDORO"},
    MALANG: {"Kab/Kota": "Kabupaten Malang", "Kec": "DONOMULYO", "Desa/Kel": "BANJAREJO"},
    KOTA_MALANG: {"Kab/Kota": "KOTA MALANG", "Kec": "BLIMBING", "Desa/Kel": "ARJOSARI"},
}
# A posyandu of the first file has the name of a child of the second.
RAHASIA = "KENARI DUA UJI"
TERBITAN = """Cakupan Penimbangan Tahun 2021
Kabupaten/Kota,Jumlah Lahir Hidup,Jumlah BBLR,% BBLR
Kab. Pacitan,6.140,344,"5,6"
Malang,40.100,1.200,"9,9"
Kota Malang,11.000,abc,"3,1"
Kota Kediri,4.100,100,"2,4"
Jumlah,61.340,1.700,"2,8"
"""


def child(kode: str, nomor: int, **lain: object) -> dict:
    """Return one row of an export: a child of this kabupaten with some cells changed."""
    own = {"NIK": f"{kode.replace('.', '')}00010120{nomor:04}", "Nama": f"CONTOH ANAK {nomor}"}
    return {**ANAK, "Prov": "JAWA TIMUR", **LETAK[kode], **own, **lain}


def _first() -> list[dict]:
    return [
        child(PACITAN, 1, Posyandu=RAHASIA.title()),
        child(PACITAN, 2, **{"Desa/Kel": "WIDORROX", "Berat": "9,8"}),
        child(PACITAN, 3, NIK=None),
        child(PACITAN, 4, **{"Tinggi": "tidak diukur", "Posyandu": "Hubungi 081234567890"}),
        child(MALANG, 5),
        child(MALANG, 6, **{"Kab/Kota": "Malang"}),
        child(MALANG, 7, **{"Tanggal Pengukuran": "30/02/2021"}),
        child(KOTA_MALANG, 8, **{"Tgl Lahir": "2022-01-01"}),
        child(KOTA_MALANG, 9, **{"Kab/Kota": None, "Berat": 9800}),
        child(PACITAN, 11, **{"Tanggal Pengukuran": "2021-12-30"}),
        {"Desa/Kel": "Jumlah"},
    ]


def _second() -> list[dict]:
    return [
        child(PACITAN, 1),
        child(PACITAN, 1, **{"Tanggal Pengukuran": "2021-02-10"}),
        child(PACITAN, 3),
        child(PACITAN, 3, NIK=None),
        child(PACITAN, 2, NIK="3501000101200033"),
        child(KOTA_MALANG, 10, Nama=RAHASIA),
    ]


class Provinsi:
    """The raw files of the province, and two ways to read a kabupaten from them."""

    def __init__(self, root: Path) -> None:
        self.raw = root / "data" / "raw"
        self.folder = self.raw / "35" / str(TAHUN)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.simpanan = Simpanan(root / "data" / "processed" / "35" / "bagian", KUNCI, "aturan")

    def folders(self, kode: str) -> list[Path]:
        """Return the folders of a kabupaten: its province's, its own."""
        return [self.folder, self.raw / kode / str(TAHUN)]

    def export(self, nama: str, *anak: dict) -> Path:
        """Write an export of these children."""
        path = self.folder / nama
        frame = rows(*anak).reindex(columns=JUDUL_EPPGBM)
        frame.to_excel(path, index=False, sheet_name="Sheet1")
        return path

    def workbook(self, folder: Path, kode: str, **isi: dict) -> Path:
        """Write the workbook of one kabupaten."""
        folder.mkdir(parents=True, exist_ok=True)
        tables = {"identitas": {**IDENTITAS, "kode_kabupaten": kode}, **isi}
        path = folder / "buku.xlsx"
        write_templat(path, isi={name: rows(record) for name, record in tables.items()})
        return path

    def konteks(self, kode: str, *utuh: Path):
        """Return the context of a kabupaten, its dates from its own files and the whole ones."""
        folders = self.folders(kode)
        konteks = make_konteks(*folders, kode_kabupaten=kode, tahun=TAHUN, kunci=KUNCI)
        return find_dates([*utuh, *list_data(folders[1:])], konteks)

    def split(self, *kode: str) -> None:
        """Keep the parts of these kabupaten from every file, and mask them with all names."""
        paths = list_data([self.folder])
        for path in paths:
            whole = [one for one in paths if self.simpanan.open(one).utuh]
            split_file(path, [self.konteks(one, *whole) for one in kode], self.simpanan)
        kept = [self.simpanan.open(path) for path in paths]
        for one in kept:
            one.seal(kept)

    def read(self, kode: str, *, tersimpan: bool = False):
        """Return inputs and names of a kabupaten, from the files or from what is kept of them."""
        way = {"buka": partial(open_kept, simpanan=self.simpanan)} if tersimpan else {}
        folders = self.folders(kode)
        return read_folders(*folders, kode_kabupaten=kode, tahun=TAHUN, kunci=KUNCI, **way)


def make_provinsi(root: Path) -> Provinsi:
    """Return the province with two exports, a published table, a workbook, and a broken file."""
    made = Provinsi(root)
    made.export("a.xlsx", *_first())
    made.export("b.xlsx", *_second())
    (made.folder / "terbitan.csv").write_text(TERBITAN, encoding="utf-8")
    (made.folder / "rusak.xlsx").write_bytes(b"PK\x03\x04 bukan arsip")
    (made.folder / "lain.csv").write_text("apa;siapa\nx;1\ny;2\n", encoding="utf-8")
    made.workbook(made.folder, TUBAN)
    barrier = {"id_hambatan": "H1", "kategori": "data", "uraian": f"Data {RAHASIA} ganda"}
    made.workbook(made.raw / PACITAN / str(TAHUN), PACITAN, hambatan=barrier)
    (made.folder.parent / "padanan_wilayah.csv").write_text(
        "nama_tertulis;kecamatan_tertulis;usulan_kode;usulan_nama;skor;terima\n"
        "WIDORROX;DONOROJO;35.01.01.2001;Widoro;0,9;ya\n"
    )
    return made


@pytest.fixture(scope="package")
def terbagi(tmp_path_factory):
    """The province, its files split for four kabupaten; read only."""
    made = make_provinsi(tmp_path_factory.mktemp("terbagi"))
    made.split(*SEMUA)
    return made


@pytest.fixture(scope="package")
def hasil(terbagi):
    """What the files themselves and what is kept of them give each kabupaten."""
    return {k: (terbagi.read(k)[0], terbagi.read(k, tersimpan=True)[0]) for k in SEMUA}


@pytest.fixture
def ubahan(terbagi, tmp_path):
    """The same province, to be changed."""
    root = tmp_path / "ubahan"
    shutil.copytree(terbagi.raw.parents[1], root)
    return Provinsi(root)
