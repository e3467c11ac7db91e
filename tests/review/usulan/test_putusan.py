"""Decisions of the meeting: joined by id, kept as written, odd ones named."""

from __future__ import annotations

import pandas as pd
import pytest

from reviu_lib.review import review
from reviu_lib.review.pelaksanaan.aksi import compute_tindak_lanjut
from reviu_lib.review.usulan.putusan import add_putusan, find_orphans, find_unknown_words

from ..bahan_kecil import baris, make_bahan, make_konteks
from .test_rancangan import K1, draft
from .test_usulan_kegiatan import plan


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


ISIAN = "id_usulan putusan opd_disepakati tenggat_disepakati sumber_dana_disepakati uraian"
REK = "RK-CAK-E11|ditindaklanjuti|Bappeda|2025-03-01|APBD|Perbaiki cakupan"


def test_owner_deadline_and_fund_agreed_on_an_activity_hold_for_its_row_of_the_draft():
    agreed = baris(ISIAN, "UK-K1|ditindaklanjuti|Puskesmas|2025-03-31|BOK|Pemberian TTD")
    row = draft(plan(K1), putusan=agreed).loc["RR-K1"]
    assert row[["keadaan", "opd_disepakati", "sumber_dana_disepakati"]].tolist() == [
        "disepakati", "Puskesmas", "BOK",
    ]  # fmt: skip
    assert "tenggat 31 Maret 2025; sumber dana BOK" in row["perubahan"]


def test_the_row_of_the_draft_goes_before_its_activity():
    agreed = baris(ISIAN, "UK-K1|ditindaklanjuti|Puskesmas|-|-|-", "RR-K1|digabung|Dinkes|-|-|-")
    row = draft(plan(K1), putusan=agreed).loc["RR-K1"]
    assert (row["putusan"], row["opd_disepakati"]) == ("digabung", "Dinkes")


def test_minutes_alone_tell_next_year_what_to_ask_after():
    before = make_bahan(2023, putusan=baris(ISIAN, REK))
    row = compute_tindak_lanjut(make_konteks(make_bahan(), before)).iloc[0]
    assert row[["id", "rekomendasi", "opd_pj", "penilaian"]].tolist() == [
        "RK-CAK-E11", "Perbaiki cakupan", "Bappeda", "tidak dilaporkan",
    ]  # fmt: skip
    assert row["tenggat"] == pd.Timestamp("2025-03-01")


def test_folders_of_two_years_that_contradict_each_other_are_told_and_not_used():
    before = make_bahan(2023, putusan=baris(ISIAN, REK))
    other = baris(f"tahun {ISIAN}", f"2023|{REK.replace('|Bappeda', '|Dinkes')}")
    konteks = make_konteks(make_bahan(putusan=other), before)
    assert konteks.putusan_lalu.empty
    found = review(make_bahan(putusan=other), [before]).mutu_data.set_index("kode")
    assert found.loc["U05", "tingkat"] == "galat"
    assert "RK-CAK-E11" in found.loc["U05", "uraian"]
