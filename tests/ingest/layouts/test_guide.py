"""Every example of the guide to layouts reads a file that the code has never seen."""

import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.ingest.files import Kisi
from reviu_lib.ingest.layouts import KolomSumber, build_layout
from reviu_lib.ingest.layouts.mapped import read_mapped
from reviu_lib.ingest.layouts.mapping import Entri, Peta
from reviu_lib.ingest.ledger import list_unaccounted
from reviu_lib.ingest.tables import read_table

PANDUAN = Path(__file__).parents[3] / "docs" / "panduan" / "menambah-tata-letak.md"
TEKS = PANDUAN.read_text(encoding="utf-8")
CONTOH = [tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", TEKS, re.S)]
ENTRI = {entry["nama"]: entry for example in CONTOH for entry in example.get("berkas", [])}
MENTAH = dict(
    zip(ENTRI, [b for b in re.findall(r"```toml\n(.*?)```", TEKS, re.S) if "[[berkas]]" in b],
        strict=True)
)  # fmt: skip

# Pattern of the example → a file of that name, the table it fills, and one column of it.
BERKAS = {
    "imunisasi*.csv": (
        "imunisasi_uji.csv",
        "Judul;;;\nSasaran Bayi;Bayi Diimunisasi;Nama Dusun/Desa;Wilayah Kecamatan\n"
        "40;38;Adolina;Perbaungan\n",
        ("cakupan", "pembilang", [38]),
    ),
    "asi_puskesmas.csv": (
        "asi_puskesmas.csv",
        "Melati;61,5;48,25;x\nPlintahan;70;52;y\n",
        ("capaian_terbit", "persen", [61.5, 70, 48.25, 52]),
    ),
    "sanitasi kecamatan.csv": (
        "sanitasi kecamatan.csv",
        "Kecamatan;Banyaknya KK;Jamban Layak;%;Jamban Aman;%\n"
        "Perbaungan;200;150;75,0;160;80,0\nSilinda;100;90;90,0;10;10,0\n",
        ("capaian_terbit", "pembilang", [150, 90, 160, 10]),
    ),
    "spm.csv": (
        "spm.csv",
        "SPM;;;;;\n;;;;;\nNo;Layanan;Target;Tercapai;Ket;Mutu\n1;Balita;20;15;-;75\n",
        ("rekap", "pembilang", [15]),
    ),
    "timbang_*.csv": (
        "timbang_melati.csv",
        "Nomor Induk Anak;Nama Lengkap;JK;Lahir;Ditimbang;BB kg;PB/TB cm\n"
        "1218000101200001;CONTOH ANAK;L;2020-01-15;2021-08-10;9,8;80,5\n",
        ("pengukuran", "tinggi_cm", [80.5]),
    ),
}


def test_every_example_of_the_guide_has_a_file_here():
    assert set(ENTRI) == set(BERKAS)


@pytest.mark.parametrize("pola", BERKAS)
def test_the_example_reads_its_file(folder, pola):
    name, text, (tabel, kolom, values) = BERKAS[pola]
    folder.text("pemetaan.toml", MENTAH[pola])
    folder.text(name, text)
    bahan = folder.read()
    assert getattr(bahan, tabel)[kolom].tolist() == values
    assert {"T17", "T18", "T20", "B07"}.isdisjoint(bahan.temuan["kode"])
    assert list_unaccounted(bahan.neraca_baris).empty


def test_the_constraint_of_the_guide_finds_what_is_impossible(folder):
    name, text, _ = BERKAS["sanitasi kecamatan.csv"]
    folder.text("pemetaan.toml", MENTAH["sanitasi kecamatan.csv"])
    folder.text(name, text)
    words = " ".join(folder.read().temuan["uraian"])
    assert "jamban aman" in words


def test_the_layout_for_developers_reads_a_sheet():
    layout = build_layout(next(example for example in CONTOH if "kode" in example), "panduan")
    rows = [["No", "Kode Wilayah Administrasi", "Tahun Penetapan", "SK 2021"],
            ["1", "12.18.02.2001", "2021", "400/21"]]  # fmt: skip
    grid = Kisi("", pd.DataFrame(rows, dtype=object, index=[1, 2]))
    (kepala,) = read_mapped(grid, [Peta(Entri(nama="x"), layout, layout.tabel["lokus"])])
    piece = read_table(grid, kepala, "x.csv", tahun=2021)
    assert piece.frame["kode_desa"].tolist() == ["12.18.02.2001"]
    assert kepala.tak_dikenal == ()


KUNCI_TABEL = [
    "tabel", "bentuk", "kolom", "abaikan", "padanan", "sasaran", "ukuran", "kelompok", "kendala",
]  # fmt: skip


@pytest.mark.parametrize("kunci", [*Entri.model_fields, *KUNCI_TABEL])
def test_every_key_of_an_entry_is_explained(kunci):
    table = TEKS[TEKS.index("### Semua kunci") :]
    assert f"`{kunci}`" in table


@pytest.mark.parametrize("kunci", KolomSumber.model_fields)
def test_every_key_of_a_column_is_explained_or_made_by_a_measure(kunci):
    of_measures = {"indikator", "kelompok", "peran", "penyebut", "kode_indikator"}
    assert kunci in of_measures or f"`{kunci}`" in TEKS
