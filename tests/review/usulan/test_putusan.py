"""Decisions of the meeting: joined by id, kept as written, odd ones named."""

from __future__ import annotations

import pandas as pd
import pytest

from reviu_lib.review.usulan.putusan import add_putusan, find_orphans, find_unknown_words

from ..bahan_kecil import baris


def decided(*rows: str) -> pd.DataFrame:
    return baris("id_usulan putusan catatan_putusan", *rows).astype("string")


def test_the_last_decision_stands_and_a_proposal_without_one_is_empty():
    frame = pd.DataFrame({"id_usulan": ["UK-1", "UK-2"]})
    rows = decided("UK-1|selesai|Awal", "UK-1|digabung|=cmd", "UK-9|selesai|-")
    found = add_putusan(frame, rows)
    assert found.loc[0, ["putusan", "catatan_putusan"]].tolist() == ["digabung", "=cmd"]
    assert found.loc[1, ["putusan", "catatan_putusan"]].isna().all()


def test_a_decision_without_a_proposal_is_an_orphan():
    rows = decided("UK-1|selesai|-", "UK-9|selesai|-", "-|selesai|-")
    assert find_orphans(rows, ["UK-1"]) == ["UK-9"]


@pytest.mark.parametrize(
    ("id_usulan", "word", "known"),
    [
        ("UK-1", "ditindaklanjuti", True),
        ("UK-1", "  Usul Dihapus ", True),
        ("UK-1", "diusulkan lokus", False),
        ("UL-1", "diusulkan lokus", True),
        ("UL-1", "digabung", False),
        ("RK-1", "setuju", False),
        ("RK-1", "-", True),
    ],
)
def test_a_word_must_be_in_the_list_of_its_kind_of_proposal(id_usulan, word, known):
    rows = pd.DataFrame(
        {"id_usulan": [id_usulan], "putusan": [None if word == "-" else word]}, dtype="string"
    )
    assert find_unknown_words(rows) == ([] if known else [f"{id_usulan}: {word}"])
