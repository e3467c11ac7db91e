"""Every pattern of dirt seen in real spreadsheets becomes a typed value or a finding.

The cases are data (tests/cases/kotor.toml), so that whoever meets a new kind of dirt adds a case
without Python.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from reviu_lib.bahan import table_fields
from reviu_lib.catalog import build, load_temuan
from reviu_lib.ingest import build_bahan
from reviu_lib.ingest.findings import Tempat
from reviu_lib.ingest.layouts import KolomSumber, TabelSumber
from reviu_lib.ingest.ledger import list_unaccounted
from reviu_lib.ingest.parse.columns import Cara, read_column

from .conftest import KUNCI, age

CASES = Path(__file__).parents[1] / "cases" / "kotor.toml"
SEMUA = tomllib.loads(CASES.read_text("utf-8"))["kasus"]
KASUS = [case for case in SEMUA if "kolom" not in case]
KOLOM = [case for case in SEMUA if "kolom" in case]
POLA = [*(f"B{number}" for number in range(1, 74)), "S10-6"]


def _write_text(path: Path, text: str, case: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    ends = text.replace("\n", case.get("ganti_baris", "\n"))
    path.write_bytes(ends.encode(case.get("sandi", "utf-8")))
    age(path)


def _write_cells(path: Path, case: dict[str, Any]) -> None:
    """Write typed cells; "=…" is a formula that nobody has computed, "" is a blank cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = case.get("lembar", case["tabel"])
    for row in case["potongan"]:
        sheet.append([None if cell == "" else cell for cell in row])
    for area in case.get("gabung", []):
        sheet.merge_cells(area)
    for row in case.get("sembunyi", []):
        sheet.row_dimensions[row].hidden = True
    for name in case.get("lembar_kosong", []):
        book.create_sheet(name)
    book.save(path)
    age(path)


def _read(case: dict[str, Any], folder: Path) -> Any:
    if isinstance(case["potongan"], dict):
        for name, text in case["potongan"].items():
            _write_text(folder / name, text, case)
    elif isinstance(case["potongan"], str):
        _write_text(folder / case.get("berkas", "potongan.csv"), case["potongan"], case)
    else:
        _write_cells(folder / "potongan.xlsx", case)
    place = {"kode_kabupaten": case.get("kabupaten", "12.18"), "tahun": case.get("tahun", 2021)}
    return build_bahan(folder, kunci=KUNCI, **place)


def _plain(value: Any) -> Any:
    """Return a cell as TOML writes it: a missing one as ""."""
    if pd.isna(value):
        return ""
    return value.date() if isinstance(value, pd.Timestamp) else value


@pytest.mark.parametrize("case", KASUS, ids=lambda case: f"{case['kode']} {case['arti']}")
def test_a_snippet_becomes_a_typed_value_or_a_finding(case, tmp_path):
    folder = tmp_path / "12.18" / "2021"
    folder.mkdir(parents=True)
    bahan = _read(case, folder)
    told = set(bahan.temuan["kode"])
    table = getattr(bahan, {name: field for field, name in table_fields().items()}[case["tabel"]])
    wanted = case["harapan"]
    for kolom, values in wanted.get("nilai", {}).items():
        assert [_plain(value) for value in table[kolom]] == values, bahan.temuan["uraian"].tolist()
    assert set(wanted.get("temuan", [])) <= told, sorted(told)
    assert not set(wanted.get("tanpa", [])) & told, sorted(told)
    words = " ".join(bahan.temuan[["uraian", "tindakan", "saran"]].to_numpy().ravel())
    assert [text for text in wanted.get("kata", []) if text not in words] == []
    assert list_unaccounted(bahan.neraca_baris).empty


@pytest.mark.parametrize("case", KOLOM, ids=lambda case: f"{case['kode']} {case['arti']}")
def test_a_column_is_read_as_its_layout_declares(case):
    declared = build(KolomSumber, case["kolom"], case["arti"])
    own = TabelSumber(nama="uji", tabel=case["tabel"], ciri=(), kolom={"uji": declared})
    raw = pd.Series(case["potongan"], dtype=object, index=range(2, 2 + len(case["potongan"])))
    values, found = read_column(raw, Tempat(kolom="uji"), Cara(own))
    told = {item.kode for item in found}
    assert [_plain(value) for value in values] == case["harapan"]["isi"]
    assert set(case["harapan"].get("temuan", [])) <= told
    assert not set(case["harapan"].get("tanpa", [])) & told


def test_every_pattern_has_a_case():
    covered = {case["kode"] for case in SEMUA}
    assert covered == set(POLA)


def test_every_kind_of_finding_about_values_and_children_is_shown_by_a_case():
    shown = {kode for case in SEMUA for kode in case["harapan"].get("temuan", [])}
    own = [kode for kode in load_temuan() if re.fullmatch(r"N(2[3-9]|3\d)|D(0[5-9]|1[0-5])", kode)]
    assert set(own) <= shown
