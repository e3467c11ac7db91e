"""Every claim of the text leads to the table that carries its rows."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hasil_kecil import make_hasil, make_kosong
from nbformat.v4 import new_code_cell, new_output

from reviu_lib.catalog import load_ringkasan, read_toml
from reviu_lib.report import Laporan
from reviu_lib.report.angka import Angka
from reviu_lib.report.halaman import build_halaman
from reviu_lib.report.laporan.rujuk import Rujukan
from reviu_lib.report.susunan import (
    load_rujuk_ringkasan,
    load_susunan_matriks,
    load_susunan_tabel,
)

HASIL = make_hasil()
RUJUK = Rujukan(HASIL)
ANGKA = Angka(HASIL)
DIKENAL = {"kaskade", *load_susunan_tabel(), *load_susunan_matriks()}


def page(*pieces) -> BeautifulSoup:
    cells = [
        new_code_cell(outputs=[new_output("display_data", data={"text/html": piece._repr_html_()})])
        for piece in pieces
    ]
    return BeautifulSoup("".join(build_halaman(cells).isi), "html.parser")


@pytest.mark.parametrize("kunci", load_ringkasan())
def test_every_summary_number_has_a_table_to_look_into(kunci):
    assert load_rujuk_ringkasan(kunci) in DIKENAL


def test_every_declared_prefix_is_one_of_a_summary_number():
    prefixes = read_toml("laporan.toml")["rujuk_ringkasan"]["awalan"]
    unused = [a for a in prefixes if not any(kunci.startswith(a) for kunci in load_ringkasan())]
    assert unused == []


def test_a_cell_leads_to_the_first_table_that_shows_its_row():
    row = HASIL.capaian_cakupan.iloc[0]
    assert RUJUK.find(ANGKA(f"capaian_cakupan/{row['baris']}/capaian_persen")) == [
        "capaian_cakupan"
    ]


def test_a_count_leads_to_the_table_of_the_rows_it_counts():
    counted = ANGKA.hitung("capaian_cakupan", tingkat="kabupaten", status_capaian="tercapai")
    assert RUJUK.find(counted) == ["capaian_cakupan"]
    assert RUJUK.find(ANGKA.hitung("capaian_cakupan", tingkat="tidak ada")) == []


def test_a_declared_value_and_plain_words_lead_nowhere():
    assert RUJUK.find(ANGKA.definisi("ambang/diukur_minimum", "desimal")) == []
    assert RUJUK.find("Alat hanya mengusulkan.") == []


def test_each_table_is_named_once_in_the_order_of_the_text():
    text = ANGKA("ringkasan/serapan_persen/nilai") + ANGKA("ringkasan/jumlah_indikator/nilai")
    assert RUJUK.find(text + text) == ["anggaran_lini", "capaian_cakupan"]


def test_a_paragraph_links_to_the_tables_of_the_page_by_number():
    laporan = Laporan(HASIL)
    text = laporan.narasi("anggaran")
    shown = page(text, laporan.tabel("capaian_cakupan"), laporan.tabel("anggaran_lini"))
    links = shown.p.find_all("a")
    assert [(link.get_text(), link["href"]) for link in links] == [
        ("Tabel 2", "#tabel-anggaran_lini")
    ]
    assert shown.find(id="tabel-anggaran_lini").name == "table"
    assert "data-rujuk" not in str(shown)


def test_a_table_that_the_page_does_not_show_is_not_linked():
    shown = page(Laporan(HASIL).narasi("anggaran"))
    assert shown.find("a") is None
    assert "()" not in shown.get_text()


def test_without_data_there_is_nothing_to_link():
    laporan = Laporan(make_kosong())
    assert "data-rujuk" not in laporan.narasi("anggaran").html
