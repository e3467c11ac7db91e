"""The list of findings on the screen says every value once."""

import io

import pandas as pd
import pytest
from rich.console import Console

from reviu_lib.cli.screen import print_findings
from reviu_lib.ingest.findings import Tempat, note, to_frame


def _screen(kode, nilai, **words):
    console = Console(file=io.StringIO(), width=400)
    place = Tempat("a.xlsx", "cakupan", "cakupan", "pembilang")
    print_findings(console, to_frame([note(kode, place, baris=[2], nilai=nilai, **words)]))
    return " ".join(console.file.getvalue().split())


@pytest.mark.parametrize("kode", ["N13", "N15", "N19", "N01"])
def test_a_value_that_the_sentence_names_is_not_repeated(kode):
    shown = _screen(kode, ["1,5"])
    assert shown.count("1,5") == 1
    assert "Tertulis" not in shown


def test_a_value_that_the_sentence_does_not_name_is_added():
    assert "Tertulis: 'KOLOM'." in _screen("T03", ["KOLOM"])


def test_a_finding_without_value_has_no_such_words():
    assert "Tertulis" not in _screen("K07", [])


def test_no_findings_are_one_sentence():
    console = Console(file=io.StringIO())
    print_findings(console, pd.DataFrame(to_frame([])))
    assert console.file.getvalue().strip() == "Tidak ada temuan."
