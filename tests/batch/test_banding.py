"""What a comparison is asked for: a province, a list, several years; and who is left out."""

from dataclasses import replace

import pytest

from reviu_lib.batch import Pesanan, choose_banding
from reviu_lib.batch.manifest import describe_entry
from reviu_lib.batch.sources import BANDING
from reviu_lib.errors import KodeError, LaporanError
from reviu_lib.reference import kabupaten_names
from reviu_lib.store import load_pilihan, make_ruang

from .ruang_kecil import make_small

UNITS = (("12.18", 2024), ("73.01", 2024), ("73.02", 2023), ("73.02", 2024))


@pytest.fixture(scope="module")
def ruang(tmp_path_factory):
    """A workspace with raw files of three kabupaten; read only."""
    return make_small(tmp_path_factory.mktemp("banding"), *UNITS)


def test_a_province_means_all_its_kabupaten_those_without_files_are_named(ruang):
    order = choose_banding(["73"], [2024], ruang=ruang)
    assert (order.kode, order.tahun, order.wilayah) == (("73.01", "73.02"), 2024, "73")
    official = [kode for kode in kabupaten_names() if kode[:2] == "73"]
    assert len(order.absen) == len(official) - 2
    assert order.absen[0] == "73.03: Tidak ada berkas mentah tahun 2024."


def test_the_last_of_several_years_is_the_main_one(ruang):
    order = choose_banding(["73"], [2024, 2022, 2023], ruang=ruang)
    assert (order.tahun, order.tahun_lain) == (2024, (2022, 2023))
    assert order.stems[BANDING] == "banding-73-2022-2023-2024"


def test_a_list_names_each_kabupaten_once_and_those_without_files(ruang):
    order = choose_banding(["73.01", "12.18", "73.01", "12.07"], [2024], ruang=ruang)
    assert order.kode == ("73.01", "12.18")
    assert order.absen == ("12.07: Tidak ada berkas mentah tahun 2024.",)
    assert order.stems[BANDING] == "banding-73.01-12.18-12.07-2024"


def test_all_means_whatever_has_files(ruang):
    assert choose_banding(["semua"], [2024], ruang=ruang).kode == ("12.18", "73.01", "73.02")


def test_a_code_that_does_not_exist_is_refused(ruang):
    with pytest.raises(KodeError):
        choose_banding(["99.99"], [2024], ruang=ruang)


def test_the_notebook_hears_of_other_years_and_of_the_absent_only_when_there_are_any():
    order = Pesanan(("12.18", "73.01"), 2024, jenis="banding")
    assert set(order.parameters) == {"daftar_kode", "tahun", "edisi", "ruang"}
    more = replace(order, tahun_lain=(2022, 2023), absen=("73.02: Rusak.", "73.03: Rusak."))
    assert more.parameters["daftar_tahun"] == "2022, 2023"
    assert more.parameters["absen"] == "73.02: Rusak.\n73.03: Rusak."


def test_an_order_survives_being_written_and_read():
    order = Pesanan(("12.18", "73.01"), 2024, jenis="banding", tahun_lain=(2023,),
                    absen=("73.02: Rusak.",), wilayah="73")  # fmt: skip
    assert Pesanan.from_dict(order.as_dict()) == order
    assert order.judul(BANDING) == "Perbandingan Kabupaten/Kota Sulawesi Selatan Tahun 2024"


def test_the_index_does_not_list_forty_codes():
    codes = [f"73.{n:02}" for n in range(1, 41)]
    entry = {"jenis": "banding", "kode": codes, "nama": "", "tahun": 2024, "edisi": "rapat",
             "status": "selesai", "contoh": False, "keluaran": {}, "folder": "2024"}  # fmt: skip
    assert describe_entry(entry)["kode"] == "73.01 dan 39 lainnya"


def test_what_cannot_be_loaded_is_absent_with_its_reason_and_nothing_left_is_an_error(tmp_path):
    place = make_ruang(tmp_path / "kosong")
    with pytest.raises(LaporanError, match="Tidak ada hasil reviu tahun 2024"):
        load_pilihan("73.01, 73.02", 2024, absen="73.03: Berkas rusak.", ruang=place)
