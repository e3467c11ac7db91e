"""`reviu dokter` names what is wrong and the way out."""

from reviu_lib.cli.doctor import CHECKS, check_ruang
from reviu_lib.store import make_ruang


def test_this_environment_is_sound():
    faults = [item for check in CHECKS if not (item := check()).baik]
    assert [item for item in faults if item.nama != "Huruf di layar"] == []


def test_a_workspace_is_told_with_its_free_space(tmp_path):
    results = {item.nama: item for item in check_ruang(str(make_ruang(tmp_path).root))}
    assert results["Ruang kerja"].baik
    assert results["Sisa cakram"].temuan.endswith(" MB")


def test_a_missing_workspace_comes_with_the_command_that_makes_one(tmp_path):
    (result,) = check_ruang(str(tmp_path))
    assert not result.baik
    assert "reviu mulai DIR" in result.lakukan
