"""The first page in JupyterLab: what it says of an empty, a checked, and a reported workspace."""

import json
import os
from importlib.resources import files

import pytest

from reviu_lib.batch import copy_notebooks
from reviu_lib.cli.lab.beranda import describe_ruang, write_beranda
from reviu_lib.cli.lab.buka import _settings
from reviu_lib.store import make_ruang


@pytest.fixture
def ruang(tmp_path):
    return make_ruang(tmp_path)


def check(ruang, kode: str, tahun: int) -> None:
    folder = ruang.processed_of(kode, tahun)
    folder.mkdir(parents=True)
    (folder / "asal.json").write_text("{}")


def test_an_empty_workspace_is_told_what_to_run_first(ruang):
    page = describe_ruang(ruang)
    assert "Belum ada data yang diperiksa" in page
    assert "`reviu contoh`" in page
    assert "Yang sudah diperiksa" not in page


def test_the_newest_year_is_named_and_all_are_listed_newest_first(ruang):
    for unit in (("73.12", 2023), ("73.12", 2024), ("12.18", 2021)):
        check(ruang, *unit)
    page = describe_ruang(ruang)
    assert "**Kabupaten Soppeng (73.12), tahun 2024**" in page
    rows = [line.split(" | ")[:2] for line in page.splitlines() if line.startswith("| Kabupaten ")]
    assert rows == [
        ["| Kabupaten Serdang Bedagai (12.18)", "2021"],
        ["| Kabupaten Soppeng (73.12)", "2024"],
        ["| Kabupaten Soppeng (73.12)", "2023"],
    ]


def test_reports_that_are_there_are_linked_and_the_others_said_to_be_missing(ruang):
    check(ruang, "73.12", 2024)
    assert "| belum dibuat |" in describe_ruang(ruang)
    folder = ruang.reports_of("73.12", 2024)
    folder.mkdir(parents=True)
    for name in ("reviu-73.12-2024-final.html", "reviu-73.12-2024-rapat.html"):
        (folder / name).write_text("")
    (ruang.reports / "index.html").write_text("")
    page = describe_ruang(ruang)
    assert "[final](2024/73.12/reviu-73.12-2024-final.html), [rapat](2024/73.12/" in page
    assert "(index.html)" in page


def test_the_guide_is_linked_only_where_it_is(ruang):
    assert "mulai_di_sini" not in describe_ruang(ruang)
    copy_notebooks(ruang)
    write_beranda(ruang)
    page = ruang.beranda.read_text("utf-8")
    link = page.partition("[Notebook penuntun](")[2].partition(")")[0]
    assert ruang.beranda.parent.joinpath(link).resolve().is_file()


def test_it_is_written_anew_each_time(ruang):
    write_beranda(ruang)
    check(ruang, "73.12", 2024)
    write_beranda(ruang)
    assert "Soppeng" in ruang.beranda.read_text("utf-8")


@pytest.mark.parametrize("others", ["", "/lain"])
def test_our_settings_come_after_those_of_the_user(monkeypatch, others):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", others)
    *before, ours = _settings()["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert before == ([others] if others else [])
    path = files("reviu_lib.cli.lab") / "setelan/labconfig/default_setting_overrides.json"
    assert ours in str(path)
    settings = json.loads(path.read_text("utf-8"))
    viewers = settings["@jupyterlab/docmanager-extension:plugin"]["defaultViewers"]
    assert viewers == {"markdown": "Markdown Preview"}
