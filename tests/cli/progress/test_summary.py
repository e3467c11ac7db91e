"""What remains on the screen: failures with all one needs, counts, and the exit code."""

import pytest
from rich.console import Console

from reviu_lib.batch import Luaran
from reviu_lib.cli.progress import print_summary
from reviu_lib.cli.progress.summary import exit_code


def _printed(outcomes, root, width=200):
    console = Console(width=width, record=True, markup=False, highlight=False, emoji=False)
    print_summary(console, outcomes, root)
    return console.export_text()


def _failed(root, **more):
    book = root / "reports/2024/12.10/reviu-12.10-2024-rapat-gagal.ipynb"
    return Luaran("laporan", "12.10", 2024, "gagal", "Notebook berhenti: kenari.",
                  "bagian “Anggaran”", "Perbaiki.", (book,), **more)  # fmt: skip


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        ((), 0),
        (("selesai", "dilewati"), 0),
        (("selesai", "gagal"), 1),
        (("gagal", "terhenti", "selesai"), 130),
    ],
)
def test_the_exit_code_says_how_the_run_ended(statuses, code):
    assert exit_code([Luaran("laporan", "12.10", 2024, status) for status in statuses]) == code


def test_a_failure_has_kode_year_section_message_remedy_and_its_notebook(tmp_path):
    text = _printed([_failed(tmp_path)], tmp_path)
    for part in ("12.10", "2024", "bagian “Anggaran”", "kenari", "Perbaiki.", "Jumlah: 1 gagal."):
        assert part in text
    joined = "".join(line.split("│")[-2].strip() for line in text.splitlines() if "│" in line)
    assert "reports/2024/12.10/reviu-12.10-2024-rapat-gagal.ipynb" in joined


def test_of_many_only_failures_and_notes_are_told_one_by_one(tmp_path):
    well = [Luaran("laporan", f"12.{n:02}", 2024, "dilewati") for n in range(1, 40)]
    noted = Luaran("laporan", "73.12", 2024, "selesai", catatan=("Disimpan.",))
    text = _printed([*well, noted, _failed(tmp_path)], tmp_path)
    assert "12.01/2024" not in text
    assert "Disimpan." in text
    assert "Jumlah: 1 selesai, 39 tidak berubah, dilewati, 1 gagal." in text


def test_an_interrupted_run_says_how_to_go_on(tmp_path):
    text = _printed([Luaran("laporan", "12.10", 2024, "terhenti")], tmp_path)
    assert "1 dihentikan" in text
    assert "Jalankan perintah yang sama" in text


def test_nothing_to_do_is_said_too(tmp_path):
    assert _printed([], tmp_path) == "Jumlah: tidak ada pekerjaan.\n"


def test_a_message_from_data_is_neither_markup_nor_control(tmp_path):
    item = Luaran("laporan", "12.10", 2024, "gagal", "[red]a[/red]\x1b[31m")
    assert "[red]a[/red] [31m" in _printed([item], tmp_path)
