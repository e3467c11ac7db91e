"""The command line speaks Indonesian, gives examples, and ends with the right code."""

import subprocess
import sys

import pandas as pd
import pytest
from rich.console import Console

from reviu_lib.cli.app import _PERINTAH
from reviu_lib.cli.screen import print_findings
from reviu_lib.cli.words import plain
from reviu_lib.store import make_ruang

ENGLISH = ("Usage", "Options", "Error", "Show this", "Try '", "Missing", "Invalid", "No such")
HEAVY = {"pandas", "matplotlib", "seaborn", "papermill", "nbconvert", "pydantic", "rich"}


@pytest.fixture
def ruang(tmp_path):
    return make_ruang(tmp_path / "ruang")


@pytest.mark.parametrize("perintah", [None, *_PERINTAH])
def test_help_is_indonesian_and_shows_an_example(reviu, perintah):
    result = reviu(*([perintah] if perintah else []), "--help")
    assert result.exit_code == 0
    assert "Cara pakai:" in result.output
    assert [word for word in ENGLISH if word in result.output] == []
    assert perintah is None or f"  reviu {perintah}" in result.output


@pytest.mark.parametrize(
    "args",
    [
        ["laporn"],
        ["laporan", "--tahun", "dua"],
        ["laporan", "--pekerja", "nol"],
        ["laporan", "--pekerja", "0"],
        ["laporan", "--edisi", "lain"],
        ["laporan", "--format", "doc"],
        ["laporan", "--entah"],
        ["banding", "--tahun", "2021"],
        ["banding", "12.18"],
        ["baca", "tidak-ada.xlsx"],
        ["templat", "12.1"],
        ["mulai"],
    ],
)
def test_a_mistake_on_the_command_line_ends_with_2_and_an_indonesian_message(reviu, args):
    result = reviu(*args)
    assert result.exit_code == 2, result.output
    assert "Galat: " in result.output
    assert [word for word in ENGLISH if word in result.output] == []


def test_an_ambiguous_code_is_answered_with_the_question(reviu):
    output = reviu("templat", "12.1").output
    assert "12.01" in output
    assert "12.10" in output


def test_without_a_workspace_the_way_to_one_is_told(reviu):
    result = reviu("status")
    assert result.exit_code == 1
    assert "reviu mulai DIR" in result.output


def test_a_new_workspace_has_folders_settings_and_notebooks_and_is_kept(reviu, tmp_path):
    assert reviu("mulai", "kerja").exit_code == 0
    place = tmp_path / "kerja"
    assert (place / "notebooks" / "02_reviu_kinerja.ipynb").is_file()
    (place / "reviu.toml").write_text("# milik saya")
    assert reviu("mulai", "kerja").exit_code == 0
    assert (place / "reviu.toml").read_text() == "# milik saya"
    assert "Belum ada berkas" in reviu("status", "--ruang", "kerja").output


def test_an_unquoted_code_in_the_settings_is_refused_with_the_reason(reviu, ruang):
    (ruang.root / "reviu.toml").write_text("kabupaten = [12.10]\n")
    result = reviu("status", "--ruang", str(ruang.root))
    assert result.exit_code == 1
    assert "tanda kutip" in result.output


def test_a_blank_workbook_is_written_and_not_overwritten_unasked(reviu, tmp_path):
    assert reviu("templat", "12.18", "--tahun", "2024").exit_code == 0
    assert (tmp_path / "templat-reviu-12.18-2024.xlsx").stat().st_size
    again = reviu("templat", "12.18", "--tahun", "2024")
    assert (again.exit_code, "sudah ada" in again.output) == (2, True)


def test_one_file_alone_is_read_and_its_findings_are_shown(reviu, tmp_path):
    (tmp_path / "kosong.csv").touch()
    result = reviu("baca", "kosong.csv")
    assert result.exit_code == 1
    assert "kosong.csv" in result.output


def test_the_plan_is_shown_without_doing_anything(reviu, ruang):
    folder = ruang.raw_of("12.18", 2024)
    folder.mkdir(parents=True)
    (folder / "rekap.csv").write_text("no;indikator;pembilang;penyebut;capaian\n1;A;1;2;50\n")
    result = reviu("laporan", "--coba", "--ruang", str(ruang.root))
    assert result.exit_code == 0
    assert "belum dibuat" in result.output
    assert list(ruang.reports.iterdir()) == []


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from reviu_lib.cli.app import cli\n"
        "try: cli(['laporan', '--help'], prog_name='reviu')\n"
        "except SystemExit: pass\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_an_unexpected_fault_is_one_line_and_a_log_without_values(tmp_path):
    code = (
        "import sys; from reviu_lib.cli import app\n"
        "app.speak_indonesian(); sys.excepthook = app._report_fault\n"
        "{}['KENARI ANAK UJI']"
    )
    make_ruang(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    log = (tmp_path / ".reviu" / "log" / "galat.log").read_text()
    assert done.returncode == 1
    assert "Galat: program berhenti tak terduga (KeyError" in done.stderr
    assert "KENARI" not in done.stderr + log
    assert "Traceback" not in done.stderr


def _finding(number):
    return {
        "kode": "T01", "tingkat": "galat", "berkas": "a.xlsx", "lembar": "cakupan",
        "sel": f"F{number}", "nilai": "[bold]1218010101209999\x1b[31m", "uraian": "Bukan angka.",
        "tindakan": "Dikosongkan.", "saran": "Isi angka.",
    }  # fmt: skip


def test_findings_show_five_examples_then_the_count_and_mask_what_they_quote():
    console = Console(width=120, record=True, markup=False)
    print_findings(console, pd.DataFrame([_finding(n) for n in range(12)]))
    text = console.export_text()
    assert text.count("Bukan angka") == 5
    assert "dan 7 temuan lain" in text
    assert "Jumlah: 12 galat, 0 peringatan, 0 catatan." in text
    assert "1218010101209999" not in text
    assert "[bold]" in text


def test_text_from_data_cannot_forge_terminal_lines():
    assert plain("a\n2024 INFO ok\x1b[2J") == "a 2024 INFO ok [2J"
