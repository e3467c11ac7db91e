"""The store: workspaces are found, tables come back as they were, and nothing old is read."""

import os
from datetime import date

import pandas as pd
import pytest

from reviu_lib.bahan import BahanReviu
from reviu_lib.errors import KodeError, RuangError
from reviu_lib.files import hash_folder, list_files, write_atomic
from reviu_lib.hasil import HasilReviu
from reviu_lib.store import (
    Ruang,
    drop_bahan,
    explain_stale,
    find_ruang,
    load_bahan,
    load_hasil,
    load_kunci,
    load_lalu,
    make_ruang,
    require_writable,
    save_bahan,
    save_hasil,
)

LOKUS = pd.DataFrame({"kode_desa": ["12.18.02.2001"], "tahun": [2021], "dasar": ["SK 1/2021"]})


def _dates(tahun):
    return {"tanggal_cutoff": date(tahun, 11, 30), "tanggal_reviu": date(tahun, 12, 21)}


def _bahan(tahun=2021, **tables):
    return BahanReviu("12.18", "Kabupaten Serdang Bedagai", tahun, **_dates(tahun), **tables)


@pytest.fixture
def ruang(tmp_path):
    ruang = make_ruang(tmp_path / "ruang kerja é")
    raw = ruang.raw_of("12.18", 2021)
    raw.mkdir(parents=True)
    (raw / "lokus.csv").write_text("kode_desa\n12.18.02.2001\n")
    return ruang


def test_tables_come_back_with_values_and_dtypes_as_saved(ruang):
    save_bahan(_bahan(lokus=LOKUS), ruang)
    back = load_bahan("12.18", 2021, ruang=ruang)
    pd.testing.assert_frame_equal(back.lokus, _bahan(lokus=LOKUS).lokus)
    pd.testing.assert_frame_equal(back.kegiatan, _bahan().kegiatan)


def test_dates_and_the_example_mark_come_back(ruang):
    save_bahan(_bahan(contoh=True), ruang)
    back = load_bahan("12.18", 2021, ruang=ruang, edisi="final")
    assert (back.tanggal_reviu, back.contoh, back.edisi) == (date(2021, 12, 21), True, "final")


def test_a_kabupaten_never_checked_names_the_command(ruang):
    with pytest.raises(RuangError, match="belum dibuat.*reviu periksa 12.18 --tahun 2021"):
        load_bahan("12.18", 2021, ruang=ruang)


def test_a_changed_raw_file_is_never_silently_ignored(ruang):
    save_bahan(_bahan(), ruang)
    (ruang.raw_of("12.18", 2021) / "lokus.csv").write_text("kode_desa\n12.18.02.2002\n")
    assert "lokus.csv" in explain_stale("12.18", 2021, ruang=ruang)
    with pytest.raises(RuangError, match="berkas mentah berubah: lokus.csv"):
        load_bahan("12.18", 2021, ruang=ruang)


def test_touching_a_raw_file_without_changing_it_makes_nothing_stale(ruang):
    save_bahan(_bahan(), ruang)
    (ruang.raw_of("12.18", 2021) / "lokus.csv").touch()
    assert explain_stale("12.18", 2021, ruang=ruang) == ""


def test_tables_without_raw_files_stand_alone(ruang):
    save_bahan(_bahan(2020), ruang)
    assert load_bahan("12.18", 2020, ruang=ruang).tahun == 2020


@pytest.mark.parametrize("damage", [b"", b"PAR1", b"bukan parquet"])
def test_a_damaged_table_is_refused(ruang, damage):
    save_bahan(_bahan(), ruang)
    (ruang.processed_of("12.18", 2021) / "lokus.parquet").write_bytes(damage)
    with pytest.raises(RuangError, match="tabel lokus rusak"):
        load_bahan("12.18", 2021, ruang=ruang)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"skema": 999}'])
def test_a_damaged_or_foreign_asal_is_refused(ruang, content):
    save_bahan(_bahan(), ruang)
    (ruang.processed_of("12.18", 2021) / "asal.json").write_text(content)
    with pytest.raises(RuangError, match="reviu periksa"):
        load_bahan("12.18", 2021, ruang=ruang)


def test_a_save_that_stops_midway_leaves_nothing_that_looks_whole(ruang):
    save_bahan(_bahan(), ruang)
    (ruang.rahasia / "kunci").write_text("rusak")
    with pytest.raises(RuangError, match="Kunci"):
        save_bahan(_bahan(lokus=LOKUS), ruang)
    assert ruang.list_processed() == []


def test_another_key_of_pseudonyms_makes_the_tables_stale(ruang):
    save_bahan(_bahan(), ruang)
    (ruang.rahasia / "kunci").unlink()
    assert "kunci" in explain_stale("12.18", 2021, ruang=ruang)


def test_dropped_tables_are_not_read(ruang):
    save_bahan(_bahan(), ruang)
    drop_bahan("12.18", 2021, ruang=ruang)
    assert ruang.list_processed() == []


def test_earlier_years_come_newest_first(ruang):
    for tahun in (2019, 2020, 2021, 2022):
        save_bahan(_bahan(tahun), ruang)
    assert [bahan.tahun for bahan in load_lalu("12.18", 2021, ruang=ruang)] == [2020, 2019]


def test_the_key_stays_the_same_and_is_private(ruang):
    key = load_kunci(ruang)
    assert load_kunci(ruang) == key
    assert len(key) == 32
    assert (ruang.rahasia / "kunci").stat().st_mode & 0o077 == 0


def test_a_damaged_key_is_an_error_and_not_replaced(ruang):
    load_kunci(ruang)
    (ruang.rahasia / "kunci").write_text("rusak")
    with pytest.raises(RuangError, match="Kunci nama samaran rusak"):
        load_kunci(ruang)


def test_processed_tables_are_private(ruang):
    save_bahan(_bahan(), ruang)
    paths = [ruang.processed, *ruang.processed.rglob("*")]
    assert [path for path in paths if path.stat().st_mode & 0o077] == []


def test_results_come_back(ruang):
    save_bahan(_bahan(), ruang)
    save_hasil(HasilReviu("12.18", "Kabupaten Serdang Bedagai", 2021, **_dates(2021)), ruang)
    assert load_hasil("12.18", 2021, ruang=ruang).nama == "Kabupaten Serdang Bedagai"


def test_results_made_from_other_inputs_are_refused(ruang):
    save_bahan(_bahan(), ruang)
    save_hasil(HasilReviu("12.18", "Kabupaten Serdang Bedagai", 2021, **_dates(2021)), ruang)
    save_bahan(_bahan(lokus=LOKUS), ruang)
    with pytest.raises(RuangError, match="masukannya berubah.*reviu laporan 12.18 --tahun 2021"):
        load_hasil("12.18", 2021, ruang=ruang)


def test_the_workspace_is_the_nearest_parent(ruang, monkeypatch):
    monkeypatch.delenv("REVIU_RUANG", raising=False)
    monkeypatch.chdir(ruang.raw_of("12.18", 2021))
    assert find_ruang().root == ruang.root


def test_the_named_workspace_wins_over_the_environment(ruang, tmp_path, monkeypatch):
    other = make_ruang(tmp_path / "lain")
    monkeypatch.setenv("REVIU_RUANG", str(other.root))
    assert find_ruang().root == other.root
    assert find_ruang(ruang.root).root == ruang.root


def test_without_a_workspace_the_message_names_the_command(tmp_path, monkeypatch):
    monkeypatch.delenv("REVIU_RUANG", raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RuangError, match="reviu mulai DIR"):
        find_ruang()


@pytest.mark.parametrize("kode", ["../..", "12.1", 12.18, "12.18/..", ""])
def test_no_code_leads_outside_the_workspace(kode):
    with pytest.raises(KodeError):
        Ruang(".").reports_of(kode, 2021)


def test_only_folders_of_code_and_year_with_files_are_listed(ruang):
    (ruang.raw / "12.18" / "2020").mkdir()
    (ruang.raw / "catatan" / "2021").mkdir(parents=True)
    assert ruang.list_raw() == [("12.18", 2021)]


def test_links_pipes_and_lock_files_are_not_data(tmp_path):
    (tmp_path / "data.csv").write_text("a")
    (tmp_path / "~$data.xlsx").write_text("kunci Excel")
    (tmp_path / "tautan.csv").symlink_to(tmp_path / "data.csv")
    assert [path.name for path in list_files(tmp_path)] == ["data.csv"]


def test_a_failed_write_keeps_what_stood_there(tmp_path):
    path = tmp_path / "laporan.html"
    write_atomic(path, b"lama")
    with pytest.raises(TypeError):
        write_atomic(path, "bukan bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"lama"
    assert [item.name for item in tmp_path.iterdir()] == ["laporan.html"]


def test_a_file_name_that_holds_a_nik_is_masked_and_stays_one_file(tmp_path):
    for number in (1, 2):
        (tmp_path / f"balita 121800010120999{number}.csv").write_text(str(number))
    names = hash_folder(tmp_path)
    assert list(names) == ["balita [NIK disamarkan].csv", "balita [NIK disamarkan].csv (2)"]


@pytest.mark.parametrize("name", ["reports", "data/processed", ".reviu"])
def test_a_folder_that_may_not_be_written_is_named_before_work_begins(tmp_path, monkeypatch, name):
    ruang = make_ruang(tmp_path)
    require_writable(ruang)
    barred = ruang.root / name
    monkeypatch.setattr(os, "access", lambda path, mode: path != barred)
    with pytest.raises(RuangError, match="tidak boleh ditulis") as caught:
        require_writable(ruang)
    assert caught.value.di == str(barred)


def test_a_folder_that_is_not_there_yet_may_be_made(tmp_path):
    require_writable(Ruang(tmp_path / "belum" / "ada"))
