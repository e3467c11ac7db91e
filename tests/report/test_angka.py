from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from reviu_lib.errors import DefinisiError
from reviu_lib.formatting import format_value
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import Angka, find_stray_digits, nama, resolve_angka, tanggal

CAKUPAN = pd.DataFrame(
    {
        "baris": ["E01@12.18", "E02@12.18", "E03@12.18", "E01@12.18.02"],
        "tingkat": ["kabupaten", "kabupaten", "kabupaten", "kecamatan"],
        "indikator": ["Remaja <script>alert(1)</script>", "Hb", "TTD", "Remaja"],
        "penyebut": [1234, 10, None, 5],
        "capaian_persen": [18.65, 100.0, None, 33.0],
        "status_capaian": ["belum tercapai", "tercapai", "belum tercapai", "belum tercapai"],
    }
)
AKSI = pd.DataFrame({"baris": ["aksi-1"], "tanggal_realisasi": [pd.Timestamp("2024-02-05")]})
RINGKASAN = pd.DataFrame(
    {
        "baris": ["pagu_rp", "register_periode_teks"],
        "format": ["rupiah_ringkas", "teks"],
        "nilai": [4_250_000_000.0, None],
        "teks": [None, "Agustus 2024"],
    }
)
HASIL = HasilReviu(
    "12.18",
    "Serdang Bedagai",
    2024,
    date(2024, 11, 30),
    date(2024, 12, 10),
    capaian_cakupan=CAKUPAN,
    penilaian_aksi=AKSI,
    ringkasan=RINGKASAN,
)


def test_a_number_names_its_cell_and_shows_the_column_kind() -> None:
    assert Angka(HASIL)("capaian_cakupan/E01@12.18/capaian_persen") == (
        '<data value="18.65" data-asal="capaian_cakupan/E01@12.18/capaian_persen" '
        'data-format="persen">18,7</data>'
    )


def test_a_summary_number_takes_its_declared_format() -> None:
    assert ">Rp4,25 miliar</data>" in Angka(HASIL)("ringkasan/pagu_rp/nilai")


def test_a_missing_cell_is_a_dash_with_an_empty_value() -> None:
    shown = Angka(HASIL)("capaian_cakupan/E03@12.18/penyebut")
    assert 'value=""' in shown
    assert ">–<" in shown


def test_a_date_is_a_time_element() -> None:
    assert Angka(HASIL)("penilaian_aksi/aksi-1/tanggal_realisasi") == (
        '<time datetime="2024-02-05" data-asal="penilaian_aksi/aksi-1/tanggal_realisasi">'
        "5 Februari 2024</time>"
    )
    assert tanggal(HASIL.tanggal_reviu) == '<time datetime="2024-12-10">10 Desember 2024</time>'


def test_a_date_of_the_whole_document_has_an_address_too() -> None:
    asal = "dokumen/tanggal_reviu"
    shown = Angka(HASIL)(asal)
    assert shown == f'<time datetime="2024-12-10" data-asal="{asal}">10 Desember 2024</time>'
    assert resolve_angka(shown, HASIL) == []
    with pytest.raises(DefinisiError, match="dokumen/nama"):
        Angka(HASIL)("dokumen/nama")


def test_text_from_the_data_is_escaped() -> None:
    shown = Angka(HASIL)("capaian_cakupan/E01@12.18/indikator")
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert resolve_angka(shown, HASIL) == []
    assert nama("<b>") == "&lt;b&gt;"


def test_a_count_of_rows_can_be_followed_by_its_conditions() -> None:
    shown = Angka(HASIL).hitung(
        "capaian_cakupan", tingkat="kabupaten", status_capaian="belum tercapai"
    )
    assert ">2</data>" in shown
    assert resolve_angka(shown, HASIL) == []


def test_a_remainder_leaves_out_what_was_already_named() -> None:
    angka = Angka(HASIL)
    assert ">3</data>" in angka.hitung("capaian_cakupan", capaian_persen="*")
    assert ">1</data>" in angka.hitung("capaian_cakupan", capaian_persen="")
    assert ">2</data>" in angka.hitung("capaian_cakupan", 1, capaian_persen="*")


def test_an_unknown_address_is_an_error() -> None:
    for asal in ("capaian_cakupan/E99@12.18/capaian_persen", "tabel/x/y"):
        with pytest.raises(DefinisiError):
            Angka(HASIL)(asal, "persen")
    with pytest.raises(DefinisiError):
        Angka(HASIL).hitung("capaian_cakupan", tak_ada="1")
    with pytest.raises(DefinisiError):
        Angka(HASIL).definisi("ambang/tak_ada")


def test_a_declared_threshold_resolves() -> None:
    shown = Angka(HASIL).definisi("ambang/diukur_minimum", "jumlah")
    assert ">30</data>" in shown
    assert resolve_angka(shown, HASIL) == []


def test_a_list_reads_as_words() -> None:
    asal = [f"capaian_cakupan/{baris}/indikator" for baris in ("E02@12.18", "E03@12.18")]
    assert "</data> dan <data" in Angka(HASIL).daftar(asal)


def test_swapping_two_cells_makes_the_reader_find_both() -> None:
    angka = Angka(HASIL)
    page = " ".join(
        angka(f"capaian_cakupan/{baris}/capaian_persen") for baris in ("E01@12.18", "E02@12.18")
    )
    swapped = CAKUPAN.assign(capaian_persen=[100.0, 18.65, None, 33.0])
    assert resolve_angka(page, HASIL) == []
    assert len(resolve_angka(page, replace(HASIL, capaian_cakupan=swapped))) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">18,7<", ">18,6<"),
        ('value="18.65"', 'value="18.7"'),
        ("E01@12.18", "E09@12.18"),
        ('data-format="persen"', 'data-format="aneh"'),
    ],
)
def test_a_changed_text_value_address_or_format_is_found(old: str, new: str) -> None:
    shown = Angka(HASIL)("capaian_cakupan/E01@12.18/capaian_persen")
    assert len(resolve_angka(shown.replace(old, new), HASIL)) == 1


def test_digits_without_an_address_are_found() -> None:
    html = "<p>Cakupan mencapai 62,3 persen pada 2024 dan Rp1.234 terserap.</p>"
    assert find_stray_digits(html) == ["62,3", "Rp1.234"]


def test_years_dates_law_headings_and_numbering_are_no_stray_digits() -> None:
    html = (
        "<h2>3 Capaian</h2><p>Pada 10 Desember 2024, sesuai <cite>Perpres 72/2021</cite>, "
        "lihat Tabel 3.1, Gambar 2, dan Aksi 1 (2023) <data>5</data>.</p>"
        '<q class="tercatat">12 desa banjir</q><table><tr><td>7</td></tr></table>'
    )
    assert find_stray_digits(html) == []


def test_a_number_that_looks_like_a_year_with_decimals_is_stray() -> None:
    assert find_stray_digits("<p>sebanyak 2020,5 dan 1.999 anak</p>") == ["2020,5", "1.999"]


def test_a_page_about_two_kabupaten_resolves_each_number_in_its_own() -> None:
    other = replace(
        HASIL, kode_kabupaten="73.12", capaian_cakupan=CAKUPAN.assign(capaian_persen=50.0)
    )
    asal = "capaian_cakupan/E01@12.18/capaian_persen"
    page = Angka(HASIL, tandai=True)(asal) + Angka(other, tandai=True)(asal)
    assert resolve_angka(page, [HASIL, other]) == []
    assert len(resolve_angka(page, HASIL)) == 1


@pytest.mark.parametrize(
    ("format", "value", "shown"),
    [
        ("teks_sambung", "Realisasi anggaran.", "realisasi anggaran"),
        ("teks_sambung", "PUS dengan status miskin", "PUS dengan status miskin"),
        ("teks_sambung", None, "–"),
        ("teks_kalimat", "susun ulang target.", "Susun ulang target"),
        ("bilangan", 1, "satu"),
        ("bilangan", 9.0, "sembilan"),
        ("bilangan", 10, "10"),
        ("bilangan", 0, "0"),
        ("bilangan", 2.5, "3"),
        ("bilangan", None, "–"),
    ],
)
def test_words_and_small_counts_fit_into_a_sentence(format: str, value: object, shown: str) -> None:
    assert format_value(value, format) == shown
