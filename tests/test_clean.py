"""`make clean` removes what can be made again, never what somebody brought or edited."""

import hashlib
import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from clean_ruang import clean_ruang  # noqa: E402


def _put(path, text="isi"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _note(path, files):
    hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    _put(path, json.dumps(hashes))


def _manifest(folder, files):
    hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    _put(folder / "manifest.json", json.dumps({"laporan": {"rapat": {"keluaran": hashes}}}))


def _left(root):
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())


def test_a_raw_file_of_the_user_stays_beside_the_example(tmp_path):
    own = _put(tmp_path / "data/raw/12.18/2021/putusan-rapat.xlsx")
    _put(tmp_path / "data/raw/12.18/2021/buku.xlsx", "contoh")
    _note(tmp_path / "data/raw/.contoh.json", {"12.18/2021/buku.xlsx": "contoh"})
    assert clean_ruang(tmp_path) == [own]
    assert _left(tmp_path) == ["data/raw/12.18/2021/putusan-rapat.xlsx"]


def test_both_notes_go_with_the_example_and_stay_with_what_stays(tmp_path):
    for name, text in (("utuh", "contoh"), ("diubah", "disunting")):
        raw = tmp_path / name / "data/raw"
        _put(raw / "12.18/2021/buku.xlsx", text)
        _note(raw / ".contoh.json", {"12.18/2021/buku.xlsx": "contoh"})
        _put(raw / ".contoh-pembuat.json", "{}")
        clean_ruang(tmp_path / name)
    assert _left(tmp_path / "utuh") == []
    assert _left(tmp_path / "diubah/data/raw") == [
        ".contoh-pembuat.json", ".contoh.json", "12.18/2021/buku.xlsx",
    ]  # fmt: skip


def test_raw_files_without_a_note_of_the_example_all_stay(tmp_path):
    own = _put(tmp_path / "data/raw/19.06/2022/rekap.csv")
    assert clean_ruang(tmp_path) == [own]
    assert own.read_text() == "isi"


def test_an_example_file_that_was_changed_stays_together_with_the_note(tmp_path):
    _put(tmp_path / "data/raw/12.18/2021/buku.xlsx", "diubah")
    _note(tmp_path / "data/raw/.contoh.json", {"12.18/2021/buku.xlsx": "contoh"})
    clean_ruang(tmp_path)
    assert _left(tmp_path) == ["data/raw/.contoh.json", "data/raw/12.18/2021/buku.xlsx"]


@pytest.mark.parametrize("note", ["", "{", "[]", "null"])
def test_a_damaged_note_removes_no_raw_file(tmp_path, note):
    own = _put(tmp_path / "data/raw/12.18/2021/buku.xlsx")
    _put(tmp_path / "data/raw/.contoh.json", note)
    clean_ruang(tmp_path)
    assert own.exists()


@pytest.mark.parametrize("name", ["../../../luar.txt", "../processed/x.txt"])
def test_a_note_reaches_nothing_outside_the_raw_folder(tmp_path, name):
    root = tmp_path / "ruang"
    outside = _put((root / "data/raw").joinpath(name).resolve())
    _put(root / "data/raw/12.18/2021/a.csv")
    _note(root / "data/raw/.contoh.json", {name: "isi"})
    clean_ruang(root)
    assert outside.exists()


def test_a_link_in_the_raw_folder_and_its_target_stay(tmp_path):
    target = _put(tmp_path / "luar.csv", "contoh")
    link = tmp_path / "ruang/data/raw/12.18/2021/buku.xlsx"
    link.parent.mkdir(parents=True)
    link.symlink_to(target)
    _note(tmp_path / "ruang/data/raw/.contoh.json", {"12.18/2021/buku.xlsx": "contoh"})
    clean_ruang(tmp_path / "ruang")
    assert (link.is_symlink(), target.exists()) == (True, True)


def test_processed_tables_go_only_where_raw_files_can_give_them_again(tmp_path):
    _put(tmp_path / "data/raw/12.18/2021/buku.xlsx")
    _put(tmp_path / "data/processed/12.18/2021/asal.json")
    _put(tmp_path / "data/processed/12.18/2020/asal.json")
    clean_ruang(tmp_path)
    assert _left(tmp_path / "data/processed") == ["12.18/2020/asal.json"]


def test_a_report_goes_and_an_edited_one_stays(tmp_path):
    folder = tmp_path / "reports/2021/12.18"
    written = {"reviu.html": "tulisan program", "reviu.xlsx": "tulisan program"}
    _manifest(folder, written)
    _put(folder / "reviu.html", "tulisan program")
    _put(folder / "reviu.xlsx", "disunting orang")
    _put(folder / "reviu-suntingan-20211221-101500.html", "disunting orang")
    _put(tmp_path / "reports/index.html")
    clean_ruang(tmp_path)
    assert _left(folder) == ["reviu-suntingan-20211221-101500.html", "reviu.xlsx"]
    assert not (tmp_path / "reports/index.html").exists()


def test_what_failed_and_interrupted_runs_left_goes(tmp_path):
    folder = tmp_path / "reports/2021/12.18"
    _manifest(folder, {})
    for name in ("reviu-usang.html", "reviu-gagal.ipynb", ".ab12.sementara/reviu.html"):
        _put(folder / name)
    assert clean_ruang(tmp_path) == []
    assert not folder.exists()


def test_the_folders_of_the_clone_stay(tmp_path):
    marks = [_put(tmp_path / f"{name}/.gitkeep", "") for name in ("data/raw", "reports")]
    assert clean_ruang(tmp_path) == []
    assert all(mark.exists() for mark in marks)


def test_cleaning_twice_or_an_empty_folder_is_no_fault(tmp_path):
    _put(tmp_path / "data/raw/12.18/2021/a.csv")
    assert clean_ruang(tmp_path) == clean_ruang(tmp_path)
    assert clean_ruang(tmp_path / "tidak ada") == []


def test_the_makefile_itself_never_removes_data_or_reports():
    recipe = re.search(r"^clean:\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.M).group(1)
    removals = [line for line in recipe.splitlines() if "rm -" in line]
    assert "scripts/clean_ruang.py" in recipe
    assert [line for line in removals if re.search(r"\b(data|reports)\b", line)] == []
