"""The style limits hold, and the checker sees what breaks them."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from check_style import check_modules, load_modules  # noqa: E402

DEEP = "def f(a: int) -> int:\n if a:\n  if a:\n   if a:\n    if a:\n     return 1\n return 0\n"
LONG = "def f() -> None:\n" + "    a = 1\n" * 41
MANY = "def f(a: int, b: int, *, c: int, d: int, e: int, g: int) -> None:\n    return None\n"
BRANCHING = (
    "def f(a: int) -> bool:\n    return " + " or ".join(f"a == {n}" for n in range(9)) + "\n"
)


def test_the_library_keeps_the_limits():
    assert list(check_modules(load_modules(ROOT / "reviu_lib"))) == []


@pytest.mark.parametrize(
    ("source", "breach"),
    [
        (DEEP, "nesting 4"),
        (LONG, "42 code lines"),
        (MANY, "6 parameters"),
        (BRANCHING, "complexity 9"),
        ("def f(a):\n    return a\n", "without types"),
        ("def f(a: int) -> int:\n    return a\n", "public without docstring"),
        ("a = 1\n" * 301, "301 code lines"),
    ],
)
def test_a_breach_is_told(tmp_path, source, breach):
    package = tmp_path / "paket"
    package.mkdir()
    (package / "modul.py").write_text(source)
    assert any(breach in line for line in check_modules(load_modules(package)))


def test_an_import_cycle_is_told(tmp_path):
    package = tmp_path / "paket"
    package.mkdir()
    (package / "a.py").write_text("from paket.b import x\n\n\ndef _f() -> None: ...\n")
    (package / "b.py").write_text("from paket.a import y\n")
    assert "import cycle: paket.a → paket.b → paket.a" in list(check_modules(load_modules(package)))
