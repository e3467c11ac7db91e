"""Files of a province count for every kabupaten that they hold."""

import pytest

from reviu_lib.bahan import BahanReviu
from reviu_lib.batch import choose_units
from reviu_lib.batch.provinces import note_provinces
from reviu_lib.errors import KodeError
from reviu_lib.store import (
    explain_stale,
    hash_raw,
    is_isi_stale,
    load_isi,
    make_ruang,
    save_bahan,
    save_isi,
)

REKAP = "Kab/Kota;NIK;Nama;Tgl Lahir;Tanggal Pengukuran;Berat;Tinggi;ZS TB/U;JK\n"


@pytest.fixture
def ruang(tmp_path):
    """A workspace with one file of the province 32 and one of the kabupaten 32.01."""
    ruang = make_ruang(tmp_path)
    for folder in (ruang.raw_provinsi("32", 2022), ruang.raw_of("32.01", 2022)):
        folder.mkdir(parents=True)
    (ruang.raw_provinsi("32", 2022) / "ekspor.csv").write_text(REKAP + "Kota Bandung;;;;;;;;\n")
    (ruang.raw_of("32.01", 2022) / "rekap.csv").write_text("no;indikator\n")
    return ruang


def test_the_kabupaten_of_a_province_are_known_once_noted(ruang):
    assert ruang.list_raw() == [("32.01", 2022)]
    note_provinces(ruang)
    assert ruang.list_raw() == [("32.01", 2022), ("32.73", 2022)]
    assert ruang.list_provinsi() == [("32", 2022)]


def test_folders_are_the_provinces_then_the_own(ruang):
    own, shared = ruang.raw_of("32.01", 2022), ruang.raw_provinsi("32", 2022)
    assert ruang.folders_of("32.01", 2022) == (shared, own)
    assert ruang.folders_of("32.73", 2022) == (shared,)
    assert ruang.folders_of("33.01", 2022) == ()


def test_a_note_is_stale_when_a_file_of_the_province_changes(ruang):
    assert is_isi_stale(ruang, "32", 2022)
    save_isi(ruang, "32", 2022, ["32.73"])
    assert not is_isi_stale(ruang, "32", 2022)
    (ruang.raw_provinsi("32", 2022) / "lain.csv").write_text("a;b\n")
    assert is_isi_stale(ruang, "32", 2022)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"kode": "32.73"}', '{"kode": ["../x"]}'])
def test_a_damaged_note_names_nobody_and_is_made_anew(ruang, content):
    save_isi(ruang, "32", 2022, ["32.73"])
    ruang.isi_provinsi("32", 2022).write_text(content)
    assert load_isi(ruang, "32", 2022) == []
    assert is_isi_stale(ruang, "32", 2022)


def test_a_changed_file_of_the_province_makes_its_kabupaten_stale(ruang):
    bahan = BahanReviu("32.01", "Kabupaten Bogor", 2022, *_days())
    save_bahan(bahan, ruang)
    assert explain_stale("32.01", 2022, ruang=ruang) == ""
    (ruang.raw_provinsi("32", 2022) / "ekspor.csv").write_text("lain")
    assert "32/2022/ekspor.csv" in explain_stale("32.01", 2022, ruang=ruang)


def _days():
    from datetime import date

    return date(2022, 12, 31), date(2023, 2, 28)


def test_hashes_name_the_folder_of_the_province(ruang):
    assert set(hash_raw("32.01", 2022, ruang=ruang)) == {"32/2022/ekspor.csv", "rekap.csv"}


def test_a_province_stands_for_all_its_kabupaten(ruang):
    assert choose_units(["32"], [], ruang=ruang) == [("32.01", 2022), ("32.73", 2022)]
    assert choose_units([], [2022], ruang=ruang) == [("32.01", 2022), ("32.73", 2022)]


@pytest.mark.parametrize("kode", ["33", "3", "99"])
def test_a_province_without_files_is_refused(ruang, kode):
    with pytest.raises(KodeError):
        choose_units([kode], [], ruang=ruang)


@pytest.mark.parametrize("kode", ["3", "35.01", "..", 35, "3x"])
def test_only_a_code_of_two_digits_names_a_province(ruang, kode):
    with pytest.raises(KodeError, match="Kode provinsi tidak sah"):
        ruang.raw_provinsi(kode, 2022)
