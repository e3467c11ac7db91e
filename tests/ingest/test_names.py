"""Names are masked alike whether they are known as written or as keyed numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviu_lib.ingest.identity import SidikNama, combine_names, mask_text, number_names

from .conftest import KUNCI

NAMA = st.text("abcde ", min_size=3, max_size=12).map(lambda text: " ".join(text.split()))


@given(st.frozensets(NAMA, max_size=20), NAMA)
def test_kept_names_answer_as_the_names_themselves(names, asked):
    kept = number_names(names, KUNCI)
    assert (asked in kept, len(kept)) == (asked in names, len(names))


@pytest.mark.parametrize("text", ["Data Kenari Dua Uji ganda", "Posyandu Mawar", "KENARI DUA"])
def test_a_text_is_masked_by_kept_names_as_by_written_ones(text):
    names = frozenset({"kenari dua uji", "kenari satu uji"})
    assert mask_text(text, number_names(names, KUNCI)) == mask_text(text, names)


def test_numbers_of_another_key_know_no_name():
    kept = number_names({"kenari dua uji"}, KUNCI)
    assert "kenari dua uji" not in SidikNama(kept.angka, b"kunci lain")


def test_names_stay_as_written_until_kept_ones_join_them():
    one, two = frozenset({"kenari satu"}), frozenset({"kenari dua"})
    assert combine_names([one, two], KUNCI) == one | two
    joined = combine_names([one, number_names(two, KUNCI)], KUNCI)
    assert ["kenari satu" in joined, "kenari dua" in joined, "kenari tiga" in joined] == [
        True, True, False]  # fmt: skip
    assert isinstance(joined, SidikNama)
