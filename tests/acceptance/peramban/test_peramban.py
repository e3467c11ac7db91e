"""The finished pages in a real browser: from disk, by keyboard, on a phone, on paper."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from playwright.sync_api import expect

HALAMAN = {
    "laporan": "2024/73.12/reviu-73.12-2024-rapat.html",
    "laporan lain": "2021/12.18/reviu-12.18-2021-rapat.html",
    "pemeriksaan": "2024/73.12/periksa-73.12-2024.html",
    "indeks": "index.html",
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Rows of a table are alike: these are enough to meet every kind of cell.
BARIS_DIPERIKSA = 6
# Inside the margins of gaya.css, in CSS pixels of 1/96 inch: 210 - 28 mm and 297 - 24 mm.
TEGAK, LANSKAP = 688, 1032


@pytest.fixture(scope="session")
def berkas(ruang_contoh):
    return {nama: ruang_contoh.reports / path for nama, path in HALAMAN.items()}


@pytest.fixture
def laporan(buka, berkas):
    return buka(berkas["laporan lain"]).page


@pytest.mark.parametrize("nama", HALAMAN)
@pytest.mark.parametrize("lebar", ["meja", "ponsel"])
def test_a_page_opens_from_disk_alone_and_fits_its_screen(buka, berkas, nama, lebar):
    lembar = buka(berkas[nama], lebar=lebar)
    assert (lembar.permintaan_luar, lembar.keluhan) == ([], [])
    wide, screen = lembar.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= screen


@pytest.mark.parametrize(
    ("nama", "lebar"),
    [("laporan lain", "ponsel"), ("pemeriksaan", "meja"), ("indeks", "meja"), ("indeks", "ponsel")],
)
def test_no_barrier_of_wcag_22_aa_is_found(buka, berkas, nama, lebar):
    from axe_playwright_python.sync_playwright import Axe

    page = buka(berkas[nama], lebar=lebar).page
    page.evaluate(
        """(most) => document.querySelectorAll('table').forEach((table) => {
        [...table.tBodies].slice(2).forEach((body) => body.remove());
        [...table.rows].slice(most).forEach((row) => row.remove()); })""",
        BARIS_DIPERIKSA,
    )
    found = Axe().run(page, options={"runOnly": WCAG}).response
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert len(found["passes"]) > 10


def test_the_first_key_offers_the_way_past_the_contents(laporan):
    laporan.keyboard.press("Tab")
    assert laporan.evaluate("document.activeElement.className") == "lewati"
    laporan.keyboard.press("Enter")
    assert laporan.evaluate("location.hash") == "#isi"


def test_a_line_of_the_contents_leads_to_its_chapter_by_keyboard(laporan):
    link = laporan.locator("nav details a", has_text="VI. Realisasi anggaran")
    link.focus()
    laporan.keyboard.press("Enter")
    target = laporan.locator(link.get_attribute("href"))
    assert 0 <= target.bounding_box()["y"] < 300
    expect(laporan.locator("nav a[aria-current]")).to_have_text(link.inner_text())


def _column(page, place):
    cells = page.locator(f"#tabel-capaian_cakupan tbody td:nth-child({place})")
    return [text.strip() for text in cells.all_inner_texts()]


def _numbers(texts):
    shown = [text for text in texts if text != "–"]
    return [float(text.replace(".", "").replace(",", ".")) for text in shown]


def test_a_table_is_sorted_by_keyboard_up_down_and_back(laporan):
    heads = laporan.locator("#tabel-capaian_cakupan thead th")
    place = 1 + next(
        place for place, text in enumerate(heads.all_inner_texts()) if text.startswith("Capaian")
    )
    before = _column(laporan, place)
    head = heads.nth(place - 1)
    head.locator("button").focus()
    for order in ("ascending", "descending"):
        laporan.keyboard.press("Enter")
        assert head.get_attribute("aria-sort") == order
        texts = _column(laporan, place)
        numbers = _numbers(texts)
        assert numbers == sorted(numbers, reverse=order == "descending")
        assert "–" not in texts[: len(numbers)]  # what is missing comes last both ways
        assert sorted(texts) == sorted(before)
    assert laporan.locator("#tabel-capaian_cakupan .kelompok:visible").count() == 0
    group = laporan.locator("#tabel-capaian_cakupan tbody td").first.get_attribute("data-kelompok")
    laporan.keyboard.press("Enter")
    assert group in laporan.locator("#tabel-capaian_cakupan .kelompok:visible").all_inner_texts()
    assert head.get_attribute("aria-sort") is None
    assert _column(laporan, place) == before


def test_a_table_is_narrowed_by_typing_and_whole_again(laporan):
    rows = laporan.locator("#tabel-capaian_cakupan tbody tr:not(.kelompok)")
    every = rows.count()
    name = re.compile("Saring baris Tabel .* Capaian cakupan layanan terhadap target")
    field = laporan.get_by_role("searchbox", name=name)
    field.focus()
    laporan.keyboard.type("ibu hamil")
    told = field.locator("xpath=ancestor::p//output")
    expect(told).to_contain_text("baris")
    visible = [rows.nth(place) for place in range(every) if rows.nth(place).is_visible()]
    assert 0 < len(visible) < every
    groups = [row.locator("xpath=ancestor::tbody").inner_text().lower() for row in visible]
    assert all("ibu hamil" in text for text in groups)  # in the row or in its heading
    assert told.inner_text() == f"{len(visible)} dari {every} baris"
    field.fill("")
    expect(told).to_be_empty()
    assert all(rows.nth(place).is_visible() for place in range(every))


def test_a_word_is_found_in_text_and_tables_and_leads_there(laporan):
    laporan.locator("#cari").focus()
    laporan.keyboard.type("Dinas Kesehatan")
    laporan.wait_for_selector(".hasil a")
    links = laporan.locator(".hasil a").all_inner_texts()
    expect(laporan.locator(".cari output")).to_have_text(f"{len(links)} tempat ditemukan")
    assert any("alinea" in text for text in links)
    table = laporan.locator(".hasil a[href='#tabel-realisasi_kegiatan']")
    count = int(re.search(r"\((\d+) baris\)", table.inner_text()).group(1))
    table.focus()
    laporan.keyboard.press("Enter")
    rows = laporan.locator("#tabel-realisasi_kegiatan tbody tr:not(.kelompok):visible")
    assert rows.count() == count
    groups = laporan.locator("#tabel-realisasi_kegiatan tbody tr.kelompok:visible")
    assert groups.all_inner_texts() == ["Dinas Kesehatan"]


def test_the_index_is_narrowed_by_year_and_word(buka, berkas):
    page = buka(berkas["indeks"]).page
    page.select_option("select[name=tahun]", "2021")
    expect(page.locator(".pilihan output")).to_have_text(re.compile("^1 dari"))
    assert page.locator("tr[data-tahun]:visible th strong").all_inner_texts() == [
        "Kabupaten Serdang Bedagai"
    ]
    assert page.locator("section.tahun:visible h2").all_inner_texts() == ["Tahun 2021"]
    page.get_by_role("button", name="Hapus saringan").click()
    page.fill("input[name=kata]", "soppeng")
    expect(page.locator("tr[data-tahun]:visible").first).to_contain_text("Soppeng")
    link = page.locator("tr[data-tahun]:visible a", has_text="Laporan").first
    link.click()
    assert "Kabupaten Soppeng" in page.title()


def test_without_script_everything_is_there_and_no_dead_control(buka, berkas):
    page = buka(berkas["laporan lain"], javascript=False).page
    assert page.locator("button, input, select").count() == 0
    assert page.locator("main tbody tr:not(:visible)").count() == 0
    assert page.locator("main h2").count() > 10
    index = buka(berkas["indeks"], javascript=False).page
    assert index.locator("form:visible").count() == 0
    assert index.locator("tr[data-tahun]:visible").count() == index.locator("tbody tr").count() > 1


@pytest.mark.parametrize(("lebar", "tabel"), [(TEGAK, ":not(.lanskap)"), (LANSKAP, ".lanskap")])
def test_no_table_or_figure_is_cut_on_paper(laporan, lebar, tabel):
    laporan.emulate_media(media="print")
    laporan.set_viewport_size({"width": lebar, "height": 1000})
    wide = laporan.evaluate(
        f"""[...document.querySelectorAll('main .gulir{tabel} table, main figure img')]
        .map((e) => [e.closest('table')?.id ?? e.alt, e.getBoundingClientRect().right])
        .filter(([, right]) => right > {lebar} + 1)"""
    )
    assert wide == []


@pytest.fixture(scope="module")
def kertas(peramban, berkas, tmp_path_factory):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext tidak terpasang")
    context = peramban.new_context(offline=True)
    page = context.new_page()
    page.goto(berkas["laporan lain"].resolve().as_uri())
    path = tmp_path_factory.mktemp("kertas") / "laporan.pdf"
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    last = page.evaluate(
        "[...document.querySelectorAll('main tbody tr:last-child > :first-child')]"
        ".map((e) => e.textContent)"
    )
    context.close()
    command = ["pdftotext", "-raw", str(path), "-"]
    shown = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return shown.stdout.decode().split("\f")[:-1], last


def test_every_sheet_of_paper_has_its_number(kertas):
    pages, _ = kertas
    numbers = [re.findall(r"Halaman (\d+) dari (\d+)", text) for text in pages]
    assert [found[-1] for found in numbers] == [
        (str(number), str(len(pages))) for number in range(1, len(pages) + 1)
    ]


def test_the_last_row_of_every_table_is_on_paper(kertas):
    pages, last = kertas
    printed = re.sub(r"\s|-|‐", "", "".join(pages))
    lost = [text for text in last if re.sub(r"\s|-|‐", "", text)[:12] not in printed]
    assert len(last) > 30
    assert lost == []
