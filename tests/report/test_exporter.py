from __future__ import annotations

import re
import shutil
import subprocess

import nbformat
import pytest
from bs4 import BeautifulSoup
from hasil_kecil import NAMA_SULIT, make_hasil
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from reviu_lib.errors import LaporanError
from reviu_lib.report import Laporan, ReviuExporter, export_html
from reviu_lib.report.angka import find_stray_digits, resolve_angka
from reviu_lib.report.aset import load_aset
from reviu_lib.report.halaman import build_halaman
from reviu_lib.report.tampilan import GAYA_JUPYTER

PNG = "iVBORw0KGgo="


def cell_with(piece, *tags, kind="execute_result"):
    bundle = piece._repr_mimebundle_()
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    number = {"execution_count": 1} if kind == "execute_result" else {}
    output = new_output(kind, data=data, metadata=metadata, **number)
    return new_code_cell("laporan.x()", outputs=[output], metadata={"tags": list(tags)})


def failed_cell():
    return new_code_cell(
        "rahasia()",
        outputs=[new_output("error", ename="KeyError", evalue="NIK 1218000101900001",
                            traceback=["Traceback: Budi"])],
    )  # fmt: skip


def make_notebook():
    laporan = Laporan(make_hasil())
    return new_notebook(
        cells=[
            new_markdown_cell("# Hanya di Jupyter", metadata={"tags": ["hanya-jupyter"]}),
            new_code_cell('tahun = 2024\nruang = "x"', metadata={"tags": ["parameters"]}),
            cell_with(laporan.sampul(), "sampul"),
            new_markdown_cell("## I. Capaian\n\n<script>alert()</script>\n\n**tebal**"),
            cell_with(laporan.narasi("anggaran")),
            cell_with(laporan.gambar("serapan_lini"), kind="display_data"),
            cell_with(laporan.tabel("capaian_cakupan")),
            new_markdown_cell("### Anggaran (keluaran 3, bagian a)"),
            cell_with(laporan.tabel("anggaran_lini"), kind="display_data"),
            cell_with(laporan.gambar("hambatan")),
            new_markdown_cell("## I. Capaian"),
            cell_with(laporan.asal_usul(_bahan(), {"buku.xlsx": "c" * 64})),
        ]
    )


def _bahan():
    from test_laporan import make_bahan

    return make_bahan()


@pytest.fixture(scope="module")
def page() -> str:
    return ReviuExporter().from_notebook_node(make_notebook(), {"judul": "Judul <halaman>"})[0]


@pytest.fixture(scope="module")
def soup(page) -> BeautifulSoup:
    return BeautifulSoup(page, "html.parser")


def test_the_page_is_indonesian_and_has_the_title_asked_for(soup):
    assert soup.html["lang"] == "id"
    assert soup.title.get_text() == "Judul <halaman>"


def test_without_a_title_the_cover_gives_it():
    html, _ = ReviuExporter().from_notebook_node(make_notebook())
    title = BeautifulSoup(html, "html.parser").title.get_text()
    assert title == "Dokumen Hasil Reviu Kabupaten Soppeng Tahun 2024"


def test_no_code_and_no_jupyter_remarks_are_visible(page):
    for hidden in ("laporan.x()", "tahun = 2024", "Hanya di Jupyter", "In [", GAYA_JUPYTER):
        assert hidden not in page


def test_nothing_is_asked_from_any_host(page, soup):
    assert re.findall(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", page) == []
    assert re.findall(r"url\(|@import", page) == []
    assert soup.find_all(["link", "iframe"]) == []
    assert [script.string for script in soup.find_all("script")] == [load_aset().alat]
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert policy == load_aset().kebijakan


def test_results_and_displays_are_both_kept(soup):
    assert len(soup.find_all("table")) == 4
    assert len(soup.find_all("img")) == 2


def test_every_picture_is_described_from_its_data(soup):
    assert all(len(image["alt"]) > 40 for image in soup.find_all("img"))
    assert "Spesifik 40,0 persen" in soup.find("img")["alt"]


def test_figures_and_tables_are_numbered_without_a_gap(soup):
    for selector, word in (("caption .nomor", "Tabel"), ("figcaption .nomor", "Gambar")):
        shown = [tag.get_text() for tag in soup.select(selector)]
        assert shown == [f"{word} {n}" for n in range(1, len(shown) + 1)]
        assert shown


def test_every_link_of_the_contents_leads_somewhere(soup):
    links = [a["href"] for a in soup.select("nav a")]
    assert len(links) == 3
    assert len(set(links)) == 3
    assert all(soup.find(id=link.removeprefix("#")) for link in links)


def test_ids_are_unique(soup):
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_headings_of_tables_have_a_scope_and_tables_a_caption(soup):
    assert all(th.get("scope") for th in soup.find_all("th"))
    assert all(table.caption for table in soup.find_all("table"))


def test_one_main_heading_and_a_way_past_the_contents(soup):
    assert len(soup.find_all("h1")) == 1
    assert soup.select_one("a.lewati")["href"] == "#isi"
    assert soup.main["id"] == "isi"


def test_raw_html_in_a_text_cell_stays_text(soup):
    assert "<script>alert()</script>" in soup.main.get_text()
    assert soup.main.find("strong", string="tebal")


def test_names_from_data_reach_the_page_as_text(soup):
    assert soup.find("th", string=NAMA_SULIT)
    assert soup.find("b", string="KEK") is None


def test_the_page_prints_on_paper(page):
    for rule in ("@page", "size: A4", "counter(page)", "table-header-group"):
        assert rule in page


def test_the_same_notebook_gives_the_same_page(page):
    again, _ = ReviuExporter().from_notebook_node(make_notebook(), {"judul": "Judul <halaman>"})
    assert again == page


def test_a_failed_cell_names_its_section_and_nothing_else():
    cells = [
        new_markdown_cell("## V. Kegiatan"),
        failed_cell(),
        new_markdown_cell("## VI. Anggaran"),
    ]
    halaman = build_halaman(cells)
    html = "".join(halaman.isi)
    assert "Bagian “V. Kegiatan” tidak dapat disusun" in html
    assert "karena bagian “V. Kegiatan” gagal" in html
    for hidden in ("Budi", "1218", "KeyError", "Traceback"):
        assert hidden not in html


def test_messages_of_the_machine_are_left_out_and_prints_masked():
    outputs = [
        new_output("stream", name="stderr", text="Warning: /home/x"),
        new_output("stream", name="stdout", text="NIK 1218000101900001 <b>"),
    ]
    html = "".join(build_halaman([new_code_cell("x", outputs=outputs)]).isi)
    assert "Warning" not in html
    assert "1218000101900001" not in html
    assert "&lt;b&gt;" in html


def test_a_picture_without_words_is_described_by_its_section():
    output = new_output("display_data", data={"image/png": PNG})
    cells = [new_markdown_cell("## Jelajah"), new_code_cell("x", outputs=[output])]
    assert 'alt="Gambar pada bagian Jelajah"' in "".join(build_halaman(cells).isi)


def test_export_writes_the_page_and_leaves_nothing_beside_it(tmp_path):
    book, html = tmp_path / "a.ipynb", tmp_path / "hasil" / "a.html"
    nbformat.write(make_notebook(), book)
    export_html(book, html, judul="Reviu")
    assert "<title>Reviu</title>" in html.read_text(encoding="utf-8")
    assert [path.name for path in html.parent.iterdir()] == ["a.html"]


@pytest.mark.parametrize(
    "content",
    ["{ bukan notebook", "", "{}", "[]", "null", "7", '{"nbformat": 4}', '{"nbformat": 99}',
     '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code"}]}'],
)  # fmt: skip
def test_a_broken_notebook_is_an_error_with_a_remedy_and_leaves_no_page(tmp_path, content):
    (tmp_path / "a.ipynb").write_text(content)
    with pytest.raises(LaporanError, match="tidak dapat dibaca") as caught:
        export_html(tmp_path / "a.ipynb", tmp_path / "a.html", judul="x")
    assert "--ulang" in str(caught.value)
    assert not (tmp_path / "a.html").exists()


def test_a_notebook_that_is_absent_or_no_text_is_an_error_too(tmp_path):
    (tmp_path / "biner.ipynb").write_bytes(b"\xff\xfe\x00")
    for name in ("biner.ipynb", "hilang.ipynb"):
        with pytest.raises(LaporanError, match=name):
            export_html(tmp_path / name, tmp_path / "a.html", judul="x")


def test_nbconvert_knows_the_exporter_by_name():
    from nbconvert.exporters import get_exporter

    assert get_exporter("reviu") is ReviuExporter


@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium tidak terpasang")
def test_a_browser_opens_the_page_without_any_request(tmp_path, page):
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    log = tmp_path / "jaringan.json"
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
               f"--user-data-dir={tmp_path / 'profil'}", f"--log-net-log={log}"]  # fmt: skip
    command += [path.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if "<main" not in done.stdout:
        pytest.skip("chromium tidak dapat dijalankan di sini")
    asked = set(re.findall(r'"url":"(https?://[^"]+)"', log.read_text(encoding="utf-8")))
    assert {url for url in asked if "google" not in url and "gvt1" not in url} == set()


def test_no_number_of_the_prose_is_without_address(page):
    assert find_stray_digits(page) == []
    assert resolve_angka(page, make_hasil()) == []
