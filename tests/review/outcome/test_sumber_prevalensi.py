"""Published figures, registers, and targets: what is known when, and what may be compared."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from reviu_lib.reference import list_desa
from reviu_lib.report.narasi import describe_outcome, describe_ringkasan_eksekutif
from reviu_lib.review import review
from reviu_lib.review.outcome.prevalensi import (
    PERIKSA,
    TANPA_DS,
    TANPA_SELANG,
    compute_prevalensi,
    list_target_prevalensi,
    reference_register,
    split_terbit,
    tingkat_of,
)
from reviu_lib.review.outcome.ringkas import summarize_prevalensi

from ..bahan_kecil import DESA, KAB, baris, make_bahan, make_konteks

FOLDER = Path(__file__).parents[2] / "cases"
BONE = tomllib.loads((FOLDER / "lonjakan.toml").read_text(encoding="utf-8"))["kecamatan"]
KOLOM = "wilayah tahun periode sumber tanggal_terbit prevalensi_persen diukur sasaran"
TARGET = "kode_indikator tingkat tahun nilai sumber"


def konteks_of(*rows: str, tahun: int = 2024, kode: str = KAB, **more):
    tables = {"prevalensi": baris(KOLOM, *rows)} if rows else {}
    return make_konteks(make_bahan(tahun, kode=kode, **tables, **more), desa=DESA)


def figures(*rows: str, **more) -> pd.DataFrame:
    return compute_prevalensi(konteks_of(*rows, **more)).set_index("baris")


@pytest.mark.parametrize(
    ("kode", "tingkat"),
    [
        ("00", "nasional"),
        ("73", "provinsi"),
        ("73.12", "kabupaten"),
        ("73.12.01", "kecamatan"),
        ("73.12.01.2001", "desa"),
    ],
)
def test_the_level_of_a_region_follows_from_its_code(kode, tingkat):
    assert tingkat_of(kode) == tingkat


@pytest.fixture(scope="module")
def bone() -> pd.DataFrame:
    places = list_desa("73.08").drop_duplicates("kode_kecamatan")
    code = dict(zip(places["kecamatan"].str.lower(), places["kode_kecamatan"], strict=True))
    rows = [
        f"{code[case['nama'].lower()]} {year} Agustus e-PPGBM 2023-12-01 {case[f'tahun_{year}']}"
        " 1000 1200"
        for case in BONE
        for year in (2022, 2023)
    ]
    frame = figures(*rows, tahun=2023, kode="73.08")
    rows_now = frame[(frame["jenis_angka"] == "register") & (frame["tahun"] == 2023)]
    return rows_now.set_index(rows_now["wilayah"].str.lower())


@pytest.mark.parametrize("case", BONE, ids=lambda case: case["nama"])
def test_published_changes_come_out_and_more_than_ten_points_ask_for_a_check(bone, case):
    row = bone.loc[case["nama"].lower()]
    assert row["perubahan_poin"] == pytest.approx(-case["progres"])
    assert (PERIKSA in ("" if pd.isna(row["keterangan"]) else row["keterangan"])) == case[
        "lonjakan"
    ]


@pytest.mark.parametrize(
    ("then", "now", "asked"),
    [
        ("2023 Agustus e-PPGBM - 20.0", "2024 Agustus e-PPGBM 2024-09-01 9.9", True),
        ("2023 Agustus e-PPGBM - 20.0", "2024 Agustus e-PPGBM 2024-09-01 10.0", False),
        ("2023 Agustus e-PPGBM - 10.0", "2024 Agustus e-PPGBM 2024-09-01 20.1", True),
        ("2022 Agustus e-PPGBM - 30.0", "2024 Agustus e-PPGBM 2024-09-01 10.0", False),
        ("2023 Februari e-PPGBM - 30.0", "2024 Agustus e-PPGBM 2024-09-01 10.0", False),
    ],
)
def test_only_a_jump_within_one_year_and_month_asks_for_a_check(then, now, asked):
    frame = figures(f"{KAB} {then} 100 100", f"{KAB} {now} 100 100")
    notes = frame["keterangan"].fillna("").str.contains(PERIKSA, regex=False)
    assert notes.any() == asked


def test_a_jump_of_a_single_desa_is_noise_and_not_a_finding():
    rows = [f"{DESA[0]} {year} Agustus e-PPGBM 2024-09-01 {value} 12 12"
            for year, value in ((2023, 30.0), (2024, 1.0))]  # fmt: skip
    assert not figures(*rows)["keterangan"].fillna("").str.contains(PERIKSA).any()


@pytest.mark.parametrize("blind", ["then", "now"])
def test_a_register_without_attendance_in_either_year_gives_no_change(blind):
    s_then, s_now = ("-" if blind == name else "100" for name in ("then", "now"))
    frame = figures(
        f"{KAB} 2023 Agustus e-PPGBM - 20 90 {s_then}",
        f"{KAB} 2024 Agustus e-PPGBM 2024-09-01 15 90 {s_now}",
    )
    row = frame.loc[f"register:{KAB}:2024:Agustus:e-PPGBM"]
    assert (pd.isna(row["perubahan_poin"]), TANPA_DS in row["keterangan"]) == (True, True)


@pytest.mark.parametrize(
    ("first", "second", "poin"),
    [
        ("2021 - SSGI", "2022 - SSGI", -5),
        ("2021 - SSGI", "2023 - SKI", None),
        ("2019 - SSGBI", "2021 - SSGI", None),
        ("2023 Februari e-PPGBM", "2023 Agustus e-PPGBM", None),
        ("2023 Agustus e-PPGBM", "2023 Agustus Bulan_Timbang", None),
        ("2022 Agustus e-PPGBM", "2022 - SSGI", None),
    ],
)
def test_a_change_never_crosses_a_source_or_a_month(first, second, poin):
    rows = [f"{KAB} {key} - {value} 90 100" for key, value in ((first, 20), (second, 15))]
    frame = figures(*rows)
    change = frame.loc[frame["jenis_angka"] != "target", "perubahan_poin"].dropna().tolist()
    assert change == ([] if poin is None else [poin])


def test_a_survey_change_always_says_that_no_interval_was_published():
    frame = figures(f"{KAB} 2021 - SSGI - 20 - -", f"{KAB} 2022 - SSGI - 21.1 - -")
    assert frame.loc[f"survei:{KAB}:2022::SSGI", "keterangan"] == TANPA_SELANG


@pytest.mark.parametrize(
    ("tahun", "terbit", "known"),
    [
        (2021, "2021-12-21", True),
        (2021, "2021-12-22", False),
        (2020, "-", True),
        (2021, "-", False),
        (2019, "2021-12-27", False),
    ],
)
def test_a_meeting_knows_only_what_was_published_by_its_day(tahun, terbit, known):
    row = f"{KAB} {tahun} - SSGI {terbit} 20 - -"
    konteks = konteks_of(row, tahun=2021, reviu=dt.date(2021, 12, 21))
    used, aside = split_terbit(konteks)
    assert (len(used), len(aside)) == ((1, 0) if known else (0, 1))


def test_a_figure_of_an_earlier_folder_is_taken_once_and_this_years_wording_wins():
    then = make_bahan(2023, prevalensi=baris(KOLOM, f"{KAB} 2022 - SSGI - 99 - -"))
    now = make_bahan(prevalensi=baris(KOLOM, f"{KAB} 2022 - SSGI - 26.9 - -"))
    used, _ = split_terbit(make_konteks(now, then, desa=[]))
    assert used["prevalensi_persen"].tolist() == [26.9]


def test_counts_give_the_figure_only_when_none_was_printed():
    columns = "wilayah tahun periode sumber diukur pendek sangat_pendek sasaran prevalensi_persen"
    rows = [f"{KAB} 2022 Agustus e-PPGBM 200 30 10 250 -",
            f"{KAB} 2023 Agustus e-PPGBM 200 30 10 250 19.5"]  # fmt: skip
    konteks = make_konteks(make_bahan(prevalensi=baris(columns, *rows)), desa=[])
    frame = compute_prevalensi(konteks).set_index("tahun")
    assert frame.loc[[2022, 2023], "prevalensi_persen"].tolist() == [20, 19.5]
    assert frame.loc[[2022, 2023], "d_per_s_persen"].tolist() == [80, 80]


def test_what_we_counted_stands_before_what_was_printed():
    visits = pd.DataFrame(
        [("a", DESA[0], 500, "2024-08-05", -2.5), ("b", DESA[0], 500, "2024-08-05", 0.0)],
        columns=["id_anak", "kode_desa", "usia_hari", "tanggal_ukur", "z_tbu"],
    )
    frame = figures(f"{KAB} 2024 Agustus e-PPGBM 2024-09-01 9.9 90 100", pengukuran=visits)
    assert frame.loc[f"register:{KAB}:2024:Agustus:e-PPGBM", "prevalensi_persen"] == 50


@pytest.mark.parametrize(
    ("reviu", "expected"), [(dt.date(2024, 12, 10), [14]), (dt.date(2025, 1, 31), [14, 20.1])]
)
def test_a_national_target_reset_later_is_not_known_at_the_meeting(reviu, expected):
    rows = list_target_prevalensi(konteks_of(reviu=reviu))
    mine = rows[(rows["tingkat"] == "nasional") & (rows["tahun"] == 2024)]
    assert mine["prevalensi_persen"].tolist() == expected


def test_the_sheet_comes_first_and_a_repeated_value_is_shown_once():
    target = baris(TARGET, "PREVALENSI nasional 2024 14 RPJMD", "PREVALENSI kabupaten 2024 22 RKPD",
                   "PREVALENSI kabupaten 2030 0 RPJMD", "E11 kabupaten 2024 80 RKPD")  # fmt: skip
    rows = list_target_prevalensi(konteks_of(target=target, reviu=dt.date(2024, 12, 10)))
    now = rows[rows["tahun"] == 2024].set_index("tingkat")["sumber"]
    assert now.to_dict() == {"nasional": "RPJMD", "kabupaten": "RKPD"}
    assert 2030 not in rows["tahun"].tolist()


def test_the_target_of_another_province_is_not_shown():
    rows = list_target_prevalensi(konteks_of(kode="12.18"))
    assert "provinsi" not in set(rows["tingkat"])


def test_row_keys_are_unique_and_hold_no_separator_of_references():
    rows = [f"PREVALENSI|kabupaten|2024|{value}|RPJMD; RKPD" for value in (22, 23)]
    for table in (baris(TARGET, rows[0]), baris(TARGET, *rows)):
        keys = figures(target=table).index
        assert keys.is_unique
        assert not keys.str.contains(r"[;\s]").any()


def test_the_reference_register_is_the_last_month_of_the_review_year():
    months = ("2023 Agustus", "2024 Februari", "2024 Agustus")
    rows = [f"{KAB} {month} e-PPGBM 2024-09-01 10 90 100" for month in months]
    konteks = konteks_of(*rows)
    frame = reference_register(compute_prevalensi(konteks), konteks)
    assert frame["baris"].tolist() == [f"register:{KAB}:2024:Agustus:e-PPGBM"]


def test_a_register_of_another_year_is_no_reference():
    konteks = konteks_of(f"{KAB} 2023 Agustus e-PPGBM - 10 90 100")
    frame = compute_prevalensi(konteks)
    assert reference_register(frame, konteks).empty
    assert "register_persen" not in summarize_prevalensi(frame, konteks)


def test_the_summary_sets_survey_register_and_target_side_by_side():
    rows = [f"{KAB} 2022 - SSGI - 26 - -", f"{KAB} 2023 - SSGI - 24 - -",
            "73 2023 - SSGI - 27.4 - -", "00 2023 - SSGI - 21.5 - -", "00 2023 - SKI - 99 - -",
            f"{KAB} 2023 Agustus e-PPGBM - 11 90 100",
            f"{KAB} 2024 Agustus e-PPGBM 2024-09-01 9 90 100"]  # fmt: skip
    konteks = konteks_of(*rows, target=baris(TARGET, "PREVALENSI kabupaten 2024 22 RKPD"))
    numbers = summarize_prevalensi(compute_prevalensi(konteks), konteks)
    expected = {
        "survei_terakhir_persen": 24, "survei_sebelumnya_persen": 26,
        "survei_provinsi_persen": 27.4, "survei_nasional_persen": 21.5,
        "register_persen": 9, "register_lalu_persen": 11,
        "register_perubahan_poin": -2, "selisih_survei_register_poin": 15, "jarak_target_poin": 2,
        "kesenjangan_tertutup_persen": 50, "register_ds_persen": 90,
        "register_periode_teks": "Agustus 2024",
    }  # fmt: skip
    assert {key: numbers[key] for key in expected} == expected
    assert pd.isna(numbers["register_hadir"])


def test_a_kabupaten_with_only_printed_register_figures_has_its_review():
    rows = baris(KOLOM, f"{KAB} 2024 Agustus e-PPGBM 2024-09-01 9 90 100")
    hasil = review(make_bahan(prevalensi=rows))
    assert hasil.value("ringkasan/register_persen/nilai") == 9
    assert pd.isna(hasil.value("ringkasan/register_hadir/nilai"))


def test_a_number_of_children_that_nobody_printed_is_not_told_as_none():
    rows = baris(KOLOM, f"{KAB} 2024 Agustus e-PPGBM 2024-09-01 9 90 100")
    hasil = review(make_bahan(prevalensi=rows))
    text = " ".join([*describe_outcome(hasil), *describe_ringkasan_eksekutif(hasil)])
    assert "belum tercatat balita stunting" not in text
    assert "belum ada balita stunting" not in text
    assert ">–<" not in text
