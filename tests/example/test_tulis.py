"""Writing: always the same bytes, marked, and never over the files of others."""

import json
import shutil
import subprocess
import sys
import zipfile

import pytest

from reviu_lib.errors import KodeError, RuangError
from reviu_lib.example import write_contoh
from reviu_lib.example.tulis import (
    BAGIAN_PEMBUAT,
    MANIFES,
    PEMBUAT,
    _read_signed,
    hash_generator,
)
from reviu_lib.files import hash_bytes
from reviu_lib.formatting import PENANDA_CONTOH

REKAP = "73.12/2024/rekap_indikator_2024.csv"
BOOK = "73.12/2024/buku-kerja-73.12-2024.xlsx"


def test_each_year_has_a_workbook_and_the_exports_of_february_and_august(contoh):
    names = sorted(path.relative_to(contoh.raw).as_posix() for path in contoh.paths)
    expected = ["73.12/2024/rekap_indikator_2024.csv"]
    for kode, tahun in (("12.18", 2020), ("12.18", 2021), ("73.12", 2023), ("73.12", 2024)):
        folder = f"{kode}/{tahun}"
        expected.append(f"{folder}/buku-kerja-{kode}-{tahun}.xlsx")
        expected.append(f"{folder}/eppgbm-februari-{tahun}.xlsx")
        expected.append(f"{folder}/eppgbm-agustus-{tahun}.csv")
    assert names == sorted(expected)
    assert all(path.is_file() for path in contoh.paths)


def test_a_second_writing_over_its_own_files_gives_the_same_bytes(contoh, tmp_path):
    shutil.copytree(contoh.raw / "73.12" / "2024", tmp_path / "73.12" / "2024")
    shutil.copy(contoh.raw / ".contoh.json", tmp_path)
    again = write_contoh(tmp_path, hanya=["73.12/2024"])
    assert len(again) == 4
    for path in again:
        assert path.read_bytes() == (contoh.raw / path.relative_to(tmp_path)).read_bytes()


@pytest.fixture
def copied(contoh, tmp_path):
    """data/raw with the example of Soppeng 2024 and both notes, as it was written."""
    shutil.copytree(contoh.raw / "73.12" / "2024", tmp_path / "73.12" / "2024")
    for note in (MANIFES, PEMBUAT):
        shutil.copy(contoh.raw / note, tmp_path)
    return tmp_path


def states(raw):
    """Return what tells that a file was written anew: its inode and time of writing."""
    files = [path for path in raw.rglob("*") if path.is_file()]
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def test_nothing_is_written_again_while_files_and_generator_are_the_same(copied):
    before = states(copied)
    paths = write_contoh(copied, hanya=["73.12/2024"])
    assert [path.name for path in paths] == sorted(name for name in before if name[0] != ".")
    assert states(copied) == before


def test_of_the_example_only_the_missing_file_is_written_again(contoh, copied):
    (copied / REKAP).unlink()
    before = states(copied)
    write_contoh(copied, hanya=["73.12/2024"])
    after = states(copied)
    written = {name for name in after if after[name] != before.get(name)}
    assert written == {"rekap_indikator_2024.csv", MANIFES, PEMBUAT}
    assert (copied / REKAP).read_bytes() == (contoh.raw / REKAP).read_bytes()


def test_what_another_generator_wrote_is_written_again(contoh, copied):
    older = b"dari pembuat yang lama"
    (copied / REKAP).write_bytes(older)
    known = json.loads((copied / MANIFES).read_text("utf-8"))
    (copied / MANIFES).write_text(json.dumps(known | {REKAP: hash_bytes(older)}))
    before = states(copied)
    write_contoh(copied, hanya=["73.12/2024"])
    assert (copied / REKAP).read_bytes() == (contoh.raw / REKAP).read_bytes()
    assert states(copied)["buku-kerja-73.12-2024.xlsx"] == before["buku-kerja-73.12-2024.xlsx"]


def test_a_signed_file_that_was_changed_since_stays_and_is_named(copied):
    (copied / REKAP).write_bytes((copied / REKAP).read_bytes() + b"9;catatan tim;1;2;50\r\n")
    before = states(copied)
    with pytest.raises(RuangError, match="sudah diubah"):
        write_contoh(copied, hanya=["73.12/2024"])
    assert states(copied) == before


@pytest.mark.parametrize("mark", [None, 7, "0" * 64])
def test_a_file_without_the_signature_of_this_generator_is_written_again(copied, mark):
    signed = json.loads((copied / PEMBUAT).read_text("utf-8"))
    (copied / PEMBUAT).write_text(json.dumps(signed | {REKAP: mark}))
    before = states(copied)
    write_contoh(copied, hanya=["73.12/2024"])
    assert states(copied)["rekap_indikator_2024.csv"] != before["rekap_indikator_2024.csv"]
    assert json.loads((copied / PEMBUAT).read_text("utf-8")) == signed


@pytest.mark.parametrize("note", ["", "{", "[]", "null", "\udcff"])
def test_a_damaged_note_of_signatures_signs_nothing(tmp_path, note):
    (tmp_path / PEMBUAT).write_bytes(note.encode("utf-8", "surrogateescape"))
    assert _read_signed(tmp_path) == _read_signed(tmp_path / "tidak ada") == {}


def test_all_that_the_generator_loads_is_part_of_its_hash():
    code = "import sys, reviu_lib.example; print(*(n for n in sys.modules if 'reviu_lib.' in n))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    tops = {name.split(".")[1] for name in done.stdout.split()}
    assert tops <= {part.removesuffix(".py") for part in BAGIAN_PEMBUAT}


def test_another_version_of_a_package_is_another_generator(monkeypatch):
    before = hash_generator.__wrapped__()
    assert hash_generator() == before
    monkeypatch.setattr("numpy.__version__", "0.0")
    assert hash_generator.__wrapped__() != before


def test_no_file_carries_the_time_of_writing(contoh):
    for path in contoh.paths:
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
                assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_every_file_begins_with_the_marker_of_synthetic_data(contoh):
    for path in contoh.paths:
        if path.suffix == ".csv":
            assert path.read_text("utf-8-sig").startswith(PENANDA_CONTOH)
            continue
        with zipfile.ZipFile(path) as archive:
            texts = [archive.read(name).decode() for name in archive.namelist() if "xml" in name]
        assert any(PENANDA_CONTOH in text for text in texts)


def test_a_file_that_was_changed_since_is_named_and_left_alone(contoh, tmp_path):
    raw = tmp_path / "raw"
    (raw / BOOK).parent.mkdir(parents=True)
    shutil.copy(contoh.raw / ".contoh.json", raw)
    (raw / BOOK).write_bytes(b"disunting tim")
    with pytest.raises(RuangError, match="sudah diubah") as caught:
        write_contoh(raw)
    assert BOOK in caught.value.di.replace("\\", "/")
    assert (raw / BOOK).read_bytes() == b"disunting tim"
    assert sum(path.is_file() for path in raw.rglob("*")) == 2


def test_a_folder_with_data_of_others_is_refused(tmp_path):
    theirs = tmp_path / "12.18" / "2021" / "realisasi.xlsx"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"milik kabupaten")
    with pytest.raises(RuangError, match="data lain"):
        write_contoh(tmp_path, hanya=["12.18/2021"])
    assert [path.name for path in theirs.parent.iterdir()] == ["realisasi.xlsx"]


def test_the_decisions_of_a_meeting_may_lie_beside_the_example(tmp_path):
    folder = tmp_path / "73.12" / "2024"
    folder.mkdir(parents=True)
    (folder / "putusan-rapat.xlsx").write_bytes(b"putusan")
    (folder / "rekap_indikator_2024.csv").write_bytes(b"bukan contoh")
    with pytest.raises(RuangError, match="rekap_indikator_2024"):
        write_contoh(tmp_path, hanya=["73.12/2024"])


def test_a_broken_note_is_an_error_with_a_remedy(tmp_path):
    (tmp_path / ".contoh.json").write_text("{")
    with pytest.raises(RuangError, match="Catatan berkas contoh rusak"):
        write_contoh(tmp_path)


def test_an_unknown_folder_is_refused(tmp_path):
    with pytest.raises(KodeError, match="12.18/2019"):
        write_contoh(tmp_path, hanya=["12.18/2019"])


def test_the_note_lists_every_file_with_its_hash(contoh):
    note = json.loads((contoh.raw / ".contoh.json").read_text("utf-8"))
    assert len(note) == len(contoh.paths)
    assert {len(value) for value in note.values()} == {64}
