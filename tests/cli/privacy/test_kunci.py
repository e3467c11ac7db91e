"""`reviu kunci` tells where the key lies, and what is lost before it is replaced."""

import pytest

from reviu_lib.ingest import build_bahan
from reviu_lib.store import load_kunci, make_ruang, save_bahan


@pytest.fixture
def ruang(tmp_path, monkeypatch):
    """A workspace with tables of a year whose raw files are there."""
    ruang = make_ruang(tmp_path / "ruang")
    monkeypatch.setenv("REVIU_RUANG", str(ruang.root))
    folder = ruang.raw_of("12.18", 2024)
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("no;indikator;pembilang\n1;A;1\n")
    bahan = build_bahan(folder, kode_kabupaten="12.18", tahun=2024, kunci=load_kunci(ruang))
    save_bahan(bahan, ruang)
    return ruang


def _lose_raw(ruang):
    (ruang.raw_of("12.18", 2024) / "a.csv").unlink()


def test_place_and_rights_are_told_and_the_key_is_not(reviu, ruang):
    result = reviu("kunci")
    assert result.exit_code == 0
    assert f"{ruang.rahasia / 'kunci'}, hanya dapat dibaca pemiliknya" in result.output
    assert load_kunci(ruang).hex() not in result.output


def test_a_key_that_others_can_read_is_a_fault_with_its_remedy(reviu, ruang):
    (ruang.rahasia / "kunci").chmod(0o640)
    output = reviu("kunci").output
    assert "dapat dibaca bukan pemiliknya" in output
    assert "chmod 600" in output
    assert "reviu kunci --ganti" in output


def test_what_cannot_be_compared_is_told_before_it_is_replaced(reviu, ruang):
    before = load_kunci(ruang)
    result = reviu("kunci", "--ganti", "--ya")
    assert result.exit_code == 0, result.output
    assert "tidak dapat disamakan" in result.output
    assert "1 kabupaten dan tahun perlu dibaca lagi" in result.output
    assert load_kunci(ruang) != before


def test_a_year_without_raw_files_stops_it_unless_that_is_accepted(reviu, ruang):
    before = load_kunci(ruang)
    _lose_raw(ruang)
    result = reviu("kunci", "--ganti", "--ya")
    assert (result.exit_code, load_kunci(ruang)) == (2, before)
    assert "tetap bernama samaran lama: 12.18 tahun 2024" in result.output
    assert reviu("kunci", "--ganti", "--ya", "--tetap").exit_code == 0
    assert load_kunci(ruang) != before


@pytest.mark.parametrize("text", ["tidak", "", "yes"])
def test_only_ya_replaces_it(reviu, ruang, monkeypatch, text):
    before = load_kunci(ruang)
    monkeypatch.setattr("click.prompt", lambda *args, **more: text)
    result = reviu("kunci", "--ganti")
    assert (result.exit_code, load_kunci(ruang)) == (1, before)
    assert "Dibatalkan; kunci tidak diganti." in result.output
