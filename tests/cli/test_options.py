"""What is typed on the command line is read, and what is wrong in it is named."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.cli.options import (
    choose,
    format_option,
    open_ruang,
    pekerja_option,
    show_path,
    tahun_option,
)
from reviu_lib.cli.words import plain, speak_indonesian
from reviu_lib.errors import KodeError, RuangError
from reviu_lib.settings import Pengaturan
from reviu_lib.store import make_ruang


@click.command()
@tahun_option
@format_option
@pekerja_option
def tiru(**values):
    """Print what was read."""
    click.echo(values)


def _read(*args):
    speak_indonesian()
    return CliRunner().invoke(tiru, args)


@pytest.fixture
def ruang(tmp_path):
    ruang = make_ruang(tmp_path)
    for kode, tahun in (("12.10", 2024), ("12.18", 2021), ("12.18", 2024)):
        folder = ruang.raw_of(kode, tahun)
        folder.mkdir(parents=True)
        (folder / "a.csv").write_text("x")
    return ruang


@pytest.mark.parametrize(
    ("args", "years"),
    [
        ([], []),
        (["--tahun", "2024"], [2024]),
        (["--tahun", "2021,2024"], [2021, 2024]),
        (["--tahun", " 2021  2024 "], [2021, 2024]),
        (["--tahun", "2021", "--tahun", "2024,"], [2021, 2024]),
        (["--tahun", "1900,2099"], [1900, 2099]),
        (["--tahun", ""], []),
    ],
)
def test_years_are_read_one_by_one_or_as_a_list(args, years):
    assert f"'tahun': {years}" in _read(*args).output


@pytest.mark.parametrize(
    "text", ["24", "1899", "2100", "2024.0", "2021-2024", "20244", "dua", "-2024"]
)
def test_a_year_that_is_not_four_digits_of_our_time_is_named(text):
    result = _read("--tahun", f"2021,{text}")
    assert result.exit_code == 2
    assert f"'{text}' bukan tahun empat angka" in result.output


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("html", ["html"]),
        ("HTML, Xlsx", ["html", "xlsx"]),
        ("xlsx,html", ["xlsx", "html"]),
        ("html,html,xlsx", ["html", "xlsx"]),
        ("docx, html", ["docx", "html"]),
        ("pdf", ["pdf"]),
        (",html,", ["html"]),
        ("", []),
    ],
)
def test_formats_are_read_in_any_case_and_each_counts_once(text, formats):
    assert f"'format_': {formats}" in _read("--format", text).output


@pytest.mark.parametrize("text", ["odt", "html;xlsx", "html xlsx", ".html", "html,doc"])
def test_a_format_that_does_not_exist_is_answered_with_those_that_do(text):
    result = _read("--format", text)
    assert result.exit_code == 2
    assert "yang ada: html, docx, pdf, xlsx" in result.output


@pytest.mark.parametrize(("text", "code"), [("0", 2), ("1", 0), ("64", 0), ("65", 2), ("1.5", 2)])
def test_workers_are_between_1_and_64(text, code):
    assert _read("--pekerja", text).exit_code == code


@pytest.mark.parametrize(
    ("kode", "tahun", "settings", "units"),
    [
        ((), [], {}, ["12.10/2024", "12.18/2021", "12.18/2024"]),
        ((), [], {"kabupaten": ["12.18"]}, ["12.18/2021", "12.18/2024"]),
        ((), [], {"kabupaten": ["12.18"], "tahun": [2024]}, ["12.18/2024"]),
        (("12.10",), [], {"kabupaten": ["12.18"]}, ["12.10/2024"]),
        (
            ("semua",),
            [2024],
            {"kabupaten": ["12.18"], "tahun": [2021]},
            ["12.10/2024", "12.18/2024"],
        ),
    ],
)
def test_the_command_line_wins_over_the_settings_and_these_over_everything(
    ruang, kode, tahun, settings, units
):
    told = choose(kode, tahun, ruang, Pengaturan(**settings))
    assert [f"{k}/{t}" for k, t in told] == units


def test_a_code_in_the_settings_without_files_or_that_does_not_exist_is_refused(ruang):
    with pytest.raises(RuangError, match="73.12"):
        choose((), [], ruang, Pengaturan(kabupaten=["73.12"]))
    with pytest.raises(KodeError, match="99.99"):
        choose((), [], ruang, Pengaturan(kabupaten=["99.99"]))


def test_a_workspace_is_opened_together_with_its_settings(ruang):
    (ruang.root / "reviu.toml").write_text("pekerja = 3")
    place, told = open_ruang(str(ruang.root))
    assert (place, told.pekerja) == (ruang, 3)


def test_a_path_is_shown_as_it_would_be_typed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert show_path(tmp_path / "a b" / "c.xlsx") == "a b/c.xlsx"
    assert show_path(Path("/lain/c.xlsx")) == "/lain/c.xlsx"


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_plain_text_is_one_printable_line_of_the_same_length(text):
    assert plain(text).isprintable()
    assert len(plain(text)) == len(text)
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    "text", ["Sei Buluh", "Pulo Lon / Pulo Dayah", "Ba’u é ≥ “x”", "[bold]", ""]
)
def test_ordinary_text_stays_as_it_is(text):
    assert plain(text) == text


@pytest.mark.parametrize("mark", ["\n", "\r", "\x1b", "\x00", "\u202e", "\u200b", "\x9b"])
def test_marks_that_move_or_hide_text_become_blanks(mark):
    assert plain(f"a{mark}b") == "a b"
