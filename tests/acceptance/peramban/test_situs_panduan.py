"""The guide opened from its folder in a browser without a network: start page, side bar, search."""

from urllib.parse import urlsplit

import pytest


@pytest.fixture
def awal(buka, situs):
    """The start page, after it led to the list of contents."""
    lembar = buka(situs / "index.html")
    lembar.page.wait_for_url("**/panduan/README.html")
    return lembar


def test_the_start_page_leads_to_the_contents_with_every_part_beside_it(awal):
    captions = awal.page.locator(".sidebar-tree .caption-text").all_inner_texts()
    assert [text.lower() for text in captions[:2]] == ["memulai", "menyiapkan data"]


def test_a_word_is_found_without_a_network(awal, situs):
    awal.page.goto(f"{(situs / 'search.html').as_uri()}?q=lokus")
    awal.page.locator("ul.search li a").nth(5).wait_for()  # they come one after another
    outside = [url for url in awal.permintaan if urlsplit(url).scheme not in ("file", "data")]
    assert (outside, awal.keluhan) == ([], [])


def test_a_page_of_the_guide_asks_for_files_alone(buka, situs):
    lembar = buka(situs / "panduan" / "satu-jam.html", lebar="ponsel")
    assert {urlsplit(url).scheme for url in lembar.permintaan} <= {"file", "data"}
    assert lembar.keluhan == []
