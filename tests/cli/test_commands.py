"""Commands in a workspace: what they write, what they refuse, and how they end."""

import subprocess
import sys

import click
import pytest

from reviu_lib import __version__
from reviu_lib.batch.manifest import save_entry
from reviu_lib.cli import app
from reviu_lib.cli.app import _PERINTAH, Galat, cli
from reviu_lib.errors import BerkasError, DataError, KodeError, LaporanError, ReviuError, RuangError
from reviu_lib.ingest import build_bahan
from reviu_lib.store import Ruang, load_kunci, make_ruang, save_bahan

REKAP = "no;indikator;pembilang;penyebut;capaian\n1;A;1;2;50\n"


@pytest.fixture
def ruang(tmp_path, monkeypatch):
    """A workspace with one raw file that was never checked, named by REVIU_RUANG."""
    ruang = make_ruang(tmp_path / "ruang")
    monkeypatch.setenv("REVIU_RUANG", str(ruang.root))
    _put(ruang, "12.18", 2024)
    return ruang


def _put(ruang, kode, tahun):
    folder = ruang.raw / kode / str(tahun)
    folder.mkdir(parents=True)
    (folder / "rekap.csv").write_text(REKAP)


def _words(result):
    """Return the output as one line of words, as tables break it at any place."""
    return " ".join(word for word in result.output.split() if word not in "│┃")


def test_every_command_of_the_help_exists_under_its_name():
    context = click.Context(cli)
    assert cli.list_commands(context) == list(_PERINTAH)
    assert [cli.get_command(context, name).name for name in _PERINTAH] == list(_PERINTAH)
    assert cli.get_command(context, "zskr") is None


def test_the_version_is_told(reviu):
    result = reviu("--version")
    assert (result.exit_code, __version__ in result.output) == (0, True)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (KodeError, 2),
        (ReviuError, 1),
        (RuangError, 1),
        (BerkasError, 1),
        (DataError, 1),
        (LaporanError, 1),
    ],
)
def test_a_wrong_code_is_a_usage_error_and_all_else_a_failure(kind, code):
    assert Galat(kind("x")).exit_code == code


def test_an_error_is_shown_in_up_to_three_plain_lines():
    whole = Galat(ReviuError("Rusak\x1b[31m.", di="a\nGalat: palsu", lakukan="Ganti."))
    assert whole.format_message().splitlines() == [
        "Rusak [31m.", "  Di      : a Galat: palsu", "  Lakukan : Ganti.",
    ]  # fmt: skip
    assert Galat(ReviuError("Rusak.")).format_message() == "Rusak."


def test_an_interruption_is_one_word_without_a_log(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("REVIU_RUANG", str(make_ruang(tmp_path).root))
    app._report_fault(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert capsys.readouterr().err == "Dihentikan.\n"
    assert not (tmp_path / ".reviu" / "log").exists()


def test_outside_a_workspace_the_log_goes_to_the_temporary_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("REVIU_RUANG", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "sementara"))
    assert app._log_folder() == tmp_path / "sementara" / "reviu-log"


def test_a_log_that_cannot_be_written_hides_no_fault(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("REVIU_RUANG", str(make_ruang(tmp_path).root))
    (tmp_path / ".reviu" / "log").write_text("bukan folder")
    app._report_fault(ValueError, ValueError("KENARI"), None)
    assert capsys.readouterr().err == "Galat: program berhenti tak terduga (ValueError).\n"


def test_a_new_workspace_keeps_data_and_key_out_of_git(reviu, tmp_path):
    assert reviu("mulai", "kerja baru").exit_code == 0
    lines = (tmp_path / "kerja baru" / ".gitignore").read_text().splitlines()
    assert {"data/", "reports/", ".reviu/", ".ipynb_checkpoints/", "*-dibaca/"} <= set(lines)
    assert (tmp_path / "kerja baru" / ".reviu" / "kunci").stat().st_mode & 0o077 == 0


def test_the_next_steps_name_the_folder_only_when_it_is_another(reviu, tmp_path):
    assert "  cd kerja\n" in reviu("mulai", "kerja").output
    assert "  cd " not in reviu("mulai", ".").output


def test_a_workspace_that_cannot_be_made_is_refused_with_the_reason(reviu, tmp_path):
    (tmp_path / "berkas").write_text("x")
    result = reviu("mulai", "berkas")
    assert (result.exit_code, "tidak dapat dibuat" in result.output) == (1, True)


@pytest.mark.parametrize(
    ("args", "name"),
    [
        ([], "templat-reviu.xlsx"),
        (["12.10"], "templat-reviu-12.10.xlsx"),
        (["--tahun", "2024"], "templat-reviu-2024.xlsx"),
        (["--ke", "isi saya.xlsx"], "isi saya.xlsx"),
    ],
)
def test_a_blank_workbook_is_named_after_what_it_is_for(reviu, tmp_path, args, name):
    result = reviu("templat", *args)
    assert (result.exit_code, result.output.strip()) == (0, name)
    assert (tmp_path / name).read_bytes()[:2] == b"PK"


def test_a_workbook_is_overwritten_only_when_asked(reviu, tmp_path):
    (tmp_path / "a.xlsx").write_text("isian orang")
    assert reviu("templat", "--ke", "a.xlsx").exit_code == 2
    assert (tmp_path / "a.xlsx").read_text() == "isian orang"
    assert reviu("templat", "--ke", "a.xlsx", "--timpa").exit_code == 0
    assert (tmp_path / "a.xlsx").read_bytes()[:2] == b"PK"


def test_the_example_is_not_written_over_files_of_others(reviu, ruang):
    own = ruang.raw / "12.18" / "2021" / "rekap.csv"
    own.parent.mkdir()
    own.write_text("milik kami")
    result = reviu("contoh")
    assert result.exit_code == 1
    assert own.read_text() == "milik kami"


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["periksa", "73.12"], 1, "Tidak ada berkas mentah untuk 73.12"),
        (["laporan", "--tahun", "2030"], 1, "Tidak ada berkas mentah untuk 2030"),
        (["laporan", "1218"], 2, "12.18"),
        (["banding", "12.18", "--tahun", "2024"], 2, "sedikitnya dua kabupaten/kota"),
        (["banding", "12.18", "12.18", "--tahun", "2024"], 2, "sedikitnya dua kabupaten/kota"),
        (["banding", "semua", "--tahun", "2024"], 2, "sedikitnya dua kabupaten/kota"),
        (["status", "--ruang", "tidak-ada"], 1, "bukan ruang kerja reviu"),
        (["lab", "--ruang", "tidak-ada"], 1, "bukan ruang kerja reviu"),
        (["lab", "--port", "80"], 2, "80"),
        (["templat", "99.99"], 2, "99.99"),
        (["baca", "."], 2, "Galat: "),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(
    reviu, ruang, args, code, message
):
    result = reviu(*args)
    assert (result.exit_code, message in _words(result)) == (code, True), result.output
    assert list(ruang.reports.iterdir()) == list(ruang.processed.iterdir()) == []


def test_the_settings_narrow_the_plan_and_the_command_line_widens_it(reviu, ruang):
    _put(ruang, "73.12", 2024)
    (ruang.root / "reviu.toml").write_text('kabupaten = ["73.12"]')
    assert "12.18/2024" not in reviu("laporan", "--coba").output
    assert "12.18/2024" in reviu("laporan", "semua", "--coba").output


def test_status_lists_each_unit_with_its_files_and_what_is_due(reviu, ruang):
    text = _words(reviu("status"))
    assert "12.18 Kabupaten Serdang" in text
    assert "perlu diperiksa:" in text
    assert "belum pernah dibuat" in text


def test_status_lists_a_folder_of_a_code_that_does_not_exist_beside_the_others(reviu, ruang):
    _put(ruang, "99.99", 2024)
    result = reviu("status")
    assert result.exit_code == 0
    assert "99.99" in result.output
    assert "12.18" in result.output


def test_status_tells_where_a_report_failed(reviu, ruang):
    entry = {"status": "gagal", "kode": ["12.18"], "tahun": 2024, "edisi": "final", "bagian": "X-7"}
    save_entry(ruang.reports_of("12.18", 2024), "final", entry)
    assert "gagal (X-7)" in _words(reviu("status"))


def _reported(ruang, kode, tahun):
    """Check a unit and note a finished report of it."""
    save_bahan(build_bahan(ruang.raw_of(kode, tahun), kode_kabupaten=kode, tahun=tahun,
                           kunci=load_kunci(ruang)), ruang)  # fmt: skip
    entry = {"status": "selesai", "kode": [kode], "tahun": tahun, "edisi": "rapat", "keluaran": {}}
    save_entry(ruang.reports_of(kode, tahun), "rapat", entry)


@pytest.mark.parametrize(
    "text", ["{", "", "{}", "[]", '{"cells": [1]}', '{"cells": [{"metadata": null}]}',
             '{"cells": [{"source": [1]}]}'],
)  # fmt: skip
def test_status_names_a_broken_notebook_and_lists_everything_else(reviu, ruang, text):
    _put(ruang, "73.12", 2024)
    _reported(ruang, "12.18", 2024)
    ruang.notebooks.mkdir()
    (ruang.notebooks / "02_reviu_kinerja.ipynb").write_text(text)
    result = reviu("status")
    assert result.exit_code == 1
    assert "12.18 Kabupaten Serdang" in _words(result)
    assert "73.12 Kabupaten Soppeng" in _words(result)
    assert "belum dapat dinilai" in _words(result)
    assert str(ruang.notebooks / "02_reviu_kinerja.ipynb") in result.output
    assert "`reviu mulai`" in result.output
    assert "03_banding" not in result.output


def test_status_names_every_broken_notebook_also_before_the_first_report(reviu, ruang):
    ruang.notebooks.mkdir()
    for name in ("01_periksa_data", "03_banding_kabupaten"):
        (ruang.notebooks / f"{name}.ipynb").write_text("{")
    result = reviu("status")
    assert result.exit_code == 1
    assert result.output.count("Notebook tidak dapat dibaca.") == 2
    assert [name in result.output for name in ("01_periksa", "02_reviu", "03_banding")] == [
        True, False, True,
    ]  # fmt: skip


def test_status_ends_well_when_every_notebook_can_be_read(reviu, ruang):
    _reported(ruang, "12.18", 2024)
    result = reviu("status")
    assert (result.exit_code, "Galat" in result.output) == (0, False)
    assert "perlu dibuat ulang" in _words(result)


def test_reading_one_file_writes_its_tables_and_nothing_in_the_workspace(reviu, ruang, tmp_path):
    (tmp_path / "rekap.csv").write_text(REKAP)
    result = reviu("baca", "rekap.csv", "--kode", "12.18", "--tahun", "2024")
    assert "rekap.csv: " in result.output
    assert "rekap.csv-dibaca" in _words(result)
    assert list(ruang.processed.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], []),
        (["--tanpa-peramban"], ["--no-browser"]),
        (["--port", "8890"], ["--ServerApp.port=8890"]),
    ],
)
def test_jupyterlab_opens_on_the_workspace_and_its_exit_code_is_ours(
    reviu, ruang, monkeypatch, options, expected
):
    started = []
    monkeypatch.setattr(
        subprocess, "call", lambda command, env: started.append((command, env)) or 3
    )
    assert reviu("lab", *options).exit_code == 3
    ((command, env),) = started
    assert command[:4] == [
        sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={ruang.root}",
    ]  # fmt: skip
    assert command[4:] == ["--LabApp.default_url=/lab/tree/reports/beranda.md", *expected]
    assert env["REVIU_RUANG"] == str(ruang.root)


def test_the_workspace_of_the_option_wins_over_the_environment(reviu, ruang, tmp_path):
    other = make_ruang(tmp_path / "lain")
    assert "12.18" not in reviu("status", "--ruang", str(other.root)).output
    assert Ruang(tmp_path / "ruang") == ruang
