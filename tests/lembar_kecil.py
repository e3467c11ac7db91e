"""A small kota whose worksheets go out and come back: four OPD, four kecamatan, two puskesmas."""

import os
import shutil
import time
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import load_lembar, tabel_masukan
from reviu_lib.ingest import build_bahan
from reviu_lib.reference import list_desa
from reviu_lib.report.lembar import LembarUnit, build_lembar, write_lembar
from reviu_lib.review import review
from reviu_lib.workbook import write_templat

KODE, TAHUN, KUNCI = "73.72", 2024, b"kunci uji yang bukan rahasia"
KEGIATAN = [
    # id, kode sub kegiatan, nama, OPD, target, realisasi tercatat
    ("K1", "1.02.02.2.02.0015", "PMT balita gizi kurang", "Dinas Kesehatan", 200, None),
    ("K2", "1.02.02.2.02.0001", "Kelas ibu hamil", "Dinas Kesehatan", 40, 30),
    ("K3", "1.03.05.2.01.0009", "Jamban keluarga", "Dinas PUPR", 120, None),
    ("K4", "2.14.03.2.02.0003", "Pendampingan keluarga", "Dinas P3A & KB", 500, None),
    ("K5", "2.14.03.2.02.0004", "Bina keluarga balita", "Dinas P3A-KB", 60, None),
]
DESA = list_desa(KODE)
PENGISI = {"Jabatan pengisi": "Kepala Bidang", "Tanggal pengisian": date(TAHUN, 12, 2)}
REKOMENDASI = "Menetapkan stok penyangga tablet tambah darah"


def make_tables() -> dict[str, pd.DataFrame]:
    """Return the workbook: money of K2 recorded, that of the others blank, two desa silent."""
    names = ("id_kegiatan", "kode_sub_kegiatan", "sub_kegiatan", "opd", "target_output")
    plan = pd.DataFrame([row[:5] for row in KEGIATAN], columns=list(names), dtype=object)
    ids = [row[0] for row in KEGIATAN]
    return {
        "identitas": pd.DataFrame(
            {
                "kode_kabupaten": [KODE],
                "nama": ["Kota Parepare"],
                "tahun": [TAHUN],
                "tanggal_cutoff": [date(TAHUN, 11, 30)],
                "tanggal_reviu": [date(TAHUN, 12, 10)],
            }
        ),
        "kegiatan": plan.assign(
            satuan="orang",
            indikator_output="Sasaran terlayani",
            realisasi_output=[row[5] for row in KEGIATAN],
            lokasi_rencana="Seluruh kecamatan",
            indikator_terkait="E01",
        ),
        "jadwal": pd.DataFrame(
            {"id_kegiatan": ids, "jendela": 1, "rencana_mulai": date(TAHUN, 2, 1)}
        ),
        "anggaran": pd.DataFrame(
            {
                "id_kegiatan": ids,
                "sumber_dana": "APBD",
                "pagu_murni_rp": 100_000_000,
                "realisasi_rp": [None, 50_000_000, None, None, None],
            }
        ).rename(columns={"pagu_murni_rp": "pagu_murni", "realisasi_rp": "realisasi"}),
        "cakupan": _coverage(),
        "tindak_lanjut": pd.DataFrame(
            {"id": ["R01-2023"], "rekomendasi": [REKOMENDASI], "opd_pj": ["Dinas Kesehatan"]}
        ),
    }


def _coverage() -> pd.DataFrame:
    told = DESA.iloc[2:]
    return pd.DataFrame(
        {
            "kode_desa": told["kode_desa"],
            "kode_indikator": "E01",
            "periode": "tahunan",
            "pembilang": 8,
            "penyebut": 10,
        }
    )


_ANAK = "NIK;Nama;JK;Tgl Lahir;Kec;Pukesmas;Desa/Kel;Tanggal Pengukuran;Berat;Tinggi;Cara Ukur\n"


def _children() -> str:
    places = [DESA.iloc[0], DESA.iloc[-1]]
    lines = [
        f"737201010120000{number};CONTOH ANAK {word};L;2022-01-15;{place['kecamatan']};"
        f"{puskesmas};{place['desa']};2024-08-10;9,8;80,5;Berdiri"
        for number, (word, place, puskesmas) in enumerate(
            zip(("SATU", "DUA"), places, ("MADISING NA MARIO", "LAPADDE"), strict=True), start=1
        )
    ]
    return _ANAK + "\n".join(lines) + "\n"


class Kota:
    """The raw folder of the kota, the worksheets that went out, and those that come back."""

    def __init__(self, root: Path) -> None:
        self.raw = root / "data" / "raw" / KODE / str(TAHUN)
        self.keluar = root / "keluar"
        self.lembar: dict[str, LembarUnit] = {}
        if not self.raw.exists():
            self.raw.mkdir(parents=True)
            self.write_book()
            (self.raw / "eppgbm.csv").write_text(_children(), encoding="utf-8")
            age(self.raw / "eppgbm.csv")

    def copy(self, root: Path) -> "Kota":
        """Return another kota with the same files and the same worksheets."""
        shutil.copytree(self.raw.parents[3], root, dirs_exist_ok=True)
        other = Kota(root)
        other.lembar = dict(self.lembar)
        return other

    def write_book(self, **changed: pd.DataFrame) -> None:
        """Write the workbook, some tables changed; headings are those of the workbook."""
        tables = {**make_tables(), **changed}
        isi = {
            name: frame.rename(
                columns={kolom.judul_lembar: kolom.nama for kolom in tabel_masukan()[name].kolom}
            )
            for name, frame in tables.items()
        }
        write_templat(self.raw / "buku.xlsx", isi=isi)
        age(self.raw / "buku.xlsx")

    def read(self) -> BahanReviu:
        """Return what the raw folder holds."""
        return build_bahan(self.raw, kode_kabupaten=KODE, tahun=TAHUN, kunci=KUNCI)

    def send(self) -> dict[str, LembarUnit]:
        """Write all worksheets; return them by the code of their unit."""
        own = self.read()
        sheets = build_lembar(own, review(own))
        for sheet in sheets:
            write_lembar(sheet, own, self.keluar)
        self.lembar = {sheet.unit.kode: sheet for sheet in sheets}
        return self.lembar

    def answer(self, kode: str, nama: str = "", /, **bagian: dict[str, dict]) -> Path:
        """Fill the worksheet of a unit as an office does; put it into the raw folder.

        `bagian` maps the key of a row (its first cell) to heading → value of what is written.
        """
        book = self.open(kode)
        for part, rows in bagian.items():
            sheet = book[load_lembar().bagian[part].lembar]
            for kunci, cells in rows.items():
                fill_row(sheet, kunci, cells)
        return self.put(book, nama or f"WA {kode} kembali.xlsx")

    def open(self, kode: str) -> openpyxl.Workbook:
        """Return the worksheet of a unit, office and date filled in."""
        book = openpyxl.load_workbook(self.keluar / self.lembar[kode].nama_berkas)
        fill_row(book["Identitas lembar"], KODE, PENGISI)
        return book

    def put(self, book: openpyxl.Workbook, nama: str) -> Path:
        """Save a workbook in the raw folder."""
        book.save(self.raw / nama)
        return age(self.raw / nama)


def age(path: Path) -> Path:
    """Return a file after dating it back: one just written would be watched for a moment."""
    before = time.time() - 60
    os.utime(path, (before, before))
    return path


def find_head(sheet) -> int:
    """Return the row of the headings: the first with as many cells as the sheet is wide."""
    return next(
        row[0].row for row in sheet.iter_rows() if all(cell.value is not None for cell in row)
    )


def fill_row(sheet, kunci: str, cells: dict) -> None:
    """Write values under their headings into the row whose first cell is `kunci`."""
    head = find_head(sheet)
    titles = {cell.value: cell.column for cell in sheet[head]}
    row = next(row[0].row for row in sheet.iter_rows(min_row=head + 1) if row[0].value == kunci)
    for title, value in cells.items():
        sheet.cell(row, titles[title]).value = value
