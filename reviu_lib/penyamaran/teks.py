"""Free text that holds a small count of people."""

from __future__ import annotations

import re

import pandas as pd

from reviu_lib.catalog import Penyamaran


def find_counts(column: pd.Series, rules: Penyamaran) -> pd.Series:
    """Return which texts hold a number below the least count before a word for people."""
    small = range(int(rules["cacah_minimum"]))
    numbers = "|".join([*map(str, small), *map(re.escape, rules.teks.bilangan)])
    people = "|".join(map(re.escape, rules.teks.satuan_orang))
    pattern = rf"(?i)(?<![\w.,–-])(?:{numbers})\s+(?:\w+\s+)?(?:{people})\b"
    found: pd.Series = column.str.contains(pattern, regex=True).fillna(False).astype(bool)
    return found
