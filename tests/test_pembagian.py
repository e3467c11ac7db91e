"""A process is given whole files, what takes longest first."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from pembagian import IKUT, LAMA, find_part, find_turn, make_scheduler

ROOT = Path(__file__).parent.parent
BERKAS = "tests/review/test_mutu.py"
SEMUA = [
    f"{BERKAS}::test_a[x/y::z]",
    "tests/batch/test_run.py::test_b",
    f"{BERKAS}::test_c",
    "tests/batch/test_pool.py::test_d",
]


@pytest.mark.parametrize("part", [*LAMA, *IKUT, *IKUT.values()])
def test_what_is_named_as_long_exists(part):
    assert (ROOT / part).exists()


def test_a_test_stays_with_its_file_and_a_long_folder_stays_whole():
    assert [find_part(item) for item in SEMUA] == [BERKAS, "tests/batch"] * 2


@pytest.mark.parametrize(("file", "with_file"), IKUT.items())
def test_a_file_that_asks_about_what_another_computes_stays_with_it(file, with_file):
    assert find_part(f"{file}::test_a") == find_part(f"{with_file}::test_b")


def test_a_folder_that_only_begins_like_a_long_one_is_another():
    assert find_part("tests/batch_lain/test_a.py::test_b") == "tests/batch_lain/test_a.py"


def test_long_parts_begin_in_their_order_and_the_rest_keeps_its_own():
    assert sorted(SEMUA, key=find_turn) == [SEMUA[1], SEMUA[3], SEMUA[0], SEMUA[2]]


def test_the_scheduler_deals_out_parts_in_the_order_of_collection():
    options = SimpleNamespace(loadscopereorder=True, tx=["popen"] * 2, maxschedchunk=None)
    config = SimpleNamespace(option=options, getvalue=options.__dict__.get)
    pytest.importorskip("xdist")
    scheduler = make_scheduler(config, None)
    assert [scheduler._split_scope(item) for item in SEMUA] == [find_part(item) for item in SEMUA]
    assert options.loadscopereorder is False
