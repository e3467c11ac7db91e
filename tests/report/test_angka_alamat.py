"""Addresses of numbers: what each kind names, and what is refused or found wrong."""

from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hasil_kecil import INDIKATOR, make_hasil, make_kosong
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.catalog import load_ambang, load_aturan, tabel_hasil
from reviu_lib.errors import DefinisiError
from reviu_lib.formatting import FORMATS
from reviu_lib.hasil import HasilReviu
from reviu_lib.report.angka import (
    Angka,
    find_stray_digits,
    hitungan,
    raw_text,
    resolve_angka,
    resolve_asal,
    select_rows,
    tanggal,
)

HASIL = make_hasil()
CAKUPAN = HASIL.capaian_cakupan.head(1)
few = settings(max_examples=15, deadline=None)


def mutu(**columns) -> HasilReviu:
    frame = pd.DataFrame(columns)
    return replace(HASIL, mutu_data=frame.assign(baris=[f"M{n}" for n in range(len(frame))]))


@pytest.mark.parametrize("nama", list(tabel_hasil()))
def test_every_cell_of_every_table_can_be_written_and_read_back(nama):
    angka, frame = Angka(HASIL), getattr(HASIL, nama)
    columns = [kolom for kolom in tabel_hasil()[nama].nama_kolom if kolom in frame]
    cells = [f"{nama}/{baris}/{kolom}" for baris in frame["baris"].head(3) for kolom in columns]
    assert resolve_angka("".join(angka(asal) for asal in cells), HASIL) == []


@pytest.mark.parametrize("nama", list(tabel_hasil()))
def test_every_kind_of_column_has_a_format(nama):
    assert {kolom.jenis for kolom in tabel_hasil()[nama].kolom} <= set(FORMATS)


@pytest.mark.parametrize(
    ("asal", "format"),
    [
        ("realisasi_anggaran/total:total/pagu_rp", "rupiah"),
        ("capaian_cakupan/E10@73.12/pembilang", "jumlah"),
        ("capaian_cakupan/E10@73.12/tren_poin", "poin"),
        ("ringkasan/survei_terakhir_tahun/nilai", "tahun"),
        ("ringkasan/survei_terakhir_sumber_teks/teks", "teks"),
        ("definisi/ambang/diukur_minimum", "teks"),
        ("mutu_data?tingkat=galat", "jumlah"),
    ],
)
def test_an_address_without_a_format_takes_that_of_what_it_names(asal, format):
    assert Angka(HASIL).format_of(asal) == format


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        (None, ""),
        (float("nan"), ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        ("a & b", "a & b"),
        (0, "0"),
        (0.0, "0.0"),
        (np.int64(7), "7"),
        (np.float64(18.65), "18.65"),
        (np.bool_(False), "False"),
        (date(2024, 2, 5), "2024-02-05"),
        (datetime(2024, 2, 5, 9, 30), "2024-02-05"),
        (pd.Timestamp("2024-02-05"), "2024-02-05"),
    ],
)
def test_the_value_attribute_is_the_cell_itself_unrounded(value, raw):
    assert raw_text(value) == raw


def test_a_date_is_written_with_two_digits_for_the_machine_and_words_for_the_reader():
    assert tanggal(date(2025, 1, 2)) == '<time datetime="2025-01-02">2 Januari 2025</time>'


@pytest.mark.parametrize(
    "asal",
    [
        "",
        "capaian_cakupan",
        "capaian_cakupan/E10@73.12",
        "capaian_cakupan/E10@73.12/tak_ada",
        "capaian_cakupan/E99@73.12/capaian_persen",
        "capaian_cakupan//capaian_persen",
        "kode_kabupaten/x/y",
        "tak_ada?x=1",
        "mutu_data?tak_ada=1",
        "mutu_data?beda=tak_ada",
        "mutu_data?lewati=banyak",
        "definisi/",
        "definisi/ambang",
        "definisi/ambang/tak_ada",
        "definisi/aturan/tak_ada",
        "definisi/aturan/keluaran/99",
        "definisi/aturan/keluaran/satu",
        "definisi/rahasia/kunci",
    ],
)
def test_an_address_that_names_nothing_is_refused_and_found(asal):
    with pytest.raises(DefinisiError):
        resolve_asal(HASIL, asal)
    with pytest.raises(DefinisiError):
        Angka(HASIL)(asal)
    page = f'<data value="1" data-asal="{asal}" data-format="jumlah">1</data>'
    assert len(resolve_angka(page, HASIL)) == 1


@pytest.mark.parametrize(
    ("syarat", "expected"),
    [
        ({}, 4),
        ({"tingkat": "galat"}, 2),
        ({"tingkat": "galat", "kode": "A"}, 1),
        ({"tingkat": "tak ada"}, 0),
        ({"jumlah": "*"}, 3),
        ({"jumlah": ""}, 1),
        ({"jumlah": "0"}, 1),
        ({"tabel": "cakupan"}, 2),
        ({"beda": "kode"}, 3),
        ({"beda": "kode", "tingkat": "galat"}, 2),
        ({"beda": "jumlah"}, 2),
    ],
)
def test_a_count_is_of_the_rows_or_values_that_meet_every_condition(syarat, expected):
    hasil = mutu(
        kode=["A", "B", "B", "C"], tingkat=["galat", "galat", "catatan", "catatan"],
        jumlah=[0, 5, 5, None], tabel=["cakupan", "cakupan", "aksi", None],
    )  # fmt: skip
    assert resolve_asal(hasil, hitungan("mutu_data", **syarat)) == expected
    assert resolve_asal(hasil, hitungan("mutu_data", 1, **syarat)) == expected - 1


@pytest.mark.parametrize(("word", "expected"), [("ya", 2), ("tidak", 1), ("", 0), ("*", 3)])
def test_a_condition_on_yes_or_no_is_written_in_words(word, expected):
    assert len(select_rows(HASIL, "realisasi_kegiatan", disepakati_rembuk=word)) == expected


def test_counts_over_an_empty_table_are_zero():
    kosong = make_kosong()
    counts = {resolve_asal(kosong, hitungan(nama, baris="*")) for nama in tabel_hasil()}
    assert counts == {0}


@given(st.text(alphabet="ab&=?/%+ <>\"'é–", max_size=12))
@few
def test_a_condition_keeps_any_wording_through_the_address(text):
    hasil = mutu(kode=["A", "B"], uraian=[text, f"{text}-lain"])
    shown = Angka(hasil).hitung("mutu_data", uraian=text)
    expected = int(text not in {"", "*"})
    assert resolve_angka(shown, hasil) == []
    if expected:
        assert ">1</data>" in shown


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])))
@few
def test_any_text_of_the_data_survives_writing_and_reading(text):
    hasil = mutu(kode=["A"], uraian=[text])
    shown = Angka(hasil)("mutu_data/M0/uraian")
    assert resolve_angka(shown, hasil) == []
    assert shown.count("<") == 2


@given(st.floats(min_value=-1e12, max_value=1e12), st.sampled_from(["persen", "persen2", "poin"]))
@few
def test_any_number_survives_writing_and_reading(value, format):
    hasil = replace(HASIL, capaian_cakupan=CAKUPAN.assign(capaian_persen=value))
    shown = Angka(hasil)("capaian_cakupan/E10@73.12/capaian_persen", format)
    assert resolve_angka(shown, hasil) == []


@pytest.mark.parametrize("kunci", sorted(load_ambang().angka))
def test_every_declared_threshold_can_be_cited(kunci):
    assert resolve_asal(HASIL, f"definisi/ambang/{kunci}") == load_ambang()[kunci]


@pytest.mark.parametrize("tahun", [2021, 2023, 2025])
def test_a_declared_rule_is_that_of_the_year_reviewed(tahun):
    hasil, aturan = replace(HASIL, tahun=tahun), load_aturan(tahun)
    for index, text in enumerate(aturan.keluaran):
        assert resolve_asal(hasil, f"definisi/aturan/keluaran/{index}") == text
    assert resolve_asal(hasil, "definisi/aturan/judul_dokumen") == aturan.judul_dokumen


def test_two_numbers_on_one_page_are_checked_apart():
    angka = Angka(HASIL)
    cells = [f"capaian_cakupan/{isi[0]}@73.12/capaian_persen" for isi in INDIKATOR]
    page = " ".join(angka(asal) for asal in cells)
    broken = page.replace('">72,5<', '">72,6<')
    assert len(resolve_angka(broken, HASIL)) == 1
    assert "capaian_cakupan/E10@73.12" in resolve_angka(broken, HASIL)[0]


def test_an_unknown_kabupaten_on_the_page_is_named():
    shown = Angka(replace(HASIL, kode_kabupaten="12.18"), tandai=True)("ringkasan/pagu_rp/nilai")
    assert resolve_angka(shown, [HASIL]) == [
        "ringkasan/pagu_rp/nilai: kabupaten 12.18 tidak ada pada hasil."
    ]


def test_a_page_without_numbers_has_nothing_to_object_to():
    assert resolve_angka("<p>Tanpa angka.</p>", HASIL) == []
    assert resolve_angka('<data value="5">5</data>', HASIL) == []


@pytest.mark.parametrize(
    ("html", "stray"),
    [
        ("<p>2024</p>", []),
        ("<p>1899</p>", ["1899"]),
        ("<p>20245</p>", ["20245"]),
        ("<p>2024,5</p>", ["2024,5"]),
        ("<p>31 Desember</p>", []),
        ("<p>31 hari</p>", ["31"]),
        ("<p>Tabel 12.3</p>", []),
        ("<p>tabel 12</p>", ["12"]),
        ("<p>Aksi 8 dan keluaran 6</p>", []),
        ("<p>Rp1.234</p>", ["Rp1.234"]),
        ("<p>E10</p>", ["E10"]),
        ("<p>&#49;2 anak</p>", ["12"]),
        ("<p>a<b>7</b></p>", ["a7"]),
        ("<p>7</p><p>8</p>", ["7", "8"]),
        ("<h3>Bab 4 (5)</h3>", []),
        ("<td>9</td><th>9</th>", []),
        ('<q class="tercatat">12</q> 13', ["13"]),
        ("<q>12</q>", ["12"]),
        ('<span class="lain tercatat x">12</span>', []),
        ("<script>var x = 1</script>", []),
        ("", []),
    ],
)
def test_a_digit_in_prose_is_stray_unless_it_is_a_year_date_or_numbering(html, stray):
    assert find_stray_digits(html) == stray


@given(st.integers(min_value=0, max_value=10**9).filter(lambda n: not 1900 <= n <= 2099))
@few
def test_any_number_typed_into_prose_is_found(value):
    assert find_stray_digits(f"<p>sebanyak {value} anak</p>") == [str(value)]
    assert find_stray_digits(f'<p>sebanyak <data value="{value}">{value}</data> anak</p>') == []
