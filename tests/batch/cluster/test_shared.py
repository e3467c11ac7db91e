"""Reports are copied to any storage that fsspec knows: what changed, and what vouches last."""

import json

import fsspec
import pytest

from reviu_lib.batch.cluster.shared import CATATAN, copy_out, hide_secret
from reviu_lib.errors import RuangError
from reviu_lib.store import make_ruang

NAMA = "2024/12.18/reviu-12.18-2024-rapat.html"


@pytest.fixture
def ruang(tmp_path):
    ruang = make_ruang(tmp_path / "ruang")
    for name in (NAMA, "2024/12.18/manifest.json", "index.html"):
        path = ruang.reports / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"isi {name}")
    (ruang.reports / "2024" / ".ab12.sementara").mkdir()
    return ruang


@pytest.fixture(params=["folder biasa", "file://", "memory://"])
def tujuan(request, tmp_path):
    if request.param == "memory://":
        yield "memory://laporan"
        fsspec.filesystem("memory").rm("/laporan", recursive=True)
    else:
        yield request.param.replace("folder biasa", "") + str(tmp_path / "bersama é")


def _read(tujuan, name):
    with fsspec.open(f"{tujuan}/{name}") as stream:
        return stream.read()


def _exists(tujuan, name):
    fs, root = fsspec.core.url_to_fs(tujuan)
    return fs.exists(f"{root}/{name}")


def test_every_report_is_copied_once_and_then_only_what_changed(ruang, tujuan):
    assert [copy_out(ruang, tujuan) for _ in range(2)] == [3, 0]
    assert _read(tujuan, NAMA) == f"isi {NAMA}".encode()
    (ruang.reports / NAMA).write_text("baru")
    assert copy_out(ruang, tujuan) == 1
    assert _read(tujuan, NAMA) == b"baru"


def test_copies_of_what_is_gone_go_and_files_of_others_stay(ruang, tujuan):
    copy_out(ruang, tujuan)
    fs, root = fsspec.core.url_to_fs(tujuan)
    fs.pipe_file(f"{root}/milik-orang.txt", b"tetap")
    (ruang.reports / NAMA).unlink()
    copy_out(ruang, tujuan)
    assert not _exists(tujuan, NAMA)
    assert _read(tujuan, "milik-orang.txt") == b"tetap"


def test_what_vouches_for_others_is_written_after_them(ruang, monkeypatch):
    written = []
    monkeypatch.setattr(
        "reviu_lib.batch.cluster.shared._put",
        lambda fs, path, data: written.append(path.rpartition("/")[2]),
    )
    copy_out(ruang, "memory://urutan")
    assert written == [NAMA.rpartition("/")[2], "manifest.json", "index.html", CATATAN]


def test_the_note_tells_name_and_hash(ruang, tujuan):
    copy_out(ruang, tujuan)
    note = json.loads(_read(tujuan, CATATAN))
    assert set(note) == {NAMA, "2024/12.18/manifest.json", "index.html"}
    assert {len(digest) for digest in note.values()} == {64}


@pytest.mark.parametrize(
    ("tujuan", "why"),
    [("tidakada://x/y", "ValueError"), ("/dev/null/laporan", "NotADirectoryError")],
)
def test_a_place_that_cannot_be_reached_is_named_with_a_remedy(ruang, tujuan, why):
    with pytest.raises(RuangError, match=why) as caught:
        copy_out(ruang, tujuan)
    assert caught.value.di == tujuan
    assert "tetap utuh" in caught.value.lakukan


def test_a_missing_library_is_named(ruang, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    with pytest.raises(RuangError, match="pustaka fsspec tidak ada"):
        copy_out(ruang, "memory://laporan")


@pytest.mark.parametrize(
    ("tujuan", "told"),
    [
        ("sftp://andi:sandi@komputer/laporan", "sftp://komputer/laporan"),
        ("s3://ember/laporan?kunci=sandi", "s3://ember/laporan"),
        ("/mnt/bersama/laporan", "/mnt/bersama/laporan"),
    ],
)
def test_no_password_is_ever_told(tujuan, told):
    assert hide_secret(tujuan) == told
