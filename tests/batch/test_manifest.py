"""The manifest alone says that a report succeeded; nobody's edits are lost."""

import pytest

from reviu_lib.batch.manifest import (
    clear_retired,
    describe_entry,
    explain_kunci,
    load_manifest,
    publish,
    retire,
    save_entry,
)
from reviu_lib.files import hash_file


@pytest.fixture
def staging(tmp_path):
    folder = tmp_path / "siap"
    folder.mkdir()
    (folder / "reviu.html").write_text("baru")
    return folder


def test_an_absent_damaged_or_older_manifest_counts_as_none(tmp_path):
    for content in (None, "{", '{"skema": 0, "laporan": {"rapat": {}}}'):
        if content is not None:
            (tmp_path / "manifest.json").write_text(content)
        assert load_manifest(tmp_path)["laporan"] == {}


def test_each_edition_has_its_own_entry(tmp_path):
    save_entry(tmp_path, "rapat", {"status": "selesai"})
    save_entry(tmp_path, "final", {"status": "gagal"})
    assert {n: e["status"] for n, e in load_manifest(tmp_path)["laporan"].items()} == {
        "rapat": "selesai",
        "final": "gagal",
    }


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ({}, "belum pernah dibuat"),
        ({"status": "gagal"}, "terakhir kali gagal"),
        ({"status": "berjalan"}, "terakhir kali terhenti"),
        ({"status": "selesai", "kunci": {"masukan": 1}}, "data berubah"),
        (
            {"status": "selesai", "kunci": {"masukan": 2}, "keluaran": {"a.html": ""}},
            "a.html tidak ada",
        ),
        ({"status": "selesai", "kunci": {"masukan": 2}}, ""),
    ],
)
def test_the_reason_for_making_a_report_is_told(tmp_path, entry, why):
    assert explain_kunci(entry, {"masukan": 2}, tmp_path) == why


def test_a_file_written_by_the_last_run_is_replaced(staging, tmp_path):
    old = tmp_path / "hasil" / "reviu.html"
    old.parent.mkdir()
    old.write_text("lama")
    hashes, kept = publish(staging, old.parent, {"reviu.html": {hash_file(old)}})
    assert (old.read_text(), kept, hashes) == ("baru", [], {"reviu.html": hash_file(old)})


def test_a_file_somebody_edited_is_kept_aside(staging, tmp_path):
    edited = tmp_path / "hasil" / "reviu.html"
    edited.parent.mkdir()
    edited.write_text("disunting orang")
    _, kept = publish(staging, edited.parent, {"reviu.html": {"hash tulisan mesin"}})
    assert kept[0].startswith("reviu-suntingan-")
    assert (edited.parent / kept[0]).read_text() == "disunting orang"
    assert edited.read_text() == "baru"


def test_an_outdated_file_loses_its_name_and_goes_when_a_new_one_succeeds(tmp_path):
    old = tmp_path / "reviu.html"
    old.write_text("lama")
    retire(tmp_path, {"reviu.html": hash_file(old)}, ())
    assert [path.name for path in tmp_path.iterdir()] == ["reviu-usang.html"]
    clear_retired(tmp_path, ["reviu"])
    assert list(tmp_path.iterdir()) == []


def test_an_edited_file_is_never_among_those_that_go(tmp_path):
    (tmp_path / "reviu.html").write_text("disunting orang")
    retire(tmp_path, {"reviu.html": {"hash tulisan mesin"}}, ())
    clear_retired(tmp_path, ["reviu"])
    assert [path.read_text() for path in tmp_path.iterdir()] == ["disunting orang"]


def test_the_index_hears_status_place_and_links():
    entry = {
        "kode": ["12.18"], "nama": "Kabupaten Serdang Bedagai", "tahun": 2021, "edisi": "rapat",
        "jenis": "laporan", "contoh": True, "status": "gagal", "pesan": "Berhenti.",
        "bagian": "bagian “Anggaran”", "keluaran": {"periksa-12.18-2021.html": ""},
        "folder": "2021/12.18",
    }  # fmt: skip
    told = describe_entry(entry)
    assert told["pesan"] == "Berhenti. (bagian “Anggaran”)"
    assert told["tautan"] == (("Pemeriksaan data (Laporan)", "2021/12.18/periksa-12.18-2021.html"),)
