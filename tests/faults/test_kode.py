"""What our code never does, whatever the data: open a pickle, evaluate text, or stall on it."""

import ast
import time
from pathlib import Path

import pytest

import reviu_lib
from reviu_lib.ingest import build_bahan
from reviu_lib.ingest.ledger import list_unaccounted

ROOT = Path(reviu_lib.__file__).parent
JAHAT = {
    "huruf": "a" * 100_000 + "!",
    "angka bertitik": "1." * 25_000,
    "kurung": "(" * 100_000,
    "spasi": " " * 100_000 + "x",
    "angka": "9" * 100_000 + "x",
    "koma dan spasi": ", " * 50_000,
    "markah": "<a " * 30_000,
    "ganti baris": "\n" * 100_000 + "x",
}
# Seconds of this process for two files of 30 cells with 100,000 characters each.
BATAS = 20


def _trees():
    for path in ROOT.rglob("*.py"):
        yield path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))


def _imports(tree):
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        yield from names or ([node.module or ""] if isinstance(node, ast.ImportFrom) else [])


def _calls(tree):
    """Yield name and node of each call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            target = node.func
            name = target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")
            yield name, node


@pytest.mark.gangguan("F71", ringan=True)
def test_no_code_of_ours_opens_a_pickle():
    opened = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
    assert [str(path) for path, tree in _trees() if opened.intersection(_imports(tree))] == []
    calls = [(path, name, call) for path, tree in _trees() for name, call in _calls(tree)]
    assert [str(path) for path, name, _ in calls if name in {"read_pickle", "to_pickle"}] == []
    trusting = [path for path, _, call in calls for key in call.keywords if _trusts(key)]
    assert trusting == []


def _trusts(key):
    return key.arg == "allow_pickle" and getattr(key.value, "value", True) is not False


@pytest.mark.gangguan("F72", ringan=True)
def test_no_data_becomes_an_expression():
    own = [
        f"{path}:{call.lineno}"
        for path, tree in _trees()
        for name, call in _calls(tree)
        if name in {"eval", "query"} and call.args and not isinstance(call.args[0], ast.Constant)
    ]
    assert own == []


def _write_evil(folder, text):
    """Write a table of coverage and an export with the text in every cell, heading, and title."""
    cell = '"' + text.replace('"', '""') + '"'
    head = ["kode_desa", "kecamatan", "desa", "kode_indikator", "periode", "pembilang", "penyebut"]
    lines = [cell, ";".join([*head, cell]), ";".join([cell] * 8)]
    lines += [";".join(["12.18.02.2001", *[cell] * 7]), ";".join(["Jumlah", *[cell] * 7])]
    (folder / "cakupan.csv").write_text("\n".join(lines), "utf-8")
    names = ["NIK", "Nama", "JK", "Tgl Lahir", "Nama Ortu", "Kec", "Desa/Kel", "Tanggal Pengukuran",
             "Berat", "Tinggi", "Cara Ukur", "TB/U", "ZS TB/U"]  # fmt: skip
    rows = [";".join(names), ";".join([cell] * len(names))]
    (folder / "ekspor.csv").write_text("\n".join(rows), "utf-8")


@pytest.mark.gangguan("F73", ringan=True)
@pytest.mark.parametrize("text", JAHAT.values(), ids=JAHAT)
def test_no_rule_stalls_on_evil_text_in_every_cell(tmp_path, text):
    folder = tmp_path / "12.18" / "2021"
    folder.mkdir(parents=True)
    _write_evil(folder, text)
    begun = time.process_time()
    bahan = build_bahan(folder, kode_kabupaten="12.18", tahun=2021, kunci=b"kunci uji")
    assert time.process_time() - begun < BATAS
    assert list_unaccounted(bahan.neraca_baris).empty
