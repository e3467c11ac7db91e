"""The narrative never says what tests/cases/kalimat_terlarang.toml forbids."""

import re
import tomllib
from pathlib import Path

import pytest
from contoh_hasil import plain, without_recorded
from test_narasi import KEADAAN, tell

LARANGAN = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "kalimat_terlarang.toml").read_text(encoding="utf-8")
)["larangan"]
NAMA = [larangan["aturan"].split(":")[0] for larangan in LARANGAN]


def find(larangan: dict, text: str) -> list[str]:
    return [match.group(0) for match in re.finditer(larangan["pola"], text, re.IGNORECASE)]


@pytest.mark.parametrize("larangan", LARANGAN, ids=NAMA)
def test_each_rule_catches_its_wrong_and_spares_its_right_sentences(larangan: dict) -> None:
    for kalimat in larangan["salah"]:
        assert find(larangan, kalimat), kalimat
    for kalimat in larangan["benar"]:
        assert not find(larangan, kalimat), kalimat


@pytest.mark.parametrize("keadaan", KEADAAN)
def test_no_chapter_says_it(keadaan: str) -> None:
    partial = KEADAAN[keadaan].tanggal_cutoff.month < 12
    rules = [rule for rule in LARANGAN if partial or rule["berlaku"] == "selalu"]
    for bab, paragraphs in tell(keadaan).items():
        for text in (plain(without_recorded(alinea)) for alinea in paragraphs):
            assert [found for rule in rules for found in find(rule, text)] == [], (bab, text)
