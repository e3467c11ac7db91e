"""After a removal nothing of a kabupaten and year is left, and what depended on it is known."""

import json
import shutil

import pytest

from reviu_lib.batch import Cara, Pesanan, choose_banding, run_banding, run_hapus, run_laporan
from reviu_lib.batch.books import plan_removal
from reviu_lib.batch.books import removal as removal_run
from reviu_lib.batch.plan.durations import load_durations
from reviu_lib.batch.planning import explain_pesanan
from reviu_lib.errors import RuangError
from reviu_lib.files import hold_lock
from reviu_lib.store import Ruang, trail
from reviu_lib.store.removal import begin_removal, hide_derived, list_pending
from reviu_lib.store.trail import load_trail

from .ruang_kecil import make_small, write_notebook

UNIT, LAIN, DEPAN = ("12.18", 2023), ("73.12", 2023), ("12.18", 2024)


@pytest.fixture(scope="module")
def jadi(tmp_path_factory):
    """A workspace with reports of two kabupaten and of the year after; read only."""
    ruang = make_small(tmp_path_factory.mktemp("jadi"), UNIT, LAIN, DEPAN)
    orders = [Pesanan((kode,), tahun, format=("html",)) for kode, tahun in (UNIT, LAIN, DEPAN)]
    assert {item.status for item in run_laporan(orders, ruang=ruang)} == {"selesai"}
    return ruang


@pytest.fixture
def ruang(jadi, tmp_path):
    """A copy of it, to remove something from."""
    shutil.copytree(jadi.root, tmp_path / "ruang")
    return Ruang(tmp_path / "ruang")


def _names(ruang):
    """Return every file outside data/raw and the notebooks."""
    places = (ruang.processed, ruang.reports, ruang.rahasia)
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    return {path.relative_to(ruang.root).as_posix() for path in files}


def test_nothing_of_the_unit_is_left_and_all_else_is_as_it_was(ruang):
    before, raw = _names(ruang), sorted(ruang.raw.rglob("*"))
    run_hapus([UNIT], ruang=ruang)
    own = ("reports/2023/12.18/", "data/processed/12.18/2023/")
    assert before - _names(ruang) == {name for name in before if name.startswith(own)} != set()
    assert _names(ruang) <= before
    assert sorted(ruang.raw.rglob("*")) == raw


def test_the_first_page_of_lab_goes_too(ruang):
    ruang.beranda.write_text("Serdang Bedagai 2023", encoding="utf-8")
    run_hapus([UNIT], ruang=ruang)
    assert not ruang.beranda.exists()


def test_index_and_durations_tell_of_the_others_alone(ruang):
    run_hapus([UNIT], ruang=ruang)
    page = (ruang.reports / "index.html").read_text(encoding="utf-8")
    assert "2023/12.18/" not in page
    assert ("2023/73.12/" in page, "2024/12.18/" in page) == (True, True)
    assert sorted(load_durations(ruang)) == ["rapat/12.18/2024", "rapat/73.12/2023"]


def test_next_years_report_is_named_and_no_longer_up_to_date(ruang):
    order = Pesanan(("12.18",), 2024, format=("html",))
    assert explain_pesanan(order, ruang=ruang) == ""
    plan = plan_removal([UNIT], ruang=ruang)
    assert [(entry["folder"], entry["edisi"]) for entry in plan.bergantung] == [
        ("2024/12.18", "rapat")
    ]
    run_hapus([UNIT], ruang=ruang)
    assert "data berubah" in explain_pesanan(order, ruang=ruang)


def test_a_comparison_with_it_is_named(ruang):
    order = choose_banding(["12.18", "73.12"], [2023], ruang=ruang)
    run_banding(order, ruang=ruang)
    plan = plan_removal([LAIN], ruang=ruang)
    assert [(entry["folder"], entry["jenis"]) for entry in plan.bergantung] == [("2023", "banding")]


def test_what_is_removed_with_it_depends_on_nothing(ruang):
    assert plan_removal([UNIT, DEPAN], ruang=ruang).bergantung == ()
    assert plan_removal([DEPAN], ruang=ruang).bergantung == ()


def test_a_file_that_no_run_wrote_or_that_was_edited_is_told_apart(ruang):
    folder = ruang.reports_of(*UNIT)
    page = folder / "reviu-12.18-2023-rapat.html"
    page.write_text("suntingan")
    (folder / "catatan saya.txt").write_text("x")
    (folder / "reviu-12.18-2023-final-usang.html").write_text("lama")
    assert plan_removal([UNIT], ruang=ruang).asing == (folder / "catatan saya.txt", page)


def test_the_files_of_the_unit_and_its_raw_files_are_listed(ruang):
    plan = plan_removal([UNIT], ruang=ruang)
    folders = {path.relative_to(ruang.root).as_posix() for path in plan.folder}
    assert folders == {"reports/2023/12.18", "data/processed/12.18/2023"}
    assert all(path.is_file() for files in plan.folder.values() for path in files)
    assert [path.name for path in plan.mentah] == ["buku.xlsx"]


def test_a_public_edition_goes_from_its_folder_and_its_index(ruang):
    run_laporan([Pesanan(("12.18",), 2023, format=("xlsx",), publik=True)], ruang=ruang)
    public = ruang.reports / "publik"
    assert list(public.glob("2023/12.18/*.xlsx"))
    run_hapus([UNIT], ruang=ruang)
    assert [path.name for path in public.rglob("*")] == ["index.html"]
    assert "12.18" not in (public / "index.html").read_text(encoding="utf-8")


def test_while_another_process_works_nothing_is_removed(ruang):
    before = _names(ruang)
    with (
        hold_lock(ruang.rahasia / "kerja.kunci"),
        pytest.raises(RuangError, match="sedang dipakai"),
    ):
        run_hapus([UNIT], ruang=ruang)
    assert _names(ruang) == before


def test_a_barred_folder_leaves_everything_and_no_removal_pending(ruang, monkeypatch):
    def refuse(units, *, ruang):
        raise RuangError("Folder ini tidak dapat dihapus (sedang dibuka).")

    monkeypatch.setattr(removal_run, "hide_derived", refuse)
    before = _names(ruang)
    with pytest.raises(RuangError, match="sedang dibuka"):
        run_hapus([UNIT], ruang=ruang)
    assert (_names(ruang), list_pending(ruang)) == (before, [])


@pytest.mark.parametrize("stage", ["noted", "hidden"])
def test_a_removal_that_was_killed_is_finished_by_the_next_run(ruang, stage):
    begin_removal([UNIT], ruang=ruang)
    if stage == "hidden":
        hide_derived([UNIT], ruang=ruang)
    told = []
    order = Pesanan(("73.12",), 2023, format=("html",))
    run_laporan([order], ruang=ruang, cara=Cara(dengar=told.append))
    assert "12.18 tahun 2023 yang terputus telah diselesaikan" in "".join(k.teks for k in told)
    assert [name for name in _names(ruang) if "12.18/2023" in name or "2023/12.18" in name] == []
    assert not list(ruang.root.rglob(".*.sementara"))
    assert list_pending(ruang) == []


def test_a_removal_that_was_stopped_says_so_and_is_finished_when_repeated(ruang, monkeypatch):
    def stop(books):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(removal_run, "write_index", stop)
        with pytest.raises(RuangError, match="dihentikan sebelum selesai"):
            run_hapus([UNIT], ruang=ruang)
    assert list_pending(ruang) == [UNIT]
    run_hapus([UNIT], ruang=ruang)
    assert "2023/12.18/" not in (ruang.reports / "index.html").read_text(encoding="utf-8")
    assert list_pending(ruang) == []


def test_the_next_report_makes_it_all_again_from_the_raw_files(ruang):
    run_hapus([UNIT], ruang=ruang)
    (outcome,) = run_laporan([Pesanan(("12.18",), 2023, format=("html",))], ruang=ruang)
    assert outcome.status == "selesai"
    manifest = json.loads((ruang.reports_of(*UNIT) / "manifest.json").read_text())
    assert list(manifest["laporan"]) == ["rapat"]


def test_the_trail_tells_of_checks_reports_and_the_removal(ruang):
    run_hapus([UNIT], ruang=ruang)
    steps, unread = load_trail(ruang)
    own = [(step["apa"], step["nama"], step["hasil"]) for step in steps
           if (step["kode"], step["tahun"]) == (["12.18"], 2023)]  # fmt: skip
    assert (own, unread) == (
        [("periksa", "", "selesai"), ("laporan", "rapat", "selesai"), ("hapus", "", "selesai")], 0,
    )  # fmt: skip
    made = next(step for step in steps if step["apa"] == "laporan" and step["tahun"] == 2023
                and step["kode"] == ["12.18"])  # fmt: skip
    assert set(made["berkas"]["12.18"]) == {"buku.xlsx"}
    assert "reviu-12.18-2023-rapat.html" in made["keluaran"]


def test_a_report_that_fails_is_in_the_trail_and_one_that_is_skipped_is_not(ruang):
    order = Pesanan(("73.12",), 2023, format=("html",))
    before = len(load_trail(ruang)[0])
    run_laporan([order], ruang=ruang)
    assert len(load_trail(ruang)[0]) == before
    write_notebook(ruang.notebooks / "02_reviu_kinerja.ipynb", "# Reviu", "1 / 0")
    run_laporan([order], ruang=ruang)
    assert [(s["apa"], s["hasil"]) for s in load_trail(ruang)[0][before:]] == [("laporan", "gagal")]


def test_a_trail_that_cannot_be_written_is_told_and_costs_no_report(ruang, monkeypatch):
    def refuse(line, ruang):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(trail, "_append", refuse)
    told = []
    order = Pesanan(("73.12",), 2023, format=("html",))
    (outcome,) = run_laporan([order], ruang=ruang, ulang=True, cara=Cara(dengar=told.append))
    assert outcome.status == "selesai"
    assert "Jejak pekerjaan tidak dapat ditulis" in "".join(kabar.teks for kabar in told)
