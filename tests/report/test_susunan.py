"""What a report shows, as declared: every name, word, and key leads somewhere."""

from dataclasses import replace

import pandas as pd
import pytest
from hasil_kecil import make_hasil

from reviu_lib.catalog import load_aturan, tabel_banding, tabel_hasil
from reviu_lib.errors import DefinisiError
from reviu_lib.report.grafik.gaya import PENANDA, WARNA, tone_of
from reviu_lib.report.susunan import (
    SusunanTabel,
    fill_words,
    load_kolom_status,
    load_peta_dokumen,
    load_status,
    load_susunan_banding,
    load_susunan_gambar,
    load_susunan_matriks,
    load_susunan_tabel,
    select_rows,
)
from reviu_lib.report.tabel import columns_of

TABEL, MATRIKS = load_susunan_tabel(), load_susunan_matriks()
SEMUA = {**TABEL, **MATRIKS, **load_susunan_gambar()}
HASIL = make_hasil()


def susunan(**saring) -> SusunanTabel:
    return SusunanTabel(nama="x", judul="x", tabel="realisasi_kegiatan", kolom=("opd",),
                        sumber="x", saring=saring)  # fmt: skip


@pytest.mark.parametrize("nama", list(SEMUA))
@pytest.mark.parametrize("tahun", [2021, 2024, 2025])
def test_a_title_and_a_source_have_no_hole_left_in_any_era(nama, tahun):
    for text in (SEMUA[nama].judul, SEMUA[nama].sumber, getattr(SEMUA[nama], "kosong", "")):
        filled = fill_words(text, tahun)
        assert "{" not in filled
        assert "}" not in filled


def test_the_words_of_a_year_are_those_of_its_era():
    text = fill_words("{tahun_lalu} {tahun} {tahun_berikut} {analisis} {rencana}", 2021)
    aturan = load_aturan(2021)
    assert text == f"2020 2021 2022 {aturan.masukan_analisis} {aturan.masukan_rencana}"


def test_an_unknown_word_in_a_declaration_is_an_error():
    with pytest.raises(KeyError):
        fill_words("{salah_ketik}", 2024)


@pytest.mark.parametrize("nama", list(TABEL))
def test_a_table_shows_each_column_once_and_its_head_is_among_them(nama):
    satu = TABEL[nama]
    shown = [kolom.nama for kolom in columns_of(satu)]
    assert len(shown) == len(set(shown))
    assert satu.kelompok not in shown
    assert not satu.kepala or satu.kepala in shown


@pytest.mark.parametrize("nama", list(TABEL))
def test_what_an_empty_table_says_is_a_sentence_and_an_annex_always_says_it(nama):
    satu = TABEL[nama]
    assert satu.kosong.endswith(".") or (satu.kosong == "" and not satu.lampiran)


@pytest.mark.parametrize("nama", list(TABEL))
def test_a_filter_uses_words_that_the_column_can_hold(nama):
    satu, aturan = TABEL[nama], load_aturan(2024)
    for kolom, values in satu.saring.items():
        choices = tabel_hasil()[satu.tabel][kolom].pilihan
        filled = {fill_words(value, 2024) for value in values}
        era = {aturan.masukan_analisis, aturan.masukan_rencana}
        assert not choices or filled - era <= set(choices), kolom


@pytest.mark.parametrize("nama", list(MATRIKS))
def test_a_matrix_names_columns_of_its_table(nama):
    satu = MATRIKS[nama]
    used = {satu.baris, satu.nama_baris, satu.kolom, satu.nilai, satu.nama_kolom, *satu.saring}
    assert used - {""} <= set(tabel_hasil()[satu.tabel].nama_kolom)


def test_the_map_has_six_outputs_and_five_parts():
    peta = load_peta_dokumen()
    assert len(peta["keluaran"]) == 6
    assert len(peta["bagian"]) == 5


@pytest.mark.parametrize("tahun", [2021, 2024, 2025])
def test_the_map_fits_the_outputs_of_every_era(tahun):
    aturan = load_aturan(tahun)
    assert len(aturan.keluaran) == len(load_peta_dokumen()["keluaran"])
    assert len(aturan.bagian_dokumen) == len(load_peta_dokumen()["bagian"])


@pytest.mark.parametrize("word", sorted(load_status()))
def test_a_status_is_told_apart_by_more_than_colour(word):
    mark = load_status()[word]
    assert mark.nada in WARNA
    assert tone_of(word) == mark.nada
    assert mark.simbol.strip()


def test_the_tones_differ_in_colour_and_in_marker():
    assert len(set(WARNA.values())) == len(set(PENANDA.values())) == len(WARNA) == len(PENANDA)


def test_one_symbol_never_stands_for_good_and_bad():
    by_tone = {nada: {m.simbol for m in load_status().values() if m.nada == nada} for nada in WARNA}
    assert by_tone["baik"] & by_tone["buruk"] == set()


def test_every_status_column_stands_in_some_result_table():
    tables = [*tabel_hasil().values(), *tabel_banding().values()]
    known = {kolom for tabel in tables for kolom in tabel.nama_kolom}
    assert load_kolom_status() <= known


def test_a_comparison_shows_only_aggregate_numbers_with_a_heading():
    for satu in load_susunan_banding().values():
        assert satu.judul
        assert all(satu.baris.values())


@pytest.mark.parametrize(
    ("saring", "expected"),
    [
        ({}, ["K001", "K002", "K003"]),
        ({"opd": ("Dinas PUPR",)}, ["K003"]),
        ({"opd": ("Dinas PUPR", "Dinas Kesehatan")}, ["K001", "K002", "K003"]),
        ({"opd": ("dinas pupr",)}, []),
        ({"disepakati_rembuk": ("ya",)}, ["K001", "K002"]),
        ({"disepakati_rembuk": ("tidak",)}, ["K003"]),
        ({"deviasi_selesai_hari": ("",)}, ["K003"]),
        ({"opd": ("Dinas Kesehatan",), "status_waktu": ("terlambat",)}, ["K002"]),
        ({"opd": ()}, []),
    ],
)
def test_rows_are_kept_that_have_one_of_the_words_in_every_column(saring, expected):
    assert list(select_rows(HASIL, susunan(**saring))["id_kegiatan"]) == expected


def test_rows_come_in_the_declared_order_with_ties_as_they_stood():
    order = susunan().model_copy(update={"urut": ("opd", "status_dpa")})
    rows = select_rows(HASIL, order)
    assert list(rows["id_kegiatan"]) == ["K002", "K001", "K003"]
    assert list(rows.index) == [0, 1, 2]


def test_choosing_rows_leaves_the_result_as_it_was():
    before = HASIL.realisasi_kegiatan.copy()
    select_rows(HASIL, susunan(opd=("Dinas PUPR",)))
    pd.testing.assert_frame_equal(HASIL.realisasi_kegiatan, before)


def test_a_filter_on_a_column_that_is_not_there_is_named():
    with pytest.raises(DefinisiError, match="kolom salah tidak ada pada realisasi_kegiatan"):
        select_rows(HASIL, susunan(salah=("x",)))


def test_a_filter_by_year_follows_the_year_reviewed():
    satu = TABEL["prevalensi_kecamatan"]
    assert len(select_rows(HASIL, satu)) == 2
    assert select_rows(replace(HASIL, tahun=2023), satu).empty


@pytest.mark.parametrize("salah", [{"warna": "merah"}, {"lanskap": "mungkin"}, {"kolom": 5}])
def test_a_declaration_with_an_unknown_key_or_a_wrong_kind_is_refused(salah):
    with pytest.raises(ValueError, match=next(iter(salah))):
        SusunanTabel(**{**susunan().model_dump(), **salah})
