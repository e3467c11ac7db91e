"""The guide as a site: built in strict mode, complete, and readable without a network."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
BAWAAN = re.compile(r"url\(\s*['\"]?(?!data:|['\"]?#)([^'\")]+)|@import\s+['\"]([^'\"]+)")


def _pages(folder):
    return {
        path: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in folder.rglob("*.html")
    }


def test_every_document_is_a_page_of_the_site(situs):
    ours = {path.relative_to(DOCS).with_suffix(".html") for path in DOCS.rglob("*.md")}
    assert ours <= {path.relative_to(situs) for path in situs.rglob("*.html")}


def test_a_page_loads_nothing_from_a_network(situs):
    outside = [
        (path.name, item)
        for path, soup in _pages(situs).items()
        for item in soup.select("script[src], img[src], iframe[src], link[href]")
        if urlsplit(item.get("src") or item.get("href")).netloc
        if "canonical" not in (item.get("rel") or ())
    ]
    assert outside == []


def test_a_style_sheet_loads_nothing_from_a_network(situs):
    sheets = situs.rglob("*.css")
    loaded = [a or b for path in sheets for a, b in BAWAAN.findall(path.read_text("utf-8"))]
    assert [name for name in loaded if urlsplit(name).netloc] == []


def test_links_between_pages_open_from_the_folder_itself(situs):
    pages = _pages(situs)
    for path, soup in pages.items():
        links = [unquote(urlsplit(item["href"]).path) for item in soup.select("a[href]")
                 if not urlsplit(item["href"]).scheme]  # fmt: skip
        assert [link for link in links if link and not (path.parent / link).is_file()] == [], path


def test_the_search_reads_its_index_as_a_script_not_over_a_network(situs):
    assert (situs / "searchindex.js").read_text("utf-8").startswith("Search.setIndex(")


def test_every_page_of_the_guide_stands_in_its_list_of_contents():
    listed = re.findall(r"\]\(([\w/-]+\.md)\)", (DOCS / "panduan" / "README.md").read_text("utf-8"))
    pages = [p.relative_to(DOCS / "panduan").as_posix() for p in DOCS.glob("panduan/**/*.md")]
    assert sorted(listed) == sorted(set(pages) - {"README.md"})
