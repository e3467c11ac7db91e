"""The public names: few, sorted, loaded when asked for, and complete."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import reviu_lib
import reviu_lib.report

ROOT = Path(__file__).resolve().parents[1]
LIGHT = """
import sys
import reviu_lib
heavy = {"pandas", "numpy", "matplotlib", "pydantic"} & set(sys.modules)
print(sorted(heavy))
"""


def test_there_are_at_most_twelve_and_they_are_sorted():
    assert len(reviu_lib.__all__) <= 12
    assert reviu_lib.__all__ == sorted(set(reviu_lib.__all__))


@pytest.mark.parametrize("name", reviu_lib.__all__)
def test_a_public_name_can_be_loaded_and_is_documented(name):
    found = getattr(reviu_lib, name)
    assert found.__name__ == name
    assert found.__doc__


@pytest.mark.parametrize("name", ["tidak_ada", "_rahasia", "muat", "Review"])
def test_an_unknown_name_is_an_attribute_error_that_names_it(name):
    with pytest.raises(AttributeError, match=name):
        getattr(reviu_lib, name)


def test_every_public_name_is_listed_by_dir():
    assert set(reviu_lib.__all__) <= set(dir(reviu_lib))
    assert dir(reviu_lib) == sorted(dir(reviu_lib))


def test_the_report_room_names_what_it_holds_and_nothing_else():
    room = reviu_lib.report
    assert [getattr(room, name).__name__ for name in room.__all__] == room.__all__
    assert set(room.__all__) <= set(dir(room))
    assert dir(room) == sorted(set(dir(room)))
    with pytest.raises(AttributeError, match=r"reviu_lib\.report tidak mempunyai nama tidak_ada"):
        getattr(room, "tidak_ada")  # noqa: B009  the name is looked up as a text


@pytest.mark.parametrize("room", [reviu_lib, reviu_lib.report])
def test_every_name_that_is_loaded_late_is_public_and_every_public_name_is_loaded(room):
    assert sorted(room._MODULES) == room.__all__


def test_a_name_is_loaded_only_when_it_is_asked_for():
    code = "import sys, reviu_lib.report as r; print('reviu_lib.report.telusur' in sys.modules)"
    code += "; r.telusuri; print('reviu_lib.report.telusur' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == ["False", "True"]


def test_the_version_is_the_one_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert reviu_lib.__version__ == project["version"]


def test_importing_the_package_alone_loads_nothing_heavy():
    result = subprocess.run(
        [sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
