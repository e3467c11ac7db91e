"""The narrative of a realistic review: the tables of the example, without its measurements."""

import re
from functools import cache

import pytest
from contoh_hasil import describe_all, plain, without_recorded
from test_kalimat_terlarang import LARANGAN, find
from test_narasi import CACAT

from reviu_lib.bahan import BahanReviu
from reviu_lib.example.skenario import Skenario, list_skenario
from reviu_lib.example.tulis import make_tables
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import find_stray_digits, resolve_angka
from reviu_lib.review import review

CONTOH = ["12.18", "73.12"]


def make_bahan(skenario: Skenario) -> BahanReviu:
    tables = make_tables(skenario)
    identitas = tables.pop("identitas").iloc[0].drop("penyusun")
    lalu = tables.pop("tindak_lanjut")
    return BahanReviu(**identitas, **tables, tindak_lanjut_lalu=lalu, contoh=True)


@cache
def make_hasil(kode: str) -> HasilReviu:
    before, now = sorted(
        (item for item in list_skenario() if item.kode == kode), key=lambda item: item.tahun
    )
    return review(make_bahan(now), [make_bahan(before)])


@cache
def tell(kode: str) -> dict[str, tuple[str, ...]]:
    return describe_all(make_hasil(kode))


@pytest.mark.parametrize("kode", CONTOH)
def test_every_number_of_the_example_resolves(kode: str) -> None:
    page = "\n".join(f"<p>{alinea}</p>" for part in tell(kode).values() for alinea in part)
    assert resolve_angka(page, make_hasil(kode)) == []
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
