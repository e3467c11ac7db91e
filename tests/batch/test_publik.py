"""The public folder: only finished public editions, as they were written, and their index."""

import shutil

import pytest

from reviu_lib.batch import Pesanan, run_laporan
from reviu_lib.batch.manifest import load_manifest, mirror_public, save_entry
from reviu_lib.batch.sources import copy_notebooks, find_notebook, notebook_folder
from reviu_lib.cli.look import _describe_reports
from reviu_lib.store import Ruang, make_ruang

from .ruang_kecil import make_small, write_notebook

ORDER = Pesanan(("73.12",), 2024, edisi="final", publik=True)
STEM = "reviu-73.12-2024-final-publik"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A workspace with an internal and a public edition; read only."""
    ruang = make_small(tmp_path_factory.mktemp("publik") / "ruang", ("73.12", 2024))
    outcomes = run_laporan([Pesanan(("73.12",), 2024), ORDER], ruang=ruang)
    assert [item for item in outcomes if item.status != "selesai"] == []
    return ruang


@pytest.fixture
def ruang(made, tmp_path):
    """A copy of that workspace, to change."""
    shutil.copytree(made.root, tmp_path / "salinan")
    return Ruang(tmp_path / "salinan")


def names(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_public_folder_holds_page_annex_and_index_alone(made):
    folder = made.reports / "publik"
    place = f"2024/73.12/{STEM}"
    assert names(folder) == [f"{place}.html", f"{place}.xlsx", "index.html"]


def test_public_index_names_no_internal_file(made):
    page = (made.reports / "publik" / "index.html").read_text(encoding="utf-8")
    assert f"2024/73.12/{STEM}.html" in page
    for word in ("rapat.html", "periksa", "temuan", ".ipynb", "EDISI INTERNAL"):
        assert word not in page


def test_internal_index_tells_which_edition_is_public(made):
    page = (made.reports / "index.html").read_text(encoding="utf-8")
    assert "final, publik" in page


def test_no_notebook_of_the_public_edition_is_kept(made):
    assert not list(made.reports.rglob("*publik*.ipynb"))


def test_both_editions_have_their_own_entry(made):
    entries = load_manifest(made.reports_of("73.12", 2024))["laporan"]
    assert set(entries) == {"rapat", "final-publik"}
    assert not entries["rapat"]["publik"]


def test_status_judges_each_edition_as_what_it_is(made):
    assert _describe_reports("73.12", 2024, made) == ["final, publik: segar", "rapat: segar"]


def test_an_unchanged_public_edition_is_skipped(ruang):
    assert [item.status for item in run_laporan([ORDER], ruang=ruang)] == ["dilewati"]


def test_an_edited_file_is_not_published(ruang):
    path = ruang.reports_of("73.12", 2024) / f"{STEM}.html"
    path.write_text("disunting")
    assert mirror_public(ruang) == []
    assert names(ruang.reports / "publik") == ["index.html"]


def test_an_edition_that_is_gone_is_taken_out_and_other_files_stay(ruang):
    folder = ruang.reports / "publik"
    old = folder / "2023" / "73.12" / "reviu-73.12-2023-final-publik.html"
    old.parent.mkdir(parents=True)
    old.write_text("lama")
    (folder / "CNAME").write_text("reviu.example")
    mirror_public(ruang)
    assert not old.exists()
    assert (folder / "CNAME").exists()
    assert (folder / "2024" / "73.12" / f"{STEM}.html").exists()


def test_a_failed_public_edition_leaves_none(ruang):
    folder = ruang.reports_of("73.12", 2024)
    entry = load_manifest(folder)["laporan"]["final-publik"]
    save_entry(folder, "final-publik", {**entry, "status": "gagal"})
    assert mirror_public(ruang) == []
    assert names(ruang.reports / "publik") == ["index.html"]


def test_public_edition_is_made_by_our_notebook_alone(tmp_path):
    ruang = make_ruang(tmp_path / "ruang")
    write_notebook(ruang.notebooks / "04_reviu_publik.ipynb", "print(1)")
    assert find_notebook("04_reviu_publik", ruang=ruang).parent == notebook_folder()
    assert "04_reviu_publik.ipynb" not in copy_notebooks(make_ruang(tmp_path / "lain"))


def test_order_survives_its_way_to_a_worker():
    assert Pesanan.from_dict(ORDER.as_dict()) == ORDER
    assert ORDER.judul("04_reviu_publik").endswith("Kabupaten Soppeng Tahun 2024")
