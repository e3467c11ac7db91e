"""Imports go down only: the contract in .importlinter holds."""

import os
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent


def test_the_layers_hold(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    code = lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True)
    assert code == os.EX_OK, capsys.readouterr().out


def test_every_module_has_its_layer():
    listed = (ROOT / ".importlinter").read_text()
    tops = [p.stem for p in (ROOT / "reviu_lib").iterdir() if p.suffix == ".py" or _is_package(p)]
    without = {"__init__"}
    assert [
        name for name in tops if name not in without and f"reviu_lib.{name}" not in listed
    ] == []


def _is_package(path):
    return (path / "__init__.py").is_file()
