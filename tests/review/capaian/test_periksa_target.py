"""The questions of an auditor: an answer needs a ground, and what is not known stays open."""

import pandas as pd
import pytest

from reviu_lib.review.capaian.periksa_target import compute_periksa_target
from reviu_lib.review.kamus import load_periksa_target
from reviu_lib.review.outcome.laju import compute_laju
from reviu_lib.review.outcome.prevalensi import compute_prevalensi

from ..bahan_kecil import DESA, baris, make_bahan, make_konteks

SURVEI = "wilayah|tahun|sumber|tanggal_terbit|prevalensi_persen|bawah_persen|atas_persen"
TARGET = "kode_indikator|tingkat|tahun|nilai|sumber"
TAK = "belum dapat dinilai"


def periksa(*target: str, survei: tuple[str, ...] = (), tahun: int = 2024) -> pd.DataFrame:
    """Return the table of Soppeng; a target is `tingkat|tahun|nilai|sumber`."""
    tables = {"target": baris(TARGET.replace("|", " "), *(f"PREVALENSI|{row}" for row in target))}
    if survei:
        tables["prevalensi"] = baris(SURVEI.replace("|", " "), *survei)
    konteks = make_konteks(make_bahan(tahun, **tables), desa=DESA)
    prevalensi = compute_prevalensi(konteks)
    laju = compute_laju(konteks, prevalensi)
    return compute_periksa_target(konteks, prevalensi, laju).set_index("baris")


def series(*points: tuple[int, float]) -> tuple[str, ...]:
    """Return survey rows of Soppeng with published intervals, all of one survey."""
    return tuple(
        f"73.12|{tahun}|SSGI|{tahun + 1}-01-25|{nilai}|{nilai - 2}|{nilai + 2}"
        for tahun, nilai in points
    )


@pytest.mark.parametrize(
    ("target", "answer", "word"),
    [
        (["kabupaten|2024|20|RPJMD 2021-2026"], "ya", "menyebut dokumen"),
        (["kabupaten|2024|20|Perubahan rkpd 2024"], "ya", "menyebut dokumen"),
        (["kabupaten|2024|20|Paparan Bupati"], TAK, "tidak menyebut RPJMD atau RKPD"),
        (["kabupaten|2024|20|-"], TAK, "tidak disebut"),
        (["kabupaten|2024|20|RPJMD", "kabupaten|2024|19|RKPD"], TAK, "lebih dari satu nilai"),
        (["provinsi|2024|20|RPJMD provinsi"], "belum dapat dinilai", "tidak tercatat"),
        (["kabupaten|2023|20|RPJMD"], "belum dapat dinilai", "tidak tercatat"),
    ],
)
def test_a_target_is_there_when_a_planning_document_says_so(target, answer, word):
    row = periksa(*target).loc["tersedia:2024"]
    assert row["jawaban"] == answer
    assert word in row["alasan"]


@pytest.mark.parametrize(
    ("own", "other", "answer"),
    [(18, 18, "ya"), (17.99, 18, "ya"), (18.01, 18, "tidak")],
)
def test_a_target_is_aligned_at_or_below_the_other_level(own, other, answer):
    rows = periksa(f"kabupaten|2024|{own}|RPJMD", f"provinsi|2024|{other}|RPJMD")
    row = rows.loc["selaras:2024:provinsi"]
    assert (row["jawaban"], row["target_persen"], row["pembanding_persen"]) == (answer, own, other)
    assert row["dasar"].count("perkembangan_prevalensi/") == 2


def test_another_level_never_stands_in_for_the_own_target():
    rows = periksa("provinsi|2024|20|RPJMD", "nasional|2024|18|RPJMN")
    assert rows.loc["tersedia:2024", "jawaban"] == "belum dapat dinilai"
    assert set(rows.loc[rows["pokok"] != "tersedia", "jawaban"]) == {TAK}
    assert rows["target_persen"].isna().all()


def test_two_values_of_another_level_that_disagree_leave_it_open():
    # Soppeng 2023: the rules hold 18.3 for the province, the sheet says 22.
    rows = periksa("kabupaten|2023|20|RPJMD", "provinsi|2023|22|RPJMD", tahun=2023)
    assert rows.loc["selaras:2023:provinsi", "jawaban"] == TAK
    assert "jawabannya berbeda" in rows.loc["selaras:2023:provinsi", "alasan"]


def test_an_unverified_target_of_the_nation_compares_nothing():
    row = periksa("kabupaten|2022|20|RPJMD", tahun=2022).loc["selaras:2022:nasional"]
    assert row["jawaban"] == TAK
    assert "belum terverifikasi" in row["alasan"]


STEADY = series((2019, 30), (2020, 28), (2021, 26), (2022, 24), (2023, 22))


@pytest.mark.parametrize(("target", "answer"), [(20, "ya"), (20.1, "ya"), (19.9, "tidak")])
def test_reachable_means_no_faster_than_was_ever_reached(target, answer):
    row = periksa(f"kabupaten|2024|{target}|RPJMD", survei=STEADY).loc["terjangkau:2024"]
    assert row["jawaban"] == answer
    assert row["perlu_poin_per_tahun"] == pytest.approx(22 - target)
    assert row["tercepat_poin_per_tahun"] == 2


def test_a_rate_that_may_not_be_shown_answers_nothing():
    two = series((2022, 24), (2023, 22))
    row = periksa("kabupaten|2024|20|RPJMD", survei=two).loc["terjangkau:2024"]
    assert (row["jawaban"], row["perlu_poin_per_tahun"]) == (TAK, 2)
    assert pd.isna(row["tercepat_poin_per_tahun"])
    assert "belum boleh ditampilkan" in row["alasan"]


def test_a_survey_already_at_the_target_needs_no_rate():
    row = periksa("kabupaten|2024|22|RPJMD", survei=series((2023, 22))).loc["terjangkau:2024"]
    assert (row["jawaban"], row["perlu_poin_per_tahun"]) == ("ya", 0)


def test_without_a_survey_before_the_year_of_the_target_it_stays_open():
    row = periksa("kabupaten|2024|20|RPJMD").loc["terjangkau:2024"]
    assert row["jawaban"] == TAK
    assert "Tidak ada angka survei" in row["alasan"]


def test_both_years_are_asked_everything_and_say_why():
    rows = periksa()
    assert len(rows) == 8
    assert rows["alasan"].ne("").all()
    assert set(rows["rujukan"]) == {load_periksa_target().rujukan}
    assert "IHPS Semester II Tahun 2023" in rows["rujukan"].iloc[0]


def test_the_order_of_targets_changes_nothing():
    rows = ["kabupaten|2024|20|RPJMD", "provinsi|2024|21|RPJMD", "nasional|2024|18|RPJMN"]
    pd.testing.assert_frame_equal(
        periksa(*rows).drop(columns="dasar"), periksa(*rows[::-1]).drop(columns="dasar")
    )
