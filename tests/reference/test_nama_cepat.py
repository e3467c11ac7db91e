"""The short way for plain names gives what the long way gives."""

import unicodedata
from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from reviu_lib.reference import normalize_nama
from reviu_lib.reference.nama import _APOSTROPHES, _NOT_WORD, bound_likeness


def _long_way(text):
    plain = unicodedata.normalize("NFKC", text).lower().translate(_APOSTROPHES)
    return _NOT_WORD.sub(" ", plain).strip()


@given(st.one_of(st.text(max_size=20), st.text("aB1 _-'Kſ\u00a0", max_size=8)))
def test_every_text_is_compared_as_the_long_way_compares_it(text):
    assert normalize_nama(text) == _long_way(text)


@given(st.text("abé1 ", max_size=9), st.lists(st.text("abcé1 ", max_size=9), max_size=4))
def test_the_bound_is_never_below_the_likeness(name, others):
    exact = [SequenceMatcher(None, other, name, autojunk=False).ratio() for other in others]
    bounds = bound_likeness(name, tuple(others))
    assert all(bound >= ratio for bound, ratio in zip(bounds, exact, strict=True))


def test_names_without_a_common_letter_are_told_at_once():
    assert bound_likeness("abc", ("abc", "cab", "xyz", "")) == [1.0, 1.0, 0.0, 0.0]
