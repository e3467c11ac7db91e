"""Picture the pages of the example at three sizes: docs/gambar/*.png.

Usage: python scripts/make_screenshot.py; needs Chromium. Run `make demo` first.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "gambar"
REPORT = ROOT / "reports" / "2024" / "73.12" / "reviu-73.12-2024-rapat.html"
INDEX = ROOT / "reports" / "index.html"
# Name of the picture: the page, its width and height, where on the page it begins.
SHOWN: dict[str, tuple[Path, tuple[int, int], str]] = {
    "laporan": (REPORT, (1280, 960), ""),
    "laporan-ponsel": (REPORT, (360, 740), "#bab-iv-capaian-cakupan-layanan-keluaran-1-bagian-a"),
    "laporan-proyektor": (REPORT, (1920, 1080), "#gambar-11"),
    "indeks": (INDEX, (1280, 720), ""),
    "indeks-ponsel": (INDEX, (360, 740), ""),
}


def take_picture(browser: Browser, name: str) -> None:
    """Write one picture as a browser without network shows the page."""
    page, (width, height), place = SHOWN[name]
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    tab = context.new_page()
    tab.goto(page.resolve().as_uri() + place)
    tab.wait_for_timeout(500)  # the contents mark the chapter a moment after the jump
    picture = PICTURES / f"{name}.png"
    tab.screenshot(path=picture)
    context.close()
    with Image.open(picture) as image:
        image.quantize(128).save(picture, optimize=True)


def main() -> None:
    """Write every picture."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not installed.")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name in SHOWN:
            take_picture(browser, name)
        browser.close()


if __name__ == "__main__":
    main()
