"""Charts and frames of the check say what its tables hold."""

from __future__ import annotations

import pandas as pd
import pytest
from gambar import bars, labels, notes, title
from test_laporan import make_bahan

from reviu_lib.catalog import tabel_masukan
from reviu_lib.errors import LaporanError
from reviu_lib.report import LaporanPeriksa
from reviu_lib.report.grafik import GAMBAR_PERIKSA

DATA = ["temuan", "tingkat", "jenis", "temuan_berkas", "neraca", "neraca_berkas", "sel_ragu",
        "kelengkapan", "kelengkapan_desa", "kelengkapan_indikator"]  # fmt: skip


def _bahan(**tables):
    empty = {"temuan": [], "neraca_baris": [], "cakupan": []}
    frames = {
        name: tabel_masukan()[name].conform(pd.DataFrame(rows))
        for name, rows in {**empty, **tables}.items()
    }
    return make_bahan(**frames)


TEMUAN = [
    {"kode": "N01", "tingkat": "galat", "berkas": "x/a.csv", "jumlah": 4},
    {"kode": "K01", "tingkat": "peringatan", "berkas": "x/b.csv", "jumlah": 30},
    {"kode": "T04", "tingkat": "catatan", "berkas": "x/b.csv", "jumlah": 1},
]
NERACA = [
    {"berkas": "x/a.csv", "dibaca": 10, "dipakai": 6, "disisihkan": 4, "alasan": "T04: 4"},
    {"berkas": "x/b.csv", "dibaca": 5, "dipakai": 5, "disisihkan": 0, "alasan": ""},
]


def _cakupan(bahan, *codes):
    row = {"kode_desa": f"{bahan.kode_kabupaten}.02.2001", "kecamatan": "A", "desa": "B",
           "periode": "tahunan", "pembilang": 1, "penyebut": 2}  # fmt: skip
    return [{**row, "kode_indikator": code} for code in codes]


@pytest.mark.parametrize("nama", list(GAMBAR_PERIKSA))
def test_without_anything_to_draw_a_chart_is_one_sentence(nama):
    bagan = GAMBAR_PERIKSA[nama](_bahan())
    assert bagan.kosong
    assert bagan.alt.endswith(".")


def test_the_kinds_of_findings_are_drawn_gravest_first_with_their_counts():
    bagan = GAMBAR_PERIKSA["temuan_jenis"](_bahan(temuan=TEMUAN))
    assert title(bagan) == "3 temuan dari 3 jenis: 1 galat, 1 peringatan, 1 catatan"
    (axes,) = bagan.axes
    assert [label.rsplit(" ", 1)[-1] for label in labels(axes)] == ["N01", "K01", "T04"]
    assert notes(axes) == ["4", "30", "1"]
    assert bars(axes) == [4, 30, 1]


def test_severity_differs_in_hatch_and_not_in_colour_alone():
    (axes,) = GAMBAR_PERIKSA["temuan_jenis"](_bahan(temuan=TEMUAN)).axes
    assert len({patch.get_hatch() for patch in axes.patches}) == 3
    words = [text.get_text() for text in axes.get_legend().get_texts()]
    assert words == ["galat", "peringatan", "catatan"]


def test_each_file_shows_its_findings_and_the_worst_stands_on_top():
    bagan = GAMBAR_PERIKSA["temuan_berkas"](_bahan(temuan=TEMUAN, neraca_baris=NERACA))
    assert title(bagan) == "1 dari 2 berkas bertemuan memuat galat"
    (axes,) = bagan.axes
    assert labels(axes) == ["a.csv", "b.csv"]
    assert notes(axes) == ["1", "2"]


def test_the_ledger_is_drawn_as_shares_with_the_rows_beside_them():
    bagan = GAMBAR_PERIKSA["neraca"](_bahan(neraca_baris=NERACA))
    assert title(bagan) == "15 baris dibaca: 11 dipakai dan 4 disisihkan dengan alasan"
    (axes,) = bagan.axes
    assert bars(axes) == [60, 100, 40, 0]
    assert notes(axes) == ["4 dari 10", "0 dari 5"]


def test_completeness_of_an_indicator_is_counted_in_desa():
    bahan = make_bahan()
    code = GAMBAR_PERIKSA["kelengkapan_indikator"](_bahan(cakupan=_cakupan(bahan, "E01", "I01")))
    (axes,) = code.axes
    assert any(note.startswith("1 dari ") for note in notes(axes))
    assert "0 dari" in title(code)


def test_the_matrix_has_one_row_a_desa_and_one_column_an_indicator():
    bahan = _bahan(cakupan=_cakupan(make_bahan(), "E01", "I01"))
    (axes,) = GAMBAR_PERIKSA["kelengkapan_desa"](bahan).axes
    whole = LaporanPeriksa(bahan).data("kelengkapan")
    shape = axes.images[0].get_array().shape
    assert shape == (whole["kode_desa"].nunique(), whole["kode_indikator"].nunique())
    assert axes.images[0].get_array().sum() == whole["ada"].sum() == 1


@pytest.mark.parametrize("nama", DATA)
def test_everything_shown_is_also_a_frame(nama):
    bahan = _bahan(temuan=TEMUAN, neraca_baris=NERACA, cakupan=_cakupan(make_bahan(), "I01"))
    frame = LaporanPeriksa(bahan).data(nama)
    assert isinstance(frame, pd.DataFrame)
    assert len(frame.columns) > 2


def test_a_frame_or_figure_that_is_not_declared_is_refused_with_what_there_is():
    laporan = LaporanPeriksa(make_bahan())
    for show, known in ((laporan.data, "neraca_berkas"), (laporan.gambar, "temuan_jenis")):
        with pytest.raises(LaporanError) as caught:
            show("tidak ada")
        assert known in caught.value.lakukan


def test_the_ledger_is_told_in_words_and_as_a_table():
    laporan = LaporanPeriksa(_bahan(neraca_baris=NERACA))
    words = laporan.narasi("neraca").html
    assert "4 catatan kaki atau baris jumlah (T04)" in words
    assert "temuan.xlsx" in words
    assert "4 catatan kaki" in laporan.tabel("neraca").html
    assert "Tidak ada baris" in LaporanPeriksa(_bahan()).tabel("neraca").html


def test_completeness_is_told_only_where_a_desa_reported():
    told = LaporanPeriksa(_bahan(cakupan=_cakupan(make_bahan(), "I01", "E01")))
    assert "desa menurut daftar resmi" in told.narasi("kelengkapan").html
    assert "Belum ada desa" in LaporanPeriksa(_bahan()).narasi("kelengkapan").html
