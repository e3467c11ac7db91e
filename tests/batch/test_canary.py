"""Identity planted in raw files occurs nowhere else: not in tables, reports, logs, or failures."""

import base64
import io
import zipfile

import pandas as pd
import pytest

from reviu_lib.batch import Pesanan, copy_notebooks, run_laporan
from reviu_lib.store import make_ruang
from reviu_lib.workbook import write_templat

from .ruang_kecil import write_notebook

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


@pytest.fixture
def ruang(tmp_path):
    ruang = make_ruang(tmp_path)
    folder = ruang.raw_of("12.18", 2021)
    folder.mkdir(parents=True)
    write_templat(folder / "buku.xlsx", kode_kabupaten="12.18", tahun=2021, isi=_tables())
    (folder / f"ekspor {NIK}.csv").write_text(f"{JUDUL}\n{ANAK}\n", encoding="utf-8")
    copy_notebooks(ruang)
    return ruang


def _contents(path):
    """Yield the bytes of a file, of the members of an archive, and of the cells of a table."""
    data = path.read_bytes()
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    if path.suffix == ".parquet":
        yield pd.read_parquet(io.BytesIO(data)).to_csv().encode()


def _forms(word):
    """Return a canary as it may be written: UTF-8, UTF-16, base64, with separators."""
    spaced = {word, word.lower(), word.title(), " ".join(word[i : i + 4] for i in range(0, 16, 4))}
    return [w.encode() for w in spaced] + [
        word.encode("utf-16-le"),
        base64.b64encode(word.encode())[:-4],
    ]


def _find_canaries(ruang):
    places = [ruang.processed, ruang.reports, ruang.rahasia, ruang.notebooks]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    names = [str(path) for path in files for word in KENARI if word in path.name]
    inside = [
        (path.relative_to(ruang.root).as_posix(), word)
        for path in files
        for content in _contents(path)
        for word in KENARI
        if any(form in content for form in _forms(word))
    ]
    return names + inside


def test_no_identity_leaves_the_raw_folder_when_all_goes_well(ruang):
    (outcome,) = run_laporan([Pesanan(("12.18",), 2021)], ruang=ruang)
    assert outcome.status == "selesai", outcome
    assert _find_canaries(ruang) == []


def test_no_identity_leaves_the_raw_folder_when_a_cell_fails_with_it_in_hand(ruang):
    for nama in ("01_periksa_data", "02_reviu_kinerja"):
        write_notebook(ruang.notebooks / f"{nama}.ipynb", "# Bagian", GAGAL)
    (outcome,) = run_laporan([Pesanan(("12.18",), 2021)], ruang=ruang)
    assert (outcome.status, outcome.di) == ("gagal", "bagian “Bagian”")
    assert [word for word in KENARI if word in str(outcome)] == []
    assert _find_canaries(ruang) == []
