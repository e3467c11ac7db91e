"""A rate is one survey's; a kabupaten's is not shown without enough points and intervals."""

import pytest

from reviu_lib.review.outcome.laju import compute_laju
from reviu_lib.review.outcome.prevalensi import compute_prevalensi

from ..bahan_kecil import DESA, baris, make_bahan, make_konteks

KOLOM = "wilayah tahun sumber tanggal_terbit prevalensi_persen bawah_persen atas_persen"


def laju(*rows, target=()):
    tables = {"prevalensi": baris(KOLOM, *rows)}
    if target:
        tables["target"] = baris("kode_indikator tingkat tahun nilai sumber", *target)
    own = make_konteks(make_bahan(**tables), desa=DESA)
    return compute_laju(own, compute_prevalensi(own)).set_index("baris")


def test_the_nation_shows_points_a_year_and_aarr_within_one_survey():
    frame = laju("00 2021 SSGI 2021-12-27 24.4 - -", "00 2022 SSGI 2023-01-25 21.6 - -")
    row = frame.loc["tercapai:00:SSGI:2022"]
    assert row["poin_per_tahun"] == pytest.approx(2.8)
    assert row["aarr_persen"] == pytest.approx(11.4754, abs=1e-4)


def test_two_surveys_are_never_chained():
    frame = laju("00 2022 SSGI 2023-01-25 21.6 - -", "00 2023 SKI 2024-06-01 21.5 - -")
    assert not frame.index.str.startswith("tercapai").any()


def test_a_kabupaten_with_two_points_shows_no_rate_and_the_reason():
    frame = laju("73.12 2021 SSGI 2021-12-27 30.0 - -", "73.12 2022 SSGI 2023-01-25 26.9 - -")
    row = frame.loc["tercapai:73.12:SSGI:2022"]
    assert row[["poin_per_tahun", "aarr_persen"]].isna().all()
    assert row["alasan"]


def test_what_the_own_target_asks_for_is_said_in_points_and_not_as_aarr():
    frame = laju(
        "73.12 2023 SKI 2024-06-01 24.0 - -", target=["PREVALENSI kabupaten 2025 22 RPJMD"]
    )
    row = frame.loc["diperlukan:73.12:SKI:2025"]
    assert (row["tahun_awal"], row["tahun_akhir"], row["poin_per_tahun"]) == (2023, 2025, 1.0)
    assert row[["aarr_persen"]].isna().all()
