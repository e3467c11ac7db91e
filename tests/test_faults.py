"""A fault is noted by kind and place; nothing of the data it had in hand is written."""

import re

import pytest

from reviu_lib.errors import RuangError
from reviu_lib.faults import describe_fault, record_fault

KENARI = "KENARI ANAK UJI 1200000101209999"


def _caught(error):
    try:
        raise error
    except type(error) as caught:
        return caught


def _fall(depth):
    if depth:
        _fall(depth - 1)
    raise LookupError(KENARI)


@pytest.mark.parametrize(
    "error",
    [ValueError(KENARI), KeyError(KENARI), RuangError(KENARI, di=KENARI), OSError(2, "x", KENARI)],
)
def test_neither_line_nor_log_quotes_the_message(tmp_path, error):
    caught = _caught(error)
    text = describe_fault(caught) + record_fault(caught, tmp_path / "log").read_text()
    assert "KENARI" not in text
    assert "1200000101209999" not in text
    assert type(error).__name__ in text


def test_the_line_names_kind_file_and_number(tmp_path):
    caught = _caught(ZeroDivisionError())
    number = caught.__traceback__.tb_lineno
    assert describe_fault(caught) == f"ZeroDivisionError di test_faults.py baris {number}"


def test_an_error_never_raised_has_a_kind_and_no_place(tmp_path):
    assert describe_fault(ValueError(KENARI)) == "ValueError"
    lines = record_fault(ValueError(KENARI), tmp_path).read_text().splitlines()
    assert len(lines) == 1


def test_the_log_holds_a_time_with_offset_and_every_frame_by_file_name_alone(tmp_path):
    with pytest.raises(LookupError) as caught:
        _fall(2)
    first, *frames = record_fault(caught.value, tmp_path).read_text().splitlines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d LookupError", first)
    assert [line.split()[1] for line in frames][-3:] == ["_fall"] * 3
    assert [line for line in frames if "/" in line] == []


def _fail_with_a_cause():
    try:
        raise KeyError(KENARI)
    except KeyError as inner:
        raise RuntimeError(KENARI) from inner


def test_the_chained_error_that_held_the_row_is_not_written(tmp_path):
    with pytest.raises(RuntimeError) as caught:
        _fail_with_a_cause()
    assert "KENARI" not in record_fault(caught.value, tmp_path).read_text()


def test_a_second_fault_is_added_below_the_first(tmp_path):
    for error in (ValueError(), TypeError()):
        path = record_fault(_caught(error), tmp_path / "log")
    kinds = [line.split()[1] for line in path.read_text().splitlines() if not line.startswith(" ")]
    assert kinds == ["ValueError", "TypeError"]


def test_the_log_and_its_folder_are_private(tmp_path):
    path = record_fault(_caught(ValueError()), tmp_path / "log")
    assert (path.name, path.stat().st_mode & 0o777) == ("galat.log", 0o600)
    assert path.parent.stat().st_mode & 0o777 == 0o700
