"""Chance and moments against plain arithmetic, and the strictness of the declarations."""

import re
from math import comb
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.catalog import read_toml
from reviu_lib.errors import DefinisiError
from reviu_lib.growth.quality.chance import (
    adjust_holm,
    compute_proportion_test,
    compute_uniformity,
    compute_upper_tail,
)
from reviu_lib.growth.quality.declarations import build_mutu, load_mutu
from reviu_lib.growth.quality.groups import Groups, compute_shape, sort_rows
from reviu_lib.growth.quality.plausibility import ENA


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 40), st.data(), st.floats(0.01, 0.99))
def test_the_upper_tail_is_the_sum_of_binomial_chances(n, data, chance):
    k = data.draw(st.integers(0, n))
    plain = sum(comb(n, i) * chance**i * (1 - chance) ** (n - i) for i in range(k, n + 1))
    found = compute_upper_tail(np.array([float(k)]), np.array([float(n)]), chance)
    assert found[0] == pytest.approx(plain, rel=1e-9, abs=1e-12)


def test_nothing_counted_has_no_chance():
    none = np.array([0.0])
    assert np.isnan(compute_upper_tail(none, none, 0.1)).all()
    assert np.isnan(compute_proportion_test(none, none, 0.5)[1]).all()
    assert np.isnan(compute_uniformity(np.zeros((1, 10)))[1]).all()


def test_yates_takes_off_at_most_the_whole_difference():
    square, p = compute_proportion_test(np.array([50.0, 60.0]), np.array([100.0, 100.0]), 0.5)
    assert square.tolist() == [0.0, 9.5**2 / 25]
    assert p[0] == 1


def test_holm_multiplies_step_by_step_within_a_family():
    p = pd.Series([0.01, 0.04, 0.03, np.nan, 0.02])
    family = pd.Series(["a", "a", "a", "a", "b"])
    adjusted = adjust_holm(p, family)
    assert adjusted.tolist()[:3] == pytest.approx([0.03, 0.06, 0.06])
    assert np.isnan(adjusted[3])
    assert adjusted[4] == 0.02


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_never_lowers_p_and_keeps_the_order(values):
    p = pd.Series(values)
    adjusted = adjust_holm(p, pd.Series("a", index=p.index))
    assert (adjusted >= p - 1e-12).all()
    assert (adjusted <= 1).all()
    assert adjusted[p.sort_values().index].is_monotonic_increasing


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 3), st.floats(-6, 6)), min_size=1, max_size=60))
def test_moments_of_groups_are_those_of_each_group_alone(rows):
    code, values = (np.array(part) for part in zip(*rows, strict=True))
    together = compute_shape(values, Groups(code, 4))
    for group in range(4):
        own = values[code == group]
        alone = compute_shape(own, Groups(np.zeros(len(own), dtype=np.int64), 1))
        for whole, part in zip(together, alone, strict=True):
            np.testing.assert_allclose(whole[group], part[0], rtol=1e-6, atol=1e-6)


def test_equal_values_have_no_spread():
    shape = compute_shape(np.array([1.1, 1.1, 1.1]), Groups(np.zeros(3, dtype=np.int64), 1))
    assert np.isnan([shape.sd[0], shape.skewness[0], shape.kurtosis[0]]).all()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=30))
def test_rows_are_sorted_by_key_and_then_by_ties(rows):
    key = np.array([row[0] for row in rows], dtype=np.int64)
    tie = np.array([row[1] for row in rows], dtype=float)
    order = sort_rows(key, (tie,))
    assert [rows[i] for i in order] == sorted(rows)


def changed(*path, value):
    data = read_toml("mutu.toml")
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("pemeriksaan", "ds", "skala"), "tidak_ada"),
        (("pemeriksaan", "ds", "ambag"), 3),
        (("pemeriksaan", "ds", "dampak"), "gawat"),
        (("skala", "ds", "dari"), [90.0, 80.0]),
        (("skala", "ds", "angka"), [100, 0]),
        (("batas", "alfa", "nilai"), "kecil"),
    ],
)
def test_a_mistake_in_the_declarations_is_an_error_that_names_the_file(path, value):
    with pytest.raises(DefinisiError, match=r"mutu\.toml"):
        build_mutu(changed(*path, value=value))


def test_every_declared_word_has_a_source_and_neutral_causes():
    mutu = load_mutu()
    for check in mutu.pemeriksaan.values():
        assert check.rujukan
        assert check.sebab
        assert check.tindakan.endswith(".")
        assert check.n_minimum >= 30 or check.kode == "ds"
    text = str(read_toml("mutu.toml")).lower()
    assert not any(word in text for word in ("manipulasi", "rekayasa", "lalai", "curang"))


def test_the_eight_tests_of_ena_have_points():
    mutu = load_mutu()
    for kode in ENA:
        assert len(mutu.scale_of(kode).poin) == 4


def test_a_check_that_names_places_has_a_chance_to_hold_it_against():
    for check in load_mutu().pemeriksaan.values():
        if check.pola:
            assert check.harapan_persen or check.kode.startswith("angka_akhir")
            assert check.dampak != "berat" or check.pola.n_minimum >= 30


def test_who_and_unicef_limits_that_were_not_read_are_marked_as_assumed():
    mutu = load_mutu()
    for skala in (*mutu.skala.values(), *mutu.pemeriksaan.values()):
        if "UNICEF" in skala.rujukan:
            assert skala.status == "asumsi"


def test_the_methods_quote_limits_with_their_value():
    text = (Path(__file__).parents[3] / "docs" / "metodologi.md").read_text("utf-8")
    quoted = re.findall(r"`batas\.([a-z_]+)` \((\d+(?:,\d+)?)\)", text)
    mutu = load_mutu()
    assert {name for name, _ in quoted} == set(mutu.batas)
    for name, value in quoted:
        assert mutu[name] == float(value.replace(",", ".")), name
