"""The small grammar: one or many, up or down, missing or zero, one name or a list."""

from dataclasses import replace
from datetime import date

import pytest
from contoh_hasil import KOSONG, LENGKAP, change, plain
from hypothesis import given, settings
from hypothesis import strategies as st

from reviu_lib.catalog import load_ambang, load_ringkasan
from reviu_lib.report.angka import resolve_angka
from reviu_lib.report.narasi.kalimat import (
    NAMA_DISEBUT,
    Facts,
    above_or_below,
    better_or_worse,
    clauses,
    enumerate_letters,
    higher_or_lower,
    paragraph,
    paragraphs,
    ringkasan,
    sentence,
    threshold,
    unavailable,
)

FACTS = Facts(LENGKAP)


def facts(**angka) -> Facts:
    return Facts(change(LENGKAP, angka))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("cakupan naik",), "Cakupan naik."),
        (("cakupan naik.",), "Cakupan naik."),
        (("cakupan", "", "naik"), "Cakupan naik."),
        (("",), ""),
        ((), ""),
        (("  ",), ""),
        (("éfek",), "Éfek."),
        (("<data>12</data> desa",), "<data>12</data> desa."),
        (("<data>abc</data> desa",), "<data>abc</data> desa."),
        (("ada <b>dua</b>",), "Ada <b>dua</b>."),
    ],
)
def test_a_sentence_opens_with_a_capital_and_ends_with_one_full_stop(parts, expected):
    assert sentence(*parts) == expected


@given(st.text(alphabet="abc .,", min_size=1).filter(lambda text: text.strip(" .,")))
@settings(max_examples=50, deadline=None)
def test_a_sentence_never_doubles_its_full_stop_by_being_one_already(text):
    once = sentence(text)
    assert sentence(once) == once
    assert once.endswith(".")


def test_paragraphs_leave_out_what_says_nothing():
    assert paragraph("A.", "", "B.") == "A. B."
    assert paragraphs("A.", "", "B.") == ("A.", "B.")
    assert paragraph() == ""
    assert paragraphs("") == ()


@pytest.mark.parametrize(
    ("parts", "expected"),
    [((), ""), (("", "a"), "a"), (("a", "", "b"), "a dan b"), (tuple("abc"), "a, b, dan c")],
)
def test_clauses_read_as_a_list(parts, expected):
    assert clauses(*parts) == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ""),
        (["x"], "x"),
        (["x", "y"], "(a) x; dan (b) y"),
        (["x", "y", "z"], "(a) x; (b) y; dan (c) z"),
    ],
)
def test_a_regulation_enumerates_with_letters_only_when_there_are_several(items, expected):
    assert enumerate_letters(items) == expected


@pytest.mark.parametrize(
    ("value", "other", "expected"),
    [
        (2.0, 1.0, "lebih tinggi daripada"),
        (1.0, 2.0, "lebih rendah daripada"),
        (1.0, 1.0, "sama dengan"),
        (0.0, -0.0, "sama dengan"),
        (1.0000001, 1.0, "lebih tinggi daripada"),
    ],
)
def test_a_comparison_is_made_on_unrounded_values(value, other, expected):
    assert higher_or_lower(value, other) == expected


@pytest.mark.parametrize(
    ("difference", "arah", "expected"),
    [
        (1.0, "naik", "membaik"),
        (-1.0, "naik", "memburuk"),
        (1.0, "turun", "memburuk"),
        (-1.0, "turun", "membaik"),
        (0.0, "naik", "tetap"),
        (0.0, "turun", "tetap"),
    ],
)
def test_better_depends_on_the_direction_of_the_indicator(difference, arah, expected):
    assert better_or_worse(difference, arah) == expected


def test_a_difference_is_above_or_below():
    assert above_or_below(0.1) == "di atas"
    assert above_or_below(-0.1) == "di bawah"


def test_a_chapter_without_data_is_one_sentence():
    assert unavailable("anggaran", "serapan belum dinilai") == (
        "Data anggaran tidak tersedia pada bahan reviu, sehingga serapan belum dinilai.",
    )


@pytest.mark.parametrize(
    ("kode", "nama", "expected"),
    [
        ("73.12", "Soppeng", "Kabupaten Soppeng"),
        ("73.12", "Kabupaten Soppeng", "Kabupaten Soppeng"),
        ("73.71", "Makassar", "Kota Makassar"),
        ("73.70", "Batas", "Kabupaten Batas"),
        ("73.72", "Kota Parepare", "Kota Parepare"),
        ("12.18", "Kotamobagu", "Kabupaten Kotamobagu"),
        ("12.18", "A & <B>", "Kabupaten A &amp; &lt;B&gt;"),
    ],
)
def test_a_place_has_the_title_its_code_gives(kode, nama, expected):
    assert Facts(replace(KOSONG, kode_kabupaten=kode, nama=nama)).daerah == expected


@pytest.mark.parametrize(
    ("cutoff", "part"),
    [(date(2024, 12, 30), True), (date(2024, 12, 31), False), (date(2025, 1, 5), False)],
)
def test_the_year_is_whole_from_31_december_on(cutoff, part):
    assert Facts(replace(KOSONG, tanggal_cutoff=cutoff)).sebagian_tahun is part


@pytest.mark.parametrize(
    ("value", "known", "any_", "number"),
    [("", False, False, None), (0, True, False, 0.0), (3, True, True, 3.0)],
)
def test_missing_is_not_zero_and_zero_is_known(value, known, any_, number):
    told = facts(jumlah_hambatan=value)
    assert told.known("jumlah_hambatan") is known
    assert told.any("jumlah_hambatan") is any_
    assert told.value("jumlah_hambatan") == number


def test_a_key_nobody_computed_is_unknown():
    assert not FACTS.known("tak_ada")
    assert FACTS.value("tak_ada") is None
    assert FACTS.word("tak_ada_teks") == ""


def test_several_keys_are_known_together_but_any_of_them_counts():
    told = facts(jumlah_galat=0, jumlah_catatan="")
    assert told.known("jumlah_galat", "jumlah_berkas")
    assert not told.known("jumlah_galat", "jumlah_catatan")
    assert told.any("jumlah_galat", "jumlah_berkas")
    assert not told.any("jumlah_galat", "jumlah_catatan")


@pytest.mark.parametrize(("value", "opening"), [(1, "ada satu kegiatan yang"),
                                                (2, "sebanyak 2 kegiatan"),
                                                (1250, "sebanyak 1.250 kegiatan")])  # fmt: skip
def test_one_is_told_apart_from_many(value, opening):
    assert plain(facts(jumlah_kegiatan=value).lead("jumlah_kegiatan", "kegiatan")) == opening


@pytest.mark.parametrize(
    ("value", "none", "expected"),
    [
        (4, "", "4 kegiatan"),
        (0, "", "tidak ada kegiatan"),
        ("", "", "tidak ada kegiatan"),
        (0, "belum ada", "belum ada"),
    ],
)
def test_a_count_of_none_is_said_in_words(value, none, expected):
    assert plain(facts(jumlah_kegiatan=value).count("jumlah_kegiatan", "kegiatan", none)) == (
        expected
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [(-7.8, "7,8"), (7.84, "7,8"), (0.04, "0,04"), (-0.004, "0,004"), (0.0, "0,0")],
)
def test_a_difference_in_points_shows_that_it_is_not_zero(value, expected):
    asal = "capaian_cakupan/E10@73.12/tren_poin"
    told = Facts(change(LENGKAP, {asal: value}))
    assert plain(told.points(asal)) == f"{expected} poin persentase"
    assert resolve_angka(told.points(asal), told.hasil) == []


@pytest.mark.parametrize(
    ("capaian", "target", "shown"),
    [
        (89.995, 90.0, ("89,995", "90,000")),
        (89.95, 90.0, ("89,95", "90,00")),
        (89.9, 90.0, ("89,9", "90,0")),
        (90.0, 90.0, ("90,0", "90,0")),
    ],
)
def test_two_different_percentages_never_look_equal(capaian, target, shown):
    cell = "capaian_cakupan/E10@73.12/{}"
    asal, other = cell.format("capaian_persen"), cell.format("target_persen")
    told = Facts(change(LENGKAP, {asal: capaian, other: target}))
    assert tuple(map(plain, told.pair(asal, other))) == tuple(f"{text} persen" for text in shown)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, "Desa Watu"),
        (2, "Desa Watu dan Desa Barae"),
        (4, "Desa Watu, Desa Barae, Desa Mariorilau, dan Desa Gattareng"),
        (5, "Desa Watu, Desa Barae, Desa Mariorilau, dan 2 lainnya"),
    ],
)
def test_at_most_three_names_stand_before_the_others(count, expected):
    rows = LENGKAP.usulan_lokus.head(count)
    told = Facts(replace(LENGKAP, usulan_lokus=rows))
    text = told.names("usulan_lokus", list(rows["baris"]), "desa", usulan="diusulkan lokus")
    assert plain(text) == expected
    assert resolve_angka(text, told.hasil) == []
    assert NAMA_DISEBUT == 3


def test_a_summary_key_is_an_address_of_number_or_text():
    assert ringkasan("serapan_persen") == "ringkasan/serapan_persen/nilai"
    assert ringkasan("kategori_terbanyak_teks") == "ringkasan/kategori_terbanyak_teks/teks"


@pytest.mark.parametrize("kunci", sorted(load_ringkasan()))
def test_every_summary_key_can_be_told_and_followed(kunci):
    assert resolve_angka(FACTS.n(kunci), LENGKAP) == []
    assert FACTS.known(kunci) == (">–</data>" not in FACTS.n(kunci))


@pytest.mark.parametrize("kunci", sorted(load_ambang().angka))
def test_a_threshold_is_the_declared_number(kunci):
    assert threshold(kunci) == load_ambang().angka[kunci].nilai
