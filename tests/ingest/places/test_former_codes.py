"""Old codes, numerals, and systems of codes: listed with a proposal, used only when certain."""

import pandas as pd
import pytest

from reviu_lib.ingest.findings import Tempat
from reviu_lib.ingest.layouts import load_layouts
from reviu_lib.ingest.places import list_usulan, resolve_desa, resolve_kode_kabupaten
from reviu_lib.ingest.places.match import Tertulis, match_desa
from reviu_lib.ingest.places.padanan import TANPA_PADANAN
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import load_terdahulu, load_wilayah, nama_wilayah

WAN = "91.01.02.2005"  # Wan, Kecamatan Kimaam in the older list of Merauke, today 93.01
KECAMATAN_WAN = load_terdahulu()[WAN[:8]]


def _match(kode, kecamatan, desa, *, kabupaten="93.01"):
    return match_desa(Tertulis(kode, kecamatan, desa), kabupaten, TANPA_PADANAN)


def _resolve(kabupaten, *places):
    frame = pd.DataFrame(places, columns=["kode_desa", "kecamatan", "desa"], dtype="string")
    sumber = load_layouts()["kabupaten"].tabel["cakupan"]
    return resolve_desa(Potongan(sumber, Tempat("a.xlsx", tabel="cakupan"), frame), kabupaten)


def test_an_old_code_alone_is_listed_with_its_likely_successor_and_not_used():
    guess = _match(WAN, "", "")
    assert (guess.kode, guess.temuan) == ("", "W13")
    assert "dulu Wan; sekarang mungkin Wan (Kecamatan" in guess.rincian
    assert guess.calon[0].skor == 1.0


def test_an_old_code_whose_own_names_mean_one_desa_is_replaced_and_told():
    guess = _match(WAN, KECAMATAN_WAN, "WAN")
    assert guess.temuan == "W14"
    assert nama_wilayah(guess.kode) == "Wan"
    assert "Permendagri 72/2019" in guess.rincian


@pytest.mark.parametrize(("kecamatan", "desa"), [(KECAMATAN_WAN, "Selauw"), ("", "Wan")])
def test_an_old_code_with_another_name_or_without_kecamatan_is_not_replaced(kecamatan, desa):
    assert _match(WAN, kecamatan, desa).temuan == "W13"


def test_an_old_code_of_another_kabupaten_belongs_there():
    assert _match(WAN, "", "", kabupaten="12.18").temuan == "W05"


def test_rows_with_an_old_code_are_set_aside_and_proposed():
    potongan = _resolve("93.01", (WAN, None, None), ("93.01.01.2001", None, None))
    assert len(potongan.frame) == 1
    assert ("W13", 1) in potongan.disisihkan
    usulan = list_usulan(potongan.temuan)
    assert set(usulan["nama_tertulis"]) == {WAN}
    words = {found.kode: found.row() for found in potongan.temuan}["W13"]["saran"]
    assert words.endswith(").")


def _kabupaten_with(nama):
    frame = load_wilayah()
    rows = frame[frame["nama"].eq(nama) & frame["tingkat"].eq("desa")]
    return rows["kode"].tolist()


@pytest.mark.parametrize("written", ["Melati 2", "MELATI 2", "Desa Melati 2", "melati 02"])
def test_numerals_are_the_same_in_roman_and_arabic_where_one_desa_fits(written):
    guess = _match("", "Perbaungan", written, kabupaten="12.18")
    assert (guess.kode, guess.temuan) == (_kabupaten_with("Melati II")[0], "W20")
    assert "dibaca Melati II (Kecamatan Perbaungan" in guess.rincian


@pytest.mark.parametrize("written", ["Melati II", "MELATI II", "Melati Ii"])
def test_the_official_numeral_needs_no_rule(written):
    assert _match("", "Perbaungan", written, kabupaten="12.18").temuan == ""


@pytest.mark.parametrize("written", ["Melati 3", "Melati 12", "Melati 1 1"])
def test_a_numeral_that_no_desa_has_is_a_question(written):
    assert _match("", "Perbaungan", written, kabupaten="12.18").temuan == "W02"


def test_names_with_several_numerals_and_marks_are_found():
    for nama in ("Lubuk Pakam I,II", "Lubuk Pakam I, II", "LUBUK PAKAM I-II", "Lubuk Pakam 1/2"):
        guess = _match("", "Lubuk Pakam", nama, kabupaten="12.07")
        assert nama_wilayah(guess.kode).startswith("Lubuk Pakam I")


@pytest.mark.parametrize("sistem", ["bps", "djpk"])
@pytest.mark.parametrize(
    ("kode", "nama", "provinsi", "own"),
    [
        ("1101", "KABUPATEN SIMEULUE", "ACEH", "11.09"),
        ("02.24", "Kab. Serdang Bedagai", "Provinsi Sumatera Utara", "12.18"),
        ("1218", "Kab. Serdang Bedagai", "Sumut", "12.18"),
        ("12.18", "Kab. Malang", "Jatim", "35.07"),
    ],
)
def test_codes_of_other_systems_never_decide_the_name_does(sistem, kode, nama, provinsi, own):
    guess = resolve_kode_kabupaten(kode, sistem=sistem, nama=nama, provinsi=provinsi)
    assert (guess.kode, guess.temuan) == (own, "")


def test_a_code_of_another_system_without_a_name_is_a_question():
    assert resolve_kode_kabupaten("1101", sistem="bps").temuan == "W10"


def test_four_digits_without_a_declared_system_are_a_question():
    guess = resolve_kode_kabupaten("1101", nama="Kabupaten Simeulue")
    assert (guess.kode, guess.temuan) == ("", "W15")
    assert "Kabupaten Aceh Selatan menurut Kemendagri" in guess.rincian
    assert "tertulis Kabupaten Simeulue" in guess.rincian


@pytest.mark.parametrize(
    ("kode", "nama", "own", "temuan"),
    [
        ("12.18", "", "12.18", ""),
        ("1218", "", "12.18", ""),
        (" 12.18 ", "SERDANG BEDAGAI", "12.18", ""),
        ("12.12", "Toba Samosir", "12.12", ""),
        ("32.04", "Bandung", "32.04", ""),
        ("1101", "Kabupaten Simeulue", "", "W16"),
        ("91.09", "Kab. Mimika", "94.04", "W17"),
        ("99.01", "", "", "W08"),
        ("12.1", "", "", "W08"),
        ("", "Kab. Belu", "53.04", ""),
    ],
)
def test_a_declared_kemendagri_code_is_checked_against_its_name(kode, nama, own, temuan):
    guess = resolve_kode_kabupaten(kode, sistem="kemendagri", nama=nama)
    assert (guess.kode, guess.temuan) == (own, temuan)


def test_code_and_name_that_contradict_are_both_shown():
    words = resolve_kode_kabupaten("11.01", nama="Kab. Simeulue").rincian
    assert words == "11.01 adalah Kabupaten Aceh Selatan, tertulis Kab. Simeulue"


PREVALENSI = "wilayah;tahun;sumber;diukur;pendek;sangat_pendek\n"


def _regions(folder, *codes):
    lines = "".join(f"{code};2021;SSGI;100;10;5\n" for code in codes)
    folder.text("a.csv", PREVALENSI + lines)
    bahan = folder.read()
    return bahan.prevalensi["wilayah"].tolist(), bahan.temuan.set_index("kode")


def test_the_old_code_of_a_kabupaten_in_a_list_is_todays_and_told(folder):
    codes, found = _regions(folder, "91.09", "12.18", "00")
    assert codes == ["94.04", "12.18", "00"]
    assert "sekarang 94.04 Kabupaten Mimika (UU Nomor 15 Tahun 2022" in found.loc["W17", "uraian"]


def test_an_undotted_code_in_a_list_is_a_question_that_names_both_systems(folder):
    codes, found = _regions(folder, "1101", "12.18")
    assert codes == ["12.18"]
    assert "11.01 adalah Kabupaten Aceh Selatan menurut Kemendagri" in found.loc["W15", "uraian"]
    assert "W08" not in found.index


@pytest.mark.parametrize("kode", ["12.99", "99", "Sergai", "12.18.99"])
def test_what_is_no_region_is_set_aside(folder, kode):
    codes, found = _regions(folder, kode, "12.18")
    assert codes == ["12.18"]
    assert "W08" in found.index
