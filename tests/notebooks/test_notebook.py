from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

from reviu_lib.catalog import load_penyamaran
from reviu_lib.report import Laporan, LaporanBanding
from reviu_lib.report.grafik import GAMBAR_BANDING, GAMBAR_PETA, GAMBAR_SATU
from reviu_lib.report.narasi.banding import BAB_BANDING
from reviu_lib.report.susunan import (
    load_peta_dokumen,
    load_susunan_gambar,
    load_susunan_matriks,
    load_susunan_tabel,
)

FOLDER = Path(__file__).parents[2] / "notebooks"
BUKU = sorted(FOLDER.rglob("*.ipynb"))
LAPORAN = [path for path in BUKU if path.parent == FOLDER]
TERLARANG = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.Try, ast.Lambda,
             ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp, ast.With)  # fmt: skip
PARAMETER = {
    "01_periksa_data": ["kode_kabupaten", "tahun", "edisi", "ruang"],
    "02_reviu_kinerja": ["kode_kabupaten", "tahun", "edisi", "ruang"],
    "03_banding_kabupaten": ["daftar_kode", "tahun", "edisi", "ruang", "daftar_tahun", "absen"],
    "04_reviu_publik": ["kode_kabupaten", "tahun", "edisi", "ruang"],
    "mulai_di_sini": ["kode_kabupaten", "tahun", "edisi", "ruang"],
}


def read(path: Path):
    return nbformat.read(path, as_version=4)


def code_cells(path: Path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def asked(path: Path, method: str) -> list[str]:
    text = "\n".join(cell.source for cell in code_cells(path))
    return re.findall(rf'laporan\.{method}\("(\w+)"[,)]', text)


def _blank(kind):
    """Return a report of no kabupaten, to ask which names it knows."""
    return kind.__new__(kind)


def test_the_five_notebooks_are_there():
    assert {path.stem for path in BUKU} == set(PARAMETER)


@pytest.mark.parametrize("path", BUKU, ids=lambda path: path.stem)
def test_a_notebook_is_sound_and_keeps_no_output(path):
    book = read(path)
    nbformat.validate(book)
    assert all(not cell.outputs and cell.execution_count is None for cell in code_cells(path))
    assert book.metadata.kernelspec.name == "python3"
    assert book.metadata.kernelspec.language == "python"


@pytest.mark.parametrize("path", BUKU, ids=lambda path: path.stem)
def test_a_code_cell_is_short_and_holds_no_logic(path):
    for cell in code_cells(path):
        assert len([line for line in cell.source.splitlines() if line.strip()]) <= 8
        assert not [
            node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, TERLARANG)
        ]


@pytest.mark.parametrize("path", BUKU, ids=lambda path: path.stem)
def test_the_first_code_cell_holds_the_parameters_as_literals(path):
    first = code_cells(path)[0]
    assert first.metadata.tags == ["parameters"]
    body = ast.parse(first.source).body
    assert [node.targets[0].id for node in body] == PARAMETER[path.stem]
    assert all(isinstance(node.value, ast.Constant) for node in body)


@pytest.mark.parametrize("path", LAPORAN, ids=lambda path: path.stem)
def test_defaults_of_a_report_are_no_kabupaten_and_no_year(path):
    values = [node.value.value for node in ast.parse(code_cells(path)[0].source).body]
    assert values == ["", 0, "rapat", "", "", ""][: len(PARAMETER[path.stem])]


@pytest.mark.parametrize("path", LAPORAN, ids=lambda path: path.stem)
def test_a_report_has_one_cover_and_headings_only_of_two_levels(path):
    tags = [tag for cell in read(path).cells for tag in cell.metadata.get("tags", [])]
    assert tags.count("sampul") == 1
    text = "\n".join(
        cell.source
        for cell in read(path).cells
        if cell.cell_type == "markdown" and "hanya-jupyter" not in cell.metadata.get("tags", [])
    )
    assert set(re.findall(r"^(#+) ", text, flags=re.MULTILINE)) <= {"##", "###"}


def test_the_review_asks_only_for_what_exists_and_each_thing_once():
    path = FOLDER / "02_reviu_kinerja.ipynb"
    tables = ["peta_dokumen", *load_susunan_tabel(), *load_susunan_matriks()]
    assert sorted(asked(path, "tabel")) == sorted(tables)
    assert sorted(asked(path, "gambar")) == sorted([*GAMBAR_SATU, *GAMBAR_PETA])
    known = Laporan.daftar_narasi(_blank(Laporan))
    assert sorted(asked(path, "narasi")) == sorted(set(known) - {"banding"})


def test_the_comparison_asks_only_for_what_exists():
    path = FOLDER / "03_banding_kabupaten.ipynb"
    assert set(asked(path, "tabel")) == set(LaporanBanding.daftar_tabel(_blank(LaporanBanding)))
    assert set(asked(path, "gambar")) == set(GAMBAR_BANDING)
    assert sorted(asked(path, "narasi")) == sorted(BAB_BANDING)
    assert LaporanBanding.narasi.__defaults__ == ("banding",)


def test_the_public_edition_asks_for_nothing_that_it_leaves_out():
    path = FOLDER / "04_reviu_publik.ipynb"
    declared = {**load_susunan_tabel(), **load_susunan_matriks()}
    public = set(load_penyamaran().tabel)
    assert {declared[name].tabel for name in asked(path, "tabel")} <= public
    tables = {load_susunan_gambar()[name].tabel for name in asked(path, "gambar")}
    assert tables <= public
    assert set(asked(path, "narasi")) < set(Laporan.daftar_narasi(_blank(Laporan)))


def test_outputs_and_parts_stand_in_the_chapters_the_map_names():
    book = read(FOLDER / "02_reviu_kinerja.ipynb")
    text = "\n".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
    heads = {
        chapter: line
        for line in text.splitlines()
        for chapter in re.findall(r"^##+ ([IVX]+)\. ", line)
    }
    peta = load_peta_dokumen()
    for number, chapter in enumerate(peta["keluaran"], start=1):
        assert f"keluaran {number}" in heads[chapter.removeprefix("Bab ")]
    for letter, chapter in zip("abcde", peta["bagian"], strict=True):
        assert re.search(rf"bagian .*\b{letter}\b", heads[chapter.removeprefix("Bab ")])
