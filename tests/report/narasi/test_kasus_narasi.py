"""Each case of tests/cases/narasi.toml: what a chapter says when the data are so."""

import tomllib
from pathlib import Path

import pytest
from contoh_hasil import LENGKAP, change, empty, plain

from reviu_lib.report import narasi
from reviu_lib.report.angka import find_stray_digits, resolve_angka

KASUS = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "narasi.toml").read_text(encoding="utf-8")
)["kasus"]


@pytest.mark.parametrize("kasus", KASUS, ids=[f"{k['bab']}: {k['nama']}" for k in KASUS])
def test_a_chapter_says_what_the_data_say(kasus: dict) -> None:
    hasil = empty(change(LENGKAP, kasus.get("ubah", {})), kasus.get("buang", []))
    paragraphs = getattr(narasi, f"describe_{kasus['bab']}")(hasil)
    text = plain(" ".join(paragraphs))
    lower = text.lower()
    assert [part for part in kasus.get("memuat", []) if part.lower() not in lower] == [], text
    assert [part for part in kasus.get("tanpa", []) if part.lower() in lower] == [], text
    assert resolve_angka(" ".join(paragraphs), hasil) == []
    assert find_stray_digits(" ".join(paragraphs)) == []


def test_every_chapter_has_cases() -> None:
    chapters = {name.removeprefix("describe_") for name in narasi.__all__} - {"banding"}
    assert {kasus["bab"] for kasus in KASUS} == chapters
