"""Survey and register stand side by side; the bounds are those of case D13."""

import pytest

from reviu_lib.review.outcome.prevalensi import compute_prevalensi
from reviu_lib.review.outcome.triangulasi import compute_triangulasi

from ..bahan_kecil import DESA, KAB, baris, make_bahan, make_konteks

KOLOM = (
    "wilayah tahun periode sumber tanggal_terbit diukur pendek sangat_pendek sasaran "
    "prevalensi_persen"
)


def triangulasi(*rows):
    own = make_konteks(make_bahan(prevalensi=baris(KOLOM, *rows)), desa=DESA)
    return compute_triangulasi(own, compute_prevalensi(own))


def test_the_unmeasured_bound_the_register_from_below_and_above():
    row = triangulasi(
        f"{KAB} 2023 - SSGI 2023-12-01 - - - - 23.0",
        f"{KAB} 2023 Agustus e-PPGBM 2023-09-01 8116 300 65 13368 -",
    ).iloc[0]
    assert row["selisih_poin"] == pytest.approx(18.5, abs=0.01)
    assert row["bawah_persen"] == pytest.approx(2.73, abs=0.01)
    assert row["atas_persen"] == pytest.approx(42.02, abs=0.01)
    assert row["survei_dalam_batas"]


def test_figures_of_different_years_are_never_subtracted():
    frame = triangulasi(
        f"{KAB} 2022 - SSGI 2023-01-25 - - - - 26.9",
        f"{KAB} 2023 Agustus e-PPGBM 2023-09-01 1000 90 10 1200 -",
    )
    assert frame["selisih_poin"].isna().all()


def test_without_a_survey_there_is_nothing_to_set_beside():
    assert triangulasi(f"{KAB} 2023 Agustus e-PPGBM 2023-09-01 1000 90 10 1200 -").empty
