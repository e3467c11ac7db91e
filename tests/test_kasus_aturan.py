"""Every rule of the dossier has a case as data, and the list names only cases that exist."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "cases"
ATURAN = tomllib.loads((FOLDER / "aturan.toml").read_text(encoding="utf-8"))["aturan"]
# D19 does not exist; efficiency (S8-4) is not used.
WAJIB = [f"D{number}" for number in range(1, 23) if number != 19]
WAJIB += [f"S8-{number}" for number in range(1, 11) if number != 4]
WAJIB += [f"S10-{number}" for number in range(1, 14)]
NAMA = ("kode", "nama", "pola", "indikator")


@cache
def names_of(berkas: str) -> set[str]:
    """Return what the cases of a file are called."""
    content = tomllib.loads((FOLDER / berkas).read_text(encoding="utf-8"))
    cases = [case for part in content.values() if isinstance(part, list) for case in part]
    names = {case[key] for case in cases for key in NAMA if isinstance(case.get(key), str)}
    return names | {key for case in cases for key in case.get("menguji", [])}


def test_every_rule_is_listed_once_and_no_other():
    assert Counter(aturan["id"] for aturan in ATURAN) == Counter(WAJIB)


@pytest.mark.parametrize("aturan", ATURAN, ids=[aturan["id"] for aturan in ATURAN])
def test_a_rule_has_a_case_or_a_test_that_exists(aturan):
    assert aturan.get("kasus") or aturan.get("uji")
    for kasus in aturan.get("kasus", []):
        berkas, _, nama = kasus.partition("#")
        assert nama in names_of(berkas), kasus
    for uji in aturan.get("uji", []):
        path, _, nama = uji.partition("::")
        assert f"def {nama}(" in (FOLDER.parents[1] / path).read_text(encoding="utf-8"), uji


def test_every_case_of_the_statistics_that_carries_a_number_is_listed():
    listed = {kasus for aturan in ATURAN for kasus in aturan.get("kasus", [])}
    numbered = {f"statistik.toml#{nama}" for nama in names_of("statistik.toml")
                if nama[:1] == "D" and nama[1:2].isdigit()}  # fmt: skip
    assert numbered - listed == set()
