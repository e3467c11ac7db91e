"""A run is seen while it works: which stage, how many, how long still."""

import pytest
from rich.console import Console
from rich.progress import Task

from reviu_lib.batch import Kabar
from reviu_lib.cli.progress import Kemajuan
from reviu_lib.cli.progress.bar import describe_seconds, estimate_rest


def _hear(*news, terminal=False):
    console = Console(width=100, record=True, force_terminal=terminal, markup=False)
    with Kemajuan(console) as kemajuan:
        for kabar in news:
            kemajuan(kabar)
        return console.export_text(), kemajuan


def test_without_a_terminal_each_beginning_and_ending_is_one_line():
    text, kemajuan = _hear(
        Kabar("mulai", "12.10", 2024),
        Kabar("tahap", "12.10", 2024, "Anggaran"),
        Kabar("selesai", "12.10", 2024),
    )
    assert text.splitlines() == ["… 12.10/2024 dimulai", "✓ 12.10/2024 selesai"]
    assert kemajuan.running == {}


def test_skipped_units_say_nothing_and_count_for_nothing():
    text, kemajuan = _hear(Kabar("dilewati", "12.10", 2024), Kabar("gagal", "12.18", 2024))
    assert text.splitlines() == ["✗ 12.18/2024 GAGAL"]
    assert kemajuan.progress.tasks[0].completed == 1


def test_of_a_plan_each_ending_says_how_long_it_took_and_how_many_are_left():
    text, _ = _hear(
        Kabar("rencana", "", 0, pekerjaan="laporan", jumlah=3, detik=90.0),
        Kabar("mulai", "12.10", 2024, pekerjaan="laporan", nama="rapat"),
        Kabar("selesai", "12.10", 2024, pekerjaan="laporan", nama="rapat", detik=12.0),
        Kabar("gagal", "12.18", 2024, pekerjaan="notebook", nama="notebook desa", detik=61.0),
    )
    lines = text.splitlines()
    assert lines[:2] == ["Laporan: 3 dikerjakan, sekitar 2 menit", "… 12.10/2024 dimulai"]
    assert lines[2].startswith("✓ 12.10/2024 selesai (12 detik; 1 dari 3; sisa sekitar ")
    assert lines[3].startswith("✗ 12.18/2024 notebook desa GAGAL (1 menit; 2 dari 3; sisa")


def test_checks_are_a_phase_of_their_own():
    _, kemajuan = _hear(
        Kabar("rencana", "", 0, pekerjaan="periksa", jumlah=2),
        Kabar("selesai", "12.10", 2024, pekerjaan="periksa"),
        Kabar("selesai", "12.18", 2024, pekerjaan="periksa"),
        Kabar("rencana", "", 0, pekerjaan="laporan", jumlah=5),
        Kabar("selesai", "12.10", 2023, pekerjaan="periksa"),
    )
    total = kemajuan.progress.tasks[0]
    assert (total.description, total.completed, total.total) == ("Laporan", 0, 5)


def test_a_phase_without_work_is_not_announced():
    assert _hear(Kabar("rencana", "", 0, pekerjaan="periksa", jumlah=0))[0] == ""


@pytest.mark.parametrize(
    ("completed", "elapsed", "expected", "rest"),
    [(0, 10, 100, 90), (0, 200, 100, 0), (0, 10, 0, None), (1, 10, 0, 30), (4, 40, 0, 0)],
)
def test_the_rest_is_foreseen_from_last_time_and_then_from_the_pace(
    completed, elapsed, expected, rest
):
    task = Task(1, "Laporan", 4, completed, lambda: elapsed, fields={"perkiraan": expected})
    task.start_time = 0.0
    assert estimate_rest(task) == rest


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 detik"),
        (59.4, "59 detik"),
        (90, "2 menit"),
        (3600, "1 jam"),
        (5400, "1 jam 30 menit"),
    ],
)
def test_a_duration_is_said_as_one_would(seconds, words):
    assert describe_seconds(seconds) == words


def test_what_is_begun_again_after_a_fault_of_the_machine_is_told():
    assert _hear(Kabar("ulang", "12.10", 2024, "Proses mati."))[0] == (
        "↻ 12.10/2024 diulang: Proses mati.\n"
    )


def test_the_stage_that_runs_is_shown_beside_its_unit():
    _, kemajuan = _hear(
        Kabar("mulai", "12.10", 2024),
        Kabar("tahap", "12.10", 2024, "Anggaran\x1b[2J"),
        terminal=True,
    )
    assert kemajuan.progress.tasks[-1].description == "12.10/2024: Anggaran [2J"


def test_a_stage_of_a_unit_that_never_began_and_unknown_news_are_no_fault():
    assert _hear(Kabar("tahap", "1", 1, "x"), Kabar("entah", "1", 1, "x"))[0] == ""


def test_notes_are_shown_as_one_plain_line():
    assert _hear(Kabar("catatan", "", 0, "kunci\ndiambil [alih]"))[0] == "kunci diambil [alih]\n"
