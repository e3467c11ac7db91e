"""The questions and answers of the guide follow the tested catalogue of dirt."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HALAMAN = (ROOT / "docs" / "panduan" / "tanya-jawab.md").read_text(encoding="utf-8")
KASUS = tomllib.loads((ROOT / "tests" / "cases" / "kotor.toml").read_text(encoding="utf-8"))[
    "kasus"
]
POLA = sorted({case["kode"] for case in KASUS if re.fullmatch(r"B\d+", case["kode"])})
BARIS = re.findall(r"^\| (B\d+) \|(.*)\|$", HALAMAN, re.M)


def _findings(kode):
    return {
        name for case in KASUS if case["kode"] == kode for name in case["harapan"].get("temuan", ())
    }


def test_every_pattern_of_the_catalogue_is_explained_once():
    assert sorted(kode for kode, _ in BARIS) == POLA


@pytest.mark.parametrize("kode", POLA)
def test_a_row_says_what_is_seen_why_and_what_to_do(kode):
    seen, why, do, _ = dict(BARIS)[kode].split("|")
    assert all(len(cell.strip()) > 3 for cell in (seen, why, do))


@pytest.mark.parametrize("kode", POLA)
def test_a_row_names_the_findings_that_the_tests_expect(kode):
    last = dict(BARIS)[kode].split("|")[-1]
    assert set(re.findall(r"[A-Z]\d\d", last)) == _findings(kode)
