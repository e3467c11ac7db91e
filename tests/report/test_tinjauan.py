"""One indicator in one place: its sentence, chart, table, and the rows it comes from."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hasil_kecil import NAMA_SULIT, make_hasil

from reviu_lib.bahan import BahanReviu
from reviu_lib.errors import LaporanError
from reviu_lib.report.angka import find_stray_digits, resolve_angka
from reviu_lib.report.tampilan import Gambar, Potongan
from reviu_lib.report.tinjauan import Tinjauan

HASIL = make_hasil()
DESA = "73.12.01.2001"


def bahan() -> BahanReviu:
    cakupan = pd.DataFrame(
        {
            "kode_desa": [DESA] * 2 + [f"73.12.02.{2001 + n}" for n in range(15)],
            "kode_indikator": "E10", "periode": ["semester 1", "semester 2"] + ["tahunan"] * 15,
            "pembilang": 8, "penyebut": 10,
        }
    )  # fmt: skip
    asal = pd.DataFrame(
        {"tabel": "cakupan", "baris": range(17), "berkas": "73.12/2024/buku.xlsx",
         "lembar": "cakupan", "baris_berkas": range(2, 19)}
    )  # fmt: skip
    return BahanReviu(
        HASIL.kode_kabupaten, HASIL.nama, HASIL.tahun, HASIL.tanggal_cutoff, HASIL.tanggal_reviu,
        cakupan=cakupan, asal=asal,
    )  # fmt: skip


def look(indikator: str = "E10", wilayah: str = DESA, hasil=HASIL) -> Tinjauan:
    return Tinjauan(bahan(), hasil, kode_indikator=indikator, kode_wilayah=wilayah)


def text(piece: Potongan) -> str:
    return " ".join(BeautifulSoup(piece.html, "html.parser").get_text().split())


def rows(piece: Potongan) -> list[list[str]]:
    page = BeautifulSoup(piece.html, "html.parser")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])]
            for row in page.select("tbody tr")]  # fmt: skip


def change(kolom: str, nilai, baris: str = f"E10@{DESA}"):
    frame = HASIL.capaian_cakupan.copy()
    frame.loc[frame["baris"].eq(baris), kolom] = nilai
    return make_hasil(capaian_cakupan=frame)


@pytest.mark.parametrize("wilayah", ["73.12", "73.12.01", DESA])
@pytest.mark.parametrize("indikator", ["E10", "E12", "E14", "E26"])
def test_every_number_of_the_sentence_stands_in_the_result(indikator, wilayah):
    html = look(indikator, wilayah).kalimat.html
    assert resolve_angka(html, HASIL) == []
    assert find_stray_digits(html) == []


@pytest.mark.parametrize(
    ("wilayah", "opening"),
    [
        ("73.12", "Kabupaten Soppeng. Pada indikator"),
        ("73.12.02", "Kecamatan Liliriaja. Pada indikator"),
        (DESA, "Desa/kelurahan Gattareng, Kecamatan Marioriwawo. Pada indikator"),
    ],
)
def test_the_sentence_begins_with_the_place(wilayah, opening):
    assert text(look(wilayah=wilayah).kalimat).startswith(opening)


def test_a_missing_number_is_said_to_be_missing_with_the_reason():
    reason = "penyebut kosong"
    frame = HASIL.capaian_cakupan.assign(alasan_status=reason)
    hasil = make_hasil(capaian_cakupan=frame)
    shown = text(look("E14", "73.12.02", hasil).kalimat)
    assert "tidak tersedia" in shown
    assert reason in shown
    assert "–" not in shown


def test_a_number_that_cannot_be_judged_is_given_with_the_reason():
    reason = "penyebut terlalu kecil"
    frame = HASIL.capaian_cakupan.assign(alasan_status=reason, status_capaian="belum dapat dinilai")
    assert f"belum dapat dinilai terhadap target: {reason}" in text(
        look(hasil=make_hasil(capaian_cakupan=frame)).kalimat
    )


def test_the_table_goes_from_the_place_to_what_it_lies_in():
    shown = rows(look().tabel)
    assert [row[0] for row in shown] == ["Gattareng", "Marioriwawo", "Kabupaten Soppeng"]
    assert shown[-1][2:6] == ["725", "1.000", "72,5", "90,0"]


def test_an_awkward_name_stays_text():
    page = BeautifulSoup(look().tabel.html, "html.parser")
    assert NAMA_SULIT in page.caption.get_text()
    assert page.find("b") is None


def test_the_origin_names_file_sheet_and_row():
    assert rows(look().asal) == [
        ["73.12/2024/buku.xlsx", "cakupan", str(row), "–", period, "8", "10", "–"]
        for row, period in ((2, "semester 1"), (3, "semester 2"))
    ]


def test_of_many_rows_of_origin_a_dozen_is_shown_and_all_are_counted():
    piece = look(wilayah="73.12").asal
    assert len(rows(piece)) == 12
    assert "17 baris berkas menjadi dasar angka ini; ditampilkan 12 yang pertama" in text(piece)


def test_a_number_without_recorded_rows_says_so():
    assert "Tidak ada baris berkas" in text(look("E12").asal)


def test_a_desa_is_drawn_among_the_desa_of_its_kecamatan_and_stands_out():
    bagan = look().gambar.bagan
    labels = bagan.axes[0].get_yticklabels()
    drawn = {label.get_text(): label.get_fontweight() for label in labels}
    assert drawn == {"Gattareng": "bold", "Marioritengnga": "normal"}


@pytest.mark.parametrize("wilayah", ["73.12", "73.12.01"])
def test_anything_wider_is_drawn_among_the_kecamatan(wilayah):
    labels = look(wilayah=wilayah).gambar.bagan.axes[0].get_yticklabels()
    assert {label.get_text() for label in labels} == {"Marioriwawo", "Liliriaja"}


def test_the_title_of_the_chart_states_the_finding():
    gambar = look(hasil=change("capaian_persen", 72.54)).gambar
    assert "Gattareng: 72,5 persen, di bawah target 90,0 persen" in gambar.alt
    exact = look(hasil=change("capaian_persen", 90.0)).gambar
    assert "90,0 persen, tepat pada target" in exact.alt
    open_target = look(hasil=change("target_persen", None)).gambar
    assert "persen, tanpa target" in open_target.alt


def test_where_nothing_can_be_drawn_a_sentence_stands():
    nothing = make_hasil(capaian_cakupan=HASIL.capaian_cakupan.assign(capaian_persen=None))
    assert isinstance(look().gambar, Gambar)
    assert "tidak tersedia" in text(look(hasil=nothing).gambar)


def test_a_place_without_a_number_keeps_its_row_in_the_chart():
    bagan = look("E14", "73.12").gambar.bagan
    assert "data tidak tersedia" in [item.get_text() for item in bagan.axes[0].texts]


@pytest.mark.parametrize(
    ("indikator", "wilayah", "message"),
    [
        ("E99", DESA, "Indikator 'E99' tidak ada"),
        ("", DESA, "Indikator '' tidak ada"),
        ("E10", "73.12.09", "Wilayah '73.12.09' tidak ada"),
    ],
)
def test_what_is_not_in_the_result_is_refused_with_what_there_is(indikator, wilayah, message):
    with pytest.raises(LaporanError, match=message) as caught:
        look(indikator, wilayah)
    assert caught.value.lakukan


def test_an_indicator_that_is_not_reported_by_desa_is_told_apart_from_an_unknown_place():
    frame = HASIL.capaian_cakupan
    only = frame[frame["kode_indikator"].ne("E26") | frame["tingkat"].eq("kabupaten")]
    hasil = make_hasil(capaian_cakupan=only)
    with pytest.raises(LaporanError, match="E26 tidak dilaporkan per kecamatan atau desa"):
        look("E26", DESA, hasil)
    alone = look("E26", "73.12", hasil).gambar.bagan
    assert [label.get_text() for label in alone.axes[0].get_yticklabels()] == ["Kabupaten Soppeng"]
