"""The figures of one published table against each other."""

import pandas as pd
import pytest

from reviu_lib.ingest.crosschecks.rounding import count_decimals, tolerance

BAYI = "Kecamatan;Bayi 6-11 bln;Mendapat Vit A;%;Balita 6-59 bln;Mendapat Vit A;%\n"
IDL = "Kecamatan;Bayi L;Bayi P;Bayi L+P;IDL L;IDL P;IDL L+P\n"
AIR = "Kecamatan;Jumlah KK;Akses Sanitasi Aman;KK Akses Sanitasi Layak;KK SBS\n"
EPPGBM = "Kecamatan;Jumlah Balita;Jumlah Stunting;Balita Pendek;Balita Sangat Pendek;Prevalensi\n"
NAMA = ["Perbaungan", "Silinda", "Kotarih", "Sipispis", "Pegajahan"]


def _percents(*values, total=""):
    lines = [f"{name};;;{value};;;\n" for name, value in zip(NAMA, values, strict=False)]
    return BAYI + "".join(lines) + (f"Kabupaten;;;{total};;;\n" if total else "")


@pytest.mark.parametrize(
    ("decimals", "points"), [(0, 0.5), (1, 0.05), (2, 0.01), (8, 0.01)]
)  # fmt: skip
def test_rounding_explains_half_of_the_last_printed_decimal(decimals, points):
    assert tolerance(decimals) == pytest.approx(points)


def test_a_column_is_as_exact_as_its_most_exact_figure():
    assert count_decimals(pd.Series([90.0, 91.25, None])) == 2


@pytest.mark.parametrize(
    ("printed", "kode"),
    [("50,2", ""), ("50,25", "K19"), ("50,3", "K19"), ("50,6", "K19"), ("50,8", "K20")],
)
def test_a_printed_percentage_is_judged_by_how_far_it_is_off(told, printed, kode):
    found = told(BAYI + f"Perbaungan;1.000;502;{printed};;;\n")
    assert {"K19", "K20"} & set(found) == set(filter(None, [kode]))


def test_the_sentence_shows_printed_and_recomputed(told):
    sentence = told(BAYI + "Perbaungan;1.000;502;52,0;;;\n")["K20"]
    assert "Perbaungan: tercetak 52, dihitung ulang 50,2" in sentence


def test_the_population_that_was_divided_by_instead_is_named(told):
    sentence = told(BAYI + "Perbaungan;1.000;502;7,0;7.202;3.601;50,0\n")["K20"]
    assert "cocok bila dibagi balita 6-59 bulan 7.202" in sentence


def test_a_wrong_total_is_told_with_the_difference(told):
    found = told(BAYI + "Perbaungan;10;5;;;;\nSilinda;10;5;;;;\nJumlah;20;12;;;;\n")
    assert "tercetak 12, dijumlahkan 10, selisih 2" in found["K21"]


def test_a_right_total_is_not_told(told):
    assert "K21" not in told(BAYI + "Perbaungan;10;5;;;;\nSilinda;10;5;;;;\nJumlah;20;10;;;;\n")


def test_a_total_of_blanks_cannot_be_checked(told):
    assert "K21" not in told(BAYI + "Perbaungan;10;5;;;;\nSilinda;10;;50;;;\nJumlah;20;12;;;;\n")


def test_the_whole_lies_between_its_parts(told):
    assert "97,25" in told(_percents("47,2", "60,0", "77,9", total="97,25"))["K22"]
    assert "K22" not in told(_percents("47,2", "60,0", "77,9", total="61,0"))


def test_girls_and_boys_add_up(told):
    assert "tercetak 5, L + P 4" in told(IDL + "Perbaungan;9;9;18;2;2;5\n")["K23"]
    assert "K23" not in told(IDL + "Perbaungan;9;9;18;2;2;4\n")


def test_what_is_part_of_something_is_not_above_it(told):
    assert "aman 90" in told(AIR + "Perbaungan;100;90;80;70\n")["K24"]
    assert "K24" not in told(AIR + "Perbaungan;100;80;80;70\n")


@pytest.mark.parametrize(
    ("values", "is_told"),
    [
        (("24,7", "24,7", "24,7"), True),
        (("24,7", "24,7", "24,8"), False),
        (("24,7", "24,7", "24,8", "24,7"), False),
        (("100,0", "100,0", "100,0", "99,5"), False),
    ],
)
def test_three_equal_figures_in_a_row_are_told(told, values, is_told):
    assert ("K25" in told(_percents(*values))) is is_told


def test_a_table_of_nothing_but_its_total_has_no_places_to_compare(told):
    assert "K25" not in told(_percents(total="61,0"))


@pytest.mark.parametrize(("cacah", "is_told"), [(99, False), (100, True), (101, True)])
def test_counts_below_a_hundred_may_be_equal_by_chance(told, cacah, is_told):
    places = {"Perbaungan": 201, "Kotarih": 305, "Silinda": 402}
    rows = "".join(f"{place};{whole};{cacah};;;;\n" for place, whole in places.items())
    assert ("K25" in told(BAYI + rows)) is is_told


def test_a_zero_among_high_figures_is_told_and_kept(told):
    assert "Kotarih" in told(_percents("60,1", "70,2", "0,0", "65,3"))["K27"]
    assert "K27" not in told(_percents("3,1", "4,2", "0,0", "5,3"))


@pytest.mark.parametrize(("lain", "is_told"), [("19,9", False), ("20,0", True), ("20,1", True)])
def test_a_zero_is_doubted_from_a_typical_figure_of_twenty_on(told, lain, is_told):
    assert ("K27" in told(_percents(lain, "0,0", lain))) is is_told


def test_more_than_a_hundred_is_shown(told):
    assert "120,0" in told(BAYI + "Perbaungan;10;12;;;;\n")["K28"]


def test_a_count_is_the_sum_of_its_declared_parts(told):
    assert "30" in told(EPPGBM + "Perbaungan;100;30;15;5;\n")["K32"]
    assert "K32" not in told(EPPGBM + "Perbaungan;100;20;15;5;\n")


def test_a_prevalence_is_recomputed_from_the_parts(told):
    head = EPPGBM.replace("Jumlah Stunting;", "")
    assert "dihitung ulang 20,0" in told(head + "Perbaungan;100;15;5;28,5\n")["K20"]
    assert not {"K19", "K20"} & set(told(head + "Perbaungan;100;15;5;20,0\n"))


def test_findings_of_other_kabupaten_are_theirs(told):
    head = BAYI.replace("Kecamatan", "Kabupaten/Kota")
    text = head + "Serdang Bedagai;1.000;502;50,2;;;\nDeli Serdang;1.000;502;80,0;;;\n"
    assert "K20" not in told(text)
    assert "K20" in told(text, kode="12.07")
    assert "K20" in told(text, kode="")
