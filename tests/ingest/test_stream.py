"""Many files take no more memory than one: the cells of large sheets are let go."""

import pytest
from pandas.testing import assert_frame_equal

from reviu_lib.bahan import table_fields
from reviu_lib.ingest import stream
from reviu_lib.ingest.checks import Konteks
from reviu_lib.ingest.files import list_entries
from reviu_lib.ingest.stream import Batas, open_folder

from .conftest import KUNCI

KONTEKS = Konteks("12.18", 2021, kunci=KUNCI)
SEMUA_LEPAS = Batas(semua=0, satu=0)


def _exports(folder, berkas=3, anak=4):
    """Write exports in which every child has a row in every file, on another day."""
    for number in range(berkas):
        children = [
            {
                "NIK": f"12180001012{child:05d}",
                "Nama": f"CONTOH {child}",
                "Tanggal Pengukuran": f"2021-0{number + 2}-10",
            }
            for child in range(anak)
        ]
        folder.eppgbm(*children, nama=f"ekspor_{number}.xlsx")


@pytest.fixture
def full(folder):
    """A folder with a workbook, three exports, and a file nobody can read."""
    folder.workbook(lokus={"kode_desa": "12.18.02.2001", "tahun": 2021})
    _exports(folder)
    folder.text("rusak.xlsx", b"PK\x03\x04 bukan arsip")
    return folder


def test_what_is_let_go_is_read_the_same(full, monkeypatch):
    held = full.read()
    monkeypatch.setattr(stream, "BATAS", SEMUA_LEPAS)
    let_go = full.read()
    for name in table_fields():
        assert_frame_equal(getattr(held, name), getattr(let_go, name))
    assert (held.tanggal_cutoff, held.contoh) == (let_go.tanggal_cutoff, let_go.contoh)


def test_dates_of_the_review_are_known_although_cells_are_let_go(full):
    opened = open_folder(list_entries(full.path), KONTEKS, batas=SEMUA_LEPAS)
    kept = {
        kepala.sumber.tabel: len(grid.sel) for item in opened for grid, kepala in item.sumber.lembar
    }
    assert kept["identitas"] > 0
    assert (kept["pengukuran"], kept["lokus"]) == (0, 0)


def test_files_below_the_limit_are_opened_once(full):
    opened = open_folder(list_entries(full.path), KONTEKS)
    assert not any(item.dilepas for item in opened)
    assert all(item.load(KONTEKS) is item.sumber for item in opened)


def test_small_sheets_stay_whatever_the_others_hold(full):
    opened = open_folder(list_entries(full.path), KONTEKS, batas=Batas(semua=0, satu=10_000))
    assert not any(item.dilepas for item in opened)


def test_cells_in_memory_do_not_grow_with_the_number_of_files(folder):
    _exports(folder, berkas=6)
    whole = max(item.sel for item in open_folder(list_entries(folder.path), KONTEKS))
    limit = Batas(semua=2 * whole, satu=0)
    opened = open_folder(list_entries(folder.path), KONTEKS, batas=limit)
    assert sum(item.sel for item in opened) <= 2 * whole


def test_a_file_that_cannot_be_read_is_no_table_and_no_error(full):
    opened = open_folder(list_entries(full.path), KONTEKS, batas=SEMUA_LEPAS)
    bad = next(item for item in opened if item.path.name == "rusak.xlsx")
    assert (bad.sel, bad.dilepas) == (0, False)
