"""The compiled words are those of the readable catalogue, and click uses them all."""

import ast
import importlib.util
import sys
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from compile_words import FOLDER, compile_words  # noqa: E402


def test_the_compiled_catalogue_is_up_to_date():
    assert (FOLDER / "reviu.mo").read_bytes() == compile_words()


def _words_of_click():
    folder = Path(importlib.util.find_spec("click").origin).parent
    for name in ("core", "exceptions", "formatting", "parser", "types"):
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
                yield from (a.value for a in node.args[:1] if isinstance(a, ast.Constant))


def test_the_words_of_a_usage_error_are_all_translated():
    with (FOLDER / "reviu.po").open("rb") as stream:
        catalog = read_po(stream, locale="id")
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in catalog}
    shown = {w for w in _words_of_click() if w.startswith(("Usage", "Error", "Missing", "Invalid v",
             "No such", "Try", "Got", "Options", "Commands", "Show"))}  # fmt: skip
    assert shown - known == set()
