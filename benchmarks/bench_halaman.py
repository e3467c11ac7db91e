"""Our page beside that of `jupyter nbconvert --to html` of the same executed notebook.

Usage: python benchmarks/bench_halaman.py [NOTEBOOK.ipynb] [--putaran N]; needs Chromium.
Run `make demo` first. Both pages are opened from disk without network. Medians of N rounds that
alternate; barriers are those axe-core finds for WCAG 2.2 AA on the whole page.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from axe_playwright_python.sync_playwright import Axe
from nbconvert.exporters.html import HTMLExporter
from playwright.sync_api import Browser, sync_playwright

from reviu_lib.report import ReviuExporter

ROOT = Path(__file__).parent.parent
NOTEBOOK = ROOT / "reports" / "2024" / "73.12" / "reviu-73.12-2024-rapat.ipynb"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CARA: dict[str, Callable[[], Any]] = {"reviu": ReviuExporter, "nbconvert html": HTMLExporter}


def export(cara: str, notebook: Path, folder: Path) -> tuple[Path, float]:
    """Write the page of one exporter and return it with the CPU seconds it took."""
    nb = nbformat.read(notebook, as_version=4)
    exporter = CARA[cara]()
    start = time.process_time()
    html, _ = exporter.from_notebook_node(nb)
    seconds = time.process_time() - start
    path = folder / f"{cara.replace(' ', '-')}.html"
    path.write_text(html, encoding="utf-8")
    return path, seconds


def open_page(browser: Browser, path: Path) -> dict[str, float]:
    """Return milliseconds until loaded, requests beyond the file, complaints, overflow."""
    page = browser.new_context(viewport={"width": 360, "height": 740}, offline=True).new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(path.resolve().as_uri())
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()
    outside = [url for url in requests[1:] if not url.startswith("data:")]
    return {"muat_md": loaded, "permintaan": len(outside), "keluhan": len(complaints),
            "lebar_360": wide}  # fmt: skip


def count_barriers(browser: Browser, path: Path) -> dict[str, float]:
    """Return rules broken and places where, and the sheets of A4 it prints on."""
    page = browser.new_context(offline=True).new_page()
    page.goto(path.resolve().as_uri())
    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    page.context.close()
    return {
        "aturan_dilanggar": len(found),
        "tempat": sum(len(one["nodes"]) for one in found),
        "lembar_a4": len(re.findall(rb"/Type\s*/Page\b", paper)),
    }


def main() -> None:
    """Print one line per measure with both pages beside each other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebook", nargs="?", type=Path, default=NOTEBOOK)
    parser.add_argument("--putaran", type=int, default=5)
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not installed.")
    told: dict[str, dict[str, list[float]]] = {cara: {} for cara in CARA}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for place in range(options.putaran):
            for cara, measures in told.items():
                path, seconds = export(cara, options.notebook, Path(folder))
                facts = {"bita": path.stat().st_size, "susun_detik": seconds}
                facts |= open_page(browser, path)
                if place == 0:
                    facts |= count_barriers(browser, path)
                for name, value in facts.items():
                    measures.setdefault(name, []).append(value)
        browser.close()
    print(f"{'':18s}" + "".join(f"{cara:>18s}" for cara in told))
    for name in told["reviu"]:
        cells = (statistics.median(measures[name]) for measures in told.values())
        print(f"{name:18s}" + "".join(f"{value:18,.2f}" for value in cells))


if __name__ == "__main__":
    main()
