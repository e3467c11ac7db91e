"""Which counts are closed, held against an attacker that solves for them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from penyerang import Sel, Serangan, Sistem, recover

from reviu_lib.penyamaran import Keluarga, close_tree, compute_bounds
from reviu_lib.penyamaran.pohon import list_cara


def tree(kecamatan):
    """Return codes, numerators, denominators, and families of kecamatan given as their desa."""
    desa = {f"1.{k}.{d}": pair for k, part in enumerate(kecamatan) for d, pair in enumerate(part)}
    whole = {f"1.{k}": _total(part) for k, part in enumerate(kecamatan)}
    nodes = {"1": _total(whole.values()), **whole, **desa}
    places = {kode: place for place, kode in enumerate(nodes)}
    families = [
        Keluarga(places[kode], tuple(places[c] for c in nodes if c.rpartition(".")[0] == kode))
        for kode in ("1", *whole)
    ]
    top, rest = (np.array(column, float) for column in zip(*nodes.values(), strict=True))
    return list(nodes), top, top + rest, families


def _total(pairs):
    return tuple(map(sum, zip(*pairs, strict=True)))


def small(top, bottom):
    return (top < 5) | (bottom - top < 5) | (bottom < 10)


def close(top, bottom, families, lebar=5):
    caras = list_cara(top, bottom, lebar=lebar, terbit=False)
    return close_tree(caras, small(top, bottom), families, boleh=np.ones(len(top), bool))


def published(codes, top, bottom, closed):
    sel = {
        kode: Sel() if shut else Sel(x, n)
        for kode, x, n, shut in zip(codes, top, bottom, closed, strict=True)
    }
    return Sistem(sel)


pairs = st.tuples(st.integers(0, 12), st.integers(0, 12))
kecamatans = st.lists(st.lists(pairs, min_size=1, max_size=5), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(kecamatans)
def test_no_closed_count_can_be_told_to_within_five(kecamatan):
    codes, top, bottom, families = tree(kecamatan)
    closed = close(top, bottom, families)
    assert recover(published(codes, top, bottom, closed)) == {}


@settings(max_examples=40, deadline=None)
@given(kecamatans)
def test_nor_by_somebody_who_knows_every_denominator(kecamatan):
    codes, top, bottom, families = tree(kecamatan)
    closed = close(top, bottom, families)
    known = dict(zip(codes, bottom, strict=True))
    assert recover(published(codes, top, bottom, closed), tahu=known) == {}


@settings(max_examples=40, deadline=None)
@given(kecamatans)
def test_every_small_count_is_closed(kecamatan):
    _, top, bottom, families = tree(kecamatan)
    assert close(top, bottom, families)[small(top, bottom)].all()


@settings(max_examples=40, deadline=None)
@given(kecamatans)
def test_bounds_are_those_of_the_linear_programme(kecamatan):
    codes, top, bottom, families = tree(kecamatan)
    closed = small(top, bottom)
    low, high = compute_bounds(top, closed, families, np.full(len(top), 1e9))
    attack = Serangan(published(codes, top, bottom, closed))
    for kode, least, most in zip(codes, low, high, strict=True):
        told = attack.bounds(kode, "x")
        assert told[0] == pytest.approx(least, abs=1e-6)
        assert min(told[1], 1e9) == pytest.approx(most, abs=1e-6)


def test_closing_only_what_is_small_is_undone_by_subtraction():
    codes, top, bottom, families = tree([[(2, 30), (20, 10), (30, 20)], [(40, 40), (50, 50)]])
    closed = small(top, bottom)
    assert recover(published(codes, top, bottom, closed))["1.0.0", "x"] == (2, 2)
    assert recover(published(codes, top, bottom, close(top, bottom, families))) == {}


def test_the_smallest_sister_is_closed_and_no_more_than_is_needed():
    codes, top, bottom, families = tree([[(2, 30), (9, 12), (30, 20)], [(40, 40), (50, 50)]])
    closed = close(top, bottom, families)
    assert [kode for kode, shut in zip(codes, closed, strict=True) if shut] == ["1.0.0", "1.0.1"]


def test_sums_are_closed_when_all_their_parts_are():
    codes, top, bottom, families = tree([[(1, 9), (1, 9)], [(2, 30), (30, 40)], [(50, 50)]])
    closed = dict(zip(codes, close(top, bottom, families), strict=True))
    assert closed["1.0"]
    assert not closed["1"]


def test_a_table_without_small_counts_stays_open():
    _, top, bottom, families = tree([[(5, 5), (10, 12)], [(7, 8)]])
    assert not close(top, bottom, families).any()
