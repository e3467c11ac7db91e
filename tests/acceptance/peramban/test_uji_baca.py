"""Ten questions of a bupati: answered within two screens, or by one click from there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

PERTANYAAN = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "uji_baca.toml").read_text(encoding="utf-8")
)["pertanyaan"]
LAYAR = 900


@pytest.fixture(scope="module")
def halaman(peramban, ruang_contoh):
    context = peramban.new_context(viewport={"width": 1280, "height": LAYAR}, offline=True)
    page = context.new_page()
    path = ruang_contoh.reports_of("73.12", 2024) / "reviu-73.12-2024-rapat.html"
    page.goto(path.resolve().as_uri())
    yield page
    context.close()


def read(place) -> str:
    return " ".join(place.inner_text().split())


def test_there_are_ten_questions():
    assert len({satu["tanya"] for satu in PERTANYAAN}) == 10


@pytest.mark.parametrize("satu", PERTANYAAN, ids=lambda satu: satu["tanya"])
def test_the_answer_is_within_two_screens_or_one_click(halaman, satu):
    place = halaman.locator(satu["tempat"]).first
    halaman.evaluate("scrollTo(0, 0)")
    assert place.bounding_box()["y"] < 2 * LAYAR
    assert re.search(satu["pola"], read(place)), read(place)
    if "klik" in satu:
        link = halaman.locator(f"main p a[href='{satu['klik']}'], nav a[href='{satu['klik']}']")
        assert link.first.bounding_box()["y"] < 2 * LAYAR
        link.first.click()
        target = halaman.locator(satu["klik"])
        assert -5 < target.bounding_box()["y"] < LAYAR / 2
        assert re.search(satu["pola_klik"], read(target))
