"""Notebooks take exactly the parameters they declare, and change when their sources change."""

import pytest

from reviu_lib.batch.sources import (
    copy_notebooks,
    find_notebook,
    hash_notebook,
    notebook_folder,
    read_parameters,
    section_titles,
    validate_parameters,
)
from reviu_lib.errors import LaporanError
from reviu_lib.store import make_ruang

from .ruang_kecil import write_notebook

NILAI = {"kode_kabupaten": "12.10", "tahun": 2021, "edisi": "rapat", "ruang": ""}


@pytest.fixture
def notebook(tmp_path):
    return write_notebook(tmp_path / "buku.ipynb", "# Satu", "x = 1", "# Dua", "x")


def test_the_declared_parameters_are_read_with_their_kinds(notebook):
    defaults = {"kode_kabupaten": "", "tahun": 0, "edisi": "rapat", "ruang": ""}
    assert read_parameters(notebook) == defaults


def test_a_code_that_looks_like_a_number_stays_text(notebook):
    assert validate_parameters(notebook, NILAI)["kode_kabupaten"] == "12.10"


@pytest.mark.parametrize("change", [{"kabb": "12.18"}, {'x=1;open("f","w")#': 1}, {"Tahun": 2021}])
def test_an_undeclared_parameter_is_refused_before_anything_runs(notebook, change):
    with pytest.raises(LaporanError, match="tidak dinyatakan"):
        validate_parameters(notebook, NILAI | change)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"kode_kabupaten": 12.1}, "teks"),
        ({"tahun": "2021"}, "bilangan bulat"),
        ({"tahun": True}, ""),
    ],
)
def test_a_parameter_of_another_kind_is_refused(notebook, change, kind):
    with pytest.raises(LaporanError, match=f"harus .*{kind}"):
        validate_parameters(notebook, NILAI | change)


@pytest.mark.parametrize(
    "cell", ["tahun = berapa()", "for x in []: pass", "tahun = 20j", "tahun ="]
)
def test_a_parameters_cell_holds_plain_assignments_only(tmp_path, cell):
    path = write_notebook(tmp_path / "buku.ipynb", "1", parameter=cell)
    with pytest.raises(LaporanError, match="Notebook tidak dapat dijalankan"):
        read_parameters(path)


def test_outputs_and_ids_do_not_change_the_hash_but_sources_do(tmp_path):
    first = write_notebook(tmp_path / "a.ipynb", "x = 1")
    second = write_notebook(tmp_path / "b.ipynb", "x = 1")
    second.write_text(second.read_text().replace('"c1"', '"lain"').replace("null", "7"))
    assert hash_notebook(first) == hash_notebook(second)
    assert hash_notebook(first) != hash_notebook(write_notebook(tmp_path / "c.ipynb", "x = 2"))


def test_each_cell_knows_the_section_in_which_it_stands(notebook):
    assert section_titles(notebook) == ["pembuka", "Satu", "Satu", "Dua", "Dua"]


def test_the_notebook_of_the_workspace_wins_over_the_one_that_came_with_us(tmp_path):
    ruang = make_ruang(tmp_path)
    assert find_notebook("02_reviu_kinerja", ruang=ruang).parent == notebook_folder()
    own = write_notebook(ruang.notebooks / "02_reviu_kinerja.ipynb", "1")
    assert find_notebook("02_reviu_kinerja", ruang=ruang) == own


def test_copying_notebooks_never_overwrites_the_user(tmp_path):
    ruang = make_ruang(tmp_path)
    own = write_notebook(ruang.notebooks / "02_reviu_kinerja.ipynb", "milik_saya = 1")
    copied = copy_notebooks(ruang)
    assert "01_periksa_data.ipynb" in copied
    assert "milik_saya" in own.read_text()


def test_a_broken_notebook_is_named(tmp_path):
    path = tmp_path / "rusak.ipynb"
    path.write_text("{")
    with pytest.raises(LaporanError, match="rusak.ipynb"):
        hash_notebook(path)


@pytest.mark.parametrize("nama", ["01_periksa_data", "02_reviu_kinerja"])
def test_our_notebooks_declare_the_parameters_of_the_batch(nama):
    declared = read_parameters(notebook_folder() / f"{nama}.ipynb")
    assert declared == {"kode_kabupaten": "", "tahun": 0, "edisi": "rapat", "ruang": ""}
