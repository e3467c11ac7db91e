"""Identity planted in raw files occurs nowhere else: not in tables, reports, logs, or failures."""

import openpyxl
import pandas as pd
import pytest
from kenari import find_canaries, has_canary
from perintah import run_reviu

from reviu_lib.batch import Pesanan, choose_banding, copy_notebooks, run_banding, run_laporan
from reviu_lib.batch.cluster.parcel import pack_inputs
from reviu_lib.batch.editions.rapat import run_rapat
from reviu_lib.cli.meeting.kirim import send_lembar
from reviu_lib.settings import Pengaturan
from reviu_lib.store import load_bahan, make_ruang
from reviu_lib.workbook import write_templat

from .ruang_kecil import write_notebook, write_raw

NIK = "1218000101209999"
TELEPON = "081234567890"
KENARI = (NIK, "KENARI ANAK UJI", "KENARI IBU UJI", "JALAN KENARI UJI", TELEPON)
JUDUL = (
    "No;NIK;Nama;JK;Tgl Lahir;BB Lahir;TB Lahir;Nama Ortu;Prov;Kab/Kota;Kec;Pukesmas;Desa/Kel;"
    "Posyandu;RT;RW;Alamat;Usia Saat Ukur;Tanggal Pengukuran;Berat;Tinggi;Cara Ukur;LiLA;BB/U;"
    "ZS BB/U;TB/U;ZS TB/U;BB/TB;ZS BB/TB;Naik Berat Badan;PMT Diterima (kg);Jml Vit A;KPSP;KIA"
)
ANAK = (
    f"1;{NIK};KENARI ANAK UJI;L;2020-01-15;3,1;49;KENARI IBU UJI;SUMATERA UTARA;SERDANG BEDAGAI;"
    f"PERBAUNGAN;MELATI;MELATI I;Mawar;1;2;JALAN KENARI UJI {TELEPON};1 Tahun - 6 Bulan - 26 Hari;"
    "2021-08-10;9,8;80,5;Berdiri;14,2;Normal;-1,1;Normal;-1,5;Normal;-0,4;N;0;1;Sesuai;Ya"
)
GAGAL = (
    "from pathlib import Path\nfrom reviu_lib.store import find_ruang, load_bahan\n"
    "bahan = load_bahan(kode_kabupaten, tahun)\n"
    "mentah = next(find_ruang().raw_of(kode_kabupaten, tahun).glob('*.csv')).read_text()\n"
    "raise ValueError(mentah, bahan.pengukuran.to_dict())"
)


def _tables():
    who = {
        "kode_kabupaten": ["12.18"],
        "tahun": [2021],
        "tanggal_cutoff": [pd.Timestamp(2021, 11, 30)],
        "tanggal_reviu": [pd.Timestamp(2021, 12, 21)],
    }
    barrier = {
        "id_hambatan": ["H1"],
        "kode_indikator": ["I01"],
        "kategori": ["data"],
        "uraian": [f"Data balita NIK {NIK} ganda; hubungi {TELEPON}"],
    }
    return {name: pd.DataFrame(rows, dtype=object) for name, rows in
            {"identitas": who, "hambatan": barrier}.items()}  # fmt: skip


REKAP = "no;indikator;pembilang;penyebut;capaian\n1;A;1;2;50\n"


def _write_book(path):
    """Write a workbook with identity in the name of a sheet, in a heading, a title, and a cell."""
    book = openpyxl.Workbook()
    book.active.title = NIK
    book.active.append([f"Daftar lokus, hubungi {TELEPON}"])
    book.active.append(["kode_desa", "tahun", "dasar", f"catatan {NIK}"])
    book.active.append(["12.18.02.2001", 2021, "SK KENARI ANAK UJI", NIK])
    book.save(path)


@pytest.fixture
def luar(tmp_path, monkeypatch):
    """Temporary and home folders of this test alone, which are searched as well."""
    for name in ("TMPDIR", "HOME"):
        (tmp_path / name.lower()).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setattr("tempfile.tempdir", None)
    return [tmp_path / "tmpdir", tmp_path / "home"]


@pytest.fixture
def ruang(tmp_path, monkeypatch):
    """A workspace with identity in every place of the files of one kabupaten."""
    ruang = make_ruang(tmp_path / "ruang")
    monkeypatch.setenv("REVIU_RUANG", str(ruang.root))
    folder = ruang.raw_of("12.18", 2021)
    folder.mkdir(parents=True)
    write_templat(folder / "buku.xlsx", kode_kabupaten="12.18", tahun=2021, isi=_tables())
    _write_book(folder / "lokus.xlsx")
    (folder / f"ekspor {NIK}.csv").write_text(f"{JUDUL}\n{ANAK}\n", encoding="utf-8")
    (folder / f"hp {TELEPON}.csv").write_text(REKAP)
    (folder / "kasus kenari anak uji.csv").write_text(REKAP.replace("A", "B"))
    copy_notebooks(ruang)
    return ruang


def _find(ruang, *more):
    """Return every canary outside data/raw; `more` are folders outside the workspace."""
    places = (ruang.processed, ruang.reports, ruang.rahasia, ruang.notebooks, *more)
    return find_canaries(places, KENARI)


def test_no_identity_leaves_the_raw_folder_when_all_goes_well(ruang, luar):
    orders = [Pesanan(("12.18",), 2021), Pesanan(("12.18",), 2021, publik=True)]
    outcomes = run_laporan(orders, ruang=ruang)
    assert {item.status for item in outcomes} == {"selesai"}, outcomes
    kinds = {path.suffix for path in ruang.reports.rglob("*")}
    assert kinds >= {".html", ".ipynb", ".docx", ".pdf", ".xlsx", ".json"}
    assert _find(ruang, *luar) == []
    assert has_canary(pack_inputs(orders[0], ruang), KENARI) == []


def test_nor_by_worksheets_the_meeting_kit_and_a_comparison(ruang, luar):
    write_raw(ruang, "73.12", 2021)
    run_banding(choose_banding(["12.18", "73.12"], [2021], ruang=ruang), ruang=ruang)
    (kit,) = run_rapat([("12.18", 2021)], ruang=ruang, pengaturan=Pengaturan())
    written, _ = send_lembar(load_bahan("12.18", 2021, ruang=ruang), ruang)
    assert (kit.status, bool(written)) == ("selesai", True)
    assert list(ruang.reports.glob("2021/banding-*.html"))
    assert list(ruang.reports.glob("2021/12.18/rapat/*.pptx"))
    assert _find(ruang, *luar) == []


def _answer(sheet, raw):
    """Save a worksheet in the raw folder with identity in every cell that an office may fill."""
    book = openpyxl.load_workbook(sheet)
    free = [cell for page in book for row in page.iter_rows() for cell in row
            if cell.value is None and not cell.protection.locked]  # fmt: skip
    for cell in free:
        cell.value = f"NIK {NIK}, hubungi {TELEPON}"
    book.save(raw / sheet.name)
    return len(free)


def test_nor_by_worksheets_that_come_back(ruang, luar):
    run_laporan([Pesanan(("12.18",), 2021, format=("html",))], ruang=ruang)
    written, _ = send_lembar(load_bahan("12.18", 2021, ruang=ruang), ruang)
    assert sum(_answer(sheet, ruang.raw_of("12.18", 2021)) for sheet in written) > 0
    for sheet in written:
        sheet.unlink()
    said = run_reviu("himpun", "12.18", "--tahun", "2021")
    assert (said.exit_code, has_canary(said.output, KENARI)) == (0, [])
    assert list(ruang.reports.glob("2021/12.18/himpunan-*.xlsx"))
    assert _find(ruang, *luar) == []


def test_nor_by_what_commands_print_and_write(ruang, luar, tmp_path):
    export = str(ruang.raw_of("12.18", 2021) / f"ekspor {NIK}.csv")
    keluar = tmp_path / "keluar"
    commands = [
        ["periksa"],
        ["periksa", "--ulang"],
        ["baca", export, "--keluar", str(keluar)],
        ["baca", export, "--keluar", str(keluar), "--parquet"],
        ["status"],
        ["jejak", "--rinci"],
        ["laporan", "--coba"],
        ["hapus", "12.18", "--tahun", "2021"],
    ]
    for command in commands:
        assert has_canary(run_reviu(*command).output, KENARI) == [], command
    assert list(keluar.glob("*.parquet"))
    assert _find(ruang, *luar, keluar) == []


def test_no_identity_leaves_the_raw_folder_when_a_cell_fails_with_it_in_hand(ruang, luar):
    for nama in ("01_periksa_data", "02_reviu_kinerja"):
        write_notebook(ruang.notebooks / f"{nama}.ipynb", "# Bagian", GAGAL)
    events = ruang.reports / "peristiwa.jsonl"
    result = run_reviu("laporan", "--peristiwa", str(events))
    assert (result.exit_code, "bagian “Bagian”" in events.read_text("utf-8")) == (1, True)
    assert has_canary(result.output, KENARI) == []
    assert list(ruang.reports.rglob("*-gagal.ipynb"))
    assert _find(ruang, *luar) == []
