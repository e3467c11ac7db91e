"""The lists of packages agree: pyproject, environment.yml, the lock, and what the code imports."""

import ast
import re
import sys
import tomllib
from importlib.metadata import distributions, packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version as PyVersion
from rattler import MatchSpec, Version, VersionSpec

from reviu_lib.cli.doctor import load_versi_aman

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


def _blocks():
    """Return each pin of the lock as its lines: requirement, then hashes."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return re.split(r"\n(?=\S)", "\n".join(lines))


def find_faults(blocks):
    """Return each line of a lock that is no exact, hashed pin from the index."""
    exact = re.compile(r"[\w.-]+==[0-9][\w.]*( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+")
    return [block.splitlines()[0] for block in blocks if not exact.fullmatch(block.strip())]


def test_the_lock_holds_exact_hashed_pins_and_nothing_else():
    assert find_faults(_blocks()) == []


@pytest.mark.parametrize(
    "line",
    ["pandas>=3", "pandas==3.*", "pandas", "pandas @ https://contoh.id/pandas.whl", "-e .",
     "git+https://contoh.id/pandas", "--extra-index-url https://contoh.id", "pandas==3.1.1"],
)  # fmt: skip
def test_a_floating_or_foreign_or_unhashed_pin_is_refused(line):
    hashed = f"{line} \\\n    --hash=sha256:{'a' * 64}"
    assert find_faults([line]) == [line]
    assert bool(find_faults([hashed])) == (line != "pandas==3.1.1")


@pytest.mark.parametrize("item", load_versi_aman(), ids=lambda item: item["nama"])
def test_no_package_is_below_the_version_that_mends_known_faults(item):
    """Offline audit: the lock, what is installed, and the lower limits of pyproject."""
    assert (item["rujukan"], item["akibat"]) != ([], "")
    least, name = PyVersion(item["minimal"]), item["nama"]
    pins = re.findall(rf"^{name}==([^ ;\\]+)", (ROOT / "requirements.lock").read_text(), re.M)
    here = [version(name)] if name in installed_names() else []
    assert [pin for pin in [*pins, *here] if PyVersion(pin) < least] == []
    limits = [spec for spec in _pyproject().get(name, Requirement(name)).specifier
              if spec.operator == ">="]  # fmt: skip
    assert [spec for spec in limits if PyVersion(spec.version) < least] == []


def installed_names():
    return {_canonical(item.name) for item in distributions()}


def test_every_package_that_touches_foreign_files_or_pages_is_audited():
    listed = {item["nama"] for item in load_versi_aman()}
    assert listed >= {"nbconvert", "jupyter-server", "jupyterlab", "openpyxl", "defusedxml",
                      "lxml", "pillow", "pyarrow", "jinja2", "tornado", "mistune"}  # fmt: skip
