"""The trail is only added to, survives a cut line, and holds no identity."""

import getpass
import json
import os

import pytest

from reviu_lib import __version__
from reviu_lib.errors import RuangError
from reviu_lib.ingest import build_bahan
from reviu_lib.store import load_kunci, make_ruang, save_bahan
from reviu_lib.store.trail import Langkah, load_trail, name_user, record_step

REKAP = "no;indikator;pembilang;penyebut;capaian\n1;A;1;2;50\n"
NIK = "1218000101209999"


@pytest.fixture
def ruang(tmp_path):
    """A workspace with a checked file whose name holds a NIK."""
    ruang = make_ruang(tmp_path)
    folder = ruang.raw_of("12.18", 2024)
    folder.mkdir(parents=True)
    (folder / f"anak {NIK}.csv").write_text(REKAP)
    bahan = build_bahan(folder, kode_kabupaten="12.18", tahun=2024, kunci=load_kunci(ruang))
    save_bahan(bahan, ruang)
    return ruang


def _path(ruang):
    return ruang.rahasia / "jejak.jsonl"


def test_a_step_tells_who_when_what_from_which_files_and_with_which_version(ruang, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setattr(getpass, "getuser", lambda: "budi")
    record_step(
        Langkah("laporan", ("12.18",), 2024, nama="rapat", keluaran={"a.html": "ff"}), ruang
    )
    ((step,), unread) = load_trail(ruang)
    (files,) = step.pop("berkas").values()
    assert [len(digest) for digest in files.values()] == [64]
    assert step.pop("waktu")[:10] == "2023-11-14"
    assert (step, unread) == (
        {"siapa": "budi", "versi": __version__, "apa": "laporan", "kode": ["12.18"],
         "tahun": 2024, "hasil": "selesai", "nama": "rapat", "keluaran": {"a.html": "ff"}}, 0,
    )  # fmt: skip


def test_identity_in_the_name_of_a_file_does_not_come_into_it(ruang):
    record_step(Langkah("periksa", ("12.18",), 2024), ruang)
    assert NIK not in _path(ruang).read_text()
    assert "anak" in _path(ruang).read_text()


def test_earlier_lines_stay_as_they_are(ruang):
    record_step(Langkah("periksa", ("12.18",), 2024), ruang)
    before = _path(ruang).read_bytes()
    record_step(Langkah("hapus", ("12.18",), 2024), ruang)
    assert _path(ruang).read_bytes().startswith(before)
    assert [step["apa"] for step in load_trail(ruang)[0]] == ["periksa", "hapus"]


def test_a_line_that_was_cut_off_costs_itself_alone(ruang):
    record_step(Langkah("periksa", ("12.18",), 2024), ruang)
    with _path(ruang).open("a") as stream:
        stream.write('{"waktu": "2024-')
    record_step(Langkah("laporan", ("12.18",), 2024), ruang)
    steps, unread = load_trail(ruang)
    assert ([step["apa"] for step in steps], unread) == (["periksa", "laporan"], 1)


def test_it_is_for_its_owner_alone(ruang):
    record_step(Langkah("periksa", ("12.18",), 2024), ruang)
    assert _path(ruang).stat().st_mode & 0o077 == 0


def test_a_full_disk_is_told_and_loses_no_earlier_line(ruang, monkeypatch):
    record_step(Langkah("periksa", ("12.18",), 2024), ruang)

    def refuse(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(RuangError, match="Jejak pekerjaan tidak dapat ditulis"):
        record_step(Langkah("laporan", ("12.18",), 2024), ruang)
    monkeypatch.undo()
    assert len(load_trail(ruang)[0]) == 1


def test_a_user_without_a_name_is_told_as_unknown(monkeypatch):
    def refuse():
        raise OSError("tidak ada")

    monkeypatch.setattr(getpass, "getuser", refuse)
    assert name_user() == "tidak diketahui"


@pytest.mark.parametrize("line", ["{", "[]", "1", '{"apa": "laporan"}'])
def test_a_line_that_is_no_step_is_counted(ruang, line):
    _path(ruang).write_text(json.dumps({}) + f"\n{line}\n\n")
    assert load_trail(ruang) == ([], 2)
