"""The narrative of a realistic review: the example, of one kabupaten with its children."""

import re
from functools import cache

import pytest
from contoh_hasil import describe_all, plain, without_recorded
from review.dunia import CONTOH, base
from test_kalimat_terlarang import LARANGAN, find
from test_narasi import CACAT

from reviu_lib.report.angka import find_stray_digits, resolve_angka


@cache
def tell(kode: str) -> dict[str, tuple[str, ...]]:
    return describe_all(base(kode))


@pytest.mark.parametrize("kode", CONTOH)
def test_every_number_of_the_example_resolves(kode: str) -> None:
    page = "\n".join(f"<p>{alinea}</p>" for part in tell(kode).values() for alinea in part)
    assert resolve_angka(page, base(kode)) == []
    assert find_stray_digits(page) == []


@pytest.mark.parametrize("kode", CONTOH)
def test_the_example_says_nothing_forbidden_and_reads_well(kode: str) -> None:
    for paragraphs in tell(kode).values():
        for text in (plain(without_recorded(alinea)) for alinea in paragraphs):
            assert [found for rule in LARANGAN for found in find(rule, text)] == [], text
            assert not CACAT.search(text), text
            assert max(len(part.split()) for part in re.split(r"(?<=[.;:])\s", text)) <= 70, text


def test_the_2021_review_knows_no_later_survey() -> None:
    text = plain(" ".join(tell("12.18")["describe_outcome"]))
    assert "SSGBI 2019 adalah 26,3 persen" in text
    assert "20,0 persen" not in text
    assert "terbit sesudah tanggal reviu" in text


def test_the_2024_review_shows_next_years_targets_by_level() -> None:
    text = plain(" ".join(tell("73.12")["describe_outcome"]))
    for target in ("kabupaten/kota 22,0", "provinsi 23,9", "nasional 18,8"):
        assert f"target tingkat {target} persen" in text
