"""The channel and the priority of a recommendation follow what fell short."""

from __future__ import annotations

import pandas as pd
import pytest

from reviu_lib.review.capaian.tren import is_worse
from reviu_lib.review.usulan.rekomendasi import (
    _choose_channel,
    _list_indicators,
    _priority,
)


@pytest.mark.parametrize(
    ("kurang", "flags", "expected"),
    [
        (False, [], ("memburuk", "desain layanan")),
        (True, [], ("tanpa_kegiatan", "perencanaan")),
        (True, [(True, True), (False, True)], ("anggaran", "penganggaran")),
        (True, [(True, True), (False, False)], ("output", "perencanaan")),
        (True, [(False, True), (False, False)], ("desain", "desain layanan")),
        (True, [(False, False)], ("desain", "desain layanan")),
    ],
)
def test_budget_is_the_channel_only_when_most_activities_lack_it(kurang, flags, expected):
    plan = [{"output": output, "anggaran": anggaran} for output, anggaran in flags]
    assert _choose_channel({"kurang": kurang}, plan) == expected


@pytest.mark.parametrize(
    ("kurang", "kategori", "tertinggal", "expected"),
    [
        (False, "Rendah", True, "rendah"),
        (True, "Rendah", False, "tinggi"),
        (True, "Sangat rendah", False, "tinggi"),
        (True, "Sedang", False, "sedang"),
        (True, "Sedang", True, "tinggi"),
    ],
)
def test_priority_is_high_for_a_low_class_or_a_worsening_shortfall(
    kurang, kategori, tertinggal, expected
):
    row = {"kurang": kurang, "kategori": kategori, "tertinggal": tertinggal}
    assert _priority(row) == expected


@pytest.mark.parametrize(
    ("arah", "status", "poin", "worse"),
    [
        ("naik", "turun", -1.0, True),
        ("naik", "naik", 1.0, False),
        ("turun", "naik", 1.0, True),
        ("turun", "turun", -1.0, False),
        ("naik", "tetap", 0.0, False),
        ("naik", "tidak dapat dibandingkan", None, False),
    ],
)
def test_worse_is_against_the_direction_of_the_indicator(arah, status, poin, worse):
    frame = pd.DataFrame({"arah": [arah], "status_tren": [status], "tren_poin": [poin]})
    assert is_worse(frame).tolist() == [worse]


@pytest.mark.parametrize(("count", "named"), [(1, True), (5, True), (6, False)])
def test_more_than_five_indicators_are_listed_by_code_alone(count, named):
    frame = pd.DataFrame({"kode_indikator": [f"E0{i}" for i in range(1, count + 1)]})
    text = _list_indicators(frame.assign(indikator="Nama"))
    assert ("Nama (E01)" in text) == named
    assert all(kode in text for kode in frame["kode_indikator"])
