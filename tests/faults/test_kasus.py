"""The table of faults is whole: every case has a test that exists, or trials of its own."""

import re
from pathlib import Path

import pytest

from .kasus import BANYAK, MENJAGA, Hasil, Kasus, list_tests, load_cases, print_rows

ROOT = Path(__file__).parents[2]
CASES = load_cases()
_TANDA = re.compile(r'gangguan\("(F\d+)"|^    "[^"]+": \("(F\d+)"', re.M)


def _tried_here():
    """Return the cases that have trials of their own."""
    texts = [path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py")]
    return {one or two for text in texts for one, two in _TANDA.findall(text)}


def test_every_case_is_declared_once_and_in_order():
    assert list(CASES) == [f"F{number}" for number in range(1, BANYAK + 1)]
    assert {kasus.menjaga for kasus in CASES.values()} == set(MENJAGA)


def test_every_case_has_a_test_or_trials_of_its_own():
    assert [
        kode for kode, kasus in CASES.items() if not kasus.uji and kode not in _tried_here()
    ] == []
    assert _tried_here() <= set(CASES)


@pytest.mark.parametrize("test", list_tests(CASES.values()))
def test_every_test_that_is_named_exists(test):
    path, _, name = test.partition("::")
    assert f"\ndef {name}(" in (ROOT / path).read_text("utf-8")


@pytest.mark.parametrize(
    ("menjaga", "outcome", "lost", "expected"),
    [
        ("data", "passed", 0, (0, 0, "baik")),
        ("data", "failed", 0, (1, 0, "RUSAK")),
        ("data", "failed", 3, (3, 0, "RUSAK")),
        ("rahasia", "failed", 0, (0, 1, "RUSAK")),
        ("sistem", "failed", 0, (0, 0, "RUSAK")),
        ("sistem", "passed", 2, (2, 0, "RUSAK")),
        ("data", "skipped", 0, (0, 0, "lewat")),
    ],
)
def test_a_failure_is_a_loss_or_a_leak_of_what_the_case_guards(menjaga, outcome, lost, expected):
    hasil = Hasil()
    hasil.add(Kasus("F1", "x", menjaga), outcome, lost=lost)
    assert (hasil.hilang, hasil.bocor, hasil.kata) == expected


def test_what_was_not_tried_is_said_so():
    *_, last = print_rows({"F1": Hasil()}, {"F1": Kasus("F1", "x", "data")})
    assert last.endswith("belum 1")
