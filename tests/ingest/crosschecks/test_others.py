"""Figures against those of other years, other files, and the list of places."""

import pytest

from reviu_lib.ingest.crosschecks import find_reused
from reviu_lib.reference import load_wilayah

BAYI = "Kecamatan;Bayi 6-11 bln;Mendapat Vit A;%;Balita 6-59 bln;Mendapat Vit A;%\n"
DERET = "Kecamatan;2020;2021\n"
IDL = "Kabupaten/Kota;Bayi L;Bayi P;Bayi L+P;IDL L;IDL P;IDL L+P\n"
KECAMATAN = load_wilayah().query("kode_induk == '12.18'")["nama"].tolist()
REKAP = "no;indikator;pembilang;penyebut;capaian\n"


def test_two_years_with_the_same_figures_everywhere_are_told(told):
    same = DERET + "Perbaungan;150;150\nSilinda;160;160\nKotarih;170;170\n"
    assert "tahun 2020 dan 2021, 3 wilayah" in told(same)["K26"]
    assert "K26" not in told(same.replace("170;170", "170;171"))


def test_a_jump_of_a_percentage_in_one_year_is_told(told):
    found = told(DERET + "Perbaungan;28,9;4,8\nSilinda;16,1;15,2\n")
    assert "Perbaungan 28,9 (2020) menjadi 4,8 (2021)" in found["K29"]
    assert "Silinda" not in found["K29"]


def test_two_years_apart_are_no_jump(told):
    assert "K29" not in told("Kecamatan;2018;2021\nPerbaungan;28,9;4,8\nSilinda;16,1;15,2\n")


def test_the_absent_kecamatan_are_listed(told):
    lines = "".join(f"{name};10;5;;;;\n" for name in KECAMATAN[:-2])
    sentence = told(BAYI + lines)["K30"]
    assert "2 wilayah" in sentence
    assert all(name in sentence for name in KECAMATAN[-2:])


def test_a_complete_list_lacks_nothing(told):
    assert "K30" not in told(BAYI + "".join(f"{name};10;5;;;;\n" for name in KECAMATAN))


def test_a_choice_of_a_few_places_is_not_incomplete(told):
    assert "K30" not in told(BAYI + "Perbaungan;10;5;;;;\nSilinda;10;5;;;;\n")


def test_an_unknown_spelling_may_be_the_place_that_seems_absent(told):
    lines = "".join(f"{name};10;5;;;;\n" for name in [*KECAMATAN[:-1], "Entah Di Mana"])
    assert "K30" not in told(BAYI + lines)


def test_a_measure_blank_in_one_place_is_told_with_the_count(told):
    found = told(BAYI + "Perbaungan;10;5;;9;4;\nSilinda;10;5;;9;;\n")
    assert "1 dari 2 terisi; kosong di Silinda" in found["K33"]


def test_one_population_has_one_size(folder):
    folder.text("a.csv", IDL + "Serdang Bedagai;9;9;18;1;1;2\n")
    folder.text("b.csv", IDL + "Serdang Bedagai;8;9;17;1;1;2\n")
    found = folder.read().temuan.set_index("kode")
    assert "18 (12.18/2021/a.csv) dan 17 (12.18/2021/b.csv)" in found.loc["K34", "uraian"]


@pytest.fixture
def years(folder):
    """Write a recap of twelve rows for 2021 and, changed, for 2020."""

    def write(change=lambda text: text):
        rows = "".join(
            f"{number};a{number};{number * 7};{number * 9};77,8\n" for number in range(1, 13)
        )
        folder.text("rekap.csv", REKAP + rows)
        before = folder.path.parent / "2020"
        before.mkdir()
        (before / "rekap_lama.csv").write_text(change(REKAP + rows))
        return [item.rincian for item in find_reused([folder.path])]

    return write


def test_the_same_bytes_in_another_year_are_told(years):
    assert years() == ["rekap.csv dan 2020/rekap_lama.csv"]


def test_the_same_figures_under_another_title_are_told(years):
    assert years(lambda text: "REKAP TAHUN 2020;;;;\n" + text) == [
        "rekap.csv dan 2020/rekap_lama.csv"
    ]


def test_other_figures_are_not_told(years):
    assert years(lambda text: text.replace("77,8", "77,9", 1)) == []
