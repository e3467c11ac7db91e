"""The notebooks as people read and edit them: order of chapters, words, names that exist."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from test_notebook import BUKU, FOLDER, LAPORAN, asked, code_cells, read

import reviu_lib
from reviu_lib.bahan import BahanReviu
from reviu_lib.batch.sources import copy_notebooks, notebook_folder
from reviu_lib.hasil import HasilReviu
from reviu_lib.report import Laporan, LaporanBanding, LaporanPeriksa, LaporanPublik
from reviu_lib.report.grafik import GAMBAR_PERIKSA
from reviu_lib.store import make_ruang

REVIU = FOLDER / "02_reviu_kinerja.ipynb"
JELAJAH = FOLDER / "jelajah" / "mulai_di_sini.ipynb"
KELAS = {
    "01": LaporanPeriksa,
    "02": Laporan,
    "03": LaporanBanding,
    "04": LaporanPublik,
    "mu": Laporan,
}


def heads(path: Path, level: int = 2) -> list[str]:
    """Return the headings of a level, in order."""
    text = "\n\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    return re.findall(rf"^{'#' * level} (.+)$", text, flags=re.MULTILINE)


def code(path: Path) -> str:
    return "\n".join(cell.source for cell in code_cells(path))


@pytest.mark.parametrize("path", BUKU, ids=lambda path: path.stem)
def test_every_name_a_notebook_imports_exists(path):
    for node in ast.walk(ast.parse(code(path))):
        if isinstance(node, ast.ImportFrom):
            module = importlib.import_module(node.module)
            assert [alias.name for alias in node.names if not hasattr(module, alias.name)] == []


@pytest.mark.parametrize("path", BUKU, ids=lambda path: path.stem)
def test_what_a_notebook_takes_from_the_library_itself_is_public(path):
    nodes = [node for node in ast.walk(ast.parse(code(path))) if isinstance(node, ast.ImportFrom)]
    taken = {alias.name for node in nodes if node.module == "reviu_lib" for alias in node.names}
    assert taken <= set(reviu_lib.__all__)
    assert not [node.module for node in nodes if "._" in node.module]


@pytest.mark.parametrize("path", BUKU, ids=lambda path: path.stem)
def test_every_piece_a_notebook_shows_is_a_method_of_its_report(path):
    used = set(re.findall(r"\blaporan\.(\w+)\(", code(path)))
    assert used
    assert [name for name in used if not hasattr(KELAS[path.stem[:2]], name)] == []


@pytest.mark.parametrize("path", BUKU, ids=lambda path: path.stem)
def test_no_cell_prints_reads_a_file_or_names_a_place_on_one_machine(path):
    tree = ast.parse(code(path))
    called = {node.func.id for node in ast.walk(tree)
              if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}  # fmt: skip
    assert called & {"print", "open", "exec", "eval", "input", "display"} == set()
    assert re.findall(r"/home/|/work/|C:\\|https?://|read_(?:csv|excel|parquet)|^[%!]",
                      code(path), flags=re.MULTILINE) == []  # fmt: skip


@pytest.mark.parametrize("path", BUKU, ids=lambda path: path.stem)
def test_ids_of_cells_are_unique_and_no_cell_is_blank(path):
    cells = read(path).cells
    assert len({cell.id for cell in cells}) == len(cells)
    assert all(cell.source.strip() for cell in cells)


@pytest.mark.parametrize("path", LAPORAN, ids=lambda path: path.stem)
def test_only_the_cover_and_the_remark_for_jupyter_carry_a_tag_beside_the_parameters(path):
    tags = [tag for cell in read(path).cells for tag in cell.metadata.get("tags", [])]
    assert sorted(tags) == ["hanya-jupyter", "parameters", "sampul"]
    assert read(path).cells[0].metadata.tags == ["hanya-jupyter"]


@pytest.mark.parametrize("path", BUKU, ids=lambda path: path.stem)
def test_headings_are_unique_and_none_skips_a_level(path):
    for level in (2, 3):
        assert len(heads(path, level)) == len(set(heads(path, level)))
    text = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    levels = [len(mark) for mark in re.findall(r"^(#+) ", text, flags=re.MULTILINE)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_chapters_of_the_review_are_numbered_in_roman_without_a_gap():
    numbers = [line.split(".")[0] for line in heads(REVIU) if re.match(r"[IVX]+\. ", line)]
    assert numbers == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
    assert [line for line in heads(REVIU) if ". " not in line] == [
        "Ringkasan eksekutif", "Pengesahan", "Lampiran",
    ]  # fmt: skip


def test_annexes_are_lettered_and_stand_after_the_signatures():
    letters = [line[0] for line in heads(REVIU, 3) if re.match(r"[A-Z]\. ", line)]
    assert letters == ["A", "B", "C", "D", "E", "F", "G"]
    assert heads(REVIU)[-2:] == ["Pengesahan", "Lampiran"]


@pytest.mark.parametrize("number", ["01_periksa_data", "03_banding_kabupaten"])
def test_chapters_of_the_other_reports_are_counted_from_one(number):
    found = heads(FOLDER / f"{number}.ipynb")
    assert [line.split(".")[0] for line in found] == [str(n + 1) for n in range(len(found))]


def test_all_six_outputs_and_five_parts_are_named_in_the_headings_once():
    text = "\n".join([*heads(REVIU), *heads(REVIU, 3)])
    assert sorted(re.findall(r"keluaran (\d)", text)) == list("123456")
    main = "\n".join(heads(REVIU))
    assert {letter for letter in "abcde" if re.search(rf"bagian[^)]*\b{letter}\b", main)} == set(
        "abcde"
    )


def test_no_chapter_of_the_review_is_without_something_to_show():
    empty, kinds = [], [(cell.cell_type, cell.source) for cell in read(REVIU).cells]
    for (kind, source), (after, _) in zip(kinds, [*kinds[1:], ("markdown", "")], strict=True):
        if kind == after == "markdown" and "## Lampiran" not in source:
            empty.append(source)
    assert empty == []


def test_the_check_shows_each_of_its_tables_and_chapters_once():
    path = FOLDER / "01_periksa_data.ipynb"
    assert sorted(asked(path, "tabel")) == sorted(
        ["berkas", "isi", "neraca", "ringkasan_temuan", "galat", "peringatan", "catatan",
         "parameter"]
    )  # fmt: skip
    assert asked(path, "narasi") == ["ringkas", "temuan", "neraca", "kelengkapan"]
    assert sorted(asked(path, "gambar")) == sorted(GAMBAR_PERIKSA)


def test_the_tour_names_only_pieces_tables_and_columns_that_exist():
    text = "\n".join(cell.source for cell in read(JELAJAH).cells)
    laporan = Laporan.__new__(Laporan)
    assert set(asked(JELAJAH, "tabel")) <= set(laporan.daftar_tabel())
    pictures = set(asked(JELAJAH, "gambar")) | {"serapan_lini", "keterlambatan"}
    assert pictures <= set(laporan.daftar_gambar())
    assert set(asked(JELAJAH, "narasi")) <= set(laporan.daftar_narasi())
    for kind, word in ((HasilReviu, "hasil"), (BahanReviu, "bahan")):
        used = set(re.findall(rf"\b{word}\.(\w+)", text)) - {"value"}
        assert used <= set(kind.__dataclass_fields__)


def test_the_wheel_carries_the_notebooks_and_a_workspace_gets_all_it_may_edit(tmp_path):
    project = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included["notebooks"] == "reviu_lib/notebooks"
    assert notebook_folder() == FOLDER
    copied = copy_notebooks(make_ruang(tmp_path))
    own = [path for path in BUKU if path.stem != "04_reviu_publik"]
    assert sorted(copied) == sorted(path.relative_to(FOLDER).as_posix() for path in own)
