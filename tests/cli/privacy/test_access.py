"""`reviu dokter` says who else can read the raw files and the key."""

import os
import sys

import pytest

from reviu_lib.cli.doctor import check_ruang
from reviu_lib.cli.privacy import access
from reviu_lib.cli.privacy.access import check_kunci, check_raw, others_reach
from reviu_lib.example import write_contoh
from reviu_lib.store import load_kunci, make_ruang

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="hak baca POSIX")


@pytest.fixture
def ruang(tmp_path, monkeypatch):
    """A workspace with a raw file, below folders that others can enter."""
    monkeypatch.setattr(access, "others_reach", lambda path: bool(path.stat().st_mode & 0o005))
    ruang = make_ruang(tmp_path)
    (ruang.raw / "a.csv").write_text("x")
    return ruang


def test_the_raw_folder_of_a_new_workspace_is_for_its_owner_alone(ruang):
    assert ruang.raw.stat().st_mode & 0o777 == 0o700
    assert check_raw(ruang).temuan == "data/raw hanya dapat dibaca pemiliknya"


def test_an_older_workspace_keeps_the_rights_that_somebody_gave(ruang):
    ruang.raw.chmod(0o770)
    make_ruang(ruang.root)
    assert ruang.raw.stat().st_mode & 0o777 == 0o770
    assert check_raw(ruang).temuan.endswith("pemiliknya dan grupnya")


@pytest.mark.parametrize(("mode", "good"), [(0o755, False), (0o711, False), (0o750, True)])
def test_raw_files_that_others_can_list_or_enter_are_a_fault_with_its_remedy(ruang, mode, good):
    ruang.raw.chmod(mode)
    result = check_raw(ruang)
    assert result.baik == good
    assert good or f"chmod 700 {ruang.raw}" in result.lakukan


def test_without_real_data_there_is_nothing_to_protect(tmp_path):
    ruang = make_ruang(tmp_path)
    ruang.raw.chmod(0o755)
    assert check_raw(ruang).baik
    write_contoh(ruang.raw)
    assert check_raw(ruang).temuan == "belum ada data selain contoh"


def test_a_folder_above_that_is_closed_closes_all_below(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    for folder in (inner, inner.parent):
        folder.chmod(0o755)
    inner.parent.chmod(0o700)
    assert not others_reach(inner)


@pytest.mark.parametrize(("mode", "open_"), [(0o604, True), (0o640, False), (0o600, False)])
def test_a_file_is_open_when_others_can_read_it(tmp_path, monkeypatch, mode, open_):
    path = tmp_path / "a"
    path.write_text("x")
    path.chmod(mode)
    for parent in path.parents:
        if not parent.stat().st_mode & 0o001:
            monkeypatch.setattr(type(path), "parents", property(lambda self: ()))
    assert others_reach(path) == open_


def test_on_windows_the_folder_above_decides_and_dokter_says_so(ruang, monkeypatch):
    monkeypatch.setattr(os, "name", "nt")
    results = [check_raw(ruang), check_kunci(ruang)]
    assert [item.baik for item in results] == [True, True]
    assert "folder pengguna Anda" in results[0].temuan


def test_a_workspace_without_a_key_has_none_to_protect(ruang):
    assert check_kunci(ruang).temuan.startswith("belum ada")
    load_kunci(ruang)
    assert check_kunci(ruang).baik


def test_dokter_tells_both(ruang):
    names = [item.nama for item in check_ruang(str(ruang.root))]
    assert names[-2:] == ["Berkas mentah", "Kunci nama samaran"]
