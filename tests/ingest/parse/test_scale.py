"""The scale of rupiah is read from words that state it, and from nothing that looks alike."""

import pandas as pd
import pytest

from reviu_lib.ingest.parse.codes import list_meant, parse_codes
from reviu_lib.ingest.parse.empty import mark_codes
from reviu_lib.ingest.parse.rupiah import parse_rupiah
from reviu_lib.ingest.parse.scale import decide_scale, find_scales, strip_scale
from reviu_lib.ingest.parse.texts import load_kata_kosong, missing_reason


@pytest.mark.parametrize(
    ("text", "scales"),
    [
        ("Anggaran (dalam ribuan rupiah)", {1_000}),
        ("dalam Jutaan Rupiah", {1_000_000}),
        ("Pagu (Rp juta)", {1_000_000}),
        ("PAGU (Rp. ribuan)", {1_000}),
        ("Realisasi (juta)", {1_000_000}),
        ("Pagu, miliar rupiah", {10**9}),
        ("Pagu (milyar)", {10**9}),
        ("Pagu (x Rp1.000)", {1_000}),
        ("Pagu (x 1.000.000)", {1_000_000}),
        ("dalam rupiah", {1}),
        ("dalam ribuan rupiah; kolom 3 (Rp juta)", {1_000, 1_000_000}),
        ("Pagu (Rp)", set()),
        ("Anggaran sebesar Rp 24 miliar", set()),
        ("senilai 3 juta rupiah", set()),
        ("Penduduk (dalam ribuan jiwa)", set()),
        ("", set()),
    ],
)
def test_a_scale_is_what_heading_or_title_states(text, scales):
    assert find_scales(text) == scales


@pytest.mark.parametrize(
    "heading",
    ["pagu", "pagu rp", "pagu rp juta", "pagu juta rp", "pagu dalam juta rupiah", "pagu rupiah",
     "pagu ribuan", "pagu dalam rupiah"],
)  # fmt: skip
def test_a_heading_is_the_same_column_in_every_scale(heading):
    assert strip_scale(heading) == "pagu"


@pytest.mark.parametrize(
    ("declared", "heading", "title", "kali"),
    [
        ("", "pagu", "Anggaran 2021", 1),
        ("juta", "pagu", "", 1_000_000),
        (1_000, "pagu", "", 1_000),
        ("", "pagu (Rp juta)", "", 1_000_000),
        ("", "pagu", "dalam ribuan rupiah", 1_000),
        ("juta", "pagu (Rp juta)", "dalam jutaan rupiah", 1_000_000),
        ("rupiah", "pagu", "dalam ribuan rupiah", None),
        ("", "pagu (Rp juta)", "dalam ribuan rupiah", None),
    ],
)
def test_statements_that_agree_decide_and_others_contradict(declared, heading, title, kali):
    assert decide_scale(declared, heading, title).kali == kali


def test_a_contradiction_names_who_says_what():
    told = decide_scale("", "pagu (Rp juta)", "dalam ribuan rupiah").rincian
    assert told == "judul kolom: juta rupiah; judul tabel: ribu rupiah"


@pytest.mark.parametrize(
    ("cell", "rupiah", "reason"),
    [
        ("Rp1,5 miliar", 1_500_000_000, ""),
        ("Rp 5 juta,-", 5_000_000, ""),
        ("97,13 juta rupiah", 97_130_000, ""),
        ("2 triliun", 2 * 10**12, ""),
        ("12,5", 13, "sen dibulatkan"),
        ("1.234,567", None, "pecahan"),
        ("-2,5", -3, "sen dibulatkan"),
        ("juta", None, "bukan bilangan"),
        ("sekitar 5 juta", None, "bukan bilangan"),
        ("Rp. 1.250.000,-", 1_250_000, ""),
        ("1.629.99,44", None, "bilangan rusak"),
        (999_999_999_999_999, 999_999_999_999_999, ""),
    ],
)
def test_a_cell_of_rupiah_is_whole_rupiah_or_has_a_reason(cell, rupiah, reason):
    read = parse_rupiah(pd.Series([cell], dtype=object))
    assert read.alasan[0] == reason
    assert pd.isna(read.nilai[0]) if rupiah is None else read.nilai[0] == rupiah


def test_more_rupiah_than_the_state_has_are_too_large():
    read = parse_rupiah(pd.Series([10_000_000], dtype=object), kali=10**9)
    assert (read.nilai.isna().tolist(), read.alasan.tolist()) == ([True], ["terlalu besar"])


@pytest.mark.parametrize(
    ("text", "codes"),
    [("12.1", ("12.01", "12.10")), ("51.1", ("51.01",)), ("99.1", ()), ("12.18", ()), ("", ())],
)
def test_a_cut_code_may_mean_these_kabupaten(text, codes):
    assert list_meant(text) == codes


def test_a_cut_code_of_another_column_stays_as_written():
    assert parse_codes(pd.Series([12.1], dtype=object), "id_kegiatan").nilai.tolist() == ["12.1"]


def test_codes_of_rekening_are_one_spelling():
    raw = pd.Series(["5.1.02.01.01.0024", "5.1.2.1.1.24", None, "-"], dtype=object)
    codes = parse_codes(raw, "kode_rekening").nilai
    assert codes.fillna("").tolist() == ["5.1.02.01.01.0024"] * 2 + [""] * 2


def test_declared_stand_ins_are_marked_in_every_writing():
    raw = pd.Series([0, "0", "0,0", 999.99, "999,99", "TT", 0.5, None, True], dtype=object)
    marks = mark_codes(raw, (0, 999.99, "tt"))
    assert marks.tolist() == ["nol", "nol", "nol", "sandi", "sandi", "sandi", "", "", ""]


def test_without_declaration_no_value_stands_for_nothing():
    assert mark_codes(pd.Series([0, 9999], dtype=object), ()).tolist() == ["", ""]


@pytest.mark.parametrize("alasan", load_kata_kosong())
def test_every_declared_word_for_no_value_has_its_own_reason(alasan):
    for word in load_kata_kosong()[alasan].kata:
        assert missing_reason(word.upper()) == alasan
        assert bool(missing_reason(word, pada_teks=True)) == load_kata_kosong()[alasan].pada_teks


def test_no_word_has_two_reasons():
    words = [word for one in load_kata_kosong().values() for word in one.kata]
    assert len(words) == len(set(words))
    assert all(word == word.lower().strip() for word in words)
