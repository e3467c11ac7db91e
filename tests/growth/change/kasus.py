"""The hand-worked cases of tests/cases/statistik.toml, and how their answers are compared."""

import math
import tomllib
from pathlib import Path

import pytest

from reviu_lib.formatting import round_half_up

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "statistik.toml").read_text(encoding="utf-8")
)


def cases(kind):
    return pytest.mark.parametrize("case", CASES[kind], ids=lambda case: case["kode"])


def shown(value):
    """Return a number as printed with two decimals; '' when it is missing."""
    return "" if math.isnan(value) else float(round_half_up(float(value), 2))
