"""A notebook somebody edited: what its parameters may be, and what is said when it is broken."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.batch.sources import (
    BANDING,
    PERIKSA,
    REVIU,
    copy_notebooks,
    explain_parameter,
    find_notebook,
    hash_notebook,
    notebook_folder,
    parameters_position,
    read_parameters,
    section_titles,
    validate_parameters,
)
from reviu_lib.errors import LaporanError
from reviu_lib.store import make_ruang

from .ruang_kecil import PARAMETER, write_notebook

RUSAK = ["", "{", "[]", "null", "7", "{}", '{"cells": null}', '{"cells": [1]}', '{"cells": "ab"}',
         '{"cells": {"a": 1}}', '{"cells": [{"metadata": null}]}', '{"cells": [{"source": null}]}',
         '{"cells": [{"metadata": {"tags": null}}]}']  # fmt: skip


def _book(path, **change):
    """Write one cell as a user's editor might; `change` replaces its parts."""
    cell = {"cell_type": "code", "source": "x = 1", "metadata": {"tags": ["parameters"]}} | change
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    return path


@pytest.mark.parametrize("content", RUSAK)
@pytest.mark.parametrize("read", [hash_notebook, read_parameters, section_titles])
def test_whatever_is_no_notebook_is_named_with_the_way_to_a_good_one(tmp_path, content, read):
    path = tmp_path / "rusak.ipynb"
    path.write_text(content)
    with pytest.raises(LaporanError, match="rusak.ipynb") as caught:
        read(path)
    assert "reviu mulai" in str(caught.value)


def test_bytes_that_are_no_text_and_an_absent_file_are_named_too(tmp_path):
    (tmp_path / "biner.ipynb").write_bytes(b"\xff\xfe\x00")
    for name in ("biner.ipynb", "hilang.ipynb"):
        with pytest.raises(LaporanError, match=name):
            read_parameters(tmp_path / name)


@pytest.mark.parametrize(
    "cell",
    ["tahun += 1", "tahun = x = 2021", "tahun: int", "tahun, x = 1, 2", "tahun = -x",
     "tahun = None", "tahun = not 1", "tahun = b'x'", "tahun = 1j", "laporan.tahun = 1",
     "tahun = [2021]", "tahun = f'{1}'", "(tahun := 1)", "import os", "print('x')",
     "if True:\n    tahun = 1", "tahun = 2021 +"],
)  # fmt: skip
def test_nothing_but_a_name_and_a_literal_is_a_parameter(tmp_path, cell):
    path = write_notebook(tmp_path / "buku.ipynb", parameter=cell)
    with pytest.raises(LaporanError, match="Notebook tidak dapat dijalankan") as caught:
        read_parameters(path)
    assert "buku.ipynb" in str(caught.value)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", {}),
        ("# hanya keterangan", {}),
        ("tahun = 0  # tahun reviu", {"tahun": 0}),
        ("tahun: int = 2024", {"tahun": 2024}),
        ('kode = "12.10"\nkode = "12.01"', {"kode": "12.01"}),
        ('nama = "Kabupaten Ñ “x”"', {"nama": "Kabupaten Ñ “x”"}),
    ],
)
def test_comments_and_kinds_beside_a_literal_do_no_harm(tmp_path, cell, expected):
    assert read_parameters(write_notebook(tmp_path / "a.ipynb", parameter=cell)) == expected


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{2,6}_x", fullmatch=True),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.integers(0, 10**6),
        min_size=1,
        max_size=4,
    )
)
def test_any_literal_comes_back_with_its_kind_and_fits_itself(tmp_path_factory, declared):
    cell = "\n".join(f"{name} = {value!r}" for name, value in declared.items())
    path = write_notebook(tmp_path_factory.mktemp("n") / "a.ipynb", parameter=cell)
    assert read_parameters(path) == declared
    assert validate_parameters(path, declared) == declared


def test_the_cell_of_parameters_is_the_first_with_the_tag_and_its_place_is_known(tmp_path):
    path = write_notebook(tmp_path / "a.ipynb", "# Satu", "x = 2")
    book = json.loads(path.read_text())
    book["cells"][2]["metadata"]["tags"] = ["parameters"]
    book["cells"].insert(0, {"cell_type": "markdown", "source": "Pembuka"})
    path.write_text(json.dumps(book))
    assert parameters_position(path) == 1
    assert "tahun" in read_parameters(path)


def test_a_notebook_without_a_cell_of_parameters_is_refused_with_the_reason(tmp_path):
    path = _book(tmp_path / "a.ipynb", metadata={"tags": ["parameter"]})
    with pytest.raises(LaporanError, match="tidak ada sel bertanda `parameters`"):
        validate_parameters(path, {})


def test_a_parameter_left_out_keeps_the_default_of_the_notebook(tmp_path):
    path = write_notebook(tmp_path / "a.ipynb")
    assert validate_parameters(path, {}) == {}
    assert validate_parameters(path, {"tahun": 2021}) == {"tahun": 2021}


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"outputs": [{"output_type": "stream"}], "execution_count": 3, "id": "x"}, True),
        ({"source": ["x =", " 1"]}, True),
        ({"metadata": {"tags": ["parameters"], "collapsed": True}}, True),
        ({"source": "x = 1 "}, False),
        ({"metadata": {"tags": []}}, False),
        ({"cell_type": "markdown"}, False),
    ],
)
def test_only_kind_source_and_tags_make_a_notebook_another_one(tmp_path, change, same):
    first, second = _book(tmp_path / "a.ipynb"), _book(tmp_path / "b.ipynb", **change)
    assert (hash_notebook(first) == hash_notebook(second)) is same


def test_the_order_of_cells_is_part_of_the_notebook(tmp_path):
    one = write_notebook(tmp_path / "a.ipynb", "x = 1", "x = 2")
    other = write_notebook(tmp_path / "b.ipynb", "x = 2", "x = 1")
    assert hash_notebook(one) != hash_notebook(other)


@pytest.mark.parametrize(
    ("source", "title"),
    [("# Satu\n\nteks\n\n## Dua", "Dua"), ("### Tiga  ", "Tiga"), ("#### Empat", "pembuka"),
     ("#Bukan judul", "pembuka"), ("teks # bukan", "pembuka"), ("", "pembuka")],
)  # fmt: skip
def test_a_section_is_the_last_heading_of_three_levels(tmp_path, source, title):
    assert section_titles(_book(tmp_path / "a.ipynb", cell_type="markdown", source=source)) == [
        title
    ]


def test_a_notebook_that_is_nowhere_is_an_error_with_a_remedy(tmp_path):
    ruang = make_ruang(tmp_path)
    with pytest.raises(LaporanError, match="04_lain.ipynb tidak ditemukan") as caught:
        find_notebook("04_lain", ruang=ruang)
    assert "reviu mulai" in str(caught.value)


@pytest.mark.parametrize("nama", [PERIKSA, REVIU, BANDING])
def test_the_notebooks_the_batch_names_came_with_us(tmp_path, nama):
    assert find_notebook(nama, ruang=make_ruang(tmp_path)).parent == notebook_folder()


def test_all_notebooks_are_copied_whole_with_their_folder_and_only_once(tmp_path):
    ruang = make_ruang(tmp_path)
    copied = copy_notebooks(ruang)
    assert "jelajah/mulai_di_sini.ipynb" in copied
    for name in copied:
        assert (ruang.notebooks / name).read_bytes() == (notebook_folder() / name).read_bytes()
    assert copy_notebooks(ruang) == []


def test_the_parameters_of_the_test_workspace_are_those_of_our_notebooks(tmp_path):
    path = write_notebook(tmp_path / "a.ipynb", parameter=PARAMETER)
    assert read_parameters(path) == read_parameters(notebook_folder() / f"{REVIU}.ipynb")


def test_text_numbers_and_yes_or_no_are_parameters_of_their_kind(tmp_path):
    cell = 'a = "x"\nb = -3\nc = 2.5\nd = False\ne1 = -0.5'
    declared = read_parameters(write_notebook(tmp_path / "buku.ipynb", parameter=cell))
    assert declared == {"a": "x", "b": -3, "c": 2.5, "d": False, "e1": -0.5}
    assert [type(value) for value in declared.values()] == [str, int, float, bool, float]


@pytest.mark.parametrize(
    ("declared", "value", "fits"),
    [(1.5, 2, True), (1.5, True, False), (1, 2.0, False), (1, True, False), (True, 1, False),
     ("x", "y", True), ("x", 1, False)],
)  # fmt: skip
def test_a_value_is_of_the_declared_kind_and_a_whole_number_is_a_fraction(declared, value, fits):
    assert (explain_parameter({"a": declared}, "a", value) == "") == fits
