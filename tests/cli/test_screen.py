"""What a run prints: one line per unit, findings in order of gravity, data never as markup."""

import pandas as pd
import pytest
from rich.console import Console

from reviu_lib.batch import Luaran, Rencana
from reviu_lib.cli.screen import (
    make_console,
    print_findings,
    print_outcomes,
    print_plan,
)

NIK = "1200000101209999"


def _console():
    return Console(width=160, record=True, markup=False, highlight=False, emoji=False)


def _printed(show, *args):
    console = _console()
    show(console, *args)
    return console.export_text()


def _temuan(*rows):
    """Return findings from (kode, tingkat, uraian) with empty other columns."""
    empty = dict.fromkeys(("berkas", "lembar", "sel", "nilai", "tindakan", "saran"), pd.NA)
    return pd.DataFrame(
        [empty | dict(zip(("kode", "tingkat", "uraian"), row, strict=True)) for row in rows],
        columns=["kode", "tingkat", "uraian", *empty],
    )


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("selesai", "✓ 12.10/2024  selesai"),
        ("dilewati", "= 12.10/2024  tidak berubah, dilewati"),
        ("gagal", "✗ 12.10/2024  GAGAL"),
    ],
)
def test_each_ending_has_a_sign_and_a_word(status, line):
    assert _printed(print_outcomes, [Luaran("laporan", "12.10", 2024, status)]).strip() == line


def test_a_failure_is_told_with_place_and_remedy_and_notes_below():
    item = Luaran(
        "laporan", "12.10", 2024, "gagal", "Rusak.", "a.xlsx", "Ganti.", (), ("Disimpan.",)
    )
    assert [line.rstrip() for line in _printed(print_outcomes, [item]).splitlines()[1:]] == [
        "    Rusak.", "    Di: a.xlsx", "    Lakukan: Ganti.", "    Disimpan.",
    ]  # fmt: skip


def test_what_is_empty_takes_no_line():
    text = _printed(print_outcomes, [Luaran("laporan", "12.10", 2024, "gagal", "Rusak.")])
    assert len(text.splitlines()) == 2
    assert _printed(print_outcomes, []) == ""


@pytest.mark.parametrize("text", ["[red]merah[/red]", ":smile:", "a\x1b[31m", "a\nGalat: palsu"])
def test_a_message_from_data_is_neither_markup_nor_control(text):
    told = _printed(print_outcomes, [Luaran("laporan", "12.10", 2024, "gagal", text)])
    assert text.translate({27: " ", 10: " "}) in told
    assert len(told.splitlines()) == 2


def test_the_plan_says_of_each_step_whether_and_why_it_is_due():
    text = _printed(
        print_plan,
        [Rencana("periksa", "12.10", 2024, "data berubah"), Rencana("laporan", "12.18", 2021, "")],
    )
    assert "dikerjakan: data berubah" in text
    assert "tidak berubah, dilewati" in text
    assert text.index("12.10/2024") < text.index("12.18/2021")


def test_no_findings_are_said_in_a_sentence():
    assert _printed(print_findings, _temuan()).strip() == "Tidak ada temuan."


def test_the_gravest_findings_come_first_whatever_their_order():
    rows = [("A", "catatan", "ketiga"), ("B", "galat", "pertama"), ("C", "peringatan", "kedua")]
    text = _printed(print_findings, _temuan(*rows))
    assert text.index("pertama") < text.index("kedua") < text.index("ketiga")
    assert "Jumlah: 1 galat, 1 peringatan, 1 catatan." in text


@pytest.mark.parametrize(("count", "rest"), [(5, None), (6, "1"), (1205, "1.200")])
def test_five_of_a_kind_are_shown_and_the_rest_counted(count, rest):
    text = _printed(print_findings, _temuan(*[("K", "galat", "sama")] * count))
    assert text.count("sama") == 5
    assert ("temuan lain jenis K" in text) == (rest is not None)
    assert rest is None or f"dan {rest} temuan lain jenis K" in text


def test_kinds_are_counted_apart_within_one_level():
    rows = [("A", "galat", "satu")] * 6 + [("B", "galat", "dua")] * 7
    text = _printed(print_findings, _temuan(*rows))
    assert "dan 1 temuan lain jenis A" in text
    assert "dan 2 temuan lain jenis B" in text


def test_missing_parts_of_a_finding_are_blank_and_never_nan():
    text = _printed(print_findings, _temuan(("A", "galat", "Kosong.")))
    assert not {"nan", "<NA>", "None", "Tertulis"} & set(text.replace(".", " ").split())


@pytest.mark.parametrize("column", ["berkas", "nilai", "uraian", "tindakan", "saran"])
def test_identity_is_masked_in_every_part_of_a_finding(column):
    frame = _temuan(("A", "galat", "x")).assign(**{column: f"lihat {NIK}"})
    assert NIK not in _printed(print_findings, frame)


def test_the_console_has_room_where_there_is_no_terminal(capsys):
    make_console().print("x" * 110)
    assert capsys.readouterr().out == "x" * 110 + "\n"
