"""Pages opened in a real Chromium that has no network but this machine."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
LEBAR = {"meja": (1280, 900), "ponsel": (360, 740)}


@pytest.fixture(scope="session")
def peramban():
    if CHROMIUM is None:
        pytest.skip("chromium tidak terpasang")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=60_000)  # a long page on a busy machine
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        yield browser
        browser.close()


class Lembar:
    """One open page with what it asked for and complained of."""

    def __init__(self, browser, path: Path, *, lebar: str, javascript: bool = True) -> None:
        width, height = LEBAR[lebar]
        self.konteks = browser.new_context(
            viewport={"width": width, "height": height},
            offline=True,
            java_script_enabled=javascript,
        )
        self.page = self.konteks.new_page()
        self.permintaan: list[str] = []
        self.keluhan: list[str] = []
        self.page.on("request", lambda request: self.permintaan.append(request.url))
        self.page.on("console", lambda message: self.keluhan.append(message.text))
        self.page.on("pageerror", lambda error: self.keluhan.append(str(error)))
        self.page.goto(path.resolve().as_uri())

    @property
    def permintaan_luar(self) -> list[str]:
        """Requests for anything but the file itself and the pictures inside it."""
        return [url for url in self.permintaan[1:] if not url.startswith("data:")]


@pytest.fixture
def buka(peramban):
    """Return a function that opens a file; everything is closed after the test."""
    opened = []

    def open_page(path: Path, *, lebar: str = "meja", javascript: bool = True) -> Lembar:
        opened.append(Lembar(peramban, path, lebar=lebar, javascript=javascript))
        return opened[-1]

    yield open_page
    for lembar in opened:
        lembar.konteks.close()
