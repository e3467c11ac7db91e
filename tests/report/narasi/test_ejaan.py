"""Spelling of the narrative, with hunspell-id and the field's own words."""

import re
from pathlib import Path

import pytest
from contoh_hasil import plain, without_recorded
from test_narasi import KEADAAN, tell

KAMUS = Path("/usr/share/hunspell/id_ID")
ISTILAH = Path(__file__).parents[2] / "cases" / "istilah.txt"
# Names and words that come from a table of the data are not ours to spell.
_DARI_DATA = re.compile(r'<data [^>]*data-asal="(?!definisi)[^"]*"[^>]*>[^<]*</data>')


def load_istilah() -> set[str]:
    lines = ISTILAH.read_text(encoding="utf-8").splitlines()
    return {line.strip().lower() for line in lines if line.strip() and not line.startswith("#")}


def list_words() -> set[str]:
    """Return every word of the narrative, hyphenated and slashed words in their parts."""
    pages = [
        without_recorded(alinea)
        for keadaan in KEADAAN
        for paragraphs in tell(keadaan).values()
        for alinea in paragraphs
    ]
    text = plain(_DARI_DATA.sub(" ", " ".join(pages)))
    return set(re.findall(r"[A-Za-zÀ-ÿ]{2,}", text))


@pytest.fixture(scope="module")
def kamus():
    spylls = pytest.importorskip("spylls.hunspell", reason="spylls belum terpasang")
    if not KAMUS.with_suffix(".dic").exists():
        pytest.skip("kamus hunspell-id tidak ada di /usr/share/hunspell")
    return spylls.Dictionary.from_files(str(KAMUS))


def test_every_word_of_the_narrative_is_spelled_as_in_the_dictionary(kamus) -> None:
    words = {word.lower() for word in list_words()} - load_istilah()
    unknown = [word for word in sorted(words) if not kamus.lookup(word)]
    # Months, places, and abbreviations stand in the dictionary with capitals only.
    forms = (str.capitalize, str.upper)
    assert [word for word in unknown if not any(kamus.lookup(form(word)) for form in forms)] == []


def test_a_typing_error_is_found(kamus) -> None:
    assert not kamus.lookup("realisai")
    assert "realisai" not in load_istilah()


def test_the_word_list_is_sorted_and_has_no_doubles() -> None:
    lines = ISTILAH.read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if line and not line.startswith("#")]
    assert words == sorted({word.lower(): word for word in words}.values(), key=str.lower)
