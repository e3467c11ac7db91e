"""docs/metodologi.md names the thresholds and findings the review really uses."""

from __future__ import annotations

import re
from pathlib import Path

from reviu_lib.catalog import load_ambang, load_aturan_banding, load_penyamaran
from reviu_lib.review.kamus import load_temuan_reviu
from reviu_lib.review.usulan.kegiatan import _RULES

ROOT = Path(__file__).parents[2]
TEKS = (ROOT / "docs" / "metodologi.md").read_text("utf-8")


def test_every_threshold_named_in_the_text_exists():
    named = set(re.findall(r"`([a-z_]+_(?:persen|poin|minimum|rekap))`", TEKS))
    assert named
    declared = {**load_ambang().angka, **load_aturan_banding().angka, **load_penyamaran().angka}
    assert named <= set(declared)


def test_thresholds_are_quoted_with_their_value():
    ambang = load_ambang()
    for name, value in re.findall(r"`([a-z_]+)` \((\d+(?:,\d+)?)\)", TEKS):
        if name in ambang.angka:
            assert ambang[name] == float(value.replace(",", ".")), name


def test_every_finding_named_in_the_text_exists():
    assert set(re.findall(r"\b[RU]\d\d\b", TEKS)) <= set(load_temuan_reviu())


def test_the_table_of_proposals_uses_the_words_of_the_rules():
    rows = re.findall(r"^\| \d+ \|.*\| ([^|]+) \|$", TEKS, flags=re.MULTILINE)
    assert {word.strip() for word in rows} == set(_RULES.values())
