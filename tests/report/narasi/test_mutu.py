"""Data quality in words: which findings are told, in what order, and where the rest stands."""

from dataclasses import replace

import pandas as pd
import pytest
from contoh_hasil import LENGKAP, change, plain

from reviu_lib.report.angka import find_stray_digits, resolve_angka
from reviu_lib.report.narasi import describe_mutu

PETUNJUK = "daftar mutu data (Lampiran D)."


def temuan(kode, jumlah, uraian, tingkat="peringatan", **more) -> dict:
    return {"kode": kode, "tingkat": tingkat, "jumlah": jumlah, "uraian": uraian, **more}


def with_mutu(*rows):
    frame = pd.DataFrame(rows)
    frame["baris"] = [f"M{number:03d}" for number in range(1, len(frame) + 1)]
    return replace(LENGKAP, mutu_data=frame)


def tell(*rows) -> str:
    hasil = with_mutu(*rows)
    html = " ".join(describe_mutu(hasil))
    assert resolve_angka(html, hasil) == []
    assert find_stray_digits(html) == []
    return plain(html)


def kinds(count):
    """Return `count` kinds of warnings, each more frequent than the one before."""
    return [temuan(f"P{n:02d}", n + 1, f"Uraian {'i' * n}") for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("count", "told", "rest"),
    [(1, 1, None), (2, 2, None), (3, 3, None), (4, 3, 1), (5, 3, 2), (17, 3, 14)],
)
def test_three_kinds_of_warnings_are_told_and_the_others_counted(count, told, rest):
    text = tell(*kinds(count))
    assert text.count("Uraian i") == told
    assert ("jenis peringatan lain" in text) == (rest is not None)
    if rest:
        assert f"Selain itu, terdapat {rest} jenis peringatan lain." in text


def test_the_most_frequent_kind_is_told_first():
    text = tell(temuan("A", 2, "Kedua"), temuan("B", 9, "Pertama"), temuan("C", 1, "Ketiga"))
    assert text.index("Pertama") < text.index("Kedua") < text.index("Ketiga")


def test_kinds_of_equal_number_keep_the_order_of_the_table():
    text = tell(temuan("B", 3, "Dahulu"), temuan("A", 3, "Kemudian"))
    assert text.index("Dahulu") < text.index("Kemudian")


def test_one_kind_in_several_files_is_told_once_by_its_largest_row():
    rows = [temuan("A", 2, "Berkas kecil"), temuan("A", 8, "Berkas besar")]
    text = tell(*rows)
    assert "Berkas besar" in text
    assert "Berkas kecil" not in text
    assert "jenis peringatan lain" not in text


def test_other_kinds_are_counted_as_kinds_and_not_as_rows():
    rows = [*kinds(4), temuan("P01", 1, "Uraian lain"), temuan("P04", 1, "Uraian lain")]
    assert "terdapat 1 jenis peringatan lain" in tell(*rows)


def test_remedies_and_long_lists_of_places_stay_in_the_table():
    saran = "Perbaiki nama desa. WATUU: mungkin Watu (73.12.01.2001).; dan lainnya."
    text = tell(temuan("A", 8, "Desa tidak dikenali", saran=saran))
    assert "mungkin" not in text
    assert "Sarannya" not in text
    assert PETUNJUK in text


def test_errors_come_before_warnings_and_the_way_on_stands_once():
    text = tell(temuan("A", 90, "Ringan"), temuan("B", 1, "Berat", tingkat="galat"))
    assert text.index("Galat yang perlu") < text.index("Berat") < text.index("Peringatan yang")
    assert text.count(PETUNJUK) == 1


def test_errors_and_warnings_of_one_code_are_counted_apart():
    errors = [temuan(f"P{n:02d}", 1, f"Galat {'i' * n}", tingkat="galat") for n in range(1, 6)]
    text = tell(*kinds(4), *errors)
    assert "terdapat 1 jenis peringatan lain" in text
    assert "terdapat 2 jenis galat lain" in text


def test_notes_alone_are_counted_but_not_told():
    hasil = with_mutu(temuan("A", 5, "Baris jumlah", tingkat="catatan"))
    text = plain(" ".join(describe_mutu(change(hasil, {"jumlah_galat": 0, "jumlah_catatan": 1}))))
    assert "1 catatan" in text
    assert "Baris jumlah" not in text
    assert PETUNJUK not in text


@pytest.mark.parametrize(
    ("jumlah", "uraian", "expected"),
    [
        (12, "Kolom berat_kg mencampur koma", "Kolom berat_kg mencampur koma (pada 12 sel atau"),
        (1, "Kolom berat_kg mencampur koma", "Kolom berat_kg mencampur koma. "),
        (None, "Lembar aksi tidak ada.", "Lembar aksi tidak ada. "),
        (75, "75 NIK kosong", "Terdapat 75 NIK kosong. "),
        (1234, "Ada 1.234 NIK kosong", "Ada 1.234 NIK kosong. "),
        (2, "Kolom berat_kg berisi '12,2'", "(pada 2 sel atau baris)"),
        (12, "Nilai '12.5' bukan bilangan", "(pada 12 sel atau baris)"),
    ],
)
def test_how_often_is_said_unless_once_unknown_or_already_said(jumlah, uraian, expected):
    assert expected in tell(temuan("A", jumlah, uraian))


def test_a_finding_is_escaped_and_names_its_cell():
    html = " ".join(describe_mutu(with_mutu(temuan("A", 1, "nilai <img src=x onerror=y>"))))
    assert "<img" not in html
    assert 'data-asal="mutu_data/M001/uraian"' in html


def test_no_sentence_about_findings_is_longer_than_a_reader_can_hold():
    text = tell(*kinds(9))
    assert max(len(part.split()) for part in text.split(". ")) <= 30


@pytest.mark.parametrize(
    ("angka", "expected"),
    [
        ({"jumlah_galat": 0}, "Tanpa galat, data yang dibaca dapat dipakai"),
        ({"jumlah_galat": 1}, "Galat menghentikan pemakaian sel"),
        ({"jumlah_berkas": 0}, "Pemeriksaan berkas menghasilkan"),
        ({"jumlah_pengukuran": ""}, "Lampiran D)."),
    ],
)
def test_the_opening_follows_the_counts(angka, expected):
    assert expected in plain(" ".join(describe_mutu(change(LENGKAP, angka))))
