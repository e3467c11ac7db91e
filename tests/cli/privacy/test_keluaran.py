"""A notebook that holds outputs is refused, and can be cleared without touching its text."""

import json
from pathlib import Path

import pytest
from perintah import run_reviu

from reviu_lib.cli.privacy.keluaran import clear_outputs, find_outputs, list_notebooks
from reviu_lib.errors import BerkasError

ROOT = Path(__file__).parents[3]


def _code(**more):
    return {"cell_type": "code", "source": ["x = 1\n"], "metadata": {}, "outputs": [],
            "execution_count": None, **more}  # fmt: skip


def _write(path, *cells, **metadata):
    path.parent.mkdir(parents=True, exist_ok=True)
    book = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells)}
    path.write_text(json.dumps(book), encoding="utf-8")
    return path


def _run(*args):
    return run_reviu("keluaran", *map(str, args))


TEKS = {"cell_type": "markdown", "source": ["# Judul – satu\n"], "metadata": {}}
KELUARAN = _code(outputs=[{"output_type": "stream", "name": "stdout", "text": ["NIK 1\n"]}])


@pytest.mark.parametrize(
    ("cells", "metadata", "places"),
    [
        ([TEKS, _code()], {}, []),
        ([TEKS, KELUARAN], {}, ["sel 2"]),
        ([_code(execution_count=3)], {}, ["sel 1"]),
        ([_code()], {"widgets": {}}, ["metadata"]),
        ([KELUARAN], {"papermill": {"parameters": {}}}, ["sel 1", "metadata"]),
    ],
)
def test_outputs_are_told_by_cell(tmp_path, cells, metadata, places):
    assert find_outputs(_write(tmp_path / "a.ipynb", *cells, **metadata)) == places


def test_clearing_removes_outputs_and_keeps_text_and_kernel(tmp_path):
    path = _write(tmp_path / "a.ipynb", TEKS, KELUARAN, kernelspec={"name": "x"}, widgets={"a": 1})
    clear_outputs(path)
    book = json.loads(path.read_text(encoding="utf-8"))
    assert find_outputs(path) == []
    assert [cell["source"] for cell in book["cells"]] == [TEKS["source"], KELUARAN["source"]]
    assert book["metadata"] == {"kernelspec": {"name": "x"}}
    assert "– satu" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"cells": 1}', '{"cells": [1]}', "\udcff"])
def test_what_is_no_notebook_is_an_error_not_a_pass(tmp_path, content):
    path = tmp_path / "a.ipynb"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(BerkasError, match="bukan notebook"):
        find_outputs(path)
    assert _run(path).exit_code == 1


def test_reports_data_and_hidden_folders_are_left_out_unless_named(tmp_path):
    for folder in ("", "sendiri", "reports/2024", "data", ".ipynb_checkpoints", "build"):
        _write(tmp_path / folder / "a.ipynb", KELUARAN)
    found = [path.relative_to(tmp_path).as_posix() for path in list_notebooks([tmp_path])]
    assert found == ["a.ipynb", "sendiri/a.ipynb"]
    assert list_notebooks([tmp_path / "reports" / "2024"]) != []


def test_a_notebook_with_outputs_is_named_with_the_remedy_and_code_1(tmp_path):
    path = _write(tmp_path / "a.ipynb", *[KELUARAN] * 6)
    result = _run(tmp_path)
    assert result.exit_code == 1
    assert f"{path}: menyimpan keluaran (sel 1, sel 2, sel 3, sel 4, sel 5, …)" in result.output
    assert "--bersihkan" in result.output


def test_cleared_notebooks_pass(tmp_path):
    _write(tmp_path / "a.ipynb", KELUARAN)
    result = _run("--bersihkan", tmp_path)
    assert (result.exit_code, "dibersihkan (sel 1)" in result.output) == (0, True)
    assert (_run(tmp_path).exit_code, _run(tmp_path).output) == (0, "")


@pytest.mark.parametrize("arg", ["--entah", "tidak-ada.ipynb"])
def test_a_wrong_argument_checks_nothing_and_ends_with_2(arg):
    assert _run(arg).exit_code == 2


def test_without_a_path_everything_below_this_folder_is_looked_at(reviu, tmp_path):
    _write(tmp_path / "sendiri" / "a.ipynb", KELUARAN)
    result = reviu("keluaran")
    assert (result.exit_code, "sendiri/a.ipynb: " in result.output) == (1, True)


def test_our_own_notebooks_pass_and_make_check_looks_at_them():
    assert _run(ROOT / "notebooks").output == ""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\ncheck:")[1].split("\n\n")[0]
    assert "$(BIN)/reviu keluaran\n" in recipe
