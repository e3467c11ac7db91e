"""Writing: always the same bytes, marked, and never over the files of others."""

import json
import shutil
import zipfile

import pytest

from reviu_lib.errors import KodeError, RuangError
from reviu_lib.example import write_contoh
from reviu_lib.formatting import PENANDA_CONTOH

pytestmark = pytest.mark.xdist_group("contoh-berkas")
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
