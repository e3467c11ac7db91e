"""The longest begin first, as far as is known."""

import pytest

from reviu_lib.batch import Pesanan
from reviu_lib.batch.plan import load_durations, save_durations, sort_longest_first
from reviu_lib.batch.plan.durations import expect_duration, name_duration

A, B, C = (Pesanan((kode,), 2024) for kode in ("12.18", "73.12", "19.06"))
FINAL = Pesanan(("12.18",), 2024, edisi="final")


def test_durations_are_kept_beside_those_of_other_reports(ruang):
    assert load_durations(ruang) == {}
    save_durations(ruang, {name_duration(A): 3.0})
    save_durations(ruang, {name_duration(B): 4.5})
    save_durations(ruang, {})
    assert load_durations(ruang) == {"rapat/12.18/2024": 3.0, "rapat/73.12/2024": 4.5}


@pytest.mark.parametrize("text", ["", "[]", '{"a": "x"}', '{"a": null}', "rusak"])
def test_a_damaged_note_of_durations_is_as_none(ruang, text):
    (ruang.rahasia / "durasi.json").write_text(text)
    assert load_durations(ruang) == {}


def test_a_report_is_expected_to_take_as_long_as_last_time_else_as_others_of_its_kind():
    known = {name_duration(A): 3.0, name_duration(B): 5.0}
    assert expect_duration(A, known) == 3.0
    assert expect_duration(C, known) == 4.0
    assert expect_duration(FINAL, known) is None


def test_the_longest_is_first_and_of_unknown_ones_the_largest_input(ruang):
    known = {name_duration(A): 3.0, name_duration(B): 9.0}
    assert sort_longest_first([A, B, C], known, ruang=ruang) == [B, C, A]
    (ruang.raw_of("73.12", 2024) / "b.csv").write_text("x" * 9999)
    assert sort_longest_first([A, B, C], {}, ruang=ruang) == [B, A, C]
