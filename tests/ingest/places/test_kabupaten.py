"""Names of kabupaten and kota: every spelling seen in real lists is a code or a question."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from reviu_lib.errors import KodeError
from reviu_lib.ingest.places import (
    match_kabupaten,
    resolve_daftar_kabupaten,
    resolve_kabupaten,
)
from reviu_lib.reference import kabupaten_names, split_kabupaten

NAMES = kabupaten_names()
PAIRS = [
    (kab, kota)
    for kab, one in NAMES.items()
    for kota, two in NAMES.items()
    if split_kabupaten(one) == ("kabupaten", split_kabupaten(two)[1])
    and split_kabupaten(two)[0] == "kota"
]


@pytest.mark.parametrize(
    ("written", "provinsi", "kode"),
    [
        ("S I A K", "", "14.08"),
        ("K A B. S I A K", "RIAU", "14.08"),
        ("FAKFAK", "", "92.03"),
        ("Fak Fak", "", "92.03"),
        ("Parepare", "SULSEL", "73.72"),
        ("Pare Pare", "SULSEL", "73.72"),
        ("Labuhan Batu", "", "12.10"),
        ("Kota Padang Sidempuan", "SUMUT", "12.77"),
        ("KAB. ADM. KEP. SERIBU", "DKI", "31.01"),
        ("Kep. Seribu", "DKI JAKARTA", "31.01"),
        ("Jakarta Selatan", "DKI", "31.74"),
        ("KOTA ADM. JAKARTA UTARA", "", "31.72"),
        ("KOTA BARU", "", "63.02"),
        ("Kabupaten Lima Puluh Kota", "SUMBAR", "13.07"),
        ("Kab. OKU Timur", "Provinsi Sumatera Selatan", "16.08"),
        ("Kabupaten Penukal Abab Lematang Ilir (PALI)", "SUMSEL", "16.12"),
        ("Solok (Kota)", "", "13.72"),
        ("**Kota Batu**", "Jawa Timur", "35.79"),
        (" Kab.\u00a0Belu ", "NTT", "53.04"),
        ("Banjar", "JABAR", "32.79"),
        ("Banjar", "KALSEL", "63.03"),
        ("Kab. Mimika", "Provinsi Papua", "94.04"),
        ("Kab. Mimika", "Provinsi Papua Tengah", "94.04"),
        ("Kab. Bangka", "KEP. BABEL", "19.01"),
        ("Kota Yogyakarta", "DIY", "34.71"),
        ("Pontianak", "KALBAR", "61.71"),
    ],
)
def test_a_spelling_seen_in_real_files_is_its_code(written, provinsi, kode):
    guess = resolve_kabupaten(written, provinsi=provinsi)
    assert (guess.kode, guess.temuan) == (kode, "")


@pytest.mark.parametrize(
    ("written", "kode", "decree"),
    [
        ("Toba Samosir", "12.12", "PP Nomor 14 Tahun 2020"),
        ("Kab. Mamuju Utara", "76.01", "PP Nomor 61 Tahun 2017"),
        ("Maluku Tenggara Barat", "81.03", "PP Nomor 2 Tahun 2019"),
        ("Kab. Pontianak", "61.02", "PP Nomor 58 Tahun 2014"),
    ],
)
def test_an_old_name_is_the_present_kabupaten_and_names_the_decree(written, kode, decree):
    guess = resolve_kabupaten(written)
    assert (guess.kode, guess.temuan) == (kode, "W17")
    assert decree in guess.rincian


def test_there_are_26_pairs_of_kabupaten_and_kota():
    assert len(PAIRS) == 26


@pytest.mark.parametrize(("kab", "kota"), PAIRS)
def test_the_bare_name_of_a_pair_is_a_question_that_lists_both(kab, kota):
    guess = resolve_kabupaten(split_kabupaten(NAMES[kab])[1].upper())
    assert (guess.kode, guess.temuan) == ("", "W11")
    assert {item.kode for item in guess.calon} == {kab, kota}
    assert f"{NAMES[kab]} ({kab})" in guess.rincian


@pytest.mark.parametrize(("kab", "kota"), PAIRS)
def test_the_heading_of_the_column_makes_a_bare_name_plain(kab, kota):
    bare = split_kabupaten(NAMES[kab])[1]
    assert resolve_kabupaten(bare, jenis="kabupaten").kode == kab
    assert resolve_kabupaten(bare, jenis="kota").kode == kota


def test_a_list_with_kota_kupang_means_the_kabupaten_by_kupang():
    bare, kota = resolve_daftar_kabupaten(["Kupang", "Kota Kupang"], provinsi="NTT")
    assert (bare.kode, bare.temuan) == ("53.01", "W23")
    assert (kota.kode, kota.temuan) == ("53.71", "")


@pytest.mark.parametrize("listed", [["Kupang"], ["Kupang", "Kota Kupang", "Kab. Kupang"]])
def test_a_list_with_neither_or_both_leaves_the_question(listed):
    assert resolve_daftar_kabupaten(listed)[0].temuan == "W11"


@pytest.mark.parametrize(
    ("written", "provinsi", "temuan", "words"),
    [
        ("Kab. Probolingo", "", "W10", "Kabupaten Probolinggo (35.13)"),
        ("Zzzzqqq", "", "W10", "Zzzzqqq"),
        ("", "", "W10", ""),
        ("Nasional", "", "W10", "Nasional"),
        ("Kota Serdang Bedagai", "", "W10", "Kota Serdang Bedagai"),
        ("Kab. Malang", "Jabar", "W12", "ada Kabupaten Malang (35.07)"),
        ("Kab. Malang", "Jawa Tmur", "W12", "provinsi Jawa Tmur tidak dikenal"),
    ],
)
def test_what_is_no_kabupaten_is_told_with_the_nearest(written, provinsi, temuan, words):
    guess = resolve_kabupaten(written, provinsi=provinsi)
    assert (guess.kode, guess.temuan) == ("", temuan)
    assert words in guess.rincian


def test_candidates_carry_a_score_and_come_the_likest_first():
    near = resolve_kabupaten("Kab. Probolingo").calon
    scores = [item.skor for item in near]
    assert near[0].kode == "35.13"
    assert scores == sorted(scores, reverse=True)
    assert all(0.6 <= value < 1 for value in scores)


@pytest.mark.parametrize(("kode", "nama"), NAMES.items())
def test_every_official_name_is_its_own_code_however_it_is_typed(kode, nama):
    kab = nama.replace("Kabupaten", "KAB.").replace("Administrasi", "ADM.")
    for written in (nama, nama.upper(), kab, nama.replace(" ", "  ")):
        assert resolve_kabupaten(written).kode == kode


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=25), st.sampled_from(["", "Jawa Timur", "SULSEL"]))
def test_any_text_is_a_code_or_a_finding(written, provinsi):
    guess = resolve_kabupaten(written, provinsi=provinsi)
    assert bool(guess.kode) or guess.temuan in {"W10", "W11", "W12"}


# What the lists of real files come to: names, codes found, and what stays a question.
def _answers(names, provinces=""):
    found = resolve_daftar_kabupaten(names, provinsi=provinces)
    open_ = [name for name, guess in zip(names, found, strict=True) if not guess.kode]
    return len({guess.kode for guess in found if guess.kode}), open_


def _rows(path, delimiter=","):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_all_38_of_jawa_timur_are_found(shared):
    for path in sorted((shared / "data" / "real" / "jawa_timur_2022").glob("*.csv")):
        names = [row["Kabupaten/Kota"] for row in _rows(path)]
        assert _answers(names[:-1], "Jawa Timur") == (38, [])
        assert _answers(names[-1:], "Jawa Timur") == (0, ["**Provinsi Jawa Timur**"])


def test_all_434_of_the_dana_desa_file_are_found_with_their_province(shared):
    rows = _rows(shared / "data/real/dana_desa/dana_desa_pagu_2023_2024.tsv.csv", "\t")
    pairs = sorted({(row["urpemda"], row["urprov"]) for row in rows} - {("Nasional", "Nasional")})
    names, provinces = zip(*pairs, strict=True)
    assert _answers(names, provinces) == (434, [])


def test_all_510_of_the_ssgi_list_are_found(shared):
    book = CalamineWorkbook.from_path(str(shared / "data/real/ssgi2022_kabkota_gwr.xlsx"))
    names = [row[0] for row in book.get_sheet_by_index(0).to_python()[1:]]
    assert _answers(names) == (510, [])


def test_the_lists_of_ntt_and_of_318_kabupaten_are_found(shared):
    dirty = shared / "data" / "real" / "dirty"
    ntt = [row["WILAYAH"] for row in _rows(dirty / "ntt_kabkota_2024_semicolon.csv", ";")]
    assert _answers(ntt, "NTT") == (22, [])
    rows = _rows(dirty / "ssgi_kabkota_318_kotor.csv")
    names, provinces = [r["Kab/Kota"] for r in rows], [r["Provinsi"] for r in rows]
    assert _answers(names, provinces) == (318, [])


@pytest.mark.parametrize(
    ("written", "asked", "believed", "doubtful"),
    [
        ("SERDANG BEDAGAI", "12.18", True, False),
        ("Kab. Serdang Bedagai", "12.18", True, False),
        ("KABUPATEN  SERDANGBEDAGAI", "12.18", True, False),
        ("Kota Serdang Bedagai", "12.18", False, False),
        ("Deli Serdang", "12.18", False, False),
        ("TOBA SAMOSIR", "12.12", True, False),
        ("Bandung", "32.04", True, True),
        ("Kab Bandung", "32.04", True, False),
        ("Kota Bandung", "32.04", False, False),
        ("Bandung Barat", "32.04", False, False),
        ("", "12.18", False, False),
    ],
)
def test_a_written_kabupaten_is_the_asked_one_or_not(written, asked, believed, doubtful):
    names = match_kabupaten([written], asked)
    assert (written in names.cocok, written in names.tanpa_awalan) == (believed, doubtful)


def test_an_unknown_kabupaten_code_is_an_error():
    with pytest.raises(KodeError, match=r"12\.99"):
        match_kabupaten(["Bandung"], "12.99")
