"""Each folder of real files is checked to its end: no row is lost, and twice the same bytes."""

import shutil

import pytest

from reviu_lib.batch.tasks import periksa
from reviu_lib.batch.temuan import list_temuan
from reviu_lib.ingest.ledger import list_unaccounted
from reviu_lib.store import make_ruang

# Folder of ../shared/data/real, where it lies below data/raw, and the kabupaten that is checked.
FOLDER = [
    ("belitung_timur_2022_2023", "19.06/2023", "19.06", 2023),
    ("jawa_timur_2022", "35/2022", "35.15", 2022),
    ("dana_desa", "12.18/2024", "12.18", 2024),
    ("dirty", "32.04/2022", "32.04", 2022),
]


def _written(ruang, kode, tahun):
    tables = ruang.processed_of(kode, tahun).glob("*.parquet")
    paths = [*list_temuan(kode, tahun, ruang=ruang), *tables]
    return {path.relative_to(ruang.root).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize(("folder", "place", "kode", "tahun"), FOLDER)
def test_a_real_folder_is_checked_twice_with_the_same_bytes_and_no_row_lost(
    shared, tmp_path, folder, place, kode, tahun
):
    ruang = make_ruang(tmp_path)
    shutil.copytree(shared / "data" / "real" / folder, ruang.raw / place)
    bahan = periksa(kode, tahun, ruang=ruang)
    assert len(bahan.neraca_baris)
    assert list_unaccounted(bahan.neraca_baris).empty
    first = _written(ruang, kode, tahun)
    assert f"reports/{tahun}/{kode}/temuan.xlsx" in first
    periksa(kode, tahun, ruang=ruang)
    assert _written(ruang, kode, tahun) == first
