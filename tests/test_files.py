"""Files are written whole or not at all, and their hashes tell every change."""

import hashlib
import os
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib import files
from reviu_lib.errors import RuangError
from reviu_lib.files import (
    SEMENTARA,
    hash_bytes,
    hash_file,
    hash_folder,
    hash_library,
    hold_lock,
    list_files,
    make_private,
    read_clock,
    replace_file,
    write_atomic,
)

NIK = "1200000101209999"


def _names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in list_files(folder))


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=5000))
def test_what_is_written_is_what_is_read_and_hashed(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("tulis") / "berkas é.bin"
    write_atomic(path, data)
    assert path.read_bytes() == data
    assert hash_file(path) == hash_bytes(data) == hashlib.sha256(data).hexdigest()


def test_a_file_larger_than_one_block_is_hashed_whole(tmp_path):
    data = b"a" * (1 << 20) + b"b"
    (tmp_path / "besar").write_bytes(data)
    assert hash_file(tmp_path / "besar") == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(("private", "others_may_read"), [(True, False), (False, True)])
def test_a_private_file_is_readable_by_its_owner_alone(tmp_path, private, others_may_read):
    path = tmp_path / "berkas"
    before = os.umask(0o022)
    write_atomic(path, b"isi", private=private)
    os.umask(before)
    assert bool(path.stat().st_mode & 0o044) == others_may_read


def test_a_private_file_that_replaces_an_open_one_is_private(tmp_path):
    path = tmp_path / "kunci"
    path.write_bytes(b"lama")
    path.chmod(0o644)
    write_atomic(path, b"baru", private=True)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_missing_folder_is_an_error_that_names_the_file_and_the_way_out(tmp_path):
    with pytest.raises(RuangError, match="tidak dapat ditulis.*sisa ruang cakram") as caught:
        write_atomic(tmp_path / "tidak-ada" / "a.html", b"isi")
    assert caught.value.di.endswith("a.html")


def test_a_write_over_a_folder_is_refused_and_leaves_no_draft(tmp_path):
    (tmp_path / "a.html").mkdir()
    with pytest.raises(RuangError):
        write_atomic(tmp_path / "a.html", b"isi")
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


def test_a_full_disk_keeps_what_stood_there_and_leaves_no_draft(tmp_path):
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from reviu_lib.files import write_atomic; from reviu_lib.errors import RuangError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_atomic(Path('a.html'), b'x' * 5000)\n"
        "except RuangError as error: sys.exit(error.apa)"
    )
    (tmp_path / "a.html").write_bytes(b"lama")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "Berkas tidak dapat ditulis" in done.stderr
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.html": b"lama"}


def test_a_replaced_file_takes_the_name_and_the_draft_goes(tmp_path):
    draft, final = tmp_path / "draf", tmp_path / "akhir"
    draft.write_text("baru")
    final.write_text("lama")
    replace_file(draft, final)
    assert (final.read_text(), draft.exists()) == ("baru", False)


def test_a_file_that_stays_barred_is_an_error_with_its_name(tmp_path, monkeypatch):
    def barred(source, target):
        raise PermissionError(13, "dipakai")

    monkeypatch.setattr(files, "_REPLACE_WAITS", (0.0, 0.0))
    monkeypatch.setattr(os, "replace", barred)
    with pytest.raises(RuangError, match=r"Di: akhir\.xlsx.*Tutup berkas itu"):
        replace_file(tmp_path / "draf", tmp_path / "akhir.xlsx")


def test_a_file_held_for_a_moment_only_is_replaced_after_all(tmp_path, monkeypatch):
    real, refusals = os.replace, [PermissionError(13, "dipakai")] * 2

    def barred_twice(source, target):
        if refusals:
            raise refusals.pop()
        real(source, target)

    monkeypatch.setattr(files, "_REPLACE_WAITS", (0.0, 0.0))
    monkeypatch.setattr(os, "replace", barred_twice)
    (tmp_path / "draf").write_text("baru")
    replace_file(tmp_path / "draf", tmp_path / "akhir")
    assert (tmp_path / "akhir").read_text() == "baru"


def test_a_folder_made_private_is_closed_to_others_even_if_it_was_open(tmp_path):
    open_folder = tmp_path / "a" / "b"
    open_folder.mkdir(parents=True, mode=0o755)
    assert make_private(open_folder).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "name", [".rahasia.csv", "~$buku.xlsx", f".a.xlsx-12{SEMENTARA}", ".git/a"]
)
def test_hidden_files_drafts_and_locks_of_office_programs_are_not_data(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("x")
    (tmp_path / "buku.xlsx").write_text("x")
    assert _names(tmp_path) == ["buku.xlsx"]


def test_a_pipe_is_skipped_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipa.csv")
    assert list_files(tmp_path) == []


def test_a_link_to_a_folder_is_not_entered_even_when_it_leads_to_itself(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("x")
    (tmp_path / "data" / "lingkar").symlink_to(tmp_path, target_is_directory=True)
    assert _names(tmp_path) == ["data/a.csv"]


def test_files_come_sorted_from_all_depths(tmp_path):
    for name in ("z.csv", "a/z.csv", "a/b/c.csv", "M.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert list_files(tmp_path) == sorted(list_files(tmp_path))
    assert _names(tmp_path) == ["M.csv", "a/b/c.csv", "a/z.csv", "z.csv"]


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.write_text("x")])
def test_what_is_not_a_folder_has_no_files(tmp_path, make):
    make(tmp_path / "apa")
    assert (list_files(tmp_path / "apa"), hash_folder(tmp_path / "apa")) == ([], {})


def test_a_folder_is_hashed_by_path_and_content(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.csv").write_bytes(b"1")
    (tmp_path / "b.csv").write_bytes(b"")
    assert hash_folder(tmp_path) == {
        "b.csv": hashlib.sha256(b"").hexdigest(),
        "sub/a.csv": hashlib.sha256(b"1").hexdigest(),
    }


@pytest.mark.parametrize("name", [f"balita {NIK}.csv", f"{NIK}/a.csv", "hubungi 081234567890.csv"])
def test_identity_in_a_name_or_folder_is_masked_in_the_list_of_files(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("x")
    (key,) = hash_folder(tmp_path)
    assert "disamarkan" in key
    assert NIK not in key
    assert "081234567890" not in key


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 9))
def test_no_masked_file_is_lost_however_many_look_alike(tmp_path_factory, count):
    folder = tmp_path_factory.mktemp("mirip")
    for number in range(count):
        (folder / f"balita {int(NIK) + number}.csv").write_text(str(number))
    assert sorted(hash_folder(folder).values()) == sorted(
        hash_bytes(str(number).encode()) for number in range(count)
    )


def test_the_hash_of_the_library_is_of_the_parts_asked_for():
    whole, part, other = hash_library(), hash_library(("growth",)), hash_library(("ingest",))
    assert len({whole, part, other, hash_library(("growth", "ingest"))}) == 4
    assert hash_library(("errors.py",)) == hash_library(("errors.py",))


def test_the_library_has_the_same_hash_in_another_process_and_order():
    code = "from reviu_lib.files import hash_library; print(hash_library(('growth', 'bahan.py')))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == hash_library(("bahan.py", "growth"))


def test_a_lock_names_process_computer_and_time_and_makes_its_folder(tmp_path):
    path = tmp_path / "belum" / "ada" / "kerja.kunci"
    with hold_lock(path) as left_behind:
        text = path.read_text()
    assert left_behind == ""
    assert text.startswith(f"proses {os.getpid()} di komputer ")
    assert " sejak 20" in text


def test_a_lock_is_released_also_when_the_work_fails(tmp_path):
    with pytest.raises(ZeroDivisionError), hold_lock(tmp_path / "kunci"):
        raise ZeroDivisionError
    with hold_lock(tmp_path / "kunci") as left_behind:
        assert left_behind == ""


def test_a_holder_that_was_killed_is_named_to_the_next_who_takes_the_lock(tmp_path):
    code = (
        "import os; from pathlib import Path; from reviu_lib.files import hold_lock\n"
        "with hold_lock(Path('kunci')): os._exit(os.getpid() % 7)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    with hold_lock(tmp_path / "kunci") as left_behind:
        assert left_behind.startswith("proses ")
        assert f"proses {os.getpid()} " not in left_behind


def test_who_is_refused_the_lock_leaves_the_name_of_its_holder_alone(tmp_path):
    with hold_lock(tmp_path / "kunci"):
        before = (tmp_path / "kunci").read_text()
        with (
            pytest.raises(RuangError, match="Tunggu sampai selesai"),
            hold_lock(tmp_path / "kunci"),
        ):
            pass
        assert (tmp_path / "kunci").read_text() == before


def test_a_large_file_that_changed_is_hashed_anew(tmp_path):
    path = tmp_path / "besar"
    path.write_bytes(b"a" * 2_000_000)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    first = hash_file(path)
    assert hash_file(path) == first
    path.write_bytes(b"b" * 2_000_000)
    assert hash_file(path) == hashlib.sha256(b"b" * 2_000_000).hexdigest()


def test_the_clock_has_an_offset_and_can_be_told_the_time(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert abs(read_clock().timestamp() - time.time()) < 60
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547200")
    assert read_clock().timestamp() == 1764547200
    assert read_clock().utcoffset() is not None
