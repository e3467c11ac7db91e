"""A removal takes every folder of a kabupaten and year or none, and can be finished later."""

import os

import pytest

from reviu_lib.errors import RuangError
from reviu_lib.store import make_ruang, save_isi
from reviu_lib.store.removal import (
    begin_removal,
    discard_hidden,
    end_removal,
    hide_derived,
    list_derived,
    list_noted,
    list_pending,
)

UNIT = ("12.18", 2024)


@pytest.fixture
def ruang(tmp_path):
    """A workspace with something of each kind of one unit, and tables of the year before."""
    ruang = make_ruang(tmp_path)
    for folder in (
        ruang.processed_of(*UNIT) / "hasil",
        ruang.processed_of("12.18", 2023),
        ruang.reports_of(*UNIT) / "lembar",
        ruang.portal_of(publik=True) / "2024" / "12.18",
        ruang.raw_of(*UNIT),
    ):
        folder.mkdir(parents=True)
        (folder / "isi.txt").write_text("x")
    return ruang


def _files(ruang):
    return {p.relative_to(ruang.root).as_posix() for p in ruang.root.rglob("*") if p.is_file()}


def test_what_was_made_of_a_unit_goes_and_nothing_else(ruang):
    hide_derived([UNIT], ruang=ruang)
    discard_hidden([UNIT], ruang=ruang)
    assert _files(ruang) == {"data/raw/12.18/2024/isi.txt", "data/processed/12.18/2023/isi.txt"}
    assert list_derived(*UNIT, ruang=ruang) == []


def test_folders_that_became_empty_go_but_those_of_the_workspace_stay(ruang):
    hide_derived([UNIT, ("12.18", 2023)], ruang=ruang)
    discard_hidden([UNIT, ("12.18", 2023)], ruang=ruang)
    assert [path.is_dir() for path in (ruang.processed, ruang.reports)] == [True, True]
    assert list(ruang.processed.iterdir()) == []
    assert [path.name for path in ruang.reports.iterdir()] == ["publik"]


def test_what_runs_left_half_done_beside_it_goes_too(ruang):
    left = ruang.reports / "2024" / ".ab12.sementara"
    left.mkdir()
    (left / "banding.html").write_text("x")
    (ruang.processed_of(*UNIT).parent / ".asal.json-1f.sementara").write_text("x")
    hide_derived([UNIT], ruang=ruang)
    discard_hidden([UNIT], ruang=ruang)
    assert [name for name in _files(ruang) if "sementara" in name] == []


@pytest.mark.parametrize("barred", range(3))
def test_one_folder_that_cannot_be_moved_leaves_all_in_their_places(ruang, monkeypatch, barred):
    before, move = _files(ruang), os.replace
    place = list_derived(*UNIT, ruang=ruang)[barred]

    def refuse(source, target):
        if source == place:
            raise PermissionError(13, "sedang dibuka")
        move(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(RuangError, match="sedang dibuka") as caught:
        hide_derived([UNIT], ruang=ruang)
    assert caught.value.di == str(place)
    assert _files(ruang) == before


def test_a_link_is_refused_because_what_it_leads_to_would_stay(ruang, tmp_path):
    ruang.reports_of(*UNIT).rename(tmp_path / "lain")
    ruang.reports_of(*UNIT).symlink_to(tmp_path / "lain")
    with pytest.raises(RuangError, match="tautan"):
        hide_derived([UNIT], ruang=ruang)
    assert ruang.processed_of(*UNIT).is_dir()


@pytest.mark.parametrize(
    ("held", "goes"), [(["12.18", "12.19"], True), (["12.19"], False), ([], True)]
)
def test_what_is_kept_of_a_provinces_files_goes_when_they_hold_the_kabupaten(ruang, held, goes):
    kept = ruang.bagian_provinsi("12", 2024)
    kept.mkdir(parents=True)
    if held:
        save_isi(ruang, "12", 2024, held)
    assert (kept in list_derived(*UNIT, ruang=ruang)) == goes


def test_a_removal_is_pending_from_its_note_to_its_end(ruang):
    assert list_pending(ruang) == []
    begin_removal([UNIT], ruang=ruang)
    assert list_pending(ruang) == [UNIT]
    end_removal(ruang)
    assert list_pending(ruang) == []


@pytest.mark.parametrize(
    "note", ["{", "[]", '{"unit": 1}', '{"unit": [["../..", 2024]]}', '{"unit": [["12.18"]]}']
)
def test_a_damaged_note_removes_nothing(ruang, note):
    (ruang.rahasia / "hapus.json").write_text(note)
    assert list_pending(ruang) == []


def test_notes_among_the_tables_vouch_for_files_beside_the_reports(ruang):
    folder = ruang.processed_of(*UNIT)
    (folder / "temuan.json").write_text('{"keluaran": {"temuan.xlsx": "aa"}}')
    (folder / "himpun.json").write_text('{"keluaran": {"kemajuan.html": "bb"}}')
    (folder / "asal.json").write_text('{"tabel": {}}')
    (folder / "rusak.json").write_text("[1")
    assert list_noted(*UNIT, ruang=ruang) == {"aa", "bb"}
