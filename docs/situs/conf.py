"""Sphinx settings: the guide as a site that opens from a folder, without a network."""

import re
from datetime import date
from importlib.metadata import version as installed

AWAL = "panduan/README"
DAFTAR = (AWAL, "keputusan/README")
TAUTAN = re.compile(r"\]\(([\w./-]+)\.md\)")
DI_LUAR = re.compile(r"\[([^]]+)\]\((?:\.\./)+((?:benchmarks/)?README\.md)[^)]*\)")

project = "reviu"
author = "Tim reviu"
copyright = f"{date.today().year}, {author}"
release = version = installed("reviu")
language = "id"
root_doc = AWAL
extensions = ["myst_parser"]
exclude_patterns = ["situs"]
myst_heading_anchors = 4
nitpicky = True
highlight_language = "none"

html_theme = "furo"
html_title = f"reviu {version}: panduan pemakai"
html_show_sphinx = False
html_copy_source = False
# A summary is fetched page by page, which a browser refuses for files opened from a folder.
html_show_search_summary = False
html_additional_pages = {"index": "awal.html"}
templates_path = ["."]


def name_outside(_app, _docname, content):
    """Name the files that are no part of the site, instead of linking to them."""
    content[0] = DI_LUAR.sub(r"\1 (`\2`)", content[0])


def add_toctree(_app, docname, content):
    """Turn each list of links of the first pages into a part of the side bar."""
    if docname in DAFTAR:
        parts = content[0].split("\n## ")
        content[0] = "\n## ".join(part + toctree(part) for part in parts)


def toctree(part):
    """Return the hidden toctree of one part: its heading, then its pages in order."""
    pages = "\n".join(dict.fromkeys(TAUTAN.findall(part)))
    heading = part.splitlines()[0].lstrip("# ")
    return f"\n```{{toctree}}\n:hidden:\n:caption: {heading}\n\n{pages}\n```\n" if pages else ""


def setup(app):
    """Hook both changes onto the reading of sources."""
    app.connect("source-read", name_outside)
    app.connect("source-read", add_toctree)
