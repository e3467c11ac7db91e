"""What a comparison says, shows, and writes: every number stands, chart and table agree."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from gambar import bars, dots, labels, notes, texts
from hasil_kecil import make_hasil, make_kosong
from test_teks_gambar import compared, places

from reviu_lib.hasil import HasilBanding, HasilReviu
from reviu_lib.report import LaporanBanding, write_banding
from reviu_lib.report.angka import find_stray_digits, resolve_angka
from reviu_lib.report.grafik import GAMBAR_BANDING
from reviu_lib.report.narasi.banding import BAB_BANDING
from reviu_lib.review.banding import compare_kabupaten

LARANGAN = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "kalimat_terlarang.toml").read_text(encoding="utf-8")
)["larangan"]
ABSEN = {f"74.0{n}": (f"Kabupaten Jauh {n}", "Berkas rusak.") for n in range(1, 7)}


@cache
def worlds() -> dict[str, tuple[tuple[HasilReviu, ...], HasilBanding]]:
    """Return comparisons of every kind: two, many, one absent, different days, nothing at all."""
    two, many = places(2), places(12)
    late = tuple(
        replace(hasil, tanggal_cutoff=date(2024, 12, 31)) if n % 2 else hasil
        for n, hasil in enumerate(many)
    )
    rows = many[0].capaian_cakupan
    low = rows.assign(pembilang=10, capaian_persen=rows["arah"].map({"naik": 1.0, "turun": 99.0}))
    low = low.assign(pembilang=(low["capaian_persen"] * 10).astype(int))
    behind = (replace(many[0], capaian_cakupan=low), *many[1:])
    empty = tuple(replace(make_kosong(), kode_kabupaten=f"73.0{n}") for n in (1, 2))
    made = {"dua": two, "banyak": many, "batas data berbeda": late, "kosong": empty,
            "tertinggal": behind, "satu": two[:1]}  # fmt: skip
    found = {name: (daftar, compare_kabupaten(daftar)) for name, daftar in made.items()}
    return {**found, "ada yang absen": (many, compare_kabupaten(many, (), ABSEN))}


DUNIA = ("dua", "banyak", "batas data berbeda", "kosong", "satu", "tertinggal", "ada yang absen")


@pytest.mark.parametrize("dunia", DUNIA)
@pytest.mark.parametrize("bab", list(BAB_BANDING))
def test_every_number_of_a_chapter_stands_and_nothing_forbidden_is_said(bab, dunia):
    daftar, banding = worlds()[dunia]
    html = LaporanBanding(daftar, banding).narasi(bab).html
    assert resolve_angka(html, [*daftar, banding]) == []
    assert find_stray_digits(html) == []
    text = BeautifulSoup(html, "html.parser").get_text(" ")
    found = [m.group(0) for rule in LARANGAN for m in re.finditer(rule["pola"], text, re.I)]
    assert found == []


@pytest.mark.parametrize("dunia", DUNIA)
@pytest.mark.parametrize("bab", list(BAB_BANDING))
def test_every_paragraph_begins_with_a_capital_and_ends_with_a_stop(bab, dunia):
    html = LaporanBanding(*worlds()[dunia]).narasi(bab).html
    for text in (p.get_text() for p in BeautifulSoup(html, "html.parser").select("p")):
        assert re.match(r"[A-Z]", text), text
        assert text.endswith("."), text


def summary(dunia: str) -> str:
    html = LaporanBanding(*worlds()[dunia]).narasi("ringkas").html
    return BeautifulSoup(html, "html.parser").get_text()


def test_reservations_stand_before_any_finding():
    text = summary("ada yang absen")
    assert text.index("belum mempunyai hasil reviu") < text.index("erlu perhatian")
    assert "Kabupaten Jauh 1, Kabupaten Jauh 2, Kabupaten Jauh 3, dan 3 lainnya" in text


def test_different_cut_off_dates_are_told_first():
    assert "batas datanya berbeda, yaitu pada 2 tanggal" in summary("batas data berbeda").lower()


def test_who_needs_attention_is_told_with_how_much_and_where():
    daftar, _ = worlds()["tertinggal"]
    text = summary("tertinggal")
    assert f"kabupaten/kota, yaitu {daftar[0].nama} (73.01) (4 dari 4 ukuran nyata" in text
    assert "separuh bawah, terutama pada Kebutuhan KB tidak terpenuhi; ASI eksklusif;" in text


def test_nothing_to_compare_is_said_in_one_sentence():
    assert "perbandingan belum dapat disusun" in summary("satu")


# Charts and tables agree


def table_rows(banding: HasilBanding, ukuran: str) -> pd.DataFrame:
    frame = banding.peringkat
    return frame[frame["ukuran"].eq(ukuran)].reset_index(drop=True)


def test_dots_of_the_survey_chart_are_the_values_of_the_table():
    rows = table_rows(compared(12), "survei")
    axes = GAMBAR_BANDING["banding_prevalensi"](compared(12)).axes[0]
    expected = {(round(value, 2), float(n)) for n, value in enumerate(rows["nilai_persen"])}
    assert expected <= dots(axes)
    lines = [segment for part in axes.collections for segment in getattr(
        part, "get_segments", list)()]  # fmt: skip
    drawn = {(round(float(a[0]), 6), round(float(b[0]), 6)) for a, b in lines}
    known = rows[rows["bawah_banding_persen"].notna()]
    for row in known.itertuples():
        assert (round(row.bawah_banding_persen, 6), round(row.atas_banding_persen, 6)) in drawn


@pytest.mark.parametrize(("panel", "lini"), enumerate(("spesifik", "sensitif", "fisik")))
def test_bars_of_absorption_are_the_values_of_the_table(panel, lini):
    rows = table_rows(compared(12), f"serapan:{lini}")
    axes = GAMBAR_BANDING["banding_serapan"](compared(12)).axes[panel]
    assert bars(axes) == [round(value, 6) for value in rows["nilai_persen"]]


def test_cells_of_the_quality_map_are_the_words_of_the_table():
    banding = compared(2)
    axes = GAMBAR_BANDING["banding_mutu"](banding).axes[0]
    words = [text.split(" ", 1)[1] for text in notes(axes)]
    assert words == list(banding.peta_mutu["kata"])
    assert labels(axes) == list(banding.peserta["kabupaten"])


def test_last_points_of_a_series_are_labelled_with_the_value_of_the_table():
    banding = compared(2)
    rows = banding.deret[banding.deret["deret"].eq("serapan:spesifik")]
    last = rows[rows["tahun"].eq(2024)].iloc[0]["nilai_persen"]
    shown = texts(GAMBAR_BANDING["banding_deret_serapan"](banding))
    assert f"spesifik {last:.1f}".replace(".", ",") in shown


# Tables and workbook


def page(laporan: LaporanBanding, nama: str) -> BeautifulSoup:
    return BeautifulSoup(laporan.tabel(nama).html, "html.parser")


def test_a_table_too_long_for_a_page_says_how_many_rows_are_in_the_workbook():
    laporan = LaporanBanding(places(41), compared(41))
    table = page(laporan, "perhatian")
    assert len(table.select("tbody tr")) == 40
    assert "1 baris lain pada lampiran Excel" in table.caption.get_text()


def test_many_kabupaten_stand_in_rows_few_in_columns():
    many, few = (page(LaporanBanding(places(n)), "banding_anggaran") for n in (12, 2))
    assert len(many.select("tbody tr")) == 12
    assert len(few.select("thead th")) == 3


def test_the_cover_of_many_has_no_tiles():
    counts = [len(BeautifulSoup(LaporanBanding(places(n)).sampul().html, "html.parser").select(
        ".kotak")) for n in (2, 12)]  # fmt: skip
    assert counts == [10, 0]


def test_a_page_of_two_resolves_also_the_tiles_of_the_second():
    daftar, banding = worlds()["dua"]
    assert resolve_angka(LaporanBanding(daftar, banding).sampul().html, [*daftar, banding]) == []


@pytest.mark.parametrize("nama", ["peserta", "peringkat", "pasangan"])
def test_the_workbook_holds_every_row_of_a_table(nama, tmp_path):
    banding = compared(12)
    path = tmp_path / "banding.xlsx"
    write_banding(banding, path)
    sheet = openpyxl.load_workbook(path)[nama]
    text = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert set(getattr(banding, nama)["kode_kabupaten"]) <= text
    assert sheet.max_row >= len(getattr(banding, nama))


def test_an_awkward_name_brings_no_markup_into_the_page():
    daftar = [make_hasil(nama="<script>x</script>"), make_hasil(kode_kabupaten="73.11", nama="B")]
    laporan = LaporanBanding(daftar, compare_kabupaten(daftar))
    html = "".join(laporan.tabel(nama).html for nama in laporan.daftar_tabel())
    html += "".join(laporan.narasi(bab).html for bab in BAB_BANDING)
    assert "<script" not in html
