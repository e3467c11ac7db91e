"""The manifest: a page shared by editions has one hash, edits stay, links are in order."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.batch.manifest import (
    clear_retired,
    describe_entry,
    explain_kunci,
    list_entries,
    list_written,
    load_manifest,
    publish,
    retire,
    save_entry,
)
from reviu_lib.files import hash_file
from reviu_lib.store import SKEMA, Ruang

ENTRI = {
    "status": "selesai", "jenis": "laporan", "kode": ["12.18"], "nama": "Kabupaten Serdang Bedagai",
    "tahun": 2021, "edisi": "rapat", "contoh": False, "keluaran": {}, "folder": "2021/12.18",
}  # fmt: skip
KUNCI = (
    "skema", "notebook", "parameter", "format", "masukan", "pustaka", "templat", "lingkungan",
)  # fmt: skip
BAGIAN = dict.fromkeys(KUNCI, 1)


def _files(folder, **contents):
    folder.mkdir(exist_ok=True)
    for name, text in contents.items():
        (folder / f"{name}.html").write_text(text)
    return folder


def _contents(folder):
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.mark.parametrize(
    "content",
    ["", "[]", "null", "7", '{"skema": 1}', '{"skema": 1, "laporan": []}', '{"skema": "1"}',
     '{"skema": 1, "laporan": {"rapat": 5}}', '{"skema": 1, "laporan": {"rapat": null}}'],
)  # fmt: skip
def test_whatever_is_not_a_manifest_counts_as_none_and_can_be_written_over(tmp_path, content):
    (tmp_path / "manifest.json").write_text(content)
    assert load_manifest(tmp_path) == {"skema": SKEMA, "laporan": {}}
    save_entry(tmp_path, "rapat", {"status": "selesai"})
    assert load_manifest(tmp_path)["laporan"] == {"rapat": {"status": "selesai"}}


def test_bytes_that_are_no_text_count_as_no_manifest(tmp_path):
    (tmp_path / "manifest.json").write_bytes(b"\xff\xfe\x00{")
    assert load_manifest(tmp_path)["laporan"] == {}


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(
        st.text(max_size=6), st.dictionaries(st.text(max_size=6), st.text()), max_size=4
    )
)
def test_entries_come_back_as_saved_whatever_the_order_of_saving(tmp_path_factory, entries):
    one, two = tmp_path_factory.mktemp("a"), tmp_path_factory.mktemp("b")
    for folder, names in ((one, list(entries)), (two, list(reversed(entries)))):
        for name in names:
            save_entry(folder, name, {"isi": entries[name]})
    assert load_manifest(one)["laporan"] == {name: {"isi": e} for name, e in entries.items()}
    if entries:
        assert (one / "manifest.json").read_bytes() == (two / "manifest.json").read_bytes()


def test_a_manifest_is_readable_by_people_and_ends_with_a_line(tmp_path):
    save_entry(tmp_path / "baru", "rapat", {"pesan": "Berhenti di “Anggaran” ≥ 5"})
    text = (tmp_path / "baru" / "manifest.json").read_text(encoding="utf-8")
    assert "“Anggaran” ≥ 5" in text
    assert text.endswith("}\n")


def test_a_page_that_two_editions_share_has_the_hash_of_the_last_run_in_both(tmp_path):
    save_entry(tmp_path, "rapat", {"keluaran": {"periksa.html": "a", "rapat.html": "r"}})
    save_entry(tmp_path, "final", {"keluaran": {"periksa.html": "b", "final.html": "f"}})
    entries = load_manifest(tmp_path)["laporan"]
    assert entries["rapat"]["keluaran"] == {"periksa.html": "b", "rapat.html": "r"}
    assert entries["final"]["keluaran"] == {"periksa.html": "b", "final.html": "f"}


def test_files_of_all_editions_are_known_and_those_of_the_others_apart(tmp_path):
    save_entry(tmp_path, "rapat", {"keluaran": {"periksa.html": "a", "rapat.html": "r"}})
    save_entry(tmp_path, "final", {"keluaran": {"periksa.html": "a", "final.html": "f"}})
    save_entry(tmp_path, "persiapan", {"status": "berjalan"})
    assert list_written(tmp_path) == {
        "periksa.html": {"a"}, "rapat.html": {"r"}, "final.html": {"f"},
    }  # fmt: skip
    assert list_written(tmp_path, other_than="rapat") == {
        "periksa.html": {"a"}, "final.html": {"f"},
    }  # fmt: skip
    assert list_written(tmp_path / "tidak-ada") == {}


def test_entries_are_listed_by_year_code_and_edition_with_their_folder(tmp_path):
    ruang = Ruang(tmp_path)
    for folder, name in (("2024/73.12", "rapat"), ("2021/12.18", "rapat"), ("2021/12.18", "final"),
                         ("2024", "banding-a")):  # fmt: skip
        save_entry(ruang.reports / folder, name, {"edisi": name})
    (ruang.reports / "2021/12.18/lebih/dalam").mkdir(parents=True)
    told = [(entry["folder"], entry["edisi"]) for entry in list_entries(ruang)]
    assert sorted(told[:2]) == [("2021/12.18", "final"), ("2021/12.18", "rapat")]
    assert set(told[2:]) == {("2024/73.12", "rapat"), ("2024", "banding-a")}


def test_a_damaged_manifest_hides_no_other_report(tmp_path):
    ruang = Ruang(tmp_path)
    save_entry(ruang.reports / "2021/12.18", "rapat", {})
    save_entry(ruang.reports / "2021/73.12", "rapat", {})
    (ruang.reports / "2021/12.18/manifest.json").write_text('{"skema": 1}')
    assert [entry["folder"] for entry in list_entries(ruang)] == ["2021/73.12"]


@pytest.mark.parametrize("part", KUNCI)
def test_each_part_of_the_key_has_its_reason(tmp_path, part):
    why = explain_kunci({"status": "selesai", "kunci": BAGIAN}, BAGIAN | {part: 2}, tmp_path)
    assert why.endswith(("berubah", "diminta berubah"))
    assert ";" not in why
    assert explain_kunci({"status": "selesai", "kunci": BAGIAN}, BAGIAN, tmp_path) == ""


def test_several_reasons_are_told_together_and_with_the_missing_files(tmp_path):
    entry = {"status": "selesai", "kunci": BAGIAN, "keluaran": {"a.html": "", "b.xlsx": ""}}
    (tmp_path / "b.xlsx").touch()
    why = explain_kunci(entry, BAGIAN | {"notebook": 2, "masukan": 2}, tmp_path)
    assert why == "notebook berubah; data berubah; a.html tidak ada"


@pytest.mark.parametrize(
    ("status", "told"), [("selesai", "berhasil"), ("gagal", "gagal"), ("berjalan", "gagal")]
)
def test_the_index_says_of_everything_not_finished_that_it_failed(status, told):
    entry = describe_entry(ENTRI | {"status": status})
    assert entry["status"] == told
    assert bool(entry["pesan"]) == (told == "gagal")


def test_an_interrupted_report_has_a_sentence_and_one_without_section_no_brackets():
    assert describe_entry(ENTRI | {"status": "berjalan"})["pesan"] == "Pembuatan laporan terhenti."
    failed = ENTRI | {"status": "gagal", "pesan": "Rusak.", "bagian": ""}
    assert describe_entry(failed)["pesan"] == "Rusak."


def test_a_comparison_tells_all_its_codes_and_no_edition():
    entry = describe_entry(ENTRI | {"jenis": "banding", "kode": ["12.18", "73.12"]})
    assert entry["provinsi"] == "Beberapa provinsi"
    assert (entry["kode"], entry["edisi"]) == ("12.18, 73.12", "banding")


def test_links_are_page_annex_notebook_of_the_review_and_then_of_the_check():
    names = ("periksa-a.ipynb", "reviu-a.ipynb", "reviu-a.xlsx", "periksa-a.html", "reviu-a.html")
    links = describe_entry(ENTRI | {"keluaran": dict.fromkeys(names, "")})["tautan"]
    assert [label for label, _ in links] == [
        "Laporan", "Lampiran Excel", "Notebook",
        "Pemeriksaan data (Laporan)", "Pemeriksaan data (Notebook)",
    ]  # fmt: skip
    assert all(address.startswith("2021/12.18/") for _, address in links)


def test_the_notebook_of_a_failure_is_called_so():
    names = {"reviu-12.18-2021-rapat-gagal.ipynb": ""}
    ((label, _),) = describe_entry(ENTRI | {"keluaran": names})["tautan"]
    assert label == "Notebook yang berhenti"


def test_key_numbers_of_the_index_come_back_as_pairs():
    entry = describe_entry(ENTRI | {"indeks": {"angka": [["Serapan", "55,00"]], "galat": 2}})
    assert (entry["angka"], entry["galat"]) == ((("Serapan", "55,00"),), 2)


def test_all_files_of_a_run_are_published_and_the_staging_is_left_empty(tmp_path):
    staging = _files(tmp_path / "siap", a="1", b="2")
    hashes, kept = publish(staging, tmp_path / "hasil" / "baru", {})
    assert _contents(tmp_path / "hasil" / "baru") == {"a.html": "1", "b.html": "2"}
    assert (sorted(hashes), kept, list(staging.iterdir())) == (["a.html", "b.html"], [], [])
    assert hashes["a.html"] == hash_file(tmp_path / "hasil" / "baru" / "a.html")


def test_two_edits_of_one_report_are_both_kept(tmp_path):
    folder = _files(tmp_path / "hasil", a="suntingan pertama")
    for text in ("suntingan kedua", "terakhir"):
        publish(_files(tmp_path / "siap", a="baru"), folder, {"a.html": {"lain"}})
        (folder / "a.html").write_text(text)
    assert "suntingan pertama" in _contents(folder).values()
    assert _contents(folder)["a.html"] == "terakhir"


def test_two_edits_with_the_same_time_are_both_kept(tmp_path):
    folder = _files(tmp_path / "hasil", a="satu")
    for text in ("dua", "tiga"):
        os.utime(folder / "a.html", (1_600_000_000, 1_600_000_000))
        publish(_files(tmp_path / "siap", a="baru"), folder, {"a.html": {"lain"}})
        (folder / "a.html").write_text(text)
    assert sorted(_contents(folder).values()) == ["dua", "satu", "tiga"]


@pytest.mark.parametrize("absent", ["tidak-ada.html", "periksa.html"])
def test_retiring_what_is_absent_or_still_good_changes_nothing(tmp_path, absent):
    folder = _files(tmp_path / "hasil", periksa="baik")
    retire(folder, {absent: "x"}, {"periksa.html"})
    assert _contents(folder) == {"periksa.html": "baik"}


def test_only_what_failed_or_outdated_runs_of_the_same_report_left_is_cleared(tmp_path):
    kept = {"reviu-a": "", "reviu-a-suntingan-20240101-000000": "", "reviu-b-usang": "", "lain": ""}
    folder = _files(tmp_path / "hasil", **kept, **{"reviu-a-usang": "", "reviu-a-gagal": ""})
    clear_retired(folder, ["reviu-a"])
    assert {path.stem for path in folder.iterdir()} == set(kept)
