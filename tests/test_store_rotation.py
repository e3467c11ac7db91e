"""A new key makes every table stale, and what cannot be read again is known beforehand."""

import shutil

import pytest

from reviu_lib.errors import RuangError
from reviu_lib.files import hold_lock
from reviu_lib.ingest import build_bahan
from reviu_lib.store import explain_stale, load_bahan, load_kunci, make_ruang, save_bahan
from reviu_lib.store.rotation import list_without_raw, rotate_kunci
from reviu_lib.store.trail import load_trail


def _check(ruang, tahun):
    folder = ruang.raw_of("12.18", tahun)
    bahan = build_bahan(folder, kode_kabupaten="12.18", tahun=tahun, kunci=load_kunci(ruang))
    save_bahan(bahan, ruang)


@pytest.fixture
def ruang(tmp_path):
    ruang = make_ruang(tmp_path)
    for tahun in (2020, 2021):
        ruang.raw_of("12.18", tahun).mkdir(parents=True)
        (ruang.raw_of("12.18", tahun) / "a.csv").write_text("no;indikator;pembilang\n1;A;1\n")
        _check(ruang, tahun)
    return ruang


def test_the_key_is_another_and_still_for_its_owner_alone(ruang):
    before = load_kunci(ruang)
    rotate_kunci(ruang)
    assert load_kunci(ruang) != before
    assert len(load_kunci(ruang)) == 32
    assert (ruang.rahasia / "kunci").stat().st_mode & 0o077 == 0


def test_no_copy_of_the_old_key_is_left(ruang):
    before = (ruang.rahasia / "kunci").read_bytes()
    rotate_kunci(ruang)
    files = [path for path in ruang.root.rglob("*") if path.is_file()]
    assert [path for path in files if before in path.read_bytes()] == []


def test_every_table_is_stale_until_it_is_read_again(ruang):
    rotate_kunci(ruang)
    assert explain_stale("12.18", 2021, ruang=ruang) == "kunci nama samaran berganti"
    with pytest.raises(RuangError, match="kunci nama samaran berganti"):
        load_bahan("12.18", 2021, ruang=ruang)
    _check(ruang, 2021)
    assert explain_stale("12.18", 2021, ruang=ruang) == ""


def test_years_without_raw_files_are_known_beforehand(ruang):
    assert list_without_raw(ruang) == []
    shutil.rmtree(ruang.raw_of("12.18", 2020))
    assert list_without_raw(ruang) == [("12.18", 2020)]


def test_while_another_process_works_the_key_stays(ruang):
    before = load_kunci(ruang)
    with hold_lock(ruang.rahasia / "kerja.kunci"), pytest.raises(RuangError, match="dipakai"):
        rotate_kunci(ruang)
    assert load_kunci(ruang) == before


def test_the_trail_tells_who_replaced_it_and_nothing_of_it(ruang):
    rotate_kunci(ruang)
    ((step,), _) = load_trail(ruang)
    assert (step["apa"], step["kode"], step["berkas"]) == ("ganti kunci", [], {})
    assert load_kunci(ruang).hex() not in (ruang.rahasia / "jejak.jsonl").read_text()
