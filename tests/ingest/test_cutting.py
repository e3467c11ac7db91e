"""What stands below, between, and beside the rows of a table is told and never counted as data."""

import pandas as pd
import pytest

from reviu_lib.ingest.ledger import list_unaccounted
from reviu_lib.ingest.tables import has_content

from .conftest import JUDUL_EPPGBM, temuan

REKAP = "No;Indikator;Pembilang;Penyebut;Capaian\n"
BARIS = "1;a;1;2;50\n2;b;1;4;25\n"
LAYOUT_2025 = [
    "Nama Anak", "Jenis Kelamin", "Tanggal Lahir", "NIK", "Nomor KK", "Anak Ke",
    "Nama Orang Tua (Ibu/Ayah)", "NIK Orang Tua", "No HP Orang Tua", "Alamat", "RT", "Kecamatan",
    "Puskesmas", "Kelurahan", "Posyandu", "Usia Kehamilan (minggu)", "Berat Lahir - Sasaran (kg)",
    "Panjang Lahir - Sasaran (cm)", "Lingkar Kepala Lahir (cm)", "IMD", "Tanggal Pengukuran",
    "Berat (kg)", "Tinggi (cm)", "Cara Ukur", "LiLA (cm)", "ZS BB/U", "ZS TB/U", "ZS BB/TB",
    "Naik Berat Badan", "Jml Vit A", "Kelas Ibu Balita", "MBG",
]  # fmt: skip
KASUS = (
    "DAFTAR BALITA BB KURANG 2021;;;;;;;;;;\n"
    "Nama Lengkap Balita;Tgl Lahir;JK;BB;TB;LiLA;BB/U;PB-TB/U;BB/PB-TB;Nama Orang Tua;Alamat\n"
    ";Tgl/Bln/Thn;;;;;;;;;\n"
    "CONTOH ANAK KASUS;15/01/2020;L;7,9;75;13;Kurang;Pendek;Gizi Baik;CONTOH IBU;Dusun Contoh\n"
)


def _read(folder, *parts):
    folder.text("a.csv", "".join(parts))
    bahan = folder.read()
    assert list_unaccounted(bahan.neraca_baris).empty
    return bahan


@pytest.mark.parametrize(
    "below",
    [
        "Sumber: Dinas Kesehatan;;;;\n",
        "Keterangan:;;;;\nSPM = Standar Pelayanan Minimal;;;;\nKH;Kelahiran hidup;;;\n",
        ";;;;\nSei Rampah, Januari 2022;;;;\nKepala Dinas;;;;\n",
        ";;;;\n*) angka sementara;;;;\n",
    ],
)
def test_legends_notes_and_signatures_below_a_table_are_no_rows(folder, below):
    bahan = _read(folder, REKAP, BARIS, below)
    assert bahan.rekap["indikator"].tolist() == ["a", "b"]
    assert set(bahan.neraca_baris["alasan"].str[:3]) == {"T04"}


def test_a_sparse_row_between_full_ones_stays(folder):
    bahan = _read(
        folder, REKAP, "1;a;1;2;50\n", ";;;;\n", "2;b;;;\n", "3;c;1;4;25\n", "4;d;1;4;25\n"
    )
    assert bahan.rekap["indikator"].tolist() == ["a", "b", "c", "d"]


def test_a_row_of_column_numbers_is_no_row_wherever_it_stands(folder):
    legend = "(1);(2);(3);(4);(5)\n"
    bahan = _read(folder, REKAP, legend, BARIS, REKAP, legend, "3;c;3;4;75\n")
    assert bahan.rekap["indikator"].tolist() == ["a", "b", "c"]


@pytest.mark.parametrize("word", ["Jumlah", "**TOTAL**", "Sub Total", "Jumlah Kec. Perbaungan",
                                  "Total Keseluruhan", "Jumlah Provinsi"])  # fmt: skip
def test_total_rows_are_set_aside_by_their_word(folder, word):
    bahan = _read(folder, REKAP, BARIS, f";{word};2;6;33,3\n")
    assert bahan.rekap["indikator"].tolist() == ["a", "b"]
    assert "T05" not in set(bahan.temuan["kode"])


def test_a_name_that_only_begins_like_a_total_is_a_row(folder):
    bahan = _read(folder, REKAP, "1;Jumlah kematian ibu;1;2;50\n")
    assert bahan.rekap["indikator"].tolist() == ["Jumlah kematian ibu"]


def test_every_total_row_is_compared_with_its_own_block_or_the_whole(folder):
    second = "3;c;5;8;62,5\n4;d;1;2;50\n"
    good = _read(folder, REKAP, BARIS, ";Jumlah;2;6;\n", second, ";Jumlah;6;10;\n;Total;8;16;\n")
    assert "T05" not in set(good.temuan["kode"])


def test_the_one_wrong_total_of_several_is_named_with_its_cell(folder):
    second = "3;c;5;8;62,5\n"
    bahan = _read(folder, REKAP, BARIS, ";Jumlah;2;6;\n", second, ";Jumlah;9;8;\n;Total;7;14;\n")
    told = temuan(bahan, "T05")
    assert (told["sel"], told["kolom"]) == ("C6", "pembilang")
    assert "tercetak 9, dijumlahkan 5" in told["uraian"]


@pytest.mark.parametrize("header", [JUDUL_EPPGBM, LAYOUT_2025, ["No", *JUDUL_EPPGBM]])
def test_no_column_of_either_export_of_children_is_unknown(folder, header):
    row = ["x"] * len(header)
    bahan = _read(folder, ";".join(header), "\n", ";".join(row), "\n")
    assert {"T02", "T03", "T15", "B07"}.isdisjoint(bahan.temuan["kode"])
    assert "pengukuran" in set(bahan.neraca_baris["tabel"])


def test_a_list_of_cases_is_known_and_never_becomes_a_population(folder):
    bahan = _read(folder, KASUS)
    assert temuan(bahan, "T21")["tingkat"] == "catatan"
    assert bahan.pengukuran.empty
    assert len(bahan.kasus) == bahan.neraca_baris["dipakai"].sum() == 1
    everything = "".join(getattr(bahan, name).to_csv() for name in ("kasus", "temuan", "asal"))
    assert "CONTOH ANAK KASUS" not in everything


def test_a_list_of_cases_of_another_year_is_refused_by_its_title(folder):
    bahan = _read(folder, KASUS.replace("2021;", "2019;"))
    assert temuan(bahan, "B08")["nilai"] == "'2019'"


@pytest.mark.parametrize(
    ("cells", "rows"),
    [
        ([["a", ""], ["", "b"]], [True, True]),
        ([["", ""], ["a", ""]], [False, True]),
        ([[" ", "\u00a0", "  "], [0, "", ""]], [False, True]),
        ([["", "", False], ["", "", None]], [True, False]),
        ([[float("nan"), ""], ["", "-"]], [False, True]),
        ([], []),
    ],
)
def test_a_row_with_more_than_spaces_in_any_cell_has_content(cells, rows):
    frame = pd.DataFrame(cells, dtype=object)
    assert has_content(frame).tolist() == rows
