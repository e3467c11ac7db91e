"""Picture the first page of an example report: docs/gambar/laporan.png.

Usage: python scripts/make_screenshot.py [REPORT.html]; needs Chromium. Run `make demo` first.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "gambar" / "laporan.png"
REPORT = ROOT / "reports" / "2024" / "73.12" / "reviu-73.12-2024-rapat.html"
SIZE = (1280, 960)


def take_picture(report: Path, picture: Path) -> None:
    """Write a picture of the top of `report` as a browser without network shows it."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not installed.")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                chromium,
                "--headless=new",
                "--no-sandbox",
                "--hide-scrollbars",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                f"--user-data-dir={profile}",
                f"--window-size={SIZE[0]},{SIZE[1]}",
                f"--screenshot={picture}",
                report.resolve().as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    _shrink(picture)


def _shrink(picture: Path) -> None:
    from PIL import Image

    with Image.open(picture) as image:
        image.quantize(128).save(picture, optimize=True)


if __name__ == "__main__":
    take_picture(Path(sys.argv[1]) if len(sys.argv) > 1 else REPORT, PICTURE)
