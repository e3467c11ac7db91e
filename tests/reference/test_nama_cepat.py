"""The short way for plain names gives what the long way gives."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from reviu_lib.reference import normalize_nama
from reviu_lib.reference.nama import _APOSTROPHES, _NOT_WORD


def _long_way(text):
    plain = unicodedata.normalize("NFKC", text).lower().translate(_APOSTROPHES)
    return _NOT_WORD.sub(" ", plain).strip()


@given(st.one_of(st.text(max_size=20), st.text("aB1 _-'Kſ\u00a0", max_size=8)))
def test_every_text_is_compared_as_the_long_way_compares_it(text):
    assert normalize_nama(text) == _long_way(text)
