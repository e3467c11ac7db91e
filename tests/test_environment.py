"""The lists of packages agree: pyproject, environment.yml, the lock, and what the code imports."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from rattler import MatchSpec, Version, VersionSpec

ROOT = Path(__file__).parent.parent
CARD = {"jupyterlab", "pandas", "matplotlib", "seaborn", "papermill", "nbconvert"}


def _canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def _pyproject():
    lines = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    return {_canonical(item.name): item for item in map(Requirement, lines)}


def _conda():
    lines = re.findall(
        r"^(?: {2}| {6})- ([a-z][^\n:]*)$", (ROOT / "environment.yml").read_text(), re.M
    )
    specs = [MatchSpec(line) for line in lines if line not in ("conda-forge", "nodefaults")]
    return {_canonical(spec.name.normalized): spec for spec in specs}


def _lock():
    pins = re.findall(r"^([\w.-]+)==([^ ;\\]+)", (ROOT / "requirements.lock").read_text(), re.M)
    return {_canonical(name): version for name, version in pins}


def test_environment_yml_names_the_same_packages_as_pyproject():
    assert set(_conda()) - {"python", "pip"} == set(_pyproject())


def test_environment_yml_sets_the_same_limits_as_pyproject():
    limits = {name: set(str(spec.version).split(",")) for name, spec in _conda().items()}
    ours = {name: set(str(item.specifier).split(",")) for name, item in _pyproject().items()}
    assert {name: limits[name] for name in ours} == ours


def test_the_packages_of_the_design_card_are_there_by_name():
    assert set(_pyproject()) >= CARD
    assert set(_conda()) >= CARD


def test_channels_leave_the_defaults_out():
    text = (ROOT / "environment.yml").read_text()
    channels = text.split("channels:")[1].split("dependencies:")[0].split()
    assert [item for item in channels if item != "-"] == ["conda-forge", "nodefaults"]


@pytest.mark.parametrize("name", sorted(_pyproject()))
def test_the_locked_version_suits_pyproject_and_conda(name):
    version = _lock()[name]
    assert _pyproject()[name].specifier.contains(version)
    assert VersionSpec(str(_conda()[name].version)).matches(Version(version))


def test_every_pin_of_the_lock_has_a_hash():
    blocks = re.split(r"\n(?=[\w.-]+==)", (ROOT / "requirements.lock").read_text())[1:]
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []


def _imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_every_package_the_library_imports_is_declared():
    imported = {name for path in (ROOT / "reviu_lib").rglob("*.py") for name in _imported(path)}
    foreign = imported - set(sys.stdlib_module_names) - {"reviu_lib"}
    owners = packages_distributions()
    assert {_canonical(owners[name][0]) for name in foreign} - set(_pyproject()) == set()
