"""A workspace with three units, a notebook of one's own, and a way to read plans in it."""

import pytest

from reviu_lib.batch.plan import list_orders, load_rencana
from reviu_lib.settings import Pengaturan
from reviu_lib.store import make_ruang

from ..ruang_kecil import write_notebook

PARAMETER = (
    'kode_kabupaten = ""\ntahun = 0\nedisi = "rapat"\nbatas_persen = -2.5\njudul = "x"\n'
    "ringkas = True\nteratas = 3"
)


@pytest.fixture
def ruang(tmp_path):
    """A workspace whose raw files are never opened: a plan asks only where there are some."""
    place = make_ruang(tmp_path)
    for kode, tahun in (("12.18", 2024), ("73.12", 2023), ("73.12", 2024)):
        folder = place.raw_of(kode, tahun)
        folder.mkdir(parents=True)
        (folder / "a.csv").write_text("x" * tahun)
    write_notebook(place.notebooks / "analisis_desa.ipynb", "1", parameter=PARAMETER)
    return place


@pytest.fixture
def read(ruang):
    """A function that reads a plan of the given text."""

    def load(text, settings=None):
        path = ruang.root / "rencana.toml"
        path.write_text(text, encoding="utf-8")
        return load_rencana(path, settings or Pengaturan(), ruang=ruang)

    return load


@pytest.fixture
def orders(read, ruang):
    """A function that returns the orders of a plan as (name, kode, year)."""

    def list_(text, **options):
        return list_orders(read(text), ruang=ruang, **options)

    return list_
