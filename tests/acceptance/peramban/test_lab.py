"""A real JupyterLab in a real browser without a network: first page, guide, explorer."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError, expect

from reviu_lib.batch import copy_notebooks, run_periksa
from reviu_lib.store import make_ruang

KUNCI = "kunci-uji"
SOPPENG = ("73.12", 2024)
MENUNGGU = 420  # seconds: a busy machine starts a server, a kernel, and a review
DIULANG = 4


@pytest.fixture(scope="module")
def ruang_lab(tmp_path_factory, contoh_raw):
    """A workspace with one checked kabupaten and year and the guide."""
    ruang = make_ruang(tmp_path_factory.mktemp("lab"))
    folder = ruang.raw_of(*SOPPENG)
    shutil.copytree(contoh_raw / folder.relative_to(ruang.raw), folder)
    copy_notebooks(ruang)
    run_periksa([SOPPENG], ruang=ruang)
    return ruang


@pytest.fixture(scope="module")
def alamat(peramban, ruang_lab, tmp_path_factory):
    """The address of JupyterLab as `reviu lab` starts it, with settings of its own."""
    place = tmp_path_factory.mktemp("jupyter")
    allowed = {"ServerApp": {"allow_root": True}}
    (place / "jupyter_server_config.json").write_text(json.dumps(allowed))
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    environment = {**os.environ, **dict.fromkeys(folders, str(place)), "JUPYTER_TOKEN": KUNCI}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = "from reviu_lib.cli import main; main()"
    command = [sys.executable, "-c", start, "lab", "--tanpa-peramban"]
    command += ["--port", str(port), "--ruang", str(ruang_lab.root)]
    log = (place / "log").open("w")
    server = subprocess.Popen(
        command, env=environment, stdout=log, stderr=log, start_new_session=True
    )
    yield wait_for(f"http://127.0.0.1:{port}", server)
    os.killpg(server.pid, signal.SIGTERM)
    server.wait(30)


def wait_for(address: str, server) -> str:
    """Return the address once the server answers."""
    for _ in range(MENUNGGU * 4):
        assert server.poll() is None, "JupyterLab berhenti sebelum siap"
        try:
            urllib.request.urlopen(f"{address}/api", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
        else:
            return address
    raise AssertionError("JupyterLab tidak menjawab")


@pytest.fixture(scope="module")
def halaman(peramban, alamat):
    """The one page of these tests, in order: first page, guide, explorer."""
    context = peramban.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(MENUNGGU * 1000)
    page.outside = []
    page.on("request", lambda request: page.outside.append(request.url))
    page.goto(f"{alamat}/?token={KUNCI}")
    yield page
    context.close()


def explorer(page):
    return page.locator(".reviu-jelajah")


def choose(page, daftar: str, label: str) -> None:
    explorer(page).locator(f".reviu-{daftar} select").select_option(label=label)


def run_all(page, prompt) -> None:
    """Run all cells; what a page that is still busy takes no note of is asked for again."""
    waiting = MENUNGGU * 1000 / DIULANG
    for _ in range(DIULANG):
        page.keyboard.press("Escape")  # a menu that an earlier try left open
        with suppress(AssertionError, TimeoutError):
            page.locator(".jp-Notebook h1").first.click(timeout=waiting)
            page.get_by_role("menuitem", name="Run", exact=True).click(timeout=waiting)
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click(timeout=waiting)
            expect(prompt).not_to_have_text("[ ]:", timeout=waiting)
            return
    raise AssertionError("JupyterLab tidak menjalankan sel")


def test_the_first_page_welcomes_and_leads_to_the_guide(halaman):
    welcome = halaman.locator(".jp-MarkdownViewer")
    expect(welcome.get_by_role("heading", name="Selamat datang di reviu")).to_be_visible()
    expect(welcome).to_contain_text("Kabupaten Soppeng (73.12), tahun 2024")
    welcome.get_by_role("link", name="Notebook penuntun").click()
    title = halaman.locator(".jp-Notebook h1", has_text="Mulai di sini")
    expect(title).to_be_visible(timeout=MENUNGGU * 1000)


def test_the_guide_runs_from_top_to_bottom_without_an_error(halaman):
    halaman.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
    cells = halaman.locator(".jp-CodeCell")
    run_all(halaman, cells.first.locator(".jp-InputArea-prompt"))
    last = cells.last.locator(".jp-InputArea-prompt")
    expect(last).to_have_text(re.compile(r"\[\d+\]:"), timeout=MENUNGGU * 1000)
    outputs = halaman.locator(".jp-OutputArea-output")
    mimes = outputs.evaluate_all("all => all.map(one => one.dataset.mimeType ?? '')")
    assert len(mimes) > 8
    assert [mime for mime in mimes if "error" in mime or "stderr" in mime] == []


def test_another_desa_changes_figure_and_sentence(halaman):
    sentence, figure = (explorer(halaman).locator(one) for one in (".bagian-kalimat p", "img"))
    expect(sentence).to_contain_text("Kabupaten Soppeng. Pada indikator")
    whole = figure.get_attribute("src")
    choose(halaman, "kecamatan", "Marioriwawo")
    expect(sentence).to_contain_text("Kecamatan Marioriwawo. Pada indikator")
    choose(halaman, "desa", "Labessi")
    expect(sentence).to_contain_text("Desa/kelurahan Labessi, Kecamatan Marioriwawo.")
    first, words = figure.get_attribute("src"), sentence.text_content()
    choose(halaman, "desa", "Watu")
    expect(sentence).to_contain_text("Desa/kelurahan Watu, Kecamatan Marioriwawo.")
    assert len({whole, first, figure.get_attribute("src")}) == 3
    assert sentence.text_content() != words
    expect(explorer(halaman).locator(".bagian-asal table")).to_contain_text("buku-kerja-73.12-2024")
    expect(explorer(halaman).locator(".bagian-gambar pre")).to_contain_text('tempat="73.12.01.')


def test_nothing_is_asked_for_beyond_this_machine(halaman, alamat):
    known = (alamat, alamat.replace("http", "ws"), "data:", "blob:")
    assert len(halaman.outside) > 10
    assert [url for url in halaman.outside if not url.startswith(known)] == []
