"""A file that is still being written is read again; what is no file is never waited for."""

import os
import tempfile
import threading
import time
from pathlib import Path

import pytest

from reviu_lib.ingest.files import BerkasDitolak, identify, read_grids
from reviu_lib.ingest.files.opening import read_status

TEKS = "no;nama\n1;a\n2;b\n"


def _refused(path):
    with pytest.raises(BerkasDitolak) as refused:
        read_grids(path)
    return refused.value


def _later(seconds, action):
    thread = threading.Timer(seconds, action)
    thread.start()
    return thread


def test_a_file_finished_in_a_moment_is_read_whole(tmp_path, xlsx):
    whole = xlsx([["no", "nama"], [1, "a"]]).read_bytes()
    path = tmp_path / "salin.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    copying = _later(0.05, lambda: path.write_bytes(whole))
    assert len(read_grids(path)[0].sel) == 2
    copying.join()


def test_a_file_that_is_empty_for_a_moment_is_read_when_it_is_filled(tmp_path):
    path = tmp_path / "salin.csv"
    path.touch()
    copying = _later(0.05, lambda: path.write_text(TEKS))
    assert len(read_grids(path)[0].sel) == 3
    copying.join()


def test_a_file_that_never_stops_changing_is_told_after_a_few_tries(tmp_path):
    path = tmp_path / "tulis.csv"
    path.write_text(TEKS)
    going = True

    def write():
        while going:
            with path.open("a") as file:
                file.write("3;c\n")
            time.sleep(0.002)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        refused = _refused(path)
    finally:
        going = False
        writer.join()
    assert (refused.kode, refused.rincian) == ("B17", "isinya berubah terus selama dibaca")


def test_a_damaged_file_of_long_ago_is_refused_without_waiting(tmp_path):
    path = tmp_path / "lama.csv"
    path.write_text('no;nama\n1;"a\n')
    os.utime(path, (1_600_000_000, 1_600_000_000))
    start = time.perf_counter()
    assert _refused(path).kode == "B03"
    assert time.perf_counter() - start < 0.1


@pytest.mark.parametrize("name", ["a.xlsx.crdownload", "a.csv.part", "a.partial", "a.PART"])
def test_an_unfinished_download_is_named_as_such(tmp_path, name):
    (tmp_path / name).write_text(TEKS)
    assert _refused(tmp_path / name).kode == "B17"


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: os.symlink("/dev/zero", path)])
def test_pipes_folders_and_links_are_not_opened(tmp_path, make):
    make(tmp_path / "a.csv")
    start = time.perf_counter()
    assert _refused(tmp_path / "a.csv").kode == "B06"
    assert time.perf_counter() - start < 1


def test_a_link_to_a_good_file_is_not_followed(tmp_path):
    (tmp_path / "asli.csv").write_text(TEKS)
    (tmp_path / "tautan.csv").symlink_to("asli.csv")
    assert _refused(tmp_path / "tautan.csv").rincian == "sebuah tautan (symlink)"


def test_devices_are_not_opened():
    assert _refused(Path("/dev/null")).kode == "B06"


@pytest.fixture
def as_nobody():
    """Give up the rights of root for a test, which may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    yield
    os.seteuid(0)


def test_a_file_without_permission_is_told_in_plain_words(as_nobody):
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(TEKS.encode())
        file.flush()
        os.chmod(file.name, 0)
        refused = _refused(Path(file.name))
    assert (refused.kode, refused.rincian) == ("B13", "izin baca tidak ada")


def test_a_file_that_is_gone_is_told_in_plain_words(tmp_path):
    with pytest.raises(BerkasDitolak) as refused:
        read_status(tmp_path / "hilang.csv")
    assert (refused.value.kode, refused.value.rincian) == ("B13", "berkas sudah tidak ada")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.csv", []),
        ("a.txt", []),
        ("a.CSV", []),
        ("a", []),
        ("a.xlsx", ["B20"]),
        ("a.xls", ["B20"]),
    ],
)
def test_a_text_with_the_name_of_a_workbook_is_read_and_told(tmp_path, name, told):
    (tmp_path / name).write_text(TEKS)
    grid = read_grids(tmp_path / name)[0]
    assert [item.kode for item in grid.catatan] == told
    assert len(grid.sel) == 3


def test_a_workbook_with_the_name_of_a_text_is_read_and_told(tmp_path, xlsx):
    path = xlsx([["no", "nama"], [1, "a"]]).rename(tmp_path / "a.csv")
    (told,) = read_grids(path)[0].catatan
    assert (told.kode, told.nilai, told.rincian) == ("B20", (".csv",), "buku kerja Excel (xlsx)")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7", "berkas PDF"),
        (b"\x89PNG\r\n", "gambar PNG"),
        (b"Rar!\x1a", "arsip RAR; keluarkan dahulu berkas dari dalamnya"),
        (b"PAR1\x15", "berkas Parquet"),
        (b"SQLite format 3\x00", "basis data SQLite"),
        (b"{\\rtf1 ", "dokumen RTF"),
        (b'{"url": "https://docs.google.com/"}', "berkas JSON"),
        (b'[{"a": 1}]', "berkas JSON"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "buku kerja Excel 4"),
        (bytes(range(256)) * 20 + bytes(500), "berkas biner yang tidak dikenal"),
    ],
)
def test_what_is_no_table_is_named(tmp_path, content, words):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(BerkasDitolak) as refused:
        identify(path)
    assert (refused.value.kode, refused.value.rincian) == ("B04", words)


@pytest.mark.parametrize("content", ["[catatan];nilai\n1;2\n", "{a};b\n1;2\n", "-;b\n1;2\n"])
def test_a_table_that_begins_with_a_bracket_is_a_table(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_text(content)
    assert identify(path) == "csv"


def test_a_file_that_vanishes_while_it_is_read_is_told(tmp_path):
    path = tmp_path / "pergi.csv"
    path.write_text(TEKS * 300_000)
    leaving = _later(0.05, path.unlink)
    assert _refused(path).kode == "B13"
    leaving.join()
