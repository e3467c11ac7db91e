"""The finished reports of the example, as a reader and as a checker see them."""

import tomllib
from pathlib import Path

import pytest

from reviu_lib import load_hasil

ACUAN = (("12.18", 2021), ("73.12", 2024))


@pytest.fixture(scope="session")
def larangan():
    path = Path(__file__).parents[1] / "cases" / "kalimat_terlarang.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["larangan"]


@pytest.fixture(scope="session", params=ACUAN, ids=lambda item: f"{item[0]}-{item[1]}")
def laporan(request, ruang_contoh):
    """One example report: the page and the results it was made from."""
    kode, tahun = request.param
    page = ruang_contoh.reports_of(kode, tahun) / f"reviu-{kode}-{tahun}-rapat.html"
    return page.read_text(encoding="utf-8"), load_hasil(kode, tahun, ruang=ruang_contoh)
