"""`reviu banding` of a province, from raw files to page and workbook: nobody is dropped."""

import openpyxl
import pytest
from bs4 import BeautifulSoup
from perintah import run_reviu

from reviu_lib.catalog import tabel_banding
from reviu_lib.reference import kabupaten_names
from reviu_lib.report.angka import find_stray_digits, resolve_angka
from reviu_lib.review.banding import compare_kabupaten
from reviu_lib.store import load_pilihan

from .ruang_kecil import BACA, make_small, write_notebook

UNITS = (("73.01", 2023), ("73.01", 2024), ("73.02", 2024), ("73.03", 2024), ("73.71", 2024))
RUSAK = "73.03"
GAGAL = f"1 / (kode_kabupaten != {RUSAK!r})"


@pytest.fixture(scope="module")
def hasil(tmp_path_factory):
    """The workspace and the output of one comparison of a province over two years; read only."""
    ruang = make_small(tmp_path_factory.mktemp("provinsi"), *UNITS)
    write_notebook(ruang.notebooks / "02_reviu_kinerja.ipynb", "# Reviu", GAGAL, BACA)
    args = ["banding", "73", "--tahun", "2023,2024", "--ruang", str(ruang.root), "--pekerja", "1"]
    return ruang, run_reviu(*args)


@pytest.fixture(scope="module")
def page(hasil):
    path = hasil[0].reports / "2024" / "banding-73-2023-2024.html"
    return path.read_text(encoding="utf-8")


def test_one_broken_kabupaten_costs_the_comparison_nothing_but_itself(hasil):
    ruang, result = hasil
    assert result.exit_code == 1, result.output
    assert "Tidak ikut: 73.04: Tidak ada berkas mentah tahun 2024." in result.output
    assert (ruang.reports / "2024" / "banding-73-2023-2024.html").is_file()


def test_every_kabupaten_of_the_province_stands_on_the_page_with_its_reason(page):
    soup = BeautifulSoup(page, "html.parser")
    rows = {
        row.find("td").get_text(): [cell.get_text() for cell in row.find_all(["th", "td"])]
        for row in soup.find(id="tabel-peserta").select("tbody tr")
    }
    official = {kode: nama for kode, nama in kabupaten_names().items() if kode[:2] == "73"}
    assert {kode: row[1] for kode, row in rows.items()} == official
    there = {kode for kode, row in rows.items() if row[2] == "dibandingkan"}
    assert there == {"73.01", "73.02", "73.71"}
    assert rows[RUSAK][-1] not in {"–", ""}
    assert rows["73.02"][-1] == "tanpa hasil reviu tahun 2023"


def test_every_number_of_the_page_stands(hasil, page):
    pilihan = load_pilihan("73.01, 73.02, 73.71", 2024, daftar_tahun="2023", ruang=hasil[0])
    absen = {kode: (nama, "") for kode, nama in kabupaten_names().items()
             if kode[:2] == "73" and kode not in {"73.01", "73.02", "73.71"}}  # fmt: skip
    banding = compare_kabupaten(pilihan.daftar, pilihan.lalu, absen)
    assert resolve_angka(page, [*pilihan.daftar, banding]) == []
    text = "".join(str(p) for p in BeautifulSoup(page, "html.parser").select("main p"))
    assert find_stray_digits(text) == []


def test_the_workbook_holds_every_table_of_the_comparison(hasil):
    path = hasil[0].reports / "2024" / "banding-73-2023-2024.xlsx"
    book = openpyxl.load_workbook(path, read_only=True)
    assert book.sheetnames == list(tabel_banding())


def test_the_index_lists_the_comparison_under_its_province(hasil):
    index = (hasil[0].reports / "index.html").read_text(encoding="utf-8")
    assert "banding-73-2023-2024.html" in index
    assert "banding-73-2023-2024.xlsx" in index
